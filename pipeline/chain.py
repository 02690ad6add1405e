"""The chain of engines that the settings name, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.engines import ENGINES, open_engine
from pipeline.errors import UsageError
from pipeline.memory import Memory
from pipeline.similar import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import ExitStack

    from pipeline.engines.contract import Engine
    from pipeline.model import Catalog
    from pipeline.settings import Settings
    from pipeline.translate import Tally

__all__ = ["open_chain", "require_engines", "summary", "warnings"]

_MEMORY = "memory"


def require_engines(settings: Settings) -> None:
    """Refuse names and options of engines that there are none of, before any work is done.

    Raises:
        UsageError: the settings name an unknown engine, or give one an unknown option.
    """
    known = (_MEMORY, *ENGINES)
    for name in (*settings.engines, *settings.engine):
        if name not in known:
            close = nearest(name, known, 0.4)
            hint = f"did you mean '{close}'?" if close else f"there are: {', '.join(known)}"
            raise UsageError(f"settings: unknown engine '{name}'; {hint}")
    for name, options in settings.engine.items():
        if name != _MEMORY:
            open_engine(name, options).close()


def open_chain(
    settings: Settings, catalogs: Callable[[], Iterable[Catalog]], stack: ExitStack
) -> list[Engine]:
    """Open the engines in order, without those that need a network where there is to be none.

    ``catalogs`` gives what the memory remembers; the ``stack`` closes the engines.
    """
    engines: list[Engine] = []
    for name in settings.engines:
        if name == _MEMORY:
            engine: Engine = Memory(catalogs(), settings.memory_threshold)
        else:
            engine = open_engine(name, settings.engine.get(name, {}))
        stack.callback(engine.close)
        if not (settings.offline and engine.traits.network):
            engines.append(engine)
    return engines


def warnings(unavailable: Mapping[tuple[str, str], str]) -> list[str]:
    """Say which engines could not be used for what, each reason once."""
    locales: dict[tuple[str, str], list[str]] = {}
    for (engine, locale), why in unavailable.items():
        locales.setdefault((engine, why), []).append(locale)
    return [
        f"{engine} was left out for {', '.join(dict.fromkeys(which))}: {why}"
        for (engine, why), which in locales.items()
    ]


def summary(tally: Tally, *, rehearse: bool) -> str:
    """Say which engine wrote how many drafts, and what left the machine."""
    by = ", ".join(f"{count} by {engine}" for engine, count in tally.drafts.items())
    sent = sum(tally.sent.values())
    if rehearse:
        to = ", ".join(f"{count} texts to {engine}" for engine, count in tally.unasked.items())
        parts = [f"would write drafts: {by}" if by else ""]
        parts += [f"would send {to} ({sent} characters)" if to else ""]
        return "; ".join(part for part in parts if part)
    to = f" (to {', '.join(tally.sent)})" if sent else ""
    return f"drafts: {by or 'none'}; {sent} characters left this machine{to}"
