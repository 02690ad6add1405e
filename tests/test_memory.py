"""Translation memory: what it remembers, and what it makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.engines.contract import Answer
from pipeline.errors import EngineRefused
from pipeline.memory import Memory
from pipeline.model import Catalog, Previous, State, Unit
from tests.project import ARTICLE, Project

if TYPE_CHECKING:
    from pathlib import Path

TASTE = "I taste 3 times, then I stop."


def unit(source: str, target: str, state: State = State.REVIEWED, context: str = "c") -> Unit:
    return Unit(context, source, target=target, state=state)


def asked(memory: Memory, *texts: str, target: str = "fr") -> list[str]:
    """Ask for texts; give each answer with who gave it, or why there is none."""
    return [
        str(answer)
        if isinstance(answer, EngineRefused)
        else " | ".join(part for part in answer if part)
        for answer in memory.translate(texts, "en", target)
    ]


NOTHING = "nothing similar was translated before"

CATALOGS = [
    Catalog(
        "salt",
        "fr",
        (
            unit("Never weigh it.", "Ne le pesez jamais."),
            unit("Taste it.", "Goûtez-le."),
            unit("Taste it.", "Goûte.", context="second"),
            unit("A draft.", "Un brouillon.", State.DRAFT),
            unit("Empty.", "", State.EMPTY),
        ),
        obsolete=(
            unit("It was there once.", "C'était là."),
            unit("An old draft.", "Un vieux brouillon.", State.DRAFT),
        ),
    ),
    Catalog("salt", "es", (unit("Taste it.", "Pruébalo."),)),
    Catalog("pepper", "fr", (unit("Taste it.", "Un autre."), unit("Grind it.", "Moulez-le."))),
]

ANSWERS = [
    ("Taste it.", "fr", "Goûtez-le. | memory 100%"),
    ("Taste it.", "es", "Pruébalo. | memory 100%"),
    ("Grind it.", "fr", "Moulez-le. | memory 100%"),
    ("It was there once.", "fr", "C'était là. | memory 100%"),
    ("Never weigh it!", "fr", "Ne le pesez jamais. | memory 93% | Never weigh it."),
    ("Never ever weigh it.", "fr", "Ne le pesez jamais. | memory 86% | Never weigh it."),
    ("Never taste it, though.", "fr", NOTHING),
    ("A draft.", "fr", NOTHING),
    ("An old draft.", "fr", NOTHING),
    ("Empty.", "fr", NOTHING),
    ("Grind it.", "es", NOTHING),
    ("Taste it.", "de", NOTHING),
]


@pytest.mark.parametrize(("text", "locale", "expected"), ANSWERS)
def test_an_answer_is_the_same_or_the_most_similar_reviewed_text(
    text: str, locale: str, expected: str
) -> None:
    assert asked(Memory(CATALOGS, 0.8), text, target=locale) == [expected]


def test_the_answers_come_in_order() -> None:
    texts = ["Grind it.", "Nothing like it.", "Taste it."]
    first, second, third = Memory(CATALOGS, 0.8).translate(texts, "en", "fr")
    assert first == Answer("Moulez-le.", "memory 100%")
    assert isinstance(second, EngineRefused)
    assert third == Answer("Goûtez-le.", "memory 100%")


def test_the_threshold_decides() -> None:
    text = "Never ever weigh it."
    assert asked(Memory(CATALOGS, 0.86), text) == [NOTHING]
    assert asked(Memory(CATALOGS, 0.85), text) != [NOTHING]
    assert asked(Memory(CATALOGS, 1.0), "Taste it.") == ["Goûtez-le. | memory 100%"]


def test_an_article_learns_from_another(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", engines=["memory", "pseudo"])
    project.done("run")
    path = project.po()
    project.edit(
        path,
        f'#, fuzzy\nmsgctxt "ana-ruiz"\nmsgid "{TASTE}"',
        f'msgctxt "ana-ruiz"\nmsgid "{TASTE}"',
    )
    other = ARTICLE.replace("Ana Ruiz", "Eva Lind").replace("then I stop", "and then I stop")
    project.write("source/herbs/en.md", other + f"\n## Last\n\n{TASTE}\n")
    outcome = project.done("run", "--article", "herbs")
    assert "herbs fr: memory drafted 2 of 9" in outcome.err
    assert "herbs fr: pseudo drafted 7 of 9" in outcome.err

    reviewed = project.unit(TASTE)
    units = {unit.key: unit for unit in project.catalog("fr", "herbs").units}
    same = units["last", TASTE]
    near = units["eva-lind", "I taste 3 times, and then I stop."]
    assert (same.target, near.target) == (reviewed.target, reviewed.target)
    assert (same.state, near.state) == (State.DRAFT, State.DRAFT)
    assert (same.origin.signature, near.origin.signature) == ("memory 100%", "memory 94%")
    assert (same.previous, near.previous) == (None, Previous(TASTE))
    assert f'#| msgid "{TASTE}"\n' in project.read(project.po("fr", "herbs"))


def test_a_machine_draft_never_enters_the_memory(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", "herbs", engines=["memory", "pseudo"])
    outcome = project.done("run")
    assert "memory" not in outcome.err
    for article in ("salt", "herbs"):
        units = project.catalog("fr", article).units
        assert {unit.origin.signature for unit in units} == {"pseudo"}


def test_what_numbers_differ_in_is_no_draft(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", engines=["memory"])
    project.done("run", PIPELINE_ENGINES="pseudo")
    project.review()
    project.write("source/herbs/en.md", f"{TASTE.replace('3', '4')}\n")
    outcome = project.done("run", "--article", "herbs", "--verbose")
    assert "memory: number 4 is missing" in outcome.err
