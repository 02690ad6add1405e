"""Archives: honest ones are read, others refused (the cases are in test_conversion)."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from pipeline.errors import InputError
from pipeline.importers.archive import parse_xml, read_archive, write_archive
from tests.importers.samples import archive


def test_files_come_out_and_go_in() -> None:
    files = {"a.xml": b"<a/>", "b/c.bin": b"\0" * 900_000}
    assert read_archive(archive(dict(files)), "x.zip") == files
    assert read_archive(write_archive(files).getvalue(), "x.zip") == files


def test_text_that_packs_well_is_no_bomb() -> None:
    text = b"".join(b"<w:p>line %d</w:p>" % n for n in range(200_000))
    assert read_archive(archive({"word/document.xml": text}), "x.docx")


def test_an_entry_with_a_password_is_refused() -> None:
    data = bytearray(archive({"a.xml": b"<a/>"}))
    for sign in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.index(sign) + (6 if sign[2] == 3 else 8)
        data[at] |= 1
    with pytest.raises(InputError, match="without a password"):
        read_archive(bytes(data), "x.docx")


def test_a_wrong_checksum_is_refused() -> None:
    data = archive({"a.xml": b"<a>some text</a>"}, zipfile.ZIP_STORED).replace(b"some", b"sane")
    with pytest.raises(InputError, match="damaged or cut off"):
        read_archive(data, "x.docx")


def test_folders_are_no_files() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as zipped:
        zipped.mkdir("word")
    assert read_archive(target.getvalue(), "x.docx") == {}


def test_xml_is_parsed_without_what_it_declares() -> None:
    assert parse_xml(b"<a>b</a>", "a.xml", "x.docx").text == "b"
    with pytest.raises(InputError, match=r"x\.docx: a\.xml declares entities"):
        parse_xml(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "a.xml", "x.docx")
