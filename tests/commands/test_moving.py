"""Articles that are renamed, split and joined keep their reviewed translations."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.commands import loss, moving
from pipeline.model import State
from tests.sample_project import ARTICLE, Project

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.commands.job import Job

ANA, BEN = ("## Ana" + ARTICLE.partition("## Ana")[2]).split("## Ben")
BEN = "## Ben" + BEN
HEAD = ARTICLE.partition("## Ana")[0]
OTHER = "---\ntitle: On pepper\n---\n\nThis is about pepper only.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Project with two locales, whose translations are all reviewed."""
    project = Project(tmp_path / "x", "salt", "pepper", locales=["fr", "es"])
    project.write("source/pepper/en.md", OTHER)
    reviewed(project)
    return project


def reviewed(project: Project) -> None:
    project.done("run")
    for locale in ("fr", "es"):
        for name in ("salt", "pepper"):
            project.review(locale, name)
    project.done("run")


def rename(project: Project, old: str, new: str) -> None:
    (project.root / f"source/{new}").parent.mkdir(parents=True, exist_ok=True)
    (project.root / f"source/{old}").rename(project.root / f"source/{new}")


def states(project: Project, article: str, locale: str = "fr") -> dict[str, State]:
    return {unit.source: unit.state for unit in project.catalog(locale, article).units}


def texts(project: Project, article: str, locale: str = "fr") -> dict[str, str]:
    units = project.catalog(locale, article).units
    return {unit.source: unit.target for unit in units if unit.state is State.REVIEWED}


@pytest.mark.parametrize("name", ["sugar", "2026/sugar"])
def test_a_renamed_article_keeps_its_catalogues(project: Project, name: str) -> None:
    po = project.read(project.po()).replace("# French", "# Of Ada.\n# French")
    po += '\n#~ msgctxt "x"\n#~ msgid "Gone."\n#~ msgstr "Parti."\n'
    project.write(project.po(), po)
    rename(project, "salt", name)
    before = project.written()
    outcome = project.run("run", "--check")
    assert (outcome.code, project.written()) == (1, before)
    lines = [f"{project.po(locale)} → {project.po(locale, name)}\n" for locale in ("fr", "es")] + [
        f"locales/templates/LC_MESSAGES/salt.pot → locales/templates/LC_MESSAGES/{name}.pot\n"
    ]
    assert all("would rename: " + line in outcome.err for line in lines)
    assert "would remove: build/fr/salt.md: its article is gone\n" in outcome.err
    outcome = project.done("run")
    assert all("\nrenamed: " + line in "\n" + outcome.err for line in lines)
    assert project.read(project.po(article=name)) == po.replace("source/salt", f"source/{name}")
    assert not [path for path in project.tree() if "salt" in path]
    assert "salt" not in project.read("build/.pipeline-pages")
    assert project.root.joinpath(f"build/fr/{name}.md").exists()
    assert "nothing to do" in project.done("run").err
    project.done("run", "--check")
    assert "CO106" not in project.run("check", "--no-grammar").out


@pytest.mark.parametrize("command", ["merge", "align", "translate"])
def test_each_command_that_writes_catalogues_renames_them(project: Project, command: str) -> None:
    before = texts(project, "salt")
    rename(project, "salt", "sugar")
    outcome = project.run(command, "--check")
    assert outcome.code == 1
    assert f"would rename: {project.po()} → {project.po(article='sugar')}\n" in outcome.err
    project.done(command)
    assert texts(project, "sugar") == before
    assert "salt" not in " ".join(path for path in project.tree() if path.startswith("locales"))
    project.done("run")
    assert "salt" not in " ".join(project.tree())


def test_a_template_is_renamed_before_its_catalogues(project: Project) -> None:
    before = texts(project, "salt")
    rename(project, "salt", "sugar")
    project.done("extract")
    assert not (project.root / "locales/templates/LC_MESSAGES/salt.pot").exists()
    assert (project.root / project.po()).exists()
    project.done("run")
    assert texts(project, "sugar") == before
    assert "salt" not in " ".join(project.tree())


def test_a_template_that_was_made_anew_replaces_the_old_one(project: Project) -> None:
    rename(project, "salt", "sugar")
    project.write(
        "locales/templates/LC_MESSAGES/sugar.pot",
        project.read("locales/templates/LC_MESSAGES/salt.pot"),
    )
    assert "removed: locales/templates/LC_MESSAGES/salt.pot\n" in project.done("merge").err
    assert not (project.root / "locales/templates/LC_MESSAGES/salt.pot").exists()


def test_a_catalogue_that_cannot_be_renamed_leaves_its_article_out(project: Project) -> None:
    project.write("locales/fr/LC_MESSAGES/2026", "A file in the place of a folder.")
    rename(project, "salt", "2026/sugar")
    project.edit("source/pepper/en.md", "only", "alone")
    outcome = project.run("run")
    assert outcome.code == 2
    assert "(2026/sugar is left out)" in outcome.err
    assert (project.root / project.po()).exists()
    assert "alone" in project.read(project.po(article="pepper"))


