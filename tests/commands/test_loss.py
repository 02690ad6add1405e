"""Articles and catalogues that were damaged, and losses on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.catalogue import load_po
from pipeline.commands.loss import DraftRecord, Reviews
from pipeline.model import Catalog, Origin, OriginKind, State, Unit, draft_digest
from tests.sample_project import ARTICLE, Project

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "source/salt/en.md"
CATALOGUE = "locales/fr/LC_MESSAGES/salt.po"
COMMANDS = ("run", "extract", "merge", "align", "translate", "build", "status")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Project whose French translations are all reviewed."""
    project = Project(tmp_path, "salt", "other")
    project.done("run")
    for name in ("salt", "other"):
        path = f"locales/fr/LC_MESSAGES/{name}.po"
        project.write(path, project.read(path).replace("#, fuzzy\n", ""))
    project.done("run")
    return project


def reviewed(project: Project) -> int:
    catalog = load_po(project.root / CATALOGUE, CATALOGUE).catalog("salt", "fr")
    return sum(unit.state is State.REVIEWED for unit in catalog.units)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "damaged",
    [
        "",
        ARTICLE[: len(ARTICLE) // 2],
        ARTICLE.replace("We asked", "```\nWe asked"),
    ],
    ids=["emptied", "cut in half", "swallowed by a fence"],
)
def test_a_damaged_source_retires_nothing(project: Project, command: str, damaged: str) -> None:
    project.write(SOURCE, damaged)
    before = project.tree()
    outcome = project.run(command)
    assert outcome.code == 2
    assert f"{SOURCE}: most reviewed translations would become obsolete (fr: " in outcome.err
    assert outcome.err.count("--allow-loss salt") == 1
    after = project.tree()
    assert {p: d for p, d in after.items() if "salt" in p} == {
        p: d for p, d in before.items() if "salt" in p
    }


def test_the_message_says_how_much_is_at_stake_in_each_language(tmp_path: Path) -> None:
    project = Project(tmp_path, locales=["fr", "es"])
    project.done("run")
    project.review("fr")
    project.review("es")
    project.write(SOURCE, "## Ben" + ARTICLE.partition("## Ben")[2])
    outcome = project.run("run")
    assert (
        f"{SOURCE}: most reviewed translations would become obsolete (fr: 5 of 7; es: 5 of 7); "
        "restore the file, or confirm the loss with --allow-loss salt (salt is left out)\n"
    ) in outcome.err


@pytest.mark.parametrize(
    ("texts", "kept", "code"),
    [(5, 2, 2), (6, 3, 0), (2, 0, 0), (3, 0, 2)],
    ids=["most", "half", "only two", "three"],
)
def test_most_words_and_three_texts_are_a_loss(
    tmp_path: Path, texts: int, kept: int, code: int
) -> None:
    paragraphs = [f"{word}.\n\n" for word in ("Ada", "Bob", "Cyd", "Dan", "Eve", "Fay")]
    project = Project(tmp_path, text="".join(paragraphs[:texts]))
    project.done("run")
    project.review()
    project.write(SOURCE, "".join(paragraphs[:kept]) + "Wholly other words than these.\n")
    assert project.run("run").code == code


def test_words_count_not_texts(tmp_path: Path) -> None:
    long = "This is a text of a great many words, more than in all others.\n\n"
    project = Project(tmp_path, text="Ada.\n\nBob.\n\nCyd.\n\n" + long)
    project.done("run")
    project.review()
    project.write(SOURCE, long)
    project.done("run")


def test_drafts_do_not_make_a_loss_smaller(tmp_path: Path) -> None:
    long = "This is a text of a great many words, more than in all others.\n\n"
    project = Project(tmp_path, text="Ada.\n\nBob.\n\nCyd.\n\n" + long)
    project.done("run")
    first, *texts, last = project.read(CATALOGUE).split("\n\n")
    reviewed = [text.replace("#, fuzzy\n", "") for text in texts]
    project.write(CATALOGUE, "\n\n".join([first, *reviewed, last]))
    project.write(SOURCE, long)
    assert "(fr: 3 of 3)" in project.run("run").err


def test_edits_of_all_texts_are_no_loss(tmp_path: Path) -> None:
    texts = [f"{word} weighs all of the salt for it." for word in ("Ada", "Bob", "Cyd", "Dan")]
    project = Project(tmp_path, text="\n\n".join(texts) + "\n")
    project.done("run")
    project.review()
    project.write(SOURCE, "\n\n".join(texts[:3]).replace("all", "most") + "\n")
    project.done("run")


