"""Fields wrapped as GNU gettext wraps them, which `msgcat` itself tells."""

from __future__ import annotations

import hashlib
import re
import subprocess
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue.po import wrapping
from pipeline.catalogue.po.encoding import unquote
from pipeline.catalogue.po.wrapping import CLASSES, NARROW, WIDTHS, wrap_field

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADER = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'

WRAPPED = {
    "a space ends its line": (
        "one two three four five six",
        ["one two three ", "four five six"],
    ),
    "a hyphen ends its line": (
        "a well-known cook-book of twenty-two pages",
        ["a well-known cook-", "book of twenty-", "two pages"],
    ),
    "numbers keep their sign": (
        "it is between 10 and -12345 degrees",
        ["it is between 10 ", "and -12345 degrees"],
    ),
    "a slash": (
        "see https://example.org/salts/white/coarse now",
        ["see https://", "example.org/salts/", "white/coarse now"],
    ),
    "a dot between letters": (
        "see www.example.org.example.net now",
        ["see www.example.", "org.example.net ", "now"],
    ),
    "a word that is too long": (
        "a xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx b",
        ["a ", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ", "b"],
    ),
    "one long word": (
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"],
    ),
    "no-break spaces": (
        "Il a dit\xa0: «\xa0non\xa0» et\u202f! voilà tout",
        ["Il a dit\xa0: ", "«\xa0non\xa0» et\u202f! ", "voilà tout"],
    ),
    "punctuation behind a space": (
        "vraiment quoi alors ! oui",
        ["vraiment quoi ", "alors ! oui"],
    ),
    "brackets": (
        "one two three (four) [five](six) seven",
        ["one two three ", "(four) [five]", "(six) seven"],
    ),
    "quotes": (
        "she said “yes” or \"no\" and 'well' then",
        ["she said “yes” or ", "\\\"no\\\" and 'well' ", "then"],
    ),
    "em dashes": (
        "one two three—four five—six seven",
        ["one two three—", "four five—six ", "seven"],
    ),
    "Japanese": (
        "「塩は量りません。」と彼女は言った（笑）。",
        ["「塩は量りませ", "ん。」と彼女は言っ", "た（笑）。"],
    ),
    "Japanese, small letters": (
        "ちょっとまってくださいっておもってた",
        ["ちょっとまってくだ", "さいっておもってた"],
    ),
    "Chinese": (
        "我从来不称盐，我尝三次，然后停下来。",
        ["我从来不称盐，我尝", "三次，然后停下来。"],
    ),
    "Korean": (
        "나는 소금을 절대 계량하지 않습니다",
        ["나는 소금을 절대 ", "계량하지 않습니다"],
    ),
    "Arabic": (
        "أنا لا أزن الملح أبدا، بل أتذوقه",
        ["أنا لا أزن الملح ", "أبدا، بل أتذوقه"],
    ),
    "Hebrew": (
        "שלום אב-גד-הו-זח-טי-כל שלום",
        ["שלום ", "אב-גד-הו-זח-טי-כל ", "שלום"],
    ),
    "combining marks": (
        "e\u0301te\u0301 e\u0301te\u0301 e\u0301te\u0301 e\u0301te\u0301 three",
        ["e\u0301te\u0301 e\u0301te\u0301 e\u0301te\u0301 e\u0301te\u0301 ", "three"],
    ),
    "a combining mark at the beginning": (
        f"\u0301一{'。' * 12}（",
        ["\u0301", f"一{'。' * 12}", "（"],
    ),
    "zero-width space": (
        "abcdefghij\u200bklmnopqrst\u200buvw",
        ["abcdefghij\u200b", "klmnopqrst\u200buvw"],
    ),
    "word joiner": (
        "one two three-\u2060four-\u2060five six",
        ["one two ", "three-\u2060four-\u2060five ", "six"],
    ),
    "soft hyphen": (
        "Donau\xaddampf\xadschiff\xadfahrt",
        ["Donau\xaddampf\xadschiff\xad", "fahrt"],
    ),
    "emoji": (
        "👩\u200d👩\u200d👧\u200d👦👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽",
        ["👩\u200d👩\u200d👧\u200d👦👍🏽👍🏽", "👍🏽👍🏽👍🏽👍🏽", "👍🏽👍🏽👍🏽"],
    ),
    "flags": (
        "🇫🇷🇪🇸🇩🇪🇯🇵🇨🇳🇫🇷🇪🇸🇩🇪🇯🇵🇨🇳",
        ["🇫🇷🇪🇸🇩🇪🇯🇵🇨🇳🇫🇷🇪🇸🇩🇪🇯🇵", "🇨🇳"],
    ),
    "backslashes": (
        "\\\\\\\\\\\\\\\\\\\\\\\\\\\\",
        ["\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\", "\\\\\\\\\\\\\\\\\\\\"],
    ),
    "escaped quotes": (
        '<a href="b">one two</a> three "four"',
        ['<a href=\\"b\\">one ', "two</a> three ", '\\"four\\"'],
    ),
    "tabs": (
        "one\ttwo\tthree\tfour\tfive",
        ["one\\ttwo\\tthree\\tfour\\tfive"],
    ),
    "line ends": (
        "one\ntwo three four five six\n\nseven",
        ["one\\n", "two three four ", "five six\\n", "\\n", "seven"],
    ),
    "a line end at the end": (
        "one two\n",
        ["one two\\n"],
    ),
    "long, line end at the end": (
        "one two three four\n",
        ["one two three ", "four\\n"],
    ),
    "a line end alone": (
        "\n",
        ["\\n"],
    ),
    "line separator": (
        "one two three four\u2028five six seven eight\u2028nine",
        ["one two three four\u2028five six seven ", "eight\u2028nine"],
    ),
    "ellipsis": (
        "un, deux, trois… quatre, cinq…six",
        ["un, deux, trois… ", "quatre, cinq…six"],
    ),
    "percent": (
        "it is 100 % or 50% of $20 for 3 people",
        ["it is 100 % or ", "50% of $20 for 3 ", "people"],
    ),
    "control characters": (
        "a\x07b\x1bc\x7f",
        ["a\\ab\x1bc\x7f"],
    ),
}
"""Texts, and the strings of their lines of 20 columns."""


def through_msgcat(entries: Iterable[str], *options: str) -> list[str]:
    """Return entries as msgcat writes them."""
    done = subprocess.run(
        ["msgcat", *options, "-"],
        input=(HEADER + "\n".join(entries)).encode(),
        capture_output=True,
        check=True,
    )
    _, _, rest = done.stdout.decode().partition("\n\n")
    return [f"{entry}\n" for entry in rest.removesuffix("\n").split("\n\n")]


@pytest.mark.parametrize(("text", "lines"), WRAPPED.values(), ids=WRAPPED)
def test_a_field_is_wrapped(text: str, lines: list[str]) -> None:
    field = wrap_field("msgid", text, 20, "")
    assert re.findall(r'^(?:msgid )?"(.*)"$', field, re.M)[-len(lines) :] == lines
    assert field.startswith('msgid ""\n') == (len(lines) > 1)
    assert unquote(field.removeprefix("msgid ")) == text


@pytest.mark.parametrize("options", [("-w", "20"), ("-w", "79"), ("--no-wrap",)], ids=" ".join)
def test_the_examples_are_what_msgcat_writes(options: tuple[str, ...]) -> None:
    width = int(options[-1]) if "-w" in options else 0
    entries = []
    for number, (text, _) in enumerate(WRAPPED.values()):
        context = f'msgctxt "{number}"\n'
        fields = [wrap_field(name, text, width, "") for name in ("msgid", "msgstr")]
        old = [wrap_field(name, text, width, "#| ") for name in ("msgctxt", "msgid")]
        entries.append("".join(["#, fuzzy\n", *old, context, *fields]))
    for number, (text, _) in enumerate(WRAPPED.values()):
        fields = [wrap_field(name, text, width, "#~ ") for name in ("msgid", "msgstr")]
        entries.append(f'#~ msgctxt "old {number}"\n' + "".join(fields))
    assert through_msgcat(entries, *options) == entries


WORDS = {
    "en": "a of the house well-known e-mail isn’t don't I/O 24-hour café",
    "fr": "l’été qu'il c’est-à-dire n° 1\u202f000 « » «\u00a0non\u00a0» vraiment\u202f? : œuvre",
    "es": "¿qué? ¡no! niño 3.ª «sí» así, él; 1.000",
    "de": "Donaudampfschifffahrtsgesellschaft „ja“ z.\u202fB. Groß- und-Klein §\u00a03 Sil\xadbe",
    "ja": "「塩」 は、 りません。 ちょっと データー （笑） 〜 ・ 々 ｱﾊﾟｰﾄ ！？ 日本語の文章 Ａ１",
    "zh": "我从来不称盐， “三次”， 然后停下来。 （是）； 《书》 —— …… 中文abc中文",
    "ar": "الملح مُدَرِّس بل، نعم؛ لا؟ «حقا» ١٢٫٥ 10% والـمنزل ‏(نعم)",
}
ODD = [
    "https://example.org/a-b/c_d.html?x=1&y=2#part",
    "[link](http://a.org/b-c)",
    '<a href="x">',
    "</a>",
    "**bold**",
    "`code`",
    "{{< x >}}",
    "\\",
    "\\\\",
    '"',
    "\t",
    "\n",
    "\x07",
    "—",
    "–",
    "…",
    "50\u00a0%",
    "$5",
    "-1",
    "(",
    ")",
    "a.b,c;d:e!f?g/h",
    "👍🏽",
    "👩\u200d🚀",
    "🇫🇷🇪🇸",
    "☃\ufe0f",
    "e\u0301",
    "\u200b",
    "\u2060",
    "x" * 90,
]


def texts(language: str) -> st.SearchStrategy[str]:
    """Return a strategy of texts in a language."""
    joints = ["", " ", "  "] if language in ("ja", "zh") else [" ", " ", " ", "", "  "]
    words = st.sampled_from([*WORDS[language].split(" "), *WORDS[language].split(" "), *ODD])
    parts = st.lists(st.tuples(words, st.sampled_from(joints)), min_size=1, max_size=60)
    return parts.map(lambda pairs: "".join(part for pair in pairs for part in pair))


@pytest.mark.parametrize("language", WORDS)
def test_msgcat_changes_nothing(language: str) -> None:
    @given(st.lists(st.tuples(texts(language), texts(language)), min_size=1, max_size=20))
    def check(pairs: list[tuple[str, str]]) -> None:
        entries = [
            f'msgctxt "{number}"\n'
            + wrap_field("msgid", source, 79, "")
            + wrap_field("msgstr", target, 79, "")
            for number, (source, target) in enumerate(pairs)
        ]
        assert through_msgcat(entries) == entries

    check()


ONE_OF_EACH = (
    "a1-!)],./\u2014\u2026\xa0$%\u201c\xb4\xad\u05d0\u3001\u3041\u300c\ufe5d\ufe5a\u65e5\uac00\uac01\u1100\u1160\u11a8"
    "\U0001f1eb\U0001f44d\U0001f3fd\U0001fa7d\u2060\u200b\u200d\u0301\u2028\ufffc([?:\u3005"
)


def test_each_pair_of_classes_is_as_in_msgcat() -> None:
    entries: list[str] = []
    for joint in ("", " ", "\u0301", " \u0301", "\u0301 ", "\u200d", "\u200b", "\u2028 "):
        for left in ONE_OF_EACH:
            texts = [f"{left}{joint}{right}" * 11 for right in ONE_OF_EACH]
            # A line end at the end keeps what is before it on its line.
            entries += [
                f'msgctxt "{len(entries) + n}"\n'
                + wrap_field("msgid", f"{text}\n", 20, "")
                + wrap_field("msgstr", f"{text}\n", 20, "")
                for n, text in enumerate(texts)
            ]
    assert {CLASSES[char] for char in ONE_OF_EACH} | {"SP"} >= wrapping._ALL
    assert through_msgcat(entries, "-w", "20") == entries


def test_known_classes_are_those_of_the_library() -> None:
    known = {
        char: name
        for name, ranges in wrapping._COMMON.items()
        for char in wrapping._chars(ranges)
        if char not in wrapping._chars(wrapping._CHANGED_CLASSES["AL"])
    }
    assert {char: wrapping._class(char) for char in known} == known


def test_common_characters_are_narrow() -> None:
    narrow = re.findall(f"[{NARROW}]", "".join(map(chr, range(0x3000))))
    assert len(narrow) > 1_500
    assert {char for char in narrow if WIDTHS[char] != 1} == set()


def test_no_line_begins_inside_a_word() -> None:
    assert {CLASSES[char] for char in wrapping._LETTERS} == {"AL"}


def test_properties_are_those_of_gettext() -> None:
    """A new Unicode version that changes them gets a line in the tables of what was changed."""
    properties = [
        f"{CLASSES[char]} {WIDTHS[char]}"
        for char in map(chr, range(0x110000))
        if unicodedata.ucd_3_2_0.category(char) not in ("Cn", "Cs")
    ]
    digest = hashlib.sha256("\n".join(properties).encode()).hexdigest()
    assert digest == "a177b3d050d609d1e00f2ba328468c38b3a9c839438bbe39d329f431b975f656"
