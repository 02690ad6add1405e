"""TMX files: pairs read per locale, pairs written, and invalid input."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]
from translate.storage.tmx import tmxfile

import pipeline
from pipeline.drafting import tmx
from pipeline.drafting.tmx import TmxImport, TmxPair, read_tmx, write_tmx
from pipeline.errors import InputError
from pipeline.model import Catalog, State, Unit
from tests.strategies import any_text, inline_texts

if TYPE_CHECKING:
    from pathlib import Path


def memory(*units: dict[str, str], header: str = '<header srclang="en"/>') -> bytes:
    """Write a TMX file; each unit maps a language tag to its segment."""
    body = "".join(
        "<tu>"
        + "".join(f'<tuv xml:lang="{tag}"><seg>{seg}</seg></tuv>' for tag, seg in unit.items())
        + "</tu>"
        for unit in units
    )
    return f'<tmx version="1.4">{header}<body>{body}</body></tmx>'.encode()


def pairs(data: bytes, *locales: str, source: str = "en") -> list[tuple[str, str, str]]:
    """Read the pairs for these locales."""
    return list(read_tmx(data, "m.tmx", source, locales).pairs)


def reviewed(source: str, target: str, context: str = "c") -> Unit:
    return Unit(context, source, target=target, state=State.REVIEWED)


SALT = {"en-US": "Salt", "FR": "Sel", "fr-CA": "Sel (CA)", "pt-BR": "Sal", "zh-TW": "鹽"}

READ = [
    (["fr"], "en", [("fr", "Salt", "Sel")]),
    (["fr_CA"], "en", [("fr_CA", "Salt", "Sel (CA)")]),
    (["fr_BE"], "en", [("fr_BE", "Salt", "Sel")]),
    (["fr", "pt"], "en", [("fr", "Salt", "Sel"), ("pt", "Salt", "Sal")]),
    (["fr"], "en_GB", [("fr", "Salt", "Sel")]),
    (["zh_Hant"], "en", [("zh_Hant", "Salt", "鹽")]),
    (["en"], "fr", [("en", "Sel", "Salt")]),
    (["pt_PT"], "en", []),
    (["zh"], "en", []),
    (["es"], "en", []),
    (["fr"], "de", []),
    ([], "en", []),
]


@pytest.mark.parametrize(("locales", "source", "expected"), READ)
def test_a_locale_takes_its_own_texts_and_what_is_near(
    locales: list[str], source: str, expected: list[tuple[str, str, str]]
) -> None:
    assert pairs(memory(SALT), *locales, source=source) == expected


def test_what_is_nearer_wins_over_the_whole_file() -> None:
    data = memory(
        {"en": "Salt", "fr": "Sel"},
        {"en": "Pepper", "fr": "Poivre"},
        {"en": "Salt", "fr-CA": "Sel (CA)"},
        {"en": "Salt", "fr-CA": "Un sel"},
    )
    assert pairs(data, "fr_CA") == [
        ("fr_CA", "Pepper", "Poivre"),
        ("fr_CA", "Salt", "Sel (CA)"),
        ("fr_CA", "Salt", "Un sel"),
    ]


@pytest.mark.parametrize(
    "unit",
    [
        {"en": "Salt"},
        {"fr": "Sel"},
        {"en": "Salt", "fr": ""},
        {"en": " ", "fr": "Sel"},
        {"en": "Salt", "en-GB": "Salt"},
    ],
)
def test_what_is_no_pair_is_none(unit: dict[str, str]) -> None:
    assert read_tmx(memory(unit), "m.tmx", "en", ["fr"]) == TmxImport((), 0)


def test_what_cannot_be_carried_is_left_out_and_counted() -> None:
    data = memory(
        {"en": "See <ph/>", "fr": "Voir <ph/>", "es": "Ver"},
        {"en": "<hi>Salt</hi>", "fr": "<hi>Sel</hi>"},
        {"en": "See <ph/>", "de": "Siehe <ph/>"},
    )
    assert read_tmx(data, "m.tmx", "en", ["fr", "es"]) == TmxImport(
        (TmxPair("fr", "Salt", "Sel"),), 2
    )


@pytest.mark.parametrize(
    "data",
    [
        memory({"en": "Salt", "fr": "Sel"}).replace(b"xml:lang", b"lang"),
        memory({"en": "Salt", "fr": "Sel"}).replace(
            b"<tmx", b'<tmx xmlns="http://www.lisa.org/tmx14"'
        ),
        b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">' + memory({"en": "Salt", "fr": "Sel"}),
        b"\xef\xbb\xbf" + memory({"en": "Salt", "fr": "Sel"}),
        memory({"en": "Salt", "fr": "Sel"}, header=""),
        memory({"en": "Salt", "fr": "Sel"}, header='<header srclang="*all*"/>'),
        ('<?xml version="1.0"?>' + memory({"en": "Salt", "fr": "Sel"}).decode()).encode("utf-16"),
        b'<?xml version="1.0" encoding="windows-1252"?>' + memory({"en": "Salt", "fr": "Sel"}),
        memory({"en": "<![CDATA[Salt]]>", "fr": "Sel"}),
    ],
)
def test_files_as_other_tools_write_them(data: bytes) -> None:
    assert pairs(data, "fr") == [("fr", "Salt", "Sel")]


def test_a_file_without_a_body_is_empty() -> None:
    assert read_tmx(b'<tmx version="1.4"/>', "m.tmx", "en", ["fr"]) == TmxImport((), 0)


LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE tmx [
<!ENTITY a "ha">
%s]>
<tmx><body><tu><tuv xml:lang="en"><seg>&i;</seg></tuv></tu></body></tmx>""" % b"".join(
    b'<!ENTITY %c "%s">\n' % (97 + n, b"&%c;" % (96 + n) * 50) for n in range(1, 9)
)
GOOD = memory({"en": "Salt", "fr": "Sel"})

