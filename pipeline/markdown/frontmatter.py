"""Locate the values in front matter, and write new values in their style."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from pipeline.markdown.toml_json import json_end, json_strings, toml_strings
from pipeline.model import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "FrontMatter",
    "FrontMatterValue",
    "front_matter_flag",
    "locate_front_matter",
    "markdown_body",
    "quote_value",
    "scalar_metadata",
    "yaml_mapping",
]

_BLOCK = re.compile(
    r"---[ \t]*(?:\r\n|\n|\r)(?P<body>.*?)(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:[\r\n]|\Z)", re.S
)
_TOML = re.compile(
    r"\+\+\+[ \t]*(?:\r\n|\n|\r)(?P<body>.*?[\r\n])??\+\+\+[ \t]*(?:[\r\n]|\Z)", re.S
)
_NEWLINE = re.compile(r"\r\n|\n|\r")
_UNCLOSED = re.compile(r"---[ \t]*(?:\r\n|\n|\r)[\w-]+:(?:\s|\Z)")

_BEGINS_WITH_KEY = re.compile(
    r"(?:[ \t]*+(?:#[^\r\n]*+)?(?:\r\n|\n|\r))*[ \t]*+"
    r"(?:(?:\w[\w \t.-]*+|(?:\"[^\"\r\n]++\"|'[^'\r\n]++')[ \t]*+):(?![/:])|\{(?![{%])|%[A-Z])"
)
"""Empty lines and comments, then a key, a bracket around keys, or a directive."""
"""Signs with which no value without quotes begins."""
_IS_NONE = "put an empty line above it if it is no front matter"

# Anchors and tags, which stand before a value and are none of it.
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
# What YAML wants escaped, besides what JSON does.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# libyaml's time is quadratic in the depth, and in the directives of tags, which nobody uses.
_DEEPEST = 100
_DIRECTIVE = re.compile(r"^%TAG\b", re.M)
_PLAIN = ("nested too deeply",)
"""Problems that need no explanation."""
_STRING = "tag:yaml.org,2002:str"

# libyaml's parser is some fifteen times faster; both give the same marks.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FrontMatterValue(NamedTuple):
    """A scalar value of the front matter."""

    key: str
    """Dotted path of the keys above it; items of a list have the path of their list."""
    text: str
    start: int
    """Offset of its first character in the text, in code points."""
    end: int
    line: int
    """Line of its first character, from 1."""
    quoted: str
    """``'``, ``"``, ``|`` or ``>`` if the value begins with one, in TOML with ``toml`` before it;
    ``,`` if it is bare in a list in brackets; else empty.
    """


class FrontMatter(NamedTuple):
    """The block before the Markdown."""

    end: int
    """Offset behind its closing line and the first character of that line's end (behind JSON all
    of the line end), in code points; 0 if there is no front matter."""
    values: tuple[FrontMatterValue, ...]
    fault: Fault | None = None


def markdown_body(data: bytes) -> tuple[str, int]:
    """Return the Markdown of a file without its BOM, and the offset of its first byte."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    markdown = text[locate_front_matter(text).end :]
    return markdown, len(data) - len(markdown.encode("utf-8"))


def front_matter_flag(data: bytes, key: str) -> str:
    """Return the value of a key at the margin of the front matter, as text, in YAML, TOML or JSON.

    It is empty if there is none, or if it is no scalar.
    """
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    if block := _TOML.match(text):
        top = re.split(r"^[ \t]*\[", block["body"] or "", maxsplit=1, flags=re.M)[0]
        line = re.search(rf"^{re.escape(key)}[ \t]*=[ \t]*([^#\r\n]*)", top, re.M)
        return line[1].strip() if line else ""
    if not text.startswith("---") and (end := json_end(text)):
        value = json.loads(text[:end]).get(key, "")
        return str(value) if isinstance(value, (str, bool, int)) else ""
    values = scalar_metadata(locate_front_matter(text).values)
    return dict(values).get(key, "")


