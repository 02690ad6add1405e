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
    from collections.abc import Callable, Mapping

__all__ = ["Settings", "has_table", "load", "with_environment"]


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
_TYPO = 0.85
"""Variables of other programs begin with the prefix, too; only one so like a setting is wrong."""


def has_table(text: str, table: tuple[str, ...]) -> bool:
    """Tell whether a TOML text has a table; where it is not TOML, whether it seems to have it."""
    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return _header(text, table) is not None
    for name in table:
        data = data.get(name) if isinstance(data, dict) else None
    return data is not None


def load(text: str, shown: str, table: tuple[str, ...]) -> Settings:
    """Read the settings from a TOML text; ``table`` is where in it they are.

    Raises:
        InputError: not TOML, an unknown key (the nearest one is named), a wrong type or value.
    """
    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise InputError(f"not TOML: {error}", shown, line) from error
    for name in table:
        data = data.get(name, {})
        if not isinstance(data, dict):
            raise InputError(f"[{'.'.join(table)}] must be a table, found: {data!r}", shown)
    values: dict[str, Any] = {}
    for key, value in data.items():
        try:
            values[key] = _value(key, value)
        except UsageError as error:
            raise InputError(str(error), shown, _line_of(text, key, table)) from error
    try:
        return _consistent(Settings(**values))
    except UsageError as error:
        raise InputError(str(error), shown) from error


def with_environment(settings: Settings, environment: Mapping[str, str]) -> Settings:
    """Override settings by variables such as ``PIPELINE_OFFLINE=1`` and ``PIPELINE_LOCALES=fr,es``.

    An empty variable counts as none.

    Raises:
        UsageError: a value that the setting cannot have, or a name that is nearly a setting's.
    """
    names = {_PREFIX + name.upper(): name for name in _NAMES if name != "engine"}
    values: dict[str, Any] = {}
    for variable, text in environment.items():
        if variable in names and text:
            name = names[variable]
            try:
                values[name] = _value(name, _parsed(name, text))
            except UsageError as error:
                raise UsageError(f"environment variable {variable}: {error}") from error
        elif variable.startswith(_PREFIX) and variable not in names:
            close = nearest(variable, names, _TYPO)
            if close:
                message = f"unknown environment variable {variable}; did you mean '{close}'?"
                raise UsageError(message)
    return _consistent(replace(settings, **values)) if values else settings


def _parsed(name: str, text: str) -> object:
    """Read a variable as the type that the setting has; give the text where it is none."""
    default = getattr(_DEFAULTS, name)
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


def _value(name: str, value: object) -> object:
    """Give a setting's value as the pipeline keeps it.

    Raises:
        UsageError: there is no such setting, or it cannot have this value.
    """
    if name not in _NAMES:
        close = nearest(name, _NAMES, 0.4)
        hint = f"did you mean '{close}'?" if close else f"the settings are {', '.join(_NAMES)}"
        raise UsageError(f"unknown setting '{name}'; {hint}")
    typed = _typed(name, value)
    return _MEANT[name](name, typed) if name in _MEANT else typed


def _typed(name: str, value: object) -> Any:
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
        expected = "a table for each engine, such as [engine.google]"
    raise UsageError(f"setting '{name}' must be {expected}, found: {value!r}")


def _locale(_name: str, value: str) -> str:
    return require(value)


def _locales(_name: str, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(require(locale) for locale in value))


def _inside(name: str, value: str) -> str:
    """Refuse a path that leads out of the project."""
    if not value or value.startswith("/") or ".." in value.split("/") or "\0" in value:
        raise UsageError(f"setting '{name}' must be a path inside the project, found: {value!r}")
    return value.rstrip("/")


def _template(name: str, value: str) -> str:
    if "{lang}" not in value or "{article}" not in value:
        message = f"setting '{name}' must hold {{article}} and {{lang}}, found: {value!r}"
        raise UsageError(message)
    if value.endswith(".html"):
        raise UsageError(f"setting '{name}' is the path of the Markdown file, found: {value!r}")
    return _inside(name, value)


def _pattern(name: str, value: str) -> str:
    try:
        groups = set(re.compile(value).groupindex)
    except re.error as error:
        raise UsageError(f"setting '{name}' is no regular expression: {error}") from error
    if not {"name"} <= groups <= {"name", "organisation", "handle"}:
        message = f"setting '{name}' needs (?P<name>…), may have organisation and handle, no others"
        raise UsageError(message)
    return value


_MEANT: dict[str, Callable[[str, Any], object]] = {
    "source": _locale,
    "locales": _locales,
    "article_path": _template,
    "page_path": _template,
    "catalogue_path": _inside,
    "expert": _pattern,
}
"""What some settings must be besides their type."""


def _consistent(settings: Settings) -> Settings:
    """Refuse settings that contradict each other."""
    if settings.source in settings.locales:
        message = f"'{settings.source}' is the source; 'locales' are those to translate into"
        raise UsageError(message)
    if settings.page_path == settings.article_path:
        raise UsageError("'page_path' is the same as 'article_path'; a build would overwrite it")
    return settings


def _header(text: str, table: tuple[str, ...]) -> re.Match[str] | None:
    """Find where a table begins, or the first of those in it."""
    name = r"[ \t]*\.[ \t]*".join(map(re.escape, table))
    return re.search(rf"^[ \t]*\[[ \t]*{name}[ \t]*[.\]]", text, re.M)


def _line_of(text: str, key: str, table: tuple[str, ...]) -> int:
    """Find the line of a key of the table, from 1; 0 where it is written in an unusual way."""
    header = _header(text, table) if table else None
    dotted = r"""(?:\[[ \t]*)?(?:[\w"'-]+[ \t]*\.[ \t]*)*["']?"""
    pattern = re.compile(rf"""^[ \t]*{dotted}{re.escape(key)}["']?[ \t]*[=.\]]""", re.M)
    found = pattern.search(text, header.start() if header else 0)
    return text.count("\n", 0, found.start()) + 1 if found else 0
