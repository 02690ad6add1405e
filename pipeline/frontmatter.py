"""Places of the values in YAML front matter, and how a new value is written there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from pipeline.model import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FrontMatter", "Value", "locate", "metadata", "quote"]

_BLOCK = re.compile(
    r"---[ \t]*(\r\n|\n|\r)(?P<body>.*?)^(?:---|\.\.\.)[ \t]*(?:\r|\n|\Z)", re.M | re.S
)
_UNCLOSED = re.compile(r"---[ \t]*(?:\r\n|\n|\r)[\w-]+:(?:\s|\Z)")

# libyaml's parser is some fifteen times faster; both give the same marks.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Value(NamedTuple):
    """One scalar of the front matter."""

    key: str
    """Dotted path of the keys above it; items of a list have their list's path."""
    text: str
    start: int
    """Offset of its first character in the text, in code points."""
    end: int
    line: int
    """From 1."""
    quoted: str
    """``'``, ``"``, ``|`` or ``>`` where it begins with one; ``,`` where it is bare in a list
    in brackets; else empty."""


class FrontMatter(NamedTuple):
    """The block before the Markdown."""

    end: int
    """Offset behind its closing line's marks, in code points; 0 where there is none."""
    values: tuple[Value, ...]
    fault: Fault | None = None


def locate(text: str) -> FrontMatter:
    """Find the front matter at the very start of a text (no BOM before it).

    A block that is not YAML with keys gives a fault and no values; it is never raised,
    so that such a file can still be copied.
    """
    block = _BLOCK.match(text)
    if block is None:
        if _UNCLOSED.match(text):
            return FrontMatter(0, (), Fault(1, "front matter is opened by '---' but never closed"))
        return FrontMatter(0, ())
    start = block.start("body")
    try:
        node = yaml.compose(block["body"], Loader=_Loader)
    except yaml.YAMLError as error:
        return FrontMatter(block.end(), (), _fault(error))
    if node is None:
        return FrontMatter(block.end(), ())
    if not isinstance(node, yaml.MappingNode):
        return FrontMatter(block.end(), (), Fault(2, "front matter must be 'key: value' lines"))
    return FrontMatter(block.end(), tuple(_values(node, "", block["body"], start)))


def quote(target: str, value: Value, raw: str, newline: str) -> str:
    """Write a new value in the style of the old one, or double-quoted where that cannot hold it."""
    if value.quoted in ("|", ">"):
        return _block(target if value.quoted == "|" else target.replace("\n", "\n\n"), raw, newline)
    if value.quoted == "'" and target.isprintable():
        return "'" + target.replace("'", "''") + "'"
    if not value.quoted and _plain(target):
        return target
    return _double(target)


def metadata(values: tuple[Value, ...]) -> tuple[tuple[str, str], ...]:
    """Give keys and values alone."""
    return tuple((value.key, value.text) for value in values)


def _values(node: Any, path: str, body: str, shift: int, flow: bool = False) -> Iterator[Value]:
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        if start < end:
            mark = body[start] if node.style else "," if flow else ""
            text = str(node.value)
            yield Value(path, text, shift + start, shift + end, node.start_mark.line + 2, mark)
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            if isinstance(key, yaml.ScalarNode):
                inside = f"{path}.{key.value}".lstrip(".")
                yield from _values(child, inside, body, shift, flow or bool(node.flow_style))
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _values(child, path, body, shift, flow or bool(node.flow_style))


def _fault(error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it holds a character that YAML forbids"
    line = mark.line + 2 if mark is not None else 1
    return Fault(line, f"front matter is not YAML: {problem}")


def _plain(target: str) -> bool:
    """Tell whether YAML reads the bare text back as this very string."""
    if not target.isprintable() and "\xa0" not in target and "\u202f" not in target:
        return False
    try:
        return bool(yaml.load(f"k: {target}", Loader=_Loader) == {"k": target})
    except yaml.YAMLError:
        return False


def _double(target: str) -> str:
    # JSON's strings are YAML's; a no-break space stays readable, a line separator is escaped.
    text = json.dumps(target, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda m: f"\\u{ord(m[0]):04x}", text)


def _block(target: str, raw: str, newline: str) -> str:
    head, _, rest = raw.partition(newline)
    margin = rest[: len(rest) - len(rest.lstrip(" "))] or "  "
    tail = raw[len(raw.rstrip("\r\n")) :]
    lines = [margin + line if line else "" for line in target.rstrip("\n").split("\n")]
    return head + newline + newline.join(lines) + tail