def test_a_loss_is_remembered_from_the_first_run_on(project: Project) -> None:
    record = project.root / ".pipeline" / "reviews.sqlite"
    record.unlink()
    project.edit(SOURCE, "weigh it", "weigh it ever")
    project.done("status")
    assert not record.exists()
    project.write(SOURCE, "Nothing of it.\n")
    project.done("extract", "--allow-loss", "salt")
    project.done("merge")


def test_the_gate_finds_it(project: Project) -> None:
    project.write(SOURCE, "")
    outcome = project.run("check", "--no-grammar")
    assert outcome.code == 1
    assert "CO106" in outcome.out


def test_a_loss_is_allowed_for_this_source(project: Project) -> None:
    project.write(SOURCE, "Nothing of it.\n")
    project.done("extract", "--allow-loss", "salt")
    project.done("merge")
    project.write(SOURCE, ARTICLE)
    project.done("run")
    assert reviewed(project) == 7
    project.write(SOURCE, "Nothing at all.\n")
    assert project.run("merge").code == 2


def test_a_rehearsal_does_not_remember(project: Project) -> None:
    project.write(SOURCE, "Nothing of it.\n")
    assert project.run("run", "--check", "--allow-loss", "salt").code == 1
    assert project.run("run").code == 2


def test_an_unknown_article_may_lose_nothing(project: Project) -> None:
    outcome = project.run("run", "--allow-loss", "slat")
    assert outcome.code == 2
    assert "did you mean 'salt'?" in outcome.err


def test_texts_that_moved_to_another_article_are_not_lost(project: Project) -> None:
    project.write(SOURCE, "Nothing of it.\n")
    project.write("source/new/en.md", ARTICLE)
    project.done("run")
    states = [unit.state for unit in project.catalog(article="new").units]
    assert states == [State.REVIEWED] * 7


def test_ordinary_edits_are_no_loss(project: Project) -> None:
    text = ARTICLE.replace("I never weigh it.\n\n", "").replace("than you", "than all of you")
    project.write(SOURCE, text)
    project.done("run")
    project.write(SOURCE, ARTICLE.replace("more", "much more").replace("I ", "We "))
    project.done("run")


def test_a_catalogue_that_lost_most_entries_is_not_refilled(project: Project) -> None:
    whole = project.read(CATALOGUE)
    cut = "\n\n".join(whole.split("\n\n")[:3]) + "\n"
    project.write(CATALOGUE, cut)
    outcome = project.run("run")
    assert outcome.code == 2
    assert (
        f"{CATALOGUE}: 5 reviewed translations of the last run are missing; "
        "restore the file, or confirm the loss with --allow-loss salt (salt is left out)\n"
    ) in outcome.err
    assert project.read(CATALOGUE) == cut
    project.write(CATALOGUE, whole)
    project.done("run")
    project.write(CATALOGUE, cut)
    project.done("run", "--allow-loss", "salt")
    assert reviewed(project) == 2


def test_a_deleted_catalogue_is_on_purpose(project: Project) -> None:
    (project.root / CATALOGUE).unlink()
    project.done("run")


def test_obsolete_entries_are_not_missing(project: Project) -> None:
    header, *entries = project.read(CATALOGUE).strip().split("\n\n")
    obsolete = [
        "\n".join("#~ " + line for line in entry.split("\n") if not line.startswith("#"))
        for entry in entries
    ]
    project.write(CATALOGUE, "\n\n".join([header, *obsolete]) + "\n")
    project.done("run")  # as after a merge by another tool
    assert reviewed(project) == 7


def done(number: int) -> Unit:
    return Unit("x", f"Text {number}", f"Texte {number}", State.REVIEWED)


def draft(number: int, kind: OriginKind = OriginKind.MACHINE) -> Unit:
    unit = done(number)._replace(state=State.DRAFT)
    return unit._replace(origin=Origin(kind, "a b", draft_digest(unit.source, unit.target)))


def catalogue(*units: Unit, obsolete: tuple[Unit, ...] = ()) -> Catalog:
    return Catalog("a", "fr", units, obsolete)