@pytest.mark.parametrize("locales", [("es",), ("fr", "es")], ids=["one", "all"])
def test_a_catalogue_that_cannot_be_read_is_renamed_when_it_was_repaired(
    project: Project, locales: tuple[str, ...]
) -> None:
    pos = {project.po(locale): project.read(project.po(locale)) for locale in locales}
    for path, po in pos.items():
        project.write(path, po + "<<<<<<< ours\n")
    rename(project, "salt", "sugar")
    before = project.written()
    outcome = project.run("run")
    assert outcome.code == 2
    assert f"{project.po(locales[0])}:" in outcome.err
    assert "(sugar is left out)" in outcome.err
    assert {p: s for p, s in project.written().items() if "build" not in p} == {
        p: s for p, s in before.items() if "build" not in p
    }
    for path, po in pos.items():
        project.write(path, po)
    project.done("run")
    for locale in ("fr", "es"):
        assert set(states(project, "sugar", locale).values()) == {State.REVIEWED}


def test_a_template_alone_is_renamed(tmp_path: Path) -> None:
    project = Project(tmp_path, locales=[])
    project.done("extract")
    rename(project, "salt", "sugar")
    project.done("extract")
    assert [path for path in project.tree() if path.endswith(".pot")] == [
        "locales/templates/LC_MESSAGES/sugar.pot"
    ]


def test_a_renamed_article_that_was_edited(project: Project) -> None:
    before = texts(project, "salt")
    rename(project, "salt", "sugar")
    project.edit("source/sugar/en.md", "I never weigh it.", "I always weigh it.")
    project.done("run")
    after = states(project, "sugar")
    assert after.pop("I always weigh it.") is State.DRAFT
    assert set(after.values()) == {State.REVIEWED}
    assert {unit.target for unit in project.catalog(article="sugar").obsolete} == {
        before["I never weigh it."]
    }


def test_one_locale_after_the_other(project: Project) -> None:
    rename(project, "salt", "sugar")
    project.done("run", "--locale", "fr")
    assert not (project.root / project.po("fr")).exists()
    assert (project.root / project.po("es")).exists()
    project.done("run")
    assert set(states(project, "sugar", "es").values()) == {State.REVIEWED}
    assert "salt" not in " ".join(project.tree())


def test_a_page_that_somebody_edited_stays(project: Project) -> None:
    project.edit("build/fr/salt.md", "3", "33")
    rename(project, "salt", "sugar")
    message = "build/fr/salt.md: its article is gone, but the page was changed since it was built"
    assert message in project.run("run", "--check").err
    for _ in range(2):
        assert message in project.done("run").err
        assert {path for path in project.tree() if "salt" in path} == {"build/fr/salt.md"}


@pytest.mark.parametrize("both", [False, True], ids=["source", "source and page"])
def test_pages_that_are_built_in_place(tmp_path: Path, both: bool) -> None:
    layout = dict.fromkeys(("article_path", "page_path"), "content/{lang}/{article}.md")
    project = Project(tmp_path, html=False, **layout)
    shutil.rmtree(tmp_path / "source")
    project.write("content/en/salt.md", ARTICLE)
    project.done("run")
    project.review()
    project.done("run")
    page = project.read("content/fr/salt.md")
    for locale in ("en", "fr") if both else ("en",):
        path = tmp_path / f"content/{locale}/salt.md"
        path.rename(path.with_name("sugar.md"))
    outcome = project.done("run")
    assert "not replaced" not in outcome.err
    assert project.read("content/fr/sugar.md") == page
    assert "salt" not in "".join(path for path in project.tree())
    assert set(states(project, "sugar").values()) == {State.REVIEWED}
    project.edit("content/en/sugar.md", "3 times", "4 times")
    assert "wrote content/fr/sugar.md" not in project.done("run").err
    assert project.read("content/fr/sugar.md") == page
    project.review(article="sugar")
    assert "wrote content/fr/sugar.md" in project.done("run").err


def test_the_pages_of_an_article_that_was_deleted_go_and_its_catalogues_stay(
    project: Project,
) -> None:
    shutil.rmtree(project.root / "source/salt")
    assert "removed: build/fr/salt.md: its article is gone" in project.done("run").err
    assert [path for path in project.tree() if "salt" in path] == [
        project.po("es"),
        project.po("fr"),
        "locales/templates/LC_MESSAGES/salt.pot",
    ]


