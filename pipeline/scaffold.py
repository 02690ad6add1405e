"""A new project: settings and an example article."""

from __future__ import annotations

__all__ = ["files"]

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


def files(source: str, locales: tuple[str, ...]) -> dict[str, str]:
    """Give the files of a new project, by path."""
    names = ", ".join(f'"{locale}"' for locale in locales)
    return {
        "pipeline.toml": _SETTINGS.format(source=source, locales=names),
        f"source/example/{source}.md": _ARTICLE.replace("language: en", f"language: {source}"),
    }
