"""What every grammar engine offers and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Grammar", "Match"]


class Match(NamedTuple):
    """What an engine says of a place in a text."""

    start: int
    """Where it begins, in code points of the text."""
    end: int
    """Where it ends, exclusive."""
    rule: str
    """The engine's own name of the rule, such as ``FRENCH_WHITESPACE``."""
    category: str
    """The engine's own name of the category, such as ``TYPOS``."""
    kind: str
    """The engine's issue type, such as ``misspelling``, ``grammar`` or ``style``."""
    message: str
    suggestions: tuple[str, ...]
    """Best first."""


class Grammar(Protocol):
    """A proofreader for plain text."""

    @property
    def version(self) -> str:
        """Name and version, such as ``LanguageTool 6.8``; told without starting anything local.

        Raises:
            GrammarError: it is not installed, or its server does not say.
        """
        ...

    def supports(self, locale: str) -> bool:
        """Tell whether it knows the language of a locale such as ``fr`` or ``pt_BR``.

        Raises:
            GrammarError: it cannot be asked.
        """
        ...

    def check(self, texts: Sequence[str], locale: str) -> Iterator[tuple[Match, ...]]:
        """Yield what is wrong with each text, in order, each as soon as it is known.

        Matches are ordered by where they begin. Texts are plain: no markup, paragraphs
        parted by blank lines.

        Raises:
            GrammarError: the engine cannot run, does not know the language, or answered
                with something else; what was yielded before it stands.
        """
        ...

    def close(self) -> None:
        """End what the engine started; calling it again does nothing."""
        ...
