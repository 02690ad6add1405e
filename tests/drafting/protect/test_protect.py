"""Placeholders for markup and names, and texts restored from an engine's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.drafting.engines.forms import FORMS
from pipeline.drafting.protect.protect import ProtectedText, has_words, protect, restore
from pipeline.drafting.protect.tokens import Damage
from pipeline.markdown.marks import Form
from tests.linear.odd import ANSWERS, HIDDEN
from tests.strategies import inline_texts

if TYPE_CHECKING:
    from random import Random

TERMS = ("Al Core", "Core")
LABELS = frozenset({"ref"})
WORDS = Form("⟦{n}⟧")
TAGS = FORMS["deepl"]
HTML = FORMS["microsoft"]
UNESCAPED = FORMS["chatgpt"]


def protected(text: str, form: Form = WORDS) -> ProtectedText:
    result = protect(text, form, TERMS, LABELS, {"expert": "spécialiste"})
    assert isinstance(result, ProtectedText)
    return result


def restored(answer: str, text: str, form: Form = WORDS) -> str:
    """Return the restored text of an answer, or the reason in angle brackets."""
    result = restore(answer, protected(text, form))
    return f"<{result.reason}>" if isinstance(result, Damage) else result


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Plain < words & more.", "Plain < words & more."),
        ("a *b* c", "a ⟦0⟧ b ⟦1⟧ c"),
        ("***b***", "⟦0⟧ b ⟦1⟧"),
        ("see [b](u 't').", "see ⟦0⟧ b ⟦1⟧."),
        ("a<br>b", "a ⟦0⟧ b"),
        ("*a*`b`@c d", "⟦0⟧ a ⟦1⟧ d"),
        ("Al Core, Core, an expert", "⟦0⟧, ⟦1⟧, an ⟦2⟧"),
        ("语`a`语", "语 ⟦0⟧ 语"),
    ],
)
def test_words(text: str, sent: str) -> None:
    assert protected(text).text == sent


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Plain < words & more.", "Plain &lt; words &amp; more."),
        ("Read **the [long guide](u)** now", 'Read <g id="0">the <g id="1">long guide</g></g> now'),
        ("***b*** c", '<g id="0">b</g> c'),
        ("[**b**](u)", '<g id="0">b</g>'),
        ("`a` [***b***](u)", '<x id="0"/> <g id="1">b</g>'),
        ("[**b** c](u)", '<g id="0"><g id="1">b</g> c</g>'),
        ("[*a* *b*](u)", '<g id="0"><g id="1">a</g> <g id="2">b</g></g>'),
        ("[`a`](u) b", '<x id="0"/> b'),
        ("**`a`** *@b*", '<x id="0"/> <x id="1"/>'),
        ("`a`**`b`**@c d", '<x id="0"/> d'),
        ("[**`b`** c](u)", '<g id="0"><x id="1"/> c</g>'),
        ("a<br>b <b>c</b>", 'a<x id="0"/>b <g id="1">c</g>'),
        ("AT&T &amp; <b>a", 'AT&amp;T <x id="0"/> <x id="1"/>a'),
        ("an expert[^1].", 'an <x id="0"/>.'),
    ],
)
def test_tags(text: str, sent: str) -> None:
    assert protected(text, TAGS).text == sent


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("google", "[X0X] a & [X1X] b [X2X] [X3X] c [X4X] < d"),
        ("apertium", "Xqz0x a & Xqz1x b Xqz2x Xqz3x c Xqz4x < d"),
        ("deepl", '<g id="0">a &amp; <x id="1"/> b</g> <g id="2">c</g> &lt; d'),
        ("chatgpt", '<g id="0">a & <x id="1"/> b</g> <g id="2">c</g> < d'),
        (
            "microsoft",
            '<b id="0">a &amp; <span class="notranslate">X1X</span> b</b> <b id="2">c</b> &lt; d',
        ),
    ],
)
def test_forms(name: str, sent: str) -> None:
    text = "*a & `x` b* [c](u) < d"
    assert protected(text, FORMS[name]).text == sent
    assert restored(sent, text, FORMS[name]) == text


@pytest.mark.parametrize("name", FORMS)
def test_a_loose_pattern_fits_what_is_sent(name: str) -> None:
    text = " ".join(f"`{n}`" for n in range(12)) + " *a* [**b** c](u)"
    assert restored(protected(text, FORMS[name]).text, text, FORMS[name]) == text


@given(inline_texts, st.sampled_from(sorted(FORMS)))
def test_what_was_not_changed_comes_back(text: str, name: str) -> None:
    protected_text = protect(text, FORMS[name], TERMS)
    if isinstance(protected_text, ProtectedText):
        assert restore(protected_text.text, protected_text) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("a ⟦12⟧ *b*", WORDS),
        ("a xqz3X", FORMS["apertium"]),
        ("a [ x3 X]", FORMS["google"]),
        ('a <x id="3"/>', UNESCAPED),
        ("a </g>", UNESCAPED),
    ],
)
def test_a_text_that_holds_a_token_cannot_be_protected(text: str, form: Form) -> None:
    assert protect(text, form) == Damage(
        "the source text contains a word that looks like a placeholder"
    )


def test_tags_of_the_text_are_no_tokens() -> None:
    text = 'a <x id="3"/> <g id="0">b</g>'
    sent = 'a <x id="0"/> <g id="1">b</g>'
    assert protected(text, TAGS).text == sent
    assert restored(sent, text, TAGS) == text


# Answers


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("*b* `c`", "⟦2⟧ ⟦0⟧ B ⟦1⟧", "`c` *B*"),
        ("*b* `c`", "⟦0⟧B⟦1⟧ ⟦2⟧", "*B* `c`"),
        ("*b* `c`", "un ⟦0⟧ deux ⟦1⟧ ⟦2⟧.", "un *deux* `c`."),
        ("[a](u) [b](v)", "⟦2⟧ B ⟦3⟧ ⟦0⟧ A ⟦1⟧", "[B](v) [A](u)"),
        ("*a* *b*", "⟦2⟧ A ⟦1⟧ ⟦0⟧ B ⟦3⟧", "*A* *B*"),
        ("An expert", "Un ⟦0⟧", "Un spécialiste"),
        ("Expert", "⟦0⟧", "Spécialiste"),
        ("%s of {a}", "{a}: ⟦0⟧ ⟦1⟧", "{a}: %s {a}"),
        (" a `b`", " A ⟦0⟧", " A `b`"),
        ("*a* b ⟧", "⟦0⟧ A ⟦1⟧ B ⟧", "*A* B ⟧"),
    ],
)
def test_tokens_may_move(text: str, answer: str, expected: str) -> None:
    assert restored(answer, text) == expected


LOST = [
    ("*b*", "b ⟦1⟧", "lost '*'"),
    ("*b*", "", "lost '*'"),
    ("***b***", "b", "lost '***'"),
    ("`" + "b" * 60 + "`", "b", "lost '`" + "b" * 39 + "'"),
    ("*b*", "⟦0⟧ b", "lost '*'"),
    ("*b*", "⟦0⟧ b ⟦1⟧ ⟦1⟧", "duplicated or invented the placeholder '⟦1⟧'"),
    ("*b*", "⟦0⟧ b ⟦1⟧ ⟦2⟧", "duplicated or invented the placeholder '⟦2⟧'"),
    ("*b*", "⟦00⟧ b ⟦1⟧", "duplicated or invented the placeholder '⟦00⟧'"),
    ("*b*", f"⟦{'9' * 5000}⟧ b ⟦1⟧", "duplicated or invented the placeholder"),
    ("*b*", "⟦٠⟧ b ⟦1⟧", "lost '*'"),
    ("*b*", "⟦0⟧ b ⟦1⟧ ⟦one⟧", "left a part of a placeholder in the translation: '⟦'"),
    ("b", "b ⟦0⟧", "duplicated or invented the placeholder '⟦0⟧'"),
    ("b", "b ⟧", "left a part of a placeholder in the translation: '⟧'"),
    ("An expert", "Un", "lost 'spécialiste'"),
]
NESTING = [
    ("*b*", "⟦1⟧ b ⟦0⟧", "closed '*'"),
    ("*a* **b**", "⟦0⟧ a ⟦2⟧ b ⟦1⟧ ⟦3⟧", "closed '*' inside strong '**…**'"),
    ("[a](u) [b](v)", "⟦0⟧ a ⟦3⟧ ⟦2⟧ b ⟦1⟧", "closed '](v)' inside link '[…](u)'"),
    ("[a](u) [b](v)", "⟦0⟧ a ⟦2⟧ b ⟦3⟧ ⟦1⟧", "moved link '[…](v)' into or out of"),
    ("**a** ~~b~~", "⟦0⟧ a ⟦2⟧ b ⟦3⟧ ⟦1⟧", "moved strikethrough into or out of"),
    ("**a *b* c**", "⟦0⟧ a c ⟦3⟧ ⟦1⟧ b ⟦2⟧", "moved emphasis into or out of"),
    ("[a](u) <https://b>", "⟦0⟧ a ⟦2⟧ ⟦1⟧", "moved address '<https://b>' into or out of"),
    ("[a](u) b[^1]", "⟦0⟧ a ⟦2⟧ ⟦1⟧ b", "moved footnote '[^1]' into or out of"),
    ("![a](u) `b`", "⟦0⟧ a ⟦2⟧ ⟦1⟧", "moved code '`b`' into or out of"),
    ("![a @b](u)", "⟦0⟧ a ⟦1⟧", ""),
    ("[a](u) `b`", "a ⟦0⟧ ⟦1⟧ ⟦2⟧", "left link '[…](u)' empty"),
    ("[a](u)", "a ⟦0⟧ – ⟦1⟧", "left link '[…](u)' empty"),
    ("**a [^1] b**", "a b ⟦0⟧ ⟦1⟧ ⟦2⟧", "left strong empty"),
    ("%s and %d", "⟦1⟧ et ⟦0⟧", "changed the order of %s, %d"),
    ("{% if a %}b{% end %}", "⟦1⟧ b ⟦0⟧", "changed the order of {% if a %}, {% end %}"),
    ("a</b> c <i>d", "a ⟦1⟧ c ⟦0⟧ d", "changed the order of </b>, <i>"),
]


@pytest.mark.parametrize(("text", "answer", "reason"), [*LOST, *NESTING])
def test_damage_is_told(text: str, answer: str, reason: str) -> None:
    result = restored(answer, text)
    assert result.startswith("<the engine ") == bool(reason), result
    assert reason in result


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("⟦0⟧ A ⟦2⟧ ⟦1⟧ b", "[A `c`](u) b"),
        ("⟦0⟧ ⟦2⟧ ⟦1⟧ b", "[`c`](u) b"),
        ("⟦2⟧ ⟦0⟧ A ⟦1⟧ b", "`c` [A](u) b"),
    ],
)
def test_what_stands_for_itself_may_get_into_markup(answer: str, expected: str) -> None:
    assert restored(answer, "[a](u) `c` b") == expected


SAME = [
    '<x id="0"/>',
    '<x id="0" />',
    "<x id='0'/>",
    "<x id=0/>",
    "<X ID=“0” />",
    '< x  id = " 0 " / >',
    '<x id="0"></x>',
    '<x id="0"> </ x >',
    '<x id=\\"0\\"/>',
    "<x\nid=«0»/>",
]
OTHER = [
    ('<x id="0">', "XML"),
    ('<x id="0">a</x>', "XML"),
    ('<x id="1"/>', "duplicated or invented the placeholder"),
    ('<x id="00"/>', "duplicated or invented the placeholder"),
    ('<x id="-0"/>', "XML"),
    ('<x id="zero"/>', "XML"),
    ('<x n="0"/>', "XML"),
    ('<x id="0" class="a"/>', "XML"),
    ('<y id="0"/>', "XML"),
    ('<xid="0"/>', "XML"),
    ('x id="0"/', "lost '`b`'"),
    ("<x/>", "XML"),
    ('<g id="0">c</g>', "duplicated or invented the placeholder"),
    ('<g id="0"></g>', "duplicated or invented the placeholder"),
    ("&lt;x id=“0”/&gt;", "lost '`b`'"),
    (
        '<x id="0"/> &lt;x id="0"/&gt;',
        "left a part of a placeholder in the translation: '<x id=\"'",
    ),
    ('<x id="0"/><x id="0"/>', "duplicated or invented the placeholder"),
    ('<x id="0"/> & b', "XML"),
    ('<x id="0"/> < b', "XML"),
    ('<x id="0"/> &nbsp;', "XML"),
    ('<x id="0"/> &#xD800;', "XML"),
    ('<x id="0"/> &#0;', "XML"),
    ('<x id="0"/> &#9999999;', "XML"),
    ('<x id="0"/> &amp', "XML"),
    ('<x id="0"/> <!-- -->', "XML"),
    ('<x id="0"/> <b>c</b>', "XML"),
    ('<x id="0"/> </g>', "wrote '</g>' without its opening tag"),
]


@pytest.mark.parametrize("tag", SAME)
def test_the_same_tag(tag: str) -> None:
    assert restored(f"A {tag}.", "a `b`.", TAGS) == "A `b`."


@pytest.mark.parametrize(("answer", "reason"), OTHER)
def test_another_tag(answer: str, reason: str) -> None:
    result = restored(f"A {answer}.", "a `b`.", TAGS)
    assert result.startswith("<the engine")
    assert reason in result


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("R&amp;D &lt; 3 &gt; &quot;2&quot; &apos;s", 'R&D < 3 > "2" \'s'),
        ("l&#39;&#x65;au > 3", "l'eau > 3"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_entities(answer: str, text: str) -> None:
    assert restored(answer, "a", TAGS) == text


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ('<b id="0">A</b> <span class="notranslate">X1X</span>', "*A* `b`"),
        ("<b id='0'>A</b> <span class=notranslate> x1x </span>", "*A* `b`"),
        (
            '<b id="0">A</b> <span class="notranslate">X2X</span>',
            "<the engine duplicated or invented the placeholder",
        ),
        ('<b id="0">A</b> <span class="notranslate">X1</span>', "<the engine's answer is not"),
        ('<b id="0">A</b> X1X', "<the engine lost '`b`'"),
        ('<b>A</b> <span class="notranslate">X1X</span>', "<the engine"),
    ],
)
def test_html(answer: str, expected: str) -> None:
    assert restored(answer, "*a* `b`", HTML).startswith(expected)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ('R&D < 3 <g id="0">A</g>', "R&D < 3 *A*"),
        ('&amp; <g id="0">A</g>', "&amp; *A*"),
        ('<g id="0">A', "<the engine did not close '<g id=\"0\">'>"),
        ("A</g>", "<the engine wrote '</g>' without its opening tag>"),
        (
            '<g id="0">A</g> <x id="1">',
            "<the engine left a part of a placeholder in the translation: '<x id=\"'>",
        ),
        (
            '<g id="0">A</g> <g id="1',
            "<the engine left a part of a placeholder in the translation: '<g id=\"'>",
        ),
        ("<g>A</g>", "<the engine wrote '</g>' without its opening tag>"),
    ],
)
def test_tags_in_a_text_that_is_no_xml(answer: str, expected: str) -> None:
    assert restored(answer, "*a*", UNESCAPED) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ('<g id="0">A <g id="1">B</g></g> C', "**A [B](u)** C"),
        ('C <g id="0"><g id="1">B</g> A</g>', "C **[B](u) A**"),
        ('<g id="1">A <g id="0">B</g></g> C', "moved"),
        ('<g id="0">A</g> <g id="1">B</g> C', "moved"),
        ('<g id="0">A <g id="1"></g></g> B C', "left link '[…](u)' empty"),
        ('<g id="0">A <g id="1">B</g> C', "did not close '<g id=\"0\">'"),
        ('<g id="0">A <g id="0">B</g></g> C', "duplicated or invented the placeholder"),
        ('<g id="0">A <g id="2">B</g></g> C', "duplicated or invented the placeholder"),
        ('<g id="0">A <x id="1"/></g> C', "duplicated or invented the placeholder"),
        ('<g id="0">A <g id="1"/></g> C', "not well-formed"),
    ],
)
def test_pairs_of_tags(answer: str, expected: str) -> None:
    assert expected in restored(answer, "**a [b](u)** c", TAGS)


@pytest.mark.parametrize(
    ("name", "answer", "expected"),
    [
        (
            "google",
            "A [X0X] [X",
            "<the engine left a part of a placeholder in the translation: '[x'>",
        ),
        (
            "google",
            "A [X0X] X]",
            "<the engine left a part of a placeholder in the translation: 'x]'>",
        ),
        ("apertium", "Six Xqz0x", "Six `b`"),
        (
            "apertium",
            "A Xqz0x xqz",
            "<the engine left a part of a placeholder in the translation: 'xqz'>",
        ),
    ],
)
def test_half_a_word_in_an_answer(name: str, answer: str, expected: str) -> None:
    assert restored(answer, "a `b`", FORMS[name]) == expected


def test_nothing_is_protected() -> None:
    assert restore("Xq1z <b", ProtectedText("a")) == "Xq1z <b"


@given(inline_texts, st.sampled_from(sorted(FORMS)), st.text(max_size=40), st.randoms())
def test_any_answer_is_restored_or_damaged(
    text: str, name: str, answer: str, chance: Random
) -> None:
    protected_text = protect(text, FORMS[name], TERMS, LABELS)
    if isinstance(protected_text, ProtectedText):
        words = [*protected_text.text.split(" "), answer]
        chance.shuffle(words)
        assert isinstance(restore(" ".join(words), protected_text), str | Damage)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One", True),
        ("*One*", True),
        ("I `one`", True),
        ("`one`", False),
        ("@al 50 %", False),
        ("expert", False),
        ("12", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("name", FORMS)
def test_has_words(text: str, expected: bool, name: str) -> None:
    assert has_words(protected(text, FORMS[name])) is expected


def test_has_words_where_nothing_is_protected() -> None:
    assert has_words(ProtectedText("One"))
    assert not has_words(ProtectedText("1"))


TOKEN_LOST = "the engine lost '*'"
NOT_XML = "the engine's answer is not well-formed XML"
TAGGED = {
    "tags": "the engine duplicated or invented the placeholder '<x id=\"0\"/>'",
    "open tags": "the engine did not close '<g id=\"0\">'",
    "closed tags": "the engine wrote '</g>' without its opening tag",
    "pairs": "the engine duplicated or invented the placeholder '<g id=\"1\">'",
}
OF_WORDS = {"words": "the engine duplicated or invented the placeholder '⟦0⟧'"}
HALVES = (
    "half tags",
    "signs",
    "signs and blanks",
    "blanks in a tag",
    "quotes in a tag",
    "digits in a tag",
    "half entities",
)
REASONS: dict[str, dict[str, str]] = {
    "google": {},
    "pseudo": OF_WORDS,
    "deepl": TAGGED | dict.fromkeys(HALVES, NOT_XML),
    "chatgpt": TAGGED,
}


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("engine", REASONS)
def test_long_answers_that_are_damaged(name: str, engine: str) -> None:
    """Restore long damaged answers; `tests.linear.functions` counts the instructions."""
    damaged = restore(ANSWERS[name](50_000), protected("*a* `b`", FORMS[engine]))
    assert isinstance(damaged, Damage)
    assert damaged.reason == REASONS[engine].get(name, TOKEN_LOST)


@pytest.mark.parametrize("name", HIDDEN)
@pytest.mark.parametrize("engine", ["pseudo", "deepl"])
def test_long_texts_come_back(name: str, engine: str) -> None:
    """Restore long texts; `tests.linear.functions` counts the instructions."""
    text = HIDDEN[name](10_000)
    hidden = protected(text, FORMS[engine])
    expected = text.replace("expert", "spécialiste")
    assert restore(hidden.text, hidden) == expected
    spaced = restore(hidden.text.replace(" ", "  ").replace(">", ">  "), hidden)
    assert isinstance(spaced, str)
    assert "".join(spaced.split()) == "".join(expected.split())
