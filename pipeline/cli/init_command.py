"""`pipeline init` at the command line: a new project, or settings for an existing site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.language import is_locale, require_locale
from pipeline.project import SETTINGS_FILE, add_settings, create_project, detect_site

if TYPE_CHECKING:
    from pipeline.cli.arguments import Options
    from pipeline.cli.terminal import Terminal

__all__ = ["run"]

_CODE = re.compile("[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
"""Usual form of a locale; Babel takes ``my-project``, too, as a variant of Burmese."""


def run(options: Options, terminal: Terminal) -> None:
    """Create a project, and print the next command.

    Raises:
        UsageError: a locale or the preset is unknown, or there is a project already.
    """
    root = Path(options.folder)
    source, locales = _languages(options)
    site = detect_site(root, options.preset or "")
    if site is None:
        _create(terminal, root, source or "en", locales)
    else:
        terminal.tell(f"site generator: {site.preset} ({site.evidence})")
        written = add_settings(root, site, source, locales)
        if site.preset == "jekyll":
            terminal.tell("add 'exclude: [locales, pipeline.toml]' to _config.yml")
        if not (locales or site.others):
            terminal.tell(
                f"no second language found, so 'locales' is fr; change it in {SETTINGS_FILE}"
            )
        for path in written:
            terminal.tell(f"wrote {root / path}")
    change_folder = "" if root == Path() else f"cd {root} && "
    terminal.tell(f"next: {change_folder}pipeline run --drafts")


def _languages(options: Options) -> tuple[str, tuple[str, ...]]:
    """Return the languages of articles and translations, empty if they are not given."""
    names = [name for part in re.split("[,;]", options.locales or "") for name in _split(part)]
    if names and _CODE.fullmatch(options.folder) and is_locale(options.folder):
        # From '--locales fr es', most likely.
        raise UsageError(
            f"'{options.folder}' would be the folder of the project; locales have commas between: "
            f"--locales {','.join([*names, options.folder])} (a folder: ./{options.folder})"
        )
    source = require_locale(options.source) if options.source else ""
    return source, tuple(require_locale(name) for name in names)


def _split(names: str) -> list[str]:
    """Return the locales in a text with blanks between; a language's name may have blanks, too."""
    parts = names.split()
    return parts if all(map(is_locale, parts)) else [names.strip()]


def _create(terminal: Terminal, root: Path, source: str, locales: tuple[str, ...]) -> None:
    """Create a project with an example; without locales, it gets one."""
    targets = locales or (("en",) if source == "fr" else ("fr",))
    for path in create_project(root, source, targets):
        terminal.tell(f"wrote {root / path}")
    if not locales:
        terminal.tell(
            f"no --locales given, so 'locales' is {targets[0]}; change it in {SETTINGS_FILE}"
        )