def test_one_article_gets_the_catalogue_of_one_that_is_gone_only(project: Project) -> None:
    rename(project, "salt", "sugar")
    project.write("source/pepper/en.md", OTHER + "\nOne more.\n")
    project.done("run", "--article", "pepper")
    assert (project.root / project.po()).exists()
    project.write("source/vinegar/en.md", HEAD + "Mostly other words, which nobody has said.\n")
    project.done("run", "--article", "vinegar")
    assert (project.root / project.po()).exists()
    project.done("run", "--article", "sugar")
    assert set(states(project, "sugar").values()) == {State.REVIEWED}
    assert not (project.root / project.po()).exists()


def test_with_one_article_no_text_leaves_another(project: Project) -> None:
    project.write("source/salt/en.md", HEAD + ANA)
    project.write("source/ben/en.md", BEN)
    before = project.read(project.po())
    project.done("merge", "--article", "ben")
    assert project.read(project.po()) == before


def test_a_split_takes_its_texts_along(project: Project) -> None:
    before = texts(project, "salt")
    project.write("source/salt/en.md", HEAD + ANA)
    project.write("source/ben/en.md", "---\ntitle: Ben\n---\n\n" + BEN)
    files = project.written()
    outcome = project.run("merge", "--check")
    assert (outcome.code, project.written()) == (1, files)
    assert "ben fr: 2 translations would move here from salt\n" in outcome.err
    outcome = project.done("run")
    assert "ben fr: 2 translations moved here from salt\n" in outcome.err
    assert "ben es: 2 translations moved here from salt\n" in outcome.err
    assert "obsolete" not in outcome.err
    assert texts(project, "salt") | texts(project, "ben") == before
    assert not project.catalog().obsolete
    project.done("run", "--check")


def test_most_of_an_article_may_move(project: Project) -> None:
    """Check that the guard against damaged sources knows where the texts are."""
    before = texts(project, "salt")
    project.write("source/salt/en.md", "---\ntitle: Two cooks on salt\n---\n")
    project.write("source/cooks/en.md", HEAD.rpartition("---\n\n")[2] + ANA + BEN)
    project.done("status")
    project.done("run")
    after = texts(project, "salt") | texts(project, "cooks")
    assert before.keys() - after.keys() == {"How much is enough?"}
    assert [unit.source for unit in project.catalog().obsolete] == ["How much is enough?"]
    project.done("run")


def test_a_text_of_somebody_else_is_not_reviewed(project: Project) -> None:
    project.write("source/salt/en.md", HEAD + ANA)
    project.write(
        "source/ben/en.md", BEN.replace("Ben Cole, The Larder (@bencole)", "Di, Pub (@di)")
    )
    project.done("run")
    assert set(states(project, "ben").values()) == {State.DRAFT}
    assert len(project.catalog().obsolete) == 2


def test_a_text_moves_between_articles_that_exist_and_back(project: Project) -> None:
    before = texts(project, "salt")
    project.write("source/salt/en.md", HEAD + ANA)
    project.write("source/pepper/en.md", OTHER + "\n" + BEN)
    project.done("run")
    assert len(texts(project, "pepper")) == 4
    project.write("source/salt/en.md", ARTICLE)
    project.write("source/pepper/en.md", OTHER)
    project.done("run")
    assert texts(project, "salt") == before
    assert not project.catalog().obsolete
    assert not project.catalog(article="pepper").obsolete


def test_two_articles_swap_their_names(project: Project) -> None:
    salt, pepper = texts(project, "salt"), texts(project, "pepper")
    for old, new in (("salt", "x"), ("pepper", "salt"), ("x", "pepper")):
        rename(project, old, new)
    project.done("run")
    assert (texts(project, "salt"), texts(project, "pepper")) == (pepper, salt)
    assert not project.catalog().obsolete


def test_names_that_move_on(project: Project) -> None:
    salt, pepper = texts(project, "salt"), texts(project, "pepper")
    rename(project, "pepper", "vinegar")
    rename(project, "salt", "pepper")
    project.done("run")
    assert (texts(project, "pepper"), texts(project, "vinegar")) == (salt, pepper)
    assert not project.catalog(article="pepper").obsolete
    # Nothing is left in it.
    assert not (project.root / project.po()).exists()


def test_two_articles_are_joined(project: Project) -> None:
    both = texts(project, "salt") | texts(project, "pepper")
    text = ARTICLE + "\n## The other one\n\n" + OTHER.rpartition("---\n\n")[2]
    shutil.rmtree(project.root / "source/pepper")
    rename(project, "salt", "spices")
    project.write("source/spices/en.md", text)
    project.done("run")
    after = texts(project, "spices")
    assert both.items() - after.items() == {("On pepper", both["On pepper"])}
    assert not (project.root / project.po()).exists()
    # Its title stays, until somebody deletes it.
    assert [u.source for u in project.catalog(article="pepper").units] == ["On pepper"]


