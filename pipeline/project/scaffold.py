"""Creation of a project: settings, and an example article where there is no site yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import MachineError, UsageError
from pipeline.project.atomic_write import write_refusal
from pipeline.project.find import SETTINGS_FILE, is_project
from pipeline.project.git_files import add_git_files
from pipeline.project.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipeline.project.sites import Site

__all__ = ["add_settings", "create_project"]

_DEFAULTS = Settings()

_SETTINGS = """\
# Settings of the translation pipeline; 'pipeline --help' and the README explain them.
source = "{source}"
locales = [{locales}]
engines = [{engines}]  # tried in this order for missing translations
publish_at = {publish_at}  # share of texts that must be reviewed before a language is published
"""

_ARTICLE = """\
---
title: Three gardeners on the one tool they would never lend
description: What do you keep for yourself?
author: The editors
language: en
---

We asked three gardeners one question: “Which tool would you never lend?”

## Rosa Lindqvist, Hillside Nursery (@rosa_grows)

“My grandmother’s hoe. It is **older than the house**, and it fits no hand but mine.

Lend me your car instead.”

## Tomás Okafor, City Allotments (@tomas_okafor)

“The pruning knife, for three reasons:

1. It is sharp.
2. It stays sharp only with me.
3. Nobody ever brought one back in less than 2 weeks.”

## And finally, our view {#editors}

Write your own list of experts here: one heading for each, `Name, Organisation (@handle)`.
"""


def create_project(root: Path, source: str, locales: tuple[str, ...]) -> tuple[str, ...]:
    """Create a project; return the paths of the files that were written.

    Raises:
        UsageError: there is a project already, or a file that would be overwritten.
        InputError: the source is one of the locales.
        MachineError: a file cannot be written.
    """
    files = _example_files(source, locales)
    # Refuses contradictions before anything is written.
    settings = load_settings(files[SETTINGS_FILE], SETTINGS_FILE, ())
    _require_new(root, files)
    for path, text in files.items():
        _write(root / path, text)
    return (*files, *add_git_files(root, settings))


def _require_new(root: Path, paths: Iterable[str]) -> None:
    if is_project(root):
        raise UsageError(f"{root} is already a project; nothing was written")
    for path in paths:
        if (root / path).exists():
            raise UsageError(f"{root / path} already exists; nothing was written")


def _write(target: Path, text: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise MachineError(write_refusal(str(target), error)) from error


_READS_HEADING_IDS = ("docusaurus", "hugo", "jekyll", "mdbook")
"""Generators that read ``{#id}`` after a heading by default."""
_RESOLVES_PATHS = ("docusaurus", "starlight")
"""Generators that resolve pictures and imports from the folder of a page's file."""

_PREVIEWS = {
    "docusaurus": ('preview_values = { draft = "true" }',),
    "hugo": ('preview_values = { draft = "true" }',),
    # Jekyll publishes all folders but those with an underscore.
    "jekyll": (
        'preview_path = "_preview/{lang}/{article}.md"',
        'preview_values = { published = "false" }',
    ),
    "starlight": ('preview_values = { draft = "true" }',),
}
"""Settings by which generators keep previews back, in whatever folder these are."""

_SITE = """\
# Settings of the translation pipeline for a {preset} site; 'pipeline --help' explains them.
source = "{source}"
locales = [{locales}]
{paths}html = false  # the site generator makes the pages
keys = [{keys}]  # front-matter keys to translate
engines = [{engines}]  # tried in this order for missing translations
publish_at = {publish_at}  # share of texts that must be reviewed before a language is published
"""


def add_settings(root: Path, site: Site, source: str, locales: tuple[str, ...]) -> tuple[str, ...]:
    """Write the settings for an existing site; return the paths of the files that were written.

    Without a source or locales, those of the site are used.

    Raises:
        UsageError: the site is a project already, or one of its languages is unknown.
        InputError: the source is one of the locales.
        MachineError: the file cannot be written.
    """
    site_folders = {site.locale(folder): folder for folder in (site.source, *site.others) if folder}
    source = source or next(iter(site_folders), "en")
    locales = locales or tuple(name for name in site_folders if name != source) or ("fr",)
    lines = [f'source_path = "{site.source_path}"\n'] if site.source_path else []
    lines.append(f'article_path = "{site.article_path}"  # path of each translation\n')
    lines.append(f'page_path = "{site.article_path}"  # path of each built page\n')
    folders = {name: site.folders.get(folder, folder) for name, folder in site_folders.items()}
    others = {name: folders[name] for name in (source, *locales) if folders.get(name, name) != name}
    if others:
        pairs = ", ".join(f'{name} = "{folder}"' for name, folder in others.items())
        lines.append(f"folders = {{ {pairs} }}  # values of {{lang}} in paths\n")
    lines += [f"{line}  # keep previews back\n" for line in _PREVIEWS.get(site.preset, ())]
    if site.preset in _READS_HEADING_IDS:
        lines.append('heading_ids = "attribute"  # write the ids of headings as {#id}\n')
    if site.preset not in _RESOLVES_PATHS:
        lines.append("follow_paths = false  # keep relative paths of images and other files\n")
    text = _SITE.format(
        preset=site.preset,
        source=source,
        locales=_quote(locales),
        paths="".join(lines),
        keys=_quote(site.keys),
        engines=_quote(_DEFAULTS.engines),
        publish_at=_DEFAULTS.publish_at,
    )
    settings = load_settings(text, SETTINGS_FILE, ())
    _require_new(root, (SETTINGS_FILE,))
    _write(root / SETTINGS_FILE, text)
    return (SETTINGS_FILE, *add_git_files(root, settings))


def _example_files(source: str, locales: tuple[str, ...]) -> dict[str, str]:
    """Return the files of a new project by path; the settings come last, as they make it one."""
    settings = _SETTINGS.format(
        source=source,
        locales=_quote(locales),
        engines=_quote(_DEFAULTS.engines),
        publish_at=_DEFAULTS.publish_at,
    )
    return {
        f"source/example/{source}.md": _ARTICLE.replace("language: en", f"language: {source}"),
        SETTINGS_FILE: settings,
    }


def _quote(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
