"""Guesses at the encoding of a file that is not UTF-8."""

from __future__ import annotations

import pytest

from pipeline.encodings import is_mostly_utf8, likely_encoding

FRENCH = "Il a été décidé à l’école : « où ça ? » Ça dépend d’un œuf – déjà vu."
PLAIN = "Il a été décidé là, déjà. Ça dépend."
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy"
RUSSIAN = "Привет, мир! Это статья о соли и людях. И Она"
JAPANESE = "これは日本語の記事です。塩について。"
CHINESE = "这是一篇关于盐的文章。你好世界"
TEXTS = [
    (FRENCH, "cp1252", "WINDOWS-1252"),
    (FRENCH, "mac_roman", "MACINTOSH"),
    (FRENCH, "utf-16", "UTF-16"),
    (FRENCH, "utf-16-le", "UTF-16LE"),
    (FRENCH, "utf-16-be", "UTF-16BE"),
    (PLAIN, "latin-1", "ISO-8859-1"),
    ("ÉTÉ À PARIS", "latin-1", "ISO-8859-1"),
    ("¿Qué hace la niña mañana?", "cp850", "IBM850"),
    (CZECH, "cp1250", "WINDOWS-1250"),
    (CZECH, "iso8859-2", "ISO-8859-2"),
    (RUSSIAN, "cp1251", "WINDOWS-1251"),
    (RUSSIAN, "koi8-r", "KOI8-R"),
    (JAPANESE, "shift_jis", "SHIFT_JIS"),
    (JAPANESE, "euc_jp", "EUC-JP"),
    (CHINESE, "gb18030", "GB2312"),
    ("이것은 한국어 기사입니다.", "euc_kr", "EUC-KR"),
]


@pytest.mark.parametrize(("text", "encoding", "name"), TEXTS)
def test_the_likeliest_encoding(text: str, encoding: str, name: str) -> None:
    data = ("Plain words first.\n" + text).encode(encoding, "replace")
    assert likely_encoding(data) == name
    # iconv and Python read it by this name.
    assert text[:8] in data.decode(name)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain",
        "Déjà vu à l’école".encode() + b" caf\xe9",
        "cut off à".encode()[:-1],
        bytes(range(128, 160)),
    ],
)
def test_no_guess_without_evidence(data: bytes) -> None:
    assert not likely_encoding(data)


def test_a_file_of_which_a_part_was_pasted() -> None:
    assert is_mostly_utf8("Déjà vu à l’école".encode() + b" caf\xe9")
    assert not is_mostly_utf8("Déjà vu à l’école".encode("cp1252"))
