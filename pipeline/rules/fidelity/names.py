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
from pipeline.rules.fidelity.differences import differences, named
from pipeline.rules.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULES", "names"]

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

_ALIKE = 0.75
"""Minimum similarity (0 to 1) of words that are taken for a missing name."""
_MOST_WORDS = 400
"""Maximum number of words of a text that are searched for a changed name."""
_WORD = re.compile(r"[^\s()\[\]«»“”\",;:!?]+")
_EDGE = "'’‘.*_~`…"
_PIECE = re.compile(r"[^\W_]+")
"""Piece of a term; the one that the fewest other terms have is its key."""
_TAGGED = re.compile(r"([@＠#＃])[ \u00a0\u202f\u200b]?(?=\w)")
_BARE = re.compile(r"\w+(?:[ \u00a0._-]\w+){0,3}")
_ESCAPED = re.compile(r"(?:\\_\w*)+")
_FULL = str.maketrans("＠＃", "@#")
_TAGS = ("handle", "hashtag")
_ADDRESSES = ("url", "email", "address")
_ANY_ADDRESS = (*_ADDRESSES, "link", "image")


class _Term(NamedTuple):
    number: int
    text: str
    pattern: re.Pattern[str]


def names(
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
    lost = _lost(source, target, terms)
    here, there = find_marks(source, labels).marks, find_marks(target, labels).marks
    if not (lost or here or there):
        return []
    mine, theirs = list(_handles(here, source)), list(_handles(there, target))
    tagged = {mark.value for mark in mine}
    others = frozenset(terms)
    found = [_renamed(term, source, target, others) for term in lost if term not in tagged]
    found += _tags(mine, theirs, target, frozenset(lost))
    found += _addresses(here, there, (source_locale, target_locale))
    return sorted(found, key=lambda problem: problem.code)


def _lost(source: str, target: str, terms: tuple[str, ...]) -> list[str]:
    """Return the terms that are in the source but not in the target."""
    found = [term for term in _near(source, terms) if term.pattern.search(source)]
    found = [t for t in found if not t.pattern.search(target)]
    if found and not target.isascii():
        composed = unicodedata.normalize("NFC", target)
        found = [t for t in found if not t.pattern.search(composed)]
    return [t.text for t in found]


def _renamed(term: str, source: str, target: str, terms: frozenset[str]) -> Problem:
    tagged = term[0] in "@#"
    place = _damaged(term, target) if tagged else _changed(term, target, terms - {term}, source)
    return _missing("NM101", f"'{term}' is missing", term, place, target)


def _near(text: str, terms: tuple[str, ...]) -> list[_Term]:
    """Return the terms whose key is in a text, in the order of the terms."""
    known = _patterns(terms)
    words = {"", *_PIECE.findall(text)}
    return sorted({term for word in words for term in known.get(word, ())})


@lru_cache(maxsize=256)
def _patterns(terms: tuple[str, ...]) -> dict[str, list[_Term]]:
    """Return the terms by their keys."""
    found: dict[str, list[_Term]] = {}
    pieces = {term: _PIECE.findall(term) for term in terms if term.strip()}
    counts = Counter(piece for some in pieces.values() for piece in set(some))
    for number, (term, some) in enumerate(pieces.items()):
        key = min(some, key=counts.__getitem__, default="")
        found.setdefault(key, []).append(_Term(number, term, re.compile(_pattern(term))))
    return found


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
    # An underscore beside a term is emphasis, unless more of a word stands behind it.
    left = r"(?<![^\W_])" if term[:1].isalnum() else r"(?<!\w)" if term[0] == "@" else ""
    right = r"(?!_*[^\W_])" if term[-1:].isalnum() else ""
    return left + "".join(parts) + right


def _missing(
    code: str, lost: str, value: str, place: tuple[int, int] | None, target: str
) -> Problem:
    if place is None:
        return Problem(code, lost)
    stands = target[slice(*place)]
    return Problem(code, f"{lost}: found '{stands}' instead", *place, (value,))


def _changed(term: str, target: str, others: frozenset[str], source: str) -> tuple[int, int] | None:
    """Return the place in a target that is most like a missing name.

    Words that are another term, or that are in the source, are skipped.
    """
    words = [match.span() for match in _WORD.finditer(target)][:_MOST_WORDS]
    size = len(term.split())
    places: dict[str, tuple[int, int]] = {}
    for count in {max(1, size - 1), size, size + 1}:
        for first, last in zip(words, words[count - 1 :], strict=False):
            start, end = first[0], last[1]
            raw = target[start:end]
            start += len(raw) - len(raw.lstrip(_EDGE))
            start += _elided(target[start:end])
            end = start + len(target[start:end].rstrip(_EDGE))
            text = target[start:end]
            if text and text not in others and text not in source:
                places.setdefault(text, (start, end))
    # Longer texts cannot be alike; leaving them out keeps the time linear.
    fit = [text for text in places if len(text) < 2 * len(term) + 2]
    found = best_match(term, fit, _ALIKE)
    return places[found[0]] if found else None


def _elided(text: str) -> int:
    """Return the length of an elided article at the start, as in d’Ada or qu’Ada."""
    match = re.match(r"(?:[dljmtsncDLJMTSNC]|[Qq]u|[Ll]orsqu|[Pp]uisqu)['’]", text)
    return match.end() if match else 0


def _handles(marks: tuple[Mark, ...], text: str) -> Iterator[Mark]:
    """Yield the handles and hashtags, without the backslashes that Markdown needs in them."""
    for mark in marks:
        if mark.kind in _TAGS:
            more = _ESCAPED.match(text, mark.end)
            value = mark.value + (more[0].replace("\\", "") if more else "")
            yield mark._replace(value=value, end=more.end() if more else mark.end)


def _tags(
    here: list[Mark], there: list[Mark], target: str, terms: frozenset[str]
) -> Iterator[Problem]:
    """Yield handles and hashtags that differ, damaged ones with their place.

    ``terms`` are the protected terms that are missing.
    """
    for kind in _TAGS:
        mine = [mark for mark in here if mark.kind == kind]
        theirs = [mark for mark in there if mark.kind == kind]
        kept = {mark.value for mark in theirs}
        placed: set[int] = set()
        for missing, extra, times in differences(mine, theirs, _value):
            if missing:
                place = None if missing.value in kept else _damaged(missing.value, target)
                if place is None and extra:
                    place = extra.start, extra.end
                placed |= {place[0]} if place else set()
                code = "NM101" if missing.value in terms else "NM102"
                often = f" ({times} times)" if times > 1 else ""
                lost = f"{named(missing)} is missing{often}"
                yield _missing(code, lost, missing.value, place, target)
            elif extra and extra.start not in placed:
                message = f"{named(extra)} is not in the source text"
                yield Problem("NM102", message, extra.start, extra.end)


def _value(mark: Mark) -> str:
    return mark.value


def _squashed(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _damaged(value: str, target: str) -> tuple[int, int] | None:
    """Return the place of a handle or hashtag with spaces or capitals in it, or with no sign."""
    bare = _squashed(value)
    for tagged in _TAGGED.finditer(target):
        if tagged[1].translate(_FULL) == value[0]:
            words = _BARE.match(target, tagged.end())
            end = words and _prefix(words[0], bare)
            if words and end:
                return tagged.start(), words.start() + end
    for match in re.finditer(rf"(?<![^\W_]){re.escape(value[1:])}(?![^\W_])", target, re.I):
        return match.span()
    return None


def _prefix(text: str, squashed: str) -> int:
    """Return the length of a handle at the start of a text, with any spaces, signs and capitals.

    It is 0 if the text begins with anything else.
    """
    found = ""
    for at, character in enumerate(text):
        if character.isalnum():
            found += character.casefold()
        if not squashed.startswith(found):
            return 0
        if found == squashed:
            rest = text[at + 1 : at + 2]
            return 0 if rest.isalnum() else at + 1
    return 0


def _addresses(
    here: tuple[Mark, ...], there: tuple[Mark, ...], locales: tuple[str, str]
) -> Iterator[Problem]:
    """Yield addresses that are nowhere in the other text, neither as a link nor as plain text."""
    mine = [mark for mark in here if mark.kind in _ADDRESSES]
    theirs = [mark for mark in there if mark.kind in _ADDRESSES]
    if not (mine or theirs):
        return
    key = partial(_address, locales=locales)
    known = {key(mark) for mark in here if mark.kind in _ANY_ADDRESS}
    kept = {key(mark) for mark in there if mark.kind in _ANY_ADDRESS}
    lost = {key(mark): mark for mark in reversed(mine) if key(mark) not in kept}
    strange = {key(mark): mark for mark in reversed(theirs) if key(mark) not in known}
    for missing, extra, _ in differences(lost.values(), strange.values(), key):
        if missing is None:
            assert extra is not None
            message = f"{named(extra)} is not in the source text"
            yield Problem("NM103", message, extra.start, extra.end)
        elif extra is None:
            yield Problem("NM103", f"{named(missing)} is missing")
        else:
            start = extra.start + (extra.kind == "address")
            end = extra.end - (extra.kind == "address")
            message = f"{named(missing)} is missing: found {named(extra)} instead"
            yield Problem("NM103", message, start, end, (missing.value,))


def _address(mark: Mark, locales: tuple[str, str]) -> str:
    return address_key(mark.value, locales)
