"""Compare placeholders of format strings, in the format that a message's flag names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.catalogue.po.lint.line_problem import LineProblem, problem_in_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.catalogue.po.lint.header import Plurals
    from pipeline.catalogue.po.reader import Message

__all__ = ["lint_format_strings"]

_PERCENT = re.compile(
    r"%(?:(?P<none>%)|(?P<name>\(\w*\)|[0-9]+\$)?[-+ #0']*(?:[0-9]+|\*)?(?:\.(?:[0-9]+|\*))?"
    r"(?P<kind>(?:hh|h|ll|l|[jztLq])?[A-Za-z]?))"
)
_OTHERS = {
    "sh-format": re.compile(r"\$\{?\w+"),
    "qt-format": re.compile(r"%L?[0-9]+"),
    **dict.fromkeys(
        ("python-brace-format", "perl-brace-format", "java-format", "csharp-format"),
        re.compile(r"\{[^{}]*\}?|\}"),
    ),
}
_SEVERAL = 5
"""Numbers up to this may share a plural form that does not name the number; msgfmt's limit."""


def lint_format_strings(message: Message, known: Plurals | None) -> Iterator[LineProblem]:
    """Yield a problem for each target whose placeholders, by a format flag, are not the source's.

    Drafts are skipped, and so is a placeholder that is missing in a plural form for few numbers.
    """
    flags = _formats(message.flags)
    source = message.fields.get("msgid_plural", message.fields["msgid"]).value
    for number, field in enumerate(message.forms.values()):
        few = "msgid_plural" in message.fields and known and known.uses[number] <= _SEVERAL
        for flag in flags if field.value else ():
            lost, new = _differences(source, field.value, flag, few=bool(few))
            if lost or new:
                names = ", ".join(f"'{name}'" for name in sorted(lost or new))
                text = f"{names} {'is missing' if lost else 'is not in the source'} ({flag})"
                yield problem_in_line(field.line, "PO110", text)


def _formats(flags: frozenset[str]) -> list[str]:
    """Return the flags of formats; none if the message is a draft."""
    if "fuzzy" in flags:
        return []
    return [flag for flag in flags if flag.endswith("-format") and not flag.startswith("no-")]


def _differences(source: str, target: str, flag: str, *, few: bool) -> tuple[set[str], set[str]]:
    """Return the placeholders that the target lost, and those that only it has."""
    here, there = _directives(source, flag), _directives(target, flag)
    lost = here - there
    if few:  # Python does not format a text in which one of the values has no place
        lost = {name for name in lost if flag == "python-format" and "(" not in name}
    return lost, there - here


def _directives(text: str, flag: str) -> set[str]:
    """Return the placeholders of a text; those with neither name nor number are numbered."""
    pattern = _OTHERS.get(flag.removeprefix("possible-"))
    if pattern:
        return {found[0] for found in pattern.finditer(text)}
    found = [m for m in _PERCENT.finditer(text) if not m["none"]]
    named = (m["name"] or f"{n}$" for n, m in enumerate(found, 1))
    kinds = ("d" if m["kind"] == "i" else m["kind"] for m in found)
    return {f"%{name}{kind}" for name, kind in zip(named, kinds, strict=True)}
