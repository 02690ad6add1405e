"""Places of the strings in TOML and JSON; the standard library has the last word on both."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["json_end", "json_strings", "toml_strings"]

_STRING = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*\'{3,5}'
    r'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
)
_TOML_TOKEN = re.compile(
    rf"#[^\n]*|(?P<string>{_STRING})|(?P<bare>[^\s\[\]{{}},=.#\"']+)|[\[\]{{}},=\n]", re.S
)
_KEY = r"(?:[\w-]+|\"[^\"\\\n]*\"|'[^'\n]*')"
_DEEP = re.compile(rf"^[ \t]*\[{{0,2}}(?:[ \t]*{_KEY}[ \t]*\.){{100}}", re.M)
"""What takes the standard library time for each of its names again at each key below it."""
_LONGEST = 200
"""Characters of a name that are kept; each string below it has it in its path."""
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]', re.S)

_Found = tuple[str, str, int, int]
"""Dotted path, text, and the range with its quotes, in code points."""


def toml_strings(text: str) -> Iterator[_Found]:
    """Yield the strings in order; items of a list and of its tables have their list's path.

    Raises:
        ValueError: it is no TOML.
    """
    if _DEEP.search(text):
        raise ValueError("nested too deeply")
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    found = list(_toml_values(text))
    known = _said(data)
    mine: dict[str, list[str]] = {}
    for path, said, _, _ in found:
        mine.setdefault(path, []).append(said)
    # Where the library reads something else, nothing is known of the place.
    yield from (value for value in found if mine[value[0]] == known.get(value[0]))


def _toml_values(text: str) -> Iterator[_Found]:  # noqa: C901 - one branch for each sign
    """Yield each string that is a value; the text is TOML."""
    keys: list[str] = []
    around = [("{", "")]  # the document, then the brackets that are open, each with its path
    header = valued = False
    for token in _TOML_TOKEN.finditer(text):
        sign = token[0]
        inside, path = around[-1]
        item = inside == "["
        here = path if item else ".".join([path, *keys]).strip(".")
        if token["string"] or token["bare"]:
            if not (valued or item):
                keys.append((_value(sign) if token["string"] else sign)[:_LONGEST])
            elif token["string"]:
                yield here, _value(sign), *token.span()
        elif sign in "[{" and (valued or item):
            around.append((sign, here))
        elif sign == "[":
            header = True
        elif header and sign == "]":
            around, header = [("{", ".".join(keys))], False
        elif sign in "]}" and len(around) > 1:
            around.pop()
        if sign == "=":
            valued = True
        elif sign == "{" or (sign in (",", "\n") and around[-1][0] == "{"):
            keys, valued = [], False


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


def _value(string: str) -> str:
    return str(tomllib.loads("x = " + string.replace("\r\n", "\n"))["x"])


def _said(data: Any) -> dict[str, list[str]]:
    """Give the strings of a document by their paths, in order."""
    found: dict[str, list[str]] = {}
    left = [("", data)]
    while left:
        path, value = left.pop()
        if isinstance(value, dict):
            inner = [(f"{path}.{key[:_LONGEST]}".strip("."), said) for key, said in value.items()]
            left += reversed(inner)
        elif isinstance(value, list):
            left += [(path, item) for item in reversed(value)]
        elif isinstance(value, str):
            found.setdefault(path, []).append(value)
    return found
