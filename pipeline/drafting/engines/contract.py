"""What every translation engine offers and answers, and every service of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.errors import EngineRefused
    from pipeline.markdown import Form

__all__ = ["Answer", "Bounds", "Engine", "Service", "Traits"]


class Traits(NamedTuple):
    """What the pipeline must know of an engine before it hands over text."""

    network: bool
    """Whether text leaves this machine."""
    form: Form | None
    """How protected spans are written, as the engine is known to carry them through.

    None: the engine wants the text as it is, without protection, and its answers are not kept.
    """
    glossary: bool = False
    """Whether the engine applies a glossary itself; else its terms travel as protected spans."""
    variant: str = ""
    """What of its options decides its answers, such as a model; kept with them."""


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
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> Iterator[tuple[int, Answer | EngineRefused]]:
        """Yield the number (from 0) of a text and its answer, in any order, as soon as it is known.

        ``source`` and ``target`` are locales as Babel writes them (``en``, ``pt_BR``).
        ``glossary`` says how terms are to be translated; it is empty where the traits say that
        the engine applies none. A text that cannot be translated gives an `EngineRefused`.

        Raises:
            EngineUnavailable: not installed, no such language pair, no network; the
                answers that were yielded before it stand.
        """
        ...

    def close(self) -> None:
        """End what the engine started; calling it again does nothing."""
        ...


class Bounds(NamedTuple):
    """How much of a service may be asked, as far as the settings say nothing else."""

    characters: int
    """Code points of all texts of a request together; bytes of UTF-8 where ``utf8``."""
    texts: int = 1
    """Texts in one request."""
    utf8: bool = False
    threads: int = 1
    """Requests at the same time."""
    rate: float = 0.0
    """Requests in a second; 0 for as many as come."""
    timeout: float = 10.0
    """Seconds for one try."""


class Service(Protocol):
    """One protocol of the network; `service_engine.Networked` makes an engine of it.

    `engines.open_engine` makes one from a `connection.Wire`, a key (empty where there is none), and
    options as further parameters, each with a default.
    """

    KEY: str
    """Variable of the environment that holds its key; empty where it has none."""
    KEY_NEEDED: bool
    """Whether it can do nothing without the key."""
    name: str
    traits: Traits
    bounds: Bounds

    def ask(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> Sequence[str | None]:
        """Translate texts without outer white space in one request; None where no answer came.

        It is called from several threads.

        Raises:
            EngineUnavailable: no such language, no key, a quota used up.
            EngineFailed: the service answered, but not with translations.
            EngineRefused: it does not take this text.
        """
        ...
