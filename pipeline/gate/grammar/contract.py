"""Interface of grammar engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Grammar", "Match"]


class Match(NamedTuple):
    """Match of an engine's rule at a place in a text."""

    start: int
    """Offset of the beginning, in code points of the text."""
    end: int
    """Offset of the end, exclusive."""
    rule: str
    """Engine's name of the rule, such as ``FRENCH_WHITESPACE``."""
    category: str
    """Engine's name of the category, such as ``TYPOS``."""
    kind: str
    """Engine's issue type, such as ``misspelling``, ``grammar`` or ``style``."""
    message: str
    suggestions: tuple[str, ...]
    """Replacements, best first."""


class Grammar(Protocol):
    """Proofreader for plain text."""

    @property
    def version(self) -> str:
        """Name and version, such as ``LanguageTool 6.8``; nothing local is started for it.

        Raises:
            GrammarError: it is not installed, or its server does not answer.
        """
        ...

    def supports(self, locale: str) -> bool:
        """Return whether the engine knows the language of a locale such as ``fr`` or ``pt_BR``.

        Raises:
            GrammarError: it cannot be asked.
        """
        ...

    def check(self, texts: Sequence[str], locale: str) -> Iterator[tuple[Match, ...]]:
        """Yield the matches of each text, in order, each as soon as they are known.

        Matches are in the order of their beginnings. Texts are plain: no markup, paragraphs
        separated by blank lines.

        Raises:
            GrammarError: the engine cannot run, does not know the language, or answered
                with something else; the matches yielded before are valid.
        """
        ...

    def close(self) -> None:
        """End what the engine started; calling it again does nothing."""
        ...
