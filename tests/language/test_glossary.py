"""Glossaries read from tables."""

from __future__ import annotations

import pytest

from pipeline.errors import InputError
from pipeline.language.glossary import (
    NO_GLOSSARY,
    EntryKind,
    glossary_words,
    kept_terms,
    parse_glossary,
    required_renderings,
)
from pipeline.language.glossary import (
    GlossaryEntry as Entry,
)
from tests.language.glossaries import listed

REQUIRED, FORBIDDEN, KEEP = EntryKind.REQUIRED, EntryKind.FORBIDDEN, EntryKind.KEEP


READ = {
    "nothing": ("", []),
    "header only": ("source,target\n", []),
    "plain": ("source,target\na,b\n", [Entry("a", ("b",), REQUIRED, "", 2)]),
    "all columns": (
        "source,target,kind,note\na,b,required,why\na,c,forbidden,\nd,,keep,\n",
        [
            Entry("a", ("b",), REQUIRED, "why", 2),
            Entry("a", ("c",), FORBIDDEN, "", 3),
            Entry("d", ("d",), KEEP, "", 4),
        ],
    ),
    "other order": ("Note,TARGET,x,source\nwhy,b,9,a\n", [Entry("a", ("b",), REQUIRED, "why", 2)]),
    "several targets": ("source,target\na,b | c|\n", [Entry("a", ("b", "c"), REQUIRED, "", 2)]),
    "semicolons": ("source;target\na;b, c\n", [Entry("a", ("b, c",), REQUIRED, "", 2)]),
    "tabs": ("source\ttarget\na\tb; c, d\n", [Entry("a", ("b; c, d",), REQUIRED, "", 2)]),
    "byte-order mark": ("\ufeffsource,target\na,b\n", [Entry("a", ("b",), REQUIRED, "", 2)]),
    "Windows": ("source,target\r\na,b\r\n", [Entry("a", ("b",), REQUIRED, "", 2)]),
    "blank rows": ("\nsource,target\n\n,\na,b\n", [Entry("a", ("b",), REQUIRED, "", 5)]),
    "blanks": ("source, target\n a  b , c \n", [Entry("a b", ("c",), REQUIRED, "", 2)]),
    "quotes": (
        'source,target\n"a, ""b""","c\nd"\ne,f\n',
        [Entry('a, "b"', ("c d",), REQUIRED, "", 2), Entry("e", ("f",), REQUIRED, "", 4)],
    ),
    "forbidden everywhere": (
        "source,target,kind\n,b,FORBIDDEN\n",
        [Entry("", ("b",), FORBIDDEN, "", 2)],
    ),
    "not translated yet": ("source,target\na,\nb,c\n", [Entry("b", ("c",), REQUIRED, "", 3)]),
    "DeepL": ("a,b\n\nc,d\n", [
        Entry("a", ("b",), REQUIRED, "", 1), Entry("c", ("d",), REQUIRED, "", 3),
    ]),
    "DeepL with languages": ('"a","b","en","fr"\n', [Entry("a", ("b",), REQUIRED, "", 1)]),
    "DeepL with tabs": ("a, x\tb\nc\td\n", [
        Entry("a, x", ("b",), REQUIRED, "", 1), Entry("c", ("d",), REQUIRED, "", 2),
    ]),
    "word of the header": ("target,cible\n", [Entry("target", ("cible",), REQUIRED, "", 1)]),
    "Weblate": (
        '"location","source","target","id","fuzzy","context","translator_comments",'
        '"developer_comments"\n"","a","b","","False","c","","d"\n',
        [Entry("a", ("b",), REQUIRED, "", 2)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "entries"), READ.values(), ids=READ)
def test_read(text: str, entries: list[Entry]) -> None:
    assert list(parse_glossary(text, "g.csv").entries) == entries


BAD = {
    "unknown kind": ("source,target,kind\na,b,forbiden\n", 2, "did you mean 'forbidden'?"),
    "no target": ("source,target,kind\na,,required\n", 2, "has no target"),
    "forbidden nothing": ("source,target,kind\na,,forbidden\n", 2, "has no target"),
    "no source": ("source,target\na,b\n,c\n", 3, "has no source"),
    "keep nothing": ("source,target,kind\n,b,keep\n", 2, "has no source"),
    "one cell": ("source,target\na\n", 2, "only one cell"),
    "no words": (
        "source,target\na,b\n+,c\n",
        3,
        "glossary term '+' has neither a letter nor a digit",
    ),
    "column missing": ("source,kind\na,keep\n", 1, "no column 'target'"),
    "quote not closed": ('source,target\na,b\n"c,d\ne,f\n', 3, "this row is not valid CSV"),
    "quote in the middle": ('source,target\n"a"b,c\n', 2, "this row is not valid CSV"),
}


@pytest.mark.parametrize(("text", "line", "reason"), BAD.values(), ids=BAD)
def test_bad_rows(text: str, line: int, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_glossary(text, "g.csv")
    assert str(caught.value).startswith(f"g.csv:{line}: ")
    assert reason in str(caught.value)


def test_words_and_kept_terms() -> None:
    glossary = listed("a,Médias sociaux|l’Été,,", "b,gourou,forbidden,", "Social Today,,keep,")
    assert glossary_words(glossary) == {"médias", "sociaux", "l", "été", "social", "today"}
    assert kept_terms(glossary) == ("Social Today",)
    assert kept_terms(NO_GLOSSARY) == ()


def test_a_machine_takes_the_first_target_of_a_required_term() -> None:
    rows = ("a,b|c,,", "a,d,,", "e,f,forbidden,", "g,,keep,", "h,i,required,")
    assert required_renderings(listed(*rows)) == {"a": "b", "h": "i"}
    assert required_renderings(NO_GLOSSARY) == {}
