"""Settings of a project: defaults, then the file, then the environment, then options."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.article import EXPERT_PATTERN, FRONT_MATTER_KEYS, ReadingRules
from pipeline.errors import InputError, UsageError
from pipeline.language import base_locale, is_regional, suggestion
from pipeline.project.settings_reader import (
    CONVERSIONS,
    Conversion,
    SettingError,
    override,
    read,
    setting_names,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.project.settings_reader import Conversion

__all__ = [
    "CheckScope",
    "CheckSettings",
    "Grammar",
    "Settings",
    "has_table",
    "load_settings",
    "with_environment",
]


@dataclass(frozen=True, slots=True)
class CheckScope:
    """Settings of one locale or one article, besides those that hold for all."""

    select: tuple[str, ...] = ()
    """Only these codes; overrides `check.select`, and an article's overrides a locale's."""
    ignore: tuple[str, ...] = ()
    """None of these codes either."""
    words: tuple[str, ...] = ()
    """Further words that are spelt right."""
    grammar: bool = True
    """Proofread it with a grammar engine."""


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """Settings of `pipeline check`."""

    select: tuple[str, ...] = ()
    """Only these codes: whole ones, or beginnings such as `TY`."""
    ignore: tuple[str, ...] = ()
    """None of these: codes, beginnings of codes, or names of grammar rules."""
    words: tuple[str, ...] = ()
    """Words that are spelt right; `locales/<locale>/words.txt` may hold more, one on each line."""
    baseline: str = ""
    """File with the known findings; see `--update-baseline`."""
    severity: Mapping[str, str] = field(default_factory=dict)
    """Another severity for anything that `ignore` could name: `error`, `warning` or `info`."""
    locale: Mapping[str, CheckScope] = field(default_factory=dict)
    """A table for each locale, with `select`, `ignore`, `words` and `grammar`."""
    article: Mapping[str, CheckScope] = field(default_factory=dict)
    """A table for each article, with the same settings."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """Settings of the grammar engine."""

    engine: str = "auto"
    """`lingotweaker` (part of this program), `languagetool` (a server), or `auto`: the server if
    one is set."""
    version: str = ""
    """Required version of the engine, such as `0.2.8`, so that two machines agree."""
    server: str = ""
    """Address of a LanguageTool server; `languagetool` without one starts a server on this
    machine."""
    variants: Mapping[str, str] = field(default_factory=dict)
    """Variants of languages by locale, such as `en = "en-GB"`."""


FRAME_HOSTS = ("player.vimeo.com", "www.youtube-nocookie.com", "www.youtube.com")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a project; the docstring of each field is its documentation."""

    source: str = "en"
    """Locale of the source version."""
    locales: tuple[str, ...] = ()
    """Locales to translate into."""
    article_path: str = "source/{article}/{lang}.md"
    """Path of each version of an article; the article's name may hold slashes."""
    bases: Mapping[str, str] = field(default_factory=dict)
    """Locale from which a regional one takes the texts that it lacks, such as `fr_CA = "fr"`; an
    empty one (`pt_BR = ""`) takes none. By default it is the nearest of the locales in the same
    language and script."""
    source_path: str = ""
    """Path of the source version if it does not fit `article_path`, such as `docs/{article}.md`."""
    folders: Mapping[str, str] = field(default_factory=dict)
    """Text for `{lang}` by locale, if it is not the locale itself, such as `pt_BR = "pt-br"`."""
    page_path: str = "build/{lang}/{article}.md"
    """Path of each built article that may be published; the page has the ending ``.html``."""
    preview_path: str = "preview/{lang}/{article}.md"
    """Path of each preview, which `--drafts` builds and nobody should deploy; its ending is that of
    `page_path`."""
    preview_values: Mapping[str, str] = field(default_factory=dict)
    """Front-matter values of each preview in Markdown, as YAML, such as `draft = "true"`, for a
    generator of sites that keeps such pages back."""
    html: bool = True
    """Write a page in HTML beside each built article; not for sites that a generator makes."""
    catalogue_path: str = "locales"
    """Folder of the catalogues."""
    locations: str = "file"
    """Place of a text in the lines ``#:`` of new catalogues: ``file`` (the path alone, so that an
    edit does not change the lines of all texts below it), ``full`` (path and line) or ``none``.
    `pipeline migrate` brings existing catalogues to it."""
    contact: str = ""
    """E-mail address, or address of a page, for questions about the texts; the header field
    ``Report-Msgid-Bugs-To`` of new catalogues."""
    keys: tuple[str, ...] = FRONT_MATTER_KEYS
    """Front-matter keys to translate, as dotted paths; each item of a list is a text. With
    ``html = false`` the default lacks ``category`` and ``tags``, by which generators of sites make
    addresses and collect pages."""
    expert: str = EXPERT_PATTERN
    """Pattern of a level-2 heading that opens an expert's section. While it is the default, other
    usual forms are recognised, too; another pattern decides alone. Its groups ``name``,
    ``organisation`` and ``handle`` are never translated."""
    hard_wrap: str = "auto"
    """``true`` where readers see each line break of the source, so that texts keep them all;
    ``false`` where only hard ones show; ``auto`` keeps them in a vault of Obsidian, which is a
    folder with ``.obsidian`` in it."""
    terms: tuple[str, ...] = ()
    """Further words and names that are never translated."""
    engines: tuple[str, ...] = ("memory", "google", "apertium")
    """Translation engines, tried in this order for each unit."""
    offline: bool = False
    """Use only engines that need no network."""
    memory_threshold: float = 0.8
    """Minimum similarity (0 to 1) of a reviewed source for its translation to become a draft."""
    align_confidence: float = 0.8
    """Confidence (0 to 1) below which an aligned text always remains a draft."""
    align_accept: bool = False
    """Take sure alignments as reviewed, not as drafts."""
    publish_at: float = 1.0
    """Share (0 to 1) of an article's words that must be reviewed before a locale is published for
    the first time; title and description always must be. Once published, it stays so."""
    stale: str = "translation"
    """What a published page shows of a text whose source changed since its review: the last
    reviewed ``translation``, or the words of the ``source``."""
    missing: str = "omit"
    """What a published page does with a text that has no reviewed translation yet: ``omit`` it,
    with its section if all of that is new, or show the words of the ``source``."""
    heading_ids: str = "anchor"
    """Form in which translated headings keep the ids that links lead to: ``anchor`` (``<a id="…">``
    before the text, for links of the same article), ``attribute`` (``{#…}`` after it, for links of
    other articles, too) or ``none``."""
    follow_paths: bool = True
    """Change relative paths of files (pictures, imports) in a page so that they lead from its
    folder to the same files as in the source; ``false`` for generators of sites that do not resolve
    them from the folders of the files."""
    site: str = ""
    """Address under which the folder of the pages is published; used for ``canonical``,
    ``hreflang`` and the site map."""
    frame_hosts: tuple[str, ...] = FRAME_HOSTS
    """Hosts of which pages in HTML show frames (``<iframe>``); every other frame becomes a link."""
    quotation_note: bool = True
    """Say below the headline of a page in HTML that its quotations were translated, and from which
    language."""
    engine: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Options of the engines, a table for each."""
    check: CheckSettings = CheckSettings()
    """Settings of `pipeline check`; see below."""
    grammar: Grammar = Grammar()
    """Settings of the grammar engine; see below."""

    def base_locales(self, locale: str) -> tuple[str, ...]:
        """Return the locales from which a regional one takes the texts that it lacks, in order."""
        bases = [locale]
        while True:
            base = self.bases.get(bases[-1])
            base = base_locale(bases[-1], self.locales) if base is None else base
            if not base or base in bases:
                return tuple(bases[1:])
            bases.append(base)

    @property
    def rules(self) -> ReadingRules:
        """Rules for the reader of articles."""
        hard_wrap = self.hard_wrap == "true"
        return ReadingRules(frozenset(self.keys), re.compile(self.expert), hard_wrap)


_IDENTIFIERS = ("category", "tags")
"""Keys whose values are words on our pages, and may be identifiers on those of a generator."""
_TABLES = ("engine", "check", "grammar")
_PREFIX = "PIPELINE_"
_TYPO_SIMILARITY = 0.85
"""Minimum similarity (0 to 1) to a setting at which an unknown variable with the prefix is an
error; variables of other programs may begin with the prefix, too."""


def has_table(text: str, table: tuple[str, ...]) -> bool:
    """Return whether a TOML text has a table; if it is not TOML, whether it seems to have it."""
    try:
        data: Any = tomllib.loads(text)
    except (ValueError, RecursionError):
        # Settings with a syntax error must be recognised, so that the error is reported.
        return _find_header(text, table) is not None
    for name in table:
        data = data.get(name) if isinstance(data, dict) else None
    return data is not None


def load_settings(text: str, display_path: str, table: tuple[str, ...]) -> Settings:
    """Read the settings from a TOML text.

    ``table`` holds the keys of the table with the settings; messages name the file by its
    ``display_path``.

    Raises:
        InputError: not TOML, an unknown key (the nearest one is named), a wrong type or value.
    """
    try:
        data: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # RecursionError: nested too deeply
        # Before Python 3.14 the line is only in the message; an error at the end has none.
        line_number = re.search(r"line (\d+)", str(error))
        line = int(line_number[1]) if line_number else text.count("\n") + 1
        raise InputError(f"invalid TOML: {error}", display_path, line) from error
    for name in table:
        data = data.get(name, {})
        if not isinstance(data, dict):
            raise InputError(f"[{'.'.join(table)}] must be a table, found: {data!r}", display_path)
    if data.get("html") is False:
        data = {"keys": [key for key in FRONT_MATTER_KEYS if key not in _IDENTIFIERS]} | data
    try:
        return _require_consistent(read(Settings(), data, _CONVERSIONS))
    except SettingError as error:
        line = _find_line(text, error.path[-1], (*table, *error.path[:-1]))
        raise InputError(str(error), display_path, line) from error
    except UsageError as error:
        raise InputError(str(error), display_path) from error


def with_environment(settings: Settings, environment: Mapping[str, str]) -> Settings:
    """Override settings by variables such as ``PIPELINE_OFFLINE=1`` and ``PIPELINE_LOCALES=fr,es``.

    Empty variables are ignored.

    Raises:
        UsageError: an invalid value, or a name that is nearly that of a setting.
    """
    names = _variables()
    for variable, text in environment.items():
        if variable in names and text:
            try:
                settings = override(settings, names[variable], text, _CONVERSIONS)
            except UsageError as error:
                raise UsageError(f"environment variable {variable}: {error}") from error
        elif variable.startswith(_PREFIX) and variable not in names:
            hint = suggestion(variable, names, _TYPO_SIMILARITY)
            if hint:
                raise UsageError(f"unknown environment variable {variable}{hint}")
    return _require_consistent(settings)


def _variables() -> dict[str, tuple[str, ...]]:
    """Return the path of each setting that a variable can set, by the variable's name."""
    by_variable = {
        _PREFIX + name.upper(): (name,) for name in setting_names(Settings()) if name not in _TABLES
    }
    return {**by_variable, "PIPELINE_LANGUAGETOOL_URL": ("grammar", "server")}


