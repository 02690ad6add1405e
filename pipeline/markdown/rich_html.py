"""Rendering of Markdown that plain CommonMark lacks: containers, attributes, footnotes and others.

Its libraries, markdown-it-py and plugins, are slower than pyromark.
"""

from __future__ import annotations

import html
import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from pipeline.markdown.rich_boxes import Label, is_container, make_boxes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

__all__ = ["is_rich", "rich_html"]


_RICH = re.compile(
    r"^[ \t>]*(?::::|!!!|\?\?\?|\[!|(?:```+|~~~+)[ \t]*\{|\[\[?_?(?:TOC|toc)_?\]?\][ \t]*$)"
    r"|^[ \t>]*\{:?[ \t]?[\w#.-][^{}\n]*\}[ \t]*$|[\])`]\{:?[ \t]?[\w#.-][^{}\n]*\}"
    r"|^[ \t>]{0,8}:[ \t]+\S|\[\^|\w~[^\s~]+~|\^[^\s^\[\]]+\^"
    # A table below a line of text whose rows have no outer bars.
    r"|^[ \t>]*:?-+:?[ \t]*\|",
    re.M,
)
"""Signs of what pyromark does not render as it was meant."""
_SUBSCRIPT = re.compile(r"\w~[^\s~]+~")
_DEEPEST = 100
"""Most blocks in each other; the parser leaves out what is nested more deeply."""


def is_rich(body: str) -> bool:
    """Return whether a body may have anything that plain rendering would print as it stands."""
    return _RICH.search(body) is not None


def rich_html(body: str, labels: Mapping[str, Label]) -> str:
    """Return Markdown as HTML; raw HTML passes through, so the result must be sanitised.

    ``labels`` has the words for ``note``, ``tip``, ``important`` and ``warning`` where an author
    gives a box no title, and ``text``, the name of the link from a footnote back to its text.
    """
    parser = _parser(has_subscripts=_SUBSCRIPT.search(body) is not None)
    return str(parser.render(body, {"labels": labels}))


@cache
def _parser(*, has_subscripts: bool) -> MarkdownIt:
    # Here, as most pages need none of it.
    from markdown_it import MarkdownIt
    from mdit_py_plugins.admon import admon_plugin
    from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.superscript import superscript_plugin

    # A single tilde is GitHub's sign of deleted text, and Pandoc's of a subscript.
    options = {
        "html": True,
        "maxNesting": _DEEPEST,
        "tasklists": True,
        "strikethrough_single_tilde": not has_subscripts,
    }
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin).use(admon_plugin).use(superscript_plugin)
    parser.use(attrs_plugin, spans=True).use(attrs_block_plugin)
    if has_subscripts:
        parser.use(sub_plugin)
    for marker, name in _CONTAINERS.items():
        parser.use(container_plugin, name, marker, partial(is_container, marker), _render_box)
    parser.core.ruler.after("block", "boxes", make_boxes)
    parser.core.ruler.before("footnote_tail", "unused_notes", _keep_unused_notes)
    parser.core.ruler.push("contents", _fill_contents)
    parser.add_render_rule("footnote_anchor", _render_way_back)
    parser.add_render_rule("footnote_ref", _render_reference)
    parser.add_render_rule("footnote_block_open", _render_notes)
    parser.add_render_rule("footnote_block_close", _render_end_of_notes)
    return parser


_CONTAINERS = {":": "colons", "`": "ticks", "~": "tildes"}
"""Name of the plugin's rule for each mark of a container."""


def _keep_unused_notes(state: StateCore) -> None:
    """List the footnotes that no text refers to, too; the plugin would leave them out."""
    notes = state.env.get("footnotes")
    if not notes:
        return
    for label, number in notes["refs"].items():
        if number < 0:
            notes["refs"][label] = len(notes["list"])
            notes["list"][len(notes["list"])] = {"label": label[1:], "count": 0}


def _fill_contents(state: StateCore) -> None:
    """Replace the mark of a table of contents by links to the headings."""
    if any(token.type == "contents" for token in state.tokens):
        links = _contents(state)
        for at, token in enumerate(state.tokens):
            if token.type == "contents":
                state.tokens[at - 1].hidden = state.tokens[at + 1].hidden = True
                token.type, token.content = "html_block", links


def _contents(state: StateCore) -> str:
    """Return a nested list of links to the headings below the first level that have ids."""
    parts: list[str] = []
    levels: list[int] = []
    for heading, text in zip(state.tokens, state.tokens[1:], strict=False):
        level = int(heading.tag[1]) if heading.type == "heading_open" else 0
        name = heading.attrs.get("id", "")
        if level < 2 or not name:
            continue
        while levels and levels[-1] > level:
            levels.pop()
            parts.append("</li></ul>")
        if levels and levels[-1] == level:
            parts.append("</li>")
        else:
            levels.append(level)
            parts.append("<ul>")
        words = "".join(_plain(text.children or ()))
        parts.append(f'<li><a href="#{html.escape(str(name))}">{words}</a>')
    return "".join(parts) + "</li></ul>" * len(levels) + "\n"


def _plain(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the words of a heading, with the tags that say their language."""
    for token in tokens:
        if token.type == "html_inline" and re.match(r"</?(?:span|bdi)\b", token.content):
            yield token.content
        elif token.type in ("text", "code_inline"):
            yield html.escape(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            yield " "


def _render_box(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return str(renderer.renderToken(tokens, at, options, env))


def _render_way_back(_: Any, tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    """Return the link from a footnote to the text; none where no text refers to it."""
    meta = tokens[at].meta
    if not env["footnotes"]["list"][meta["id"]].get("count", 1):
        return ""
    number = _number(meta)
    label = env["labels"].get("text", Label(""))
    attributes = "".join(f' {name}="{html.escape(v)}"' for name, v in label.attributes)
    return (
        f' <a href="#fnref{number}" class="footnote-backref" '
        f'aria-label="{html.escape(label.text)} {number}"{attributes}>\u21a9\ufe0e</a>'
    )


def _render_reference(_: Any, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    meta = tokens[at].meta
    note = meta["id"] + 1
    link = f'<a href="#fn{note}" id="fnref{_number(meta)}">{note}</a>'
    return f'<sup class="footnote-ref">{link}</sup>'


def _render_notes(_: Any, _tokens: Any, _at: int, _options: Any, _env: Any) -> str:
    return '<div class="footnotes">\n<ol class="footnotes-list">\n'


def _render_end_of_notes(_: Any, _tokens: Any, _at: int, _options: Any, _env: Any) -> str:
    return "</ol>\n</div>\n"


def _number(meta: Mapping[str, Any]) -> str:
    part = f"-{meta['subId']}" if meta.get("subId", -1) > 0 else ""
    return f"{meta['id'] + 1}{part}"
