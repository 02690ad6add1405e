"""Explain in plain words why front matter is not YAML."""

from __future__ import annotations

import re

__all__ = ["explain_yaml_mistake"]

_LINE = re.compile(r"(?P<indent>[ \t]*)(?:- +)*(?:[^\s:'\"\[{#-][^:]*?:[ \t]+)?(?P<value>.*)")
_KEY = re.compile(r"[ \t]*(?:- +)*[^\s:'\"\[{#][^:]*:(?=\s|\Z)")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"')
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_BAD_ESCAPE = re.compile(
    r"\\(?![0abtnvfre \"/\\N_LP\t]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})"
)
_REST = re.compile(r"[ \t]*(?:#.*)?")
_BLOCK_HEAD = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?")
_SIGNS = re.compile(r"[@`%*&!,\]}|>]|[-?:](?=\s)")
"""Beginnings of values that YAML reads as a mark of its own."""
_CLOSES = {"[": "]", "{": "}"}


def explain_yaml_mistake(body: str, line: int) -> tuple[int, str] | None:
    """Return the line (from 0) and the remedy of a usual mistake; None if it is another one.

    ``line`` is the one at which the parser stopped; a quote or a bracket that is not closed may
    stand before it.
    """
    lines = re.split(r"\r\n|\n|\r", body.rstrip("\r\n"))
    line = min(line, len(lines) - 1)
    if mistake := _mistake(lines[line]):
        return line, mistake
    for number in range(line, -1, -1):
        if number < line and (mistake := _unclosed(lines[number])):
            return number, mistake
    for number in (line, line - 1):
        if number >= 0 and (mistake := _no_key(lines[number])):
            return number, mistake
    if line and _indent(lines[line]) != _indent(lines[line - 1]):
        return line, "indent this line as far as the lines beside it that belong to it"
    return None


def _mistake(line: str) -> str:
    """Return the remedy of a mistake that one line shows; empty if it shows none."""
    found = _LINE.fullmatch(line)
    if not found:
        return ""
    value = found["value"].rstrip()
    if "\t" in found["indent"]:
        return "indent with spaces: this line begins with a tab"
    if value[:1] in ("'", '"'):
        return _misquoted(value) or _unclosed(line)
    if value[:1] in _CLOSES:
        end = _closing(value)
        if end and not _REST.fullmatch(value, end):
            return f"put the value in quotes: it begins with '{value[0]}'"
        return _unclosed(line)
    if _SIGNS.match(value) and not _BLOCK_HEAD.fullmatch(value):
        return f"put the value in quotes: it begins with '{value[0]}'"
    if _KEY.match(line) and re.search(r":(?=\s|\Z)", value):
        return "put the value in quotes: it holds a colon"
    return ""


def _misquoted(value: str) -> str:
    """Return the remedy if a value in quotes goes on behind them, or has an unknown escape."""
    for quoted, remedy in (
        (_DOUBLE, 'write \\" for each quote in the value, or put it in single quotes'),
        (_SINGLE, "double each apostrophe in the value, or put it in double quotes"),
    ):
        text = quoted.match(value)
        if text and not _REST.fullmatch(value, text.end()):
            return remedy
        if text and quoted is _DOUBLE and _BAD_ESCAPE.search(text[0].replace(r"\\", "")):
            return r"write \\ for each backslash in the value, or put it in single quotes"
    return ""


def _unclosed(line: str) -> str:
    """Return the remedy if a quote or a bracket opens the value of a line and is not closed."""
    found = _LINE.fullmatch(line)
    value = found["value"].rstrip() if found else ""
    first = value[:1]
    if first in ("'", '"') and not (_SINGLE if first == "'" else _DOUBLE).match(value):
        return f"close the quote ({first}) that begins the value"
    if first in _CLOSES and not _closing(value):
        return f"close the bracket with '{_CLOSES[first]}', or put the value in quotes"
    return ""


def _closing(value: str) -> int:
    """Return the offset behind the bracket that closes the first one; 0 if there is none."""
    depth = 0
    for sign in re.finditer(r"\"(?:[^\"\\]|\\.)*\"|[\[\]{}]", value):
        depth += (sign[0] in _CLOSES) - (sign[0] in _CLOSES.values())
        if not depth and sign[0] in _CLOSES.values():
            return sign.end()
    return 0


def _no_key(line: str) -> str:
    """Return the remedy if a line has no key."""
    text = line.strip()
    if not text or text[0] in "#-'\"[{" or _KEY.match(line):
        return ""
    if re.match(r"[\w-]+:\S", text) and "://" not in text:
        return "put a blank behind the colon"
    return f"expected 'key: value' lines, found: {text[:40]}"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
