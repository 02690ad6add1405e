"""A round-up whose experts answer in three languages, through all steps."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from pipeline.model import State
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

FRENCH = "Je lis tous les matins avant le travail."
ENGLISH = "I read every morning before work, and you should, too."
SPANISH = "Leo todas las mañanas antes de empezar a trabajar."
ROUND_UP = f"""\
---
title: Three voices
description: How they read.
---

We asked three experts.

## Anne Martin, Kestrel (@anne) {{lang=fr}}

{FRENCH}

## Bob Lee, Acme (@bob)

{ENGLISH}

## Carla Diaz, Brio (@carla)

{SPANISH}
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path, text=ROUND_UP, locales=["fr", "es"], html=False)
    project.done("run")
    return project


def states(project: Project, locale: str) -> dict[str, State]:
    return {unit.source: unit.state for unit in project.catalog(locale).units}


def test_each_answer_is_original_in_its_language_and_a_draft_in_the_others(
    project: Project,
) -> None:
    original, draft = State.ORIGINAL, State.DRAFT
    answers = {FRENCH: draft, ENGLISH: draft, SPANISH: draft}
    assert {s: states(project, "fr")[s] for s in answers} == {**answers, FRENCH: original}
    assert {s: states(project, "es")[s] for s in answers} == {**answers, SPANISH: original}
    assert states(project, "en") == {FRENCH: draft, SPANISH: draft}


def test_the_catalogue_says_the_language(project: Project) -> None:
    for locale in ("en", "es"):
        assert project.unit(FRENCH, locale).notes[1] == "in French"
    text = project.read(project.po("fr"))
    own = text[text.index("Anne Martin") : text.index("Bob Lee")]
    assert f'msgid "{FRENCH}"\nmsgstr "{FRENCH}"\n' in own
    assert "fuzzy" not in own
    assert "in Spanish" in project.read("locales/templates/LC_MESSAGES/salt.pot")


def test_a_second_run_writes_nothing(project: Project) -> None:
    before = project.written()
    project.done("run")
    project.done("merge")
    assert project.run("run", "--check").code == 0
    assert project.written() == before


def test_a_detected_language_is_reported_once(tmp_path: Path) -> None:
    project = Project(tmp_path, text=ROUND_UP, locales=["fr"], html=False)
    first = project.done("run").err
    assert "source/salt/en.md:18: Carla Diaz answers in Spanish" in first
    assert "{lang=es}" in first
    assert "Anne Martin" not in first
    project.edit("source/salt/en.md", "We asked", "Last week we asked")
    assert "answers in" not in project.done("run").err


def test_an_author_may_say_that_a_detected_language_is_wrong(project: Project) -> None:
    project.edit("source/salt/en.md", "(@carla)", "(@carla) {lang=en}")
    project.done("run")
    assert list(states(project, "en")) == [FRENCH]


def test_originals_are_counted_apart(project: Project) -> None:
    sections = json.loads(project.done("status", "--json").out)["sections"]
    counts = {(s["locale"], s["speaker"]): s for s in sections}
    assert counts["fr", "Anne Martin"]["original"] == 1
    assert counts["fr", "Anne Martin"]["words"] == 0
    assert counts["es", "Anne Martin"]["original"] == 0
    assert counts["en", "Anne Martin"]["words"] == len(FRENCH.split())
    assert ("en", "Bob Lee") not in counts
    assert "original" in project.done("status", "--locale", "fr").out


def test_a_humans_other_words_for_an_original_stay(project: Project) -> None:
    path = project.po("fr")
    project.edit(path, f'msgstr "{FRENCH}"', 'msgstr "Je lis chaque matin."')
    project.edit("source/salt/en.md", "We asked", "Last week we asked")
    project.done("run")
    unit = project.unit(FRENCH)
    assert (unit.target, unit.state) == ("Je lis chaque matin.", State.REVIEWED)


def test_the_articles_own_catalogue_may_be_selected(project: Project) -> None:
    project.edit("source/salt/en.md", FRENCH, "Je lis le soir, quand tout le monde dort.")
    before = project.read(project.po("fr"))
    project.done("merge", "--locale", "en")
    assert project.read(project.po("fr")) == before
    assert "Je lis le soir, quand tout le monde dort." in states(project, "en")


