"""Contract of every engine; network engines run over HTTP against local servers."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from pipeline.drafting.engines import ENGINES, SERVICES, open_engine
from pipeline.drafting.engines.contract import Answer, Traits
from pipeline.drafting.protect.protect import ProtectedText, protect, restore
from pipeline.errors import EngineError, EngineRefused, EngineUnavailable

from .server import Server, short_waits
from .servers import KEY, SPEAKERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.drafting.engines.contract import Engine
    from pipeline.markdown.marks import Form

    from .server import Request

NAMES = sorted(ENGINES)
NETWORK = sorted(SPEAKERS)
WRONG_KEY = "an0ther-k3y"


class Opened(NamedTuple):
    engine: Engine
    server: Server | None
    """Server of a network engine, else None."""

    def texts(self) -> list[str]:
        """Return all texts that the server was asked to translate, in the service's form."""
        return (
            [text for request in self.server.asked for text in sent(request)] if self.server else []
        )


def sent(request: Request) -> list[str]:
    """Return the texts in a request, of any service."""
    if request.method == "GET":
        return [request.query["q"]] if "q" in request.query else []
    body = json.loads(request.body)
    if isinstance(body, list):
        return [item["Text"] for item in body]
    if "messages" in body:
        return [body["messages"][-1]["content"]]
    return [*body.get("text", ()), *body.get("q", ())]


def target(request: Request) -> str:
    """Return the target language code of a translation request."""
    if request.method == "GET":
        return request.query.get("tl") or request.query["langpair"].partition("|")[2]
    if "to" in request.query:
        return request.query["to"]
    body = json.loads(request.body)
    if "messages" in body:
        task = body["messages"][0]["content"]
        return re.findall(r"\(([\w-]+)\)\.$", task, re.M)[0] or ""
    return str(body.get("target_lang") or body["target"])


@pytest.fixture(params=NAMES)
def opened(request: pytest.FixtureRequest) -> Iterator[Opened]:
    yield from _opened(request.param)


@pytest.fixture(params=NETWORK)
def remote(request: pytest.FixtureRequest) -> Iterator[Opened]:
    yield from _opened(request.param)


def _opened(name: str) -> Iterator[Opened]:
    if name not in SPEAKERS:
        engine = open_engine(name, {}, {})
        yield Opened(engine, None)
        engine.close()
        return
    with SPEAKERS[name].server() as server:
        engine = SPEAKERS[name].make(server.url)
        yield Opened(engine, server)
        engine.close()


def ask(
    engine: Engine, *texts: str, to: str = "es", glossary: dict[str, str] | None = None
) -> list[str]:
    """Return the answers in the order of the texts; all must be present."""
    answers_by_number = dict(engine.translate(texts, "en", to, glossary or {}))
    assert sorted(answers_by_number) == [*range(len(texts))]
    answers = [answers_by_number[number] for number in range(len(texts))]
    refused = [answer for answer in answers if not isinstance(answer, Answer)]
    assert not refused
    return [answer.text for answer in answers if isinstance(answer, Answer)]


def form_of(engine: Engine) -> Form:
    assert engine.traits.form
    return engine.traits.form


def through(engine: Engine, text: str, to: str = "es", **parts: Any) -> str:
    """Translate a text as the pipeline does, with placeholders protected."""
    protected = protect(text, form_of(engine), **parts)
    assert isinstance(protected, ProtectedText), protected
    restored = restore(ask(engine, protected.text, to=to)[0], protected)
    assert isinstance(restored, str), restored
    return restored


# What it is


def test_it_tells_what_it_is(opened: Opened) -> None:
    assert opened.engine.name in ENGINES
    traits = opened.engine.traits
    assert isinstance(traits, Traits)
    assert traits.network == (opened.engine.name in SERVICES)
    assert traits.glossary == (opened.engine.name in ("chatgpt", "deepl", "microsoft"))
    assert "{n}" in form_of(opened.engine).token