def locate_front_matter(text: str) -> FrontMatter:
    """Find the front matter at the very start of a text (no BOM before it).

    A block that does not begin with a key is Markdown between two rules. One that does but is not
    YAML results in a fault and no values; nothing is raised, so that such a file can
    still be copied. TOML is between ``+++`` lines, JSON is an object at the start of the file.
    """
    block = _BLOCK.match(text)
    if block is None:
        if toml := _TOML.match(text):
            return _toml_front_matter(text, toml)
        if end := json_end(text):
            return FrontMatter(end, tuple(_located_values(json_strings(text[:end]), text, 0, "")))
        if _UNCLOSED.match(text):
            problem = "front matter begins with '---' but has no closing '---': add it"
            return FrontMatter(0, (), Fault(1, f"{problem}, or {_IS_NONE}"))
        return FrontMatter(0, ())
    try:
        values = tuple(_values(block["body"], block.start("body")))
    except (yaml.YAMLError, ValueError) as error:
        if not _BEGINS_WITH_KEY.match(block["body"]):
            return FrontMatter(0, ())
        return FrontMatter(block.end(), (), _fault(error, block["body"]))
    return FrontMatter(block.end(), values)


def _toml_front_matter(text: str, block: re.Match[str]) -> FrontMatter:
    try:
        values = tuple(
            _located_values(toml_strings(block["body"] or ""), text, block.start("body"), "toml ")
        )
    except ValueError as error:
        line = re.search(r"line (\d+)", str(error))
        # The line of the fence comes before those that the error counts.
        fault = Fault(int(line[1]) + 1 if line else 1, f"front matter is not valid TOML: {error}")
        return FrontMatter(block.end(), (), fault)
    return FrontMatter(block.end(), values)


def _located_values(
    strings: Iterable[tuple[str, str, int, int]], text: str, shift: int, syntax: str
) -> Iterator[FrontMatterValue]:
    """Yield values for located strings, with their lines."""
    line, at = 1, 0
    for key, string, start, end in strings:
        line += len(_NEWLINE.findall(text, at, start + shift))
        at = start + shift
        yield FrontMatterValue(key, string, at, end + shift, line, syntax + text[at])


def quote_value(target: str, value: FrontMatterValue, raw: str, newline: str) -> str:
    """Return a new value in the style of the old one, or double-quoted if that cannot hold it."""
    # In a folded block a single line end would be a space.
    if value.quoted in ("|", ">"):
        return _block_scalar(
            target if value.quoted == "|" else target.replace("\n", "\n\n"), raw, newline
        )
    if value.quoted == "toml '" and target.isprintable() and "'" not in target:
        return f"'{target}'"
    if value.quoted == "'" and target.isprintable():
        return "'" + target.replace("'", "''") + "'"
    if not value.quoted and _is_plain(target):
        return target
    return _double_quote(target)


def scalar_metadata(values: tuple[FrontMatterValue, ...]) -> tuple[tuple[str, str], ...]:
    """Return the keys and texts of values."""
    return tuple((value.key, value.text) for value in values)


class _Lenient(yaml.SafeLoader):
    """YAML loader that reads unknown tags, as configurations have them, as None."""


_Lenient.add_multi_constructor("", lambda _loader, _tag, _node: None)


def yaml_mapping(text: str) -> dict[str, Any]:
    """Return the mapping in a YAML text such as a configuration; empty if there is none."""
    try:
        data = yaml.load(text, _Lenient)  # a SafeLoader
    except yaml.YAMLError:
        return {}
    return data if isinstance(data, dict) else {}


@dataclass
class _OpenNode:
    """A mapping or list that is being read."""

    path: str | None
    """Dotted path; None in a key that is not a scalar, which has no values to translate."""
    flow: bool
    mapping: bool
    key: str | None = None
    expects_key: bool = True
    keys: dict[str, int] = field(default_factory=dict)
    """Lines of the keys that were read, from 0."""


