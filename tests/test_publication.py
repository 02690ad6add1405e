"""The story of an article from its first publication, and law 11: what is published stays so."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model import State
from tests.sample_project import Project

ARTICLE = """\
---
title: Two cooks on salt
description: How much is enough?
---

We asked two cooks one question.

## Ana Ruiz, Blue Spoon (@ana_ruiz)

I never weigh the salt for my soup.

- I taste it 3 times.
- Then I stop.

## Ben Cole, The Larder (@bencole)

Less than you think, as my doctor says.

| cup | grams |
|---|---|
| small | 2 |
"""
FRENCH = {
    "Two cooks on salt": "Le sel de deux cuisiniers",
    "How much is enough?": "Combien en faut-il ?",
    "We asked two cooks one question.": "Nous avons posé une question à deux cuisiniers.",
    "I never weigh the salt for my soup.": "Je ne pèse jamais le sel de ma soupe.",
    "I taste it 3 times.": "Je goûte 3 fois.",
    "Then I stop.": "Puis j’arrête.",
    "Less than you think, as my doctor says.": "Moins qu’on ne pense, dit mon médecin.",
    "cup": "tasse",
    "grams": "grammes",
    "small": "petite",
}
SOURCE = "source/salt/en.md"
CEM = "\n## Cem Oz, Fork & Knife (@cem)\n\nSalt is for the sea.\n"


def translate(project: Project, words: dict[str, str], locale: str = "fr") -> None:
    """Write translations into a catalogue, as a human does; of the sources that are there."""
    path = project.po(locale)
    for source, target in words.items():
        entry = re.compile(
            r"(?:#, fuzzy\n)?((?:#\| .*\n)*)(msgctxt .*\n)"
            rf'msgid "{re.escape(source)}"\nmsgstr (?:".*"\n)+'
        )
        text, count = entry.subn(rf'\2msgid "{source}"\nmsgstr "{target}"\n', project.read(path))
        assert count, source
        project.write(path, text)


def pages(project: Project, folder: str = "build") -> dict[str, bytes]:
    return {path: data for path, data in project.tree().items() if path.startswith(folder)}


def clone(project: Project, root: Path) -> Project:
    """Return a fresh clone: what is built, and the state folder, are not in the repository."""
    for path in ("source", "locales", "pipeline.toml"):
        if (project.root / path).is_dir():
            shutil.copytree(project.root / path, root / path)
        else:
            shutil.copy(project.root / path, root / path)
    copy = Project.__new__(Project)
    copy.root = root
    return copy


def same_in_a_clone(project: Project) -> None:
    """Check that a fresh clone builds the same pages, by a build alone and by a whole run."""
    for command in ("build", "run"):
        with TemporaryDirectory() as folder:
            copy = clone(project, Path(folder))
            copy.done(command)
            assert pages(copy) == pages(project), command


def french(project: Project) -> str:
    return project.read("build/fr/salt.md")


def test_the_story_of_an_article(tmp_path: Path) -> None:
    project = Project(tmp_path, text=ARTICLE, engines=["memory"], locales=["fr", "es"])
    project.done("run", "--drafts")
    assert {path.partition("/salt")[0] for path in pages(project)} >= {"build/en"}
    assert not (tmp_path / "build/fr").exists()
    assert (tmp_path / "preview/fr/salt.html").exists()

    # First publication: all words, so that a number needs none.
    translate(project, {s: t for s, t in FRENCH.items() if s != "small"})
    assert "published" not in project.done("run").err
    translate(project, FRENCH)
    assert "salt fr: published" in project.done("run").err
    published = french(project)
    for source, target in FRENCH.items():
        assert target in published
        assert f"\n{source}\n" not in published
    assert "href" in project.read("build/fr/salt.html")
    assert 'hreflang="fr"' in project.read("build/en/salt.html")
    assert "es" not in "".join(path[:9] for path in pages(project))
    same_in_a_clone(project)

    # One word edited in the title and in a text: the page stays as it was.
    project.edit(SOURCE, "title: Two cooks on salt", "title: Two good cooks on salt")
    project.edit(
        SOURCE, "I never weigh the salt for my soup.", "I never ever weigh the salt for my soup."
    )
    outcome = project.done("run", "--drafts")
    assert "salt fr: published with 2 texts in the last reviewed translation" in outcome.err
    assert french(project) == published
    assert 'lang="en"' not in project.read("build/fr/salt.html").partition("<main")[2]
    assert "stale" in project.done("status").out
    report = project.run("check", "--no-grammar", "--select", "CO108", "--verbose")
    assert report.out.count("CO108") >= 2
    same_in_a_clone(project)

    # Edited once more, and drafted by somebody: still the last reviewed words.
    project.edit(SOURCE, "I never ever weigh", "I never, never weigh")
    project.done("run")
    assert french(project) == published
    same_in_a_clone(project)

    # Reviewed again.
    translate(
        project,
        {
            "Two good cooks on salt": "Le sel de deux bons cuisiniers",
            "I never, never weigh the salt for my soup.": "Jamais, au grand jamais, de balance.",
        },
    )
    project.done("run")
    assert "title: Le sel de deux bons cuisiniers" in french(project)
    assert "Jamais, au grand jamais, de balance." in french(project)
    published = french(project)
    same_in_a_clone(project)

    # New texts wait, an expert with the heading.
    project.write(SOURCE, project.read(SOURCE) + CEM)
    project.edit(SOURCE, "- Then I stop.\n", "- Then I stop.\n- My guests add more.\n")
    outcome = project.done("run", "--drafts")
    assert "salt fr: published with 2 texts left out until translated" in outcome.err
    assert french(project) == published
    assert "Cem Oz" in project.read("build/en/salt.md")
    assert "Cem Oz" in project.read("preview/fr/salt.md")
    assert "CO109" in project.run("check", "--no-grammar", "--select", "CO109", "--verbose").out
    same_in_a_clone(project)
    translate(project, {"Salt is for the sea.": "Le sel est pour la mer."})
    project.done("run")
    assert french(project).replace(
        "\n## Cem Oz, Fork & Knife (@cem)\n\nLe sel est pour la mer.\n", ""
    ) == (published)
    same_in_a_clone(project)

    # A translator leaves a passage out on purpose.
    project.edit(
        project.po(),
        'msgid "My guests add more."',
        'msgid "My guests add more."',
    )
    text = project.read(project.po())
    project.write(
        project.po(),
        re.sub(
            r'((?:#[.:] .*\n)+msgctxt .*\nmsgid "My guests add more\.")',
            r"# pipeline: omit no guest does that here\n\1",
            text,
        ),
    )
    outcome = project.done("run", "--drafts")
    assert "left out until" not in outcome.err
    assert "My guests" not in french(project) + project.read("preview/fr/salt.md")
    assert "CO110" in project.run("check", "--no-grammar", "--select", "CO110", "--verbose").out
    same_in_a_clone(project)

    # A correction shows the source's words, marked.
    project.edit(
        SOURCE, "Less than you think, as my doctor says.", "More than you think, as my doctor says."
    )
    outcome = project.done("run", "--correction", "salt")
    assert "salt fr: published with 1 text in the source's words after a correction" in outcome.err
    assert "Moins qu’on ne pense" not in french(project)
    span = '<span class="untranslated" lang="en">More than you think, as my doctor says.</span>'
    assert span in french(project)
    assert "Moins qu’on ne pense" not in project.read("build/fr/salt.html")
    same_in_a_clone(project)
    translate(project, {"More than you think, as my doctor says.": "Plus qu’on ne pense."})
    project.done("run")
    same_in_a_clone(project)

    # A draft withdraws all, and puts back what was there.
    before = pages(project)
    project.edit(SOURCE, "---\ntitle", "---\ndraft: true\ntitle")
    project.done("run")
    assert pages(project).keys() == {"build/.pipeline-pages"}
    project.edit(SOURCE, "draft: true\n", "")
    project.done("run")
    assert pages(project) == before

    # A language, then the article, is withdrawn.
    project.edit("pipeline.toml", '["fr", "es"]', '["es"]')
    project.done("run", "--drafts")
    assert [path for path in project.tree() if path.startswith(("build/fr", "preview/fr"))] == []
    shutil.rmtree(tmp_path / "source/salt")
    project.write("source/pepper/en.md", "Pepper.\n")
    project.done("run")
    assert [path for path in pages(project) if "salt" in path] == []
    assert project.po() in project.tree()


# Law 11

BLOCKS = [
    "I never weigh it, not even {n} grams.",
    "Taste the soup {n} times before you serve it.",
    "- Put {n} spoons away.\n- Then wait for a while.",
    "> My doctor counts {n} of them.",
    "### On {n} kitchens",
    "| cup {n} | plate |\n|---|---|\n| small | large |",
    "## Person{n} Smith, Kitchen (@p{n})\n\nI would use {n} bowls for that.",
]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "add", "remove", "move", "review", "retitle", "merge", "correct"]),
        st.integers(0, 99),
    ),
    min_size=1,
    max_size=6,
)
MINE = re.compile(r"[A-Za-z]{3,}")


def render(title: str, blocks: list[str]) -> str:
    return f"---\ntitle: {title}\ndescription: About cooks\n---\n\n" + "\n\n".join(blocks) + "\n"


def to_greek(text: str) -> str:
    """Return a translation in other letters; names, numbers and markup stay."""
    names = r"(?:Person\d+ Smith, Kitchen \(@p\d+\))"
    return re.sub(
        rf"{names}|[A-Za-z]+", lambda m: m[0] if "Smith" in m[0] else "λ" * len(m[0]), text
    )


def review_all(project: Project) -> None:
    """Translate and review everything, as a human does in an editor."""
    import polib

    path = project.root / project.po("el")
    entries = polib.pofile(str(path), wrapwidth=79)
    for entry in entries:
        if not entry.obsolete:
            entry.msgstr = to_greek(entry.msgid)
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
            entry.previous_msgid = entry.previous_msgctxt = None
            entry.tcomment = ""
    entries.save()


@pytest.mark.slow("builds and clones a project some hundred times")
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(range(len(BLOCKS))), min_size=1, max_size=4), STEPS)
def test_11_a_published_language_stays_published_and_in_its_language(
    first: list[int], steps: list[tuple[str, int]]
) -> None:
    with TemporaryDirectory() as folder:
        blocks = [BLOCKS[at].format(n=n) for n, at in enumerate(first)]
        title, count = "The salt", len(blocks)
        project = Project(
            Path(folder), text=render(title, blocks), engines=["pseudo"], locales=["el"]
        )
        project.done("merge")
        review_all(project)
        project.done("build")
        reviewed = True
        corrected = False
        for step, number in steps:
            at = number % len(blocks)
            command = ["run"]
            if step in ("edit", "correct"):
                head, line_end, line = blocks[at].rpartition("\n")
                blocks[at] = head + line_end + line.replace(" ", f" really{number} ", 1)
                if step == "correct":
                    command, corrected = ["run", "--correction", "salt"], True
            elif step == "add":
                count += 1
                blocks.insert(at, BLOCKS[number % len(BLOCKS)].format(n=count))
            elif step == "remove" and len(blocks) > 1:
                del blocks[at]
            elif step == "move":
                blocks.insert(0, blocks.pop(at))
            elif step == "retitle":
                title += f" again{number}"
            elif step == "review":
                review_all(project)
                corrected = False
            project.write("source/salt/en.md", render(title, blocks))
            if step == "merge":
                command = ["merge"]
            project.done(*command, "--allow-loss", "salt")
            project.done("build")
            reviewed = all(u.state is State.REVIEWED for u in project.catalog("el").units)
            page = project.read("build/el/salt.md")
            body = re.sub(r"Person\d+ Smith, Kitchen \(@p\d+\)", "", page)
            body = re.sub(r"^(?:title|description): ", "", body, flags=re.M)
            # The words of a correction are the source's, and marked.
            body = re.sub(r'<span class="untranslated" lang="en">.*?</span>', "", body)
            left = [word for word in MINE.findall(body) if word not in ("table",)]
            assert corrected or left == [], (page, project.read(project.po("el")))
            assert "draft" not in page
            assert not reviewed or "λ" in page
            with TemporaryDirectory() as other:
                copy = clone(project, Path(other))
                copy.done("build")
                assert pages(copy) == pages(project)
