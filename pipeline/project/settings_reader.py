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

__all__ = [
    "CONVERSIONS",
    "Conversion",
    "SettingError",
    "is_reserved",
    "override",
    "read",
    "setting_names",
]

T = TypeVar("T")
Conversion = Callable[[str, Any], object]
"""Conversion of a value to the pipeline's form, from its name and itself; raises UsageError."""


_RESERVED = frozenset((".bzr", ".git", ".hg", ".jj", ".pipeline", ".svn"))
"""Folders in which other programs, or this one, keep their state."""


class SettingError(UsageError):
    """Unknown setting, or a value that a setting cannot have."""

    def __init__(self, message: str, path: tuple[str, ...]) -> None:
        super().__init__(message)
        self.path = path
        """Names of the tables and the setting."""


def is_reserved(path: str) -> bool:
    """Return whether a path is in a folder of this program's state or of a version control."""
    return not _RESERVED.isdisjoint(path.casefold().split("/"))


def setting_names(settings: Any) -> tuple[str, ...]:
    """Return the names of the settings in a table."""
    return tuple(f.name for f in fields(settings))


def read(
    default: T,
    data: Mapping[str, object],
    conversions: Mapping[str, Conversion],
    path: tuple[str, ...] = (),
) -> T:
    """Return a table of settings with the values of a TOML table in place of the defaults.

    ``conversions`` are by dotted name. A default that is a dataclass is a table inside the table.

    Raises:
        UnfitSetting: an unknown key (the nearest one is named), a wrong type or value.
    """
    names = setting_names(default)
    values: dict[str, Any] = {}
    for key, value in data.items():
        key_path = (*path, key)
        if key not in names:
            hint = suggestion(key, names, otherwise=f"available: {', '.join(names)}")
            raise SettingError(f"unknown setting '{'.'.join(key_path)}'{hint}", key_path)
        default_value = getattr(default, key)
        if is_dataclass(default_value) and isinstance(value, Mapping):
            values[key] = read(default_value, value, conversions, key_path)
            continue
        name = ".".join(key_path)
        try:
            converted = _convert(name, default_value, value)
            values[key] = conversions[name](name, converted) if name in conversions else converted
        # Raised by a conversion that reads tables inside the value; its path is more exact.
        except SettingError:
            raise
        except UsageError as error:
            raise SettingError(str(error), key_path) from error
    return replace(default, **values)  # type: ignore[type-var]


def override(
    settings: T, path: tuple[str, ...], text: str, conversions: Mapping[str, Conversion]
) -> T:
    """Return the settings with one value set from the text of an environment variable.

    Raises:
        UnfitSetting: a value that the setting cannot have.
    """
    value: Any = settings
    for name in path:
        value = getattr(value, name)
    data: Any = _parse(value, text)
    for name in reversed(path):
        data = {name: data}
    return read(settings, data, conversions)


def _parse(default: object, text: str) -> object:
    """Parse a text as the type of a setting; return the text itself if that is impossible."""
    if isinstance(default, bool):
        words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
        return words.get(text.lower(), text)
    if isinstance(default, float):
        try:
            return float(text)
        except ValueError:
            return text
    if isinstance(default, tuple):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _convert(name: str, default: object, value: object) -> Any:  # noqa: C901 - a branch per type
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        expected = "a list of strings"
    elif isinstance(default, bool):
        if isinstance(value, bool):
            return value
        expected = "true or false"
    elif isinstance(default, float):
        # In Python, True is an integer; nan fails both comparisons.
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        expected = "a number from 0 to 1"
    elif isinstance(default, str):
        if isinstance(value, bool) and name in _WITH_BOOLEANS:
            return str(value).lower()
        if isinstance(value, str):
            return value
        expected = "true, false or a string" if name in _WITH_BOOLEANS else "a string"
    elif is_dataclass(default):
        expected = f"a table, such as [{name}]"
    elif isinstance(value, dict):
        inner = str if name in _TABLES_OF_STRINGS else dict
        if all(isinstance(item, inner) for item in value.values()):
            return value
        expected = f"a table of {'strings' if inner is str else 'tables'}, such as [{name}.…]"
    else:
        expected = f"a table, such as [{name}]"
    raise UsageError(f"setting '{name}' must be {expected}, found: {value!r}")


