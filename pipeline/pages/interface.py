"""Interface texts of a page, around the article: read from PO files of their own.

``interface/`` has those that readers see; ``interface/preview/`` those that only translators see.

A phrase with a number in it is two messages, distinguished by msgctxt: ``one`` for the singular and
``other`` for the plural. A language with more forms adds the plural's msgid again under ``zero``,
``two``, ``few`` or ``many``, CLDR's names for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue import load_po
from pipeline.language import base_locale, plural_category, require_locale
from pipeline.model import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.project import Workspace

__all__ = ["Phrase", "Words", "load_words", "page_words"]

_FOLDER = Path(__file__).parent / "interface"
# The msgids are English.
_SOURCE = "en"
_PLACEHOLDER = re.compile(r"%(?:%|\((\w+)\)[ds])")


class Phrase(NamedTuple):
    """Interface text in one place of a page, as plain text."""

    text: str
    locale: str
    """Locale of the text, which is not the page's if nobody has translated it."""

    def fill(self, **values: str) -> Phrase:
        """Replace ``%(name)s`` by values; a name without a value is left alone.

        The % operator is not used, because a translation may hold anything.
        """
        return self._replace(
            text=_PLACEHOLDER.sub(
                lambda match: values.get(match[1], match[0]) if match[1] else "%", self.text
            )
        )


@dataclass(frozen=True, slots=True)
class Words:
    """Interface texts in one language."""

    catalogues: tuple[tuple[str, Mapping[tuple[str, str], str]], ...]
    """Locale, and texts by (msgctxt, msgid); the first locale that has a text is used."""

    def say(self, msgid: str) -> Phrase:
        """Return a phrase without a number, still with its placeholders."""
        for locale, texts in self.catalogues:
            text = texts.get(("", msgid))
            if text:
                return Phrase(text, locale)
        return Phrase(msgid, _SOURCE)

    def count(self, one: str, other: str, number: int) -> Phrase:
        """Return the form of a phrase for a number; ``%(count)d`` is replaced."""
        for locale, texts in self.catalogues:
            category = plural_category(number, locale)
            text = texts.get((category, one if category == "one" else other))
            text = text or texts.get(("other", other))
            if text:
                return Phrase(text, locale).fill(count=str(number))
        return Phrase(one if number == 1 else other, _SOURCE).fill(count=str(number))


def load_words(locale: str, override: Path | None = None) -> Words:
    """Load the interface texts of a language: the project's own, the packaged ones, else English.

    Missing texts are taken from the nearest locale of the same language and script, such as ``pt``
    for ``pt_BR`` or ``zh_Hant`` for ``zh_TW``. Only translations that are not fuzzy count.

    Raises:
        UsageError: Babel does not know the locale.
        InputError: the project's own file is not a PO file.
        OSError: the project's own file cannot be opened.
    """
    name = require_locale(locale)
    catalogues = [(name, _read(override))] if override else []
    while name:
        texts = _packaged(name)
        if texts:
            catalogues.append((name, texts))
        name = base_locale(name, _packaged_locales())
    return Words(tuple(catalogues))


def page_words(workspace: Workspace, locale: str) -> Words:
    """Load the interface texts of a page, the project's own if it has some.

    Raises:
        InputError: the project's own file is not a PO file.
        MachineError: it cannot be read.
    """
    path = workspace.catalogue_path("interface", locale)
    exists = workspace.read(path) is not None
    return load_words(locale, workspace.locate(path) if exists else None)


@cache
def _packaged_locales() -> frozenset[str]:
    return frozenset(path.stem for path in _FOLDER.glob("*.po"))


@cache
def _packaged(locale: str) -> Mapping[tuple[str, str], str]:
    texts: dict[tuple[str, str], str] = {}
    for path in (_FOLDER / f"{locale}.po", _FOLDER / "preview" / f"{locale}.po"):
        if path.is_file():
            texts.update(_read(path))
    return texts


def _read(path: Path) -> Mapping[tuple[str, str], str]:
    units = load_po(path, str(path)).units
    return {unit.key: unit.target for unit in units if unit.state is State.REVIEWED}
