"""Apertium itself, and substitutes for its programs that hang, die or print too much."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.drafting.engines.apertium import Apertium
from pipeline.drafting.engines.contract import Answer
from pipeline.drafting.engines.forms import FORMS
from pipeline.errors import EngineUnavailable
from tests.steps import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOKEN = FORMS["apertium"].token
BOTH = pytest.mark.parametrize("target", ["es", "fr"])


@pytest.fixture(scope="module")
def apertium() -> Iterator[Apertium]:
    engine = Apertium()
    yield engine
    engine.close()


def ask(engine: Apertium, *texts: str, target: str = "es", source: str = "en") -> list[str]:
    """Return the answers' texts, and refusals in angle brackets."""
    return [
        answer.text if isinstance(answer, Answer) else f"<{answer}>"
        for _, answer in engine.translate(texts, source, target, {})
    ]


def running() -> set[int]:
    """Return the ids of running child processes."""
    ids = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == os.getpid() and state != "Z":
            ids.add(int(stat.parent.name))
    return ids


# Routes


@pytest.mark.parametrize(
    ("source", "target", "signature"),
    [
        ("en", "es", "apertium eng-spa"),
        ("en", "fr", "apertium eng-cat+cat-fra"),
        ("en_GB", "fr_CA", "apertium eng-cat+cat-fra"),
        ("es", "fr", "apertium spa-eng+eng-cat+cat-fra"),
        ("ca", "en_US", "apertium cat-eng"),
    ],
)
def test_route(apertium: Apertium, source: str, target: str, signature: str) -> None:
    number, answer = next(apertium.translate(["Barcelona"], source, target, {}))
    assert number == 0
    assert isinstance(answer, Answer)
    assert answer.signature == signature


PROGRAM = f"""#!{sys.executable}
import os, sys, time
assert sys.argv[1] == "-z", sys.argv
data = seen = b""
while chunk := os.read(0, 65536):
    data += chunk
    while b"\\0" in data:
        text, _, data = data.partition(b"\\0")
        {{action}}
        os.write(1, text + b"\\0")
"""


