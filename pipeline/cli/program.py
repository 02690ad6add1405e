"""Command line: parses the arguments, runs a command, returns the exit code."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import traceback
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

# Lazy: modules of these packages are loaded when first used.
from pipeline import commands, language, project
from pipeline.cli.arguments import parse
from pipeline.cli.exit_codes import DONE, ERROR, FINDINGS, INTERRUPTED
from pipeline.cli.terminal import Terminal
from pipeline.errors import PipelineError, UsageError
from pipeline.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pipeline.cli.arguments import Options
    from pipeline.commands import Job
    from pipeline.project import Workspace

__all__ = ["console", "main"]


def console() -> None:
    """Run the command line as a program, and exit."""
    # Articles and catalogues are many small objects that live until the end; the default
    # thresholds of the garbage collector cost a quarter of the run time.
    gc.set_threshold(100_000, 50, 50)
    # The system's request to terminate is handled like Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Characters that the terminal's encoding lacks must not stop the output.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = main()
    except BrokenPipeError:  # the reader of a pipe has closed it
        code = INTERRUPTED
    except Exception:  # noqa: BLE001  # the outermost handler: what arrives here is a bug
        traceback.print_exc()
        Terminal().error("this is a bug in pipeline; please report it with the lines above")
        code = ERROR
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:
        # The error was printed; without this, Python prints another one at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; return the exit code.

    0 done, 1 findings, conflicts of a merge for git, or (with --check) something would change or
    has an error, 2 wrong use or environment, 130 interrupted.
    """
    try:
        options = parse(argv)
        terminal = Terminal(quiet=options.quiet, verbose=options.verbose)
        return _COMMANDS[options.command](options, terminal)
    except PipelineError as error:
        Terminal().error(str(error))
        return ERROR
    except KeyboardInterrupt:
        Terminal().error("interrupted; run the command again to continue")
        return INTERRUPTED
    except SystemExit as stop:  # from --help and similar options, which print and exit
        return int(stop.code or DONE)


@contextmanager
def _open_job(
    options: Options, terminal: Terminal, written: list[str] | None = None
) -> Iterator[Job]:
    """Open the project for a job, and print at the end which articles were left out.

    The paths that were written are added to ``written``.
    """
    environment = dict(os.environ)
    if options.offline:
        environment["PIPELINE_OFFLINE"] = "1"
    with project.Workspace.open(Path.cwd(), environment, check=options.rehearses) as workspace:
        files = workspace.search()
        articles, locales = workspace.choose(options.article, files), _locales(workspace, options)
        now = _now(environment)
        job = commands.Job(workspace, articles, locales, now, environment, options.job, terminal)
        if not (options.article or options.paths):
            job.failures |= files.unreadable
            commands.warn_of_strays(job, files)
        has_locales = job.workspace.settings.locales or options.document
        if not has_locales and options.command not in ("extract", "check"):
            terminal.warn("setting 'locales' is empty; add the languages to translate into")
        try:
            yield job
        finally:
            terminal.list_left_out(job.failures)
            if written is not None:
                written += workspace.changed + workspace.removed


def _locales(workspace: Workspace, options: Options) -> tuple[str, ...]:
    """Return the selected locales; files that are named may be in any language."""
    if options.paths:
        return workspace.settings.locales
    if options.document and options.locale == workspace.settings.source:
        return ()
    return workspace.choose_locales(options.locale)


def _now(environment: Mapping[str, str]) -> datetime:
    """Return the current time, or the time in SOURCE_DATE_EPOCH for a repeatable run."""
    epoch = environment.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        message = f"SOURCE_DATE_EPOCH must be seconds since 1970, found: {epoch!r}"
        raise UsageError(message) from error


def _step(
    options: Options,
    terminal: Terminal,
    step: Callable[[Job], None],
    written: list[str] | None = None,
) -> int:
    """Run a step for the articles whose files can be used, and print the outcome."""
    with _open_job(options, terminal, written) as job:
        with job.workspace.lock():
            rerun = commands.Rerun(job, whole=options.command != "run" or _is_special(options))
            job.verify(options.command)
            if job.articles:
                commands.leave_out_losses(job)
            if job.failures.keys() >= set(rerun.articles):
                return ERROR
            # Texts that move do so as drafts, too, so what moves is looked for again.
            if (
                job.articles
                and options.command not in _WITHOUT_DRAFTS
                and commands.hold_drafts(job)
            ):
                commands.leave_out_losses(job)
            rerun.replay(verbose=options.verbose)
            step(job)
            rerun.finish()
        terminal.findings(job.findings)
        workspace = job.workspace
        terminal.changes(workspace.changed, workspace.removed, rehearsed=options.rehearses)
        if options.command == "run" and not (options.quiet or options.rehearses):
            terminal.status(rerun.rows(), as_json=False)
        return _exit_code(job, options)


_WITHOUT_DRAFTS = ("accept", "migrate")
"""Commands that leave drafts without their marks as they are."""


def _is_special(options: Options) -> bool:
    """Return whether a run has options that change its usual work."""
    job = options.job
    said = job.minor or job.correction
    return bool(job.dry_run or job.upgrade or job.take_over or said) or job.budget is not None


def _exit_code(job: Job, options: Options) -> int:
    """Return the exit code of a step."""
    if job.failures:
        return ERROR
    if not options.rehearses or options.job.dry_run:
        return DONE
    errors = any(finding.severity is Severity.ERROR for finding in job.findings)
    changes = job.workspace.changed or job.workspace.removed
    return FINDINGS if errors or changes else DONE


