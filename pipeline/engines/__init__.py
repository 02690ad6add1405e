"""The translation engines, by name."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from pipeline.engines.apertium import Apertium
from pipeline.engines.google import Google
from pipeline.engines.pseudo import Pseudo
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.engines.contract import Engine

__all__ = ["ENGINES", "open_engine"]

ENGINES: dict[str, Callable[..., Engine]] = {
    "apertium": Apertium,
    "google": Google,
    "pseudo": Pseudo,
}
"""What makes each engine, from its options; each option has a default, which tells its type."""


def open_engine(name: str, options: Mapping[str, object]) -> Engine:
    """Make an engine; it starts nothing before the first text.

    Raises:
        UsageError: there is no such engine or option, or an option's value is of a wrong type.
    """
    if name not in ENGINES:
        raise UsageError(f"unknown engine '{name}': expected one of {', '.join(ENGINES)}")
    known = inspect.signature(ENGINES[name]).parameters
    for option, value in options.items():
        if option not in known:
            raise UsageError(
                f"unknown option '{option}' of engine '{name}': expected one of {', '.join(known)}"
            )
        default = known[option].default
        if not _fits(value, default):
            raise UsageError(
                f"option '{option}' of engine '{name}' must be like {default!r}, found: {value!r}"
            )
    return ENGINES[name](**options)


def _fits(value: object, default: object) -> bool:
    if isinstance(default, tuple):
        return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(default)
