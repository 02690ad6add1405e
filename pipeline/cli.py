"""Command line: reads the arguments, runs a command, gives the exit code."""

from __future__ import annotations

import gc
import io
import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__, commands, options, scaffold
from pipeline.drafting import export
from pipeline.errors import PipelineError, UsageError
from pipeline.job import Job
from pipeline.languages import require
from pipeline.parser import Completion, Parser
from pipeline.parser import unknown as unknown_argument
from pipeline.similar import nearest
from pipeline.terminal import Terminal
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

__all__ = ["console", "main"]

DONE, FINDINGS, WRONG, INTERRUPTED = 0, 1, 2, 130

_COMMANDS = {
    "run": ("do all of the following, in order", "pipeline run --article my-article --drafts"),
    "extract": ("write the template (POT) of each article", "pipeline extract"),
    "merge": ("bring catalogues (PO) up to date with their articles", "pipeline merge --locale fr"),
    "align": ("fill catalogues from versions that exist", "pipeline align --locale fr"),
    "translate": ("draft what is missing, by machine", "pipeline translate --offline"),
    "build": ("write articles and pages in each language", "pipeline build --drafts"),
    "check": ("proofread articles and catalogues", "pipeline check --locale fr"),
    "status": ("show what is done and what is not", "pipeline status --json"),
}
_READING = ("check", "status")
"""Commands that only read; all others write, and take turns."""

_EXIT_CODES = (
    "exit codes: 0 done; 1 findings, or with --check something would change; "
    "2 wrong use or environment; 130 interrupted"
)