@pytest.fixture
def modes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that makes modes which do an action to each text."""

    def make(*names: str, action: str = "pass") -> None:
        (tmp_path / "modes").mkdir(exist_ok=True)
        for name in names:
            program = tmp_path / f"program of {name}"
            program.write_text(PROGRAM.format(action=action))
            program.chmod(0o755)
            mode = f"'{tmp_path}/copy' | '{program}' $1 $2 | '{tmp_path}/copy'\n"
            (tmp_path / "modes" / f"{name}.mode").write_text(mode)
        copy = tmp_path / "copy"
        copy.write_text("#!/bin/sh\nexec cat\n")
        copy.chmod(0o755)

    monkeypatch.setenv("APERTIUM_DATADIR", str(tmp_path))
    return make


@pytest.mark.parametrize(
    ("names", "signature"),
    [
        (["eng-fra", "eng-cat", "cat-fra"], "eng-fra"),
        (["eng-spa", "spa-fra", "eng-cat", "cat-fra"], "eng-cat+cat-fra"),
        (["eng-aaa", "aaa-bbb", "bbb-fra", "eng-spa", "spa-fra"], "eng-spa+spa-fra"),
        (["en-es", "es-fr"], "en-es+es-fr"),
        (["en-es", "eng-spa", "fr-es", "spa-fra"], "eng-spa+spa-fra"),
        (["eng-fra_CA", "eng-fra-tagger", "eng-spa", "spa-fra"], "eng-spa+spa-fra"),
        (["fra-eng", "eng-spa", "spa-eng", "spa-cat", "cat-fra"], "eng-spa+spa-cat+cat-fra"),
    ],
)
def test_the_shortest_route(modes: Callable[..., None], names: list[str], signature: str) -> None:
    modes(*names)
    engine = Apertium()
    numbered = next(engine.translate(["Text"], "en", "fr", {}))
    engine.close()
    assert numbered == (0, Answer("Text", f"apertium {signature}"))


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("en", "ja", "from en to ja, and Debian has no package for it: name another engine in"),
        ("ja", "en", "no language pair from ja to en"),
        ("en", "de", "from en to de, and Debian has no package for it: name another"),
        ("en", "is", "from en to is, and Debian has no package for it: name another"),
        ("en", "gl", "from en to gl: install apertium apertium-en-gl$"),
        ("is", "en", "from is to en: install apertium apertium-isl-eng$"),
        ("sv", "nb", "from sv to nb: install apertium apertium-swe-nor$"),
        ("en", "xx_YY", "no language pair from en to xx_YY"),
    ],
)
def test_no_route(apertium: Apertium, source: str, target: str, message: str) -> None:
    with pytest.raises(EngineUnavailable, match=message):
        ask(apertium, "Text", source=source, target=target)


@pytest.mark.parametrize(
    ("target", "packages"),
    [("es", "apertium-eng-spa$"), ("fr", "apertium-eng-cat apertium-fra-cat$")],
)
def test_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, packages: str
) -> None:
    monkeypatch.setenv("APERTIUM_DATADIR", str(tmp_path))
    with pytest.raises(
        EngineUnavailable, match=rf"^Apertium is not installed: install .*{packages}"
    ):
        ask(Apertium(), "Text", target=target)


# Text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dogs of my brother.", "Los perros de mi hermano."),
        ("Snapchat is fun.", "Snapchat es divertido."),
        ("My brother says: Snapchat is fun.", "Mi hermano dice: Snapchat es divertido."),
        ("A multitasker.", "Un multitasker."),
        ("#hashtag and @snapchatter: 5*3", "#hashtag y @snapchatter: 5*3"),
        ("*Snapchat* and Snapchat*", "*Snapchat* y Snapchat*"),
        ("He is big.", "Es grande."),
        ("Peter says that he is big.", "Peter dice que es grande."),
        ("My house is the search.", "Mi casa es la búsqueda."),
        ("There is no Peter in this city.", "No hay ningún Peter en esta ciudad."),
        ("and two houses", "y dos casas"),
        ("The house. The dogs are big.", "La casa. Los perros son grandes."),
        ("The house\nand the dogs", "La casa\ny los perros"),
        ("the  house", "la  casa"),
        ("The dog’s house", "La casa del perro"),
        ("What?", "Qué?"),
        ("“Yes!”", "“Sí!”"),
        ("...", "..."),
        ("5", "5"),
        ("the beau\u00adtiful house", "la casa bella"),
        ("\u00ad", "<Apertium's answer is empty>"),
    ],
)
def test_text(apertium: Apertium, text: str, expected: str) -> None:
    assert ask(apertium, text) == [expected]


def test_a_second_step_reads_words_without_marks(apertium: Apertium) -> None:
    answers = ask(apertium, "Snapchat and the multitasker.", "Nobody tweeted.", target="fr")
    assert answers[0] == "Snapchat et le multitasker."
    assert not re.search(r"[*#@]", "".join(answers))


@BOTH
def test_typographic_apostrophes_stay(apertium: Apertium, target: str) -> None:
    curly, straight = ask(
        apertium, "The friend’s water doesn’t help.", "The friend's water.", target=target
    )
    assert "'" not in curly
    assert "’" not in straight


@BOTH
@pytest.mark.parametrize("char", [*"\\[]{}^$@<>/*#~+|`=_%€…«½×"])
def test_special_characters(apertium: Apertium, target: str, char: str) -> None:
    texts = [form.format(char) for form in ("{}", "The {} dog", "Dogs{}", "({}5)", "{0}a{0}{0}b")]
    for text, answer in zip(texts, ask(apertium, *texts, target=target), strict=True):
        assert answer.count(char) == text.count(char), (text, answer)


def test_any_text_comes_back(apertium: Apertium) -> None:
    """Check that words no dictionary knows come back unchanged, whatever is around them."""
    chance = random.Random(5)
    odd = "\\[]{}^$@<>/*#~`\u2028\u2029\x85\u00a0\u200b\u200d\ufeff\ue000\x01\x7f\ud800😀👩🇺∑½"
    for _ in range(300):
        text = "Qx" + "".join(chance.choices(odd + " qx0", k=chance.randrange(1, 30))) + "xq"
        assert ask(apertium, text) == [text]


@pytest.mark.parametrize("text", ["\0", "The\0dog"])
def test_nul_is_refused(apertium: Apertium, text: str) -> None:
    assert ask(apertium, text, "dogs") == ["<the source text contains a NUL character>", "perros"]


@pytest.mark.parametrize(
    "target", ["es", pytest.param("fr", marks=pytest.mark.slow("two pairs, 100,000 characters"))]
)
def test_a_very_long_text(apertium: Apertium, target: str) -> None:
    text = " ".join(f"The red house number {n} is bigger than yours." for n in range(2200))
    assert len(text) > 100_000
    answer = ask(apertium, text, target=target)[0]
    assert re.findall(r"\d+", answer) == [str(n) for n in range(2200)]


def test_the_answer_does_not_hang_on_what_came_before(apertium: Apertium) -> None:
    texts = ["The dogs", "He sees the house", "big", "Why", "(a", "of the", "to run.", "I", "saw"]
    first = ask(apertium, *texts)
    random.Random(1).shuffle(texts)
    assert sorted(ask(apertium, *texts)) == sorted(first)


# Tokens

SENTENCES = """\
{} is a simple way to reach new customers.
{}, a small company from Boston, sells shoes online.
When {} arrived, everybody left.
Follow {}, {} and {} on Twitter.
The network (now called {}) has more than two million users.
{}'s new book is about marketing.
The success of {}’s campaign surprised everybody.
Six experts ({}, {} and others) answered our questions.
She wrote "{}" in her book.
The {} team is very small.
You need {}, {}, {} and {}.
This is the {} very important {} question about {}.
It was {} who wrote the letter.
Stop using {}; start using {}.
Neither {} nor {} answered.
Both {} and {} are good choices: {}!
{} (formerly {}) is growing.
The {}-based system is old.
See {}/{} for details.
Let's talk about {}. {} has 5 dogs.""".splitlines()


