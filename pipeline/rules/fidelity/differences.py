"""Differences between the marks of two texts, and repairs of damaged marks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pipeline.markdown import Mark, find_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Difference", "Repair", "differences", "named", "repaired"]

_TRIES = 12
"""Maximum number of places of a text at which each repair is tried; each costs a parse."""
_LONGEST = 5_000
"""Maximum length of a text that is repaired, in code points."""
_B = r"[^\S\n]*+"
_REPAIRS = (
    (re.compile(rf"\]{_B}(?=[(\[])"), "]"),
    (re.compile(rf"\]{_B}（([^（）()]*)）"), r"](\1)"),
    (re.compile(rf"\({_B}([^\s()]+){_B}\)"), r"(\1)"),
    (
        re.compile(rf"(\*{{1,3}}|(?<!\w)_{{1,3}}|~~|(?<!`)`++){_B}([^*_~`\n]*[^*_~`\s]){_B}\1"),
        r"\1\2\1",
    ),
    (re.compile(rf"([*~]){_B}(?=\1)"), r"\1"),
    (re.compile(rf"<{_B}(/?){_B}(\w+){_B}>"), r"<\1\2>"),
    (re.compile(rf"\{{{_B}([\w.]*){_B}\}}"), r"{\1}"),
    (re.compile(rf"%{_B}([sd])\b"), r"%\1"),
    (re.compile(rf"%{_B}\({_B}(\w+){_B}\){_B}([sdif])"), r"%(\1)\2"),
    (re.compile(rf"\${_B}\{{{_B}(\w+){_B}\}}"), r"${\1}"),
    (re.compile(rf"\{{{_B}\{{([^{{}}]*)\}}{_B}\}}"), r"{{\1}}"),
    (re.compile(rf"\{{{_B}%([^{{}}%]*)%{_B}\}}"), r"{%\1%}"),
    (re.compile(rf"\[{_B}\^{_B}([^\s\[\]]+){_B}\]"), r"[^\1]"),
)
"""Damage that machines do to marks, with its repair, which counts only if the mark is back."""


class Difference(NamedTuple):
    """Mark of one text that the other lacks; ``missing`` or ``extra`` may be None."""

    missing: Mark | None
    """Mark of the source that the target lacks."""
    extra: Mark | None
    """Mark of the target that the source lacks."""
    times: int = 1
    """Number of times that it is missing."""


class Repair(NamedTuple):
    """Replacement that restores a damaged mark; offsets in the target."""

    start: int
    end: int
    text: str


def differences(
    here: Iterable[Mark], there: Iterable[Mark], key: Callable[[Mark], str]
) -> Iterator[Difference]:
    """Yield the differences between the marks of one family in a source and its translation.

    Marks with the same key are equal. If as many are missing as are extra, they are paired in
    order.
    """
    mine, theirs = _by_key(here, key), _by_key(there, key)
    missing = [m for k, marks in mine.items() for m in marks[len(theirs.get(k, ())) :]]
    extra = [m for k, marks in theirs.items() for m in marks[len(mine.get(k, ())) :]]
    missing.sort(key=lambda mark: mark.start)
    extra.sort(key=lambda mark: mark.start)
    if len(missing) == len(extra):
        yield from (Difference(*pair) for pair in zip(missing, extra, strict=True))
        return
    counts = Counter(map(key, missing))
    first = {key(mark): mark for mark in reversed(missing)}
    for mark in sorted(first.values(), key=lambda mark: mark.start):
        yield Difference(mark, None, counts[key(mark)])
    yield from (Difference(None, mark) for mark in extra)


def named(mark: Mark) -> str:
    """Return the name of a mark for messages: ``code 'x'``, or only its kind."""
    kind = _NAMES.get(mark.kind, mark.kind)
    return f"{kind} '{mark.value}'" if mark.value else kind


def repaired(target: str, mark: Mark, labels: frozenset[str]) -> Repair | None:
    """Return the change of a target that restores a missing mark and adds nothing else, or None."""
    if len(target) > _LONGEST:
        return None
    before = _counted(target, labels)
    for pattern, replacement in _REPAIRS:
        for tried, match in enumerate(pattern.finditer(target)):
            if tried == _TRIES:
                break
            text = match.expand(replacement)
            if text == match[0]:
                continue
            after = _counted(target[: match.start()] + text + target[match.end() :], labels)
            if [*(after - before)] == [(mark.kind, mark.value)]:
                return Repair(match.start(), match.end(), text)
    return None


_NAMES = {
    "break": "line break",
    "strong": "strong emphasis",
    "tag": "HTML tag",
    "url": "address",
    "email": "e-mail address",
}


def _by_key(marks: Iterable[Mark], key: Callable[[Mark], str]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[key(mark)].append(mark)
    return found


def _counted(text: str, labels: frozenset[str]) -> Counter[tuple[str, str]]:
    return Counter((mark.kind, mark.value) for mark in find_marks(text, labels).marks)
