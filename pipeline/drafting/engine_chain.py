"""Open the configured engines in order and summarise their use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.drafting.engines import ENGINES, open_engine
from pipeline.errors import UsageError
from pipeline.language import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import ExitStack

    from pipeline.drafting.drafts import DraftTally
    from pipeline.drafting.engines.contract import Engine
    from pipeline.drafting.memory import Memory
    from pipeline.project import Settings

__all__ = ["engine_warnings", "open_chain", "require_engines", "summarise_drafts"]

_MEMORY = "memory"
_MILLION = 1_000_000


def require_engines(settings: Settings, environment: Mapping[str, str]) -> None:
    """Check the names and options of the configured engines, before any work is done.

    Raises:
        UsageError: the settings name an unknown engine, or give one an unknown option.
    """
    names = (_MEMORY, *ENGINES)
    for name in (*settings.engines, *settings.engine):
        if name not in names:
            hint = suggestion(name, names, otherwise=f"expected one of {', '.join(names)}")
            raise UsageError(f"settings: unknown engine '{name}'{hint}")
    for name, options in settings.engine.items():
        if name != _MEMORY:
            # Opening checks the options, and starts nothing.
            open_engine(name, options, environment).close()


def open_chain(
    settings: Settings,
    environment: Mapping[str, str],
    memory: Callable[[], Memory],
    stack: ExitStack,
) -> list[Engine]:
    """Open the engines in order; with ``settings.offline`` without those that need a network.

    ``memory`` makes the memory; the ``stack`` closes the engines.
    """
    engines: list[Engine] = []
    for name in settings.engines:
        if name == _MEMORY:
            engine: Engine = memory()
        else:
            engine = open_engine(name, settings.engine.get(name, {}), environment)
        stack.callback(engine.close)
        if not (settings.offline and engine.traits.network):
            engines.append(engine)
    return engines


def engine_warnings(tally: DraftTally) -> list[str]:
    """Return warnings on unusable engines, each reason once, and on a used-up budget."""
    locales: dict[tuple[str, str], list[str]] = {}
    for (engine, _, locale), reason in tally.unavailable.items():
        locales.setdefault((engine, reason), []).append(locale)
    unavailable = [
        f"{engine} was not used for {', '.join(dict.fromkeys(skipped))}: {reason}"
        for (engine, reason), skipped in locales.items()
    ]
    over_budget = [
        f"texts not sent to {engine}: {count}; the budget is used up"
        for engine, count in tally.unpaid.items()
        if count
    ]
    return unavailable + over_budget


def summarise_drafts(tally: DraftTally, settings: Settings, *, rehearse: bool) -> list[str]:
    """Return lines on drafts and characters sent, or in a rehearsal on those to be expected."""
    counts = ", ".join(f"{count} by {engine}" for engine, count in tally.drafts.items())
    if not rehearse:
        total = sum(tally.sent.values())
        to = f" to {', '.join(tally.sent)}" if total else ""
        return [f"drafts: {counts or 'none'}; {total} characters sent{to}"]
    lines = [f"would write drafts: {counts}"] if counts else []
    for engine, count in tally.unasked.items():
        if count:
            characters = tally.sent[engine]
            cost = _cost(settings.engine.get(engine, {}).get("price", 0), characters)
            lines.append(f"would send {count} texts to {engine}: {characters} characters{cost}")
    return lines


def _cost(price: object, characters: int) -> str:
    assert isinstance(price, int | float)  # as every option was looked at
    return f", price {price * characters / _MILLION:.2f}" if price else ""
