"""Differences between the marks of two texts, and repairs of damaged marks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pipeline.markdown import Mark, find_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Difference", "Repair", "find_differences", "find_repair", "mark_name"]

_MAX_TRIES = 12
"""Maximum number of places of a text at which each repair is tried; each costs a parse."""
_MAX_LENGTH = 5_000
"""Maximum length of a text that is repaired, in code points."""
_SPACE = r"[^\S\n]*+"
_REPAIRS = (
    # Links: "[text] (address)", "[text]（address）", "( address )".
    (re.compile(rf"\]{_SPACE}(?=[(\[])"), "]"),
    (re.compile(rf"\]{_SPACE}（([^（）()]*)）"), r"](\1)"),
    (re.compile(rf"\({_SPACE}([^\s()]+){_SPACE}\)"), r"(\1)"),
    # Emphasis and code: "** text **", "* *text**".
    (
        re.compile(
            rf"(\*{{1,3}}|(?<!\w)_{{1,3}}|~~|(?<!`)`++){_SPACE}([^*_~`\n]*[^*_~`\s]){_SPACE}\1"
        ),
        r"\1\2\1",
    ),
    (re.compile(rf"([*~]){_SPACE}(?=\1)"), r"\1"),
    # HTML tags and placeholders: "< br >", "{ name }", "% s", "% (name) s", "$ {name}".
    (re.compile(rf"<{_SPACE}(/?){_SPACE}(\w+){_SPACE}>"), r"<\1\2>"),
    (re.compile(rf"\{{{_SPACE}([\w.]*){_SPACE}\}}"), r"{\1}"),
    (re.compile(rf"%{_SPACE}([sd])\b"), r"%\1"),
    (re.compile(rf"%{_SPACE}\({_SPACE}(\w+){_SPACE}\){_SPACE}([sdif])"), r"%(\1)\2"),
    (re.compile(rf"\${_SPACE}\{{{_SPACE}(\w+){_SPACE}\}}"), r"${\1}"),
    # Templates and footnotes: "{ { name } }", "{ % if % }", "[ ^1 ]".
    (re.compile(rf"\{{{_SPACE}\{{([^{{}}]*)\}}{_SPACE}\}}"), r"{{\1}}"),
    (re.compile(rf"\{{{_SPACE}%([^{{}}%]*)%{_SPACE}\}}"), r"{%\1%}"),
    (re.compile(rf"\[{_SPACE}\^{_SPACE}([^\s\[\]]+){_SPACE}\]"), r"[^\1]"),
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


def find_differences(
    source_marks: Iterable[Mark], target_marks: Iterable[Mark], key: Callable[[Mark], str]
) -> Iterator[Difference]:
    """Yield the differences between the marks of one family in a source and its translation.

    Marks with the same key are equal. If as many are missing as are extra, they are paired in
    order.
    """
    source_groups = _group_by_key(source_marks, key)
    target_groups = _group_by_key(target_marks, key)
    missing = _surplus(source_groups, target_groups)
    extra = _surplus(target_groups, source_groups)
    if len(missing) == len(extra):
        yield from (Difference(*pair) for pair in zip(missing, extra, strict=True))
        return
    counts = Counter(map(key, missing))
    first = {key(mark): mark for mark in reversed(missing)}
    for mark in sorted(first.values(), key=lambda mark: mark.start):
        yield Difference(mark, None, counts[key(mark)])
    yield from (Difference(None, mark) for mark in extra)


def mark_name(mark: Mark) -> str:
    """Return the name of a mark for messages: ``code 'x'``, or only its kind."""
    kind = _NAMES.get(mark.kind, mark.kind)
    return f"{kind} '{mark.value}'" if mark.value else kind


def find_repair(target: str, mark: Mark, labels: frozenset[str]) -> Repair | None:
    """Return the change of a target that restores a missing mark and adds nothing else, or None."""
    if len(target) > _MAX_LENGTH:
        return None
    before = _count_marks(target, labels)
    for pattern, replacement in _REPAIRS:
        for number, match in enumerate(pattern.finditer(target)):
            if number == _MAX_TRIES:
                break
            text = match.expand(replacement)
            if text == match[0]:
                continue
            # Markdown decides whether the mark is back, and whether another one came with it.
            after = _count_marks(target[: match.start()] + text + target[match.end() :], labels)
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


def _group_by_key(marks: Iterable[Mark], key: Callable[[Mark], str]) -> dict[str, list[Mark]]:
    groups: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        groups[key(mark)].append(mark)
    return groups


def _surplus(groups: dict[str, list[Mark]], others: dict[str, list[Mark]]) -> list[Mark]:
    """Return the marks that the other text lacks or has less often, in order of their start."""
    surplus = [mark for key, marks in groups.items() for mark in marks[len(others.get(key, ())) :]]
    return sorted(surplus, key=lambda mark: mark.start)


def _count_marks(text: str, labels: frozenset[str]) -> Counter[tuple[str, str]]:
    return Counter((mark.kind, mark.value) for mark in find_marks(text, labels).marks)
