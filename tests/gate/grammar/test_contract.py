"""Contract of every grammar engine, run with the real engines."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import GrammarError
from pipeline.gate.grammar import server
from pipeline.gate.grammar.languagetool import LanguageTool
from pipeline.gate.grammar.lingotweaker import LingoTweaker
from pipeline.gate.grammar.server import LocalServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.gate.grammar.contract import Grammar

ERRORS = {
    "en": ("He are here.", "are", "PERS_PRONOUN_AGREEMENT", "is"),
    "en_GB": ("He are here.", "are", "PERS_PRONOUN_AGREEMENT", "is"),
    "fr": ("Il mangent ici.", "Il mangent", "ACCORD_R_PERS_VERBE", "Ils mangent"),
    "fr_CA": ("Il mangent ici.", "Il mangent", "ACCORD_R_PERS_VERBE", "Ils mangent"),
    "es": ("La casas es grande.", "La casas", "AGREEMENT_DET_NOUN", "La casa"),
    "es_MX": ("La casas es grande.", "La casas", "AGREEMENT_DET_NOUN", "La casa"),
}
BEFORE = {
    "nothing": "",
    "emoji": "😀👩‍👩‍👧🇺🇦\n\n",
    "emoji in the sentence before": "Oh 😀. ",
    "letters beyond the first plane": "𝐚𝐛𝐜 𠮷\n\n",
    "combining marks": "1 e\u0301a\u0308\u0323.\n\n",
    "no-break spaces": "1\u00a02\u202f3.\n\n",
    "carriage returns": "1.\r\n\r\n2.\r\n\r\n",
    "separators": "1\u2028\u20292.\n\n",
    "a byte order mark": "\ufeff1.\n\n",
    "white space": " \n\n\t\n\n",
}
CLEAN = {
    "en": "The house is big.",
    "fr": "La maison est grande.",
    "es": "La casa es grande.",
}
_LANGUAGETOOL = pytest.mark.heavy("LanguageTool")
ENGINES = (
    pytest.param("languagetool", marks=_LANGUAGETOOL),
    "lingotweaker",
    pytest.param("local", marks=_LANGUAGETOOL),
)


@pytest.fixture(scope="module", params=ENGINES)
def grammar(request: pytest.FixtureRequest) -> Iterator[Grammar]:
    if request.param == "lingotweaker":
        engine: Grammar = LingoTweaker()
    elif request.param == "languagetool":
        engine = LanguageTool(request.getfixturevalue("server_url"))
    else:
        engine = LocalServer(request.getfixturevalue("languagetool"))
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "local":
            # The process is the one of all workers; that one is started is in test_server.
            url = request.getfixturevalue("server_url")
            java = SimpleNamespace(
                address=url, has_ended=lambda patience=0: False, stop=lambda: None
            )
            patch.setattr(server, "_start", lambda folder: java)
        yield engine
        engine.close()


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
@pytest.mark.parametrize("locale", ERRORS)
def test_the_place_of_an_error(grammar: Grammar, locale: str, before: str) -> None:
    sentence, wrong, rule, right = ERRORS[locale]
    text = before + sentence
    (matches,) = grammar.check([text], locale)
    start = text.rindex(wrong)
    here = [match for match in matches if match.rule.startswith(rule)]
    assert [(match.start, match.end) for match in here] == [(start, start + len(wrong))]
    assert right in here[0].suggestions
    assert here[0].category
    assert here[0].kind
    assert here[0].message
    assert [match.start for match in matches] == sorted(match.start for match in matches)


@pytest.mark.parametrize("locale", CLEAN)
def test_nothing_is_wrong(grammar: Grammar, locale: str) -> None:
    texts = [CLEAN[locale], "", " \n", "\u00a0", CLEAN[locale]]
    assert list(grammar.check(texts, locale)) == [(), (), (), (), ()]


@pytest.mark.parametrize("text", ["a\0b", "\x01", "\x1b[0m", "\ufffe", "<b>", "{", "&amp;", "%s"])
def test_odd_characters_move_nothing(grammar: Grammar, text: str) -> None:
    (matches,) = grammar.check([f"{text}\n\nHe are here."], "en")
    start = len(text) + 5
    assert (start, start + 3) in [(match.start, match.end) for match in matches]


def test_half_of_a_pair_is_no_text(grammar: Grammar) -> None:
    with pytest.raises(GrammarError, match="not valid Unicode"):
        list(grammar.check(["a\ud800b"], "en"))


def test_order(grammar: Grammar) -> None:
    texts = [f"{'Fine. ' * (n % 7)}He are here, {n} times." for n in range(40)]
    results = list(grammar.check(texts, "en"))
    places = [
        next(match.start for match in matches if match.rule == "PERS_PRONOUN_AGREEMENT")
        for matches in results
    ]
    assert places == [text.index("are") for text in texts]


def test_no_texts(grammar: Grammar) -> None:
    assert list(grammar.check([], "fr")) == []


def test_a_check_that_is_given_up(grammar: Grammar) -> None:
    texts = [f"He are here, {n} times." for n in range(8)]
    answers = grammar.check(texts, "en")
    first = next(answers)
    del answers
    assert next(grammar.check(texts, "en")) == first


def test_threads(grammar: Grammar) -> None:
    texts = [f"😀 He are here, {n} times." for n in range(5)]
    alone = list(grammar.check(texts, "en"))
    together = {}

    def run(number: int) -> None:
        together[number] = list(grammar.check(texts[number % 5 :], "en"))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == {number: alone[number % 5 :] for number in range(8)}


@pytest.mark.parametrize("locale", ["xx", "tlh", "eng", "e", ""])
def test_unknown_language(grammar: Grammar, locale: str) -> None:
    assert not grammar.supports(locale)
    with pytest.raises(GrammarError, match=f"does not support the language '{locale}'"):
        list(grammar.check(["Text."], locale))


@pytest.mark.parametrize("locale", ["en", "en_GB", "fr", "fr_CA", "es", "es_MX", "en_XX"])
def test_known_language(grammar: Grammar, locale: str) -> None:
    assert grammar.supports(locale)


def test_version(grammar: Grammar) -> None:
    assert grammar.version.startswith(("LanguageTool 6.", "LingoTweaker 0."))
    assert grammar.version == grammar.version


def test_closed_twice(grammar: Grammar) -> None:
    before = list(grammar.check(["He are here."], "en"))
    grammar.close()
    grammar.close()
    assert list(grammar.check(["He are here."], "en")) == before


def test_opening_imports_and_starts_nothing() -> None:
    code = (
        "import sys; from pathlib import Path; from pipeline.gate.grammar import open_grammar\n"
        "engine = open_grammar('auto', server='', home=Path(), variants={})\n"
        "print(engine.version, engine.supports('fr'))\n"
        "open_grammar('auto', server='http://localhost:1', home=Path(), variants={}).close()\n"
        "print(*sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    version, modules = run.stdout.splitlines()
    assert version.startswith("LingoTweaker 0.")
    assert version.endswith("True")
    assert not {"lt_py", "requests", "language_tool_python"} & set(modules.split())