def test_signature(opened: Opened) -> None:
    ((_, answer),) = opened.engine.translate(["Peter is here."], "en", "es", {})
    assert isinstance(answer, Answer)
    assert re.fullmatch(rf"{opened.engine.name}( \S+)*", answer.signature)
    assert not answer.previous


# Texts


def test_one_draft(opened: Opened) -> None:
    text = "The house of my brother is very big."
    (answer,) = ask(opened.engine, text)
    assert answer
    assert answer != text
    assert opened.texts() == ([text] if opened.server else [])


def test_nothing_asked(opened: Opened) -> None:
    assert ask(opened.engine) == []
    assert not opened.texts()


def test_many_drafts(opened: Opened) -> None:
    texts = [f"My brother has {n} red houses." for n in range(1000, 1060)]
    answers = ask(opened.engine, *texts, texts[3])
    assert [re.findall(r"\d+", answer) for answer in answers] == [
        re.findall(r"\d+", text) for text in [*texts, texts[3]]
    ]
    assert answers[-1] == answers[3]


def test_each_answer_is_that_of_its_text(remote: Opened) -> None:
    assert remote.server
    remote.server.delay = short_waits()
    engine = SPEAKERS[remote.engine.name].make(remote.server.url, threads=8)
    texts = [f"Number {n} of the {'very ' * (n % 9)}big houses." for n in range(400)]
    answers = ask(engine, *texts)
    engine.close()
    assert [re.findall(r"\d+", answer) for answer in answers] == [[str(n)] for n in range(400)]