BAD = [
    (b"", "m.tmx:1: not well-formed XML: no element found"),
    (b'msgid "Salt"\n', "m.tmx:1: not well-formed XML: syntax error"),
    (b"<tmx>\n<body>\n</tmx>", "m.tmx:3: not well-formed XML: mismatched tag"),
    (GOOD[:-20], "m.tmx:1: not well-formed XML: "),
    (b"<xliff/>", "m.tmx: expected a TMX file, found <xliff>"),
    (b"<x:tmx xmlns:x='a'/>", "m.tmx: expected a TMX file, found <x:tmx>"),
    (GOOD.replace(b"Sel", b"\xe9t\xe9"), "m.tmx:1: not well-formed XML: "),
    (GOOD.replace(b"Sel", b"a\x01b"), "m.tmx:1: not well-formed XML: "),
    (GOOD.replace(b"Sel", b"&eacute;"), "m.tmx:1: not well-formed XML: undefined entity"),
    (
        b'<?xml version="1.0" encoding="none"?>' + GOOD,
        "m.tmx:1: the encoding cannot be read (unknown",
    ),
    (b'<?xml version="1.0" encoding="shift_jis"?>' + GOOD, "m.tmx:1: the encoding cannot be read"),
    (LAUGHS, "m.tmx:3: entity declarations are not allowed"),
    (
        b"\n<!DOCTYPE tmx [<!ENTITY % a SYSTEM 'b'> %a;]>" + GOOD,
        "m.tmx:2: entity declarations are not allowed",
    ),
]


@pytest.mark.parametrize(("data", "message"), BAD)
def test_bad_input_is_one_clear_error(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_tmx(data, "m.tmx", "en", ["fr"])
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_fault_far_behind_the_beginning_has_its_line() -> None:
    filler = b"<!-- %s -->\n" % (b"x" * 90)
    data = GOOD.replace(b"<body>", b"<body>" + filler * 2_000).replace(b"</seg></tuv></tu>", b"")
    with pytest.raises(InputError, match=r"m\.tmx:2001: not well-formed XML: "):
        read_tmx(data, "m.tmx", "en", ["fr"])


def test_no_other_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hush")
    for kind in (f'SYSTEM "{secret.as_uri()}"', f'PUBLIC "x" "{secret.as_uri()}"'):
        entity = f"<!DOCTYPE tmx [<!ENTITY x {kind}>]>"
        data = entity.encode() + memory({"en": "Salt", "fr": "&x;"})
        with pytest.raises(InputError, match="entity declarations are not allowed"):
            read_tmx(data, "m.tmx", "en", ["fr"])
    dtd = tmp_path / "tmx14.dtd"
    dtd.write_text('<!ENTITY x "hush">')
    data = f'<!DOCTYPE tmx SYSTEM "{dtd.as_uri()}">'.encode()
    data += memory({"en": "Salt", "fr": "&x;"})
    assert read_tmx(data, "m.tmx", "en", ["fr"]) == TmxImport((), 1)


def test_a_bomb_is_refused_before_anything_expands_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def expanding(data: bytes) -> None:
        raise AssertionError("a parser that expands entities got the file")

    monkeypatch.setattr(tmxfile, "parsestring", expanding)
    with pytest.raises(InputError, match="entity declarations are not allowed"):
        read_tmx(LAUGHS, "m.tmx", "en", ["fr"])


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tmx, "LARGEST", len(GOOD))
    assert pairs(GOOD, "fr")
    with pytest.raises(InputError, match=r"m\.tmx: file has .* bytes, the limit is .*: split it"):
        read_tmx(GOOD + b"\n", "m.tmx", "en", ["fr"])


CATALOGS = [
    Catalog(
        "salt",
        "fr",
        (
            reviewed("Salt", "Sel", "ada"),
            reviewed("Pepper & <b>", "Poivre & <b>", "ada"),
            reviewed("Salt", "Sel", "bo"),
            reviewed("Salt", "Du sel", "cy"),
            Unit("ada", "A draft", target="Un brouillon", state=State.DRAFT),
            Unit("ada", "Empty"),
        ),
        obsolete=(reviewed("Gone", "Parti"), Unit("c", "Old", target="V", state=State.DRAFT)),
    ),
    Catalog("salt", "pt_BR", (reviewed("Salt", "Sel", "ada"), reviewed("Bay", "Louro", ""))),
    Catalog("herbs", "fr", (reviewed("Pepper & <b>", "Poivre & <b>", "ada"),)),
]

