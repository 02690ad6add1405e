"""Detection of existing sites: their generator, their languages and the paths of their files."""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import UsageError
from pipeline.language import require_locale
from pipeline.markdown import yaml_mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

__all__ = ["PRESETS", "Site", "detect_site"]


class Site(NamedTuple):
    """Facts about a site; languages as the site spells them."""

    preset: str
    why: str
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
        parts = re.split("[-_]", folder)
        sized = {2: str.upper, 4: str.title}
        return require_locale(
            "_".join([parts[0].lower(), *(sized.get(len(p), str)(p) for p in parts[1:])])
        )

    def knows(self, folder: str) -> bool:
        """Return whether a folder is named after a language."""
        try:
            return bool(self.locale(folder))
        except UsageError:
            return False


def detect_site(root: Path, wanted: str = "") -> Site | None:
    """Return the site in a folder, or None; ``wanted`` names the preset to use.

    Raises:
        UsageError: there are several sites, or the wanted preset is unknown.
    """
    if wanted:
        if wanted not in PRESETS:
            raise UsageError(f"unknown preset '{wanted}'; available: {', '.join(PRESETS)}")
        site = PRESETS[wanted](root, _config(root, ()) or "")
        return _with_languages(root, site) if site else None
    found = [site for preset in PRESETS.values() if (site := preset(root, None))]
    if len(found) > 1:
        names = " and ".join(f"{site.preset} ({site.why})" for site in found)
        raise UsageError(
            f"several site generators found: {names}; choose one, as in --preset {found[0].preset}"
        )
    return _with_languages(root, found[0]) if found else None


def _with_languages(root: Path, site: Site) -> Site:
    """Add the languages of a site that names none: those in which a source text has a version."""
    if site.others:
        return site
    names = {"{article}": "(?P<article>.+)", "{lang}": r"(?P<lang>[\w-]+)"}
    parts = re.split(r"(\{\w+\})", site.article_path)
    template = re.compile("".join(names.get(part, re.escape(part)) for part in parts))
    own = (site.source_path or site.article_path).replace("{lang}", site.source)
    languages = set()
    for file in (root / parts[0].rpartition("/")[0]).rglob("*" + posixpath.splitext(own)[1]):
        version = template.fullmatch(file.relative_to(root).as_posix())
        if version and (root / own.replace("{article}", version["article"])).is_file():
            languages.add(version["lang"])
    others = sorted(name for name in languages - {site.source} if site.knows(name))
    return site._replace(others=tuple(others))


def _config(root: Path, names: Iterable[str]) -> str | None:
    """Return the first of some files that exists."""
    return next((name for name in names if (root / name).is_file()), None)


def _hugo(root: Path, config: str | None) -> Site | None:
    names = [
        f"{stem}.{end}" for stem in ("hugo", "config") for end in ("toml", "yaml", "yml", "json")
    ]
    found = _config(root, (*names, *(f"config/_default/{name}" for name in names)))
    data = _data(root, found)
    languages = _table(data.get("languages"))
    for end in ("toml", "yaml", "json"):
        languages |= _data(root, f"config/_default/languages.{end}")
    source = str(data.get("defaultContentLanguage", "en"))
    others = tuple(name for name in languages if name != source)
    every = _folder(data.get("contentDir", "content"))
    content = {
        name: _folder(_table(languages.get(name)).get("contentDir") or every)
        for name in (source, *others)
    }
    if config is None and not (found and any((root / f).is_dir() for f in content.values())):
        return None
    path, own, folders = _hugo_paths(root, source, content)
    keys = ("title", "linkTitle", "description", "summary")
    return Site("hugo", found or "--preset", path, own, source, others, keys, folders)


def _hugo_paths(
    root: Path, source: str, content: Mapping[str, str]
) -> tuple[str, str, Mapping[str, str]]:
    """Return the paths of versions and of the source, and the names of languages in them."""
    top = posixpath.commonpath(content.values())
    versions, own = (posixpath.join(top, path) for path in ("{lang}/{article}.md", "{article}.md"))
    if len({*content.values()}) > 1:
        at_top = content[source] == top
        apart = {name: folder for name, folder in content.items() if folder != top}
        names = {name: posixpath.relpath(folder, top or ".") for name, folder in apart.items()}
        return versions, own if at_top else "", names
    if posixpath.basename(top) == source:
        return posixpath.join(posixpath.dirname(top), "{lang}/{article}.md"), "", {}
    if (root / top / source).is_dir():
        return versions, "", {}
    suffix = posixpath.join(top, "{article}.{lang}.md")
    return suffix, "" if any((root / top).rglob(f"*.{source}.md")) else own, {}


def _docusaurus(root: Path, config: str | None) -> Site | None:
    found = _config(root, [f"docusaurus.config.{end}" for end in ("ts", "js", "mjs", "cjs")])
    if config is None and found is None:
        return None
    text = _text(root, found)
    default = re.search(r"defaultLocale:\s*['\"]([\w-]+)", text)
    locales = re.search(r"locales:\s*\[([^\]]*)\]", text)
    names = re.findall(r"['\"]([\w-]+)['\"]", locales[1]) if locales else []
    source = default[1] if default else "en"
    end = _ending(root / "docs")
    return Site(
        "docusaurus",
        found or "--preset",
        "i18n/{lang}/docusaurus-plugin-content-docs/current/{article}" + end,
        "docs/{article}" + end,
        source,
        tuple(name for name in names if name != source),
        ("title", "description", "sidebar_label", "pagination_label"),
    )


