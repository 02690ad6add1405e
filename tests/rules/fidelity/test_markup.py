"""Markup, placeholders and structure that a translation must carry over."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given

from pipeline.findings import Severity
from pipeline.rules.fidelity.comparison import compare
from pipeline.rules.fidelity.markup import RULES, compare_markup
from tests.linear.odd import TRANSLATIONS
from tests.strategies import inline_texts

LABELS = frozenset({"ref"})
BAD = {
    "code changed": ("a `b`", "a `c`", "MK101", "`c`", "`b`"),
    "code lost": ("a `b`", "a b", "MK101", "", None),
    "code not closed": ("a `b` c", "a `b c", "MK101", "`", None),
    "link lost": ("[a](u)", "a", "MK102", "", None),
    "link with a space": ("[a](u)", "[b] (u)", "MK102", "] ", "]"),
    "link in wide brackets": ("[a](u)", "[b]（u）", "MK102", "]（u）", "](u)"),
    "link to elsewhere": ("[a](u 't')", "[b](v 's')", "MK102", "v", "u"),
    "link added": ("a", "[a](u)", "MK102", "[a](u)", None),
    "image to elsewhere": ("![a](u)", "![b](v)", "MK102", "v", "u"),
    "image made a link": ("![a](u)", "[a](u)", "MK102", "[a](u)", None),
    "reference to elsewhere": ("[a][ref]", "[a](u)", "MK102", "[a](u)", None),
    "reference lost": ("[a][ref]", "[a][no]", "MK102", "", None),
    "address no link": ("<https://a.b>", "https://a.b", "MK102", "https://a.b", "<https://a.b>"),
    "tag not closed": ("<b>a</b>", "<b>a", "MK103", "", None),
    "tag with spaces": ("a <br>", "a < br >", "MK103", "< br >", "<br>"),
    "another tag": ("a <br>", "a <hr>", "MK103", "<hr>", "<br>"),
    "attribute changed": ("<i id=a>", "<i id=b>", "MK103", "<i id=b>", "<i id=a>"),
    "attribute beside a title": (
        "<i id=a title=b>x",
        "<i id=c title=d>x",
        "MK103",
        "<i id=c title=d>",
        None,
    ),
    "footnote lost": ("a[^1]", "a", "MK104", "", None),
    "footnote with spaces": ("a[^1]", "a [^ 1]", "MK104", "[^ 1]", "[^1]"),
    "placeholder translated": ("a {name}", "a {nom}", "MK105", "{nom}", "{name}"),
    "placeholder with spaces": ("a %(x)s", "a % (x) s", "MK105", "% (x) s", "%(x)s"),
    "template with spaces": ("a {{ x }}", "a { { x } }", "MK105", "{ { x } }", "{{ x }}"),
    "template statement": ("{% if x %} a", "{% si x %} a", "MK105", "{% si x %}", "{% if x %}"),
    "format": ("%s a", "% s a", "MK105", "% s", "%s"),
    "shell variable": ("${a} b", "$ {a} b", "MK105", "$ {a}", "${a}"),
    "emoji": ("a :tada:", "a :fête:", "MK105", ":fête:", ":tada:"),
    "strong with spaces": ("a **b** c", "a ** d ** c", "MK106", "** d **", "**d**"),
    "signs apart": ("a **b** c", "a * *b** c", "MK106", "* ", "*"),
    "other emphasis": ("*a*", "**b**", "MK106", "**b**", "*b*"),
    "emphasis lost": ("*a* b", "a b", "MK106", "", None),
    "emphasis added": ("a b", "*a* b", "MK106", "*a*", None),
    "emphasis not closed": ("*a* b", "*a b", "MK106", "*", None),
    "stray sign": ("a b", "a** b", "MK106", "**", None),
    "stray underscore": ("a b", "__a b", "MK106", "__", None),
    "line break lost": ("a\\\nb", "a b", "MK107", "", None),
    "line break added": ("a b", "a\\\nb", "MK107", "\\\n", None),
}
GOOD = {
    "words of a shortcode": ('a {{< b text="c d" u="v" >}}', "a {{< b text='e' u=\"v\" >}}"),
    "words": ("One two", "Un deux"),
    "code with spaces, which have no effect": ("a `b`", "a ` b `"),
    "order": ("*a* `b` {c}", "{c} `b` *a*"),
    "another sign": ("*a* **b**", "_a_ __b__"),
    "label written out": ("[ref] a", "[autre][ref] a"),
    "inline and reference": ("[a][ref] <b>x</b>", "[b][ref] <b>y</b>"),
    "title of a link": ("[a](u 't')", "[b](u 's')"),
    "language in an address": ("[a](https://a.b/en/c)", "[a](https://a.b/fr/c)"),
    "language in an address that stays": ("[a](https://a.b/en/c)", "[b](https://a.b/en/c)"),
    "language of the host": ("[a](https://www.a.b/c)", "[a](https://fr.a.b/c/)"),
    "language of a file": ("[a](page.en.html)", "[a](page.fr.html)"),
    "language as a value": ("[a](/x?lang=en)", "[a](/x?lang=fr)"),
    "address as a link": ("see https://a.b", "voir https://a.b"),
    "tag written otherwise": ("<br>a<BR/>", "<br />b<br>"),
    "title of a tag": ("<a href=u title='x'>a</a>", '<A TITLE="y" HREF="u">b</A>'),
    "comment": ("a <!-- b -->", "c <!-- d -->"),
    "spaces in a template": ("{{ x }} {% y %}", "{{x}} {%y%}"),
    "escape": ("a * b", "a \\* b"),
    "sign between spaces": ("two times three", "deux * trois"),
    "sign of the source": ("price* of a", "prix* de a"),
    "name with underscores": ("the x", "le snake_case x"),
}


@pytest.mark.parametrize(
    ("source", "target", "code", "wrong", "suggestion"), BAD.values(), ids=list(BAD)
)
def test_what_differs_is_found_with_its_place(
    source: str, target: str, code: str, wrong: str, suggestion: str | None
) -> None:
    problems = [p for p in compare_markup(source, target, LABELS, "en", "fr") if p.code == code]
    assert [target[p.start : p.end] for p in problems] == [wrong]
    assert problems[0].suggestions == (() if suggestion is None else (suggestion,))


@pytest.mark.parametrize(("source", "target"), GOOD.values(), ids=list(GOOD))
def test_what_may_differ(source: str, target: str) -> None:
    assert compare_markup(source, target, LABELS, "en", "fr") == []


@pytest.mark.parametrize("name", [n for n, row in BAD.items() if row[4] is not None])
def test_a_suggestion_puts_it_right(name: str) -> None:
    source, target, code, *_ = BAD[name]
    [problem] = [p for p in compare_markup(source, target, LABELS, "en", "fr") if p.code == code]
    better = target[: problem.start] + problem.suggestions[0] + target[problem.end :]
    assert [p for p in compare_markup(source, better, LABELS, "en", "fr") if p.code == code] == []


@pytest.mark.parametrize("code", [code for code in RULES if code != "MK108"])
def test_examples(code: str) -> None:
    bad, good = RULES[code].bad, RULES[code].good
    assert code in {p.code for p in compare_markup(bad.source, bad.text, LABELS, "en", bad.locale)}
    assert compare_markup(good.source, good.text, LABELS, "en", good.locale) == []


@pytest.mark.parametrize(
    ("source", "target", "messages"),
    [
        ("`a` `a`", "b", ["code 'a' is missing (2 times)"]),
        (
            "`a` `b`",
            "`c`",
            ["code 'a' is missing", "code 'b' is missing", "code 'c' is not in the source text"],
        ),
        ("a `b`", "a `c`", ["code 'b' is missing: found code 'c' instead"]),
        ("*a*", "a", ["emphasis is missing"]),
        ("*a* b", "*a b", ["emphasis is missing: '*' is unpaired"]),
        ("a", "b*", ["'*' is unpaired: pair it, or write \\* for the character itself"]),
        ("[a](u)", "[a] (u)", ["link 'u' is missing: replace '] ' with ']'"]),
        (
            "a",
            "1. b",
            ["'1.' at the start of a line is markup: put a backslash before '.'"],
        ),
    ],
)
def test_messages_name_what_is_meant(source: str, target: str, messages: list[str]) -> None:
    assert [p.message for p in compare_markup(source, target, LABELS)] == messages


def test_only_emphasis_and_line_breaks_do_not_block() -> None:
    weak = {code for code, rule in RULES.items() if rule.severity is not Severity.ERROR}
    assert weak == {"MK106", "MK107"}


@given(inline_texts)
def test_a_text_carries_over_itself(text: str) -> None:
    assert compare_markup(text, text, LABELS, "en", "en") == []
    assert compare(text, text, ("Ada Byron",), LABELS, "en", "fr") == []


COMPARED = {
    "code": {"MK101": 4_000},
    "many codes": {"MK101": 2_000},
    "half links": {"MK102": 1},
    "signs": {"MK106": 1, "MK109": 1},
    "code signs": {"MK101": 1, "MK106": 1, "MK109": 1},
    "open tags": {"MK103": 1},
    "blanks": {"MK103": 1, "MK105": 2},
    "lists": {"MK109": 4_000},
    "handles": {"NM101": 1, "NM102": 3_200},
    "words": {"NM101": 1},
    "one word": {"NM101": 1},
    "numbers": {"MK108": 8_000},
    "groups": {"MK108": 5_335},
    "digits": {"MK108": 1},
    "number words": {"MK108": 1},
    "Roman numerals": {"MK108": 1},
    "addresses": {"NM103": 1},
    "braces": {"MK105": 1},
}


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_long_texts_are_compared(name: str) -> None:
    """Compare long texts; `tests.linear.functions` counts the instructions."""
    source, target = (text(16_000) for text in TRANSLATIONS[name])
    problems = compare(source, target, ("Ada Byron", "@abc"), LABELS, "en", "fr")
    assert Counter(problem.code for problem in problems) == COMPARED[name]
