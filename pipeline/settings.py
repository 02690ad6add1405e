"""Settings of a project: defaults, then the file, then the environment, then options."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from pipeline.article import Rules
from pipeline.errors import InputError, UsageError
from pipeline.languages import require
from pipeline.similar import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Settings", "load", "with_environment"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project can set; each field's docstring is its documentation."""

    source: str = "en"
    """Locale of the source version."""
    locales: tuple[str, ...] = ()
    """Locales to translate into."""
    article_path: str = "source/{article}/{lang}.md"
    """Where the versions of an article are; its name may hold slashes."""
    page_path: str = "build/{lang}/{article}.md"
    """Where built articles go; the page has the ending ``.html``."""
    catalogue_path: str = "locales"
    """Folder of the catalogues."""
    keys: tuple[str, ...] = ("title", "description", "summary", "image_alt")
    """Front-matter keys to translate, as dotted paths."""
    expert: str = r"(?P<name>[^,]+), (?P<organisation>.+?) \((?P<handle>@[^()]*)\)"
    """Pattern of a level-2 heading that opens an expert's section; its groups ``name``,
    ``organisation`` and ``handle`` are never translated."""
    terms: tuple[str, ...] = ()
    """Further words and names that are never translated."""
    engines: tuple[str, ...] = ("memory", "google", "apertium")
    """Translation engines, tried in this order for each unit."""
    offline: bool = False
    """Use only engines that need no network."""
    memory_threshold: float = 0.8
    """How alike (0 to 1) a reviewed source must be for its translation to become a draft."""
    align_confidence: float = 0.8
    """Below this (0 to 1) an aligned text always stays a draft."""
    align_accept: bool = False
    """Take sure alignments as reviewed, not as drafts."""
    publish_at: float = 0.8
    """Share (0 to 1) of units that must be reviewed before a locale is published."""
    site: str = ""
    """Address under which the folder of the pages is published; used for ``hreflang``."""
    engine: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Options of the engines, a table for each."""

    @property
    def rules(self) -> Rules:
        """What the reader of articles must know."""
        return Rules(frozenset(self.keys), re.compile(self.expert))


_NAMES = tuple(f.name for f in fields(Settings))
_DEFAULTS = Settings()
_PREFIX = "PIPELINE_"


def load(text: str, shown: str, table: tuple[str, ...]) -> Settings:
    """Read the settings from a TOML text; ``table`` is where in it they are.

    Raises:
        InputError: not TOML, an unknown key (the nearest one is named), a wrong type or value.
    """
    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise InputError(f"not TOML: {error}", shown, int(found[1]) if found else 0) from error
    for name in table:
        data = data.get(name, {})
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key not in _NAMES:
            raise InputError(_unknown(key), shown, _line_of(text, key))
        try:
            values[key] = _typed(key, value)
        except UsageError as error:
            raise InputError(str(error), shown, _line_of(text, key)) from error
    return _checked(Settings(**values), shown)


def with_environment(settings: Settings, environment: Mapping[str, str]) -> Settings:
    """Override settings by variables such as ``PIPELINE_OFFLINE=1`` and ``PIPELINE_LOCALES=fr,es``.

    Raises:
        UsageError: a value that the setting cannot have.
    """
    values: dict[str, Any] = {}
    for name in _NAMES:
        text = environment.get(_PREFIX + name.upper())
        if text is not None and name != "engine":
            values[name] = _typed(name, _parsed(name, text))
    return _checked(replace(settings, **values), "the environment") if values else settings


def _parsed(name: str, text: str) -> object:
    default = getattr(_DEFAULTS, name)
    if isinstance(default, bool):
        return {"1": True, "true": True, "yes": True}.get(
            text.lower(), False if text.lower() in ("", "0", "false", "no") else text
        )
    if isinstance(default, float):
        try:
            return float(text)
        except ValueError:
            return text
    if isinstance(default, tuple):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _typed(name: str, value: object) -> object:
    default = getattr(_DEFAULTS, name)
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        expected = "a list of strings"
    elif isinstance(default, bool):
        if isinstance(value, bool):
            return value
        expected = "true or false"
    elif isinstance(default, float):
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        expected = "a number from 0 to 1"
    elif isinstance(default, str):
        if isinstance(value, str):
            return value
        expected = "a string"
    elif isinstance(value, dict) and all(isinstance(item, dict) for item in value.values()):
        return value
    else:
        expected = "a table for each engine, such as [tool.pipeline.engine.google]"
    raise UsageError(f"setting '{name}' must be {expected}, found: {value!r}")


def _checked(settings: Settings, shown: str) -> Settings:
    try:
        for name in ("article_path", "page_path"):
            if "{lang}" not in getattr(settings, name) or "{article}" not in getattr(
                settings, name
            ):
                raise UsageError(f"setting '{name}' must hold {{article}} and {{lang}}")
        try:
            pattern = re.compile(settings.expert)
        except re.error as error:
            raise UsageError(f"setting 'expert' is no regular expression: {error}") from error
        if not {"name"} <= set(pattern.groupindex) <= {"name", "organisation", "handle"}:
            raise UsageError("setting 'expert' needs the group (?P<name>…)")
        return replace(
            settings,
            source=require(settings.source),
            locales=tuple(dict.fromkeys(require(locale) for locale in settings.locales)),
        )
    except UsageError as error:
        raise InputError(str(error), shown) from error


def _unknown(key: str) -> str:
    close = nearest(key, _NAMES, 0.4)
    hint = f"; did you mean '{close}'?" if close else f"; the settings are {', '.join(_NAMES)}"
    return f"unknown setting '{key}'{hint}"


def _line_of(text: str, key: str) -> int:
    found = re.search(rf"^\s*\[?[\w.]*\b{re.escape(key)}\b", text, re.M)
    return text.count("\n", 0, found.start() + len(found[0])) + 1 if found else 0
