"""Render findings for people at a terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.findings import UNREAD, Severity
from pipeline.gate.formats.printable import excerpt, paint, show_controls, show_spaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pipeline.findings import Finding, Place, Report
    from pipeline.rules import Rule

__all__ = ["engine_line", "format_place", "headline", "quote_text", "render_text", "statistics"]

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.INFO: "bold cyan",
}
_FRAME = "bold blue"
_GUTTER = "  | "
_NARROWEST = 20
"""Least width of an excerpt, in cells, even where the terminal is narrower."""
_SUGGESTIONS = 5
"""Number of suggestions that are listed; a spelling engine has twenty."""


def render_text(report: Report, *, verbose: bool, color: bool, width: int) -> str:
    """Return each finding with its words, then the totals and the engines.

    Notes are only counted unless ``verbose``. ``width`` is that of the terminal in cells.
    No text reaches the terminal as a control; the colours are the only ones.
    """
    painter = paint if color else _leave_plain
    findings = [f for f in report.findings if verbose or f.severity is not Severity.INFO]
    blocks = ["\n".join(_finding_lines(finding, painter, width)) for finding in findings]
    blocks.append(f"{_totals(report, verbose=verbose)}\n{engine_line(report)}")
    return "\n\n".join(blocks)


def statistics(report: Report, rules: Mapping[str, Rule]) -> str:
    """Return count, code and summary of each code, notes too, the most frequent first."""
    counts = Counter(finding.code for finding in report.findings)
    wide = len(str(max(counts.values(), default=0)))
    return "\n".join(
        f"{count:{wide}}  {code}  {rules[code].summary if code in rules else ''}".rstrip()
        for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def headline(finding: Finding) -> str:
    """Return a finding on one line, without its place: ``GR101[RULE] error: message``."""
    return f"{_code(finding)} {finding.severity.value}: {show_controls(finding.message)}"


def format_place(place: Place) -> str:
    """Return a place as editors understand it: ``path:line:column``."""
    return f"{show_controls(place.path)}:{place.line}:{place.column}"


def quote_text(finding: Finding, width: int) -> tuple[str, ...]:
    """Return the text of a finding in ``width`` cells, and the carets, if any, on a second line.

    Where there is no text, as in an empty translation, it is the source without carets.
    """
    if not finding.text:
        return (excerpt(finding.source, 0, 0, width).line,) if finding.source else ()
    cut = excerpt(finding.text, finding.start, finding.end, width)
    return (cut.line, cut.carets) if cut.marked else (cut.line,)


def _leave_plain(text: str, _style: str) -> str:
    return text


def _finding_lines(
    finding: Finding, painter: Callable[[str, str], str], width: int
) -> Iterator[str]:
    style = _STYLES[finding.severity]
    place = finding.catalogue or finding.place
    at = f"{painter(format_place(place), 'bold')}: " if place else ""
    kind = painter(f"{_code(finding)} {finding.severity.value}", style)
    yield f"{at}{kind}: {show_controls(finding.message)}"
    if finding.catalogue and finding.place:
        yield f" {painter('-->', _FRAME)} {format_place(finding.place)}"
    line, *carets = quote_text(finding, max(width - len(_GUTTER), _NARROWEST)) or ("",)
    if line:
        yield painter(_GUTTER, _FRAME) + line
    for below in carets:
        yield painter(_GUTTER, _FRAME) + painter(below, style)
    yield from _help_lines(finding, painter)
    if section := _section_line(finding):
        yield section


def _help_lines(finding: Finding, painter: Callable[[str, str], str]) -> Iterator[str]:
    label = painter("help:", _FRAME)
    for suggestion in finding.suggestions[:_SUGGESTIONS]:
        yield f"{label} {show_spaces(suggestion) or 'remove it'}"
    if hidden_count := len(finding.suggestions[_SUGGESTIONS:]):
        yield f"{label} … and {hidden_count} more"


def _section_line(finding: Finding) -> str:
    section = f"section {show_controls(finding.context)}" if finding.context else ""
    parts = [part for part in (section, show_controls(finding.locale)) if part]
    return f"in {', '.join(parts)}" if parts else ""


def _code(finding: Finding) -> str:
    return show_controls(finding.code) + (
        f"[{show_controls(finding.rule)}]" if finding.rule else ""
    )


def _totals(report: Report, *, verbose: bool) -> str:
    counts = Counter(finding.severity for finding in report.findings)
    kinds = [_count(counts[s], s.value) for s in (Severity.ERROR, Severity.WARNING) if counts[s]]
    line = _count(counts[Severity.ERROR] + counts[Severity.WARNING], "finding")
    line += f" ({', '.join(kinds)})" if kinds else ""
    if notes := counts[Severity.INFO]:
        line += f", {_count(notes, 'note')}" + ("" if verbose else " (--verbose shows them)")
    return line


def engine_line(report: Report) -> str:
    """Return the engines that proofread, or that none did, for messages."""
    if report.engines in ((), (UNREAD,)):
        return UNREAD
    return f"proofread by {', '.join(map(show_controls, report.engines))}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
