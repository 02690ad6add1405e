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

__all__ = ["spaces"]

_S = f"[{SPACES}]"
_GAP = re.compile(
    rf"(?<!{_S}){_S}++|(?<=[^{SPACES}])(?=[;:!?»])|(?<=«)(?=[^{SPACES}])|(?<=\d)(?=[%‰€])"
)
_CLOSING = "»”’\"')]%‰€°"
_BEHIND = {
    ";": "»”’",
    ":": "«“„\"'»”",
    "!": _CLOSING + ",;:.!?…—–*",
    "?": _CLOSING + ",;:.!?…—–*",
}
"""Characters that may follow a mark that ends a clause, besides spaces and the end of the text."""
_QUOTING = frozenset("\"'")
_SMILEY = re.compile(r"[:;]['’]-?[()]")
"""Smileys with a tear; the others are not marks anyway, because of the characters after them."""
_ENTITY = re.compile(r"&#?\w{1,30}$")
_SHOUTED = re.compile(r"\b(?:Yahoo|Joomla|Jeopardy|Kahoot)$")
"""Names with an exclamation mark of their own."""
_LOWER = re.compile(rf"{_S}[^\W\d_]")


class _Gap(NamedTuple):
    text: str
    start: int
    end: int
    before: str
    """Character before the gap."""
    behind: str
    """Character after the gap."""

    @property
    def blank(self) -> str:
        return self.text[self.start : self.end]

    def problem(
        self, code: str, message: str, space: str, severity: Severity | None = None
    ) -> Problem:
        return Problem(code, message, self.start, self.end, (space,), severity=severity, safe=True)


def spaces(text: str, rules: Language, habits: Habits) -> Iterator[Problem]:
    """Yield the wrong gaps, in order; each suggestion is safe."""
    for found in _GAP.finditer(text):
        start, end = found.span()
        gap = _Gap(text, start, end, text[start - 1 : start] if start else "", text[end : end + 1])
        if gap.before in ("", "\n") or gap.behind in ("", "\n"):
            continue
        problem = _judged(gap, rules, habits)
        if problem:
            yield problem


def _judged(gap: _Gap, rules: Language, habits: Habits) -> Problem | None:
    if "«" in gap.before or "»" in gap.behind:
        return _inside(gap, rules, habits)
    if gap.behind in rules.before and _ends_clause(gap):
        return _before(gap, rules, habits)
    if not gap.blank:
        return _unit(gap, rules)
    if gap.behind in ",." and _ends_word(gap):
        return _before_stop(gap)
    if gap.before == "(" or gap.behind == ")":
        return _at_bracket(gap) or _doubled(gap, habits)
    if (rules.opening and gap.before in "¿¡") or (rules.inside != WIDE and _at_quote(gap, rules)):
        return gap.problem("TY114", "superfluous space between a mark and its word", "")
    return _unit(gap, rules) or _doubled(gap, habits)


def _inside(gap: _Gap, rules: Language, habits: Habits) -> Problem | None:
    wanted = rules.inside
    if gap.before == "«" and gap.behind == "»":
        return None
    if wanted is None:
        return _doubled(gap, habits)
    if not gap.blank:
        if not wanted or rules.free_inside or _opens_nothing(gap):
            return None
        return gap.problem("TY103", "missing space inside guillemets", wanted)
    if wanted:
        return _bound(gap, wanted, habits, "inside guillemets")
    # A guillemet that has a word on its other side points the wrong way.
    other = gap.start - 2 if gap.before == "«" else gap.end + 1
    if gap.text[max(other, 0) : other + 1].isalnum():
        return None
    return gap.problem("TY103", "superfluous space inside guillemets", "")


def _opens_nothing(gap: _Gap) -> bool:
    """Return whether a guillemet opens right before a clause ends: it points the wrong way."""
    if gap.before != "«" or gap.behind not in ",.)":
        return False
    return not gap.text.startswith("..", gap.end)


def _before(gap: _Gap, rules: Language, habits: Habits) -> Problem | None:
    mark = gap.behind
    wanted = rules.before[mark]
    if not wanted:
        return _superfluous(gap, rules, habits)
    if wanted == NARROW and mark != ":" and habits.wide > habits.narrow:
        wanted = WIDE
    if gap.blank:
        return _bound(gap, wanted, habits, f"before “{mark}”")
    severity = style(habits.bound + habits.plain, habits.glued) if mark in rules.lenient else None
    return gap.problem("TY101", f"missing space before “{mark}”", wanted, severity)


def _superfluous(gap: _Gap, rules: Language, habits: Habits) -> Problem | None:
    mark = gap.behind
    if not gap.blank or gap.before in ".…":
        return None
    if mark in rules.lenient:
        if gap.blank in (NARROW, "\u2009"):
            return None
        severity = style(habits.glued, habits.plain + habits.wide)
        return gap.problem("TY114", f"superfluous space before “{mark}”", "", severity)
    if (
        mark == ":"
        and gap.before.isdigit()
        and gap.text[gap.end + 1 : gap.end + 3].strip().isdigit()
    ):
        return None
    if mark in "!?" and _named(gap.text, gap.end + 1):
        return _doubled(gap, habits)
    return gap.problem("TY114", f"superfluous space before “{mark}”", "")