def console() -> None:
    """Run as a program."""
    # Articles and catalogues are many small values that live to the end; looking for garbage
    # among them at the usual pace takes a quarter of the time.
    gc.set_threshold(100_000, 50, 50)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show a letter is no reason to show nothing.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = main()
    except BrokenPipeError:
        # Nobody reads on; without this Python complains once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = INTERRUPTED
    except Exception:  # noqa: BLE001  # the last seam: what arrives here is our own mistake
        traceback.print_exc()
        Terminal().error("this is a bug in pipeline; please report it with the lines above")
        code = WRONG
    sys.exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; give the exit code.

    0 done, 1 findings or (with --check) something would change, 2 wrong use or
    environment, 130 interrupted.
    """
    try:
        return _dispatch(argv)
    except PipelineError as error:
        Terminal().error(str(error))
        return WRONG
    except KeyboardInterrupt:
        Terminal().error("interrupted; run the command again to go on")
        return INTERRUPTED
    except SystemExit as stop:  # --help and the like have said what they had to
        return int(stop.code or DONE)


def _dispatch(argv: Sequence[str] | None) -> int:
    parser, parsers = _parser()
    arguments, unknown = parser.parse_known_args(argv)
    if arguments.command is None and not unknown:
        parser.print_help()
        return WRONG
    if unknown:
        raise UsageError(unknown_argument(parsers.get(arguments.command, parser), unknown[0]))
    if arguments.command == "init":
        return _init(arguments)
    if arguments.command == "rules":
        return _rules(arguments)
    if arguments.command == "languagetool":
        return _languagetool(arguments)
    return _work(arguments)


def _parser() -> tuple[Parser, Mapping[str, argparse.ArgumentParser]]:
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
    example = "pipeline init my-project --locales fr,es"
    init = _subparser(subparsers, "init", "make a new project in a folder", example)
    init.add_argument("folder", nargs="?", default=".", help="where (default: here)")
    init.add_argument("--source", default="en", help="language of the articles (default: en)")
    init.add_argument("--locales", default="fr", help="languages to translate into (default: fr)")
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
        options.add_checking(parser)
    else:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; exit 1 if anything would change"
        )
    if name in ("run", "build"):
        parser.add_argument(
            "--drafts", action="store_true", help="build drafts too, visibly marked"
        )
    if name in ("run", "translate"):
        options.add_drafting(parser)


def _work(arguments: argparse.Namespace) -> int:
    """Open the project, run a command in it, and show what came of it."""
    dry = getattr(arguments, "dry_run", False)
    rehearse = any(getattr(arguments, name, False) for name in ("check", "diff", "dry_run"))
    environment = dict(os.environ)
    if getattr(arguments, "offline", False):
        environment["PIPELINE_OFFLINE"] = "1"
    terminal = Terminal(quiet=arguments.quiet, verbose=arguments.verbose)
    with Workspace.open(Path.cwd(), environment, check=rehearse) as workspace:
        job = Job(
            workspace,
            workspace.choose(arguments.article),
            _locales(workspace, arguments),
            _now(environment),
            environment,
            drafts=getattr(arguments, "drafts", False),
            budget=getattr(arguments, "budget", None),
            upgrade=getattr(arguments, "upgrade", False),
            tell=terminal.tell,
            answer=terminal.result if dry else terminal.tell,
            warn=terminal.warn,
            progress=terminal.progress,
        )
        if not job.locales and arguments.command not in ("extract", "check"):
            terminal.warn("the settings have no 'locales' to translate into")
        if arguments.command == "check":
            from pipeline import checking  # here, as no other command needs the rules

            return checking.run(job, terminal, arguments)
        if arguments.command == "memory":
            export(job, Path(arguments.file))
            return DONE
        if arguments.command == "status":
            return _show_status(job, terminal, as_json=arguments.json)
        with workspace.lock():
            job.verify(arguments.command)
            getattr(commands, arguments.command)(job)
        terminal.findings(job.findings)
        terminal.changes(workspace.changed, rehearsed=rehearse)
        if arguments.command == "run" and not (arguments.quiet or rehearse):
            _show_status(job, terminal, as_json=False)
        return FINDINGS if rehearse and workspace.changed and not dry else DONE


def _show_status(job: Job, terminal: Terminal, as_json: bool) -> int:
    terminal.status(commands.status(job), as_json=as_json)
    return DONE


def _locales(workspace: Workspace, arguments: argparse.Namespace) -> tuple[str, ...]:
    """Give the locales at work; files that are named may be in any language."""
    if getattr(arguments, "paths", ()):
        return workspace.settings.locales
    return workspace.choose_locales(arguments.locale)


def _init(arguments: argparse.Namespace) -> int:
    terminal = Terminal(quiet=arguments.quiet)
    names = [name.strip() for name in arguments.locales.split(",") if name.strip()]
    root = Path(arguments.folder)
    locales = tuple(require(name) for name in names)
    for path in scaffold.create(root, require(arguments.source), locales):
        terminal.tell(f"wrote {root / path}")
    there = "" if root == Path() else f"cd {root} && "
    terminal.tell(f"now: {there}pipeline run --drafts")
    return DONE


def _rules(arguments: argparse.Namespace) -> int:
    from pipeline.rules.codes import RULES, page  # here, as no other command needs them all

    terminal = Terminal(quiet=arguments.quiet)
    if arguments.code:
        if arguments.code not in RULES:
            close = nearest(arguments.code, RULES, 0.4)
            hint = f"did you mean '{close}'?" if close else "'pipeline rules' lists all"
            raise UsageError(f"unknown code '{arguments.code}'; {hint}")
        terminal.result(page(arguments.code))
        return DONE
    for code, rule in RULES.items():
        terminal.result(f"{code}  {rule.severity.value:7}  {rule.summary}")
    return DONE


def _languagetool(arguments: argparse.Namespace) -> int:
    from pipeline.grammar.install import default_home, install  # here, as seldom needed

    terminal = Terminal(quiet=arguments.quiet)
    source = Path(arguments.source) if arguments.source else None
    folder = install(source, default_home(os.environ), terminal.tell)
    terminal.tell(f"LanguageTool is in {folder}")
    return DONE


def _now(environment: Mapping[str, str]) -> datetime:
    """Give the time, or the one that SOURCE_DATE_EPOCH fixes for a repeatable run."""
    epoch = environment.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        message = f"SOURCE_DATE_EPOCH must be seconds since 1970, found: {epoch!r}"
        raise UsageError(message) from error
