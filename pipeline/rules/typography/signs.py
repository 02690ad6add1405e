"""Wrong characters: apostrophes, dots, quotation marks, clashing marks, repeated words.

Only `signs` makes safe suggestions: one character for another of its kind, between which no rule
for spaces distinguishes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.findings import Problem, Severity
from pipeline.rules.typography.languages import SPACES, style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rules.typography.languages import Habits, Language

__all__ = ["openings", "quotations", "signs", "words"]

_S = f"[{SPACES}]"
_L = r"[^\W\d_]"
_STRAIGHT = re.compile(rf"(?<={_L})'(?={_L}|[«“])")
_DOTS = re.compile(r"(?<![.…/\\])\.\.\.(?![.…/\\\d])")
_CLASH = re.compile(
    rf"(?<=[\w)\]»”\"])(?:\.{_S}{{1,3}}+,|,{_S}{{0,3}}+[,;.]|;{_S}{{0,3}}+[,.]|\.\.)(?![\w.,;:/\\])"
)
_HYPHEN = re.compile(rf"(?<={_L}) - (?={_L})")
_POINT = re.compile(r"(?<![\w.,])\d{1,9}+(\.)\d{1,2}+(?![\w.,])")
_TWICE = re.compile(rf"(?<![\w'’.-])({_L}{{2,}}+){_S}++(\1)(?![\w'’-])", re.I)
_STOP = re.compile(rf"(?<![\w.'’@/-])({_L}++)(\.{_S}++({_L}))({_L}*+)(?![\w@/(]|\.\w|-)")
_GLUED = re.compile(rf"(?<={_L}{_L}),(?={_L}{_L})|(?<={_L}{_L}{_L})\.(?={_L}{_L}{_L})")
_ODD = re.compile(r"[\d_/@=#+*<>{}\[\]\\|&%$~]|[.,:;][^\W\d_]")
"""Characters of addresses and code that a word with its marks does not have."""
_SUFFIXES = frozenset(["Com", "Net", "Org", "Info"])

_QUOTE = re.compile('[«»“”„"]')
_OPENS_NOTHING = re.compile(rf"{_S}*+(?:$|[,.)](?!{_S}*+»)(?:\s|$))")
_STUCK = re.compile(r"(?<=[\w.!?…])«(?=[\s.,;:)]|$)")
_MARKS = re.compile(r"[¿¡]|[?!]++|[.…:;\n]")
_LEAD = re.compile(rf"[{SPACES}«»“”„\"'’(\[)\]—–\-,]*+")


def signs(text: str, rules: Language, habits: Habits) -> Iterator[Problem]:
    """Yield apostrophes and ellipses of another form; their suggestions are safe."""
    if rules.apostrophe:
        severity = style(habits.curly, habits.straight)
        for found in _STRAIGHT.finditer(text):
            yield _sign("TY105", "straight apostrophe", found.start(), "’", severity)
    if rules.turned:
        for found in re.finditer(rules.turned, text):
            yield _sign("TY118", "wrong character for an apostrophe", found.end() - 1, "’", None)
    if rules.ellipsis:
        severity = style(habits.ellipses, habits.dots)
        message = "three dots instead of an ellipsis"
        for found in _DOTS.finditer(text):
            start, end = found.span()
            yield Problem("TY106", message, start, end, ("…",), severity=severity, safe=True)


def _sign(code: str, message: str, at: int, new: str, severity: Severity | None) -> Problem:
    return Problem(code, message, at, at + 1, (new,), severity=severity, safe=True)


def words(text: str, rules: Language) -> Iterator[Problem]:
    """Yield repeated words, clashing marks, misplaced full stops, and wrong dashes and decimals."""
    for found in _CLASH.finditer(text):
        yield _clash(text, found, rules)
    yield from _twice(text, rules)
    yield from _glued(text, rules)
    if rules.sentences and not text.islower():
        yield from _stray_stops(text, rules)
    if rules.before:
        for found in _HYPHEN.finditer(text):
            yield Problem("TY117", "hyphen instead of a dash", *found.span(), (" – ",))
    if rules.decimal_comma:
        yield from _points(text, rules)


def _clash(text: str, found: re.Match[str], rules: Language) -> Problem:
    mark, last = found[0][0], found[0][-1]
    if mark + last == "..":
        suggestions: tuple[str, ...] = (".", "…")
    elif mark == "." and _abbreviated(text, found.start(), rules):
        suggestions = (".,", ",")
    else:
        suggestions = tuple(dict.fromkeys((last, mark)))
    message = f"both “{mark}” and “{last}” here: delete one"
    return Problem("TY115", message, *found.span(), suggestions)


def _twice(text: str, rules: Language) -> Iterator[Problem]:
    if rules.repeated is None:
        return
    for found in _TWICE.finditer(text):
        first, second = found[1], found[2]
        if second.islower() and second not in rules.repeated and not first.isupper():
            yield Problem("TY110", f"repeated word “{second}”", *found.span(), (first,))


def _glued(text: str, rules: Language) -> Iterator[Problem]:
    """Yield commas and full stops without a space after them, except in names in code."""
    if not rules.sentences:
        return
    for found in _GLUED.finditer(text):
        at, end = found.span()
        before = text[max(at - 40, 0) : at].split()[-1]
        behind = text[end : end + 40].split()[0]
        if _ODD.search(before + behind) or (text[at] == "." and _is_name(before, behind)):
            continue
        yield Problem("TY111", f"missing space after “{text[at]}”", end, end, (" ",))


def _is_name(before: str, behind: str) -> bool:
    """Return whether a full stop separates no sentences, as in Booking.Com and System.out."""
    if not (before[-1].islower() and behind[0].isupper() and behind[1:3].islower()):
        return True
    return behind.rstrip(".,;:!?)»”") in _SUFFIXES or len(before) < 4


def _stray_stops(text: str, rules: Language) -> Iterator[Problem]:
    for found in _STOP.finditer(text):
        before, first, rest = found[1], found[3], found[4]
        follows = first + rest
        if not (before.islower() and len(before) > 3 and follows.islower()):
            continue
        if before in rules.abbreviations:
            continue
        start, end = found.span(2)
        gap = found[2][1:-1]
        yield Problem(
            "TY109",
            "full stop within a sentence",
            start,
            end,
            (gap + first, "." + gap + first.upper()),
        )


def _abbreviated(text: str, stop: int, rules: Language) -> bool:
    word = re.search(r"[^\W\d_]{1,12}$", text[max(stop - 12, 0) : stop])
    return word is not None and word[0].lower() in rules.abbreviations


def _points(text: str, rules: Language) -> Iterator[Problem]:
    unit = re.compile(rf"{_S}?(?:{rules.bound})(?!\w)")
    for found in _POINT.finditer(text):
        if unit.match(text, found.end()):
            yield Problem("TY119", "decimal point instead of a comma", *found.span(1), (",",))


def quotations(text: str, rules: Language, habits: Habits) -> Iterator[Problem]:
    """Yield quotation marks that point the wrong way or belong to another language."""
    if "«»" in rules.turnable:
        yield from _guillemets(text, rules)
    if "“”" in rules.turnable:
        yield from _curly(text)
    if rules.foreign:
        yield from _foreign(text, rules, habits)


def _guillemets(text: str, rules: Language) -> Iterator[Problem]:
    """Yield guillemets that point the wrong way.

    An opening one is judged by the text after it, a closing one by the marks before it. A quotation
    may have begun in an earlier paragraph, so one closing mark without an opening one is allowed,
    and any number of opening ones.
    """
    depth = 0
    surplus = -1
    for found in re.finditer("[«»]", text):
        at = found.start()
        if found[0] == "«":
            if at and _opens_nothing(text, at, rules):
                yield _turned(at, "«", "»")
            depth += 1
            surplus = -1
        elif depth:
            depth -= 1
        elif surplus >= 0:
            yield _turned(surplus, "»", "«")
            surplus = -1
        elif _may_open(text, at):
            surplus = at


def _opens_nothing(text: str, at: int, rules: Language) -> bool:
    """Return whether an opening guillemet is where only a closing one can be."""
    found = _OPENS_NOTHING.match(text, at + 1) or (not rules.inside and _STUCK.match(text, at))
    return bool(found)


def _may_open(text: str, at: int) -> bool:
    """Return whether a closing guillemet is where one can open: ``un » mot``."""
    behind = text[at + 1 : at + 4].lstrip(SPACES)
    return text[at - 1 : at] in tuple(SPACES) and behind[:1].islower()


def _turned(at: int, sign: str, other: str) -> Problem:
    return Problem("TY104", f"“{sign}” points the wrong way: use “{other}”", at, at + 1, (other,))


def _curly(text: str) -> Iterator[Problem]:
    for found in re.finditer(r"(?:(?<=[\s(\[])|^)”(?=\w)", text):
        yield _turned(found.start(), "”", "“")
    for found in re.finditer(r"(?<=[\w.,!?…])“(?=[\s.,;:!?)]|$)", text):
        yield _turned(found.start(), "“", "”")


def _foreign(text: str, rules: Language, habits: Habits) -> Iterator[Problem]:
    """Yield quotation marks of other languages; curly ones are right within guillemets."""
    slip = style(habits.quotes, habits.straight_quotes)
    depth = 0
    opened = False
    for found in _QUOTE.finditer(text):
        sign, at = found[0], found.start()
        depth = max(0, depth + {"«": 1, "»": -1}.get(sign, 0))
        if sign not in rules.foreign or (depth and sign in "“”„"):
            continue
        if sign == '"':
            if not opened and text[at - 1 : at].isdigit():
                continue
            opened = not opened
        opens = opened if sign == '"' else sign in "“„«"
        severity = slip if sign == '"' and opens else Severity.INFO  # one warning for a pair
        yield Problem(
            "TY113",
            f"“{sign}” is not a quotation mark of this language",
            at,
            at + 1,
            (_own(rules, opens=opens),) if rules.quotes else (),
            severity=severity,
        )


def _own(rules: Language, *, opens: bool) -> str:
    space = rules.inside or ""
    return rules.quotes[0] + space if opens else space + rules.quotes[1]


def openings(text: str, rules: Language) -> Iterator[Problem]:
    """Yield questions and exclamations without an opening mark, and the reverse.

    Either mark may open what the other one closes (RAE, Ortografía, 2010).
    """
    if not rules.opening:
        return
    begin = 0
    waiting: list[int] = []
    for found in _MARKS.finditer(text):
        mark = found[0]
        if mark in "¿¡":
            waiting.append(found.start())
        elif mark[0] in "?!":
            if not _ends_sentence(text, found):
                continue
            if not waiting:
                yield _unopened(text, begin, "¿" if "?" in mark else "¡")
            del waiting[-len(mark) :]
            begin = found.end()
        else:
            begin = found.end()
    for at in waiting:
        sign = "?" if text[at] == "¿" else "!"
        yield Problem("TY112", f"missing “{sign}” at the end of the sentence", at, at + 1)


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    """Return whether a mark ends a sentence; (?), a lone ? and addresses do not count."""
    before = text[max(found.start() - 30, 0) : found.start()]
    after = text[found.end() : found.end() + 2]
    if not before or not (before[-1].isalnum() or before[-1] in "»”\"'’)]…."):
        return False
    if after[:1].isalnum() or after[:1] in ("=", "/"):
        return False
    shouted = before.split()[-1][:1].isupper() and after.strip()[:1].islower()
    return not (found[0] == "!" and shouted)


def _unopened(text: str, begin: int, mark: str) -> Problem:
    lead = _LEAD.match(text, begin)
    at = lead.end() if lead else begin
    return Problem("TY112", f"missing “{mark}” at the beginning of the sentence", at, at, (mark,))
