"""Carry an edit of a handle, address, name, number or code into a translation."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from pipeline.language import edits_within

__all__ = ["Carry", "Edit", "carry", "rough_shape", "shape"]

_PARTS = re.compile(
    r"(?P<address>(?:https?://|mailto:|www\.|(?<![\w.])(?:[\w-]+\.)+(?=[a-z]{2,}(?:/|\b)))"
    r"[^\s<>()\[\]\"'“”«»]*[^\s<>()\[\]\"'“”«».,;:!?…*_])"
    r"|(?P<handle>(?<![\w@.])@\w(?:[\w.-]*\w)?)"
    r"|(?P<code>`[^`]+`)"
    r"|(?P<number>(?<!\w)\d+(?!\w))"
    r"|(?P<name>(?<!\w)[^\W\d_]\w*)"
    r"|(?P<other>\w+|\s+|.)",
    re.S,
)
_SPECIAL = re.compile(r"[\d@/.:]|[^\W\d_a-z]")
_SHORT = 5
"""Letters of a name below which one letter makes another name of it, mostly."""


class Edit(NamedTuple):
    """One part of a text that was replaced by another one of its kind."""

    old: str
    new: str
    kind: str
    """Kind of both: address, handle, code, number or name."""

    @property
    def mechanical(self) -> bool:
        """True if the translation is as right with the new part as it was with the old one."""
        if self.kind == "handle":
            return True
        if self.kind == "address":
            return _same_address(self.old, self.new)
        return self.kind == "name" and _same_name(self.old, self.new)


class Carry(NamedTuple):
    """Translation of a changed source, which has the new parts."""

    target: str
    edits: tuple[Edit, ...]

    def __str__(self) -> str:
        """Return the replacements, for a message."""
        if not self.edits:
            return "line ends"
        return ", ".join(f"'{edit.old}' → '{edit.new}'" for edit in self.edits)

    @property
    def mechanical(self) -> bool:
        """True if a review of the old translation holds for this one."""
        return all(edit.mechanical for edit in self.edits)


@lru_cache(maxsize=4_096)  # a text is compared with several
def shape(source: str) -> tuple[str, ...]:
    """Return a text without the parts that can be carried: equal for texts that differ in them."""
    return tuple(
        (" " if part.isspace() else part)
        if kind == "other" or (kind == "name" and not part[0].isupper())
        else kind
        for kind, part in _parts(source)
    )


def rough_shape(source: str) -> str:
    """Return the words of a text that no carried part can be in.

    It is equal for texts whose `shape` is, and much quicker.
    """
    if "`" in source:
        return "`"  # there may be spaces in code
    return " ".join([word for word in source.split() if not _SPECIAL.search(word)])


def carry(old: str, new: str, target: str) -> Carry | None:
    """Return the translation of a source text for an edited source text, or None.

    Both sources have one `shape`. Each part that was replaced was replaced everywhere in the
    source, and is in the translation as often as it was in the old source, letter by letter. Where
    only spaces and line ends differ, the translation stays as it is.
    """
    before, translated = _parts(old), _parts(target)
    both = zip(before, _parts(new), strict=True)
    pairs = [pair for pair in both if not pair[0][1].isspace()]
    edits = {one: Edit(one[1], other[1], one[0]) for one, other in pairs}
    changed = {part: edit for part, edit in edits.items() if edit.old != edit.new}
    if old == new or any(edits[one].new != other[1] for one, other in pairs):
        return None
    here, there = Counter(before), Counter(translated)
    if any(here[part] != there[part] for part in changed):
        return None
    text = "".join(changed[part].new if part in changed else part[1] for part in translated)
    return Carry(text, tuple(changed.values()))


def _parts(text: str) -> list[tuple[str, str]]:
    """Return the kinds and parts of a text, which joined are the text."""
    return [(match.lastgroup or "other", match[0]) for match in _PARTS.finditer(text)]


def _same_name(old: str, new: str) -> bool:
    """Return whether a name is a correction of another one."""
    if re.findall(r"\d", old) != re.findall(r"\d", new):
        return False
    edits = 1 if min(len(old), len(new)) < _SHORT else 2
    return old[0].casefold() == new[0].casefold() and edits_within(old, new, edits)


def _same_address(old: str, new: str) -> bool:
    """Return whether two addresses differ by a typo in one of their parts."""
    before, after = (re.split(r"([/?#&=.:])", address) for address in (old, new))
    if len(before) != len(after):
        return False
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    return len(changed) == 1 and _is_typo(*changed[0])


def _is_typo(old: str, new: str) -> bool:
    """Return whether two parts of an address are long enough to differ by a slip, and do."""
    return min(len(old), len(new)) >= _SHORT - 1 and _same_name(old, new)
