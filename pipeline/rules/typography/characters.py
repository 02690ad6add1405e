"""Wrong characters: apostrophes, dots, quotation marks, clashing marks, repeated words.

Only `check_characters` makes safe suggestions: one character for another of its kind, between which
no rule for spaces distinguishes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.findings import Problem, Severity
from pipeline.rules.typography.languages import SPACES, style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rules.typography.languages import Habits, Language

__all__ = ["check_characters", "check_opening_marks", "check_quotation_marks", "check_words"]

_SPACE = f"[{SPACES}]"
_LETTER = r"[^\W\d_]"
_STRAIGHT_APOSTROPHE = re.compile(rf"(?<={_LETTER})'(?={_LETTER}|[«“])")
# Not the dots of a path or of a longer row, nor those before a digit.
_DOTS = re.compile(r"(?<![.…/\\])\.\.\.(?![.…/\\\d])")
_CLASH = re.compile(
    rf"(?<=[\w)\]»”\"])(?:\.{_SPACE}{{1,3}}+,|,{_SPACE}{{0,3}}+[,;.]|;{_SPACE}{{0,3}}+[,.]|\.\.)"
    r"(?![\w.,;:/\\])"
)
_HYPHEN = re.compile(rf"(?<={_LETTER}) - (?={_LETTER})")
_DECIMAL_POINT = re.compile(r"(?<![\w.,])\d{1,9}+(\.)\d{1,2}+(?![\w.,])")
_REPEATED_WORD = re.compile(rf"(?<![\w'’.-])({_LETTER}{{2,}}+){_SPACE}++(\1)(?![\w'’-])", re.I)
_STOP_IN_SENTENCE = re.compile(
    rf"(?<![\w.'’@/-])({_LETTER}++)(\.{_SPACE}++({_LETTER}))({_LETTER}*+)(?![\w@/(]|\.\w|-)"
)
_NO_SPACE_AFTER = re.compile(
    rf"(?<={_LETTER}{{2}}),(?={_LETTER}{{2}})|(?<={_LETTER}{{3}})\.(?={_LETTER}{{3}})"
)
_NOT_PROSE = re.compile(r"[\d_/@=#+*<>{}\[\]\\|&%$~]|[.,:;][^\W\d_]")
"""Characters of addresses and code that a word with its marks does not have."""
_DOMAIN_SUFFIXES = frozenset(["Com", "Net", "Org", "Info"])

_QUOTE = re.compile('[«»“”„"]')
_OPENS_NOTHING = re.compile(rf"{_SPACE}*+(?:$|[,.)](?!{_SPACE}*+»)(?:\s|$))")
_GUILLEMET_AFTER_WORD = re.compile(r"(?<=[\w.!?…])«(?=[\s.,;:)]|$)")
_MARKS = re.compile(r"[¿¡]|[?!]++|[.…:;\n]")
_BEFORE_SENTENCE = re.compile(rf"[{SPACES}«»“”„\"'’(\[)\]—–\-,]*+")


def check_characters(text: str, rules: Language, habits: Habits) -> Iterator[Problem]:
    """Yield apostrophes and ellipses of another form; their suggestions are safe."""
    if rules.curly_apostrophe:
        severity = style(habits.curly, habits.straight)
        for match in _STRAIGHT_APOSTROPHE.finditer(text):
            yield _character_problem("TY105", "straight apostrophe", match.start(), "’", severity)
    if rules.misused_apostrophe:
        for match in re.finditer(rules.misused_apostrophe, text):
            at = match.end() - 1
            yield _character_problem("TY118", "wrong character for an apostrophe", at, "’", None)
    if rules.ellipsis_character:
        severity = style(habits.ellipses, habits.dots)
        message = "three dots instead of an ellipsis"
        for match in _DOTS.finditer(text):
            start, end = match.span()
            yield Problem("TY106", message, start, end, ("…",), severity=severity, safe=True)


def _character_problem(
    code: str, message: str, at: int, new: str, severity: Severity | None
) -> Problem:
    return Problem(code, message, at, at + 1, (new,), severity=severity, safe=True)


def check_words(text: str, rules: Language) -> Iterator[Problem]:
    """Yield repeated words, clashing marks, misplaced full stops, and wrong dashes and decimals."""
    for match in _CLASH.finditer(text):
        yield _clash_problem(text, match, rules)
    yield from _repeated_words(text, rules)
    yield from _missing_spaces(text, rules)
    # A text without any capital letter does not show where its sentences begin.
    if rules.knows_abbreviations and not text.islower():
        yield from _stray_stops(text, rules)
    if rules.space_before:
        for match in _HYPHEN.finditer(text):
            yield Problem("TY117", "hyphen instead of a dash", *match.span(), (" – ",))
    if rules.decimal_comma:
        yield from _decimal_points(text, rules)


def _clash_problem(text: str, match: re.Match[str], rules: Language) -> Problem:
    mark, other = match[0][0], match[0][-1]
    if mark + other == "..":
        suggestions: tuple[str, ...] = (".", "…")
    elif mark == "." and _is_abbreviation(text, match.start(), rules):
        suggestions = (".,", ",")
    else:
        suggestions = tuple(dict.fromkeys((other, mark)))
    message = f"both '{mark}' and '{other}' here: delete one"
    return Problem("TY115", message, *match.span(), suggestions)


def _repeated_words(text: str, rules: Language) -> Iterator[Problem]:
    if rules.repeatable_words is None:
        return
    for match in _REPEATED_WORD.finditer(text):
        first, second = match[1], match[2]
        if second.islower() and second not in rules.repeatable_words and not first.isupper():
            yield Problem("TY110", f"repeated word '{second}'", *match.span(), (first,))


def _missing_spaces(text: str, rules: Language) -> Iterator[Problem]:
    """Yield commas and full stops without a space after them, except in names in code."""
    if not rules.knows_abbreviations:
        return
    for match in _NO_SPACE_AFTER.finditer(text):
        at, end = match.span()
        # Short slices: to split the whole text at each match would take quadratic time.
        before = text[max(at - 40, 0) : at].split()[-1]
        after = text[end : end + 40].split()[0]
        if _NOT_PROSE.search(before + after) or (text[at] == "." and _is_name(before, after)):
            continue
        yield Problem("TY111", f"missing space after '{text[at]}'", end, end, (" ",))


def _is_name(before: str, after: str) -> bool:
    """Return whether a full stop separates no sentences, as in Booking.Com and System.out."""
    if not (before[-1].islower() and after[0].isupper() and after[1:3].islower()):
        return True
    return after.rstrip(".,;:!?)»”") in _DOMAIN_SUFFIXES or len(before) < 4


def _stray_stops(text: str, rules: Language) -> Iterator[Problem]:
    for match in _STOP_IN_SENTENCE.finditer(text):
        before, first, rest = match[1], match[3], match[4]
        follows = first + rest
        # Short words may be abbreviations; words with capitals may be names (eBay, iOS).
        if not (before.islower() and len(before) > 3 and follows.islower()):
            continue
        if before in rules.abbreviations:
            continue
        start, end = match.span(2)
        gap = match[2][1:-1]
        suggestions = (gap + first, "." + gap + first.upper())
        yield Problem("TY109", "full stop within a sentence", start, end, suggestions)


def _is_abbreviation(text: str, stop: int, rules: Language) -> bool:
    word = re.search(r"[^\W\d_]{1,12}$", text[max(stop - 12, 0) : stop])
    return word is not None and word[0].lower() in rules.abbreviations


def _decimal_points(text: str, rules: Language) -> Iterator[Problem]:
    unit = re.compile(rf"{_SPACE}?(?:{rules.bound_units})(?!\w)")
    for match in _DECIMAL_POINT.finditer(text):
        if unit.match(text, match.end()):
            yield Problem("TY119", "decimal point instead of a comma", *match.span(1), (",",))


def check_quotation_marks(text: str, rules: Language, habits: Habits) -> Iterator[Problem]:
    """Yield quotation marks that point the wrong way or belong to another language."""
    if "«»" in rules.ordered_quotes:
        yield from _guillemets(text, rules)
    if "“”" in rules.ordered_quotes:
        yield from _reversed_curly_quotes(text)
    if rules.foreign_quotes:
        yield from _foreign_quotes(text, rules, habits)


def _guillemets(text: str, rules: Language) -> Iterator[Problem]:
    """Yield guillemets that point the wrong way.

    An opening one is judged by the text after it, a closing one by the marks before it. A quotation
    may have begun in an earlier paragraph, so one closing mark without an opening one is allowed,
    and any number of opening ones.
    """
    depth = 0
    surplus = -1
    for match in re.finditer("[«»]", text):
        at = match.start()
        if match[0] == "«":
            if at and _opens_nothing(text, at, rules):
                yield _reversed_mark(at, "«", "»")
            depth += 1
            surplus = -1
        elif depth:
            depth -= 1
        elif surplus >= 0:
            yield _reversed_mark(surplus, "»", "«")
            surplus = -1
        elif _may_open(text, at):
            surplus = at


def _opens_nothing(text: str, at: int, rules: Language) -> bool:
    """Return whether an opening guillemet is where only a closing one can be."""
    if _OPENS_NOTHING.match(text, at + 1):
        return True
    return not rules.guillemet_space and bool(_GUILLEMET_AFTER_WORD.match(text, at))


def _may_open(text: str, at: int) -> bool:
    """Return whether a closing guillemet is where one can open: ``un » mot``."""
    # A tuple, because the empty string is part of any string.
    after = text[at + 1 : at + 4].lstrip(SPACES)
    return text[at - 1 : at] in tuple(SPACES) and after[:1].islower()


def _reversed_mark(at: int, sign: str, other: str) -> Problem:
    return Problem("TY104", f"'{sign}' points the wrong way: use '{other}'", at, at + 1, (other,))


def _reversed_curly_quotes(text: str) -> Iterator[Problem]:
    for match in re.finditer(r"(?:(?<=[\s(\[])|^)”(?=\w)", text):
        yield _reversed_mark(match.start(), "”", "“")
    for match in re.finditer(r"(?<=[\w.,!?…])“(?=[\s.,;:!?)]|$)", text):
        yield _reversed_mark(match.start(), "“", "”")


def _foreign_quotes(text: str, rules: Language, habits: Habits) -> Iterator[Problem]:
    """Yield quotation marks of other languages; curly ones are right within guillemets."""
    straight_severity = style(habits.quotes, habits.straight_quotes)
    depth = 0
    in_quotation = False
    for match in _QUOTE.finditer(text):
        sign, at = match[0], match.start()
        depth = max(0, depth + {"«": 1, "»": -1}.get(sign, 0))
        if sign not in rules.foreign_quotes or (depth and sign in "“”„"):
            continue
        if sign == '"':
            # After a digit it is the sign of inches, unless it can close a quotation.
            if not in_quotation and text[at - 1 : at].isdigit():
                continue
            in_quotation = not in_quotation
        opens = in_quotation if sign == '"' else sign in "“„«"
        # Only the opening mark can be a warning, so that a pair has one.
        severity = straight_severity if sign == '"' and opens else Severity.INFO
        message = f"'{sign}' is not a quotation mark of this language"
        suggestions = (_own_quote(rules, opens=opens),) if rules.quotes else ()
        yield Problem("TY113", message, at, at + 1, suggestions, severity=severity)


def _own_quote(rules: Language, *, opens: bool) -> str:
    space = rules.guillemet_space or ""
    return rules.quotes[0] + space if opens else space + rules.quotes[1]


def check_opening_marks(text: str, rules: Language) -> Iterator[Problem]:
    """Yield questions and exclamations without an opening mark, and the reverse.

    Either mark may open what the other one closes (RAE, Ortografía, 2010).
    """
    if not rules.opening_marks:
        return
    sentence_start = 0
    open_marks: list[int] = []
    for match in _MARKS.finditer(text):
        mark = match[0]
        if mark in "¿¡":
            open_marks.append(match.start())
        elif mark[0] in "?!":
            if not _ends_sentence(text, match):
                continue
            if not open_marks:
                yield _missing_opening_mark(text, sentence_start, "¿" if "?" in mark else "¡")
            # "?!" closes two marks, such as "¿¡".
            del open_marks[-len(mark) :]
            sentence_start = match.end()
        else:
            sentence_start = match.end()
    for at in open_marks:
        sign = "?" if text[at] == "¿" else "!"
        yield Problem("TY112", f"missing '{sign}' at the end of the sentence", at, at + 1)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Return whether a mark ends a sentence; (?), a lone ? and addresses do not count."""
    before = text[max(match.start() - 30, 0) : match.start()]
    after = text[match.end() : match.end() + 2]
    if not before or not (before[-1].isalnum() or before[-1] in "»”\"'’)]…."):
        return False
    if after[:1].isalnum() or after[:1] in ("=", "/"):
        return False
    # A capital before and a small letter after it: the mark is part of a name (Yahoo! is).
    is_name = before.split()[-1][:1].isupper() and after.strip()[:1].islower()
    return not (match[0] == "!" and is_name)


def _missing_opening_mark(text: str, sentence_start: int, mark: str) -> Problem:
    prefix = _BEFORE_SENTENCE.match(text, sentence_start)
    at = prefix.end() if prefix else sentence_start
    return Problem("TY112", f"missing '{mark}' at the beginning of the sentence", at, at, (mark,))
