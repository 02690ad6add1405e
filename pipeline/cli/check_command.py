"""`pipeline check` at the command line: its output, its files and its exit code."""

from __future__ import annotations

import difflib
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.exit_codes import DONE, FINDINGS
from pipeline.commands import hold_drafts
from pipeline.errors import UsageError, decode
from pipeline.findings import Report, Severity
from pipeline.gate import (
    BASELINE_MARK,
    Baseline,
    CheckOptions,
    check_files,
    compare_with_baseline,
    engine_line,
    languagetool_home,
    parse_baseline,
    render_baseline,
    render_report,
    repair,
    statistics,
)
from pipeline.project import require_free, write_output
from pipeline.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.cli.arguments import Options
    from pipeline.cli.terminal import Terminal
    from pipeline.commands import Job
    from pipeline.project import Workspace

__all__ = ["run"]


def run(job: Job, terminal: Terminal, options: Options) -> int:
    """Check, and print the result; return the exit code."""
    workspace = job.workspace
    _require_one_format(options)
    check_options = _check_options(workspace, options)
    _require_targets(workspace, options)
    hold_drafts(job, write=False, paths=check_options.paths)
    checked = check_files(job, check_options)
    if job.failures and not checked.repairs:  # no article could be checked
        return FINDINGS
    if options.diff:
        repair(job, checked, articles=bool(check_options.paths))
        text = _diff(workspace)
        _print_or_write(job, terminal, options, text)
        return _exit_code(options, failing=bool(text))
    if options.fix:
        with workspace.lock():
            places = repair(job, checked, articles=bool(check_options.paths))
        terminal.tell(f"fixed {places} places" if places != 1 else "fixed 1 place")
        terminal.changes(workspace.changed, rehearsed=False)
        checked = check_files(job, check_options)
    report = _apply_baseline(job, terminal, options, checked.report)
    _print_or_write(job, terminal, options, _render(terminal, options, report))
    return _exit_code(
        options, failing=any(f.severity is not Severity.INFO for f in report.findings)
    )


def _exit_code(options: Options, *, failing: bool) -> int:
    return FINDINGS if failing and not options.exit_zero else DONE


def _require_one_format(options: Options) -> None:
    if options.statistics and (options.json or options.output_format != "text"):
        raise UsageError("--statistics only prints text; omit --json and --output-format")


def _check_options(workspace: Workspace, options: Options) -> CheckOptions:
    return CheckOptions(
        tuple(_from_root(workspace, path) for path in options.paths),
        options.locale,
        _split_codes(options.select),
        _split_codes(options.ignore),
        not options.no_grammar,
        options.changed_since,
        languagetool_home(os.environ),
    )


def _from_root(workspace: Workspace, path: str) -> str:
    """Return a path from the project's folder, as in all messages."""
    for name in workspace.relative_paths(Path(path)):
        return name
    raise UsageError(f"{path}: expected a path inside the project {workspace.root}")


def _require_targets(workspace: Workspace, options: Options) -> None:
    """Raise UsageError for output files that must not be replaced, before the check begins."""
    baseline = _baseline_path(workspace, options)
    if options.update_baseline:
        if not baseline:
            raise UsageError("--update-baseline requires --baseline FILE")
        require_free(workspace, workspace.root / baseline, "--baseline", BASELINE_MARK)
    if options.output_file:
        target = Path(options.output_file)
        if baseline in workspace.relative_paths(target):
            raise UsageError(
                f"--output-file {target}: would overwrite the baseline; choose another name"
            )
        require_free(workspace, target, "--output-file")


def _baseline_path(workspace: Workspace, options: Options) -> str:
    """Return the path of the baseline from the project's folder; empty if there is none."""
    option = options.baseline
    return _from_root(workspace, option) if option else workspace.settings.check.baseline


def _split_codes(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for text in values for code in text.replace(",", " ").split())


def _apply_baseline(job: Job, terminal: Terminal, options: Options, report: Report) -> Report:
    """Return a report without the findings of the baseline, which is written first on request."""
    path = _baseline_path(job.workspace, options)
    if not path:
        return report
    complete = _is_complete(options) and not job.failures
    if options.update_baseline:
        baseline: Baseline | None = _update_baseline(job, path, report, complete=complete)
        terminal.changes(job.workspace.changed, rehearsed=False)
    else:
        baseline = _parse_baseline(job.workspace.read(path), path)
    if baseline is None:
        raise UsageError(f"{path}: baseline not found; create it with --update-baseline")
    new, stale = compare_with_baseline(report.findings, baseline)
    for entry in stale if complete else ():
        location = f"{entry.path} {entry.code}: {entry.message}"
        terminal.warn(f"{path}: outdated entry: {location}; remove it with --update-baseline")
    return Report(tuple(new), report.engines)


def _update_baseline(job: Job, path: str, report: Report, *, complete: bool) -> Baseline:
    """Write all findings to the baseline; after a partial check, keep its other entries, too."""
    data = job.workspace.read(path)
    baseline = None if complete else _parse_baseline(data, path)
    other_entries = () if baseline is None else compare_with_baseline(report.findings, baseline)[1]
    text = render_baseline(report.findings, other_entries)
    job.workspace.write(path, text.encode("utf-8"), data)
    return parse_baseline(text, path)


def _parse_baseline(data: bytes | None, path: str) -> Baseline | None:
    if data is None:
        return None
    text = decode(data, path, remedy="; rewrite the file with --update-baseline")
    return parse_baseline(text, path)


def _is_complete(options: Options) -> bool:
    """Return whether everything was checked, so that findings not found again are gone."""
    filters = (
        options.paths,
        options.article,
        options.locale,
        options.select,
        options.ignore,
    )
    return not (any(filters) or options.changed_since or options.no_grammar)


def _render(terminal: Terminal, options: Options, report: Report) -> str:
    name = "json" if options.json else options.output_format
    if options.statistics:
        return f"{statistics(report, RULES)}\n\n{engine_line(report)}".lstrip("\n")
    if name == "text":
        return terminal.report(report, plain=bool(options.output_file))
    return render_report(name, report, RULES)


def _diff(workspace: Workspace) -> str:
    """Return the changes of a rehearsal as unified diffs."""
    lines: list[str] = []
    for path in dict.fromkeys(workspace.changed):
        old = (workspace.root / path).read_bytes().decode("utf-8", "replace")
        new = (workspace.read(path) or b"").decode("utf-8", "replace")
        # Lines end at line feeds only; splitlines() would also split at other characters.
        old_lines, new_lines = (list(io.StringIO(text, newline="\n")) for text in (old, new))
        lines += difflib.unified_diff(old_lines, new_lines, f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines).rstrip("\n")


def _print_or_write(job: Job, terminal: Terminal, options: Options, text: str) -> None:
    if not options.output_file:
        if text:
            terminal.result(text)
        return
    data = (text + "\n").encode("utf-8")
    write_output(job.workspace, Path(options.output_file), "--output-file", data)