def test_threads(opened: Opened) -> None:
    texts = [f"The house has {n} doors." for n in range(300, 340)]
    alone = ask(opened.engine, *texts)
    together: dict[int, list[str]] = {}
    threads = [
        threading.Thread(target=lambda n=n: together.update({n: ask(opened.engine, *texts[n::4])}))
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == {n: alone[n::4] for n in range(4)}


def test_a_long_text_is_cut_at_sentences(remote: Opened) -> None:
    bounds = SERVICES[remote.engine.name].bounds
    count = 2 * bounds.characters // 25 + 5
    text = " ".join(f"This house has {n} doors." for n in range(1000, 1000 + count))
    (answer,) = ask(remote.engine, text)
    assert re.findall(r"\d+", answer) == re.findall(r"\d+", text)
    pieces = remote.texts()
    assert 3 <= len(pieces) <= 4
    assert max(map(len, pieces)) <= bounds.characters
    assert all(piece.startswith("This") and piece.endswith(".") for piece in pieces)
    assert sorted(" ".join(pieces).split()) == sorted(text.split())


@pytest.mark.parametrize("text", ["The house 語é。", "The 😀 house é "])
def test_a_long_text_of_long_characters(remote: Opened, text: str) -> None:
    long = text * 300
    (answer,) = ask(remote.engine, long)
    assert answer.lower().count("é") >= 300
    assert all(len(piece.encode()) <= 500 for piece in remote.texts()) or (
        remote.engine.name != "mymemory"
    )


@pytest.mark.parametrize("text", ["", " ", "\n", "\u00a0\u2028", "12 %", "…", "3.5 – 4", "2026-11"])
def test_text_without_letters_is_not_sent(opened: Opened, text: str) -> None:
    if opened.server:
        assert ask(opened.engine, text) == [text]
    assert not opened.texts()


def test_tokens_alone_are_not_sent(remote: Opened) -> None:
    form = form_of(remote.engine)
    text = f"{form.token.format(n=0)}, {form.token.format(n=1)}"
    assert ask(remote.engine, text) == [text]
    assert not remote.texts()


@pytest.mark.parametrize(
    ("before", "behind"), [(" ", "\n"), ("\n\n\t", "  "), ("\u00a0", "\u2028"), ("\u202f", "\x85")]
)
def test_outer_white_space_is_kept(opened: Opened, before: str, behind: str) -> None:
    (answer,) = ask(opened.engine, f"{before}The house is big.{behind}")
    core = answer.strip()
    assert core
    assert answer == before + core + behind
    assert opened.texts() == (["The house is big."] if opened.server else [])


@pytest.mark.parametrize(
    "text",
    [
        'Research & work for "all" people',
        "It's one < two and > zero here",
        "The &amp; of &copy; and &#39; is an entity",
        "A & B; c &lt d",
    ],
)
def test_entities(opened: Opened, text: str) -> None:
    answer = through(opened.engine, text)
    assert [answer.count(sign) for sign in "&<>;#"] == [text.count(sign) for sign in "&<>;#"]
    assert re.findall(r"&#?\w+;", answer) == re.findall(r"&#?\w+;", text)


@pytest.mark.parametrize("char", [*"\u2028\u2029\x85\u00a0\u202f\ufeff\ue000😀𝜆𠮷", "👩‍👩‍👧", "🇺🇦"])
def test_odd_characters(opened: Opened, char: str) -> None:
    answers = ask(opened.engine, f"The house{char} is big.", "The house is big.")
    assert char in answers[0]
    assert answers[1] == ask(opened.engine, "The house is big.")[0]


@pytest.mark.parametrize(
    "text", ["\0", "a\0b", "a \ud800", "\x01", "\x1b[0m", "[", "\\", "^", "<b>"]
)
def test_what_is_no_text_harms_nothing_else(opened: Opened, text: str) -> None:
    answers = dict(opened.engine.translate([text, "The house is big."], "en", "es", {}))
    assert isinstance(answers[0], Answer | EngineRefused)
    assert isinstance(answers[1], Answer)


# Tokens


SENTENCES = [
    "{} says that video is the future.",
    "We asked {} and {} (see {}) about it.",
    "The {} very important {} question is: {}?",
    "{}, {} and {} work here",
    "Nobody remembers {}.",
    "“{}” is on {}: {} users, {} pages.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_tokens_survive(opened: Opened, sentence: str) -> None:
    token = form_of(opened.engine).token
    tokens = [token.format(n=n) for n in range(sentence.count("{}"))]
    (answer,) = ask(opened.engine, sentence.format(*tokens))
    places = sorted((answer.index(token), token) for token in tokens if answer.count(token) == 1)
    assert [token for _, token in places] == tokens
    # Neither glued to a word nor broken.
    alone = re.escape(token).replace(r"\{n\}", r"\d+")
    assert re.findall(rf"(?<![^\W_]){alone}(?![^\W_])", answer) == tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ask @anna and #press at https://example.org/a?b=c&d now.",
            "@anna #press https://example.org/a?b=c&d",
        ),
        ('The **big** house is [here](https://example.org "a & b").', "** ]( https://example.org"),
        ("Use `a < b` and {name}, *please*, <br> now", "`a < b` {name} <br>"),
    ],
)
def test_markup_comes_back(opened: Opened, text: str, expected: str) -> None:
    answer = through(opened.engine, text)
    assert [part for part in expected.split(" ") if part not in answer] == []


# Languages


@pytest.mark.parametrize(("to", "letters"), [("ar", "\u0600-\u06ff"), ("he", "\u0590-\u05ff")])
def test_right_to_left(remote: Opened, to: str, letters: str) -> None:
    form = form_of(remote.engine)
    token = form.token.format(n=0)
    (answer,) = ask(remote.engine, f"The house of {token} is big.", to=to)
    assert len(re.findall(f"[{letters}]", answer)) > 10
    assert answer.count(token) == 1


CODES = {
    "google": ("pt", "zh-TW", "iw"),
    "mymemory": ("pt-BR", "zh-TW", "he-IL"),
    "microsoft": ("pt", "zh-Hant", "he"),
    "chatgpt": ("pt-BR", "zh-Hant", "he"),
    "deepl": ("PT-BR", "ZH-HANT", "HE"),
    "libretranslate": ("pt-BR", "zt", "he"),
}


