"""Values of settings from TOML or the environment, checked against their defaults."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pipeline.errors import UsageError
from pipeline.language import require_locale, suggestion

__all__ = ["MEANINGS", "Meaning", "UnfitSetting", "names_of", "override", "read"]

T = TypeVar("T")
Meaning = Callable[[str, Any], object]
"""Conversion of a value to the pipeline's form, from its name and itself; raises UsageError."""


class UnfitSetting(UsageError):
    """Unknown setting, or a value that a setting cannot have."""

    def __init__(self, message: str, path: tuple[str, ...]) -> None:
        super().__init__(message)
        self.path = path
        """Names of the tables and the setting."""


def names_of(settings: Any) -> tuple[str, ...]:
    """Return the names of the settings in a table."""
    return tuple(f.name for f in fields(settings))


def read(
    default: T, data: Mapping[str, object], meant: Mapping[str, Meaning], path: tuple[str, ...] = ()
) -> T:
    """Return a table of settings with the values of a TOML table in place of the defaults.

    ``meant`` has conversions by dotted name. A default that is a dataclass is a table inside the
    table.

    Raises:
        UnfitSetting: an unknown key (the nearest one is named), a wrong type or value.
    """
    names = names_of(default)
    values: dict[str, Any] = {}
    for key, value in data.items():
        here = (*path, key)
        if key not in names:
            hint = suggestion(key, names, otherwise=f"available: {', '.join(names)}")
            raise UnfitSetting(f"unknown setting '{'.'.join(here)}'{hint}", here)
        was = getattr(default, key)
        if is_dataclass(was) and isinstance(value, Mapping):
            values[key] = read(was, value, meant, here)
            continue
        name = ".".join(here)
        try:
            typed = _typed(name, was, value)
            values[key] = meant[name](name, typed) if name in meant else typed
        except UnfitSetting:
            raise
        except UsageError as error:
            raise UnfitSetting(str(error), here) from error
    return replace(default, **values)  # type: ignore[type-var]


def override(settings: T, path: tuple[str, ...], text: str, meant: Mapping[str, Meaning]) -> T:
    """Return the settings with one value set from the text of an environment variable.

    Raises:
        UnfitSetting: a value that the setting cannot have.
    """
    was: Any = settings
    for name in path:
        was = getattr(was, name)
    data: Any = _parsed(was, text)
    for name in reversed(path):
        data = {name: data}
    return read(settings, data, meant)


def _parsed(was: object, text: str) -> object:
    """Parse a text as the type of a setting; return the text itself if that is impossible."""
    if isinstance(was, bool):
        words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
        return words.get(text.lower(), text)
    if isinstance(was, float):
        try:
            return float(text)
        except ValueError:
            return text
    if isinstance(was, tuple):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _typed(name: str, was: object, value: object) -> Any:  # noqa: C901 - one branch for each type
    if isinstance(was, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        expected = "a list of strings"
    elif isinstance(was, bool):
        if isinstance(value, bool):
            return value
        expected = "true or false"
    elif isinstance(was, float):
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        expected = "a number from 0 to 1"
    elif isinstance(was, str):
        if isinstance(value, str):
            return value
        expected = "a string"
    elif is_dataclass(was):
        expected = f"a table, such as [{name}]"
    elif isinstance(value, dict):
        inner = str if name in _OF_STRINGS else dict
        if all(isinstance(item, inner) for item in value.values()):
            return value
        expected = f"a table of {'strings' if inner is str else 'tables'}, such as [{name}.…]"
    else:
        expected = f"a table, such as [{name}]"
    raise UsageError(f"setting '{name}' must be {expected}, found: {value!r}")


_OF_STRINGS = ("check.severity", "folders", "grammar.variants")
"""Tables that hold strings; the others hold tables."""


def _locale(_name: str, value: str) -> str:
    return require_locale(value)


def _locales(_name: str, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(require_locale(locale) for locale in value))


def _inside(name: str, value: str) -> str:
    """Return a path in normal form; raise UsageError if it leads out of the project."""
    if not _is_inside(value):
        raise UsageError(f"setting '{name}' must be a path inside the project, found: {value!r}")
    return posixpath.normpath(value)


def _is_inside(path: str) -> bool:
    return not (not path or path.startswith("/") or ".." in path.split("/") or "\0" in path)


def _folders(name: str, value: Mapping[str, str]) -> Mapping[str, str]:
    """Return the folders in normal form; raise UsageError for one that cannot be used.

    A folder must be inside the project, leave a trace in a path, and hold no placeholder.
    """
    for folder in value.values():
        if not _is_inside(folder) or posixpath.normpath(folder) == "." or "{" in folder:
            message = f"setting '{name}' must contain paths inside the project, found: {folder!r}"
            raise UsageError(message)
    return {require_locale(locale): posixpath.normpath(folder) for locale, folder in value.items()}


def _template(name: str, value: str) -> str:
    if "{lang}" not in value or "{article}" not in value:
        message = f"setting '{name}' must contain {{article}} and {{lang}}, found: {value!r}"
        raise UsageError(message)
    if value.endswith(".html"):
        raise UsageError(f"setting '{name}' must be the path of a Markdown file, found: {value!r}")
    return _inside(name, value)


def _source_template(name: str, value: str) -> str:
    if value and "{article}" not in value:
        raise UsageError(f"setting '{name}' must contain {{article}}, found: {value!r}")
    return _inside(name, value) if value else ""


def _address(name: str, value: str) -> str:
    """Return an address; raise UsageError if no path can be appended to make a page's address."""
    try:
        parts = urlsplit(value)
        right = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        right = False
    if value and (not right or parts.query or parts.fragment):
        expected = "an address such as https://example.org/blog"
        raise UsageError(f"setting '{name}' must be {expected}, found: {value!r}")
    return value


def _pattern(name: str, value: str) -> str:
    try:
        groups = set(re.compile(value).groupindex)
    except re.error as error:
        raise UsageError(f"setting '{name}' is not a regular expression: {error}") from error
    if not {"name"} <= groups <= {"name", "organisation", "handle"}:
        others = "other groups may only be organisation and handle"
        raise UsageError(f"setting '{name}' needs a group (?P<name>…); {others}")
    return value


def _severity(name: str, value: Mapping[str, object]) -> Mapping[str, object]:
    wrong = next((v for v in value.values() if v not in _SEVERITIES), None)
    if wrong is not None:
        message = f"setting '{name}' must contain only {', '.join(_SEVERITIES)}, found: {wrong!r}"
        raise UsageError(message)
    return value


def _heading_ids(name: str, value: str) -> str:
    if value not in _HEADING_IDS:
        message = f"setting '{name}' must be one of {', '.join(_HEADING_IDS)}, found: {value!r}"
        raise UsageError(message)
    return value


_HEADING_IDS = ("anchor", "attribute", "none")
_SEVERITIES = ("error", "warning", "info")
MEANINGS: dict[str, Meaning] = {
    "source": _locale,
    "locales": _locales,
    "article_path": _template,
    "source_path": _source_template,
    "folders": _folders,
    "page_path": _template,
    "catalogue_path": _inside,
    "expert": _pattern,
    "site": _address,
    "heading_ids": _heading_ids,
    "check.severity": _severity,
}
"""Conversions by dotted names; each raises UsageError for a value that the setting cannot have."""
