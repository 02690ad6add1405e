"""The catalogues of a project, loaded once and saved only where they changed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.catalogue import Header, PoFile, load_po, render_catalog
from pipeline.errors import InputError
from pipeline.language import name_in, plural_forms

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.model import Catalog
    from pipeline.project.workspace import Workspace

__all__ = ["Catalogues"]

_NO_FILE = PoFile(b"")


class Catalogues:
    """PO files by article and locale; ``now`` is what a date that moves is set to."""

    def __init__(self, workspace: Workspace, now: datetime) -> None:
        self._workspace = workspace
        self._now = now.strftime("%Y-%m-%d %H:%M%z")
        self._files: dict[str, PoFile] = {}
        """As last read."""
        self._lent: dict[str, PoFile] = {}
        """As given to who will save them: whatever is in the file by then, this was read."""

    def load(self, article: str, locale: str) -> Catalog:
        """Give a catalogue to work on, an empty one where there is no file yet.

        Raises:
            InputError: the file is no PO.
        """
        path = self._workspace.catalogue_path(article, locale)
        self._lent[path] = self._file(path)
        return self._lent[path].catalog(article, locale)

    def look(self, article: str, locale: str) -> Catalog:
        """Give a catalogue that will not be saved."""
        path = self._workspace.catalogue_path(article, locale)
        return self._file(path).catalog(article, locale)

    def file(self, article: str, locale: str) -> PoFile:
        """Give a catalogue with the bytes of its entries."""
        return self._file(self._workspace.catalogue_path(article, locale))

    def parse(self, data: bytes, article: str, locale: str) -> Catalog:
        """Read a catalogue from bytes that are in no file of the project."""
        with tempfile.NamedTemporaryFile(suffix=".po") as file:
            file.write(data)
            file.flush()
            shown = self._workspace.catalogue_path(article, locale)
            return load_po(Path(file.name), shown).catalog(article, locale)

    def orphans(self, locale: str) -> tuple[str, ...]:
        """Give the names of the articles that are gone but have a catalogue, sorted."""
        workspace = self._workspace
        before, _, behind = workspace.catalogue_path("\0", locale).partition("\0")
        known = set(workspace.articles())
        found = []
        for file in (workspace.root / before).rglob("*" + behind):
            name = file.relative_to(workspace.root / before).as_posix().removesuffix(behind)
            made_of = workspace.article_path(name, workspace.settings.source)
            # Other programs may keep their messages here, too; those name no article.
            if name not in known and f"#: {made_of}".encode() in _content(file):
                found.append(name)
        return tuple(sorted(found))

    def look_at_template(self, article: str) -> Catalog:
        """Give the template as it is in its file; it will be written anew."""
        return self._file(self._workspace.template_path(article)).catalog(article, "")

    def save(self, catalog: Catalog) -> None:
        """Write a catalogue if it differs from what was loaded.

        Raises:
            ConflictError: another program changed the file since it was loaded.
        """
        path = self._workspace.catalogue_path(catalog.article, catalog.locale)
        loaded = self._lent.pop(path) if path in self._lent else self._file(path)
        self._write(path, catalog, loaded)

    def save_template(self, template: Catalog) -> None:
        """Write a POT file if it differs."""
        path = self._workspace.template_path(template.article)
        self._write(path, template, self._file(path))

    def _file(self, path: str) -> PoFile:
        data = self._workspace.read(path)
        if data is None:
            return _NO_FILE
        if not data.strip() and path.endswith(
            ".po"
        ):  # as a killed editor, or a slow one, leaves it
            message = "this catalogue is empty; restore it, or delete it to have it made anew"
            raise InputError(message, path, 1)
        known = self._files.get(path)
        if known is None or known.data != data:
            known = self._files[path] = load_po(self._workspace.locate(path), path)
        return known

    def _write(self, path: str, catalog: Catalog, old: PoFile) -> None:
        if old is not _NO_FILE or catalog.units:
            try:
                data = render_catalog(catalog, old, self._header(catalog))
            except InputError as error:
                raise InputError(str(error), path, error.line) from error
            self._workspace.write(path, data, None if old is _NO_FILE else old.data)

    def _header(self, catalog: Catalog) -> Header:
        source = self._workspace.settings.source
        locale = catalog.locale
        title = f"Template of {catalog.article}, to be translated from {name_in(source, 'en')}."
        revised, language = "YEAR-MO-DA HO:MI+ZONE", ""
        plural: tuple[tuple[str, str], ...] = ()
        if locale:
            title = f"{name_in(locale, 'en')} translation of {catalog.article}."
            revised, language = self._now, locale
            plural = (("Plural-Forms", plural_forms(locale).rstrip("; ") + ";"),)
        return Header(
            (
                ("Project-Id-Version", catalog.article),
                ("POT-Creation-Date", self._now),
                ("PO-Revision-Date", revised),
                ("Last-Translator", ""),
                ("Language-Team", name_in(locale, "en") if locale else ""),
                ("Language", language),
                ("MIME-Version", "1.0"),
                ("Content-Type", "text/plain; charset=UTF-8"),
                ("Content-Transfer-Encoding", "8bit"),
                *plural,
                ("X-Source-Language", source),
            ),
            title,
        )


def _content(file: Path) -> bytes:
    """Read a file; nothing where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError:
        return b""
