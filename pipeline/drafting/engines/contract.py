"""Interfaces of translation engines and of network services."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.errors import EngineRefused
    from pipeline.markdown import Form

__all__ = ["Answer", "Bounds", "Engine", "Service", "Traits"]


class Traits(NamedTuple):
    """Properties of an engine that decide how texts are prepared for it."""

    network: bool
    """True if texts leave this machine."""
    form: Form | None
    """Format of protected spans that the engine is known to carry through.

    None: the engine wants the text as it is, without protection, and its answers are not kept.
    """
    glossary: bool = False
    """True if the engine applies a glossary itself; else terms are sent as protected spans."""
    variant: str = ""
    """Options that decide the engine's answers, such as a model; kept with the answers."""


class Answer(NamedTuple):
    """Draft as an engine returned it."""

    text: str
    signature: str
    """Engine and route, such as ``google`` or ``apertium eng-cat+cat-fra``; no line breaks."""
    previous: str = ""
    """Source text that the translation was made for, if it is not the one asked for."""


class Engine(Protocol):
    """Service or program that translates protected plain text."""

    name: str
    traits: Traits

    def translate(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> Iterator[tuple[int, Answer | EngineRefused]]:
        """Yield number, from 0, and answer of each text, in any order, as soon as it is known.

        ``source`` and ``target`` are locales as Babel writes them (``en``, ``pt_BR``).
        ``glossary`` has the translations of terms; it is empty if the traits have no glossary.
        The answer to a text that cannot be translated is an `EngineRefused`.

        Raises:
            EngineUnavailable: not installed, no such language pair, no network; the
                answers that were yielded before it are valid.
        """
        ...

    def close(self) -> None:
        """End what the engine started; calling it again does nothing."""
        ...


class Bounds(NamedTuple):
    """Limits of the requests to a service, where the settings have no others."""

    characters: int
    """Code points of all texts of a request together; bytes of UTF-8 where ``utf8``."""
    texts: int = 1
    """Texts in one request."""
    utf8: bool = False
    threads: int = 1
    """Requests at the same time."""
    rate: float = 0.0
    """Requests per second; 0 for no limit."""
    timeout: float = 10.0
    """Seconds for one try."""


class Service(Protocol):
    """Protocol of one network service; `service_engine.NetworkEngine` makes an engine of it.

    `engines.open_engine` makes one from a `connection.Connection`, a key (empty where there is
    none), and options as further parameters, each with a default.
    """

    KEY: str
    """Environment variable with the service's key; empty where it has none."""
    KEY_NEEDED: bool
    """True if the service can do nothing without the key."""
    name: str
    traits: Traits
    bounds: Bounds

    def ask(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> Sequence[str | None]:
        """Return the translations of one batch of texts; None for a text without an answer.

        The texts have no outer white space. It is called from several threads.

        Raises:
            EngineUnavailable: no such language, no key, a quota used up.
            EngineFailed: the service answered, but not with translations.
            EngineRefused: it does not take this text.
        """
        ...
