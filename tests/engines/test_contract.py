"""What every engine of the table must do."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from pipeline.engines import ENGINES, open_engine
from pipeline.engines.contract import Answer, Engine, Traits
from pipeline.errors import EngineRefused, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .conftest import Page


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest, shared_page: Page) -> Iterator[Engine]:
    options: dict[str, dict[str, object]] = {"google": {"base_url": shared_page.url}}
    opened = open_engine(request.param, options.get(request.param, {}))
    yield opened
    opened.close()


def ask(engine: Engine, *texts: str) -> list[str]:
    answers = list(engine.translate(texts, "en", "es"))
    assert all(isinstance(answer, Answer) for answer in answers), answers
    return [answer.text for answer in answers if isinstance(answer, Answer)]


def test_it_tells_what_it_is(engine: Engine) -> None:
    assert engine.name in ENGINES
    assert isinstance(engine.traits, Traits)
    assert engine.traits.network == (engine.name == "google")
    assert "{n}" in engine.traits.token


def test_one_answer_each_in_order(engine: Engine) -> None:
    texts = [f"My brother has {n} red houses." for n in range(1000, 1030)]
    answers = ask(engine, *texts, texts[3])
    assert [re.findall(r"\d+", answer) for answer in answers] == [
        re.findall(r"\d+", text) for text in [*texts, texts[3]]
    ]
    assert answers[-1] == answers[3]


def test_nothing_asked(engine: Engine) -> None:
    assert ask(engine) == []


def test_it_translates(engine: Engine) -> None:
    text = "The house of my brother is very big."
    assert ask(engine, text) != [text]


def test_signature(engine: Engine) -> None:
    answer = next(engine.translate(["Peter is here."], "en", "es"))
    assert isinstance(answer, Answer)
    assert re.fullmatch(rf"{engine.name}( \S+)?", answer.signature)
    assert not answer.previous


def test_each_answer_as_soon_as_it_is_known(engine: Engine) -> None:
    class Watched(list[str]):
        taken = 0

        def __iter__(self) -> Iterator[str]:
            for text in super().__iter__():
                self.taken += 1
                yield text

    texts = Watched(["One house.", "Two houses.", "Three houses."])
    answers = engine.translate(texts, "en", "es")
    assert next(answers)
    assert texts.taken == 1


@pytest.mark.parametrize(
    ("before", "behind"), [(" ", "\n"), ("\n\n\t", "  "), ("\u00a0", "\u2028"), ("\u202f", "\x85")]
)
def test_outer_white_space_is_kept(engine: Engine, before: str, behind: str) -> None:
    answer = ask(engine, f"{before}The house is big.{behind}")[0]
    core = answer.strip()
    assert answer == before + core + behind
    assert core


@pytest.mark.parametrize("text", ["", " ", "\n", "\u00a0\u2028"])
def test_nothing_but_white_space(engine: Engine, text: str) -> None:
    assert ask(engine, text) == [text]


@pytest.mark.parametrize(
    "sentence",
    [
        "{} says that video is the future.",
        "We asked {} and {} (see {}) about it.",
        "The {} very important {} question is: {}?",
        "{}, {} and {}",
        "Nobody remembers {}.",
        "“{}” is on {}: {} users, {} pages.",
        "{}",
    ],
)
def test_tokens_survive(engine: Engine, sentence: str) -> None:
    tokens = [engine.traits.token.format(n=n) for n in range(sentence.count("{}"))]
    answer = ask(engine, sentence.format(*tokens))[0]
    found = sorted((answer.index(token), token) for token in tokens if answer.count(token) == 1)
    assert [token for _, token in found] == tokens
    # Neither glued to a word nor broken.
    alone = re.escape(engine.traits.token).replace(r"\{n\}", r"\d+")
    assert re.findall(rf"(?<![^\W_]){alone}(?![^\W_])", answer) == tokens


@pytest.mark.parametrize(
    "char",
    [*"\u2028\u2029\x85\u00a0\u202f\ufeff\ue000😀𝜆𠮷", "👩‍👩‍👧", "🇺🇦"],
)
def test_odd_characters(engine: Engine, char: str) -> None:
    answer = ask(engine, f"The house{char} is big.", "The house is big.")
    assert char in answer[0]
    assert answer[1] == ask(engine, "The house is big.")[0]


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800", "\x01", "\x1b[0m", "[", "\\", "^", "<b>"])
def test_what_is_no_text_harms_nothing_else(engine: Engine, text: str) -> None:
    first, second = engine.translate([text, "The house is big."], "en", "es")
    assert isinstance(first, Answer | EngineRefused)
    assert isinstance(second, Answer)


def test_threads(engine: Engine) -> None:
    texts = [f"The house has {n} doors." for n in range(300, 340)]
    alone = ask(engine, *texts)
    together: dict[int, list[str]] = {}
    threads = [
        threading.Thread(target=lambda n=n: together.update({n: ask(engine, *texts[n::4])}))
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == {n: alone[n::4] for n in range(4)}


def test_closed_twice(engine: Engine) -> None:
    before = ask(engine, "The house is big.")
    engine.close()
    engine.close()
    assert ask(engine, "The house is big.") == before


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_closed_unused(name: str) -> None:
    opened = open_engine(name, {})
    opened.close()
    opened.close()


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("gogle", {}, "unknown engine 'gogle': expected one of apertium, google, pseudo"),
        ("pseudo", {"damages": 1}, "unknown option 'damages' of engine 'pseudo': .*damage, seed"),
        ("pseudo", {"damage": "much"}, "option 'damage' of engine 'pseudo' must be like 0.0"),
        ("pseudo", {"damage": True}, "option 'damage'"),
        ("pseudo", {"seed": 1.5}, "option 'seed'"),
        ("pseudo", {"kinds": "drop"}, "option 'kinds'"),
        ("pseudo", {"kinds": [1]}, "option 'kinds'"),
        ("google", {"base_url": 5}, "option 'base_url'"),
    ],
)
def test_wrong_options(name: str, options: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        open_engine(name, options)


def test_right_options() -> None:
    assert open_engine("pseudo", {"damage": 1, "seed": 5, "kinds": ["drop"]}).name == "pseudo"


def test_importing_the_engines_imports_no_library() -> None:
    code = "import sys, pipeline.engines; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"requests", "deep_translator", "urllib3", "bs4"} & set(run.stdout.split())
