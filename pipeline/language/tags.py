"""Parse language tags of other tools, and measure their distance from a locale."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["LanguageTag", "parse_tag", "tag_distance"]

_TERRITORY_SCRIPTS = {"zh": {"TW": "Hant", "HK": "Hant", "MO": "Hant", "": "Hans"}}
"""Scripts by territory, else by ``""``, for languages whose tags without a script imply one."""


class LanguageTag(NamedTuple):
    """Parts of a language tag; empty where the tag has none and implies none."""

    language: str
    script: str
    territory: str
    variants: tuple[str, ...]


def parse_tag(tag: str) -> LanguageTag:
    """Parse a tag in any case, separated by any of ``-``, ``_`` and ``@``."""
    language, *rest = re.split(r"[-_@]", tag.strip())
    language = language.lower()
    script = rest.pop(0).title() if rest and re.fullmatch("[A-Za-z]{4}", rest[0]) else ""
    territory = ""
    if rest and re.fullmatch("[A-Za-z]{2}|[0-9]{3}", rest[0]):
        territory = rest.pop(0).upper()
    scripts = _TERRITORY_SCRIPTS.get(language, {"": ""})
    script = script or scripts.get(territory, scripts[""])
    return LanguageTag(language, script, territory, tuple(part.lower() for part in rest))


def tag_distance(tag: LanguageTag, wanted: LanguageTag) -> int | None:
    """Return the distance of a tag from the wanted one: 0 for the same, None if it does not fit.

    ``fr_CA`` is served by ``fr-CA`` (0), then by ``fr`` (1), but not by ``fr-FR``; ``fr`` by ``fr``
    (0), ``fr-FR`` (2), and any other territory (3). The script must be the same.
    """
    if tag[:2] != wanted[:2]:
        return None
    if tag[2:] == wanted[2:]:
        return 0
    if not tag.territory and not tag.variants:
        return 1
    if wanted.territory or wanted.variants:
        return None
    # The country of the same name, such as fr-FR for fr, is nearest.
    return 2 if tag.territory.lower() == tag.language and not tag.variants else 3
