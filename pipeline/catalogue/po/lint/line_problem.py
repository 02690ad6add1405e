"""Problem of a whole file, with its place in the file's lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.findings import Place, Problem

if TYPE_CHECKING:
    from pipeline.findings import Severity

__all__ = ["LineProblem", "problem_in_line"]


class LineProblem(NamedTuple):
    """A problem in one line of a file."""

    problem: Problem
    line: int
    """Line number, from 1."""
    start: int
    """Offset in the line, in code points."""
    end: int
    """Offset behind it; 0 if the problem is of the whole line."""

    def at(self, path: str) -> tuple[Problem, Place]:
        """Return the problem with its place in the file of this path."""
        if not self.end:
            return self.problem, Place(path, self.line)
        return self.problem, Place(path, self.line, self.start + 1, self.line, self.end + 1)


def problem_in_line(
    line: int,
    code: str,
    message: str,
    span: tuple[int, int] = (0, 0),
    suggestions: tuple[str, ...] = (),
    severity: Severity | None = None,
) -> LineProblem:
    """Return the problem of one line; the span has offsets in it."""
    problem = Problem(code, message, suggestions=suggestions, severity=severity)
    return LineProblem(problem, line, *span)
