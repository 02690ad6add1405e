"""Boxes of Markdown's dialects: containers, directives, admonitions and callouts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

__all__ = ["Label", "is_container", "make_boxes"]


class Label(NamedTuple):
    """Word that a page adds to an article, in the language of the page."""

    text: str
    attributes: tuple[tuple[str, str], ...] = ()
    """Attributes of its element: language and direction, where they are not those of the page."""


_CONTAINER = re.compile(
    r"[ \t]*+(?:\{(?P<directive>[a-zA-Z][\w:.-]*)\}|(?P<name>[a-zA-Z][\w-]*))?+[ \t]*+"
    r"(?:\[(?P<label>[^\[\]]*+)\])?+[ \t]*+(?P<attributes>\{[^{}]*+\})?+(?P<title>[^{}]*+)"
    r"(?P<more>\{[^{}]*+\})?+[ \t:]*+"
)
_CALLOUT = re.compile(
    r"\[!(?P<kind>\w[\w-]*)(?:\|[^\]]*)?\](?P<fold>[+-]?)[ \t]*(?P<title>[^\n]*)\n?"
)
_OPTION = re.compile(r":(?P<key>[\w-]+):(?:[ \t]+(?P<value>[^\n]*))?(?:\n|\Z)")
_HEADING_ATTRIBUTES = re.compile(r"(?<![\])`])(?P<list>\{:?[^{}]*\})[ \t]*\Z")
_CONTENTS = re.compile(r"\[\[?_?(?:TOC|toc)_?\]?\]")
_VERBATIM = {
    "code", "code-block", "code-cell", "eval-rst", "literalinclude", "math", "mermaid",
    "parsed-literal", "raw", "sourcecode",
}  # fmt: skip
"""Directives whose body is no Markdown."""
_KINDS = {
    "note": "note info todo abstract summary seealso",
    "tip": "tip hint success",
    "important": "important",
    "warning": "warning caution danger attention error failure bug",
}
_KIND = {name: kind for kind, names in _KINDS.items() for name in names.split()}
"""Kind of the label by the name of a container."""
_FOLDED = ("details", "dropdown", "spoiler")
_GLOSSARY = "glossary"
_TERM = re.compile(r"^[^ \t\n][^\n]*\n[ \t]+\S", re.M)
_TERM_LINES = re.compile(r"(?P<indent>(?:^[ \t]+\S[^\n]*\n?)+)|^\S[^\n]*", re.M)
"""A term, or the lines of a definition."""
_PICTURES = ("figure", "image")


def is_container(marker: str, words: str, _marks: str) -> bool:
    """Return whether the words behind the marks at the beginning of a line open a container.

    Behind the marks of code, only a directive does.
    """
    match = _CONTAINER.fullmatch(words)
    if match is None or not words.strip(" \t:"):
        return False
    directive = (match["directive"] or "").lower()
    return directive not in _VERBATIM and (marker == ":" or directive != "")


def make_boxes(state: StateCore) -> None:
    """Give boxes their titles, headings their attributes, and code of directives its language."""
    state.tokens = _Boxes(state.tokens, state.env["labels"]).make()


class _Boxes:
    """Reader of the tokens of a text, which makes those of boxes anew."""

    def __init__(self, source: list[Token], labels: Mapping[str, Label]) -> None:
        self._source = source
        self._labels = labels
        self._at = 0
        """Index of the next token."""
        self._tokens: list[Token] = []
        self._tags: list[str] = []
        """Tags of the open boxes and quotations."""
        self._glossaries: list[int] = []
        """Number of the open tags at each open glossary, itself included."""
        self._readers: dict[str, Callable[[Token], None]] = {
            "admonition_open": self._open_admonition,
            "admonition_close": self._close,
            "blockquote_open": self._open_quotation,
            "blockquote_close": self._close,
            "fence": self._read_fence,
            "heading_open": self._read_heading,
            "inline": self._read_text,
            "paragraph_open": self._read_paragraph,
        }

    def make(self) -> list[Token]:
        """Return all tokens."""
        while self._at < len(self._source):
            token = self._source[self._at]
            self._at += 1
            if token.type.startswith("container_"):
                (self._open_container if token.nesting == 1 else self._close)(token)
            else:
                self._readers.get(token.type, self._tokens.append)(token)
        return self._tokens

    def _open_container(self, token: Token) -> None:
        match = _CONTAINER.fullmatch(token.info)
        assert match, "containers are those that is_container knows"
        name = (match["directive"] or match["name"] or "").lower()
        for attributes in (match["attributes"], match["more"]):
            token.attrs.update(_attributes(attributes or ""))
        options = self._take_options() if match["directive"] else {}
        title = match["label"] or (match["title"] or "").strip(" \t:")
        title = title or str(token.attrs.pop("title", ""))
        if name in _PICTURES:
            token.tag = "figure"
            self._tokens += [token, *_paragraph("p", f"![{options.get('alt', '')}](<{title}>)")]
            self._tags.append(token.tag)
        else:
            self._open(token, name, title, is_folded=name in _FOLDED)

    def _open_admonition(self, token: Token) -> None:
        # Without a title of its own, the plugin takes the English word.
        has_title = '"' in token.info or " " in token.info.strip()
        if self._at < len(self._source) and self._source[self._at].type == "admonition_title_open":
            self._at += 3
        token.attrs = {"open": ""} if token.markup == "???+" else {}
        self._open(
            token,
            token.meta["tag"],
            token.content if has_title else "",
            is_folded=token.markup.startswith("?"),
            is_untitled=has_title and not token.content,
        )

    def _open_quotation(self, token: Token) -> None:
        match = self._match_next(_CALLOUT)
        if match is None:
            self._tokens.append(token)
            self._tags.append(token.tag)
            return
        if match["fold"] == "+":
            token.attrs["open"] = ""
        self._open(token, match["kind"].lower(), match["title"], is_folded=match["fold"] != "")
        text = self._source[self._at + 1]
        text.content = text.content[match.end() :]
        if not text.content.strip():
            self._at += 3

    def _open(
        self, token: Token, name: str, title: str, *, is_folded: bool, is_untitled: bool = False
    ) -> None:
        """Add a token as that of a box, or of one that readers fold, and its title.

        Without a title it gets the word for its kind, if there is one.
        """
        kind = _KIND.get(name, "")
        token.tag = "details" if is_folded else "div"
        names = ["box", f"box-{kind}"] if kind else []
        names += [name.replace(":", "-"), *str(token.attrs.get("class", "")).split()]
        if any(names):
            token.attrs["class"] = " ".join(filter(None, dict.fromkeys(names)))
        if kind and not is_folded:
            token.attrs["role"] = "note"
        self._tokens.append(token)
        self._tags.append(token.tag)
        if name == _GLOSSARY:
            self._glossaries.append(len(self._tags))
        label = None if title else self._labels.get(kind or ("note" if is_folded else ""))
        if is_untitled or not (title or label):
            return
        opening, *rest = _paragraph(
            "summary" if is_folded else "p", title or (label.text if label else "")
        )
        opening.attrs = {"class": "box-title", **dict(label.attributes if label else ())}
        self._tokens += [opening, *rest]

    def _close(self, token: Token) -> None:
        if self._glossaries and self._glossaries[-1] == len(self._tags):
            self._glossaries.pop()
        token.tag = self._tags.pop()
        self._tokens.append(token)

    def _read_fence(self, token: Token) -> None:
        if token.info.lstrip().startswith("{"):
            _, _, token.info = token.info.partition("}")
        self._tokens.append(token)

    def _read_heading(self, token: Token) -> None:
        """Move attributes behind a heading's text to the heading."""
        text = self._source[self._at]
        match = _HEADING_ATTRIBUTES.search(text.content)
        attributes = _attributes(match["list"]) if match else {}
        if match and attributes:
            text.content = text.content[: match.start("list")].rstrip()
            token.attrs.update(attributes)
        self._tokens.append(token)

    def _read_text(self, token: Token) -> None:
        if token.level == 1 and _CONTENTS.fullmatch(token.content.strip()):
            token.type, token.content, token.children = "contents", "", None
        self._tokens.append(token)

    def _read_paragraph(self, token: Token) -> None:
        """Read the terms of a glossary with their indented definitions as such."""
        text = self._source[self._at].content
        is_list = bool(self._glossaries) and _TERM.search(text) is not None
        if not is_list:
            self._tokens.append(token)
            return
        self._at += 2
        self._tokens.append(_element("dl", 1))
        for line in _TERM_LINES.finditer(text):
            tag = "dd" if line["indent"] else "dt"
            words = (
                " ".join(one.strip() for one in line[0].splitlines()) if line["indent"] else line[0]
            )
            self._tokens += [_element(tag, 1), _text(words), _element(tag, -1)]
        self._tokens.append(_element("dl", -1))

    def _match_next(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return a match at the beginning of the next block, if it is a paragraph."""
        following = self._source[self._at : self._at + 2]
        is_text = len(following) > 1 and following[0].type == "paragraph_open"
        return pattern.match(following[1].content) if is_text else None

    def _take_options(self) -> dict[str, str]:
        """Return the options at the beginning of a directive, and remove them from its text."""
        options = {}
        text = self._source[self._at + 1] if self._match_next(_OPTION) else None
        while text and (match := _OPTION.match(text.content)):
            options[match["key"]] = match["value"] or ""
            text.content = text.content[match.end() :]
        if text and not text.content:
            self._at += 3
        return options


def _attributes(raw: str) -> dict[str, str]:
    """Return attributes from their list in braces; none if it is not one."""
    from mdit_py_plugins.attrs.parse import ParseError, parse  # here, as few pages need it

    raw = raw.replace("{:", "{", 1)
    try:
        end, attributes = parse(raw)
    except ParseError:
        return {}
    return dict(attributes) if end == len(raw) - 1 else {}


def _paragraph(tag: str, content: str) -> Iterator[Token]:
    """Yield the tokens of a text in a tag."""
    from markdown_it.token import Token  # here, as few pages need it

    yield Token("paragraph_open", tag, 1, block=True)
    yield _text(content)
    yield Token("paragraph_close", tag, -1, block=True)


def _text(content: str) -> Token:
    from markdown_it.token import Token  # here, as few pages need it

    return Token("inline", "", 0, content=content, children=[], block=True)


def _element(tag: str, nesting: Literal[1, -1]) -> Token:
    """Return the token that opens or closes a tag."""
    from markdown_it.token import Token  # here, as few pages need it

    return Token(f"{tag}_{'open' if nesting == 1 else 'close'}", tag, nesting, block=True)
