"""Catalogues of a project: loaded, lent, and saved where changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import ConflictError, InputError
from pipeline.model import Catalog, State, Unit
from pipeline.project.catalogues import Catalogues
from pipeline.project.settings import Settings
from pipeline.project.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
PO = "locales/fr/LC_MESSAGES/salt.po"
NEW = Catalog("salt", "fr", (Unit("c", "Taste it."), Unit("c", "Never weigh it.")))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path, Settings(locales=("fr",)))


@pytest.fixture
def catalogues(workspace: Workspace) -> Catalogues:
    return Catalogues(workspace, NOW)


def translated(catalog: Catalog, target: str) -> Catalog:
    first, *rest = catalog.units
    first = first._replace(target=target, state=State.REVIEWED)
    return replace(catalog, units=(first, *rest))


def test_a_new_catalogue_has_the_header_of_its_locale(
    catalogues: Catalogues, workspace: Workspace
) -> None:
    catalogues.save(NEW)
    catalogues.save_template(replace(NEW, locale=""))
    assert (workspace.read(PO) or b"").decode().partition("\n\n")[0].splitlines() == [
        "# French translation of salt.",
        'msgid ""',
        'msgstr ""',
        '"Project-Id-Version: salt\\n"',
        '"Report-Msgid-Bugs-To: noreply@pipeline.internal\\n"',
        '"POT-Creation-Date: 2026-11-23 12:30+0000\\n"',
        '"PO-Revision-Date: 2026-11-23 12:30+0000\\n"',
        '"Last-Translator: pipeline <noreply@pipeline.internal>\\n"',
        '"Language-Team: French\\n"',
        '"Language: fr\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"',
        '"X-Source-Language: en\\n"',
    ]
    template = (workspace.read("locales/templates/LC_MESSAGES/salt.pot") or b"").decode()
    assert '"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"\n' in template
    assert "Plural-Forms" not in template


def test_there_is_no_file_for_nothing(catalogues: Catalogues, workspace: Workspace) -> None:
    assert catalogues.load("salt", "fr") == Catalog("salt", "fr")
    catalogues.save(Catalog("salt", "fr"))
    assert workspace.changed == []
    catalogues.save(NEW)
    loaded = catalogues.load("salt", "fr")
    assert [unit.key for unit in loaded.units] == [unit.key for unit in NEW.units]
    catalogues.save(replace(loaded, units=()))
    assert catalogues.load("salt", "fr").units == ()


def test_what_is_as_it_was_is_not_written(catalogues: Catalogues, workspace: Workspace) -> None:
    catalogues.save(NEW)
    for _ in range(2):
        catalogues.save(catalogues.load("salt", "fr"))
    assert workspace.changed == [PO]
    catalogues.save(translated(catalogues.load("salt", "fr"), "Goûtez-le."))
    assert workspace.changed == [PO, PO]


def test_a_change_since_the_loading_is_a_conflict(
    catalogues: Catalogues, workspace: Workspace
) -> None:
    catalogues.save(NEW)
    loaded = catalogues.load("salt", "fr")
    theirs = (workspace.read(PO) or b"") + b"\n# A translator was here.\n"
    (workspace.root / PO).write_bytes(theirs)
    # Neither a look at the new file nor one at another makes it ours.
    catalogues.read("salt", "fr")
    catalogues.read_template("salt")
    with pytest.raises(ConflictError):
        catalogues.save(translated(loaded, "Goûtez-le."))
    assert workspace.read(PO) == theirs
    catalogues.save(translated(catalogues.load("salt", "fr"), "Goûtez-le."))
    assert b"translator was here" in (workspace.read(PO) or b"")


def test_a_charset_without_the_letters_names_the_file(
    catalogues: Catalogues, workspace: Workspace
) -> None:
    catalogues.save(NEW)
    data = (workspace.read(PO) or b"").replace(b"UTF-8", b"ISO-8859-1")
    (workspace.root / PO).write_bytes(data)
    catalogues.save(translated(catalogues.load("salt", "fr"), "Goûtez-le."))
    assert "Goûtez-le.".encode("latin-1") in (workspace.read(PO) or b"")
    with pytest.raises(InputError, match=rf"^{PO}: charset iso8859-1 has no 'œ'; convert the file"):
        catalogues.save(translated(catalogues.load("salt", "fr"), "Du cœur !"))


def test_a_rehearsal_reads_what_it_would_have_written(tmp_path: Path) -> None:
    with Workspace(tmp_path, Settings(locales=("fr",)), check=True) as workspace:
        catalogues = Catalogues(workspace, NOW)
        catalogues.save(NEW)
        assert len(catalogues.load("salt", "fr").units) == 2
        catalogues.save(translated(catalogues.load("salt", "fr"), "Goûtez-le."))
        assert catalogues.load("salt", "fr").units[0].target == "Goûtez-le."
    assert list(tmp_path.iterdir()) == []
