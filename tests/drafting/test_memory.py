"""Translation memory: stored pairs and the drafts made from them."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from rapidfuzz import process

from pipeline.drafting.engines.contract import Answer
from pipeline.drafting.memory import Memory
from pipeline.drafting.tmx import TmxPair
from pipeline.errors import EngineRefused
from pipeline.language.similarity import character_ratio
from pipeline.model import Catalog, Previous, State, Unit
from tests.sample_project import ARTICLE, Project
from tests.steps import calls

if TYPE_CHECKING:
    from pathlib import Path

TASTE = "I taste 3 times, then I stop."


def unit(source: str, target: str, state: State = State.REVIEWED, context: str = "c") -> Unit:
    return Unit(context, source, target=target, state=state)


def asked(memory: Memory, *texts: str, target: str = "fr") -> list[str]:
    """Return each answer with its provider, or the reason for a refusal."""
    answers = list(memory.translate(texts, "en", target, {}))
    assert [number for number, _ in answers] == list(range(len(texts)))
    return [
        str(answer)
        if isinstance(answer, EngineRefused)
        else " | ".join(part for part in answer if part)
        for _, answer in answers
    ]


NOTHING = "no similar reviewed translation"

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
    ("Never ever weigh it.", "fr", "Ne le pesez jamais. | memory 85% | Never weigh it."),
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
    first, second, third = Memory(CATALOGS, 0.8).translate(texts, "en", "fr", {})
    assert first == (0, Answer("Moulez-le.", "memory 100%"))
    assert second[0] == 1
    assert isinstance(second[1], EngineRefused)
    assert third == (2, Answer("Goûtez-le.", "memory 100%"))


def test_the_threshold_decides() -> None:
    text = "Never ever weigh it."
    assert asked(Memory(CATALOGS, 0.86), text) == [NOTHING]
    assert asked(Memory(CATALOGS, 0.85), text) != [NOTHING]
    assert asked(Memory(CATALOGS, 1.0), "Taste it.") == ["Goûtez-le. | memory 100%"]


def test_the_most_frequent_translation_wins_then_the_first() -> None:
    def catalog(*targets: str) -> Catalog:
        units = tuple(unit("Salt", target, context=str(n)) for n, target in enumerate(targets))
        return Catalog("a", "fr", units)

    assert asked(Memory([catalog("Sel", "Du sel"), catalog("Du sel")], 0.8), "Salt") == [
        "Du sel | memory 100%"
    ]
    assert asked(Memory([catalog("Sel", "Du sel")], 0.8), "Salt") == ["Sel | memory 100%"]


PAIRS = [
    TmxPair("fr", "Taste it.", "From elsewhere"),
    TmxPair("fr", "Taste it.", "From elsewhere"),
    TmxPair("fr", "Stir it slowly.", "Remuez"),
    TmxPair("fr", "Stir it slowly.", "Remuez doucement."),
    TmxPair("fr", "Stir it slowly.", "Remuez doucement."),
    TmxPair("de", "Stir it slowly.", "Langsam rühren."),
]


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("Taste it.", "fr", "Goûtez-le. | memory 100%"),
        ("Stir it slowly.", "fr", "Remuez doucement. | memory 100%"),
        ("Stir it very slowly.", "fr", "Remuez doucement. | memory 85% | Stir it slowly."),
        ("Stir it slowly.", "de", "Langsam rühren. | memory 100%"),
        ("Stir it slowly.", "es", NOTHING),
    ],
)
def test_other_tools_fill_what_the_catalogues_do_not_have(
    text: str, locale: str, expected: str
) -> None:
    assert asked(Memory(CATALOGS, 0.8, PAIRS), text, target=locale) == [expected]


def test_only_the_same_text_has_a_hundred() -> None:
    long = "Never weigh the salt. " * 40
    memory = Memory([Catalog("a", "fr", (unit(long, "Long."),))], 0.8)
    assert asked(memory, long + "!") == [f"Long. | memory 99% | {long}"]


@pytest.mark.parametrize(
    ("text", "floor", "expected"),
    [
        ("Taste it.", 0.5, ("Taste it.", "Goûtez-le.", 100)),
        ("Never taste it.", 0.5, ("Never weigh it.", "Ne le pesez jamais.", 73)),
        ("Never taste it.", 0.7, None),
        ("It was here twice.", 0.5, ("It was there once.", "C'était là.", 83)),
        ("Waste is.", 0.5, None),
        ("Grease a tin.", 0.5, None),
    ],
)
def test_similar_texts_share_words_not_only_letters(
    text: str, floor: float, expected: tuple[str, str, int] | None
) -> None:
    match = Memory(CATALOGS, 0.8).similar(text, "fr", floor)
    assert (match and (match.source, match.target, match.percent)) == expected


def test_the_best_text_that_shares_words_is_found_behind_others() -> None:
    sources = ["Tested is", "Tastes it", "Taste it now then"]
    units = tuple(unit(source, source.upper()) for source in sources)
    match = Memory([Catalog("a", "fr", units)], 0.8).similar("Taste it", "fr", 0.5)
    assert match is not None
    assert match.source == "Tastes it"
    assert Memory([], 0.8).similar("Taste it", "fr", 0.5) is None


def test_of_many_texts_few_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(1)
    words = ["".join(random.choices("aeionrtsl", k=random.randint(2, 9))) for _ in range(3_000)]
    texts = [" ".join(random.choices(words, k=random.randint(4, 25))) for _ in range(20_000)]
    memory = Memory([Catalog("a", "fr", tuple(unit(text, "x") for text in texts))], 0.8)
    asking = [f"{text} {random.choice(words)}" for text in random.sample(texts, 500)]
    extract, compared = process.extract, 0

    def counted(text: str, candidates: list[str], **options: Any) -> Any:
        nonlocal compared
        compared += len(candidates)
        return extract(text, candidates, **options)

    monkeypatch.setattr(process, "extract", counted)
    answers = [answer for _, answer in memory.translate(asking, "en", "fr", {})]
    assert compared < 1_000 * len(asking), "all of a fitting length are some 8,000"
    sources = [answer.previous for answer in answers if isinstance(answer, Answer)]
    near = [text.rpartition(" ")[0] for text in asking]
    assert sum(character_ratio(a, b) >= 0.8 for a, b in zip(asking, near, strict=True)) > 450
    assert len(set(near) & set(sources)) > 450


def test_many_texts_are_looked_up_once() -> None:
    texts = [f"Weigh {n} grams of salt and {7 * n} of pepper." for n in range(3_000)]
    memory = Memory([Catalog("a", "fr", tuple(unit(text, "x") for text in texts))], 0.8)

    def ask(times: int) -> int:
        asking = [f"Do weigh {n} grams of salt and some pepper." for n in range(times)]
        return calls(lambda: list(memory.translate(asking, "en", "fr", {})))

    first = ask(1)
    assert first > len(texts)
    assert ask(20) < first, "each of them looked all texts up again"


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
    assert (same.origin.signature, near.origin.signature) == ("memory 100%", "memory 93%")
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
