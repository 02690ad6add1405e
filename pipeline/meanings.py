"""What the values of some settings must be besides their type."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.errors import UsageError
from pipeline.languages import require

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.setting_values import Meaning

__all__ = ["MEANT"]


def _locale(_name: str, value: str) -> str:
    return require(value)


def _locales(_name: str, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(require(locale) for locale in value))


def _inside(name: str, value: str) -> str:
    """Refuse a path that leads out of the project."""
    if not value or value.startswith("/") or ".." in value.split("/") or "\0" in value:
        raise UsageError(f"setting '{name}' must be a path inside the project, found: {value!r}")
    return normpath(value)


def _folders(name: str, value: Mapping[str, str]) -> Mapping[str, str]:
    return {locale: _inside(f"{name}.{locale}", folder) for locale, folder in value.items()}


def _site(name: str, value: str) -> str:
    try:
        address = urlsplit(value)
        good = not value or (address.scheme in ("http", "https") and address.hostname)
    except ValueError:
        good = False
    if not good:
        message = f"setting '{name}' must be such as https://example.org/blog, found: {value!r}"
        raise UsageError(message)
    return value


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
MEANT: Mapping[str, Meaning] = {
    "source": _locale,
    "locales": _locales,
    "article_path": _template,
    "source_path": _source_template,
    "page_path": _template,
    "catalogue_path": _inside,
    "expert": _pattern,
    "heading_ids": _heading_ids,
    "folders": _folders,
    "site": _site,
    "check.severity": _severity,
}
"""By the names of the settings."""
