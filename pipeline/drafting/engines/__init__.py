"""Open translation engines by name."""

from __future__ import annotations

import inspect
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pipeline.drafting.engines.apertium import Apertium
from pipeline.drafting.engines.chatgpt import ChatGpt
from pipeline.drafting.engines.connection import Connection
from pipeline.drafting.engines.deepl import DeepL
from pipeline.drafting.engines.google import Google
from pipeline.drafting.engines.libretranslate import LibreTranslate
from pipeline.drafting.engines.microsoft import Microsoft
from pipeline.drafting.engines.mymemory import MyMemory
from pipeline.drafting.engines.pseudo import Pseudo
from pipeline.drafting.engines.service_engine import NetworkEngine
from pipeline.errors import EngineUnavailable, UsageError
from pipeline.language import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pipeline.drafting.engines.contract import Answer, Engine, Traits
    from pipeline.errors import EngineRefused

__all__ = ["ENGINES", "SERVICES", "default_options", "open_engine"]

_LOCAL: dict[str, Callable[..., Engine]] = {"apertium": Apertium, "pseudo": Pseudo}

SERVICES: dict[str, Any] = {
    "google": Google,
    "mymemory": MyMemory,
    "microsoft": Microsoft,
    "deepl": DeepL,
    "libretranslate": LibreTranslate,
    "chatgpt": ChatGpt,
}
"""Classes of the network services (`contract.Service`), made of a connection, a key and options."""

ENGINES: dict[str, Callable[..., object]] = {**_LOCAL, **SERVICES}
"""Class of each engine; each of its options has a default, which gives the option's type."""


def open_engine(
    name: str,
    options: Mapping[str, Any] = MappingProxyType({}),
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Engine:
    """Return an engine, which starts nothing before the first text.

    Keys of services come from ``environment`` only, which for a program is `os.environ`. A
    service has the options ``timeout`` (in seconds, for one try), ``threads`` (requests at a
    time), ``rate`` (requests per second, 0 for no limit) and ``price`` (of a million
    characters) besides its own. A service whose key is missing raises at its first text.

    Raises:
        UsageError: there is no such engine or option, or an option's value is of a wrong type
            or too small.
    """
    if name not in ENGINES:
        hint = suggestion(name, ENGINES)
        raise UsageError(f"unknown engine '{name}': expected one of {', '.join(ENGINES)}{hint}")
    defaults = default_options(name)
    for option, value in options.items():
        _check_option(name, option, value, defaults)
    if name in _LOCAL:
        return _LOCAL[name](**options)
    service, key = SERVICES[name], _key(name, environment)
    if service.KEY_NEEDED and not key:
        return _UnusableEngine(name, service.traits, f"{name} needs a key: set {service.KEY}")
    common = {option: options.get(option, defaults[option]) for option in ("timeout", *_COMMON)}
    own = {option: value for option, value in options.items() if option not in common}
    private = (key, str(own.get("email", "")))
    connection = Connection(name, timeout=common["timeout"], secrets=private)
    return NetworkEngine(
        service(connection, key, **own), connection, threads=common["threads"], rate=common["rate"]
    )


class _UnusableEngine:
    """Engine of a service whose key is missing."""

    def __init__(self, name: str, traits: Traits, reason: str) -> None:
        self.name = name
        self.traits = traits
        self._reason = reason

    def translate(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> Iterator[tuple[int, Answer | EngineRefused]]:
        """Raise EngineUnavailable with the name of the missing key."""
        raise EngineUnavailable(self._reason)

    def close(self) -> None:
        """Do nothing: nothing is open."""


_COMMON = ("threads", "rate", "price")


def default_options(name: str) -> dict[str, Any]:
    """Return the options of an engine with their defaults."""
    parameters = inspect.signature(ENGINES[name]).parameters.values()
    own = {p.name: p.default for p in parameters if p.name not in ("connection", "key")}
    if name in _LOCAL:
        return own
    bounds = SERVICES[name].bounds
    common = {"timeout": bounds.timeout, "threads": bounds.threads, "rate": bounds.rate}
    return {**common, "price": 0.0, **own}


def _check_option(name: str, option: str, value: Any, defaults: Mapping[str, Any]) -> None:
    # Settings are committed; a key in them would be published.
    if "key" in option and option not in defaults and name in SERVICES and SERVICES[name].KEY:
        variable = SERVICES[name].KEY
        raise UsageError(
            f"a key of '{name}' must not be in the settings: set {variable} in the environment"
        )
    if option not in defaults:
        expected = ", ".join(defaults) or "none"
        raise UsageError(
            f"unknown option '{option}' of engine '{name}': expected one of {expected}"
        )
    if not _has_type_of(value, defaults[option]):
        kind = _KINDS[type(defaults[option])]
        raise UsageError(f"option '{option}' of engine '{name}' must be {kind}, found: {value!r}")
    if option in ("timeout", "threads", "rate", "price") and value < _MINIMUMS[option]:
        raise UsageError(
            f"option '{option}' of engine '{name}' must be at least {_MINIMUMS[option]}, "
            f"found: {value!r}"
        )


_KINDS: dict[type, str] = {
    float: "a number",
    int: "a whole number",
    str: "a string",
    tuple: "a list of strings",
}
_MINIMUMS = {"timeout": 0.1, "threads": 1, "rate": 0, "price": 0}


def _key(name: str, environment: Mapping[str, str]) -> str:
    service = SERVICES[name]
    variables = (service.KEY, *getattr(service, "ALSO", ()))
    return next((environment[v].strip() for v in variables if environment.get(v)), "")


def _has_type_of(value: object, default: object) -> bool:
    if isinstance(default, tuple):
        return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    # Not isinstance, by which True is an int.
    return type(value) is type(default)
