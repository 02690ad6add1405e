"""The commands with their options, and what `--help` says of them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from pipeline import __version__
from pipeline.cli.terminal import Terminal
from pipeline.errors import UsageError
from pipeline.language import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FORMATS", "Completion", "Parser", "build", "unknown"]

FORMATS = ("text", "json", "sarif", "junit", "github")
"""What the findings can be printed as."""


_COMMANDS = {
    "run": ("do all steps up to build, in order", "pipeline run --article my-article --drafts"),
    "extract": ("write the template (POT) of each article", "pipeline extract"),
    "merge": ("bring catalogues (PO) up to date with their articles", "pipeline merge --locale fr"),
    "align": ("fill catalogues from versions that exist", "pipeline align --locale fr"),
    "translate": ("draft what is missing, by machine", "pipeline translate --offline"),
    "build": ("write articles and pages in each language", "pipeline build --drafts"),
    "check": ("proofread articles and catalogues", "pipeline check --locale fr"),
    "status": ("show what is done and what is not", "pipeline status --json"),
}
_READING = ("check", "status")
"""Commands that write neither catalogues nor pages of themselves."""

_EXIT_CODES = (
    "exit codes: 0 done; 1 findings of a check, or with --check something would change or "
    "has an error; 2 wrong use or environment; 130 interrupted"
)


def build() -> tuple[Parser, Mapping[str, argparse.ArgumentParser]]:
    """Make the parser, and those of the commands by name."""
    parser = Parser(
        prog="pipeline",
        description="Translate round-up articles through gettext catalogues.",
        epilog=_EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"pipeline {__version__}")
    parser.add_argument(
        "--print-completion",
        action=Completion,
        choices=("bash", "zsh", "tcsh"),
        help="print a completion script",
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for name, (summary, example) in _COMMANDS.items():
        _add_options(name, _subparser(subparsers, name, summary, example))
    example = "pipeline watch --article my-article --drafts"
    watch = _subparser(subparsers, "watch", "run again after each save", example)
    _add_options("run", watch)
    example = "pipeline init my-project --locales fr,es"
    init = _subparser(
        subparsers, "init", "make a new project in a folder, or settings for a site", example
    )
    init.add_argument("folder", nargs="?", default=".", help="where (default: here)")
    init.add_argument("--source", help="language of the articles (default: the site's, or en)")
    init.add_argument("--locales", help="languages to translate into (default: the site's, or fr)")
    init.add_argument("--preset", metavar="NAME", help="take the folder for a site of this kind")
    example = "pipeline memory export reviewed.tmx"
    memory = _subparser(subparsers, "memory", "write all that is reviewed as TMX", example)
    memory.add_argument("action", choices=("export",))
    memory.add_argument("file", metavar="FILE", help="the TMX file to write")
    _add_choice(memory)
    example = "pipeline rules TY101"
    rules = _subparser(subparsers, "rules", "list the codes of findings, or explain one", example)
    rules.add_argument("code", nargs="?", metavar="CODE", help="explain this one")
    example = "pipeline languagetool install"
    server = _subparser(subparsers, "languagetool", "install the grammar server", example)
    server.add_argument("action", choices=("install",))
    server.add_argument(
        "source",
        nargs="?",
        metavar="PATH",
        help="a folder or zip with LanguageTool (default: fetched by Maven)",
    )
    return parser, subparsers.choices


def _subparser(
    subparsers: argparse._SubParsersAction[Parser], name: str, summary: str, example: str
) -> Parser:
    one = subparsers.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=f"example: {example}",
    )
    talk = one.add_mutually_exclusive_group()
    talk.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")
    talk.add_argument("-v", "--verbose", action="store_true", help="name every finding and file")
    return one


def _add_choice(parser: Parser) -> None:
    parser.add_argument("--article", metavar="NAME", help="only this article")
    parser.add_argument("--locale", metavar="LOCALE", help="only this locale")


def _add_options(name: str, parser: Parser) -> None:
    _add_choice(parser)
    if name in _READING:
        parser.add_argument("--json", action="store_true", help="print JSON")
    if name == "check":
        _add_checking(parser)
    if name not in _READING:
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; exit 1 if anything would change or has an error",
        )
    if name not in (*_READING, "translate"):
        _add_jobs(parser)
    if name in ("run", "align"):
        parser.add_argument(
            "--take-over",
            action="store_true",
            help="align pages that somebody else wrote, too, and let builds replace them",
        )
    if name in ("run", "build"):
        parser.add_argument(
            "--drafts", action="store_true", help="build drafts too, visibly marked"
        )
    if name in ("run", "translate"):
        _add_drafting(parser)
    if name == "align":
        _add_aligning(parser)


def _add_drafting(parser: argparse.ArgumentParser) -> None:
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


def _add_aligning(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--min-confidence",
        metavar="X",
        type=_share,
        help="what is less sure than this (0 to 1) stays a draft (default: align_confidence)",
    )
    parser.add_argument(
        "--report",
        metavar="FILE",
        nargs="?",
        const="alignment.html",
        help="write a page with both versions side by side (default: alignment.html)",
    )


def _share(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 1, found: {text!r}")
    return number


def _add_jobs(parser: argparse.ArgumentParser) -> None:
    """Add how many processes work."""
    parser.add_argument(
        "--jobs", metavar="N", type=_count, default=0, help="processes (default: one for each core)"
    )


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"expected a number of processes, found: {text!r}")
    return int(text)


def _characters(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"expected a number of characters, found: {text!r}")
    return number


def _add_checking(parser: argparse.ArgumentParser) -> None:
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


class Parser(argparse.ArgumentParser):
    """Raises instead of exiting, and names the nearest choice; takes no shortened options."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> None:  # type: ignore[override]  # it raises instead
        raise UsageError(f"{message}; see '{self.prog} --help'")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        known = [str(choice) for choice in action.choices]
        close = nearest(value, known, 0.5)
        hint = f"did you mean '{close}'?" if close else f"there are: {', '.join(known)}"
        what = "command" if action.dest == "command" else "/".join(action.option_strings)
        raise UsageError(f"unknown {what} '{value}'; {hint}")


def unknown(parser: argparse.ArgumentParser, argument: str) -> str:
    """Say that an argument means nothing, and which option may have been meant."""
    see = f"see '{parser.prog} --help'"
    if not argument.startswith("-"):
        return f"unexpected argument '{argument}'; {see}"
    options = [option for action in parser._actions for option in action.option_strings]
    close = nearest(argument.partition("=")[0], options, 0.7)
    return f"unknown option '{argument}'; " + (f"did you mean '{close}'?" if close else see)


class Completion(argparse.Action):
    """Prints a completion script for the shell that is named, and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *values: Any, **_: Any) -> None:
        import shtab  # here, since it takes a sixth of the start-up time of every command

        Terminal().result(shtab.complete(parser, values[1]))
        parser.exit()
