"""`import pipeline`: the library's contents, and the lines of its page that use it."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pipeline

if TYPE_CHECKING:
    from pathlib import Path as Folder

ROOT = Path(pipeline.__file__).parents[1]
SOURCE = """\
---
title: Two cooks on salt
---

We asked two cooks.

## Ana Ruiz, Saltworks (@anaruiz)

I never weigh it.

I taste [three times](https://example.org/taste), then I stop.
"""
VERSION = """\
---
title: Deux cuisiniers et le sel
---

Nous avons demandé à deux cuisiniers.

## Ana Ruiz, Saltworks (@anaruiz)

Je ne le pèse jamais.
"""


@pytest.fixture
def folder(tmp_path: Folder) -> Folder:
    (tmp_path / "en.md").write_text(SOURCE, "utf-8")
    (tmp_path / "fr.md").write_text(VERSION, "utf-8")
    return tmp_path


def lines_of_the_page() -> str:
    page = (ROOT / "docs" / "reference" / "library.md").read_text("utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```", page, re.S | re.M)
    return str(code)


def test_ten_lines_take_an_article_through(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    code = lines_of_the_page()
    assert len([line for line in code.splitlines() if line and "import" not in line]) <= 10
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    exec(code, names)  # it is ours
    built = (folder / "built.md").read_text("utf-8")
    assert "Je ne le pèse jamais." in built
    assert "## Ana Ruiz, Saltworks (@anaruiz)" in built
    assert "https://example.org/taste" in built
    assert names["left"] == []
    saved = pipeline.load_catalog(folder / "fr.po", "salt", "fr")
    states = [unit.state for unit in saved.units]
    assert pipeline.State.EMPTY not in states
    assert len(states) == 4


def test_saving_twice_writes_once_and_keeps_what_others_wrote(folder: Folder) -> None:
    article = pipeline.read_article((folder / "en.md").read_bytes(), "en.md")
    catalog = pipeline.merge(pipeline.Catalog("salt", "fr"), pipeline.extract(article, "salt"))
    file = folder / "new" / "fr.po"
    assert pipeline.save_catalog(file, catalog, "en")
    assert not pipeline.save_catalog(file, catalog, "en")
    file.write_text(file.read_text("utf-8").replace("\n#. ", "\n#  Oddly   written\n#. "), "utf-8")
    loaded = pipeline.load_catalog(file, "salt", "fr")
    first = loaded.units[0]._replace(target="Le sel", state=pipeline.State.REVIEWED)
    changed = pipeline.Catalog("salt", "fr", (first, *loaded.units[1:]))
    assert pipeline.save_catalog(file, changed, "en")
    assert file.read_text("utf-8").count("\n#  Oddly   written\n") == len(loaded.units)
    assert pipeline.load_catalog(file, "salt", "fr").units[0].target == "Le sel"


def test_a_file_that_is_no_catalogue_is_left_alone(folder: Folder) -> None:
    catalog = pipeline.Catalog("salt", "fr")
    with pytest.raises(pipeline.InputError, match=r"en\.md:1: "):
        pipeline.save_catalog(folder / "en.md", catalog, "en")
    assert (folder / "en.md").read_text("utf-8") == SOURCE


def test_a_file_that_is_not_there_is_one_message(folder: Folder) -> None:
    with pytest.raises(pipeline.MachineError, match=r"no\.po: cannot be read: No such file"):
        pipeline.load_catalog(folder / "no.po", "salt", "fr")


def test_a_locale_that_there_is_not_is_one_message(folder: Folder) -> None:
    catalog = pipeline.Catalog("salt", "klingon!")
    with pytest.raises(pipeline.UsageError, match=r"klingon!"):
        pipeline.save_catalog(str(folder / "x.po"), catalog, "en")
    assert not (folder / "x.po").exists()


def test_an_engine_that_there_is_not_is_one_message() -> None:
    with pytest.raises(pipeline.UsageError, match=r"did you mean 'pseudo'\?"):
        pipeline.open_engine("psuedo")


def test_help_begins_with_the_same_lines() -> None:
    assert textwrap.indent(lines_of_the_page(), "    ").strip() in (pipeline.__doc__ or "")


def test_what_is_offered_is_documented() -> None:
    for name in pipeline.__all__:
        value = getattr(pipeline, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert inspect.getdoc(value), name
    assert set(pipeline.__all__) <= set(dir(pipeline))


def test_importing_the_library_loads_none_of_it() -> None:
    code = "import sys, pipeline; print(*[m for m in sys.modules if m.startswith('pipeline')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) == {"pipeline", "pipeline.faces"}


def test_a_name_that_is_not_offered_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'pipeline' has no attribute 'nothing'"):
        pipeline.nothing  # type: ignore[attr-defined]  # noqa: B018
