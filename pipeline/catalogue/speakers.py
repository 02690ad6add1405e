"""Read who speaks from the notes of entries, and compare speakers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.language import edits_within

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Speaker", "letters", "speaker_of", "without_handle"]

_NOTE = re.compile(
    r"(?P<name>[^,]+)(?:, (?P<organisation>.+?))??(?:, (?P<handle>@\S+))? \([^()]*\)"
)
_HANDLE = re.compile(r", @\S+(?= \([^()]*\)\Z)")
_NUMBER = re.compile(r"\W*\d+(?:\W+|\Z)")
_SHORTEST = 4
"""Number of letters below which two names that differ are two names."""


class Speaker(NamedTuple):
    """Person who speaks in a section, as catalogues name them; parts may be empty."""

    name: str
    """Name with a number in front, if the heading has one."""
    organisation: str = ""
    handle: str = ""
    """Handle with its @."""

    @property
    def name_letters(self) -> str:
        """Letters of the name, without its number."""
        return letters(self.name)

    @property
    def personal_handle(self) -> str:
        """Handle in lower case, or an empty text if it is that of the organisation."""
        handle, organisation = letters(self.handle), letters(self.organisation)
        shared = handle and (handle in organisation or (organisation and organisation in handle))
        words = re.findall(r"\w{2,}", self.name.casefold())
        return "" if shared and not any(word in handle for word in words) else handle

    @property
    def slug(self) -> str:
        """Name, organisation and handle as one context, which no other person has."""
        return "-".join(re.findall(r"\w+", _without_number(" ".join(self).casefold())))

    def is_meant_by(self, known: str) -> bool:
        """Return whether the letters of a context are those of the name, or of name and handle."""
        if not known.startswith(self.name_letters):
            return False
        handle = letters(self.handle)
        return known in (self.name_letters, letters(self.slug)) or bool(
            handle and known.endswith(handle)
        )

    def is_same_elsewhere(self, other: Speaker) -> bool:
        """Return whether a speaker of another article is certainly this person.

        A namesake with another handle or organisation is not.
        """
        handles = self.personal_handle, other.personal_handle
        same_name = self.name_letters == other.name_letters
        if all(handles):
            return handles[0] == handles[1] and (same_name or self.is_spelt_like(other))
        organisations = letters(self.organisation), letters(other.organisation)
        return same_name and (not all(organisations) or organisations[0] == organisations[1])

    def is_spelt_like(self, other: Speaker) -> bool:
        """Return whether one name may be a correction of the other.

        They begin alike and differ by two letters at most, or one has all words of the other and
        at least two.
        """
        one, two = self.name_letters, other.name_letters
        if min(len(one), len(two)) >= _SHORTEST and one[0] == two[0] and edits_within(one, two, 2):
            return True
        mine, theirs = (
            set(re.findall(r"\w+", _without_number(s.name.casefold()))) for s in (self, other)
        )
        return min(len(mine), len(theirs)) > 1 and (mine <= theirs or theirs <= mine)


def speaker_of(notes: Iterable[str]) -> Speaker | None:
    """Return the speaker that the notes of an entry name as `extract` writes them, or None."""
    first = next(iter(notes), "")
    match = _NOTE.fullmatch(first)
    return Speaker(**match.groupdict("")) if match else None


def without_handle(text: str) -> str:
    """Return a note as it was written before notes had the handle."""
    return _HANDLE.sub("", text)


def letters(text: str) -> str:
    """Return the letters and digits of a text in lower case, without a number in front."""
    return re.sub(r"[\W_]+", "", _without_number(text.casefold()))


def _without_number(text: str) -> str:
    rest = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text
    return rest or text
