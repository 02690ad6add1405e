"""Convert HTML elements to blocks of Markdown with markdownify."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag
from markdownify import MarkdownConverter

from pipeline.importers.document import Block
from pipeline.importers.escaping import escape_heading, escape_inline, escape_line_start
from pipeline.importers.word_check import shown_text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["convert_blocks", "join_formatting", "mend_lists", "text_of"]

_CONTAINERS = frozenset({
    "html", "body", "div", "section", "article", "main", "header", "footer", "aside", "center",
    "form", "fieldset", "details", "summary", "address", "hgroup", "nav", "figure", "noscript",
    "dialog",
})  # fmt: skip
_LEAVES = {
    "p": "paragraph",
    "ul": "list",
    "ol": "list",
    "dl": "list",
    "menu": "list",
    "table": "table",
    "blockquote": "quote",
    "pre": "code",
    "hr": "rule",
    "figcaption": "paragraph",
    **{f"h{level}": "heading" for level in range(1, 7)},
}
_BLOCKS = (_CONTAINERS - {"figure"}) | set(_LEAVES)
_SAME_FORMAT = {
    "b": "strong",
    "strong": "strong",
    "em": "em",
    "i": "em",
    "del": "del",
    "s": "del",
    "strike": "del",
    "u": "u",
    "ins": "u",
    "code": "code",
}
_APART = frozenset(
    {"li", "td", "th", "dt", "dd", "br", "tr", "button", "label", "option", "legend"}
)
_PICTURE = re.compile(r"!\[(?:[^\[\]\\]|\\.)*\]\([^()]*\)")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_OUTER_BREAKS = re.compile(r"\A(?:[ \n]*\\\n)+|(?<!\\)(?:\\\n[ \n]*)+\Z")
_EMPTY_LINES = re.compile(r"\n{3,}")
_ADDRESS_SPACES = re.compile(r"[\s<>()]")


_BASE: Any = MarkdownConverter  # it has no types for what is overridden


class _Converter(_BASE):  # type: ignore[misc]
    """Converter that escapes what Markdown needs, and no more."""

    class Options(_BASE.DefaultOptions):  # type: ignore[misc]
        heading_style = "atx"
        bullets = "-"
        newline_style = "backslash"
        autolinks = False
        tags = False
        table_infer_header = True
        sup_symbol = "<sup>"
        sub_symbol = "<sub>"

    def process_text(self, el: Any, parent_tags: Any = None) -> str:
        tags = parent_tags or set()
        if "_noformat" in tags or "pre" in tags:
            return str(super().process_text(el, parent_tags=tags))
        text = _SPACES.sub(" ", str(el))
        if text.startswith(" ") and _begins_line(el):
            text = text[1:]
        if text.endswith(" ") and _ends_line(el):
            text = text[:-1]
        text = escape_inline(text, tildes="~" in text and self._has_tildes(_holder(el)))
        if "|" in text and ("td" in tags or "th" in tags):
            text = text.replace("|", r"\|")
        # In a cell or a heading no block begins.
        starts = _begins_line(el) and "_inline" not in tags
        return escape_line_start(text) if starts else text

    def _has_tildes(self, holder: Any) -> bool:
        """Return whether a block has more than one tilde, which could be markup."""
        known: dict[int, bool] = self.__dict__.setdefault("known_tildes", {})
        if id(holder) not in known:
            known[id(holder)] = holder.get_text().count("~") > 1
        return known[id(holder)]

    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        address = el.get("href") or ""
        if not address or not text.strip() or address.startswith(("javascript:", "data:", "#")):
            return text
        inner = text.strip()
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{before}[{inner}]({_address(address)}){after}"

    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:
        source = el.get("src") or ""
        alt = escape_inline(_SPACES.sub(" ", el.get("alt") or "").strip())
        return f"![{alt}]({_address(source)})" if source else alt

    def convert_b(self, el: Any, text: str, parent_tags: Any) -> str:
        return self._emphasise("**", "strong", text, parent_tags)

    convert_strong = convert_b

    def convert_em(self, el: Any, text: str, parent_tags: Any) -> str:
        return self._emphasise("*", "em", text, parent_tags)

    convert_i = convert_em

    def _emphasise(self, sign: str, tag: str, text: str, parent_tags: Any) -> str:
        inner = text.strip()
        if "_noformat" in parent_tags or not inner:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if self.options["tags"]:
            return f"{before}<{tag}>{inner}</{tag}>{after}"
        return f"{before}{sign}{inner}{sign}{after}"

    def convert_u(self, el: Any, text: str, parent_tags: Any) -> str:
        return f"<u>{text}</u>" if text.strip() else text

    convert_ins = convert_u
    convert_strike = _BASE.convert_del

    def convert_footnote_mark(self, el: Any, text: str, parent_tags: Any) -> str:
        return f"[^{el['name']}]"

    def convert_br(self, el: Any, text: str, parent_tags: Any) -> str:
        if "_inline" in parent_tags or "td" in parent_tags or "th" in parent_tags:
            heading = el.find_parent(re.compile(r"h[1-6]\Z"))
            # The name of an expert, and the organisation with the handle in the next line.
            return ", " if heading is not None and "(@" in heading.get_text() else " "
        return "\\\n"

    def convert_p(self, el: Any, text: str, parent_tags: Any) -> str:
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        return f"\n\n{_without_outer_breaks(text)}\n\n" if text.strip() else ""

    def convert_td(self, el: Any, text: str, parent_tags: Any) -> str:
        text = " ".join(text.split("\n")).strip()
        return f" {text} |" + " |" * (_span(el) - 1)

    convert_th = convert_td


def _holder(node: Any) -> Any:
    """Return the block that a text is in."""
    holder = node.parent
    while holder.parent is not None and not (holder.name in _BLOCKS or holder.name in _APART):
        holder = holder.parent
    return holder


def _without_outer_breaks(text: str) -> str:
    """Return the text of a paragraph without line breaks at its ends."""
    return _OUTER_BREAKS.sub("", text).strip(" \n")


def _address(address: str) -> str:
    """Return the address of a link as it is written in Markdown."""
    address = address.strip()
    if not _ADDRESS_SPACES.search(address):
        return address
    for char, code in (("\n", ""), ("\r", ""), ("<", "%3C"), (">", "%3E")):
        address = address.replace(char, code)
    return f"<{address}>"


def _span(cell: Tag) -> int:
    return min(_number(cell.get("colspan")), 100)


def _number(value: object) -> int:
    """Return the number in an attribute, at least 1."""
    text = str(value or "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 10 else 1


def _begins_line(node: Any) -> bool:
    """Return whether a text stands at the beginning of its block or behind a line break."""
    while True:
        before = node.previous_sibling
        while isinstance(before, Comment) or (
            isinstance(before, NavigableString) and not before.strip()
        ):
            before = before.previous_sibling
        if before is not None:
            return isinstance(before, Tag) and (before.name == "br" or before.name in _BLOCKS)
        node = node.parent
        if node is None or node.name in _BLOCKS or node.name in ("li", "td", "th", "dt", "dd"):
            return True


def _ends_line(node: Any) -> bool:
    while True:
        after = node.next_sibling
        while isinstance(after, Comment) or (
            isinstance(after, NavigableString) and not after.strip()
        ):
            after = after.next_sibling
        if after is not None:
            return isinstance(after, Tag) and (after.name == "br" or after.name in _BLOCKS)
        node = node.parent
        if node is None or node.name in _BLOCKS or node.name in ("li", "td", "th", "dt", "dd"):
            return True


def text_of(element: Tag) -> str:
    """Return the text of an element with those of its pictures; words of blocks are apart."""
    parts: list[str] = []
    for node in element.descendants:
        if isinstance(node, Tag):
            if node.name in _BLOCKS or node.name in _APART:
                parts.append(" ")
            if node.name == "img":
                parts.append(f" {node.get('alt') or ''} ")
        elif type(node) is NavigableString:
            parts.append(str(node))
            parent = node.parent
            is_last = parent is not None and parent.contents[-1] is node
            if parent is not None and is_last and (parent.name in _BLOCKS or parent.name in _APART):
                parts.append(" ")
    return _SPACES.sub(" ", "".join(parts)).strip()


def convert_blocks(root: Tag, notes: list[str]) -> Iterator[Block]:
    """Yield the blocks of an element; ``notes`` gets what Markdown cannot show."""
    inline: list[Any] = []
    for child in list(root.children):
        is_block = isinstance(child, Tag) and (
            child.name in _BLOCKS or child.name == "figure" or child.find(list(_BLOCKS)) is not None
        )
        if not is_block or not isinstance(child, Tag):
            inline.append(child)
            continue
        yield from _paragraph(inline)
        inline = []
        yield from _convert(child, notes)
    yield from _paragraph(inline)


def _convert(element: Tag, notes: list[str]) -> Iterator[Block]:
    kind = _LEAVES.get(element.name)
    if kind == "table" and _is_layout(element):
        for cell in element.find_all(["td", "th", "caption"]):
            if cell.find_parent("table") is element:
                yield from convert_blocks(cell, notes)
        return
    if kind in ("paragraph", "heading") and element.find(list(_BLOCKS)) is not None:
        kind = None
    if kind is None:
        yield from convert_blocks(element, notes)
        return
    if kind == "table":
        caption = element.find("caption")
        if isinstance(caption, Tag):
            caption.extract()
            yield from _paragraph([caption])
        _note_merged_cells(element, notes)
    yield from _block(kind, element)


def _paragraph(nodes: list[Any]) -> Iterator[Block]:
    """Yield the paragraph of inline nodes that stand in no block of their own."""
    if not any(isinstance(node, Tag) or str(node).strip() for node in nodes):
        return
    paragraph = BeautifulSoup("", "html.parser").new_tag("p")
    for node in nodes:
        paragraph.append(node.extract())
    yield from _block("paragraph", paragraph)


def _block(kind: str, element: Tag) -> Iterator[Block]:
    if kind == "rule":
        yield Block("rule", "---", "")
        return
    plain = text_of(element)
    markdown = _markdown(element)
    if "*" in markdown and shown_text(markdown).count("*") != plain.count("*"):
        # No emphasis begins or ends between a letter and a sign: **(so)**it
        markdown = _markdown(element, tags=True)
    if kind == "heading":
        if plain:
            text = escape_heading(markdown.lstrip("#").strip())
            # A bold heading is bold twice.
            bold = re.fullmatch(r"\*\*([^*]+)\*\*", text)
            yield Block("heading", bold[1] if bold else text, plain, int(element.name[1]))
        return
    if not markdown:
        return
    if kind == "paragraph" and _PICTURE.fullmatch(markdown):
        kind = "picture"
    if plain or kind in ("picture", "code"):
        yield Block(kind, markdown, plain)


def _markdown(element: Tag, *, tags: bool = False) -> str:
    """Return the Markdown of one element; with ``tags``, emphasis is HTML."""
    holder = BeautifulSoup("", "html.parser")
    parent, place = element.parent, element.parent.index(element) if element.parent else 0
    holder.append(element.extract())
    text = str(_Converter(tags=tags).convert_soup(holder))
    element.extract()
    if parent is not None:
        parent.insert(place, element)
    lines = [line.rstrip() if not line.endswith("\\") else line for line in text.split("\n")]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n").strip()


def _is_layout(table: Tag) -> bool:
    """Return whether a table has whole parts of a page in its cells, as that of a newsletter."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [c for c in table.find_all(["td", "th"]) if c.find_parent("table") is table]
    if table.get("role") == "presentation" or len(cells) == 1:
        return True
    inner = [f"h{level}" for level in range(1, 7)] + ["table", "ul", "ol", "blockquote"]
    return len(rows) <= 2 and any(
        cell.find(inner) is not None or len(cell.find_all("p")) > 2 for cell in cells
    )