WRITTEN = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="pipeline" creationtoolversion="VERSION" segtype="block" o-tmf="PO" \
adminlang="en" srclang="en" datatype="plaintext"/>
  <body>
    <tu>
      <prop type="x-context">ada</prop>
      <prop type="x-context">bo</prop>
      <tuv xml:lang="en">
        <seg>Salt</seg>
      </tuv>
      <tuv xml:lang="fr">
        <seg>Sel</seg>
      </tuv>
      <tuv xml:lang="pt-BR">
        <seg>Sel</seg>
      </tuv>
    </tu>
    <tu>
      <prop type="x-context">cy</prop>
      <tuv xml:lang="en">
        <seg>Salt</seg>
      </tuv>
      <tuv xml:lang="fr">
        <seg>Du sel</seg>
      </tuv>
    </tu>
    <tu>
      <prop type="x-context">ada</prop>
      <tuv xml:lang="en">
        <seg>Pepper &amp; &lt;b&gt;</seg>
      </tuv>
      <tuv xml:lang="fr">
        <seg>Poivre &amp; &lt;b&gt;</seg>
      </tuv>
    </tu>
    <tu>
      <prop type="x-context">c</prop>
      <tuv xml:lang="en">
        <seg>Gone</seg>
      </tuv>
      <tuv xml:lang="fr">
        <seg>Parti</seg>
      </tuv>
    </tu>
    <tu>
      <tuv xml:lang="en">
        <seg>Bay</seg>
      </tuv>
      <tuv xml:lang="pt-BR">
        <seg>Louro</seg>
      </tuv>
    </tu>
  </body>
</tmx>
"""


def test_the_reviewed_texts_are_written_each_once() -> None:
    written = write_tmx(CATALOGS, "en")
    assert written.data.decode() == WRITTEN.replace("VERSION", pipeline.__version__)
    assert (written.units, written.left_out) == (5, 0)
    assert write_tmx(CATALOGS, "en") == written


def test_an_empty_memory_is_a_file_too() -> None:
    written = write_tmx([Catalog("salt", "fr", (Unit("c", "Salt"),))], "en")
    assert (written.units, written.left_out) == (0, 0)
    assert read_tmx(written.data, "m.tmx", "en", ["fr"]) == TmxImport((), 0)


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1c", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_left_out_and_counted(sign: str) -> None:
    units = (reviewed(f"a{sign}", "b"), reviewed("a", f"b{sign}"), reviewed("c", "d", f"e{sign}"))
    written = write_tmx([Catalog("salt", "fr", units)], "en")
    assert (written.units, written.left_out) == (1, 2)
    assert pairs(written.data, "fr") == [("fr", "c", "d")]


def test_a_target_that_two_languages_share_is_written_for_both() -> None:
    catalogs = [Catalog("a", locale, (reviewed("Menu", "Menu"),)) for locale in ("fr", "es")]
    both = [("fr", "Menu", "Menu"), ("es", "Menu", "Menu")]
    assert pairs(write_tmx(catalogs, "en").data, "fr", "es") == both


# What a TMX 1.4b file must have, as far as we write it.
DTD = etree.DTD(
    StringIO("""
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #REQUIRED>
<!ELEMENT header (note | prop)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED
  adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ELEMENT note (#PCDATA)> <!ELEMENT prop (#PCDATA)> <!ATTLIST prop type CDATA #REQUIRED>
<!ELEMENT tuv ((note | prop)*, seg)> <!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
""")
)

texts = st.one_of(any_text, inline_texts).filter(str.strip)
memories = st.lists(
    st.builds(
        Catalog,
        st.sampled_from(["salt", "herbs"]),
        st.sampled_from(["fr", "pt_BR", "zh_Hant", "ca_ES@valencia"]),
        st.lists(
            st.builds(reviewed, texts, texts, st.sampled_from(["", "a", "b", "c\x01"])),
            max_size=4,
            unique_by=lambda unit: unit.key,
        ).map(tuple),
    ),
    max_size=5,
    unique_by=lambda catalog: (catalog.article, catalog.locale),
)


@given(memories)
def test_what_is_written_is_valid_and_reads_back(catalogs: list[Catalog]) -> None:
    written = write_tmx(catalogs, "en")
    document = etree.fromstring(written.data)
    assert DTD.validate(document), DTD.error_log
    locales = list(dict.fromkeys(catalog.locale for catalog in catalogs))
    memory_again = read_tmx(written.data, "m.tmx", "en", locales)
    wanted = [(c.locale, u.source, u.target) for c in catalogs for u in c.units]
    fit = [pair for pair in wanted if not any(map(tmx._UNFIT.search, pair))]
    assert {tuple(pair) for pair in memory_again.pairs} == set(fit)
    assert (memory_again.left_out, written.left_out) == (0, len(wanted) - len(fit))
    assert written.units == len(document.findall("body/tu"))
