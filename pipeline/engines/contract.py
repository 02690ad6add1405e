"""What every translation engine offers and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.errors import EngineRefused

__all__ = ["Answer", "Engine", "Traits"]


class Traits(NamedTuple):
    """What the pipeline must know of an engine before it hands over text."""

    network: bool
    """Whether text leaves this machine."""
    token: str
    """How a protected span is written, with ``{n}`` for its number from 0.

    The engine is known to carry such a word through unharmed. Empty: the engine
    wants the text as it is, without protection.
    """


class Answer(NamedTuple):
    """A draft as an engine gave it."""

    text: str
    signature: str
    """Engine and route, such as ``google`` or ``apertium eng-cat+cat-fra``; no line breaks."""
    previous: str = ""
    """The source that the text was made for, where it is not the one asked for."""


class Engine(Protocol):
    """A service or program that translates protected plain text."""

    name: str
    traits: Traits

    def translate(
        self, texts: Sequence[str], source: str, target: str
    ) -> Iterator[Answer | EngineRefused]:
        """Yield one answer per text, in order, each as soon as it is known.

        ``source`` and ``target`` are locales as Babel writes them (``en``, ``pt_BR``).
        A text that cannot be translated gives an `EngineRefused` in its place.

        Raises:
            EngineUnavailable: not installed, no such language pair, no network; the
                answers that were yielded before it stand.
        """
        ...

    def close(self) -> None:
        """End what the engine started; calling it again does nothing."""
        ...
