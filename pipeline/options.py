"""Options that only `pipeline check` has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

__all__ = ["FORMATS", "add"]

FORMATS = ("text", "json", "sarif", "junit", "github")
"""What the findings can be printed as."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add what only a check has."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="only these articles, catalogues")
    codes: dict[str, Any] = {"metavar": "CODES", "action": "append", "default": []}
    parser.add_argument("--select", help="only these codes, such as TY or GR101,MK", **codes)
    parser.add_argument("--ignore", help="none of these codes", **codes)
    parser.add_argument(
        "--no-grammar", action="store_true", help="do not proofread; the output says so"
    )
    parser.add_argument(
        "--changed-since", metavar="REV", help="only texts that changed since a git revision"
    )
    parser.add_argument("--baseline", metavar="FILE", help="leave out the findings that FILE has")
    parser.add_argument(
        "--update-baseline", action="store_true", help="write all findings to the baseline"
    )
    repairs = parser.add_mutually_exclusive_group()
    repairs.add_argument("--fix", action="store_true", help="repair typography where that is safe")
    repairs.add_argument("--diff", action="store_true", help="show what --fix would change")
    parser.add_argument("--statistics", action="store_true", help="count the findings by code")
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 in spite of findings")
    parser.add_argument("--output-format", choices=FORMATS, default="text", help="default: text")
    parser.add_argument("--output-file", metavar="FILE", help="write there what would be printed")