def _read_scopes(name: str, value: Mapping[str, Mapping[str, object]]) -> Mapping[str, CheckScope]:
    path = tuple(name.split("."))
    return {
        scope: read(CheckScope(), options, {}, (*path, scope)) for scope, options in value.items()
    }


_CONVERSIONS: dict[str, Conversion] = {
    **CONVERSIONS,
    "check.locale": _read_scopes,
    "check.article": _read_scopes,
}


def _require_consistent(settings: Settings) -> Settings:
    """Return the settings; raise UsageError if they contradict each other."""
    if settings.source in settings.locales:
        message = f"setting 'locales' must not contain '{settings.source}', the source language"
        raise UsageError(message)
    if settings.page_path == settings.source_path:
        raise UsageError(
            "settings 'page_path' and 'source_path' must differ; builds would overwrite the source"
        )
    if settings.preview_path in (settings.page_path, settings.article_path):
        raise UsageError(
            "settings 'preview_path' and 'page_path' or 'article_path' must differ; previews would "
            "overwrite pages or versions"
        )
    _require_distinct_folders(settings)
    for locale, base in settings.bases.items():
        problem = ""
        if locale not in settings.locales or (base and base not in settings.locales):
            problem = "both must be among the setting 'locales'"
        elif base and not is_regional(locale, base):
            problem = "they are not of one language and one script"
        if problem:
            message = f"setting 'bases': '{locale}' cannot take texts from '{base}': {problem}"
            raise SettingError(message, ("bases",))
    return settings


