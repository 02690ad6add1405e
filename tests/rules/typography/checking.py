"""Checks of a text, for the tests of typography."""

from __future__ import annotations

from pipeline.findings import Problem, Severity
from pipeline.rules.typography.languages import Habits
from pipeline.rules.typography.rules import RULES, check_typography

__all__ = ["BAD_HABITS", "GOOD_HABITS", "unmarked", "warnings"]

GOOD_HABITS = Habits(
    no_break=50, narrow=25, unspaced=50, curly=50, ellipses=50, quotes=50, one_space=50
)  # fmt: skip
BAD_HABITS = Habits(plain=50, wide=25, straight=50, dots=50, straight_quotes=50, two_spaces=50)


def severity(problem: Problem) -> Severity:
    return problem.severity or RULES[problem.code].severity


def warnings(text: str, locale: str, habit: Habits | None = None) -> list[str]:
    problems = check_typography(text, locale, habit or Habits())
    return [problem.code for problem in problems if severity(problem) is not Severity.INFO]


def unmarked(marked: str) -> tuple[str, int, int]:
    """Return a text without its brackets ⟦⟧, and their positions."""
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    return marked.replace("⟦", "").replace("⟧", ""), start, end