@pytest.mark.parametrize(
    ("recorded", "now", "missing"),
    [
        (catalogue(*map(done, range(5))), catalogue(*map(done, range(2))), 3),
        (catalogue(*map(done, range(6))), catalogue(*map(done, range(3))), 0),  # half of them
        (catalogue(*map(done, range(3))), catalogue(*map(done, range(1))), 0),  # only two
        (catalogue(*map(done, range(3))), catalogue(), 3),
        (catalogue(*map(done, range(3))), catalogue(*map(draft, range(3))), 0),
        (catalogue(*map(done, range(3))), catalogue(obsolete=tuple(map(done, range(3)))), 0),
        (catalogue(*map(draft, range(5))), catalogue(), 0),
        (catalogue(), catalogue(), 0),
    ],
)
def test_most_of_the_reviewed_texts_are_missing(
    tmp_path: Path, recorded: Catalog, now: Catalog, missing: int
) -> None:
    reviews = Reviews(tmp_path / "reviews.sqlite")
    reviews.store("fr.po", catalogue(done(100)))
    reviews.store("fr.po", recorded)
    reviews.store("es.po", catalogue(done(200)))
    reviews.close()
    again = Reviews(tmp_path / "reviews.sqlite")
    assert again.missing("fr.po", now) == missing
    assert again.missing("de.po", now) == 0
    again.close()


def test_the_record_knows_where_drafts_came_from(tmp_path: Path) -> None:
    drafts = [draft(1), draft(2, OriginKind.ALIGNED), draft(7)]
    drafts[2] = drafts[2]._replace(origin=drafts[2].origin._replace(signature=""))
    edited = draft(3)._replace(target="Mot")
    catalog = catalogue(*drafts, edited, done(4), Unit("x", "Text 5"))
    reviews = Reviews(tmp_path / "reviews.sqlite")
    reviews.store("fr.po", catalog)
    for record in (reviews.drafts("fr.po"), DraftRecord.of(catalog)):
        for unit in drafts:
            origin = record.origin_of(unit._replace(context="", state=State.REVIEWED))
            assert origin
            assert origin[:2] == unit.origin[:2]
            assert record.knows(unit)
        other = drafts[0]._replace(source="Other")
        for unit in (edited, done(4), done(6), drafts[0]._replace(target="Mot"), other):
            assert record.origin_of(unit) is None
        assert record.knows(done(4)._replace(target="Autre"))
        assert not record.knows(edited)
        assert not record.knows(done(6))
    for record in (reviews.drafts("es.po"), DraftRecord()):
        assert record.origin_of(drafts[0]) is None
        assert not record.knows(done(4))
    reviews.store("fr.po", catalogue(drafts[0]._replace(state=State.REVIEWED)))
    assert reviews.drafts("fr.po").origin_of(drafts[0]) is None
    assert reviews.drafts("fr.po").knows(drafts[0])
    assert not reviews.drafts("fr.po").knows(drafts[1])
    reviews.close()


def test_a_text_that_was_reviewed_before_is_no_draft() -> None:
    twin = draft(1)._replace(context="y")
    record = DraftRecord.of(catalogue(done(1), twin))
    assert record.origin_of(done(1)) is None
    assert record.origin_of(twin) == twin.origin


def test_a_text_that_is_no_unicode_is_recorded_too() -> None:
    odd = done(1)._replace(source="\ud800")
    assert DraftRecord.of(catalogue(odd)).knows(odd)


def test_a_loss_is_allowed_for_one_article_with_one_content(tmp_path: Path) -> None:
    reviews = Reviews(tmp_path / "reviews.sqlite")
    assert not reviews.allows("salt", b"a")
    reviews.allow("salt", b"b")
    reviews.allow("salt", b"a")
    assert [reviews.allows("salt", content) for content in (b"a", b"b")] == [True, False]
    assert not reviews.allows("other", b"a")
    reviews.close()


def test_drafts_wait_until_they_are_accepted(tmp_path: Path) -> None:
    reviews = Reviews(tmp_path / "reviews.sqlite")
    assert not reviews.holds("fr.po", draft(1))
    reviews.hold("fr.po", [draft(0)])
    reviews.hold("fr.po", [draft(1), draft(2)])
    reviews.hold("es.po", [draft(3)])
    held = [number for number in range(4) if reviews.holds("fr.po", draft(number))]
    assert held == [1, 2]
    reviews.release("fr.po")
    assert not reviews.holds("fr.po", draft(1))
    assert reviews.holds("es.po", draft(3))
    reviews.close()
