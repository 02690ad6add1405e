"""Detection of existing sites: their generator, their languages and the paths of their files."""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import MachineError, UsageError
from pipeline.language import is_locale, require_locale
from pipeline.markdown import yaml_mapping
from pipeline.project.atomic_write import read_regular
from pipeline.project.folder_walk import FolderWalk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path


__all__ = ["PRESETS", "Site", "detect_site"]


class Site(NamedTuple):
    """Facts about a site; languages as the site spells them."""

    preset: str
    evidence: str
    """File by which it was recognised, or ``--preset``."""
    article_path: str
    source_path: str = ""
    source: str = ""
    """Source language; empty if the site does not name it."""
    others: tuple[str, ...] = ()
    keys: tuple[str, ...] = ("title", "description", "summary")
    """Front-matter keys whose values readers see."""
    folders: Mapping[str, str] = {}
    """Names of languages in paths, if they are not the languages themselves."""

    def locale(self, folder: str) -> str:
        """Return the locale for the folder of a language.

        Raises:
            UsageError: the locale does not exist.
        """
        return require_locale(folder)

    def is_language(self, folder: str) -> bool:
        """Return whether a folder is named after a language."""
        return is_locale(folder)


def detect_site(root: Path, preset: str = "") -> Site | None:
    """Return the site in a folder, or None; ``preset`` names its generator, if it is known.

    Raises:
        UsageError: there are several generators, or the preset is unknown.
        MachineError: a configuration or a folder of texts cannot be read.
    """
    if preset:
        if preset not in PRESETS:
            raise UsageError(f"unknown preset '{preset}'; available: {', '.join(PRESETS)}")
        site = PRESETS[preset](root, _first_file(root, ()) or "")
        return _with_languages(root, site) if site else None
    sites = [site for detect in PRESETS.values() if (site := detect(root, None))]
    if len(sites) > 1:
        names = " and ".join(f"{site.preset} ({site.evidence})" for site in sites)
        raise UsageError(
            f"several site generators found: {names}; choose one, as in --preset {sites[0].preset}"
        )
    return _with_languages(root, sites[0]) if sites else None


def _with_languages(root: Path, site: Site) -> Site:
    """Add the languages of a site that names none: those in which a source text has a version."""
    if site.others:
        return site
    names = {"{article}": "(?P<article>.+)", "{lang}": r"(?P<lang>[\w-]+)"}
    parts = re.split(r"(\{\w+\})", site.article_path)
    template = re.compile("".join(names.get(part, re.escape(part)) for part in parts))
    source_path = (site.source_path or site.article_path).replace("{lang}", site.source)
    languages = set()
    for path in _files(root, parts[0].rpartition("/")[0], posixpath.splitext(source_path)[1]):
        version = template.fullmatch(path)
        if version and (root / source_path.replace("{article}", version["article"])).is_file():
            languages.add(version["lang"])
    others = sorted(name for name in languages - {site.source} if site.is_language(name))
    return site._replace(others=tuple(others))


def _first_file(root: Path, names: Iterable[str]) -> str | None:
    """Return the first of some files that exists."""
    return next((name for name in names if (root / name).is_file()), None)


def _hugo(root: Path, config: str | None) -> Site | None:
    names = [
        f"{stem}.{end}" for stem in ("hugo", "config") for end in ("toml", "yaml", "yml", "json")
    ]
    config_file = _first_file(root, (*names, *(f"config/_default/{name}" for name in names)))
    data = _read_data(root, config_file)
    languages = _as_table(data.get("languages"))
    for end in ("toml", "yaml", "json"):
        languages |= _read_data(root, f"config/_default/languages.{end}")
    # Where a setting is missing, its default in Hugo applies, here and below.
    source = str(data.get("defaultContentLanguage", "en"))
    others = tuple(name for name in languages if name != source)
    common_folder = _normal_folder(data.get("contentDir", "content"))
    content = {
        name: _normal_folder(_as_table(languages.get(name)).get("contentDir") or common_folder)
        for name in (source, *others)
    }
    if config is None and not (config_file and any((root / f).is_dir() for f in content.values())):
        return None
    path, source_path, folders = _hugo_paths(root, source, content)
    keys = ("title", "linkTitle", "description", "summary")
    return Site("hugo", config_file or "--preset", path, source_path, source, others, keys, folders)


