"""Errors that the pipeline raises on purpose."""

from __future__ import annotations

import pytest

from pipeline.errors import InputError, decode


@pytest.mark.parametrize(
    ("path", "line", "text"),
    [
        ("a.po", 3, "a.po:3: is broken"),
        ("a.po", 0, "a.po: is broken"),
        ("", 3, "is broken"),
        ("", 0, "is broken"),
    ],
)
def test_an_input_error_begins_with_its_place(path: str, line: int, text: str) -> None:
    error = InputError("is broken", path, line)
    assert (str(error), error.path, error.line) == (text, path, line)


@pytest.mark.parametrize(
    ("charset", "data", "message"),
    [
        ("utf-8", b"one\ncaf\xe9\n", "a.md:2: expected UTF-8, found byte 0xE9; save it"),
        ("utf-8-sig", b"one\ncaf\xe9\n", "a.md:2: expected UTF-8, found byte 0xE9; save it"),
        ("utf-8-sig", b"\xef\xbb\xbfa\n\xe9", "a.md:2: expected UTF-8, found byte 0xE9; save it"),
        ("utf-8", b"\xff\xfeO\0n\0", "a.md:1: expected UTF-8, found byte 0xFF; save it"),
        ("utf-8", b"one\r\n\r\ntwo \xe2\x82", "a.md:3: expected UTF-8, found byte 0xE2; save it"),
        ("ascii", b"\n\nx\xc3\xa9", "a.md:3: expected UTF-8, found byte 0xC3; save it"),
    ],
)
def test_bytes_that_do_not_fit_are_told_with_their_line(
    charset: str, data: bytes, message: str
) -> None:
    with pytest.raises(InputError) as raised:
        decode(data, "a.md", charset, remedy="; save it")
    assert str(raised.value).partition("; it is probably ")[0] == message


def test_one_bad_byte_is_to_be_written_again() -> None:
    with pytest.raises(InputError, match="; save the file as UTF-8; most of the file is UTF-8: "):
        decode("Déjà vu".encode() + b" caf\xe9", "a.md")


def test_the_likely_encoding_is_named_and_how_to_convert_it() -> None:
    with pytest.raises(InputError) as raised:
        decode(b"D\xe9j\xe0 vu", "my file.md")
    assert str(raised.value) == (
        "my file.md:1: expected UTF-8, found byte 0xE9; save the file as UTF-8; it is probably "
        "ISO-8859-1: convert it, as with "
        "'iconv -f ISO-8859-1 -t UTF-8 'my file.md' > converted'"
    )


@pytest.mark.parametrize(
    ("charset", "text"), [("utf-8", "\ufeffété"), ("utf-8-sig", "été"), ("utf-16", "été")]
)
def test_bytes_that_fit_are_text(charset: str, text: str) -> None:
    data = "\ufeffété".encode("utf-16-le" if charset == "utf-16" else "utf-8")
    assert decode(data, "a.md", charset) == text