def _note_merged_cells(table: Tag, notes: list[str]) -> None:
    """Split merged cells, which Markdown does not have, and note it."""
    merged = [
        cell
        for cell in table.find_all(["td", "th"])
        if _span(cell) > 1 or str(cell.get("rowspan") or "1") not in ("1", "")
    ]
    if not merged:
        return
    count = "1 merged cell" if len(merged) == 1 else f"{len(merged)} merged cells"
    beginning = text_of(merged[0])[:40]
    notes.append(
        f"table with {count} (the first: {beginning!r}): Markdown has none, so the text is in the "
        "first of the cells and the others are empty"
    )
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    for number, row in enumerate(rows):
        column = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            height = min(_number(cell.get("rowspan")), len(rows) - number)
            if height > 1:
                del cell["rowspan"]
            for below in rows[number + 1 : number + height]:
                _insert_cell(below, column, _span(cell))
            column += _span(cell)


def _insert_cell(row: Tag, column: int, span: int) -> None:
    empty = BeautifulSoup("", "html.parser").new_tag("td", attrs={"colspan": str(span)})
    at = 0
    for cell in row.find_all(["td", "th"], recursive=False):
        if at >= column:
            cell.insert_before(empty)
            return
        at += _span(cell)
    row.append(empty)


def mend_lists(root: Tag) -> None:
    """Put nested lists into the items that they belong to, and take paragraphs out of short items.

    LibreOffice and old editors close a list before a nested one, and go on with another list.
    """
    for item in root.find_all("li"):
        blocks = [el for el in item.find_all(True, recursive=False) if el.name in _BLOCKS]
        if not blocks or blocks[0].name != "p" or _has_text_before(blocks[0]):
            continue
        if all(el.name in ("ul", "ol") for el in blocks[1:]):
            blocks[0].insert_before("\n")
            blocks[0].insert_after("\n")
            blocks[0].unwrap()
    for part in root.find_all(["ul", "ol"]):
        while _merge_continuation(part):
            pass
    for inner in root.find_all(["ul", "ol"]):
        outer = inner.parent
        if not isinstance(outer, Tag) or outer.name not in ("ul", "ol"):
            continue
        owner = inner.find_previous_sibling("li")
        if isinstance(owner, Tag):
            owner.append(inner.extract())
            continue
        before = outer.find_previous_sibling()
        items = before.find_all("li", recursive=False) if isinstance(before, Tag) else []
        is_alone = len(outer.find_all(True, recursive=False)) == 1
        if isinstance(before, Tag) and before.name in ("ul", "ol") and items and is_alone:
            outer.extract()
            items[-1].append(inner)
            _merge_continuation(before)


def _has_text_before(element: Tag) -> bool:
    return any(str(sibling).strip() for sibling in element.previous_siblings)


def _merge_continuation(part: Tag) -> bool:
    """Append the items of a list that stands next and counts on; return whether there is one."""
    siblings = (one for one in part.next_siblings if isinstance(one, Tag) or str(one).strip())
    rest = next(siblings, None)
    if not isinstance(rest, Tag) or rest.name != part.name or part.parent is None:
        return False
    if part.name == "ol":
        end = _number(part.get("start")) + len(part.find_all("li", recursive=False))
        if str(rest.get("start") or "") != str(end):
            return False
    for item in list(rest.children):
        part.append(item)
    rest.extract()
    return True


def join_formatting(root: Tag) -> None:
    """Join bold or other formatting that touches, as word processors write it run by run."""
    for element in root.find_all(list(_SAME_FORMAT)):
        following = element.next_sibling
        while (
            isinstance(following, Tag)
            and _SAME_FORMAT.get(following.name) == _SAME_FORMAT[element.name]
            and element.parent is not None
        ):
            for child in list(following.children):
                element.append(child.extract())
            following.extract()
            following = element.next_sibling
    root.smooth()