_WITH_BOOLEANS = ("hard_wrap",)
"""Words among which are ``true`` and ``false``, which may lack their quotes."""
_TABLES_OF_STRINGS = ("bases", "check.severity", "folders", "grammar.variants", "preview_values")
"""Tables that hold strings; the others hold tables."""


def _locale(_name: str, value: str) -> str:
    return require_locale(value)


def _locales(_name: str, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(require_locale(locale) for locale in value))


def _bases(_name: str, value: Mapping[str, str]) -> Mapping[str, str]:
    return {require_locale(one): base and require_locale(base) for one, base in value.items()}


def _project_path(name: str, value: str) -> str:
    """Return a path in normal form; raise UsageError if it leads out of the project."""
    if not _is_in_project(value):
        raise UsageError(f"setting '{name}' must be a path inside the project, found: {value!r}")
    path = posixpath.normpath(value)
    if is_reserved(path):
        raise UsageError(_reserved_message(name, value))
    return path


def _reserved_message(name: str, value: str) -> str:
    expected = "a path outside the folders of git and of the pipeline's own state"
    return f"setting '{name}' must be {expected}, found: {value!r}"


def _output_path(name: str, value: str) -> str:
    if is_reserved(posixpath.normpath(value)):
        raise UsageError(_reserved_message(name, value))
    return value


def _is_in_project(path: str) -> bool:
    return not (not path or path.startswith("/") or ".." in path.split("/") or "\0" in path)


def _folders(name: str, value: Mapping[str, str]) -> Mapping[str, str]:
    """Return the folders in normal form; raise UsageError for one that cannot be used.

    A folder must be inside the project, leave a trace in a path, and hold no placeholder.
    """
    for folder in value.values():
        if (
            not _is_in_project(folder)
            or posixpath.normpath(folder) == "."
            or "{" in folder
            or is_reserved(folder)
        ):
            message = f"setting '{name}' must contain paths inside the project, found: {folder!r}"
            raise UsageError(message)
    return {require_locale(locale): posixpath.normpath(folder) for locale, folder in value.items()}


def _template(name: str, value: str) -> str:
    if "{lang}" not in value or "{article}" not in value:
        message = f"setting '{name}' must contain {{article}} and {{lang}}, found: {value!r}"
        raise UsageError(message)
    if value.endswith(".html"):
        raise UsageError(f"setting '{name}' must be the path of a Markdown file, found: {value!r}")
    return _project_path(name, value)


def _source_template(name: str, value: str) -> str:
    if value and "{article}" not in value:
        raise UsageError(f"setting '{name}' must contain {{article}}, found: {value!r}")
    return _project_path(name, value) if value else ""


def _address(name: str, value: str) -> str:
    """Return an address; raise UsageError if no path can be appended to make a page's address."""
    try:
        # Both urlsplit and port raise ValueError, for a bad host and a bad number.
        parts = urlsplit(value)
        is_address = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        is_address = False
    if value and (not is_address or parts.query or parts.fragment):
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
    invalid = next((v for v in value.values() if v not in _SEVERITIES), None)
    if invalid is not None:
        message = f"setting '{name}' must contain only {', '.join(_SEVERITIES)}, found: {invalid!r}"
        raise UsageError(message)
    return value


def _one_of(*choices: str) -> Conversion:
    def convert(name: str, value: str) -> str:
        if value not in choices:
            message = f"setting '{name}' must be one of {', '.join(choices)}, found: {value!r}"
            raise UsageError(message)
        return value

    return convert


_SEVERITIES = ("error", "warning", "info")
CONVERSIONS: dict[str, Conversion] = {
    "source": _locale,
    "locales": _locales,
    "article_path": _template,
    "source_path": _source_template,
    "folders": _folders,
    "bases": _bases,
    "page_path": _template,
    "preview_path": _template,
    "stale": _one_of("translation", "source"),
    "missing": _one_of("omit", "source"),
    "catalogue_path": _project_path,
    "expert": _pattern,
    "site": _address,
    "heading_ids": _one_of("anchor", "attribute", "none"),
    "hard_wrap": _one_of("auto", "true", "false"),
    "locations": _one_of("full", "file", "none"),
    "check.baseline": _output_path,
    "check.severity": _severity,
}
"""Conversions by dotted names; each raises UsageError for a value that the setting cannot have."""
