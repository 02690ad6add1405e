"""Draft translations: requests to each engine, and the answers that become drafts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract
from pipeline.drafting.cache import Answers
from pipeline.drafting.drafts import DraftOrder, DraftTally, missing, translate
from pipeline.drafting.engines import SERVICES
from pipeline.drafting.engines.contract import Answer, Traits
from pipeline.drafting.engines.pseudo import Pseudo
from pipeline.errors import EngineFailed, EngineRefused, EngineUnavailable
from pipeline.markdown.marks import Form
from pipeline.model import (
    Catalog,
    Origin,
    OriginKind,
    Previous,
    State,
    Unit,
    draft_digest,
    text_hash,
)
from tests.drafting.engines.server import Cut, Reset, Status
from tests.drafting.engines.servers import KEY, SPEAKERS
from tests.sample_project import ARTICLE, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.drafting.engines.contract import Engine
    from pipeline.findings import Finding
    from tests.drafting.engines.server import Fault

TOKEN = "Xqz{n}x"
FORM = Form(TOKEN)


class Told:
    """Engine with given answers that records its requests."""

    def __init__(
        self,
        answer: Callable[[str], str | Exception] = str.upper,
        *,
        name: str = "told",
        network: bool = True,
        form: Form | None = FORM,
        glossary: bool = False,
        variant: str = "",
        backwards: bool = False,
    ) -> None:
        self.name = name
        self.traits = Traits(network, form, glossary, variant)
        self.glossaries: list[dict[str, str]] = []
        self._backwards = backwards
        self.asked: list[str] = []
        self._answer = answer

    def translate(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> Iterator[tuple[int, Answer | EngineRefused]]:
        self.glossaries.append(dict(glossary))
        numbered = list(enumerate(texts))
        for number, text in reversed(numbered) if self._backwards else numbered:
            self.asked.append(text)
            answer = self._answer(text)
            if isinstance(answer, EngineRefused):
                yield number, answer
            elif isinstance(answer, Exception):
                raise answer
            else:
                yield number, Answer(answer, f"{self.name} 1.0")

    def close(self) -> None:
        pass


def shouted(text: str) -> str:
    """Change every word except the tokens."""
    return " ".join(w if "Xqz" in w else w.upper() for w in text.split(" "))


def catalogue(*sources: str, locale: str = "fr") -> Catalog:
    return Catalog("salt", locale, tuple(Unit("c", source) for source in sources))


def drafts_of(
    catalog: Catalog,
    *engines: Engine,
    answers: Answers | None = None,
    tally: DraftTally | None = None,
    terms: tuple[str, ...] = (),
    advance: Callable[[int], None] = lambda _: None,
    **wanted: Any,
) -> tuple[Catalog, list[Finding]]:
    store = answers or Answers()
    order = DraftOrder("en", terms, **wanted)
    article = read_article(b"", "en.md")
    try:
        return translate(
            catalog, article, order, engines, store, tally or DraftTally(), advance=advance
        )
    finally:
        if answers is None:
            store.close()


def test_a_draft_says_who_made_it() -> None:
    catalog, findings = drafts_of(catalogue("Taste it."), Told())
    origin = Origin(OriginKind.MACHINE, "told 1.0", draft_digest("Taste it.", "TASTE IT."))
    assert catalog.units == (
        Unit("c", "Taste it.", target="TASTE IT.", state=State.DRAFT, origin=origin),
    )
    assert findings == []


def test_what_is_filled_is_neither_asked_for_nor_touched() -> None:
    filled = (
        Unit("c", "Mine.", target="À moi.", state=State.REVIEWED),
        Unit("c", "Theirs.", target="À eux.", state=State.DRAFT, comments=("A note.",)),
    )
    before = Catalog("salt", "fr", (*filled, Unit("c", "New.")), obsolete=filled)
    engine = Told()
    after, _ = drafts_of(before, engine)
    assert engine.asked == ["New."]
    assert after.units[:2] == filled
    assert after.obsolete == filled
    assert before.units[2] == Unit("c", "New.")
    assert missing(before) == [Unit("c", "New.")]
    full, _ = drafts_of(after, Told())
    assert full is after


def test_a_second_translate_calls_no_engine(tmp_path: Path) -> None:
    article = extract(read_article(ARTICLE.encode(), "en.md"), "salt")
    empty = Catalog("salt", "fr", article.units)
    results = []
    for _ in range(2):
        answers = Answers(tmp_path / "answers.sqlite")
        engine = Told(lambda text: EngineRefused("too dull") if "Less" in text else shouted(text))
        results.append((drafts_of(empty, engine, answers=answers), engine.asked))
        answers.close()
    (first, asked), (second, again) = results
    assert len(asked) == 7
    assert again == []
    assert first == second


@pytest.mark.parametrize("done", range(7))
def test_a_killed_run_is_taken_up_where_it_was(done: int, tmp_path: Path) -> None:
    units = extract(read_article(ARTICLE.encode(), "en.md"), "salt").units
    empty = Catalog("salt", "fr", units)
    count = 0

    def killed(text: str) -> str:
        nonlocal count
        count += 1
        if count > done:
            raise KeyboardInterrupt
        return shouted(text)

    answers = Answers(tmp_path / "answers.sqlite")
    with pytest.raises(KeyboardInterrupt):
        drafts_of(empty, Told(killed), answers=answers)
    answers.close()

    answers = Answers(tmp_path / "answers.sqlite")
    engine = Told(shouted)
    resumed = drafts_of(empty, engine, answers=answers)
    answers.close()
    assert len(engine.asked) == 7 - done
    assert resumed == drafts_of(empty, Told(shouted))


def test_answers_of_other_locales_and_engines_are_others() -> None:
    answers = Answers()
    engines = [Told(), Told(), Told(name="other"), Told()]
    for engine, locale in zip(engines, ("fr", "es", "fr", "fr"), strict=True):
        drafts_of(catalogue("Taste it.", locale=locale), engine, answers=answers)
    answers.close()
    assert [len(engine.asked) for engine in engines] == [1, 1, 1, 0]


def test_the_same_text_is_asked_for_once() -> None:
    units = tuple(Unit(context, "Yes.") for context in ("a", "b", "c"))
    engine = Told()
    tally = DraftTally()
    catalog, _ = drafts_of(Catalog("salt", "fr", units), engine, tally=tally)
    assert engine.asked == ["Yes."]
    assert [unit.target for unit in catalog.units] == ["YES."] * 3
    assert tally.drafts == {"told": 3}
    assert tally.sent == {"told": 4}


SILENT = ["123", "https://example.org", "@ana_ruiz", "12 % – 3.50 €", "Ana Ruiz", "`code`", "…"]


@pytest.mark.parametrize("source", SILENT)
def test_a_text_without_words_is_not_sent(source: str) -> None:
    engine = Told()
    catalog, findings = drafts_of(catalogue(source), engine, terms=("Ana Ruiz",))
    assert engine.asked == []
    assert missing(catalog) == list(catalog.units)
    # It is no gap, so that nothing is said of it either.
    assert findings == []


def test_what_a_translator_left_out_is_not_drafted() -> None:
    left_out, other = catalogue("Yes.", "No.").units
    left_out = left_out._replace(comments=("pipeline: omit the law is another here",))
    engine = Told()
    catalog, findings = drafts_of(replace(catalogue(), units=(left_out, other)), engine)
    assert engine.asked == ["No."]
    assert [unit.target for unit in catalog.units] == ["", "NO."]
    assert findings == []


def token(number: int) -> str:
    return TOKEN.format(n=number)


DAMAGE = [
    ("Ask Ana Ruiz.", lambda text: "Demande.", "the engine lost 'Ana Ruiz'"),
    (
        "Ask Ana Ruiz.",
        lambda text: text + text,
        "the engine duplicated or invented the placeholder 'Xqz0x'",
    ),
    ("Take **three**.", lambda text: text.replace(token(1), ""), "the engine lost '**'"),
    (
        "See [it](https://x.org).",
        lambda text: text.replace(token(1), ""),
        "the engine lost '](https://x.org)'",
    ),
    (
        "See [it](https://x.org).",
        lambda text: " ".join(sorted(text.rstrip(".").split(), reverse=True)),
        "the engine closed '](https://x.org)'",
    ),
    ("Take 3 or so.", lambda text: "Prends-en.", "number 3 is missing"),
    ("Taste it.", lambda text: "**Goûte**.", "strong emphasis is not in the source text"),
    ("Taste it.", lambda text: "Goûte @ana.", "handle '@ana' is not in the source text"),
    ("Taste it.", lambda text: "", "the answer is empty"),
    ("Taste it.", lambda text: " \n", "the answer is empty"),
    ("Taste it.", lambda text: EngineRefused("quota used up"), "quota used up"),
    (f"Taste {token(4)} it.", str, "the source text contains a word that looks like a placeholder"),
]


@pytest.mark.parametrize(("source", "answer", "reason"), DAMAGE)
def test_a_damaged_answer_is_never_a_draft(
    source: str, answer: Callable[[str], str | Exception], reason: str
) -> None:
    terms = ("Ana Ruiz",)
    before = catalogue(source, "Wait.")
    catalog, findings = drafts_of(before, Told(answer, name="bad"), terms=terms)
    assert catalog.units[0] == Unit("c", source)
    finding = findings[0]
    assert (finding.code, finding.context, finding.source) == ("MT101", "c", source)
    assert finding.message == f"no draft: bad: {reason}"

    # The next engine gets the same text, and what it answers is used.
    good = Told(str, name="good", network=False, form=Form("[{n}]"))
    tally = DraftTally()
    catalog, findings = drafts_of(before, Told(answer), good, terms=terms, tally=tally)
    assert catalog.units[0].target == source
    assert catalog.units[0].origin.signature == "good 1.0"
    assert findings == []


@pytest.mark.parametrize("kind", ["drop", "double", "swap", "alter", "space", "digits"])
@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_rehearsal_engine_breaks_is_found(kind: str, seed: int) -> None:
    article = read_article(
        b"# Salt\n\nWe **never** weigh [it](https://example.org), says @ana_ruiz.\n\n"
        b"In 2024 it was 12 grams, *not* 40; `salt` and <b>pepper</b>, [^1] says {name}.\n\n"
        b"Ask Ana, https://example.org/a or ana@example.org.\n\n[^1]: At home.\n",
        "en.md",
    )
    empty = Catalog("salt", "fr", extract(article, "salt").units)
    store = Answers()
    whole, findings = translate(empty, article, DraftOrder("en"), [Pseudo()], store, DraftTally())
    store.close()
    assert findings == []
    store = Answers()
    harmed, findings = translate(
        empty,
        article,
        DraftOrder("en"),
        [Pseudo(damage=0.9, seed=seed, kinds=(kind,))],
        store,
        DraftTally(),
    )
    store.close()
    for good, bad in zip(whole.units, harmed.units, strict=True):
        # Two tokens may change places where they do not belong together.
        assert bad.target in ("", good.target) or kind == "swap"
    assert {f.source for f in findings} == {u.source for u in harmed.units if not u.target}
    assert all(f.message.startswith("no draft: pseudo: ") for f in findings)
    assert findings or kind in ("swap", "space")


def test_reasons_that_are_the_same_stand_once() -> None:
    def dull(_text: str) -> Exception:
        return EngineRefused("too dull")

    engines = [Told(dull, name="a"), Told(dull, name="b"), Told(lambda _: "", name="c")]
    _, findings = drafts_of(catalogue("Taste it."), *engines)
    assert findings[0].message == "no draft: a, b: too dull; c: the answer is empty"
    _, findings = drafts_of(catalogue("Taste it."))
    assert findings[0].message == "no draft: no engine is available"


def gone(text: str) -> str | Exception:
    return EngineUnavailable("no network") if "Stop" in text else text.upper()


def test_an_engine_that_is_gone_gives_way_to_the_next() -> None:
    first, second = Told(gone, name="first"), Told(name="second", network=False)
    tally = DraftTally()
    catalog, findings = drafts_of(catalogue("A.", "Stop.", "B."), first, second, tally=tally)
    assert [unit.origin.signature for unit in catalog.units] == [
        "first 1.0",
        "second 1.0",
        "second 1.0",
    ]
    assert findings == []
    assert tally.unavailable == {("first", "en", "fr"): "no network"}
    assert tally.drafts == {"first": 1, "second": 2}
    assert tally.sent == {"first": 2}

    # It is not asked again in this run, but for another locale it may have a way.
    drafts_of(catalogue("C.", locale="fr"), first, second, tally=tally)
    assert first.asked == ["A.", "Stop."]
    drafts_of(catalogue("C.", locale="es"), first, second, tally=tally)
    assert first.asked == ["A.", "Stop.", "C."]


def test_an_engine_that_is_gone_leaves_a_reason() -> None:
    _, findings = drafts_of(catalogue("A.", "Stop.", "B."), Told(gone, name="first"))
    assert [(f.source, f.message) for f in findings] == [
        ("Stop.", "no draft: first: could not be used"),
        ("B.", "no draft: first: could not be used"),
    ]


def test_progress_counts_every_unit_once() -> None:
    steps: list[int] = []
    refuses = Told(lambda text: EngineRefused("no") if len(text) < 3 else text, name="a")
    drafts_of(
        catalogue("Yes.", "A.", "B.", "123", "Yes"),
        refuses,
        Told(gone, name="b"),
        advance=steps.append,
    )
    assert sum(steps) == 4, "a number is no text to draft"


def test_a_rehearsal_asks_only_engines_on_this_machine() -> None:
    away, here = Told(name="away"), Told(lambda _: EngineRefused("no"), name="here", network=False)
    tally = DraftTally()
    catalog, _ = drafts_of(catalogue("Yes.", "No."), here, away, tally=tally, rehearse=True)
    assert (here.asked, away.asked) == (["Yes.", "No."], [])
    assert (tally.unasked, tally.sent) == ({"away": 2}, {"away": 7})
    assert len(missing(catalog)) == 2


def test_a_similar_source_is_kept_as_the_previous_one() -> None:
    class Similar(Told):
        def translate(
            self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
        ) -> Iterator[tuple[int, Answer | EngineRefused]]:
            yield 0, Answer("Goûtez-le.", "memory 90%", "Taste that.")

    catalog, _ = drafts_of(catalogue("Taste it."), Similar(form=None))
    assert catalog.units[0].previous == Previous("Taste that.")


def test_engines_are_told_the_language_of_each_text() -> None:
    class Told2(Told):
        def translate(
            self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
        ) -> Iterator[tuple[int, Answer | EngineRefused]]:
            pairs.append((source, target, tuple(texts), dict(glossary)))
            return super().translate(texts, source, target, glossary)

    pairs: list[tuple[str, str, tuple[str, ...], dict[str, str]]] = []
    units = catalogue("Salt.", "Le sel.", "Pepper.").units
    units = (units[0], units[1]._replace(notes=("paragraph", "in French")), units[2])
    order = DraftOrder("en", glossary={"Salt": "Salz", "sel": "Salz"})
    engine = Told2(glossary=True)
    article = read_article(b"", "a.md")
    drafted, _ = translate(Catalog("a", "de", units), article, order, [engine])
    assert pairs == [
        ("en", "de", ("Salt.", "Pepper."), {"Salt": "Salz", "sel": "Salz"}),
        ("fr", "de", ("Le sel.",), {}),
    ]
    assert [unit.target for unit in drafted.units] == ["SALT.", "LE SEL.", "PEPPER."]


def test_answers_may_come_in_any_order() -> None:
    texts = [f"Number {n}." for n in range(9)]
    catalog, _ = drafts_of(catalogue(*texts), Told(backwards=True))
    assert [unit.target for unit in catalog.units] == [text.upper() for text in texts]


def test_a_failure_is_forgotten_and_a_refusal_is_not() -> None:
    answers = Answers()
    for error, times in ((EngineFailed("ill"), 2), (EngineRefused("no"), 1)):
        engine = Told(lambda _, error=error: error, name=str(error))  # type: ignore[misc]
        for _ in range(2):
            _, findings = drafts_of(catalogue("Taste it."), engine, answers=answers)
            assert findings[0].message == f"no draft: {engine.name}: {error}"
        assert len(engine.asked) == times
    answers.close()


BUDGETS = [(0, []), (6, ["One."]), (8, ["One.", "Six."]), (19, ["One.", "Three more.", "Six."])]


@pytest.mark.parametrize("rehearse", [False, True])
@pytest.mark.parametrize(("budget", "asked"), BUDGETS)
def test_a_budget_is_never_exceeded(budget: int, asked: list[str], rehearse: bool) -> None:
    engine, here = Told(name="away"), Told(str.lower, name="here", network=False)
    tally = DraftTally()
    catalog, _ = drafts_of(
        catalogue("One.", "Three more.", "Six."),
        engine,
        here,
        tally=tally,
        budget=budget,
        rehearse=rehearse,
    )
    assert engine.asked == ([] if rehearse else asked)
    assert tally.sent["away"] == sum(map(len, asked)) <= budget
    assert tally.unpaid["away"] == 3 - len(asked)
    # What is too dear goes to an engine that costs nothing.
    assert len(here.asked) == 3 - len(asked)
    assert rehearse or missing(catalog) == []
    # The budget is for all catalogues of a run.
    _, findings = drafts_of(
        catalogue("Five words are far too many."), engine, tally=tally, budget=budget
    )
    assert findings[0].message == "no draft: away: the budget is used up"


def machine(engine: str, written: str, **changes: Any) -> Unit:
    origin = Origin(OriginKind.MACHINE, f"{engine} 1.0", text_hash(written))
    return Unit("c", "Taste it.", written, State.DRAFT, origin)._replace(**changes)


UPGRADED = {
    "lower": (machine("low", "Goûte."), "TASTE IT."),
    "not in the chain": (machine("gone", "Goûte."), "TASTE IT."),
    "empty": (Unit("c", "Taste it."), "TASTE IT."),
    "the same engine": (machine("told", "Goûte."), "Goûte."),
    "higher": (machine("high", "Goûte."), "Goûte."),
    "touched": (machine("low", "Goûte.", target="Goûtez."), "Goûtez."),
    "accepted": (machine("low", "Goûte.", state=State.REVIEWED), "Goûte."),
    "human": (Unit("c", "Taste it.", "Goûte.", State.DRAFT), "Goûte."),
    "aligned": (
        machine("low", "Goûte.")._replace(
            origin=Origin(OriginKind.ALIGNED, "x", text_hash("Goûte."))
        ),
        "Goûte.",
    ),
}


@pytest.mark.parametrize(("unit", "target"), UPGRADED.values(), ids=UPGRADED)
def test_only_what_a_lower_engine_drafted_is_upgraded(unit: Unit, target: str) -> None:
    before = Catalog("salt", "fr", (unit,))
    ranks = ("high", "told", "low")
    low = Told(lambda _: "Bas.", name="low")
    after, findings = drafts_of(before, Told(), low, ranks=ranks)
    assert [u.target for u in after.units] == [target]
    assert findings == []
    unchanged, _ = drafts_of(before, Told(), ranks=None)
    assert unchanged == before or unit.state is State.EMPTY
    # Where the better engine has nothing, the draft that is there stays.
    after, findings = drafts_of(before, Told(lambda _: ""), low, ranks=ranks)
    assert after.units[0].target == (
        unit.target if unit.target and "gone" not in unit.origin.signature else "Bas."
    )
    assert findings == []


GLOSSARY = {"social media": "médias sociaux", "table salt": "sel fin"}


def test_a_glossary_goes_by_token_or_to_the_engine() -> None:
    source = "Ask on social media about it."
    by_token = Told(shouted, name="token")
    catalog, _ = drafts_of(catalogue(source), by_token, glossary=GLOSSARY)
    assert by_token.asked == [f"Ask on {token(0)} about it."]
    assert by_token.glossaries == [{}]
    assert catalog.units[0].target == "ASK ON médias sociaux ABOUT IT."

    itself = Told(shouted, name="itself", glossary=True)
    drafts_of(catalogue(source), itself, glossary=GLOSSARY)
    assert itself.asked == [source]
    assert itself.glossaries == [GLOSSARY]


def test_other_options_and_other_words_of_a_glossary_are_other_answers() -> None:
    answers = Answers()
    asked = []
    for variant, glossary in (
        ("", GLOSSARY),
        ("", GLOSSARY | {"pepper": "poivre"}),
        ("", GLOSSARY | {"social media": "réseaux sociaux"}),
        ("formal", GLOSSARY),
        ("", GLOSSARY),
    ):
        engine = Told(glossary=True, variant=variant)
        drafts_of(catalogue("On social media."), engine, answers=answers, glossary=glossary)
        asked.append(len(engine.asked))
    answers.close()
    assert asked == [1, 0, 1, 1, 0]


# The command, on a whole project.


def test_the_output_says_who_wrote_what_and_what_left_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Told(gone, name="google"), Told(shouted, name="apertium", network=False)
    engines = {"google": first, "apertium": second}
    monkeypatch.setattr(
        "pipeline.drafting.engine_chain.open_engine", lambda name, *_: engines[name]
    )
    project = Project(tmp_path, "a", "b", text="Taste it.\n\nStop.\n", locales=["fr", "es"])
    chain = {"PIPELINE_ENGINES": "google,apertium", "PIPELINE_OFFLINE": "0"}
    outcome = project.done("translate", **chain)
    assert outcome.err.splitlines() == [
        "a fr: google drafted 1 of 2",
        "a fr: apertium drafted 1 of 2",
        "a es: google drafted 1 of 2",
        "a es: apertium drafted 1 of 2",
        "b fr: google drafted 1 of 2",
        "b fr: apertium drafted 1 of 2",
        "b es: google drafted 1 of 2",
        "b es: apertium drafted 1 of 2",
        "warning: google was not used for fr, es: no network",
        "drafts: 4 by google, 4 by apertium; 18 characters sent to google",
        *(f"wrote locales/{locale}/LC_MESSAGES/{a}.po" for a in "ab" for locale in ("fr", "es")),
    ]

    first.asked.clear()
    second.asked.clear()
    assert project.done("translate", **chain).err == "nothing to do\n"
    assert first.asked == second.asked == []

    for locale in ("fr", "es"):
        (tmp_path / project.po(locale, "a")).unlink()
    outcome = project.done("translate", "--offline", "--article", "a", **chain)
    assert "drafts: 4 by apertium; 0 characters sent\n" in outcome.err
    assert first.asked == []


def test_a_rehearsal_knows_the_answers_that_are_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Told(lambda text: EngineRefused("too dull") if "Less" in text else shouted(text))
    monkeypatch.setattr("pipeline.drafting.engine_chain.open_engine", lambda *_: engine)
    project = Project(tmp_path, engines=["google"])
    online = {"PIPELINE_OFFLINE": "0"}
    project.done("translate", **online)
    assert project.run("translate", "--check", **online).code == 0, "one text was refused"
    (tmp_path / project.po()).unlink()
    project.done("merge")
    outcome = project.run("translate", "--check", **online)
    assert outcome.code == 1
    assert "would write drafts: 6 by told" in outcome.err
    assert "would send" not in outcome.err
    assert len(engine.asked) == 7


PRECEDENCE = [
    (False, None, False, False),
    (True, None, False, True),
    (True, "0", False, False),
    (False, "1", False, True),
    (False, "0", True, True),
    (False, None, True, True),
]


@pytest.mark.parametrize(("in_file", "variable", "option", "offline"), PRECEDENCE)
def test_an_option_goes_before_the_environment_before_the_file(
    in_file: bool, variable: str | None, option: bool, offline: bool, tmp_path: Path
) -> None:
    project = Project(tmp_path, engines=["google"], offline=in_file)
    project.done("merge")
    arguments = ["translate", "--check", *(["--offline"] if option else [])]
    outcome = project.run(*arguments, PIPELINE_OFFLINE=variable or "")
    assert outcome.code == (0 if offline else 1)
    assert ("would send 7 texts to google" in outcome.err) is not offline


@pytest.mark.usefixtures("naps")
@pytest.mark.parametrize("name", sorted(SPEAKERS))
@pytest.mark.parametrize("fault", [Status(403, body=KEY.encode()), 503, Reset(), Cut()])
def test_no_file_and_no_message_has_a_secret_in_it(name: str, fault: Fault, tmp_path: Path) -> None:
    """Search all output of a failing run for secrets."""
    with SPEAKERS[name].server() as server:
        server.script = [fault] * 99
        options = {"base_url": server.url, "timeout": 1.0}
        project = Project(tmp_path, engines=[name, "pseudo"], engine={name: options})
        keys = {"DEEPL": KEY, "LIBRE": KEY, "MICROSOFT": KEY, "OPENAI": KEY}
        variables = {f"{service}_API_KEY": key for service, key in keys.items()}
        outcome = project.done("run", "--verbose", PIPELINE_OFFLINE="0", **variables)
    assert server.asked
    assert not missing(project.catalog()), "the next engine took over"
    assert outcome.err.count("warning:") <= 1
    hidden = [KEY, KEY.partition(":")[0]] if KEY not in str(fault) or SERVICES[name].KEY else []
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert not [key for key in hidden if key.encode() in file.read_bytes()], file
    assert not [key for key in hidden if key in outcome.out + outcome.err]