def test_an_article_that_is_gone_was_split(project: Project) -> None:
    before = texts(project, "salt")
    shutil.rmtree(project.root / "source/salt")
    project.write("source/a/en.md", HEAD)
    project.write("source/b/en.md", ANA)
    project.write("source/c/en.md", BEN)
    outcome = project.run("check", "--no-grammar")
    assert "the article is called 'a' now: 'pipeline merge' renames the catalogue" in outcome.out
    project.done("run", "--jobs", "1")
    assert texts(project, "a") | texts(project, "b") | texts(project, "c") == before
    assert not [path for path in project.tree() if "salt" in path]


def test_where_the_texts_go_is_told(project: Project) -> None:
    rename(project, "salt", "sugar")
    message = "the article is called 'sugar' now: 'pipeline merge' renames the catalogue"
    outcome = project.run("check", "--no-grammar")
    assert outcome.out.count(message) == 2
    assert f"{project.po()}: {message}; build/fr/salt.md is" in project.done("status").err
    shutil.rmtree(project.root / "source/sugar")
    project.write("source/pepper/en.md", OTHER + "\n" + BEN)
    message = "the article is missing: 'pipeline merge' moves 2 translations to 'pepper'"
    assert message in project.run("check", "--no-grammar").out
    project.done("merge")
    assert len(texts(project, "pepper")) == 4
    assert "delete the catalogue" in project.run("check", "--no-grammar").out


def test_what_a_correction_withdraws_moves_nowhere(project: Project) -> None:
    project.write("source/salt/en.md", HEAD + ANA)
    project.write("source/ben/en.md", BEN)
    project.done("run", "--correction", "salt")
    assert set(states(project, "ben").values()) == {State.DRAFT}


def test_an_article_that_is_left_out_gets_nothing(project: Project) -> None:
    before = project.read(project.po())
    project.write("source/salt/en.md", HEAD)
    project.write("source/ben/en.md", b"\xff" + (ANA + BEN).encode())
    outcome = project.run("run")
    assert outcome.code == 2
    assert "source/salt/en.md: most reviewed translations would become obsolete" in outcome.err
    assert project.read(project.po()) == before


@pytest.mark.parametrize("step", ["rename", "merge", "finish"])
def test_a_run_that_is_killed_loses_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = texts(project, "salt")
    rename(project, "salt", "sugar")
    project.write("source/sugar/en.md", HEAD + ANA)
    # The name is behind that of its origin, and yet it is written first.
    project.write("source/z/en.md", BEN)

    class Killed(BaseException):
        pass

    def die(*_arguments: object) -> None:
        raise Killed

    if step == "finish":
        monkeypatch.setattr(moving, "_finish", die)
    else:
        from pipeline.project import Catalogues

        save = Catalogues.save

        def once(self: Catalogues, catalog: object) -> None:
            if step == "merge" and getattr(catalog, "article", "") == "z":
                save(self, catalog)  # type: ignore[arg-type]
                return
            die()

        monkeypatch.setattr(Catalogues, "save", once)
    with pytest.raises(Killed):
        project.run("run", "--jobs", "1")
    monkeypatch.undo()
    kept = texts(project, "sugar")
    kept |= {u.source: u.target for u in project.catalog(article="sugar").obsolete}
    if step != "rename":
        kept |= texts(project, "z")
    assert kept == before
    project.done("run")
    assert texts(project, "sugar") | texts(project, "z") == before


@pytest.mark.parametrize("jobs", ["2", "3"])
def test_several_processes_move_the_same(tmp_path: Path, jobs: str) -> None:
    names = [f"a{number}" for number in range(9)]
    trees = []
    for count in ("1", jobs):
        project = Project(tmp_path / count, *names)
        for number, name in enumerate(names):
            project.write(f"source/{name}/en.md", ARTICLE.replace("3 times", f"{number} times"))
        project.done("run")
        for name in names:
            project.review(article=name)
        project.done("run")
        rename(project, "a0", "b")
        for number in range(1, 9):
            text = ARTICLE.replace("3 times", f"{number} times")
            other = ARTICLE.replace("3 times", f"{number % 8 + 1} times")
            project.write(f"source/a{number}/en.md", other if number < 7 else text)
        project.write("source/a8/en.md", HEAD)
        project.write("source/c/en.md", ANA.replace("3 times", "8 times") + BEN)
        outcome = project.done("run", "--verbose", "--jobs", count)
        trees.append((outcome, project.tree()))
    assert trees[0] == trees[1]
    assert "c fr: 4 translations moved here from a8\n" in trees[0][0].err
    assert "a1 fr: 1 translation moved here from a2\n" in trees[0][0].err


def test_a_run_without_changes_looks_for_no_moves(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(job: Job) -> None:
        raise AssertionError(job)

    monkeypatch.setattr(loss, "find_moves", refuse)
    project.done("run")
