"""The commands: what each one makes of a project."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.model import OriginKind, State
from tests.sample_project import ARTICLE, Project

if TYPE_CHECKING:
    from pathlib import Path

WEIGH = "I never weigh it."
SOURCE = "source/salt/en.md"
CATALOGUE = "locales/fr/LC_MESSAGES/salt.po"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture
def drafted(project: Project) -> Project:
    project.done("run", "--drafts")
    return project


def test_extract_writes_a_template(project: Project) -> None:
    project.done("extract")
    text = project.read("locales/salt.pot")
    assert text.startswith("# Template of salt, to be translated from English.\nmsgid")
    assert "#. Ana Ruiz, Blue Spoon (paragraph)\n#: source/salt/en.md:11\nmsgctxt" in text
    assert set(project.tree()) == {"pipeline.toml", SOURCE, "locales/salt.pot"}


def test_merge_says_what_changed(drafted: Project) -> None:
    assert drafted.done("merge").err == "nothing to do\n"
    drafted.review()
    drafted.edit(SOURCE, WEIGH, "I never, ever weigh it.")
    drafted.edit(SOURCE, "- More than your doctor thinks.\n", "- What do I know?\n")
    outcome = drafted.done("merge")
    assert outcome.err.startswith("salt fr: 2 new, 1 fuzzy, 2 obsolete\n")


def test_a_comment_beside_no_text_is_in_the_file_when_its_text_is_gone(tmp_path: Path) -> None:
    project = Project(tmp_path, engines=[])
    project.done("run")
    project.edit(
        CATALOGUE,
        "#. Ana Ruiz, Blue Spoon (paragraph)\n#: source/salt/en.md:11\n",
        "# Sue: ask her.\n#. Ana Ruiz, Blue Spoon (paragraph)\n#: source/salt/en.md:11\n",
    )
    project.edit(SOURCE, f"{WEIGH}\n\n", "")
    project.done("run")
    left = f'# Sue: ask her.\n#~ msgctxt "ana-ruiz"\n#~ msgid "{WEIGH}"\n#~ msgstr ""\n'
    assert left in project.read(CATALOGUE)
    before = project.read(CATALOGUE)
    project.done("merge")
    assert project.read(CATALOGUE) == before


FRENCH = """\
---
title: Deux cuisiniers et le sel
---

