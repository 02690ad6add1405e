"""Options of single commands: of `pipeline check`, and of those that make drafts."""

from __future__ import annotations

import argparse
from typing import Any

__all__ = ["FORMATS", "add_checking", "add_drafting"]

FORMATS = ("text", "json", "sarif", "junit", "github")
"""What the findings can be printed as."""


def add_drafting(parser: argparse.ArgumentParser) -> None:
    """Add what has to do with engines of translation."""
    parser.add_argument(
        "--offline", action="store_true", help="use only engines that need no network"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="send and write nothing; say what would be sent"
    )
    parser.add_argument(
        "--budget", metavar="N", type=_characters, help="send at most N characters in all"
    )
    parser.add_argument(
        "--upgrade", action="store_true", help="redo untouched drafts where a better engine can"
    )


def _characters(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"expected a number of characters, found: {text!r}")
    return number


def add_checking(parser: argparse.ArgumentParser) -> None:
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