def _hugo_paths(
    root: Path, source: str, content: Mapping[str, str]
) -> tuple[str, str, Mapping[str, str]]:
    """Return the paths of versions and of the source, and the names of languages in them."""
    top = posixpath.commonpath(content.values())
    versions, source_path = (
        posixpath.join(top, path) for path in ("{lang}/{article}.md", "{article}.md")
    )
    if len({*content.values()}) > 1:
        source_at_top = content[source] == top
        content_below_top = {name: folder for name, folder in content.items() if folder != top}
        folders = {
            name: posixpath.relpath(folder, top or ".")
            for name, folder in content_below_top.items()
        }
        return versions, source_path if source_at_top else "", folders
    if posixpath.basename(top) == source:
        return posixpath.join(posixpath.dirname(top), "{lang}/{article}.md"), "", {}
    if (root / top / source).is_dir():
        return versions, "", {}
    beside_source = posixpath.join(top, "{article}.{lang}.md")
    return beside_source, "" if any(_files(root, top, f".{source}.md")) else source_path, {}


def _docusaurus(root: Path, config: str | None) -> Site | None:
    config_file = _first_file(
        root, [f"docusaurus.config.{end}" for end in ("ts", "js", "mjs", "cjs")]
    )
    if config is None and config_file is None:
        return None
    text = _read(root, config_file)
    default = re.search(r"defaultLocale:\s*['\"]([\w-]+)", text)
    locales = re.search(r"locales:\s*\[([^\]]*)\]", text)
    names = re.findall(r"['\"]([\w-]+)['\"]", locales[1]) if locales else []
    source = default[1] if default else "en"
    end = _usual_ending(root, "docs")
    return Site(
        "docusaurus",
        config_file or "--preset",
        "i18n/{lang}/docusaurus-plugin-content-docs/current/{article}" + end,
        "docs/{article}" + end,
        source,
        tuple(name for name in names if name != source),
        ("title", "description", "sidebar_label", "pagination_label"),
    )


def _mkdocs(root: Path, config: str | None) -> Site | None:
    config_file = _first_file(root, ("mkdocs.yml", "mkdocs.yaml"))
    if config is None and config_file is None:
        return None
    data = _read_data(root, config_file)
    folder = _normal_folder(data.get("docs_dir", "docs"))
    # Languages are configured in mkdocs-static-i18n; an entry of the list may be a plain string.
    plugins = data.get("plugins")
    plugin_list = plugins if isinstance(plugins, list) else []
    plugin = next(
        (_as_table(p["i18n"]) for p in plugin_list if isinstance(p, dict) and "i18n" in p), {}
    )
    languages = [lang for lang in plugin.get("languages") or [] if isinstance(lang, dict)]
    names = [str(lang.get("locale")) for lang in languages]
    source = next((str(lang.get("locale")) for lang in languages if lang.get("default")), "en")
    others = tuple(name for name in names if name != source)
    in_folders = plugin.get("docs_structure") == "folder" or (root / folder / source).is_dir()
    if in_folders:
        path = posixpath.join(folder, "{lang}/{article}.md")
        return Site("mkdocs", config_file or "--preset", path, "", source, others)
    path, source_path = (
        posixpath.join(folder, name) for name in ("{article}.{lang}.md", "{article}.md")
    )
    return Site("mkdocs", config_file or "--preset", path, source_path, source, others)


_STARLIGHT_KEYS = (
    "title",
    "description",
    "hero.title",
    "hero.tagline",
    "hero.image.alt",
    "hero.actions.text",
    "banner.content",
    "prev.label",
    "next.label",
    "sidebar.label",
    "sidebar.badge.text",
)


