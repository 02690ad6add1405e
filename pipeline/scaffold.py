"""A new project: settings and an example article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import MachineError, UsageError
from pipeline.files import refusal
from pipeline.project import OWN, is_project
from pipeline.settings import load

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["create"]

_SETTINGS = """\
# Settings of the translation pipeline; 'pipeline --help' and its README explain them.
source = "{source}"
locales = [{locales}]
engines = ["memory", "google", "apertium"]  # tried in this order for what is missing
publish_at = 0.8  # share of texts that must be reviewed before a language is published
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


def create(root: Path, source: str, locales: tuple[str, ...]) -> tuple[str, ...]:
    """Make a new project; give the paths that were written.

    Raises:
        UsageError: there is one already, or a file that would be overwritten.
        InputError: the source is one of the locales.
        MachineError: a file cannot be written.
    """
    files = _files(source, locales)
    load(files[OWN], OWN, ())
    if is_project(root):
        raise UsageError(f"{root} is a project already; nothing was written")
    for path in files:
        if (root / path).exists():
            raise UsageError(f"{root / path} is there already; nothing was written")
    for path, text in files.items():
        target = root / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        except OSError as error:
            raise MachineError(refusal(str(target), error)) from error
    return tuple(files)


def _files(source: str, locales: tuple[str, ...]) -> dict[str, str]:
    """Give the files of a new project, by path; the settings last, as they make it one."""
    names = ", ".join(f'"{locale}"' for locale in locales)
    return {
        f"source/example/{source}.md": _ARTICLE.replace("language: en", f"language: {source}"),
        OWN: _SETTINGS.format(source=source, locales=names),
    }
