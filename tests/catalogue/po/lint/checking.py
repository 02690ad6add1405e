"""Checks of PO files for the lint tests; msgfmt is a second judge."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from pipeline.catalogue.po.units import read_entries
from pipeline.errors import InputError
from pipeline.findings import Place, Problem, Severity
from pipeline.rules.catalogue.file import RULES, check_catalogue_file

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "HEAD",
    "MANY",
    "OLD",
    "ONE",
    "PLURALS",
    "assert_left_alone",
    "assert_refused",
    "codes",
    "found",
    "has_error",
    "head",
    "more",
    "refused",
]

HEAD = (
    'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
)
"""Header of seven lines and an empty one; the next entry begins in line 9."""


ONE = 'msgid "One"\nmsgstr "Un"\n'
MANY = 'msgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] "%d jour"\nmsgstr[1] "%d jours"\n'
OLD = '#~ msgid "Old"\n#~ msgstr "Vieux"\n'
PLURALS = "nplurals=2; plural=(n > 1);"


def found(text: str | bytes, locale: str = "fr") -> list[tuple[Problem, Place]]:
    data = text.encode("utf-8") if isinstance(text, str) else text
    return check_catalogue_file(data, locale, "x.po")


def codes(text: str | bytes, locale: str = "fr") -> list[tuple[str, int]]:
    """Return the code and line of each finding."""
    return [(problem.code, place.line) for problem, place in found(text, locale)]


def has_error(text: bytes) -> bool:
    return any(
        (problem.severity or RULES[problem.code].severity) is Severity.ERROR
        for problem, _ in found(text)
    )


def refused(folder: Path, data: bytes) -> str:
    """Return the errors of msgfmt and of the pipeline's reader; empty if both accept the file."""
    path = folder / "x.po"
    path.write_bytes(data)
    arguments = ["msgfmt", "--check-format", "--check-header", "-o", "/dev/null", str(path)]
    done = subprocess.run(arguments, capture_output=True, check=False)
    told = done.stderr.decode("utf-8", "replace") if done.returncode else ""
    try:
        read_entries(data, "x.po")
    except InputError as error:
        told += str(error)
    return told


def head(old: str, new: str) -> str:
    assert old in HEAD
    return HEAD.replace(old, new) + ONE


def more(text: str) -> str:
    return HEAD + text


def assert_refused(folder: Path, text: str | bytes, code: str, line: int) -> None:
    """Check that msgfmt or the reader refuses a file, and that an error names the line."""
    data = text.encode("utf-8") if isinstance(text, str) else text
    assert refused(folder, data)
    assert has_error(data)
    assert (code, line) in codes(data)


def assert_left_alone(folder: Path, text: str | bytes) -> None:
    """Check that msgfmt, the reader and the linter all accept a file."""
    assert codes(text) == []
    assert refused(folder, text.encode("utf-8") if isinstance(text, str) else text) == ""
