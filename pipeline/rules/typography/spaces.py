"""Spaces around marks: each gap between two characters is judged once, by those around it.

A repair changes gaps only, and a gap is judged by the characters around it and not by other gaps;
that is why a second repair changes nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.findings import Problem, Severity
from pipeline.rules.typography.languages import NARROW, SPACES, WIDE, mostly, style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rules.typography.languages import Habits, Language

__all__ = ["check_spaces"]

_SPACE = f"[{SPACES}]"
# Runs of spaces, and places without a space where a rule may require one.
_GAP = re.compile(
    rf"(?<!{_SPACE}){_SPACE}++|(?<=[^{SPACES}])(?=[;:!?»])|(?<=«)(?=[^{SPACES}])|(?<=\d)(?=[%‰€])"
)
_CLOSING_MARKS = "»”’\"')]%‰€°"
_AFTER_MARK = {
    ";": "»”’",
    ":": "«“„\"'»”",
    "!": _CLOSING_MARKS + ",;:.!?…—–*",
    "?": _CLOSING_MARKS + ",;:.!?…—–*",
}
"""Characters that may follow a mark that ends a clause, besides spaces and the end of the text."""
_STRAIGHT_QUOTES = frozenset("\"'")
_SMILEY = re.compile(r"[:;]['’]-?[()]")
"""Smileys with a tear; the others are not marks anyway, because of the characters after them."""
_ENTITY = re.compile(r"&#?\w{1,30}$")
_NAME_WITH_MARK = re.compile(r"\b(?:Yahoo|Joomla|Jeopardy|Kahoot)$")
"""Names with an exclamation mark of their own."""
_LOWER = re.compile(rf"{_SPACE}[^\W\d_]")


class _Gap(NamedTuple):
    text: str
    start: int
    end: int
    before: str
    """Character before the gap."""
    after: str
    """Character after the gap."""

    @property
    def content(self) -> str:
        return self.text[self.start : self.end]

    def problem(
        self, code: str, message: str, space: str, severity: Severity | None = None
    ) -> Problem:
        return Problem(code, message, self.start, self.end, (space,), severity=severity, safe=True)


def check_spaces(text: str, rules: Language, habits: Habits) -> Iterator[Problem]:
    """Yield the wrong gaps, in order; each suggestion is safe."""
    for match in _GAP.finditer(text):
        start, end = match.span()
        gap = _Gap(text, start, end, text[start - 1 : start] if start else "", text[end : end + 1])
        # Two spaces before a line end are a hard line break.
        if gap.before in ("", "\n") or gap.after in ("", "\n"):
            continue
        problem = _check_gap(gap, rules, habits)
        if problem:
            yield problem


def _check_gap(gap: _Gap, rules: Language, habits: Habits) -> Problem | None:
    # The first rule that applies decides, so a gap has one problem at most.
    if "«" in gap.before or "»" in gap.after:
        return _check_guillemet(gap, rules, habits)
    if gap.after in rules.space_before and _ends_clause(gap):
        return _check_before_mark(gap, rules, habits)
    if not gap.content:
        return _check_unit(gap, rules)
    if gap.after in ",." and _ends_word(gap):
        return _space_before_stop(gap)
    if gap.before == "(" or gap.after == ")":
        return _check_bracket(gap) or _check_double(gap, habits)
    if (rules.opening_marks and gap.before in "¿¡") or (
        rules.guillemet_space != WIDE and _is_at_quote(gap, rules)
    ):
        return gap.problem("TY114", "superfluous space between a mark and its word", "")
    return _check_unit(gap, rules) or _check_double(gap, habits)


def _check_guillemet(gap: _Gap, rules: Language, habits: Habits) -> Problem | None:
    expected = rules.guillemet_space
    if gap.before == "«" and gap.after == "»":
        return None
    if expected is None:
        return _check_double(gap, habits)
    if not gap.content:
        if not expected or rules.optional_guillemet_space or _opens_nothing(gap):
            return None
        return gap.problem("TY103", "missing space inside guillemets", expected)
    if expected:
        return _check_no_break(gap, expected, habits, "inside guillemets")
    # A guillemet that has a word on its other side points the wrong way.
    other = gap.start - 2 if gap.before == "«" else gap.end + 1
    if gap.text[max(other, 0) : other + 1].isalnum():
        return None
    return gap.problem("TY103", "superfluous space inside guillemets", "")


def _opens_nothing(gap: _Gap) -> bool:
    """Return whether a guillemet opens right before a clause ends: it points the wrong way."""
    if gap.before != "«" or gap.after not in ",.)":
        return False
    return not gap.text.startswith("..", gap.end)


def _check_before_mark(gap: _Gap, rules: Language, habits: Habits) -> Problem | None:
    mark = gap.after
    expected = rules.space_before[mark]
    if not expected:
        return _check_superfluous(gap, rules, habits)
    # The width that the document mostly uses is right for it.
    if expected == NARROW and mark != ":" and habits.wide > habits.narrow:
        expected = WIDE
    if gap.content:
        return _check_no_break(gap, expected, habits, f"before '{mark}'")
    severity = None
    if mark in rules.lenient_marks:
        severity = style(habits.no_break + habits.plain, habits.unspaced)
    return gap.problem("TY101", f"missing space before '{mark}'", expected, severity)


def _check_superfluous(gap: _Gap, rules: Language, habits: Habits) -> Problem | None:
    mark = gap.after
    if not gap.content or gap.before in ".…":
        return None
    if mark in rules.lenient_marks:
        if gap.content in (NARROW, "\u2009"):
            return None
        severity = style(habits.unspaced, habits.plain + habits.wide)
        return gap.problem("TY114", f"superfluous space before '{mark}'", "", severity)
    if (
        mark == ":"
        and gap.before.isdigit()
        and gap.text[gap.end + 1 : gap.end + 3].strip().isdigit()
    ):
        return None  # a ratio: 2 : 1
    if mark in "!?" and _is_mark_itself(gap.text, gap.end + 1):
        return _check_double(gap, habits)
    return gap.problem("TY114", f"superfluous space before '{mark}'", "")


def _check_no_break(gap: _Gap, expected: str, habits: Habits, where: str) -> Problem | None:
    if len(gap.content) > 1:
        return gap.problem("TY107", "more than one space", expected)
    if gap.content == " ":
        severity = style(habits.no_break, habits.plain)
        message = f"plain space {where} instead of a no-break space"
        return gap.problem("TY102", message, expected, severity)
    if gap.content == WIDE and expected == NARROW and mostly(habits.narrow, habits.wide):
        message = "wide no-break space: the document uses narrow ones elsewhere"
        return gap.problem("TY120", message, expected)
    return None


def _space_before_stop(gap: _Gap) -> Problem:
    """Return the problem of a space before a comma or full stop.

    A word that directly follows the mark gets the space instead.
    """
    moves = gap.text[gap.end + 1 : gap.end + 2].isalpha()
    end = gap.end + 1 if moves else gap.end
    replacement = gap.after + " " if moves else ""
    message = f"superfluous space before '{gap.after}'"
    return Problem("TY108", message, gap.start, end, (replacement,), safe=True)


def _check_bracket(gap: _Gap) -> Problem | None:
    """Return the problem of a space inside brackets that are not part of a smiley."""
    if gap.before == "(":
        # A tuple, because the empty string is part of any string.
        ahead = gap.text[gap.start - 2 : gap.start - 1]
        if gap.after == ")" or ahead in tuple(":;-='’"):
            return None
        return gap.problem("TY114", "superfluous space after '('", "")
    if gap.before in ":;-–=(":
        return None
    return gap.problem("TY114", "superfluous space before ')'", "")


def _check_unit(gap: _Gap, rules: Language) -> Problem | None:
    if not (gap.before.isdigit() and gap.content.strip(" ") == "" and rules.bound_units):
        return None
    unit = re.compile(rf"(?:{rules.bound_units})(?![\w/])").match(gap.text, gap.end)
    if not unit or (not gap.content and not rules.spaced_percent):
        return None
    if len(gap.content) > 1:
        return gap.problem("TY107", "more than one space", WIDE)
    return gap.problem("TY116", f"missing no-break space before '{unit[0]}'", WIDE)


def _check_double(gap: _Gap, habits: Habits) -> Problem | None:
    if len(gap.content) < 2:
        return None
    no_break = gap.content.strip(" ")[:1]
    # Some writers type two spaces after each sentence, on purpose.
    after_sentence = gap.content == "  " and gap.before in ".?!:"
    is_habit = after_sentence and 0 < habits.two_spaces >= habits.one_space
    severity = Severity.INFO if is_habit else None
    return gap.problem("TY107", "more than one space", no_break or " ", severity)


def _ends_clause(gap: _Gap) -> bool:
    """Return whether the mark after the gap ends a clause, unlike one in an address."""
    text, at, mark, before = gap.text, gap.end, gap.after, gap.before
    after = text[at + 1 : at + 2]
    if after and not after.isspace() and after not in _AFTER_MARK[mark]:
        return False
    if _SMILEY.match(text, at) or not (before.isalnum() or before in _CLOSING_MARKS + ".…"):
        return False
    if before in _STRAIGHT_QUOTES and after == before:
        return False  # the mark itself is quoted: the sign ':'
    if mark == ":" and text[at + 1 : at + 3].strip(SPACES)[:1] == "»":
        return False
    # Short slices: to search the whole text before each mark would take quadratic time.
    if mark == ";":
        return not _ENTITY.search(text[max(at - 32, 0) : at])
    if mark == "!" and not gap.content:  # a digit before it makes a factorial: 5!
        return not (before.isdigit() or _NAME_WITH_MARK.search(text[max(at - 12, 0) : at]))
    return True


def _ends_word(gap: _Gap) -> bool:
    """Return whether the comma or full stop after the gap ends a word or a sentence."""
    if not (gap.before.isalnum() or gap.before in _CLOSING_MARKS + "!?"):
        return False
    after = gap.text[gap.end + 1 : gap.end + 2]
    if gap.after == "," and after.isalpha():
        return True
    if after and not after.isspace() and after not in _CLOSING_MARKS + ";:!?":
        return False
    return gap.text[gap.end + 1 : gap.end + 3].strip() not in (".", ",", "…")


def _is_at_quote(gap: _Gap, rules: Language) -> bool:
    """Return whether the text begins or ends with a quotation mark and this gap.

    Elsewhere a curly mark between spaces does not show its direction.
    """
    if "“”" not in rules.ordered_quotes:
        return False
    return (gap.before == "“" and gap.start == 1) or (
        gap.after == "”" and gap.end + 1 == len(gap.text)
    )


def _is_mark_itself(text: str, at: int) -> bool:
    """Return whether the sentence goes on, so that the mark itself is meant: the ? key."""
    match = _LOWER.match(text, at)
    return bool(match) and text[at + 1].islower()