@BOTH
@pytest.mark.parametrize("sentence", SENTENCES)
def test_tokens(apertium: Apertium, sentence: str, target: str) -> None:
    tokens = [TOKEN.format(n=n + 9) for n in range(sentence.count("{}"))]
    answer = ask(apertium, sentence.format(*tokens), target=target)[0]
    assert re.findall(r"\w*Xqz\w*", answer) == tokens
    if sentence.startswith("{}"):
        assert answer.startswith(tokens[0])
    for inside in re.findall(r"[(\"]\{\}[)\"]", sentence):
        assert inside.format(tokens[0]) in answer


@pytest.mark.parametrize(
    ("source", "target", "sentence"),
    [
        ("es", "en", "El libro de {} trata de {}, no de ({})."),
        ("fr", "ca", "{} dit que l'avenir de {} est « {} »."),
        ("ca", "fr", "{} diu que el futur de {} és ({})."),
    ],
)
def test_tokens_in_other_languages(
    apertium: Apertium, source: str, target: str, sentence: str
) -> None:
    tokens = [TOKEN.format(n=n) for n in range(3)]
    answer = ask(apertium, sentence.format(*tokens), source=source, target=target)[0]
    assert re.findall(r"\w*Xqz\w*", answer) == tokens


# Programs


def test_programs_are_kept() -> None:
    before = running()
    engine = Apertium()
    ask(engine, "One house")
    started = running() - before
    ask(engine, "Two houses", "Three houses")
    assert running() - before == started
    engine.close()
    assert running() == before
    assert ask(engine, "dogs") == ["perros"]
    engine.close()


