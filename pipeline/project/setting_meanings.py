"""What values of settings mean besides their types: locales, paths, patterns, addresses."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.errors import UsageError
from pipeline.language import require_locale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.project.settings_reader import Meaning

__all__ = ["MEANINGS"]


def _locale(_name: str, value: str) -> str:
    return require_locale(value)


def _locales(_name: str, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(require_locale(locale) for locale in value))


def _inside(name: str, value: str) -> str:
    """Refuse a path that leads out of the project; give one as listings of folders have it."""
    if not _is_inside(value):
        raise UsageError(f"setting '{name}' must be a path inside the project, found: {value!r}")
    return posixpath.normpath(value)


def _is_inside(path: str) -> bool:
    return not (not path or path.startswith("/") or ".." in path.split("/") or "\0" in path)


def _folders(name: str, value: Mapping[str, str]) -> Mapping[str, str]:
    """Refuse a folder that leads anywhere else, or that would not be seen in a path."""
    for folder in value.values():
        if not _is_inside(folder) or posixpath.normpath(folder) == "." or "{" in folder:
            message = f"setting '{name}' must hold paths inside the project, found: {folder!r}"
            raise UsageError(message)
    return {require_locale(locale): posixpath.normpath(folder) for locale, folder in value.items()}


def _template(name: str, value: str) -> str:
    if "{lang}" not in value or "{article}" not in value:
        message = f"setting '{name}' must hold {{article}} and {{lang}}, found: {value!r}"
        raise UsageError(message)
    if value.endswith(".html"):
        raise UsageError(f"setting '{name}' is the path of the Markdown file, found: {value!r}")
    return _inside(name, value)


def _source_template(name: str, value: str) -> str:
    if value and "{article}" not in value:
        raise UsageError(f"setting '{name}' must hold {{article}}, found: {value!r}")
    return _inside(name, value) if value else ""


def _address(name: str, value: str) -> str:
    """Refuse what no path can be put behind to make the address of a page."""
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
        raise UsageError(f"setting '{name}' is no regular expression: {error}") from error
    if not {"name"} <= groups <= {"name", "organisation", "handle"}:
        message = f"setting '{name}' needs (?P<name>…), may have organisation and handle, no others"
        raise UsageError(message)
    return value


def _severity(name: str, value: Mapping[str, object]) -> Mapping[str, object]:
    wrong = next((v for v in value.values() if v not in _SEVERITIES), None)
    if wrong is not None:
        message = f"setting '{name}' must hold {', '.join(_SEVERITIES)}, found: {wrong!r}"
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
"""By dotted names; each raises UsageError where the value is none that the setting can have."""
