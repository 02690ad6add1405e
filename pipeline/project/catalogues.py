"""Catalogues of a project, parsed once and saved only if they changed."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.catalogue import PoFile, load_po, new_header, render_anew, render_catalog
from pipeline.errors import ConflictError, InputError, MachineError
from pipeline.language import require_locale
from pipeline.project.atomic_write import replace_file, write_refusal
from pipeline.project.folder_walk import FolderWalk

if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike

    from pipeline.model import Catalog, Reference, Unit
    from pipeline.project.workspace import Workspace

__all__ = ["Catalogues", "load_catalog", "save_catalog"]

_NO_FILE = PoFile(b"")


class Catalogues:
    """PO files by article and locale; ``now`` is the new value of header dates that move."""

    def __init__(self, workspace: Workspace, now: datetime) -> None:
        self._workspace = workspace
        self._now = now
        self._files: dict[str, PoFile] = {}
        """Files as last read, by path."""
        self._originals: dict[str, PoFile] = {}
        """Files as `load` returned them, with which `save` compares, whatever was written since."""

    def path(self, article: str, locale: str) -> str:
        """Return the path of a catalogue, or with an empty locale of a template."""
        workspace = self._workspace
        return (
            workspace.catalogue_path(article, locale)
            if locale
            else workspace.template_path(article)
        )

    def move(self, article: str, name: str, locale: str) -> None:
        """Move a catalogue to an article of another name that has none, or an empty one.

        Raises:
            ConflictError: another program created its catalogue meanwhile.
            MachineError: the file cannot be moved.
        """
        old, new = self.path(article, locale), self.path(name, locale)
        self._workspace.move(old, new, self._workspace.read(new))

    def remove(self, article: str, locale: str) -> None:
        """Remove a catalogue, or with an empty locale a template.

        Raises:
            ConflictError: another program changed the file meanwhile.
            MachineError: the file cannot be removed.
        """
        path = self.path(article, locale)
        self._workspace.remove(path, self._workspace.read(path))

    def load(self, article: str, locale: str) -> Catalog:
        """Return a catalogue for editing, an empty one if there is no file yet.

        Raises:
            InputError: the file is not a PO file.
        """
        path = self._workspace.catalogue_path(article, locale)
        self._originals[path] = self._file(path)
        return self._originals[path].catalog(article, locale)

    def read(self, article: str, locale: str) -> Catalog:
        """Return a catalogue that will not be saved."""
        path = self._workspace.catalogue_path(article, locale)
        return self._file(path).catalog(article, locale)

    def file(self, article: str, locale: str) -> PoFile:
        """Return the PO file of an article and a locale, with the bytes of its entries."""
        return self._file(self._workspace.catalogue_path(article, locale))

    def locations(self, article: str, locale: str) -> str:
        """Return what the references of a catalogue say, or with an empty locale of a template.

        A file keeps its own habit; the setting is for new ones.
        """
        file = self._file(self.path(article, locale))
        return file.locations or self._workspace.settings.locations

    def regard(self, catalog: Catalog) -> None:
        """Read these units in place of those of the file, which stays as it is."""
        path = self._workspace.catalogue_path(catalog.article, catalog.locale)
        self._files[path] = replace(self._file(path), units=catalog.units)

    def parse(self, data: bytes, article: str, locale: str) -> Catalog:
        """Parse a catalogue from bytes that are not in a file of the project."""
        # By path, as polib silently loses text when it parses a string with, say, U+2028.
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "catalogue.po")
            file.write_bytes(data)
            display_path = self._workspace.catalogue_path(article, locale)
            return load_po(file, display_path).catalog(article, locale)

    def orphans(self, locale: str) -> tuple[str, ...]:
        """Return the sorted names of deleted articles that still have a catalogue.

        An empty locale stands for the templates.
        """
        workspace = self._workspace
        prefix, _, suffix = self.path("\0", locale).partition("\0")
        articles = set(workspace.articles())
        names = []
        walk = FolderWalk(workspace.root, hidden=True)
        for path, _ in walk.files(prefix.rstrip("/")):
            name = path.removeprefix(prefix).removesuffix(suffix)
            if name in articles or not path.endswith(suffix):
                continue
            source_path = workspace.article_path(name, workspace.settings.source)
            try:
                # Other programs may keep their messages here, too; those name no article.
                data = workspace.read(path) or b""
                is_ours = f"#: {source_path}".encode() in data or (
                    b"\n#:" not in data and b"X-Source-Language:" in data
                )
            except MachineError as error:
                workspace.unreadable[path] = error
                continue
            # In a rehearsal, a file may have been moved.
            if is_ours and workspace.exists(self.path(name, locale)):
                names.append(name)
        workspace.unreadable |= walk.errors()
        return tuple(sorted(names))

    def read_template(self, article: str) -> Catalog:
        """Return the template as it is in its file, which will be rewritten."""
        return self._file(self._workspace.template_path(article)).catalog(article, "")

    def save(self, catalog: Catalog) -> None:
        """Write a catalogue if it differs from the one that was loaded.

        Raises:
            ConflictError: another program changed the file since it was loaded.
        """
        path = self._workspace.catalogue_path(catalog.article, catalog.locale)
        original = self._originals.pop(path) if path in self._originals else self._file(path)
        self._write(path, catalog, original)

    def save_template(self, template: Catalog) -> None:
        """Write a template to its POT file if it differs."""
        path = self._workspace.template_path(template.article)
        self._write(path, template, self._file(path))

    def renew(
        self, article: str, locale: str, references: Callable[[Unit], tuple[Reference, ...]]
    ) -> bool:
        """Write a catalogue, or a template, anew in the present form; return whether it changed.

        ``references`` returns those of a unit.

        Raises:
            InputError: the file is not a PO file, or has something that would be lost.
        """
        path = self.path(article, locale)
        old = self._file(path)
        if old is _NO_FILE:
            return False
        catalog, settings = old.catalog(article, locale), self._workspace.settings
        header = new_header(catalog, settings.source, self._now, settings.contact)
        try:
            data = render_anew(old, header, references)
        except InputError as error:
            raise InputError(str(error), path, error.line) from error
        return self._workspace.write(path, data, old.data)

    def _file(self, path: str) -> PoFile:
        data = self._workspace.read(path)
        if data is None:
            return _NO_FILE
        # An editor that is slow, or was killed, leaves an empty file.
        if not data.strip() and path.endswith(".po"):
            message = "empty catalogue; restore it, or delete it to have it created again"
            raise InputError(message, path, 1)
        cached = self._files.get(path)
        if cached is None or cached.data != data:
            cached = self._files[path] = load_po(self._workspace.locate(path), path)
        return cached

    def _write(self, path: str, catalog: Catalog, old: PoFile) -> None:
        # An article without texts gets no file; one that lost its texts keeps its file.
        if old is not _NO_FILE or catalog.units:
            settings = self._workspace.settings
            try:
                data = render_catalog(
                    catalog, old, new_header(catalog, settings.source, self._now, settings.contact)
                )
            except InputError as error:
                raise InputError(str(error), path, error.line) from error
            self._workspace.write(path, data, None if old is _NO_FILE else old.data)


def load_catalog(path: str | PathLike[str], article: str, locale: str) -> Catalog:
    """Read the catalogue of an article in a locale from its PO file.

    Raises:
        InputError: the file is not a PO file.
        MachineError: the file cannot be read.
    """
    return _load(Path(path)).catalog(article, locale)


def save_catalog(
    path: str | PathLike[str], catalog: Catalog, source: str, now: datetime | None = None
) -> bool:
    """Write a catalogue to its PO file, whole or not at all; return whether it changed.

    Entries that did not change keep their bytes. ``source`` is the locale of the article; header
    dates that move are set to ``now``. The file must not change while this function runs; earlier
    changes are replaced where the catalogue differs.

    Raises:
        UsageError: the locale of the catalogue, or ``source``, does not exist.
        InputError: the existing file is not a PO file, or its charset cannot encode a text.
        ConflictError: another program wrote the file meanwhile.
        MachineError: the file cannot be read or written.
    """
    path = Path(path)
    for locale in (catalog.locale, source):
        require_locale(locale)
    old = _load(path) if path.exists() else _NO_FILE
    data = render_catalog(catalog, old, new_header(catalog, source, now or datetime.now(UTC)))
    if data == old.data:
        return False

    def verify(file: Path) -> None:
        if (file.read_bytes() if file.exists() else b"") != old.data:
            raise ConflictError(
                f"{path}: was changed by another program during this run; run again"
            )

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data, path.parent, verify)
    except OSError as error:
        raise MachineError(write_refusal(str(path), error)) from error
    return True


def _load(path: Path) -> PoFile:
    try:
        return load_po(path, str(path))
    except OSError as error:
        raise MachineError(f"{path}: cannot be read: {error.strerror or error}") from error
