"""Places of the strings in TOML and JSON; the standard library has the last word on both."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["json_end", "json_strings", "toml_strings"]

_KEY = r"(?:[\w-]+|\"[^\"\\\n]*\"|'[^'\n]*')"
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_STRING = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\']|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
)
_LINE = re.compile(
    rf"[ \t]*(?:\[[ \t]*(?P<table>{_KEYS})[ \t]*\]|(?P<array>\[\[)"
    rf"|(?P<key>{_KEYS})[ \t]*=[ \t]*(?P<value>{_STRING})?)[^\n]*(?:\n|\Z)|[^\n]*(?:\n|\Z)",
    re.S,
)
_PART = re.compile(_KEY)
_DEEP = re.compile(rf"^[ \t]*\[{{0,2}}(?:[ \t]*{_KEY}[ \t]*\.){{100}}", re.M)
"""What takes the standard library time for each of its names again at each key below it."""
_LONGEST = 200
"""Characters of a name that are kept; each string below it has it in its path."""
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]', re.S)

_Found = tuple[str, str, int, int]
"""Dotted path, text, and the range with its quotes, in code points."""


def toml_strings(text: str) -> Iterator[_Found]:
    """Yield the strings that stand on lines of their own keys; not those in arrays.

    Raises:
        ValueError: it is no TOML.
    """
    if _DEEP.search(text):
        raise ValueError("nested too deeply")
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    table: tuple[str, ...] | None = ()
    at = 0
    while at < len(text) and (line := _LINE.match(text, at)):
        at = line.end()
        if line["array"]:
            table = None  # which of its tables a key belongs to, no path can tell
        elif line["table"]:
            table = _path(line["table"])
        elif line["value"] and table is not None:
            path = (*table, *_path(line["key"]))
            said = tomllib.loads("x = " + line["value"].replace("\r\n", "\n"))["x"]
            if _at(data, path) == said:  # else it is a line of another string
                yield ".".join(part[:_LONGEST] for part in path), said, *line.span("value")


def json_end(text: str) -> int:
    """Give the offset behind an object at the start of a text that ends its line; else 0."""
    if not re.match(r"\{\s*(?:\"|\})", text):
        return 0
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return 0
    rest = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)").match(text, end)
    return rest.end() if rest else 0


def json_strings(text: str) -> Iterator[_Found]:
    """Yield the strings of an object that is JSON; items of a list have their list's path."""
    around: list[tuple[bool, str]] = []
    key, awaits_key = "", False
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "{[":
            around.append((sign == "{", f"{around[-1][1]}.{key}".strip(".") if around else ""))
            if sign == "[" or not around[:-1]:
                key = ""
            awaits_key = sign == "{"
        elif sign in "}]":
            around.pop()
            key = ""
        elif sign == ",":
            awaits_key = around[-1][0]
        elif sign == ":":
            awaits_key = False
        elif awaits_key:
            key = json.loads(sign)[:_LONGEST]
        else:
            yield f"{around[-1][1]}.{key}".strip("."), json.loads(sign), *token.span()


def _path(keys: str) -> tuple[str, ...]:
    return tuple(part[0].strip("\"'") for part in _PART.finditer(keys))


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data