def _require_distinct_folders(settings: Settings) -> None:
    """Raise UnfitSetting if two locales have the same folder."""
    in_place = settings.page_path == settings.article_path
    # A source with a path of its own is its own page, so that no folder of a language holds it.
    source_is_elsewhere = in_place and settings.source_path
    locale_of_folder: dict[str, str] = {}
    for locale in settings.locales if source_is_elsewhere else (settings.source, *settings.locales):
        folder = settings.folders.get(locale, locale)
        other = locale_of_folder.setdefault(folder, locale)
        if other != locale:
            message = f"setting 'folders': '{other}' and '{locale}' share the folder '{folder}'; "
            raise SettingError(message + "their pages would overwrite each other", ("folders",))


def _find_header(text: str, table: tuple[str, ...]) -> re.Match[str] | None:
    """Return a match at the beginning of a table, or of the first table inside it."""
    name = r"[ \t]*\.[ \t]*".join(map(re.escape, table))
    return re.search(rf"^[ \t]*\[[ \t]*{name}[ \t]*[.\]]", text, re.M)


def _find_line(text: str, key: str, table: tuple[str, ...]) -> int:
    """Return the line of a key of the table, from 1; 0 if it is written in an unusual way."""
    header = _find_header(text, table) if table else None
    # A key may be dotted, quoted, or the name of a table.
    dotted = r"""(?:\[[ \t]*)?(?:[\w"'-]+[ \t]*\.[ \t]*)*["']?"""
    pattern = re.compile(rf"""^[ \t]*{dotted}{re.escape(key)}["']?[ \t]*[=.\]]""", re.M)
    match = pattern.search(text, header.start() if header else 0)
    return text.count("\n", 0, match.start()) + 1 if match else 0