@pytest.mark.parametrize(("to", "number"), [("pt_BR", 0), ("zh_Hant", 1), ("he", 2)])
def test_codes_of_languages(remote: Opened, to: str, number: int) -> None:
    ask(remote.engine, "The house is big.", to=to)
    assert remote.server
    asked = [request for request in remote.server.asked if sent(request)]
    assert [target(request) for request in asked] == [CODES[remote.engine.name][number]]


def test_an_unknown_language(opened: Opened) -> None:
    if opened.engine.name in ("pseudo", "chatgpt"):
        assert ask(opened.engine, "The house is big.", to="kw")
        return
    with pytest.raises(EngineUnavailable):
        ask(opened.engine, "The house is big.", to="kw")
    assert not opened.texts()
    assert ask(opened.engine, "The house is big.")


# Glossary


@pytest.mark.parametrize("to", ["es", "fr"])
def test_a_glossary(remote: Opened, to: str) -> None:
    glossary = {"social media": "redes socialísimas"}
    text = "Everybody works on social media today."
    if remote.engine.traits.glossary:
        (answer,) = ask(remote.engine, text, to=to, glossary=glossary)
    else:
        answer = through(remote.engine, text, to=to, glossary=glossary)
    assert answer.count("redes socialísimas") == 1
    assert "SOCIAL MEDIA" not in answer


# Keys and quotas


@pytest.mark.parametrize("name", [name for name in NETWORK if SERVICES[name].KEY])
def test_a_wrong_key(
    name: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with SPEAKERS[name].server() as server:
        vars(server)["key_wanted"] = True
        engine = SPEAKERS[name].make(server.url, key=WRONG_KEY)
        with pytest.raises(EngineUnavailable, match="check the key") as raised:
            ask(engine, "The house is big.", "The dog is red.")
        engine.close()
        assert sum(bool(sent(request)) for request in server.asked) <= 2  # in two threads
    assert WRONG_KEY not in caplog.text
    _holds_nothing(raised.value, capfd, WRONG_KEY)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("mymemory", "used up: continue tomorrow"),
        ("microsoft", "quota of the subscription is used up"),
        ("deepl", "reports that the quota is used up"),
    ],
)
def test_a_quota(name: str, what: str, capfd: pytest.CaptureFixture[str]) -> None:
    with SPEAKERS[name].server() as server:
        vars(server)["quota"] = 70
        engine = SPEAKERS[name].make(server.url, threads=1)
        assert ask(engine, "The first house of all is the biggest.")
        with pytest.raises(EngineUnavailable, match=what) as raised:
            ask(engine, "The second house of all is smaller.", "The third is red.")
        asked = len(server.asked)
        with pytest.raises(EngineUnavailable, match=what):
            ask(engine, "The fourth house of all is blue.")
        assert len(server.asked) == asked
        engine.close()
    _holds_nothing(raised.value, capfd, KEY)


def _holds_nothing(error: EngineError, capfd: pytest.CaptureFixture[str], key: str) -> None:
    """Check that an error has neither the key nor the text in it, and that nothing was printed."""
    output = f"{error!r} {error.__cause__} {error.__notes__ if hasattr(error, '__notes__') else ''}"
    assert key not in output
    assert key[:6] not in output
    assert "house of all" not in output
    assert not any(capfd.readouterr())


# Its end


def test_closed_twice(opened: Opened) -> None:
    before = ask(opened.engine, "The house is big.")
    opened.engine.close()
    opened.engine.close()
    assert ask(opened.engine, "The house is big.") == before


def test_importing_the_engines_imports_no_library() -> None:
    code = "import sys, pipeline.drafting.engines; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"requests", "deep_translator", "urllib3", "bs4", "tenacity"} & set(
        run.stdout.split()
    )