def _starlight(root: Path, config: str | None) -> Site | None:
    config_file = _first_file(root, [f"astro.config.{end}" for end in ("mjs", "ts", "js", "mts")])
    text = _read(root, config_file)
    if config is None and "starlight" not in text:
        return None
    folder = "src/content/docs"
    block = re.search(r"locales:\s*\{(.*)", text, re.S)
    default = re.search(r"defaultLocale:\s*['\"]([\w-]+)", text)
    names = re.findall(r"['\"]?([\w-]+)['\"]?:\s*\{[^{}]*label", block[1]) if block else []
    root_language = re.search(r"\broot:\s*\{[^{}]*lang:\s*['\"]([\w-]+)", text)
    # Starlight has the pages of a locale named root in no folder of a language.
    at_root = not names or "root" in names or (default is not None and default[1] == "root")
    source = root_language[1] if root_language else default[1] if default else "en"
    end = _usual_ending(root, folder)
    return Site(
        "starlight",
        config_file or "--preset",
        folder + "/{lang}/{article}" + end,
        f"{folder}/{{article}}{end}" if at_root else "",
        "en" if source == "root" else source,
        tuple(name for name in names if name not in ("root", source)),
        _STARLIGHT_KEYS,
    )


def _jekyll(root: Path, config: str | None) -> Site | None:
    config_file = _first_file(root, ("_config.yml", "_config.yaml"))
    if config is None and config_file is None:
        return None
    data = _read_data(root, config_file)
    # The settings of jekyll-polyglot; _i18n is the folder of jekyll-multiple-languages-plugin.
    names = [str(name) for name in data.get("languages") or []]
    source = str(data.get("default_lang") or data.get("lang") or (names or ["en"])[0])
    others = tuple(name for name in names if name != source)
    folder, path, source_path = "_posts", "{lang}/_posts/{article}", "_posts/{article}"
    if (root / "_i18n").is_dir():
        folder, path, source_path = f"_i18n/{source}", "_i18n/{lang}/{article}", ""
    elif not (root / "_posts").is_dir() and (root / source).is_dir():
        folder, path, source_path = source, "{lang}/{article}", ""
    end = _usual_ending(root, folder, ".markdown")
    return Site(
        "jekyll",
        config_file or "--preset",
        path + end,
        source_path and source_path + end,
        source,
        others,
    )


def _mdbook(root: Path, config: str | None) -> Site | None:
    config_file = _first_file(root, ("book.toml",))
    if config is None and config_file is None:
        return None
    book = _as_table(_read_data(root, config_file).get("book"))
    folder = _normal_folder(book.get("src", "src"))
    source = str(book.get("language", "en"))
    source_path = posixpath.join(folder, "{article}.md")
    # mdBook has no place for translations; a folder beside src keeps them out of the book.
    path = "translations/{lang}/" + source_path
    return Site("mdbook", config_file or "--preset", path, source_path, source)


PRESETS: dict[str, Callable[[Path, str | None], Site | None]] = {
    "hugo": _hugo,
    "docusaurus": _docusaurus,
    "mkdocs": _mkdocs,
    "starlight": _starlight,
    "jekyll": _jekyll,
    "mdbook": _mdbook,
}
"""Detectors by name; each returns None for any other folder, unless a configuration is passed."""


def _read(root: Path, name: str | None) -> str:
    if not name:
        return ""
    try:
        return read_regular(root / name).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError as error:
        raise MachineError(f"{name}: cannot be read: {error.strerror}") from error


def _read_data(root: Path, name: str | None) -> dict[str, Any]:
    """Read a configuration file; return an empty one if it is missing or invalid."""
    if not name or not (root / name).is_file():
        return {}
    text = _read(root, name)
    try:
        if name.endswith(".toml"):
            return tomllib.loads(text)
        return _as_table(json.loads(text)) if name.endswith(".json") else yaml_mapping(text)
    except (ValueError, RecursionError):
        return {}


def _as_table(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}


def _normal_folder(value: object) -> str:
    """Return a folder of a configuration in normal form; empty for the folder of the site."""
    path = posixpath.normpath(str(value)).strip("/")
    return "" if path == "." else path


def _files(root: Path, folder: str, ending: str) -> Iterator[str]:
    """Yield the paths of files with an ending in a folder and below.

    Raises:
        MachineError: a folder cannot be read.
    """
    walk = FolderWalk(root)
    yield from (path for path, _ in walk.files(folder) if path.endswith(ending))
    for error in walk.errors().values():
        raise error


def _usual_ending(root: Path, folder: str, other: str = ".mdx") -> str:
    """Return the ending of most texts in a folder, ``.md`` or another one."""
    plain, others = (sum(1 for _ in _files(root, folder, end)) for end in (".md", other))
    return other if others > plain else ".md"
