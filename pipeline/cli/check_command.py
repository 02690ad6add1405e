"""`pipeline check` at the command line: what it prints and writes, and its exit code."""

from __future__ import annotations

import difflib
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError, UsageError
from pipeline.findings import Report, Severity
from pipeline.gate import (
    BASELINE_MARK,
    FORMATS,
    Baseline,
    CheckOptions,
    check_files,
    compare_with_baseline,
    engine_line,
    languagetool_home,
    parse_baseline,
    render_baseline,
    repair,
    statistics,
)
from pipeline.project import require_free, write_output
from pipeline.rules import RULES

if TYPE_CHECKING:
    import argparse

    from pipeline.cli.terminal import Terminal
    from pipeline.commands import Job
    from pipeline.project import Workspace

__all__ = ["run"]

CLEAN, FOUND = 0, 1


def run(job: Job, terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Check, and print what came of it; give the exit code."""
    workspace = job.workspace
    if arguments.statistics and (arguments.json or arguments.output_format != "text"):
        raise UsageError("--statistics is text; leave out the other format")
    wish = _wish(workspace, arguments)
    _require_targets(workspace, arguments)
    checked = check_files(job, wish)
    if job.failures and not checked.repairs:  # nothing was left to be looked at
        return FOUND
    if arguments.diff:
        repair(job, checked, articles=bool(wish.paths))
        text = _diff(workspace)
        _out(job, terminal, arguments, text)
        return FOUND if text and not arguments.exit_zero else CLEAN
    if arguments.fix:
        with workspace.lock():
            places = repair(job, checked, articles=bool(wish.paths))
        terminal.tell(f"repaired {places} places" if places != 1 else "repaired 1 place")
        terminal.changes(workspace.changed, rehearsed=False)
        checked = check_files(job, wish)
    report = _known(job, terminal, arguments, checked.report)
    _out(job, terminal, arguments, _rendered(terminal, arguments, report))
    failing = any(f.severity is not Severity.INFO for f in report.findings)
    return FOUND if failing and not arguments.exit_zero else CLEAN


def _wish(workspace: Workspace, arguments: argparse.Namespace) -> CheckOptions:
    return CheckOptions(
        tuple(_from_root(workspace, path) for path in arguments.paths),
        arguments.locale,
        _codes(arguments.select),
        _codes(arguments.ignore),
        not arguments.no_grammar,
        arguments.changed_since,
        languagetool_home(os.environ),
    )


def _from_root(workspace: Workspace, path: str) -> str:
    """Give a path from the project's folder, as all messages do."""
    for name in workspace.names_of(Path(path)):
        return name
    raise UsageError(f"{path}: expected a file of the project in {workspace.root}")


def _require_targets(workspace: Workspace, arguments: argparse.Namespace) -> None:
    """Refuse files that the check would have to write and must not, before it begins."""
    baseline = _baseline(workspace, arguments)
    if arguments.update_baseline:
        if not baseline:
            raise UsageError("--update-baseline needs a file: say --baseline FILE, too")
        require_free(workspace, workspace.root / baseline, "--baseline", BASELINE_MARK)
    if arguments.output_file:
        target = Path(arguments.output_file)
        if baseline in workspace.names_of(target):
            raise UsageError(f"--output-file {target}: this is the baseline; choose another name")
        require_free(workspace, target, "--output-file")


def _baseline(workspace: Workspace, arguments: argparse.Namespace) -> str:
    """Give the path of the baseline from the project's folder; nothing where there is none."""
    given: str | None = arguments.baseline
    return _from_root(workspace, given) if given else workspace.settings.check.baseline


def _codes(given: list[str]) -> tuple[str, ...]:
    return tuple(code for text in given for code in text.replace(",", " ").split())


def _known(job: Job, terminal: Terminal, arguments: argparse.Namespace, report: Report) -> Report:
    """Leave out what the baseline has, or write the baseline."""
    workspace = job.workspace
    path = _baseline(workspace, arguments)
    if not path:
        return report
    data = workspace.read(path)
    whole = _whole(arguments) and not job.failures
    anew = arguments.update_baseline and whole
    known = None if anew else _parsed(data, path)
    if arguments.update_baseline:
        left = () if known is None or whole else compare_with_baseline(report.findings, known)[1]
        text = render_baseline(report.findings, left)
        workspace.write(path, text.encode("utf-8"), data)
        terminal.changes(workspace.changed, rehearsed=False)
        known = parse_baseline(text, path)
    if known is None:
        raise UsageError(f"{path}: there is no such baseline; --update-baseline makes it")
    new, stale = compare_with_baseline(report.findings, known)
    for entry in stale if whole else ():
        where = f"{entry.path} {entry.code}: {entry.message}"
        terminal.warn(f"{path}: no longer found: {where}; --update-baseline removes it")
    return Report(tuple(new), report.engines)


def _parsed(data: bytes | None, path: str) -> Baseline | None:
    if data is None:
        return None
    try:
        return parse_baseline(data.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("expected UTF-8; --update-baseline writes it anew", path, line) from error


def _whole(arguments: argparse.Namespace) -> bool:
    """Tell whether all was checked, so that what was not found is gone."""
    narrowed = (
        arguments.paths,
        arguments.article,
        arguments.locale,
        arguments.select,
        arguments.ignore,
    )
    return not (any(narrowed) or arguments.changed_since or arguments.no_grammar)


def _rendered(terminal: Terminal, arguments: argparse.Namespace, report: Report) -> str:
    name = "json" if arguments.json else arguments.output_format
    if arguments.statistics:
        return f"{statistics(report, RULES)}\n\n{engine_line(report)}".lstrip("\n")
    if name == "text":
        return terminal.report(report, plain=bool(arguments.output_file))
    return FORMATS[name](report, RULES)


def _diff(workspace: Workspace) -> str:
    """Show what a rehearsal changed, as unified diffs."""
    lines: list[str] = []
    for path in dict.fromkeys(workspace.changed):
        old = (workspace.root / path).read_bytes().decode("utf-8", "replace")
        new = (workspace.read(path) or b"").decode("utf-8", "replace")
        # Only line feeds part lines here; splitlines() knows more of them.
        before, after = (list(io.StringIO(text, newline="\n")) for text in (old, new))
        lines += difflib.unified_diff(before, after, f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines).rstrip("\n")


def _out(job: Job, terminal: Terminal, arguments: argparse.Namespace, text: str) -> None:
    if not arguments.output_file:
        if text:
            terminal.result(text)
        return
    data = (text + "\n").encode("utf-8")
    write_output(job.workspace, Path(arguments.output_file), "--output-file", data)
