"""Documents that reviewers return are compared, and change nothing."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from tests.importers.samples import archive
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.done("run")
    project.done("build", "--as", "docx", "--drafts")
    return project


def edit(project: Project, path: str, *edits: tuple[str, str]) -> None:
    """Replace texts in a Word file, as a reviewer does."""
    with zipfile.ZipFile(BytesIO((project.root / path).read_bytes())) as zipped:
        files: dict[str, bytes | str] = {name: zipped.read(name) for name in zipped.namelist()}
    document = files["word/document.xml"]
    assert isinstance(document, bytes)
    text = document.decode()
    for old, new in edits:
        assert text.count(old) == 1, (old, text)
        text = text.replace(old, new)
    files["word/document.xml"] = text
    project.write("returned.docx", archive(files))


def test_a_document_without_changes(project: Project) -> None:
    before = project.tree()
    for locale, path in (("fr", project.po()), ("en", "source/salt/en.md")):
        outcome = project.done("import", f"build/{locale}/salt.docx")
        assert outcome.out == ""
        assert f"no text differs from {path}; nothing was changed" in outcome.err
    assert project.tree() == before


def test_changed_texts_are_shown_with_their_place(project: Project) -> None:
    target = project.unit("I never weigh it.").target
    edit(project, "build/fr/salt.docx", (target, "Jamais."))
    before = project.tree()
    outcome = project.run("import", "returned.docx")
    assert outcome.code == 1
    assert outcome.out == f"{project.po()}: ana-ruiz\n- {target}\n+ Jamais.\n"
    assert (
        f"1 differ; nothing was changed: take what is right over into {project.po()}" in outcome.err
    )
    assert project.tree() == before


def test_a_text_that_is_gone_and_one_that_is_new(project: Project) -> None:
    document = project.root / "build/fr/salt.docx"
    with zipfile.ZipFile(document) as zipped:
        text = zipped.read("word/document.xml").decode()
    target = project.unit("I never weigh it.").target
    gone = next(p for p in re.findall(r"<w:p>.*?</w:p>", text, re.S) if target in p)
    new = "<w:p><w:r><w:t>Tout autre chose, entre nous.</w:t></w:r></w:p>"
    edit(project, "build/fr/salt.docx", (gone, ""), ("<w:body>", f"<w:body>{new}"))
    outcome = project.run("import", "returned.docx")
    assert outcome.code == 1
    lines = outcome.out.strip().split("\n")
    assert f"- {target}" in lines
    assert "+ Tout autre chose, entre nous." in lines
    assert len(lines) == 4


def test_tracked_changes_and_comments_are_shown(project: Project) -> None:
    target = project.unit("I never weigh it.").target
    change = (
        f'</w:t></w:r><w:del w:id="9" w:author="Rita"><w:r><w:delText>{target}</w:delText></w:r>'
        '</w:del><w:ins w:id="8" w:author="Rita"><w:r><w:t>Jamais.</w:t></w:r></w:ins><w:r><w:t>'
    )
    edit(project, "build/fr/salt.docx", (target, change))
    outcome = project.run("import", "returned.docx")
    assert outcome.code == 1
    assert f"- {target}\n+ Jamais.\ntracked deletion by Rita: {target}\n" in outcome.out


def test_a_document_without_drafts_is_compared_as_such(project: Project) -> None:
    project.review()
    (project.root / "build/fr/salt.docx").unlink()
    project.done("build", "--as", "docx")
    assert "no text differs" in project.done("import", "build/fr/salt.docx").err


def test_reviewed_texts_are_compared_with_any_document(project: Project) -> None:
    project.review()
    project.write("a.txt", "Nous parlons de sel.\n\nAna Ruiz, Blue Spoon (@ana_ruiz)\n\nRien.\n")
    before = project.tree()
    outcome = project.run("import", "a.txt", "--article", "salt", "--lang", "fr")
    assert (outcome.code, project.tree()) == (1, before)
    assert "nothing was changed" in outcome.err


def test_what_word_loses_is_no_edit(project: Project) -> None:
    """Footnotes, titles of pictures, blocks of HTML and formulas come back otherwise."""
    project.edit(
        "source/salt/en.md",
        "I taste 3 times, then I stop.\n",
        "I taste 3 times.[^1]\n\n[^1]: A note.\n\n"
        '![A loaf](https://example.org/l.png "Loaf by Ana")\n\n'
        "<details><summary>More words</summary>\n\nInside.\n\n</details>\n\n"
        'Math $x^2$ and ~~gone~~ and "quotes" -- dash... end.\n',
    )
    project.done("run")
    project.done("build", "--as", "docx", "--drafts")
    for locale in ("en", "fr"):
        assert "no text differs" in project.done("import", f"build/{locale}/salt.docx").err
