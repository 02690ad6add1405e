"""Lint a PO file: its bytes, its lines, its header, and its messages."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from pipeline.catalogue.po.encoding import declared_charset
from pipeline.catalogue.po.lint.characters import lint_characters
from pipeline.catalogue.po.lint.format_strings import lint_format_strings
from pipeline.catalogue.po.lint.header import lint_header, lint_plurals
from pipeline.catalogue.po.lint.line_problem import LineProblem, problem_in_line
from pipeline.catalogue.po.reader import CONFLICT, FAULTS, Message, read_messages
from pipeline.errors import encoding_hint
from pipeline.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["lint_po"]

_MOST = 20
"""Number of faults after which no more lines are read."""
_VERSIONS = ("versions", "versions in a comment")
"""Kinds of faults that are conflicts, too."""


def lint_po(data: bytes, locale: str) -> list[LineProblem]:
    """Find the problems of a PO file, in the order of its lines; an empty locale is a template.

    Any bytes are accepted. A file without an error here can be read by `catalogue.load_po`, and
    msgfmt accepts it with --check-header and --check-format. The formats that are compared are
    those of C, Python, Qt and shells, and those with braces.
    """
    charset = declared_charset(data)
    problems = list(_encoding(data, charset[1]))
    text = data.decode(charset[1], "replace").removeprefix("\ufeff")
    if problems:  # what could not be read is told once
        text = text.replace("\ufffd", "?")
    conflicts = list(_conflicts(text.split("\n")))
    problems += conflicts or _content(text, locale, charset)
    return sorted(problems, key=lambda found: (found.line, found.start, found.problem.code))


def _content(text: str, locale: str, charset: tuple[str, str]) -> list[LineProblem]:
    """Find the problems of a file that has no conflicts."""
    messages, faults = _read(text)
    known, problems = lint_plurals(messages, locale)
    problems += faults
    problems += lint_header(messages, locale, charset)
    problems += _twice(messages)
    for message in messages:
        if message.old:
            continue
        problems += lint_characters(message)
        if message.key != ("", ""):
            problems += _edges(message)
            problems += lint_format_strings(message, known)
    return problems


def _read(text: str) -> tuple[list[Message], list[LineProblem]]:
    """Return the messages without a fault, and the faults."""
    messages: list[Message] = []
    faults: list[LineProblem] = []
    versions: list[LineProblem] = []
    for found in read_messages(text.encode("utf-8")):
        if isinstance(found, Message):
            messages += [found] if found.whole else []
            continue
        if found.further:
            continue
        if found.kind in _VERSIONS:
            versions.append(problem_in_line(found.line, "PO101", found.message))
            continue
        faults.append(problem_in_line(found.line, "PO107", found.message, found.span))
        if len(faults) == _MOST:
            most = "no more lines were read: too many of them are no PO"
            faults.append(problem_in_line(found.line, "PO107", most))
            break
    return messages, faults + versions


def _encoding(data: bytes, charset: str) -> Iterator[LineProblem]:
    """Yield problems for a byte-order mark, and for the first byte that is not of the charset."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if number == 1 and line.startswith(codecs.BOM_UTF8):
            message = "the file begins with a byte-order mark, which msgfmt refuses"
            line = line.removeprefix(codecs.BOM_UTF8)
            yield problem_in_line(1, "PO106", message)
        try:
            line.decode(charset)
        except UnicodeDecodeError as error:
            byte = f"byte 0x{line[error.start]:02X}"
            message = f"expected {charset.upper()} as the header says, found {byte}"
            message += encoding_hint(data, "FILE") if charset.lower() == "utf-8" else ""
            at = len(line[: error.start].decode(charset, "replace"))
            yield problem_in_line(number, "PO106", message, (at, at + 1))
            return


def _conflicts(lines: Sequence[str]) -> Iterator[LineProblem]:
    """Yield a problem for each conflict, at its first line."""
    inside = False
    for number, line in enumerate(lines, 1):
        if CONFLICT.match(line):
            mark = line.strip()[0]
            if not inside:
                span = (0, len(line.removesuffix("\r")))
                yield problem_in_line(number, "PO101", FAULTS["conflict"], span)
            inside = mark == "<" or (inside and mark != ">")


def _twice(messages: Sequence[Message]) -> Iterator[LineProblem]:
    first: dict[tuple[str, str], int] = {}
    for message in messages:
        line = first.setdefault(message.key, message.line)
        if line != message.line:
            text = f"this message stands already in line {line}; delete one of them"
            yield problem_in_line(message.line, "PO103", text)


def _edges(message: Message) -> Iterator[LineProblem]:
    """Yield problems of line ends and spaces that only one side begins or ends with.

    Spaces, and line ends in drafts, are warnings.
    """
    source = message.fields["msgid"].value
    several = message.fields.get("msgid_plural")
    translated = any(field.value for field in message.forms.values())
    for field in (*([several] if several and translated else ()), *message.forms.values()):
        target = field.value
        for sign, what in (("\n", "a line end"), (" ", "a blank")) if target else ():
            for place in (str.startswith, str.endswith):
                if place(source, sign) != place(target, sign):
                    side = "begins" if place is str.startswith else "ends"
                    other = "msgid" if place(source, sign) else "msgstr"
                    text = f"only the {other} {side} with {what}"
                    soft = sign == " " or "fuzzy" in message.flags
                    severity = Severity.WARNING if soft else None
                    yield problem_in_line(field.line, "PO109", text, severity=severity)