def _bound(gap: _Gap, wanted: str, habits: Habits, where: str) -> Problem | None:
    if len(gap.blank) > 1:
        return gap.problem("TY107", "more than one space", wanted)
    if gap.blank == " ":
        severity = style(habits.bound, habits.plain)
        message = f"plain space {where} instead of a no-break space"
        return gap.problem("TY102", message, wanted, severity)
    if gap.blank == WIDE and wanted == NARROW and mostly(habits.narrow, habits.wide):
        return gap.problem(
            "TY120", "wide no-break space: the document uses narrow ones elsewhere", wanted
        )
    return None


def _before_stop(gap: _Gap) -> Problem:
    """Return the problem of a space before a comma or full stop.

    A word that directly follows the mark gets the space instead.
    """
    moved = gap.text[gap.end + 1 : gap.end + 2].isalpha()
    end = gap.end + 1 if moved else gap.end
    new = gap.behind + " " if moved else ""
    message = f"superfluous space before “{gap.behind}”"
    return Problem("TY108", message, gap.start, end, (new,), safe=True)


def _at_bracket(gap: _Gap) -> Problem | None:
    """Return the problem of a space inside brackets that are not part of a smiley."""
    if gap.before == "(":
        ahead = gap.text[gap.start - 2 : gap.start - 1]
        if gap.behind == ")" or ahead in tuple(":;-='’"):
            return None
        return gap.problem("TY114", "superfluous space after “(”", "")
    if gap.before in ":;-–=(":
        return None
    return gap.problem("TY114", "superfluous space before “)”", "")


def _unit(gap: _Gap, rules: Language) -> Problem | None:
    if not (gap.before.isdigit() and gap.blank.strip(" ") == "" and rules.bound):
        return None
    unit = re.compile(rf"(?:{rules.bound})(?![\w/])").match(gap.text, gap.end)
    if not unit or (not gap.blank and not rules.spaced_percent):
        return None
    if len(gap.blank) > 1:
        return gap.problem("TY107", "more than one space", WIDE)
    return gap.problem("TY116", f"missing no-break space before “{unit[0]}”", WIDE)


def _doubled(gap: _Gap, habits: Habits) -> Problem | None:
    if len(gap.blank) < 2:
        return None
    bound = gap.blank.strip(" ")[:1]
    typed = gap.blank == "  " and gap.before in ".?!:" and habits.two_spaces >= habits.one_space
    severity = Severity.INFO if typed and habits.two_spaces else None
    return gap.problem("TY107", "more than one space", bound or " ", severity)


def _ends_clause(gap: _Gap) -> bool:
    """Return whether the mark after the gap ends a clause, unlike one in an address."""
    text, at, mark, before = gap.text, gap.end, gap.behind, gap.before
    after = text[at + 1 : at + 2]
    if after and not after.isspace() and after not in _BEHIND[mark]:
        return False
    if _SMILEY.match(text, at) or not (before.isalnum() or before in _CLOSING + ".…"):
        return False
    if before in _QUOTING and after == before:
        return False
    if mark == ":" and text[at + 1 : at + 3].strip(SPACES)[:1] == "»":
        return False
    if mark == ";":
        return not _ENTITY.search(text[max(at - 32, 0) : at])
    if mark == "!" and not gap.blank:
        return not (before.isdigit() or _SHOUTED.search(text[max(at - 12, 0) : at]))
    return True


def _ends_word(gap: _Gap) -> bool:
    """Return whether the comma or full stop after the gap ends a word or a sentence."""
    if not (gap.before.isalnum() or gap.before in _CLOSING + "!?"):
        return False
    after = gap.text[gap.end + 1 : gap.end + 2]
    if gap.behind == "," and after.isalpha():
        return True
    if after and not after.isspace() and after not in _CLOSING + ";:!?":
        return False
    return gap.text[gap.end + 1 : gap.end + 3].strip() not in (".", ",", "…")


def _at_quote(gap: _Gap, rules: Language) -> bool:
    """Return whether the text begins or ends with a quotation mark and this gap.

    Elsewhere a curly mark between spaces does not show its direction.
    """
    if "“”" not in rules.turnable:
        return False
    return (gap.before == "“" and gap.start == 1) or (
        gap.behind == "”" and gap.end + 1 == len(gap.text)
    )


def _named(text: str, at: int) -> bool:
    """Return whether the sentence goes on, so that the mark itself is meant: the ? key."""
    found = _LOWER.match(text, at)
    return bool(found) and text[at + 1].islower()