def test_no_text_starts_a_program(apertium: Apertium, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check that texts reuse a running program: a start takes over ten times as long as a text."""
    ask(apertium, "warm")
    monkeypatch.setattr(subprocess.Popen, "__init__", None)  # nothing can be started
    answers = ask(apertium, *(f"My brother has {n} houses." for n in range(200)))
    assert answers[:2] == ["Mi hermano tiene 0 casas.", "Mi hermano tiene 1 casas."]
    assert len(answers) == 200


def test_nothing_runs_on_after_an_engine_that_was_not_closed() -> None:
    before = running()
    ask(engine := Apertium(), "dogs")
    assert running() != before
    del engine
    assert running() == before


@pytest.mark.parametrize("end", ["", "import os; os._exit(0)", "os.kill(os.getpid(), 9)", "1 / 0"])
def test_nothing_outlives_us(end: str) -> None:
    code = f"""
import os, pathlib
from pipeline.drafting.engines.apertium import Apertium
engine = Apertium()
list(engine.translate(["dogs"], "en", "es", {{}}))
for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
    if int(stat.read_text().rpartition(")")[2].split()[1]) == os.getpid():
        print(stat.parent.name, flush=True)
{end}
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    started = run.stdout.split()
    assert len(started) > 5

    def alive(pid: str) -> bool:
        stat = Path("/proc", pid, "stat")
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"

    until(lambda: not any(map(alive, started)))


@pytest.mark.parametrize(
    "action",
    [
        'time.sleep(20 if b"bad" in text else 0)',
        'b"bad" in text and sys.exit(1)',
        'seen += text; text = b"lost" if b"bad" in seen and b"next" in text else text',
        'while b"bad" in text: os.write(1, b"x" * 1000)',
    ],
    ids=["hangs", "dies", "loses the end", "babbles"],
)
def test_a_text_that_is_too_much_for_a_program(modes: Callable[..., None], action: str) -> None:
    modes("eng-spa", action=action.replace("\n", "\n        "))
    before = running()
    engine = Apertium(timeout=1)
    assert ask(engine, "good", "bad", "better") == [
        "good",
        "<Apertium (eng-spa) did not answer within 1 s>",
        "better",
    ]
    assert len(running() - before) == 3  # of the last start alone
    engine.close()
    assert running() == before


def test_a_slow_start_is_not_the_fault_of_the_text(modes: Callable[..., None]) -> None:
    modes("eng-spa", action='time.sleep(0 if seen else 1); seen = b"."')
    assert ask(Apertium(timeout=0.3), "one") == ["one"]


def test_an_answer_larger_than_all_pipes(modes: Callable[..., None], tmp_path: Path) -> None:
    modes("eng-spa")
    (tmp_path / "copy").write_text(
        f"#!{sys.executable}\nimport os\n"
        "while part := os.read(0, 5000): os.write(1, part.replace(b'a', b'aaa'))\n"
    )
    (tmp_path / "modes/eng-spa.mode").write_text(f"'{tmp_path}/copy' | '{tmp_path}/copy'")
    assert ask(Apertium(), "a" * 300_000) == ["a" * 2_700_000]


def test_a_program_that_dies_between_two_texts(modes: Callable[..., None]) -> None:
    modes("eng-spa")
    before = running()
    engine = Apertium()
    assert ask(engine, "one") == ["one"]
    for pid in running() - before:
        os.kill(pid, 9)
    assert ask(engine, "two") == ["two"]
    engine.close()


def test_an_interrupt_leaves_no_half_text_behind(
    modes: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    modes("eng-spa")
    engine = Apertium()
    assert ask(engine, "one") == ["one"]
    read = os.read

    def interrupted(fd: int, size: int) -> bytes:
        monkeypatch.setattr(os, "read", read)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "read", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ask(engine, "two")
    assert ask(engine, "three") == ["three"]
    engine.close()


def test_marks_of_any_pair_go(modes: Callable[..., None]) -> None:
    modes("eng-spa", action='text = text.replace(b"q", b"*q").replace(b"y", b"#y @y")')
    assert ask(Apertium(), "one q * # @ y") == ["one q * # @ y y"]


def test_a_program_may_add_nuls(modes: Callable[..., None]) -> None:
    modes("eng-spa", action='text = b"\\0" + text + b"\\0"')
    assert ask(Apertium(), "one", "two", "three") == ["one", "two", "three"]


def test_talk_on_stderr_stops_nothing(modes: Callable[..., None]) -> None:
    modes("eng-spa", action='os.write(2, b"x" * 1_000_000)')
    assert ask(Apertium(), "one", "two") == ["one", "two"]


@pytest.mark.parametrize("fault", ["no such program", "no program at all", "dies at the start"])
def test_a_broken_installation(modes: Callable[..., None], tmp_path: Path, fault: str) -> None:
    modes("eng-spa", action="sys.exit(1)")
    if fault == "no such program":
        (tmp_path / "copy").unlink()
    elif fault == "no program at all":
        (tmp_path / "modes/eng-spa.mode").write_text("")
    before = running()
    with pytest.raises(EngineUnavailable, match=r"^Apertium \(eng-spa\) does not start: reinstall"):
        ask(Apertium(), "one")
    assert running() == before


def test_the_locale_of_the_user_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "xx_YY.ISO-8859-1")
    assert ask(Apertium(), "Spanish girls") == ["Chicas españolas"]


def test_two_directions_at_once(apertium: Apertium) -> None:
    spanish = apertium.translate(["dogs", "cats"], "en", "es", {})
    french = apertium.translate(["dogs", "cats"], "en", "fr", {})
    mixed = [next(spanish), next(french), next(spanish), next(french)]
    texts = [(number, answer.text) for number, answer in mixed if isinstance(answer, Answer)]
    assert texts == [(0, "perros"), (0, "chiens"), (1, "gatos"), (1, "chats")]


def test_threads_start_the_programs_once(modes: Callable[..., None]) -> None:
    modes("eng-spa", action="time.sleep(0.001)")
    before = running()
    engine = Apertium()
    answers: dict[int, list[str]] = {}
    threads = [
        threading.Thread(target=lambda n=n: answers.update({n: ask(engine, *f"{n}abcdefg")}))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: list(f"{n}abcdefg") for n in range(8)}
    assert len(running() - before) == 3
    engine.close()
