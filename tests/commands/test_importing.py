"""`pipeline import`: where articles go, their language and name, and how versions fit."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from tests.importers.samples import DATA, PNG, docx, paragraph
from tests.sample_project import ARTICLE, Project

if TYPE_CHECKING:
    from pathlib import Path

FRENCH = """\
Deux cuisiniers parlent de sel

Nous avons posé à deux cuisiniers **une** question sur le sel.

Ana Ruiz, Blue Spoon (@ana_ruiz)

Je ne le pèse jamais.

Je goûte 3 fois, puis j’arrête.

Ben Cole, The Larder (@bencole)

- Moins que vous ne pensez.
- Plus que votre médecin ne pense.
"""
ENGLISH = "What the cooks of this town think of salt, and why they would never weigh it.\n" * 3


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project", locales=["fr", "es"])


def test_a_word_file_becomes_an_article_with_its_pictures(project: Project) -> None:
    outcome = project.done("import", str(DATA / "pandoc.docx"))
    assert project.read("source/pandoc/en.md").startswith(
        '---\ntitle: "Three bakers on what they tell beginners"\n'
    )
    assert (project.root / "source/pandoc/picture.png").read_bytes() == PNG
    assert "![A loaf on a board](picture.png)" in project.read("source/pandoc/en.md")
    assert "pandoc en: 24 texts, 3 experts: Ana Ruiz, Ben Okoye, Chiara Conti" in outcome.err
    assert "wrote source/pandoc/en.md" in outcome.err
    assert outcome.out == ""
    project.done("run")
    assert project.done("status").out.count("Ana Ruiz") == 4  # in two articles and languages


def test_the_language_is_detected(project: Project) -> None:
    project.write("wörk Nr. 1.txt", FRENCH)
    project.done("import", "wörk Nr. 1.txt")
    assert "language: fr" in project.read("source/work-nr.-1/fr.md")


@pytest.mark.parametrize(
    ("text", "arguments", "message"),
    [
        (
            "Domani il gatto sarà sul tavolo e mangerà tutto il pesce che trova. " * 4, (),
            "a.txt: is in Italian (it), it seems, and this project has en, fr, es; add --lang if "
            "that is wrong, or it to the setting 'locales'",
        ),
        ("Domani il gatto.", (), "a.txt: is too short to tell its language, and this project has"),
        (ENGLISH, ("--lang", "de"), "--lang de: this project has en, fr, es; add de"),
        (ENGLISH, ("--lang", "klingon"), "'klingon'"),
    ],
)  # fmt: skip
def test_other_languages_are_refused(
    project: Project, text: str, arguments: tuple[str, ...], message: str
) -> None:
    project.write("a.txt", text)
    before = project.tree()
    outcome = project.run("import", "a.txt", *arguments)
    assert (outcome.code, message in outcome.err) == (2, True), outcome
    assert project.tree() == before


def test_a_region_of_the_project_is_found(tmp_path: Path) -> None:
    project = Project(tmp_path, source="pt_BR", locales=["en_GB"])
    project.write("a.txt", ENGLISH)
    project.done("import", "a.txt")
    assert (tmp_path / "source/a/en_GB.md").exists()


def test_the_path_is_that_of_the_settings(tmp_path: Path) -> None:
    project = Project(tmp_path, source_path="docs/{article}.md", html=False)
    project.done("import", str(DATA / "pandoc.docx"), "--article", "guide/bread")
    text = project.read("docs/guide/bread.md")
    assert "![A loaf on a board](bread-picture.png)" in text
    assert (tmp_path / "docs/guide/bread-picture.png").read_bytes() == PNG
    assert "language:" not in text.split("---")[1]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("salt talk.fr.txt", "salt-talk"),
        ("salt_en.txt", "salt"),
        ("Été à Paris.txt", "ete-a-paris"),
        ("index.txt", "what-the-cooks-say-of-it"),
        ("Document (2).txt", "what-the-cooks-say-of-it"),
        ("folder/en.txt", "folder"),
    ],
)
def test_names_of_articles(project: Project, file: str, expected: str) -> None:
    project.write(file, f"What the cooks say of it\n\n{ENGLISH}")
    (project.root / "source/salt/en.md").unlink()
    project.done("import", file, "--lang", "en")
    assert (project.root / f"source/{expected}/en.md").exists()


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/etc/x", ".hidden", "a/.git", "a\nb", "", "a//b", "a:b", ".."]
)
def test_names_that_are_none_are_refused(project: Project, name: str) -> None:
    project.write("a.txt", ENGLISH)
    before = project.tree()
    outcome = project.run("import", "a.txt", "--article", name)
    assert (outcome.code, "cannot be the name of an article" in outcome.err) == (2, True), outcome
    assert project.tree() == before


def test_a_link_out_of_the_project_is_refused(project: Project, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (project.root / "source/out").symlink_to(tmp_path / "elsewhere")
    project.write("a.txt", ENGLISH)
    assert project.run("import", "a.txt", "--article", "out").code == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_an_article_is_never_overwritten(project: Project) -> None:
    project.write("a.txt", ENGLISH)
    before = project.tree()
    outcome = project.run("import", "a.txt", "--article", "salt")
    assert outcome.code == 2
    assert outcome.err == (
        "error: source/salt/en.md: exists, and is never overwritten; import under another name "
        "with --article NAME, or move the file away\n"
    )
    assert project.tree() == before


def test_pictures_are_never_overwritten(project: Project) -> None:
    project.write("source/pandoc/picture.png", b"another")
    project.done("import", str(DATA / "pandoc.docx"))
    assert project.read("source/pandoc/picture.png") == "another"
    assert "](picture-2.png)" in project.read("source/pandoc/en.md")
    assert (project.root / "source/pandoc/picture-2.png").read_bytes() == PNG


def test_a_second_language_says_how_it_fits(project: Project) -> None:
    project.write("a.txt", FRENCH.replace("- Plus que votre médecin ne pense.\n", ""))
    outcome = project.done("import", "a.txt", "--article", "salt")
    assert "salt: fr fits en: experts 2 of 2, sections 4 of 4, texts" in outcome.err
    assert "source/salt/en.md:18: nothing in fr fits: More than your doctor thinks." in outcome.err
    assert "next: pipeline align --article salt --locale fr" in outcome.err
    assert "aligned" in project.done("align", "--article", "salt", "--locale", "fr").err


def test_a_source_that_comes_later_says_so_too(project: Project) -> None:
    project.write("a.txt", FRENCH)
    outcome = project.done("import", "a.txt", "--article", "soup")
    assert "its source source/soup/en.md is missing; import that, too" in outcome.err
    project.write("b.md", ARTICLE)
    outcome = project.done("import", "b.md", "--article", "soup")
    assert "soup: fr fits en: experts 2 of 2" in outcome.err
    assert project.read("source/soup/en.md") == ARTICLE


def test_standard_input(project: Project) -> None:
    text = io.TextIOWrapper(io.BytesIO(f"On salt\n\n{ENGLISH}".encode()))
    with mock.patch("sys.stdin", text):
        project.done("import", "-")
    assert 'title: "On salt"' in project.read("source/on-salt/en.md")


def test_standard_input_without_a_title_needs_a_name(project: Project) -> None:
    with mock.patch("sys.stdin", io.TextIOWrapper(io.BytesIO(ENGLISH.encode()))):
        outcome = project.run("import", "-")
    assert (outcome.code, "add --article NAME" in outcome.err) == (2, True)


def test_one_of_several_files_may_be_left_out(project: Project) -> None:
    project.write("a.txt", ENGLISH)
    project.write("b.pdf", "%PDF-1.7")
    outcome = project.run("import", "b.pdf", "a.txt", "gone.txt", ".")
    assert outcome.code == 2
    assert "b.pdf: is a PDF" in outcome.err
    assert "gone.txt: no such file (gone.txt is left out)" in outcome.err
    assert ".: is a folder" in outcome.err
    assert "wrote source/a/en.md" in outcome.err


def test_a_rehearsal_writes_nothing(project: Project) -> None:
    before = project.written()
    outcome = project.run("import", str(DATA / "pandoc.docx"), "--check")
    assert (outcome.code, project.written()) == (1, before)
    assert "would change source/pandoc/en.md" in outcome.err


def test_a_file_that_is_too_large_is_not_read(project: Project) -> None:
    with (project.root / "a.docx").open("wb") as file:
        file.truncate(100_000_000)
    outcome = project.run("import", "a.docx")
    assert (outcome.code, "has 100,000,000 bytes, and at most" in outcome.err) == (2, True)


def test_what_is_left_out_is_listed_in_full_if_asked(project: Project) -> None:
    page = f"<nav>{'word ' * 40}</nav><article><h1>On salt</h1><p>{ENGLISH}</p></article>"
    project.write("a.html", page)
    shown = "left out (navigation; 40 words): "
    assert f"{shown}word word" in project.done("import", "a.html").err
    long = f"{shown}{'word ' * 40}".strip()
    assert long not in project.done("import", "a.html", "--article", "b").err
    assert long in project.done("import", "a.html", "--article", "c", "--verbose").err
    kept = project.done("import", "a.html", "--article", "d", "--keep")
    assert "left out" not in kept.err
    assert "word word" in project.read("source/d/en.md")


def test_a_form_with_named_columns(project: Project) -> None:
    project.write("form.csv", f'Wer,Was\nAna Ruiz,"{ENGLISH}"\n')
    assert project.run("import", "form.csv").code == 2
    project.done("import", "form.csv", "--column", "name=Wer", "--column", "answer=2")
    assert "## Ana Ruiz {.expert}\n" in project.read("source/form/en.md")


def test_scripts_in_a_name_or_a_text_stay_text(project: Project) -> None:
    project.write("a.docx", docx(paragraph("<script>x()</script>") + paragraph(ENGLISH)))
    project.done("import", "a.docx")
    project.done("build")
    assert "<script>x" not in project.read("build/en/a.html")
