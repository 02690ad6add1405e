"""Command line: parses arguments, prints, gives exit codes."""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import shtab
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from pipeline import __version__, commands, scaffold
from pipeline.check import RULES
from pipeline.errors import PipelineError, UsageError
from pipeline.languages import own_name, require
from pipeline.model import Severity
from pipeline.similar import nearest
from pipeline.status import Row, total
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.model import Finding

__all__ = ["console", "main"]

DONE, FINDINGS, WRONG, INTERRUPTED = 0, 1, 2, 130

_COMMANDS = {
    "run": ("do all of the following, in order", "pipeline run --article my-article --drafts"),
    "extract": ("write the template (POT) of each article", "pipeline extract"),
    "merge": ("bring catalogues (PO) up to date with their articles", "pipeline merge --locale fr"),
    "align": ("fill catalogues from versions that exist", "pipeline align --locale fr"),
    "translate": ("draft what is missing, by machine", "pipeline translate --offline"),
    "build": ("write articles and pages in each language", "pipeline build --drafts"),
    "check": ("find what is wrong with the catalogues", "pipeline check --locale fr"),
    "status": ("show what is done and what is not", "pipeline status --json"),
}


def console() -> None:
    """Run as a program."""
    sys.exit(main())


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; give the exit code.

    0 done, 1 findings or (with --check) something would change, 2 wrong use or
    environment, 130 interrupted.
    """
    parser = _parser()
    try:
        arguments = parser.parse_args(argv)
        if arguments.command is None:
            parser.print_help()
            return WRONG
        if arguments.command == "init":
            return _init(arguments)
        if arguments.command == "rules":
            return _rules()
        return _work(arguments)
    except PipelineError as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(
            f"[red]error:[/] {escape(str(error))}"
        )
        return WRONG
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; run the command again to go on\n")
        return INTERRUPTED


class _Parser(argparse.ArgumentParser):
    """Names the nearest command where an unknown one is given."""

    def error(self, message: str) -> None:  # type: ignore[override]  # it raises instead
        if "invalid choice" in message:
            given = message.split("'")[1]
            close = nearest(given, [*_COMMANDS, "init", "rules"], 0.5)
            message = f"unknown command '{given}'" + (f"; did you mean '{close}'?" if close else "")
        raise UsageError(f"{message}; see '{self.prog} --help'")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="pipeline", description="Translate round-up articles through gettext catalogues."
    )
    parser.add_argument("--version", action="version", version=f"pipeline {__version__}")
    shtab.add_argument_to(parser, ["--print-completion"], help="print a completion script")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for name, (summary, example) in _COMMANDS.items():
        one = _subparser(subparsers, name, summary, example)
        one.add_argument("--article", metavar="NAME", help="only this article")
        one.add_argument("--locale", metavar="LOCALE", help="only this locale")
        if name not in ("check", "status"):
            one.add_argument(
                "--check",
                action="store_true",
                help="write nothing; exit 1 if anything would change",
            )
        if name in ("run", "build"):
            one.add_argument(
                "--drafts", action="store_true", help="build drafts too, visibly marked"
            )
        if name in ("run", "translate"):
            one.add_argument(
                "--offline", action="store_true", help="use only engines that need no network"
            )
        if name in ("check", "status"):
            one.add_argument("--json", action="store_true", help="print JSON")
    init = _subparser(
        subparsers,
        "init",
        "make a new project in a folder",
        "pipeline init my-project --locales fr,es",
    )
    init.add_argument("folder", nargs="?", default=".", help="where (default: here)")
    init.add_argument("--source", default="en", help="language of the articles (default: en)")
    init.add_argument("--locales", default="fr", help="languages to translate into (default: fr)")
    _subparser(subparsers, "rules", "list the codes of findings", "pipeline rules")
    return parser


def _subparser(
    subparsers: argparse._SubParsersAction[_Parser], name: str, summary: str, example: str
) -> argparse.ArgumentParser:
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


def _work(arguments: argparse.Namespace) -> int:
    """Open the project, run a command in it, and show what came of it."""
    rehearse = getattr(arguments, "check", False)
    environment = dict(os.environ)
    if getattr(arguments, "offline", False):
        environment["PIPELINE_OFFLINE"] = "1"
    workspace = Workspace.open(Path.cwd(), environment, check=rehearse)
    talk = Console(stderr=True, quiet=arguments.quiet, highlight=False, soft_wrap=True)
    job = commands.Job(
        workspace,
        workspace.choose(arguments.article),
        workspace.choose_locales(arguments.locale),
        _now(environment),
        drafts=getattr(arguments, "drafts", False),
        tell=lambda line: talk.print(line, markup=False),
        warn=lambda line: talk.print(f"[yellow]warning:[/] {escape(line)}"),
        progress=_progress(talk),
    )
    if arguments.command == "status":
        return _show_status(commands.status(job), as_json=arguments.json)
    if arguments.command == "check":
        commands.check(job)
        return _show_check(job.findings, arguments)
    with workspace.lock():
        getattr(commands, arguments.command)(job)
    _show_findings(talk, job.findings, verbose=arguments.verbose)
    _show_changes(talk, workspace, verbose=arguments.verbose)
    if arguments.command == "run" and not arguments.quiet and not rehearse:
        _show_status(commands.status(job), as_json=False)
    return FINDINGS if rehearse and workspace.changed else DONE


def _init(arguments: argparse.Namespace) -> int:
    locales = tuple(require(x.strip()) for x in arguments.locales.split(",") if x.strip())
    root = Path(arguments.folder)
    files = scaffold.files(require(arguments.source), locales)
    there = [path for path in ("pyproject.toml", *files) if (root / path).exists()]
    if there and there != ["pyproject.toml"]:
        raise UsageError(f"{there[-1]} is there already; nothing was written")
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    for path in files:
        print(f"wrote {root / path}")
    print("now: pipeline run --drafts")
    return DONE


def _rules() -> int:
    for code, rule in RULES.items():
        print(f"{code}  {rule.severity.value:7}  {rule.summary}")
    return DONE


def _now(environment: dict[str, str]) -> datetime:
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


def _progress(talk: Console) -> Callable[[str, int], object]:
    @contextmanager
    def show(name: str, steps: int) -> Iterator[Callable[[int], None]]:
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        with Progress(
            *columns, console=talk, transient=True, disable=not talk.is_terminal or talk.quiet
        ) as bar:
            task = bar.add_task(name, total=steps)
            yield lambda count: bar.advance(task, count)

    return show


def _show_changes(talk: Console, workspace: Workspace, *, verbose: bool) -> None:
    paths = list(dict.fromkeys(workspace.changed))
    word = "would change" if workspace.check else "wrote"
    if not paths:
        talk.print("nothing to do" if not workspace.check else "nothing would change")
    for path in paths if verbose or len(paths) <= 12 or workspace.check else []:
        talk.print(f"{word} {path}", markup=False)
    if len(paths) > 12 and not (verbose or workspace.check):
        talk.print(f"{word} {len(paths)} files; --verbose names them")


def _show_findings(talk: Console, findings: list[Finding], *, verbose: bool) -> None:
    for finding in findings:
        if verbose or finding.severity is not Severity.INFO:
            talk.print(_line(finding), markup=False)


def _show_check(findings: list[Finding], arguments: argparse.Namespace) -> int:
    shown = [f for f in findings if arguments.verbose or f.severity is not Severity.INFO]
    bad = [f for f in findings if f.severity is not Severity.INFO]
    if arguments.json:
        print(json.dumps({"version": 1, "findings": [_as_json(f) for f in findings]}, indent=2))
    else:
        for finding in shown:
            print(_line(finding))
        info = len(findings) - len(bad)
        more = f", {info} notes (--verbose shows them)" if info and not arguments.verbose else ""
        if not arguments.quiet:
            print(f"{len(bad)} findings{more}")
    return FINDINGS if bad else DONE


def _line(finding: Finding) -> str:
    place = finding.catalogue or finding.place
    where = f"{place.path}:{place.line}:{place.column}: " if place else ""
    context = f" [{finding.context}]" if finding.context else ""
    return f"{where}{finding.code} {finding.severity.value}: {finding.message}{context}"


def _as_json(finding: Finding) -> dict[str, object]:
    place, catalogue = finding.place, finding.catalogue
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": place.path if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "catalogue": {"path": catalogue.path, "line": catalogue.line} if catalogue else None,
        "context": finding.context,
    }


def _show_status(rows: list[Row], *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"version": 1, "sections": [r._asdict() for r in rows]}, indent=2))
        return DONE
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.article, row.locale), []).append(row)
    out = Console(highlight=False)
    for (article, locale), group in groups.items():
        table = Table(title=f"{article}: {locale}, {own_name(locale)}", title_justify="left")
        table.add_column("who")
        for name in ("reviewed", "draft", "empty", "words"):
            table.add_column(name, justify="right")
        for row in group:
            table.add_row(escape(row.speaker), *_numbers(row))
        table.add_section()
        whole = total(group)
        share = whole.words_reviewed / whole.words if whole.words else 1.0
        table.add_row(f"{share:.0%} of the words", *_numbers(whole), style="bold")
        out.print(table)
    return DONE


def _numbers(row: Row) -> tuple[str, ...]:
    return tuple(str(n) if n else "·" for n in (row.reviewed, row.draft, row.empty, row.words))
