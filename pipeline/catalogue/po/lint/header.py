"""Lint the header of a PO file, and the charset and plural forms that it declares."""

from __future__ import annotations

import re
from collections import Counter
from gettext import c2py
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue.po.encoding import PORTABLE
from pipeline.catalogue.po.lint.line_problem import LineProblem, problem_in_line
from pipeline.findings import Severity
from pipeline.language import plural_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.catalogue.po.reader import Field, Message

__all__ = ["Plurals", "lint_header", "lint_plurals"]

_WANTED = ("Language", "MIME-Version", "Content-Transfer-Encoding")
_COUNTS = range(1001)
"""Numbers for which a plural expression is tried; the same ones as msgfmt's."""


class Plurals(NamedTuple):
    """Plural forms that the header declares."""

    forms: int
    """Number of forms."""
    uses: Counter[int]
    """Count of the numbers 0 to 1000 that use each form."""


def lint_header(
    messages: Sequence[Message], locale: str, charset: tuple[str, str]
) -> Iterator[LineProblem]:
    """Yield the problems of the header; an empty locale is a template."""
    field = _field(messages)
    if field is None or not field.value:
        fault = "has no header" if field is None else "has an empty header"
        message = f"this file {fault}: expected a msgid that is empty, and fields as its msgstr"
        yield problem_in_line(field.line if field else 1, "PO102", message)
        return
    if any(message.key == ("", "") and "fuzzy" in message.flags for message in messages) and locale:
        message = "the header is fuzzy: gettext's tools then leave it out, and its charset with it"
        yield problem_in_line(field.line, "PO108", message, severity=Severity.WARNING)
    yield from _fields(field, locale, charset)


def _fields(field: Field, locale: str, charset: tuple[str, str]) -> Iterator[LineProblem]:
    values = _values(field)
    content, line = values.get("content-type", ("", field.line))
    named, read = charset
    if not re.match(r"text/plain\s*;\s*charset=\S", content, re.I):
        message = "Content-Type is not there or names no charset: 'text/plain; charset=UTF-8'"
        yield problem_in_line(line, "PO102", message)
    elif named and named != read and (locale or named != "CHARSET"):
        message = f"'{named}' is no charset that a PO file can have; save it as UTF-8"
        yield problem_in_line(line, "PO102", message)
    elif named != "CHARSET" and not PORTABLE.fullmatch(named):
        message = f"gettext knows no charset of the name '{named}'; save the file as UTF-8"
        yield problem_in_line(line, "PO102", message, severity=Severity.WARNING)
    for name in _WANTED if locale else ():
        if name.lower() not in values:
            message = f"the header has no {name}"
            yield problem_in_line(field.line, "PO102", message, severity=Severity.WARNING)
    language, line = values.get("language", ("", 0))
    if line and locale and _plain(language) != _plain(locale):
        kin = _plain(language).partition("_")[0] == _plain(locale).partition("_")[0]
        message = f"the header's language is '{language}', but the file's is '{locale}'"
        severity = Severity.WARNING if kin or not language else None
        yield problem_in_line(line, "PO102", message, severity=severity)


def lint_plurals(
    messages: Sequence[Message], locale: str
) -> tuple[Plurals | None, list[LineProblem]]:
    """Read the header's Plural-Forms, and find problems in them and in the forms of messages.

    Each value that msgfmt accepts is accepted, whatever is usual for the language: an article has
    no plural messages, and tables of plural forms differ from tool to tool and year to year.
    """
    field = _field(messages)
    value, line = _values(field).get("plural-forms", ("", 0)) if field else ("", 0)
    counted = [m for m in messages if "msgid_plural" in m.fields and not m.old]
    found: list[LineProblem] = []
    known, fault = _expression(value, needed=bool(counted))
    if fault:
        hint = f"; expected 'Plural-Forms: {plural_forms(locale)}'" if locale else ""
        line = line or (field.line if field else 1)
        found.append(problem_in_line(line, "PO104", fault + hint))
    for message in counted:
        found += _forms(message, known)
    return known, found


def _forms(message: Message, known: Plurals | None) -> Iterator[LineProblem]:
    """Yield the problems of one message's forms, if it is translated."""
    forms = list(message.forms.values())
    empty = [field for field in forms if not field.value]
    if len(empty) == len(forms):
        return
    if known and len(forms) != known.forms:
        text = f"{len(forms)} plural forms, but the header says {known.forms}"
        yield problem_in_line(forms[-1].line, "PO104", text)
    for field in empty:
        text = "this plural form is empty, others are not"
        yield problem_in_line(field.line, "PO104", text, severity=Severity.WARNING)


def _expression(value: str, *, needed: bool) -> tuple[Plurals | None, str]:
    """Evaluate a Plural-Forms value as msgfmt does; return it, or the fault in it."""
    count = re.search(r"nplurals=\s*([0-9]*)", value)
    formula = re.search(r"(?<!n)plural=([^;]*)", value)
    if not count or not formula:
        fault = "the header does not say what plural forms there are"
        return None, fault if needed else ""
    if not count[1]:
        return None, "Plural-Forms cannot be read"
    try:
        uses = Counter(map(c2py(formula[1]), _COUNTS))
    except (ValueError, ZeroDivisionError):
        return None, "the expression in Plural-Forms cannot be worked out"
    forms = int(count[1])
    if min(uses) < 0 or max(uses) >= forms:
        return None, f"Plural-Forms names {forms} forms, but its expression gives others"
    return Plurals(forms, uses), ""


def _field(messages: Sequence[Message]) -> Field | None:
    for message in messages:
        if not message.old and message.key == ("", "") and "msgctxt" not in message.fields:
            return next(iter(message.forms.values()))
    return None


def _values(field: Field) -> dict[str, tuple[str, int]]:
    """Return the header's values with their lines, by name in lower case; the first one counts."""
    line_of = {
        piece.raw.partition(":")[0].strip().lower(): piece.line for piece in reversed(field.pieces)
    }
    values: dict[str, tuple[str, int]] = {}
    for text in field.value.split("\n"):
        name, colon, value = text.partition(":")
        name = name.strip().lower()
        if colon:
            values.setdefault(name, (value.strip(), line_of.get(name, field.line)))
    return values


def _plain(locale: str) -> str:
    return locale.replace("-", "_").lower()