def _mkdocs(root: Path, config: str | None) -> Site | None:
    found = _config(root, ("mkdocs.yml", "mkdocs.yaml"))
    if config is None and found is None:
        return None
    data = _data(root, found)
    folder = _folder(data.get("docs_dir", "docs"))
    plugins = data.get("plugins")
    listed = plugins if isinstance(plugins, list) else []
    plugin = next((_table(p["i18n"]) for p in listed if isinstance(p, dict) and "i18n" in p), {})
    languages = [lang for lang in plugin.get("languages") or [] if isinstance(lang, dict)]
    names = [str(lang.get("locale")) for lang in languages]
    first = next((str(lang.get("locale")) for lang in languages if lang.get("default")), "en")
    others = tuple(name for name in names if name != first)
    in_folders = plugin.get("docs_structure") == "folder" or (root / folder / first).is_dir()
    if in_folders:
        path = posixpath.join(folder, "{lang}/{article}.md")
        return Site("mkdocs", found or "--preset", path, "", first, others)
    path, own = (posixpath.join(folder, name) for name in ("{article}.{lang}.md", "{article}.md"))
    return Site("mkdocs", found or "--preset", path, own, first, others)


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
    found = _config(root, [f"astro.config.{end}" for end in ("mjs", "ts", "js", "mts")])
    text = _text(root, found)
    if config is None and "starlight" not in text:
        return None
    folder = "src/content/docs"
    block = re.search(r"locales:\s*\{(.*)", text, re.S)
    default = re.search(r"defaultLocale:\s*['\"]([\w-]+)", text)
    names = re.findall(r"['\"]?([\w-]+)['\"]?:\s*\{[^{}]*label", block[1]) if block else []
    root_language = re.search(r"\broot:\s*\{[^{}]*lang:\s*['\"]([\w-]+)", text)
    at_root = not names or "root" in names or (default is not None and default[1] == "root")
    source = root_language[1] if root_language else default[1] if default else "en"
    end = _ending(root / folder)
    return Site(
        "starlight",
        found or "--preset",
        folder + "/{lang}/{article}" + end,
        f"{folder}/{{article}}{end}" if at_root else "",
        "en" if source == "root" else source,
        tuple(name for name in names if name not in ("root", source)),
        _STARLIGHT_KEYS,
    )


def _jekyll(root: Path, config: str | None) -> Site | None:
    found = _config(root, ("_config.yml", "_config.yaml"))
    if config is None and found is None:
        return None
    data = _data(root, found)
    names = [str(name) for name in data.get("languages") or []]
    source = str(data.get("default_lang") or data.get("lang") or (names or ["en"])[0])
    others = tuple(name for name in names if name != source)
    folder, path, own = "_posts", "{lang}/_posts/{article}", "_posts/{article}"
    if (root / "_i18n").is_dir():
        folder, path, own = f"_i18n/{source}", "_i18n/{lang}/{article}", ""
    elif not (root / "_posts").is_dir() and (root / source).is_dir():
        folder, path, own = source, "{lang}/{article}", ""
    end = _ending(root / folder, ".markdown")
    return Site("jekyll", found or "--preset", path + end, own and own + end, source, others)


def _mdbook(root: Path, config: str | None) -> Site | None:
    found = _config(root, ("book.toml",))
    if config is None and found is None:
        return None
    book = _table(_data(root, found).get("book"))
    folder = _folder(book.get("src", "src"))
    source = str(book.get("language", "en"))
    own = posixpath.join(folder, "{article}.md")
    path = "translations/{lang}/" + own
    return Site("mdbook", found or "--preset", path, own, source)


PRESETS: dict[str, Callable[[Path, str | None], Site | None]] = {
    "hugo": _hugo,
    "docusaurus": _docusaurus,
    "mkdocs": _mkdocs,
    "starlight": _starlight,
    "jekyll": _jekyll,
    "mdbook": _mdbook,
}
"""Detectors by name; each returns None for any other folder, unless a configuration is passed."""


def _text(root: Path, name: str | None) -> str:
    return (root / name).read_text("utf-8", "replace") if name else ""


def _data(root: Path, name: str | None) -> dict[str, Any]:
    """Read a configuration file; return an empty one if it is missing or invalid."""
    if not name or not (root / name).is_file():
        return {}
    text = _text(root, name)
    try:
        if name.endswith(".toml"):
            return tomllib.loads(text)
        return _table(json.loads(text)) if name.endswith(".json") else yaml_mapping(text)
    except (ValueError, RecursionError):
        return {}


def _table(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}


def _folder(value: object) -> str:
    """Return a folder of a configuration in normal form; empty for the folder of the site."""
    path = posixpath.normpath(str(value)).strip("/")
    return "" if path == "." else path


def _ending(folder: Path, other: str = ".mdx") -> str:
    """Return the ending of most texts in a folder, ``.md`` or another one."""
    plain, others = (sum(1 for _ in folder.rglob(f"*{end}")) for end in (".md", other))
    return other if others > plain else ".md"
