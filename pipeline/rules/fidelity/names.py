"""NM: names, handles and addresses that a translation must keep.

An example's text is a target, compared with its source; ``Ada Byron`` and ``@ada_b`` are terms.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from pipeline.findings import Problem, Severity
from pipeline.language import best_match
from pipeline.markdown import Mark, find_marks
from pipeline.rules.fidelity.addresses import address_key
from pipeline.rules.fidelity.differences import find_differences, mark_name
from pipeline.rules.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULES", "compare_names"]

RULES: dict[str, Rule] = {
    "NM101": Rule(
        Severity.ERROR,
        "a name, organisation or handle of an expert is missing",
        "People and firms keep their names; a changed name offends and cannot be searched for.",
        Example("Selon Ada Biron, c’est simple.", "It is easy, Ada Byron says."),
        Example("D’Ada\u00a0Byron, on sait peu.", "Little is known of Ada Byron."),
    ),
    "NM102": Rule(
        Severity.ERROR,
        "a handle or hashtag differs",
        "It leads to another account or to none, and its owner is not notified.",
        Example("Suivez @ bo_li.", "Follow @bo_li."),
        Example("Suivez @bo_li.", "Follow @bo_li."),
    ),
    "NM103": Rule(
        Severity.ERROR,
        "a web or e-mail address differs",
        "Readers reach another page, or none. The language code in an address may differ.",
        Example("Voir https://en.a.org/autre.", "See https://en.a.org/page."),
        Example("Voir https://fr.a.org/page.", "See https://en.a.org/page."),
    ),
}

_MIN_SIMILARITY = 0.75
"""Minimum similarity (0 to 1) of words that are taken for a missing name."""
_MAX_WORDS = 400
"""Maximum number of words of a text that are searched for a changed name."""
_WORD = re.compile(r"[^\s()\[\]«»“”\",;:!?]+")
_EDGE_CHARACTERS = "'’‘.*_~`…"
_PIECE = re.compile(r"[^\W_]+")
"""Piece of a term; the one that the fewest other terms have is its key."""
_HANDLE_SIGN = re.compile(r"([@＠#＃])[ \u00a0\u202f\u200b]?(?=\w)")
_HANDLE_WORDS = re.compile(r"\w+(?:[ \u00a0._-]\w+){0,3}")
_ESCAPED = re.compile(r"(?:\\_\w*)+")
_FULL = str.maketrans("＠＃", "@#")
_TAGS = ("handle", "hashtag")
_ADDRESSES = ("url", "email", "address")
_ANY_ADDRESS = (*_ADDRESSES, "link", "image")


class _Term(NamedTuple):
    number: int
    text: str
    pattern: re.Pattern[str]


def compare_names(
    source: str,
    target: str,
    terms: tuple[str, ...],
    labels: frozenset[str],
    source_locale: str = "",
    target_locale: str = "",
) -> list[Problem]:
    """Return the terms, handles, hashtags and addresses that are missing, changed or extra.

    A term must be in the target at least once, as a whole word with the same letters; its
    apostrophes, hyphens and spaces may be of another kind, and emphasis or a backslash may be in
    it. Addresses may differ by the codes of the two locales.
    """
    missing_terms = _missing_terms(source, target, terms)
    source_marks, target_marks = find_marks(source, labels).marks, find_marks(target, labels).marks
    if not (missing_terms or source_marks or target_marks):
        return []
    source_handles = list(_handle_marks(source_marks, source))
    target_handles = list(_handle_marks(target_marks, target))
    handles = {mark.value for mark in source_handles}
    others = frozenset(terms)
    problems = [
        _term_problem(term, source, target, others) for term in missing_terms if term not in handles
    ]
    problems += _compare_handles(source_handles, target_handles, target, frozenset(missing_terms))
    problems += _compare_addresses(source_marks, target_marks, (source_locale, target_locale))
    return sorted(problems, key=lambda problem: problem.code)


def _missing_terms(source: str, target: str, terms: tuple[str, ...]) -> list[str]:
    """Return the terms that are in the source but not in the target."""
    missing = [term for term in _candidate_terms(source, terms) if term.pattern.search(source)]
    missing = [t for t in missing if not t.pattern.search(target)]
    # An accent may be a character of its own (NFD), which a term does not match.
    if missing and not target.isascii():
        normalized = unicodedata.normalize("NFC", target)
        missing = [t for t in missing if not t.pattern.search(normalized)]
    return [t.text for t in missing]


def _term_problem(term: str, source: str, target: str, terms: frozenset[str]) -> Problem:
    if term[0] in "@#":
        place = _find_damaged_handle(term, target)
    else:
        place = _find_changed_name(term, target, terms - {term}, source)
    return _missing_problem("NM101", f"'{term}' is missing", term, place, target)


def _candidate_terms(text: str, terms: tuple[str, ...]) -> list[_Term]:
    """Return the terms whose key is in a text, in the order of the terms."""
    terms_by_key = _terms_by_key(terms)
    words = {"", *_PIECE.findall(text)}
    return sorted({term for word in words for term in terms_by_key.get(word, ())})


@lru_cache(maxsize=256)
def _terms_by_key(terms: tuple[str, ...]) -> dict[str, list[_Term]]:
    """Return the terms by their keys."""
    by_key: dict[str, list[_Term]] = {}
    pieces = {term: _PIECE.findall(term) for term in terms if term.strip()}
    counts = Counter(piece for term_pieces in pieces.values() for piece in set(term_pieces))
    for number, (term, term_pieces) in enumerate(pieces.items()):
        key = min(term_pieces, key=counts.__getitem__, default="")
        by_key.setdefault(key, []).append(_Term(number, term, re.compile(_pattern(term))))
    return by_key


def _pattern(term: str) -> str:
    """Return the pattern of a term with the variants that a language may write."""
    parts = []
    for character in re.sub(r"\s+", " ", term):
        if character == " ":
            parts.append(r"\s+")
        elif character == "&":
            parts.append("&(?:amp;)?")
        elif character in "'’‘ʼ":
            parts.append("['’‘ʼ]")
        elif character in "-‐‑":
            parts.append("[-‐‑]")
        elif character.isalnum():
            parts.append(character)
        else:
            parts.append(r"\\?" + re.escape(character))
    # An underscore beside a term is emphasis, unless more of a word follows it.
    before = r"(?<![^\W_])" if term[:1].isalnum() else r"(?<!\w)" if term[0] == "@" else ""
    after = r"(?!_*[^\W_])" if term[-1:].isalnum() else ""
    return before + "".join(parts) + after


def _missing_problem(
    code: str, message: str, value: str, place: tuple[int, int] | None, target: str
) -> Problem:
    if place is None:
        return Problem(code, message)
    other = target[slice(*place)]
    return Problem(code, f"{message}: found '{other}' instead", *place, (value,))


def _find_changed_name(
    term: str, target: str, others: frozenset[str], source: str
) -> tuple[int, int] | None:
    """Return the place in a target that is most like a missing name.

    Words that are another term, or that are in the source, are skipped.
    """
    words = [match.span() for match in _WORD.finditer(target)][:_MAX_WORDS]
    size = len(term.split())
    places: dict[str, tuple[int, int]] = {}
    # A changed name may have lost or gained a word, such as "and" for "&".
    for count in {max(1, size - 1), size, size + 1}:
        for first, last in zip(words, words[count - 1 :], strict=False):
            start, end = first[0], last[1]
            raw = target[start:end]
            # Markup, punctuation and elided articles are not part of the name.
            start += len(raw) - len(raw.lstrip(_EDGE_CHARACTERS))
            start += _elision_length(target[start:end])
            end = start + len(target[start:end].rstrip(_EDGE_CHARACTERS))
            text = target[start:end]
            if text and text not in others and text not in source:
                places.setdefault(text, (start, end))
    # Longer texts cannot be alike; leaving them out keeps the time linear.
    fit = [text for text in places if len(text) < 2 * len(term) + 2]
    match = best_match(term, fit, _MIN_SIMILARITY)
    return places[match[0]] if match else None


def _elision_length(text: str) -> int:
    """Return the length of an elided article at the start, as in d’Ada or qu’Ada."""
    match = re.match(r"(?:[dljmtsncDLJMTSNC]|[Qq]u|[Ll]orsqu|[Pp]uisqu)['’]", text)
    return match.end() if match else 0


def _handle_marks(marks: tuple[Mark, ...], text: str) -> Iterator[Mark]:
    """Yield the handles and hashtags, without the backslashes that Markdown needs in them."""
    for mark in marks:
        if mark.kind in _TAGS:
            more = _ESCAPED.match(text, mark.end)
            value = mark.value + (more[0].replace("\\", "") if more else "")
            yield mark._replace(value=value, end=more.end() if more else mark.end)


def _compare_handles(
    source_handles: list[Mark], target_handles: list[Mark], target: str, terms: frozenset[str]
) -> Iterator[Problem]:
    """Yield handles and hashtags that differ, damaged ones with their place.

    ``terms`` are the protected terms that are missing.
    """
    for kind in _TAGS:
        source_kind = [mark for mark in source_handles if mark.kind == kind]
        target_kind = [mark for mark in target_handles if mark.kind == kind]
        target_values = {mark.value for mark in target_kind}
        used_starts: set[int] = set()
        for missing, extra, times in find_differences(source_kind, target_kind, _value):
            if missing:
                place = None
                # If the handle is elsewhere in the target, one was left out and none damaged.
                if missing.value not in target_values:
                    place = _find_damaged_handle(missing.value, target)
                if place is None and extra:
                    place = extra.start, extra.end
                used_starts |= {place[0]} if place else set()
                # The handles of experts are protected terms.
                code = "NM101" if missing.value in terms else "NM102"
                often = f" ({times} times)" if times > 1 else ""
                message = f"{mark_name(missing)} is missing{often}"
                yield _missing_problem(code, message, missing.value, place, target)
            elif extra and extra.start not in used_starts:  # not reported as damaged already
                message = f"{mark_name(extra)} is not in the source text"
                yield Problem("NM102", message, extra.start, extra.end)


def _value(mark: Mark) -> str:
    return mark.value


def _letters_only(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _find_damaged_handle(value: str, target: str) -> tuple[int, int] | None:
    """Return the place of a handle or hashtag with spaces or capitals in it, or with no sign."""
    bare = _letters_only(value)
    for match in _HANDLE_SIGN.finditer(target):
        if match[1].translate(_FULL) == value[0]:
            words = _HANDLE_WORDS.match(target, match.end())
            end = words and _handle_length(words[0], bare)
            if words and end:
                return match.start(), words.start() + end
    for match in re.finditer(rf"(?<![^\W_]){re.escape(value[1:])}(?![^\W_])", target, re.I):
        return match.span()
    return None


def _handle_length(text: str, handle_letters: str) -> int:
    """Return the length of a handle at the start of a text, in spite of spaces and capitals.

    It is 0 if the text begins with anything else.
    """
    letters = ""
    for at, character in enumerate(text):
        if character.isalnum():
            letters += character.casefold()
        if not handle_letters.startswith(letters):
            return 0
        if letters == handle_letters:
            rest = text[at + 1 : at + 2]
            return 0 if rest.isalnum() else at + 1
    return 0


def _compare_addresses(
    source_marks: tuple[Mark, ...], target_marks: tuple[Mark, ...], locales: tuple[str, str]
) -> Iterator[Problem]:
    """Yield addresses that are nowhere in the other text, neither as a link nor as plain text."""
    source_addresses = [mark for mark in source_marks if mark.kind in _ADDRESSES]
    target_addresses = [mark for mark in target_marks if mark.kind in _ADDRESSES]
    if not (source_addresses or target_addresses):
        return
    key = partial(_address, locales=locales)
    source_keys = {key(mark) for mark in source_marks if mark.kind in _ANY_ADDRESS}
    target_keys = {key(mark) for mark in target_marks if mark.kind in _ANY_ADDRESS}
    missing_marks = {
        key(mark): mark for mark in reversed(source_addresses) if key(mark) not in target_keys
    }
    extra_marks = {
        key(mark): mark for mark in reversed(target_addresses) if key(mark) not in source_keys
    }
    for missing, extra, _ in find_differences(missing_marks.values(), extra_marks.values(), key):
        if missing is None:
            assert extra is not None
            message = f"{mark_name(extra)} is not in the source text"
            yield Problem("NM103", message, extra.start, extra.end)
        elif extra is None:
            yield Problem("NM103", f"{mark_name(missing)} is missing")
        else:
            start = extra.start + (extra.kind == "address")
            end = extra.end - (extra.kind == "address")
            message = f"{mark_name(missing)} is missing: found {mark_name(extra)} instead"
            yield Problem("NM103", message, start, end, (missing.value,))


def _address(mark: Mark, locales: tuple[str, str]) -> str:
    return address_key(mark.value, locales)
