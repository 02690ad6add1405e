"""PO: the catalogue as a file. Its header, its lines, and characters that do harm unseen.

What readers of PO files refuse is found here with its line, so that a check can go on.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from pipeline.catalogue import (
    CONFLICT_MARK,
    LineProblem,
    PoMessage,
    declared_charset,
    lint_characters,
    lint_format_strings,
    lint_header,
    lint_plurals,
    problem_in_line,
    scan_po,
)
from pipeline.findings import Severity
from pipeline.rules.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.findings import Place, Problem

__all__ = ["RULES", "check_catalogue_file"]

_HEAD = (
    'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
)
_ONE = 'msgid "One"\nmsgstr "Un"\n'
_MANY = 'msgid "a day"\nmsgid_plural "%d days"\nmsgstr[0] "un jour"\n'
_GOOD = Example(_HEAD + _ONE)


def _bad(text: str, head: str = _HEAD) -> Example:
    return Example(head + text)


RULES = {
    "PO101": Rule(
        Severity.ERROR,
        "a merge-conflict marker",
        "Two versions of the file stand in it at once, and no tool can read it. Keep one of "
        "the two sides and delete the markers.",
        _bad("<<<<<<< HEAD\n" + _ONE + "=======\n" + _ONE + ">>>>>>> theirs\n"),
        _GOOD,
    ),
    "PO102": Rule(
        Severity.ERROR,
        "the header is missing, incomplete or another language's",
        "Tools take the charset and the language from the header. Without it letters come out "
        "wrong, and a text is checked by another language's rules.",
        _bad(_ONE, _HEAD.replace("Language: fr", "Language: de")),
        _GOOD,
    ),
    "PO103": Rule(
        Severity.ERROR,
        "a message stands twice",
        "Only one of the two translations can be used, and nobody can tell which.",
        _bad(_ONE + "\n" + _ONE.replace("Un", "Une")),
        _GOOD,
    ),
    "PO104": Rule(
        Severity.ERROR,
        "plural forms cannot be used, or do not fit the header",
        "A reader sees the wrong form for some numbers, or none at all.",
        _bad(_MANY),
        _bad(_MANY + 'msgstr[1] "%d jours"\n'),
    ),
    "PO105": Rule(
        Severity.ERROR,
        "a character that cannot be seen",
        "Control characters break pages and feeds, marks of direction that are not closed turn "
        "the text behind them around, and U+FFFD stands where a letter was lost.",
        _bad('msgid "One"\nmsgstr "U\ufffdn"\n'),
        _GOOD,
    ),
    "PO106": Rule(
        Severity.ERROR,
        "bytes that are not of the charset, or letters read in the wrong one",
        "Accents come out as other signs. Save the file in the charset that its header names.",
        _bad('msgid "Summer"\nmsgstr "Ã©tÃ©"\n'),
        _bad('msgid "Summer"\nmsgstr "été"\n'),
    ),
    "PO107": Rule(
        Severity.ERROR,
        "a line that does not fit a PO file here",
        "Tools refuse all of the file for one such line.",
        _bad('msgid "One"\n'),
        _GOOD,
    ),
    "PO108": Rule(
        Severity.WARNING,
        "the header is fuzzy",
        "Tools leave out fuzzy messages, and the file's charset goes with its header.",
        _bad(_ONE, "#, fuzzy\n" + _HEAD),
        _GOOD,
    ),
    "PO109": Rule(
        Severity.ERROR,
        "only one of msgid and msgstr begins or ends with a line end or a blank",
        "Texts that are put together then run into each other, or fall apart.",
        _bad('msgid "One\\n"\nmsgstr "Un"\n'),
        _bad('msgid "One\\n"\nmsgstr "Un\\n"\n'),
    ),
    "PO110": Rule(
        Severity.ERROR,
        "placeholders of a format string differ",
        "A program that fills in the text breaks, or shows the wrong value.",
        _bad('#, python-format\nmsgid "%(count)s days"\nmsgstr "%(nombre)s jours"\n'),
        _bad('#, python-format\nmsgid "%(count)s days"\nmsgstr "%(count)s jours"\n'),
    ),
}
"""The examples are whole PO files."""


def check_catalogue_file(data: bytes, locale: str, shown: str) -> list[tuple[Problem, Place]]:
    """Find what is wrong with a PO file, in the order of its lines; an empty locale is a template.

    Any bytes will do; ``shown`` is the path of all places. A file without an error here can be
    read by `poread.read`, and msgfmt takes it with --check-header and --check-format. The
    formats that are compared are those of C, Python, Qt and shells, and such as have braces.
    """
    charset = declared_charset(data)
    problems = list(_encoding(data, charset[1]))
    text = data.decode(charset[1], "replace").removeprefix("\ufeff")
    if problems:  # what could not be read is told once
        text = text.replace("\ufffd", "?")
    conflicts = list(_conflicts(re.split(r"\r\n|\n|\r", text)))
    problems += conflicts or _content(text, locale, charset)
    problems.sort(key=lambda found: (found.line, found.start, found.problem.code))
    return [problem.at(shown) for problem in problems]


def _content(text: str, locale: str, charset: tuple[str, str]) -> list[LineProblem]:
    """Find what is wrong with a file that has no conflicts."""
    file = scan_po(text)
    known, problems = lint_plurals(file.messages, locale)
    problems += file.faults
    problems += lint_header(file.messages, locale, charset)
    problems += _twice(file.messages)
    for message in file.messages:
        if message.old:
            continue
        problems += lint_characters(message)
        if message.key != ("", ""):
            problems += _edges(message)
            problems += lint_format_strings(message, known)
    return problems


def _encoding(data: bytes, charset: str) -> Iterator[LineProblem]:
    """Yield a byte-order mark, and the first byte that is not of the charset."""
    for number, line in enumerate(re.split(rb"\r\n|\n|\r", data), 1):
        if number == 1 and line.startswith(codecs.BOM_UTF8):
            message = "the file begins with a byte-order mark, which msgfmt refuses"
            line = line.removeprefix(codecs.BOM_UTF8)
            yield problem_in_line(1, "PO106", message)
        try:
            line.decode(charset)
        except UnicodeDecodeError as error:
            byte = f"byte 0x{line[error.start]:02X}"
            message = f"expected {charset.upper()} as the header says, found {byte}"
            at = len(line[: error.start].decode(charset, "replace"))
            yield problem_in_line(number, "PO106", message, (at, at + 1))
            return


def _conflicts(lines: Sequence[str]) -> Iterator[LineProblem]:
    """Yield each conflict once, at its first line."""
    inside = False
    for number, line in enumerate(lines, 1):
        if CONFLICT_MARK.match(line):
            mark = line.strip()[0]
            if not inside:
                message = "merge-conflict marker; keep one of the two sides and delete the markers"
                yield problem_in_line(number, "PO101", message, (0, len(line)))
            inside = mark == "<" or (inside and mark != ">")


def _twice(messages: Sequence[PoMessage]) -> Iterator[LineProblem]:
    first: dict[tuple[str, str], int] = {}
    for message in messages:
        line = message.fields["msgid"].line
        if first.setdefault(message.key, line) != line:
            text = f"this message stands already in line {first[message.key]}; delete one of them"
            yield problem_in_line(line, "PO103", text)


def _edges(message: PoMessage) -> Iterator[LineProblem]:
    """Yield where line ends and blanks at the ends differ; a draft may do so."""
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