def test_a_reviewed_answer_that_goes_becomes_obsolete(project: Project) -> None:
    project.review("en")
    project.edit("source/salt/en.md", f"{FRENCH}\n", "I answer in English now, as you see.\n")
    project.edit("source/salt/en.md", " {lang=fr}", "")
    project.done("run", "--allow-loss", "salt")
    catalog = project.catalog("en")
    assert [unit.source for unit in catalog.units] == [SPANISH]
    assert [unit.source for unit in catalog.obsolete] == [FRENCH]


def test_an_article_in_one_language_has_no_catalogue_of_its_own(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("run")
    assert not (project.root / "locales/en").exists()


def test_an_original_is_proofread_in_its_language(project: Project) -> None:
    wrong = "Je lis tous les matin avant le travail, et les soir aussi."
    project.edit("source/salt/en.md", FRENCH, wrong)
    project.done("run")
    findings = json.loads(project.run("check", "--json").out)["findings"]
    grammar = [f for f in findings if f["code"].startswith("GR")]
    french = [f for f in grammar if f["locale"] == "fr" and f["catalogue"] is None]
    assert {(f["path"], f["line"]) for f in french} == {("source/salt/en.md", 10)}
    assert {f["rule"] for f in french} >= {"D_N"}
    # Neither French nor Spanish is read as English, and an original is read once only.
    assert not [f for f in grammar if f["locale"] == "en" and f["catalogue"] is None]
    assert not [f for f in grammar if f["locale"] == "fr" and f["line"] == 10 and f["catalogue"]]


@pytest.mark.parametrize(("target", "count"), [("2,000 pages", 0), ("3,000 pages", 1)])
def test_a_translation_is_compared_with_the_language_of_its_text(
    project: Project, target: str, count: int
) -> None:
    source = "Je lis deux mille pages avant le travail."
    project.edit("source/salt/en.md", FRENCH, source)
    project.done("run")
    draft = project.unit(source, "en").target
    text = project.read(project.po("en")).replace(draft, f"I read {target} before work.")
    project.write(project.po("en"), text.replace("#, fuzzy\n", ""))
    findings = json.loads(project.run("check", "--no-grammar", "--json").out)["findings"]
    numbers = [f for f in findings if f["locale"] == "en" and f["code"].startswith("MK")]
    assert len(numbers) == count


def reviewed_pages(tmp_path: Path) -> Project:
    """Return a project in which all drafts are reviewed and published."""
    project = Project(tmp_path, text=ROUND_UP, locales=["fr", "es"])
    project.done("run")
    for locale in ("en", "fr", "es"):
        project.review(locale)
    project.done("run")
    return project


def test_until_it_is_translated_an_answer_stands_as_it_is(project: Project) -> None:
    page = project.read("build/en/salt.md")
    assert page == ROUND_UP


def test_pages_show_each_answer_in_their_language(tmp_path: Path) -> None:
    project = reviewed_pages(tmp_path)
    pages = {locale: project.read(f"build/{locale}/salt.md") for locale in ("en", "fr", "es")}
    own = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH}
    for locale, page in pages.items():
        assert {lang for lang, text in own.items() if text in page} == {locale}
    assert "(@anne) {lang=fr}" in pages["fr"]
    assert "(@anne) {lang=en}" in pages["en"]
    assert "(@anne) {lang=es}" in pages["es"]


def test_the_own_catalogue_says_nothing_of_publication(tmp_path: Path) -> None:
    project = reviewed_pages(tmp_path)
    assert "X-Published" in project.read(project.po("fr"))
    assert "X-Published" not in project.read(project.po("en"))


def test_html_marks_words_in_another_language(tmp_path: Path) -> None:
    project = Project(tmp_path, text=ROUND_UP, locales=["fr"])
    project.done("run", "--drafts")
    page = project.read("build/en/salt.html")
    assert re.search(f'<span[^>]* lang="es"[^>]*>{SPANISH}</span>', page)
    assert re.search(f"<p>{ENGLISH}</p>", page)


def test_a_translated_answer_that_changes_stands_in_its_last_translation(tmp_path: Path) -> None:
    project = reviewed_pages(tmp_path)
    translated = project.unit(FRENCH, "en").target
    project.edit("source/salt/en.md", "tous les matins", "presque tous les matins")
    project.done("run")
    page = project.read("build/en/salt.md")
    assert translated in page
    assert "presque" not in page
    assert "presque" in project.read("build/fr/salt.md")