Nous avons posé **une** question à deux cuisiniers sur [le sel](https://example.org/salt).

## Ben Cole, The Larder (@bencole)

- Moins que vous ne pensez.
- Plus que ne pense votre médecin.

## Ana Ruiz, Blue Spoon (@ana_ruiz)

Je ne le pèse jamais.

Je goûte 3 fois, puis j'arrête.
"""


@pytest.mark.parametrize(
    ("settings", "states"),
    [
        ({}, {State.DRAFT}),
        ({"align_accept": True}, {State.REVIEWED}),
        ({"align_accept": True, "align_confidence": 1.0}, {State.DRAFT}),
    ],
)
def test_align_takes_texts_from_a_version(
    settings: dict[str, Any], states: set[State], tmp_path: Path
) -> None:
    project = Project(tmp_path, **settings)
    project.write("source/salt/fr.md", FRENCH)
    outcome = project.done("align")
    assert "salt fr: 6 of 7 aligned from source/salt/fr.md" in outcome.err
    unit = project.unit(WEIGH)
    assert (unit.target, unit.origin.kind) == ("Je ne le pèse jamais.", OriginKind.ALIGNED)
    aligned = [unit for unit in project.catalog().units if unit.target]
    assert {unit.state for unit in aligned} == states


def test_run_leaves_to_the_engines_what_no_version_has(project: Project) -> None:
    project.write("source/salt/fr.md", FRENCH)
    outcome = project.done("run", "--drafts")
    assert "salt fr: pseudo drafted 1 of 1" in outcome.err
    kinds = [unit.origin.kind for unit in project.catalog().units]
    assert kinds.count(OriginKind.MACHINE) == 1
    assert kinds.count(OriginKind.ALIGNED) == 6
    assert project.read("source/salt/fr.md") == FRENCH


def test_a_correction_of_the_version_reaches_drafts_that_nobody_touched(project: Project) -> None:
    project.write("source/salt/fr.md", FRENCH)
    project.done("run")
    mine = "Je ne le pèse jamais, moi."
    assert project.read(CATALOGUE).count("Je ne le pèse jamais.") == 1
    project.edit(CATALOGUE, "Moins que vous ne pensez.", "Bien moins.")
    project.edit("source/salt/fr.md", "Je ne le pèse jamais.", mine)
    project.edit("source/salt/fr.md", "Moins que vous ne pensez.", "Moins que vous ne croyez.")
    assert "salt fr: 1 drafts renewed from source/salt/fr.md" in project.done("run").err
    assert mine in project.read(CATALOGUE)
    assert "Bien moins." in project.read(CATALOGUE)
    assert project.done("run").err.endswith("nothing to do\n")


def test_memory_knows_the_texts_of_an_article_that_got_another_name(tmp_path: Path) -> None:
    project = Project(tmp_path, engines=["memory", "pseudo"])
    project.done("run")
    project.review()
    (tmp_path / "source/salt").rename(tmp_path / "source/sugar")
    project.done("run")
    new = project.catalog(article="sugar")
    assert [u.target for u in new.units] == [u.target for u in project.catalog().units]
    assert all("memory" in unit.origin.signature for unit in new.units)
    (tmp_path / CATALOGUE).write_bytes(b"no PO at all")
    project.edit("source/sugar/en.md", WEIGH, "I always weigh it.")
    project.done("run")


def test_align_without_a_version_does_nothing(project: Project) -> None:
    assert project.done("align").err == "nothing to do\n"


def test_a_command_alone_needs_no_other_before_it(project: Project) -> None:
    """Where there is no catalogue yet, each takes the article's own texts."""
    assert "fr, français" in project.done("status").out
    assert project.run("check", "--no-grammar").out.startswith("0 findings, 8 notes (--verbose")
    assert "salt fr: 0% reviewed, publish_at asks for 80%: not built" in project.done("build").err
    assert "salt fr: pseudo drafted 7 of 7" in project.done("translate").err
    assert "nothing to do" in project.done("merge").err


def test_build_publishes_at_the_share_that_the_settings_ask_for(drafted: Project) -> None:
    for page in ("md", "html"):
        (drafted.root / f"build/fr/salt.{page}").unlink()
    told = "salt fr: 0% reviewed, publish_at asks for 80%: not built; --drafts builds a preview\n"
    assert drafted.done("build").err == told + "nothing to do\n"
    assert not (drafted.root / "build/fr/salt.md").exists()

    told = "salt fr: 0% reviewed, publish_at asks for 80%: built as a preview, drafts marked\n"
    assert drafted.done("build", "--drafts").err.startswith(told)
    preview = drafted.read("build/fr/salt.md")
    assert '<mark class="draft">⟪Î ñééṽééŕ ŵééîĝĥ îţ.⟫</mark>' in preview
    assert "title: '[draft] ⟪" in preview or 'title: "[draft] ⟪' in preview
    assert "build/fr/salt.md is of an earlier build" in drafted.done("build").err

    text = drafted.read(drafted.po())
    drafted.write(drafted.po(), text.replace("#, fuzzy\n", "", 6))
    outcome = drafted.done("build")
    assert "reviewed" not in outcome.err
    page = drafted.read("build/fr/salt.md")
    assert "\n⟪Î ñééṽééŕ ŵééîĝĥ îţ.⟫\n" in page
    assert "draft" not in page
    assert "- More than your doctor thinks." in page, "the one draft gives way to the source"


def test_an_identity_catalogue_builds_the_source(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("merge")
    entry = re.compile(r'(msgid ((?:".*"\n)+)msgstr )""\n(?=\n|\Z)')
    header, _, rest = project.read(project.po()).partition("\n\n")
    project.write(project.po(), header + "\n\n" + entry.sub(r"\1\2", rest))
    assert project.catalog().units[0].target == "Two cooks on salt"
    project.done("build")
    assert project.read("build/fr/salt.md") == ARTICLE
    assert project.read("build/en/salt.md") == ARTICLE


@pytest.mark.usefixtures("kept_engines")
def test_a_text_that_breaks_the_page_is_a_finding_not_a_page(drafted: Project) -> None:
    drafted.review()
    drafted.edit(drafted.po(), "⟪Î ñééṽééŕ ŵééîĝĥ îţ.⟫", "# Jamais")
    outcome = drafted.done("build")
    line = drafted.unit(WEIGH).line
    assert f"{drafted.po()}:{line}:1: MK109 error: the text that begins '# Jamais'" in outcome.err
    assert f"\n{WEIGH}\n" in drafted.read("build/fr/salt.md")
    assert drafted.run("check").code == 1


def test_the_words_of_a_page_can_be_the_projects_own(drafted: Project) -> None:
    before = drafted.read("build/fr/salt.html")
    drafted.write(
        "locales/fr/LC_MESSAGES/interface.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Languages"\nmsgstr "Autres voix"\n',
    )
    drafted.done("build", "--drafts")
    assert "Autres voix" in drafted.read("build/fr/salt.html")
    assert "Autres voix" not in before + drafted.read("build/en/salt.html")


def test_check_sees_a_translation_that_lost_a_name(drafted: Project) -> None:
    drafted.edit(SOURCE, WEIGH, "Ben Cole never weighs it.")
    drafted.done("run")
    drafted.review()
    assert drafted.run("check", "--no-grammar").code == 0
    drafted.edit(drafted.po(), "⟪Ben Cole ñ", "⟪Benoît Cole ñ")
    outcome = drafted.run("check", "--no-grammar")
    assert outcome.code == 1
    assert "NM101 error: 'Ben Cole' is missing" in outcome.out


def test_status_counts_by_section(drafted: Project) -> None:
    drafted.review()
    drafted.edit(SOURCE, "- More than your doctor thinks.\n", "- What do I know?\n")
    drafted.done("merge")
    rows = re.findall(r"│ (.+?) +│ +(\S+) │ +(\S+) │ +(\S+) │ +(\d+) │", drafted.done("status").out)
    assert rows == [
        ("front-matter", "2", "·", "·", "8"),
        ("introduction", "1", "·", "·", "8"),
        ("Ana Ruiz", "2", "·", "·", "11"),
        ("Ben Cole", "1", "·", "1", "8"),
        ("89% of the words", "6", "·", "1", "35"),
    ]


def test_a_preview_marks_titles_of_admonitions_without_breaking_them(tmp_path: Path) -> None:
    text = '!!! note "A title"\n    Body of it.\n\n=== "A tab"\n\n    Text of it.\n'
    project = Project(tmp_path, text=text)
    outcome = project.done("run", "--drafts")
    assert "MK109" not in outcome.err
    page = project.read("build/fr/salt.md")
    assert '!!! note "[draft] ' in page
    assert '=== "[draft] ' in page
    assert page.count('<mark class="draft">') == 2