# Events, not nodes: no recursion, which ends the interpreter where brackets are nested some
# ten thousand deep, and an alias stays one event, whatever it stands for.
def _values(body: str, shift: int) -> Iterator[FrontMatterValue]:
    """Yield the scalars of a YAML block in the order of the text."""
    if _DIRECTIVE.search(body):
        raise yaml.MarkedYAMLError(None, None, "%TAG directives are not supported", None)
    # The body begins below the fence.
    line, at = 2, 0
    around: list[_OpenNode] = []
    documents = 0
    anchors: set[str] = set()
    event: Any
    for event in yaml.parse(body, Loader=_Loader):
        if isinstance(event, yaml.CollectionEndEvent):
            around.pop()
        documents += isinstance(event, yaml.DocumentStartEvent)
        if len(around) > _DEEPEST:
            raise yaml.MarkedYAMLError(None, None, _PLAIN[0], event.start_mark)
        if not isinstance(event, yaml.NodeEvent):
            continue
        first: Any = event.start_mark
        last: Any = event.end_mark
        if documents > 1 or not (around or isinstance(event, yaml.MappingStartEvent)):
            raise yaml.MarkedYAMLError(None, None, "expected 'key: value' lines", first)
        _require_known(event, anchors)
        path, key, flow = _place(around, event)
        _require_new_key(around[-1] if key else None, event)
        if isinstance(event, yaml.CollectionStartEvent):
            mapping = isinstance(event, yaml.MappingStartEvent)
            around.append(_OpenNode(None if key else path, flow or bool(event.flow_style), mapping))
        elif isinstance(event, yaml.ScalarEvent) and path is not None and not key:
            properties = _PROPERTIES.match(body, first.index, last.index)
            start, end = properties.end() if properties else first.index, last.index
            if start < end:
                line += len(_NEWLINE.findall(body, at, start))
                at = start
                mark = body[start] if event.style else "," if flow else ""
                yield FrontMatterValue(
                    path, str(event.value), shift + start, shift + end, line, mark
                )


def _require_known(event: Any, anchors: set[str]) -> None:
    """Raise MarkedYAMLError for a reference to nothing, for which the parser does not look."""
    if not isinstance(event, yaml.AliasEvent):
        anchors.add(event.anchor)
    elif event.anchor not in anchors:
        problem = f"nothing is called '{event.anchor}'"
        mark: Any = event.start_mark
        raise yaml.MarkedYAMLError(None, None, problem, mark)


def _require_new_key(mapping: _OpenNode | None, event: Any) -> None:
    """Raise MarkedYAMLError for a key that its mapping has already."""
    if not mapping or not isinstance(event, yaml.ScalarEvent) or event.value == "<<":
        return
    mark: Any = event.start_mark
    first = mapping.keys.setdefault(event.value, mark.line)
    if mark.line != first:
        problem = f"key '{event.value}' stands already in line {first + 2}; delete one"
        raise yaml.MarkedYAMLError(None, None, problem, mark)


def _place(around: list[_OpenNode], event: Any) -> tuple[str | None, bool, bool]:
    """Return the path of a node, whether it is a key, and whether it is in brackets."""
    if not around:
        return "", False, False
    parent = around[-1]
    if not parent.mapping or parent.path is None:
        return parent.path, False, parent.flow
    key = parent.expects_key
    parent.expects_key = not key
    if key:
        parent.key = event.value if isinstance(event, yaml.ScalarEvent) else None
    path = None if parent.key is None else f"{parent.path}.{parent.key}".lstrip(".")
    return path, key, parent.flow


def _fault(error: Exception, body: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it contains a character that YAML does not allow"
    if mark is None:
        return Fault(1, f"front matter is not valid YAML: {problem}")
    # YAML counts from 0, and below the fence.
    line = mark.line + 2
    # Ours are plain; of the parser's, few tell what to do.
    if problem not in _PLAIN and not problem.startswith("key '"):
        from pipeline.markdown.yaml_mistakes import explain_yaml_mistake  # here, as it is rare

        explained = explain_yaml_mistake(body, mark.line)
        if explained:
            line, problem = explained[0] + 2, explained[1]
        else:
            problem += f"; correct it, or {_IS_NONE}"
    return Fault(line, f"front matter is not valid YAML: {problem}")


def _is_plain(target: str) -> bool:
    """Return whether YAML reads the bare text back as this very string."""
    if not target.isprintable() and "\xa0" not in target and "\u202f" not in target:
        return False
    try:
        (value,) = _values(f"k: {target}", 0)
    except (yaml.YAMLError, ValueError):  # no YAML, or not one value
        return False
    resolver: Any = yaml.resolver.Resolver()
    tag = resolver.resolve(yaml.ScalarNode, target, (True, False))
    return (value.key, value.text, value.start, tag) == ("k", target, len("k: "), _STRING)


def _double_quote(target: str) -> str:
    # JSON's strings are YAML's; a no-break space stays readable, a line separator is escaped.
    text = json.dumps(target, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def _block_scalar(target: str, raw: str, newline: str) -> str:
    head, *rest = _NEWLINE.split(raw)
    margin = next((li[: len(li) - len(li.lstrip(" "))] for li in rest if li.strip()), "  ")
    tail = raw[len(raw.rstrip("\r\n")) :]
    lines = [margin + line if line else "" for line in target.rstrip("\n").split("\n")]
    return head + newline + newline.join(lines) + tail
