"""Command-line arguments: the commands, their options, and the text of `--help`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import __version__, language
from pipeline.cli.terminal import Terminal
from pipeline.commands import DOCUMENT_KINDS, JobOptions
from pipeline.errors import UsageError
from pipeline.gate import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Options", "build_parsers", "parse"]


class Options(NamedTuple):
    """Parsed command line.

    No command has all options; the others have their defaults.
    """

    command: str
    quiet: bool = False
    verbose: bool = False
    article: str | None = None
    """Only this article."""
    locale: str | None = None
    """Only this locale; for `init`, see ``locales``."""
    check: bool = False
    """Write nothing."""
    offline: bool = False
    json: bool = False
    accept_from: str | None = None
    """PO file whose reviewed texts `accept` takes."""
    report: str | None = None
    """File for the report of `align`."""
    job: JobOptions = JobOptions()

    # Of `check`
    paths: Sequence[str] = ()
    select: Sequence[str] = ()
    """Codes; an item may hold several, with commas or spaces between."""
    ignore: Sequence[str] = ()
    """Codes, as in ``select``."""
    no_grammar: bool = False
    changed_since: str | None = None
    """Git revision."""
    baseline: str | None = None
    update_baseline: bool = False
    fix: bool = False
    diff: bool = False
    statistics: bool = False
    exit_zero: bool = False
    output_format: str = "text"
    """One of `gate.FORMATS`."""
    output_file: str | None = None

    # Of commands that open no project, and of `memory`
    folder: str = "."
    source: str | None = None
    """Language of the articles; for `languagetool`, the path to install from."""
    locales: str | None = None
    """Locales with commas between."""
    preset: str | None = None
    file: str = ""
    code: str | None = None

    # Of `build`
    document: str | None = None
    """One of `DOCUMENT_KINDS`; None for pages."""
    output: str | None = None
    """File for the one document."""

    # Of `import`
    files: Sequence[str] = ()
    lang: str | None = None
    keep: bool = False
    columns: Sequence[tuple[str, str]] = ()
    """Fields of a form, each with the heading of its column."""

    # Of `git-merge`
    base: str | None = None
    ours: str | None = None
    theirs: str | None = None
    path: str | None = None
    """Path of the file in the repository."""
    install: bool = False

    @property
    def rehearses(self) -> bool:
        """True if no file of the project is written."""
        return self.check or self.diff or self.job.dry_run


def parse(argv: Sequence[str] | None = None) -> Options:
    """Parse a command line.

    Raises:
        UsageError: the command line is invalid.
        SystemExit: help, the version or a completion script was requested, and is printed; or
            there is no command, and help is printed.
    """
    parser, parsers = build_parsers()
    argv = list(sys.argv[1:] if argv is None else argv)
    if argv[:1] == ["help"]:
        argv = [*(word for word in argv[1:2] if word != "help"), "--help"]
    # parse_args() would refuse an unknown option without a suggestion.
    namespace, unknown = parser.parse_known_args(argv)
    if namespace.command is None and not unknown:
        parser.print_help()
        parser.exit(2)
    if unknown:
        raise UsageError(_unknown_argument(parsers.get(namespace.command, parser), unknown[0]))
    values = vars(namespace)
    for name in ("allow_loss", "minor", "correction"):
        values[name] = tuple(values.get(name, ()))
    job = JobOptions(**{name: values[name] for name in JobOptions._fields if name in values})
    options = {name: values[name] for name in Options._fields if name in values}
    return Options(**options, job=job)


def build_parsers() -> tuple[_Parser, dict[str, _Parser]]:
    """Return the parser, and the parsers of the commands by name."""
    parser = _Parser(
        prog="pipeline",
        description="Translate round-up articles through gettext catalogues.",
        epilog="exit codes: 0 done; 1 'check' has findings, '--check' would change files or has "
        "errors, 'git-merge' has conflicts, or a returned document differs; 2 usage or environment "
        "error, or an article was left out; 130 interrupted",
    )
    parser.add_argument("--version", action="version", version=f"pipeline {__version__}")
    parser.add_argument(
        "--print-completion",
        action=_Completion,
        metavar="SHELL",
        help="print a completion script for this shell, such as bash, zsh or fish",
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for name, command in _COMMANDS.items():
        subparser = subparsers.add_parser(
            name,
            help=command.summary,
            description=command.summary[0].upper() + command.summary[1:] + ".",
            epilog=f"example: pipeline {command.example}",
        )
        verbosity = subparser.add_mutually_exclusive_group()
        verbosity.add_argument(
            "-q", "--quiet", action="store_true", help="print only results and errors"
        )
        verbosity.add_argument(
            "-v", "--verbose", action="store_true", help="list every finding and file"
        )
        for add in command.options:
            add(subparser)
    return parser, subparsers.choices


def _add_selection(parser: _Parser) -> None:
    parser.add_argument("--article", metavar="NAME", help="only this article")
    parser.add_argument("--locale", metavar="LOCALE", help="only this locale")


def _add_check(parser: _Parser) -> None:
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit 1 if anything would change or has an error",
    )


def _add_jobs(parser: _Parser) -> None:
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=_parse_count,
        default=0,
        help="number of processes (default: one per core)",
    )


def _parse_count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"expected a number of processes, found: {text!r}")
    return int(text)


def _add_take_over(parser: _Parser) -> None:
    parser.add_argument(
        "--take-over",
        action="store_true",
        help="also align pages that were not built by pipeline, and let builds replace them",
    )


def _add_allow_loss(parser: _Parser) -> None:
    parser.add_argument(
        "--allow-loss",
        action="append",
        metavar="ARTICLE",
        default=[],
        help="process an article although most of its reviewed translations become obsolete",
    )


def _add_edit_kinds(parser: _Parser) -> None:
    parser.add_argument(
        "--minor",
        action="append",
        metavar="ARTICLE",
        default=[],
        help="keep the reviews of edited texts of an article: its edits change no meaning",
    )
    parser.add_argument(
        "--correction",
        action="append",
        metavar="ARTICLE",
        default=[],
        help="withdraw the translations of edited texts of an article: they were wrong",
    )


def _add_prune(parser: _Parser) -> None:
    parser.add_argument(
        "--prune",
        action="store_true",
        help="remove obsolete machine drafts that nobody touched",
    )


def _add_drafts(parser: _Parser) -> None:
    parser.add_argument(
        "--drafts", action="store_true", help="also build drafts, visibly marked as drafts"
    )


def _add_document_options(parser: _Parser) -> None:
    parser.add_argument(
        "--as",
        dest="document",
        choices=DOCUMENT_KINDS,
        help="write Word documents, or HTML fragments to paste, in place of pages",
    )
    parser.add_argument("--output", metavar="FILE", help="write the one document to FILE")


def _add_engine_options(parser: _Parser) -> None:
    """Add the options of translation engines."""
    parser.add_argument(
        "--offline", action="store_true", help="use only engines that need no network"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="send and write nothing; print what would be sent"
    )
    parser.add_argument(
        "--budget", metavar="N", type=_parse_budget, help="send at most N characters to services"
    )
    parser.add_argument(
        "--upgrade",
        action="store_true",
        help="redo unedited drafts that a better engine can translate",
    )


def _parse_budget(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"expected a number of characters, found: {text!r}")
    return number


def _add_alignment_options(parser: _Parser) -> None:
    parser.add_argument(
        "--min-confidence",
        metavar="X",
        type=_parse_share,
        help="keep pairs of less confidence (0 to 1) as drafts (default: setting align_confidence)",
    )
    parser.add_argument(
        "--report",
        metavar="FILE",
        nargs="?",
        const="alignment.html",
        help="write an HTML page with both versions side by side (default: alignment.html)",
    )


def _parse_share(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 1, found: {text!r}")
    return number


def _add_json(parser: _Parser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _add_check_options(parser: _Parser) -> None:
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="check only these articles or catalogues"
    )
    codes: dict[str, Any] = {"metavar": "CODES", "action": "append", "default": []}
    parser.add_argument("--select", help="report only these codes, such as TY or GR101,MK", **codes)
    parser.add_argument("--ignore", help="do not report these codes", **codes)
    parser.add_argument(
        "--no-grammar", action="store_true", help="skip the grammar check; the output says so"
    )
    parser.add_argument(
        "--changed-since", metavar="REV", help="check only texts that changed since a git revision"
    )
    parser.add_argument("--baseline", metavar="FILE", help="do not report findings listed in FILE")
    parser.add_argument(
        "--update-baseline", action="store_true", help="write all findings to the baseline file"
    )
    repairs = parser.add_mutually_exclusive_group()
    repairs.add_argument("--fix", action="store_true", help="fix typography where that is safe")
    repairs.add_argument("--diff", action="store_true", help="show what --fix would change")
    parser.add_argument(
        "--statistics", action="store_true", help="print the number of findings for each code"
    )
    parser.add_argument(
        "--exit-zero", action="store_true", help="exit 0 even if there are findings"
    )
    parser.add_argument(
        "--output-format",
        choices=FORMATS,
        default="text",
        help="format of the findings (default: text)",
    )
    parser.add_argument("--output-file", metavar="FILE", help="write the output to FILE")


def _add_import_options(parser: _Parser) -> None:
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="Word, HTML, Markdown, plain text, CSV or Excel; - reads standard input",
    )
    parser.add_argument(
        "--article",
        metavar="NAME",
        help="name of the article (default: from the file or the title)",
    )
    parser.add_argument("--lang", metavar="LOCALE", help="language of the text (default: detected)")
    parser.add_argument(
        "--keep", action="store_true", help="keep what surrounds an article on its page"
    )
    parser.add_argument(
        "--column",
        dest="columns",
        action="append",
        type=_parse_column,
        metavar="FIELD=HEADING",
        default=[],
        help="column of a form, by its heading or number, for name, organisation, role, handle or "
        "answer; repeatable",
    )


def _parse_column(text: str) -> tuple[str, str]:
    from pipeline.importers import FIELDS  # here, as few command lines have columns

    field, _, heading = text.partition("=")
    if field not in FIELDS or not heading.strip():
        fields = ", ".join(FIELDS)
        raise argparse.ArgumentTypeError(
            f"expected FIELD=HEADING, found: {text!r} (FIELD: {fields})"
        )
    return field, heading


def _add_init_options(parser: _Parser) -> None:
    parser.add_argument(
        "folder", nargs="?", default=".", help="folder of the project (default: the current one)"
    )
    parser.add_argument("--source", help="language of the articles (default: the site's, or en)")
    parser.add_argument(
        "--locales", help="languages to translate into (default: the site's, or fr)"
    )
    parser.add_argument(
        "--preset", metavar="NAME", help="generator of the site, such as hugo (default: detected)"
    )


def _add_export(parser: _Parser) -> None:
    parser.add_argument("action", choices=("export",))
    parser.add_argument("file", metavar="FILE", help="the TMX file to write")


def _add_accept_from(parser: _Parser) -> None:
    parser.add_argument(
        "--from",
        dest="accept_from",
        metavar="FILE",
        help="accept what is reviewed in this PO file, such as one that csv2po wrote, and take its "
        "translations of texts that are empty or machine drafts; needs --article and --locale",
    )


def _add_git_merge(parser: _Parser) -> None:
    parser.add_argument("base", nargs="?", metavar="BASE", help="common ancestor; git's %%O")
    parser.add_argument(
        "ours", nargs="?", metavar="OURS", help="our version, replaced by the result; git's %%A"
    )
    parser.add_argument("theirs", nargs="?", metavar="THEIRS", help="their version; git's %%B")
    parser.add_argument("path", nargs="?", metavar="PATH", help="path for messages; git's %%P")
    parser.add_argument(
        "--install", action="store_true", help="configure git to use the driver in this clone"
    )


def _add_code(parser: _Parser) -> None:
    parser.add_argument("code", nargs="?", metavar="CODE", help="code to explain")


def _add_install(parser: _Parser) -> None:
    parser.add_argument("action", choices=("install",))
    parser.add_argument(
        "source",
        nargs="?",
        metavar="PATH",
        help="folder or zip with LanguageTool (default: download it with Maven)",
    )


class _Command(NamedTuple):
    summary: str
    example: str
    options: tuple[Callable[[_Parser], None], ...]
    """Functions that add its options, in the order of the help."""


_RUN_OPTIONS = (
    _add_selection,
    _add_check,
    _add_jobs,
    _add_allow_loss,
    _add_edit_kinds,
    _add_take_over,
    _add_drafts,
    _add_engine_options,
)
_COMMANDS = {
    "run": _Command(
        "run all steps from extract to build", "run --article my-article --drafts", _RUN_OPTIONS
    ),
    "extract": _Command(
        "write the template (POT) of each article",
        "extract",
        (_add_selection, _add_check, _add_allow_loss, _add_jobs),
    ),
    "merge": _Command(
        "update catalogues (PO) from their articles",
        "merge --locale fr",
        (_add_selection, _add_check, _add_allow_loss, _add_edit_kinds, _add_prune, _add_jobs),
    ),
    "align": _Command(
        "fill catalogues from existing translations",
        "align --locale fr",
        (
            _add_selection,
            _add_check,
            _add_allow_loss,
            _add_jobs,
            _add_take_over,
            _add_alignment_options,
        ),
    ),
    "translate": _Command(
        "draft missing translations by machine",
        "translate --offline",
        (_add_selection, _add_check, _add_allow_loss, _add_engine_options),
    ),
    "build": _Command(
        "write articles and pages in each language",
        "build --drafts",
        (
            _add_selection,
            _add_check,
            _add_allow_loss,
            _add_jobs,
            _add_drafts,
            _add_document_options,
        ),
    ),
    "migrate": _Command(
        "bring catalogues of an older release to the present form",
        "migrate --check",
        (_add_check,),
    ),
    "accept": _Command(
        "accept drafts that lost their fuzzy marks in a batch",
        "accept --article my-article --locale fr",
        (_add_selection, _add_check, _add_accept_from),
    ),
    "check": _Command(
        "check articles and catalogues",
        "check --locale fr",
        (_add_selection, _add_json, _add_check_options),
    ),
    "status": _Command(
        "show the progress of each translation", "status --json", (_add_selection, _add_json)
    ),
    "watch": _Command(
        "run all steps again after each save", "watch --article my-article --drafts", _RUN_OPTIONS
    ),
    "init": _Command(
        "create a project, or settings for an existing site",
        "init my-project --locales fr,es",
        (_add_init_options,),
    ),
    "import": _Command(
        "make articles of Word files, saved pages, texts and forms",
        "import interview.docx --lang fr",
        (_add_import_options, _add_check),
    ),
    "memory": _Command(
        "export reviewed translations as TMX",
        "memory export reviewed.tmx",
        (_add_export, _add_selection),
    ),
    "git-merge": _Command(
        "merge two versions of a PO file for git, entry by entry",
        "git-merge --install",
        (_add_git_merge,),
    ),
    "rules": _Command("list the codes of findings, or explain one", "rules TY101", (_add_code,)),
    "languagetool": _Command(
        "install the LanguageTool grammar server", "languagetool install", (_add_install,)
    ),
}


class _Parser(argparse.ArgumentParser):
    """Parser that raises instead of exiting, names the nearest choice, and has no abbreviations."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> None:  # type: ignore[override]  # it raises instead
        raise UsageError(f"{message}; see '{self.prog} --help'")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        choices = [str(choice) for choice in action.choices]
        available = f"available: {', '.join(choices)}"
        hint = language.suggestion(value, choices, 0.5, otherwise=available)
        kind = "command" if action.dest == "command" else "/".join(action.option_strings)
        raise UsageError(f"unknown {kind} '{value}'{hint}")


def _unknown_argument(parser: argparse.ArgumentParser, argument: str) -> str:
    """Return the message for an unknown argument, with the option that may have been meant."""
    see = f"see '{parser.prog} --help'"
    if not argument.startswith("-"):
        return f"unexpected argument '{argument}'; {see}"
    # argparse has no public list of its options.
    options = [option for action in parser._actions for option in action.option_strings]
    hint = language.suggestion(argument.partition("=")[0], options, 0.7, otherwise=see)
    return f"unknown option '{argument}'{hint}"


class _Completion(argparse.Action):
    """Action that prints a completion script for the named shell, and exits."""

    def __call__(self, parser: argparse.ArgumentParser, *values: Any, **_: Any) -> None:
        import shtab  # here, since it takes a sixth of the start-up time of every command

        shells = shtab.SUPPORTED_SHELLS  # older releases have fewer
        if values[1] not in shells:
            available = f"available: {', '.join(shells)}"
            hint = language.suggestion(values[1], shells, 0.5, otherwise=available)
            raise UsageError(f"unknown {'/'.join(self.option_strings)} '{values[1]}'{hint}")
        Terminal().result(shtab.complete(parser, values[1]))
        parser.exit()
