"""Command line: reads the arguments, runs a command, gives the exit code."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import commands
from pipeline.cli.arguments import build
from pipeline.cli.arguments import unknown as unknown_argument
from pipeline.cli.terminal import Terminal
from pipeline.commands import Job, Rerun, export_memory
from pipeline.errors import PipelineError, UsageError
from pipeline.findings import Severity
from pipeline.language import nearest, require_locale
from pipeline.project import SETTINGS_FILE, Workspace, add_settings, create_project, find_project

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["console", "main"]

DONE, FINDINGS, WRONG, INTERRUPTED = 0, 1, 2, 130


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
    except BrokenPipeError:  # nobody reads on
        code = INTERRUPTED
    except Exception:  # noqa: BLE001  # the last seam: what arrives here is our own mistake
        traceback.print_exc()
        Terminal().error("this is a bug in pipeline; please report it with the lines above")
        code = WRONG
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:
        # It was said; without this Python complains once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; give the exit code.

    0 done, 1 findings or (with --check) something would change or has an error, 2 wrong
    use or environment, 130 interrupted.
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
    parser, parsers = build()
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
    if arguments.command == "watch":
        return _watch(arguments)
    return _work(arguments)


def _watch(arguments: argparse.Namespace) -> int:
    """Run at once, and again after each save, until somebody ends it, which is no fault."""
    from pipeline.cli.watch import watch  # here, as no other command needs it

    again = argparse.Namespace(**{**vars(arguments), "command": "run", "quiet": True})
    terminal = Terminal(quiet=arguments.quiet, verbose=arguments.verbose)
    with suppress(KeyboardInterrupt):
        watch(find_project(Path.cwd()).root, partial(_work, again), terminal)
    return INTERRUPTED


def _work(arguments: argparse.Namespace, changed: list[str] | None = None) -> int:
    """Open the project, run a command in it, and show what came of it.

    The paths that were written are added to ``changed``.
    """
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
            min_confidence=getattr(arguments, "min_confidence", None),
            jobs=getattr(arguments, "jobs", 1),
            take_over=getattr(arguments, "take_over", False),
            tell=terminal.tell,
            answer=terminal.result if dry else terminal.tell,
            warn=terminal.warn,
            progress=terminal.progress,
        )
        if not job.locales and arguments.command not in ("extract", "check"):
            terminal.warn("the settings have no 'locales' to translate into")
        try:
            code = _do(job, terminal, arguments)
        finally:
            terminal.left_out(job.failures)
            if changed is not None:
                changed += workspace.changed
        return WRONG if job.failures else code


def _do(job: Job, terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Run a command for the articles whose files can be used; give the exit code for those."""
    if arguments.command == "check":
        from pipeline.cli.check_command import run  # here, as no other command needs the rules

        return run(job, terminal, arguments)
    if arguments.command in ("memory", "status"):
        return _show(job, terminal, arguments)
    rehearse, changed = job.workspace.check, job.workspace.changed
    with job.workspace.lock():
        rerun = Rerun(job, whole=arguments.command != "run" or _is_special(arguments))
        job.verify(arguments.command)
        if job.failures.keys() >= set(rerun.articles):
            return WRONG
        rerun.replay(verbose=arguments.verbose)
        if getattr(arguments, "report", None):
            _align_and_report(job, Path(arguments.report))
        else:
            getattr(commands, arguments.command)(job)
        if arguments.command == "run":
            rerun.finish()
    terminal.findings(job.findings)
    terminal.changes(changed, rehearsed=rehearse)
    if arguments.command == "run" and not (arguments.quiet or rehearse):
        terminal.status(rerun.rows(), as_json=False)
    failing = changed or any(finding.severity is Severity.ERROR for finding in job.findings)
    asked = rehearse and not getattr(arguments, "dry_run", False)
    return FINDINGS if asked and failing else DONE


def _show(job: Job, terminal: Terminal, arguments: argparse.Namespace) -> int:
    if arguments.command == "memory":
        job.verify("memory")
        if job.articles:
            export_memory(job, Path(arguments.file))
        return DONE
    commands.warn_of_orphans(job)
    rerun = Rerun(job)
    job.verify("status")
    if not job.failures.keys() >= set(rerun.articles):
        terminal.status(rerun.rows(), as_json=arguments.json)
    return DONE


def _align_and_report(job: Job, target: Path) -> None:
    from pipeline.commands import (
        require_report_name,
        write_alignment_report,  # here: no other command needs it
    )

    require_report_name(job.workspace, target)
    commands.align(job)
    write_alignment_report(job, target)


def _is_special(arguments: argparse.Namespace) -> bool:
    """Tell whether a run is asked for what it would not do for itself."""
    return (
        arguments.dry_run
        or arguments.upgrade
        or arguments.take_over
        or arguments.budget is not None
    )


def _locales(workspace: Workspace, arguments: argparse.Namespace) -> tuple[str, ...]:
    """Give the locales at work; files that are named may be in any language."""
    if getattr(arguments, "paths", ()):
        return workspace.settings.locales
    return workspace.choose_locales(arguments.locale)


def _init(arguments: argparse.Namespace) -> int:
    from pipeline.project import detect_site  # here, as no other command needs it

    terminal = Terminal(quiet=arguments.quiet)
    names = [name.strip() for name in (arguments.locales or "").split(",") if name.strip()]
    root = Path(arguments.folder)
    source = require_locale(arguments.source) if arguments.source else ""
    locales = tuple(require_locale(name) for name in names)
    site = detect_site(root, arguments.preset or "")
    if site:
        terminal.tell(f"found a site of {site.preset} ({site.why})")
        written: tuple[str, ...] = (add_settings(root, site, source, locales),)
        if site.preset == "jekyll":
            terminal.tell("put 'exclude: [locales, pipeline.toml]' into its _config.yml")
        if not (locales or site.others):
            terminal.tell("it has no second language yet; 'fr' is a guess: see 'locales' there")
    else:
        source = source or "en"
        chosen = locales or (("en",) if source == "fr" else ("fr",))
        written = create_project(root, source, chosen)
    for path in written:
        terminal.tell(f"wrote {root / path}")
    if not site and not locales:
        why = f"as --locales named none; 'locales' in {SETTINGS_FILE}"
        terminal.tell(f"to be translated into {chosen[0]}, {why}")
    there = "" if root == Path() else f"cd {root} && "
    terminal.tell(f"now: {there}pipeline run --drafts")
    return DONE


def _rules(arguments: argparse.Namespace) -> int:
    from pipeline.rules import (
        RULES,
        explain,  # here, as no other command needs them all
    )

    terminal = Terminal(quiet=arguments.quiet)
    if arguments.code:
        if arguments.code not in RULES:
            close = nearest(arguments.code, RULES, 0.4)
            hint = f"did you mean '{close}'?" if close else "'pipeline rules' lists all"
            if "_" in arguments.code:
                hint = "names of grammar rules are the engine's; their findings are GR101 to GR105"
            raise UsageError(f"unknown code '{arguments.code}'; {hint}")
        terminal.result(explain(arguments.code))
        return DONE
    for code, rule in RULES.items():
        terminal.result(f"{code}  {rule.severity.value:7}  {rule.summary}")
    return DONE


def _languagetool(arguments: argparse.Namespace) -> int:
    from pipeline.gate import (
        install_languagetool,  # here, as seldom needed
        languagetool_home,
    )

    terminal = Terminal(quiet=arguments.quiet)
    source = Path(arguments.source) if arguments.source else None
    folder = install_languagetool(source, languagetool_home(os.environ), terminal.tell)
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