def _run(options: Options, terminal: Terminal) -> int:
    return _step(options, terminal, commands.run)


def _extract(options: Options, terminal: Terminal) -> int:
    return _step(options, terminal, commands.extract)


def _merge(options: Options, terminal: Terminal) -> int:
    return _step(options, terminal, commands.merge)


def _align(options: Options, terminal: Terminal) -> int:
    if options.report:
        step = partial(commands.align_with_report, target=Path(options.report))
        return _step(options, terminal, step)
    return _step(options, terminal, commands.align)


def _translate(options: Options, terminal: Terminal) -> int:
    return _step(options, terminal, commands.translate)


def _build(options: Options, terminal: Terminal) -> int:
    if options.document:
        request = commands.DocumentRequest(options.document, options.locale, options.output)
        return _step(options, terminal, partial(commands.write_documents, request=request))
    if options.output:
        raise UsageError("--output FILE is for a document; add --as docx or --as fragment")
    return _step(options, terminal, commands.build)


def _accept(options: Options, terminal: Terminal) -> int:
    file = Path(options.accept_from) if options.accept_from else None
    return _step(options, terminal, partial(commands.accept, file=file))


def _migrate(options: Options, terminal: Terminal) -> int:
    return _step(options, terminal, commands.migrate)


def _watch(options: Options, terminal: Terminal) -> int:
    """Run at once, and again after each save, until interrupted, which is no error."""
    from pipeline.cli.watch import watch  # here, as no other command needs it

    run_options = options._replace(command="run", quiet=True)
    quiet_terminal = Terminal(quiet=True, verbose=options.verbose)
    with suppress(KeyboardInterrupt):
        watch(
            project.find_project(Path.cwd()).root,
            partial(_step, run_options, quiet_terminal, commands.run),
            terminal,
        )
    return INTERRUPTED


def _check(options: Options, terminal: Terminal) -> int:
    from pipeline.cli.check_command import run  # here, as no other command needs the rules

    with _open_job(options, terminal) as job:
        code = run(job, terminal, options)
        return ERROR if job.failures else code


def _status(options: Options, terminal: Terminal) -> int:
    with _open_job(options, terminal) as job:
        commands.warn_of_orphans(job)
        rerun = commands.Rerun(job)
        job.verify("status")
        if job.articles:
            commands.leave_out_losses(job)
            commands.hold_drafts(job, write=False)
        if not job.failures.keys() >= set(rerun.articles):
            terminal.status(rerun.rows(), as_json=options.json)
        return ERROR if job.failures else DONE


def _memory(options: Options, terminal: Terminal) -> int:
    with _open_job(options, terminal) as job:
        job.verify("memory")
        if job.articles:
            commands.hold_drafts(job, write=False)
            commands.export_memory(job, Path(options.file))
        return ERROR if job.failures else DONE


def _init(options: Options, terminal: Terminal) -> int:
    from pipeline.cli.init_command import run  # here, as no other command needs it

    run(options, terminal)
    return DONE


def _import(options: Options, terminal: Terminal) -> int:
    from pipeline.cli.import_command import run  # here, as no other command needs it

    return run(options, terminal, _now(os.environ))


def _git_merge(options: Options, terminal: Terminal) -> int:
    if options.install:
        changed, is_used = commands.install_driver(Path.cwd())
        terminal.tell("installed the merge driver in this clone" if changed else "nothing to do")
        if not is_used:
            lines = "*.po merge=pipeline\n*.pot merge=pipeline"
            terminal.warn(f"add these lines to .gitattributes, for everybody:\n{lines}")
        return DONE
    if not (options.base and options.ours and options.theirs):
        raise UsageError("git-merge requires BASE, OURS and THEIRS, or --install")
    base, ours, theirs = Path(options.base), Path(options.ours), Path(options.theirs)
    merge = commands.merge_for_git(base, ours, theirs, options.path or options.ours)
    for warning in merge.warnings:
        terminal.warn(warning)
    terminal.result(merge.result)
    return FINDINGS if merge.has_conflicts else DONE


def _rules(options: Options, terminal: Terminal) -> int:
    from pipeline.rules import RULES, explain  # here, as no other command needs all rules

    if not options.code:
        for code, rule in RULES.items():
            terminal.result(f"{code}  {rule.severity.value:7}  {rule.summary}")
    elif options.code in RULES:
        terminal.result(explain(options.code))
    else:
        raise UsageError(f"unknown code '{options.code}'{_code_hint(options.code, RULES)}")
    return DONE


def _code_hint(code: str, codes: Iterable[str]) -> str:
    if "_" in code:
        return "; for rules of the grammar engine, see GR101 to GR105"
    return language.suggestion(code, codes, otherwise="'pipeline rules' lists all codes")


def _languagetool(options: Options, terminal: Terminal) -> int:
    from pipeline.gate import install_languagetool, languagetool_home  # here, as rarely needed

    source = Path(options.source) if options.source else None
    folder = install_languagetool(source, languagetool_home(os.environ), terminal.tell)
    terminal.tell(f"LanguageTool is installed in {folder}")
    return DONE


_COMMANDS: Mapping[str, Callable[[Options, Terminal], int]] = {
    "run": _run,
    "extract": _extract,
    "merge": _merge,
    "align": _align,
    "translate": _translate,
    "build": _build,
    "migrate": _migrate,
    "accept": _accept,
    "check": _check,
    "status": _status,
    "watch": _watch,
    "init": _init,
    "import": _import,
    "memory": _memory,
    "git-merge": _git_merge,
    "rules": _rules,
    "languagetool": _languagetool,
}
