"""Locate the strings in TOML and JSON; the standard library decides which ones are valid."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["json_end", "json_strings", "toml_strings"]

_ONE_LINE = r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
_STRING = r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*\'{3,5}|' + _ONE_LINE
_NAME = re.compile(rf"{_ONE_LINE}|[^\s\[\]{{}},=.#\"']++", re.S)
# The outer loop is greedy, not possessive: Python before 3.11.5 leaves a possessive group where its
# last, failed round ended (gh-106052). Nothing is gained by going back, so it stays linear.
_NAMES = rf"(?:{_NAME.pattern})(?:[ \t]*+\.[ \t]*+(?:{_NAME.pattern}))*"
# A bare value is passed over as a whole, which keeps the time linear.
_TOML_VALUE = re.compile(
    rf"#[^\n]*|(?P<key>{_NAMES})[ \t]*+=|(?P<string>{_STRING})|[^\s\[\]{{}},=#\"']++"
    r"|(?P<open>[\[{])|(?P<close>[\]}])",
    re.S,
)
_TOML_STATEMENT = re.compile(
    rf"^[ \t]*+\[{{1,2}}[ \t]*+(?P<header>{_NAMES})[ \t]*+\]{{1,2}}|{_TOML_VALUE.pattern}",
    re.S | re.M,
)
_JSON_STRING = r'"(?:[^"\\]|\\.)*+"'
_JSON_VALUE = re.compile(
    rf"(?P<key>{_JSON_STRING})\s*+:|(?P<string>{_JSON_STRING})|(?P<open>[\[{{])|(?P<close>[\]}}])",
    re.S,
)
_KEY = r"(?:[\w-]+|\"[^\"\\\n]*\"|'[^'\n]*')"
_DEEP = re.compile(rf"^[ \t]*\[{{0,2}}(?:[ \t]*{_KEY}[ \t]*\.){{100}}", re.M)
"""Keys so deep that the standard library spends time on all their names at each key below."""
_LONGEST = 200
"""Characters of a name that are kept; the path of each string below the name contains it."""

_LocatedString = tuple[str, str, int, int]
"""Dotted path, text, and the range with its quotes, in code points."""


def toml_strings(text: str) -> Iterator[_LocatedString]:
    """Yield the strings in order; items of a list and of its tables have the path of their list.

    Raises:
        ValueError: the text is not TOML, or is nested too deeply.
    """
    if _DEEP.search(text):
        raise ValueError("nested too deeply")
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    located = list(_locate_strings(text, _TOML))
    expected = _strings_by_path(data)
    actual: dict[str, list[str]] = {}
    for path, string, _, _ in located:
        actual.setdefault(path, []).append(string)
    # Where the library reads something else, nothing is known of the place.
    yield from (value for value in located if actual[value[0]] == expected.get(value[0]))


def json_end(text: str) -> int:
    """Return the offset behind a JSON object at the start of a text and its line end; else 0."""
    if not re.match(r"\{\s*(?:\"|\})", text):
        return 0
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return 0
    rest = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)").match(text, end)
    return rest.end() if rest else 0


def json_strings(text: str) -> Iterator[_LocatedString]:
    """Yield the strings of a valid JSON object; items of a list have the path of their list."""
    return _locate_strings(text, _JSON)


def _toml_string(token: str) -> str:
    return str(tomllib.loads("x = " + token.replace("\r\n", "\n"))["x"])


class _Syntax(NamedTuple):
    """Tokens that matter for the paths of strings; all others are skipped."""

    outside: re.Pattern[str]
    """Tokens outside of brackets: those of ``inside``, and the header of a table."""
    inside: re.Pattern[str]
    string: Callable[[str], str]
    """Function that reads a string in its quotes."""

    def path(self, above: str, names: str) -> str:
        """Return the path of a key, which may be several names joined by dots."""
        parts = [self.string(n) if n[0] in "\"'" else n for n in _NAME.findall(names)]
        return ".".join([above, *[part[:_LONGEST] for part in parts]]).strip(".")


_TOML = _Syntax(_TOML_STATEMENT, _TOML_VALUE, _toml_string)
_JSON = _Syntax(_JSON_VALUE, _JSON_VALUE, json.loads)


def _locate_strings(text: str, syntax: _Syntax) -> Iterator[_LocatedString]:
    """Yield each string that is a value in a valid text."""
    table = path = ""
    around: list[str] = []  # the path of each open bracket
    at = 0
    while token := (syntax.inside if around else syntax.outside).search(text, at):
        at = token.end()
        match token.lastgroup:
            case "header":
                table = syntax.path("", token["header"])
            case "key":
                path = syntax.path(around[-1] if around else table, token["key"])
            case "open":
                around.append(path)
            case "close":
                path = around.pop()
            case "string":
                yield path, syntax.string(token["string"]), *token.span()


def _strings_by_path(data: Any) -> dict[str, list[str]]:
    """Return the strings of a document by their paths, in order."""
    strings: dict[str, list[str]] = {}
    stack = [("", data)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict):
            inner = [
                (f"{path}.{key[:_LONGEST]}".strip("."), item_value)
                for key, item_value in value.items()
            ]
            stack += reversed(inner)
        elif isinstance(value, list):
            stack += [(path, item) for item in reversed(value)]
        elif isinstance(value, str):
            strings.setdefault(path, []).append(value)
    return strings
