"""Take the footnotes out of HTML, whoever wrote it: two links show which text is one."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import Tag

from pipeline.importers.document import Block
from pipeline.importers.html_markdown import convert_blocks, text_of

__all__ = ["lift_footnotes"]

_LINE = re.compile(r"\n(?=[^\n])")
_LONGEST_LABEL = 6
_MOST_STEPS = 4
"""Elements between the target of a link and the whole footnote."""


def lift_footnotes(root: Tag) -> list[Block]:
    """Take the footnotes out of a tree; return them, and leave marks where the text has them.

    A footnote is known by two links: one from the text to it, and one back.
    """
    targets = {str(el["id"]): el for el in root.find_all(id=True)}
    targets |= {str(el["name"]): el for el in root.find_all("a", attrs={"name": True})}
    links = [a for a in root.find_all("a", href=True) if str(a["href"]).startswith("#")]
    order = {id(el): number for number, el in enumerate(root.descendants)}
    notes: list[Block] = []
    names: dict[int, str] = {}
    removed: list[Tag] = []
    for link in links:
        target = targets.get(str(link["href"])[1:])
        if target is None or target is link or order[id(target)] < order[id(link)]:
            continue
        holder = _note_holder(target, link)
        if holder is None or any(one is link for one in holder.descendants):
            continue
        label = link.get_text(strip=True).strip("[]()")
        if len(label) > _LONGEST_LABEL:
            continue
        name = names.get(id(holder))
        if name is None:
            name = names[id(holder)] = str(len(names) + 1)
            removed.append(holder)
        mark = BeautifulSoup("", "html.parser").new_tag("footnote-mark", attrs={"name": name})
        outer = link
        while (
            isinstance(outer.parent, Tag)
            and outer.parent.name in ("sup", "span", "small")
            and outer.parent.get_text(strip=True).strip("[]()") == label
        ):
            outer = outer.parent
        outer.replace_with(mark)
    for holder in removed:
        _strip_back_links(holder)
        notes.append(_footnote(holder, names[id(holder)]))
        _remove_with_empty_parents(holder, root)
    return notes


def _note_holder(target: Tag, link: Tag) -> Tag | None:
    """Return the element of a footnote, if a link in it leads back to the reference."""
    own = {str(link.get("id") or ""), str(link.get("name") or "")}
    own |= {str(parent.get("id") or "") for parent in list(link.parents)[:3]}
    own |= {str(el["id"]) for el in link.find_all(id=True)}
    own.discard("")
    holder: Tag | None = target
    for _ in range(_MOST_STEPS):
        if holder is None or holder.name in ("body", "html", "[document]"):
            return None
        backs = [str(a["href"])[1:] for a in holder.find_all("a", href=True)]
        if holder.name == "a" and holder.get("href"):
            backs.append(str(holder["href"])[1:])
        if own.intersection(backs):
            while holder.name in ("a", "sup", "span", "dt") and holder.parent is not None:
                holder = holder.parent
            return holder
        holder = holder.parent
    return None


def _strip_back_links(holder: Tag) -> None:
    for link in holder.find_all("a", href=True):
        is_local = str(link["href"]).startswith("#")
        text = link.get_text(strip=True).strip("[]().")
        if is_local and (len(text) <= _LONGEST_LABEL and not re.search(r"[^\W\d_]{3,}", text)):
            outer, parent = link, link.parent
            while (
                parent is not None
                and parent is not holder
                and parent.name in ("sup", "span")
                and parent.get_text(strip=True) == link.get_text(strip=True)
            ):
                outer, parent = parent, parent.parent
            outer.extract()
    # The label of docutils: <span class="label">[1]</span>
    for label in holder.find_all(class_="label"):
        if re.fullmatch(r"[\[\]\d\s]*", label.get_text()):
            label.extract()


def _footnote(holder: Tag, name: str) -> Block:
    plain = text_of(holder)
    blocks = list(convert_blocks(holder, []))
    text = "\n\n".join(block.text for block in blocks)
    text = _LINE.sub("\n    ", text)
    return Block("footnote", f"[^{name}]: {text}", plain)


def _remove_with_empty_parents(element: Tag, root: Tag) -> None:
    parent = element.parent
    element.extract()
    while parent is not None and parent is not root:
        if parent.get_text(strip=True) or parent.find("img") is not None:
            return
        above = parent.parent
        parent.extract()
        parent = above
