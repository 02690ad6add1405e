"""Find damage to the markup of a translation that would break its page.

Many differences from the source are a translator's right: another address, emphasis elsewhere, a
link or a tag left out whole. `check` reports those. A build refuses the damage found here.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.markdown import VOID_TAGS, find_marks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.markdown import Marked

__all__ = ["Damage", "find_damage"]

_SIGNS = re.compile(r"[`<\[\]{}%]")
"""Signs of markup; if neither text has any of these, nothing can be damaged."""
# Each branch begins with a character of its own, without which a search takes five times as long.
_PARTS = re.compile(
    r"\\.|`[^`]*`|`|!\[[^\[\]]*\](?![(\[])|!\[|\[[^\[\]]*\](?![(\[])|\[|\]\([^()\s]*\)?"
    r"|\]\[[^\[\]]*\]?|\]|<[^<>]*>|<|\{[^{}]*\}|\{|\}|%\S?\S?|\$",
    re.S,
)
"""All parts of markup but emphasis; each branch ends at the sign that begins another."""
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)?(?:[^>]|(?<==)>)*?(/?)>", re.S)
_TEMPLATE = re.compile(r"(\{\{[%<{]?|\{%)[-~]?\s*(/?\s*[^\s\"'}%>|]*)")
_FREE = ("[[", "![[", "|", "]]", "{/*", "{>>", "{# ", "{#-", "%%")
"""Beginnings of placeholders that may differ: wiki links, which show their name, and comments."""
_TICKS = re.compile(r"(?<!\\)`+")
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_LABELLED = re.compile(r"(?<!\\)\[[^\[\]]*\]\[([^\[\]^]*[^\W_][^\[\]]*)\]")
_NOTE = re.compile(r"\[\^([^\[\]\s]+)\]\Z")
_STRAY = re.compile(r"\\.|([<{])", re.S)
_PLAIN_FORMS = ("yaml", "title", "attribute", "script")


class Damage(NamedTuple):
    """Reason why a translation would break its page."""

    code: str
    """Code of the finding."""
    reason: str
    """Expected and actual markup; completes "the translation is not used: it …"."""


def find_damage(
    source: str,
    target: str,
    labels: frozenset[str],
    notes: frozenset[str],
    form: str = "markdown",
    *,
    mdx: bool = False,
) -> Damage | None:
    """Return the first damage by which a translation would break its page; None if there is none.

    ``labels`` are the reference labels that the article defines, case-folded, ``notes`` those of
    its footnotes. ``form`` is that of a `Segment`: in a key of the front matter, a title, an
    attribute or a script only placeholders count. In ``mdx`` one sign that is not markup breaks the
    whole site. The time is linear.
    """
    if source == target or not (_SIGNS.search(source) or _SIGNS.search(target)):
        return None
    if _PARTS.findall(source) == _PARTS.findall(target):
        return None  # nearly always so, and many times faster than parsing
    here, there = find_marks(source, labels), find_marks(target, labels)
    found = _placeholders(here, there)
    if found or form.split(" ")[0] in _PLAIN_FORMS:
        return found
    return (
        _tags(here, there)
        or _code(here, there)
        or _links(here, there, labels)
        or _notes(here, there, notes)
        or (_script(source, here, target, there) if mdx else None)
    )


def _placeholders(here: Marked, there: Marked) -> Damage | None:
    """Compare the names of placeholders and of template tags; the rest of a tag may differ."""
    expected, found = (_counted(one, "placeholder") for one in (here, there))
    lost, more = expected - found, found - expected
    strange = [value for value in more if value.startswith(("{{", "{%"))]
    if lost:
        instead = f", found {_shown(more)}" if more else ""
        return Damage("MK105", f"lacks the placeholder {_shown(lost)}{instead}")
    if strange:
        return Damage("MK105", f"has {_shown(strange)}, which is not in the source")
    return None


def _counted(one: Marked, kind: str) -> Counter[str]:
    values = (mark.value for mark in one.marks if mark.kind == kind)
    return Counter(_name(value) for value in values if not value.startswith(_FREE))


def _name(value: str) -> str:
    tag = _TEMPLATE.match(value)
    return tag[1] + " " + "".join(tag[2].split()) if tag else value


def _tags(here: Marked, there: Marked) -> Damage | None:
    """Compare unbalanced tags, and the components of MDX."""
    (left, parts), (now, others) = _balance(here), _balance(there)
    if more := now - left:
        return Damage("MK103", f"has {_shown(more)} without its matching tag")
    if less := left - now:
        return Damage("MK103", f"lacks {_shown(less)}, whose matching tag is in another text")
    if lost := parts - others:
        return Damage("MK103", f"lacks the component {_shown(lost)}")
    if strange := others - parts:
        return Damage("MK103", f"has the component {_shown(strange)}, which is not in the source")
    return None


def _balance(one: Marked) -> tuple[Counter[str], Counter[str]]:
    """Count the tags without their other half, and the components."""
    open_tags: Counter[str] = Counter()
    left: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    for mark in one.marks:
        tag = _TAG.fullmatch(mark.value) if mark.kind == "tag" else None
        if tag is None or mark.value.startswith("<!"):
            continue
        closing, name, alone = tag[1], tag[2] or "", tag[3]
        if "." in name or (name[:1].isupper() and not name.isupper()):
            parts[f"<{closing}{name}>"] += 1
        if alone or name.lower() in VOID_TAGS:
            continue
        if not closing:
            open_tags[name.lower()] += 1
        elif open_tags[name.lower()]:
            open_tags[name.lower()] -= 1
        else:
            left[f"</{name.lower()}>"] += 1
    left.update({f"<{name}>": count for name, count in open_tags.items()})
    return +left, +parts


def _code(here: Marked, there: Marked) -> Damage | None:
    """Find code that is not closed: less code than in the source, and more stray backticks."""
    less = _kinds(here, "code") - _kinds(there, "code")
    strays = len(_TICKS.findall(there.rest)) - len(_TICKS.findall(here.rest))
    if less > 0 and strays > 0:
        codes = Counter(m.value for m in here.marks if m.kind == "code")
        lost = codes - Counter(m.value for m in there.marks if m.kind == "code")
        return Damage("MK101", f"has an unclosed '`', expected the code {_shown(lost)}")
    return None


def _links(here: Marked, there: Marked, labels: frozenset[str]) -> Damage | None:
    """Find undefined labels, and links that are lost while their brackets are left."""
    known = set(_LABELLED.findall(here.rest))
    for label in _LABELLED.findall(there.rest):
        if label not in known and " ".join(label.split()).casefold() not in labels:
            return Damage("MK102", f"has a link with the undefined label '{label}'")
    less = _kinds(here, "link", "image") - _kinds(there, "link", "image")
    strays = len(_BRACKET.findall(there.rest)) - len(_BRACKET.findall(here.rest))
    if less > 0 and strays > 0:
        at = _BRACKET.search(there.rest)
        shown = there.rest[at.start() : at.start() + 30].strip() if at else ""
        lost = _targets(here) - _targets(there)
        return Damage(
            "MK102", f"lacks the link to {_shown(lost)}, found {shown!r}, which is not a link"
        )
    return None


def _notes(here: Marked, there: Marked, notes: frozenset[str]) -> Damage | None:
    """Find marks of footnotes that are not defined."""
    known = {mark.value for mark in here.marks if mark.kind == "footnote"}
    for mark in there.marks:
        label = _NOTE.search(mark.value) if mark.kind == "footnote" else None
        if label and mark.value not in known and label[1].casefold() not in notes:
            return Damage("MK104", f"refers to the undefined footnote {mark.value}")
    return None


def _script(source: str, here: Marked, target: str, there: Marked) -> Damage | None:
    """Find signs that MDX would take for a tag or an expression, so that it compiles no page."""
    known, found = _script_signs(here, source), _script_signs(there, target)
    more = [sign for sign in found - known if sign not in known or len(sign) == 1]
    if not more:
        return None
    first = min(more)
    code, what = ("MK103", "a tag") if first.startswith("<") else ("MK105", "an expression")
    reason = f"has '{first}', which is not in the source and which MDX reads as {what}"
    return Damage(code, f"{reason} (put a backslash before it)")


def _script_signs(one: Marked, text: str) -> Counter[str]:
    """Count the signs that are harmless in other dialects, but code to MDX."""
    found = Counter(sign for sign in _STRAY.findall(one.rest) if sign)
    for mark in one.marks:
        tag = _TAG.fullmatch(mark.value) if mark.kind == "tag" else None
        address = mark.kind == "address" and text[mark.start] == "<"
        expression = mark.kind == "placeholder" and mark.value.startswith(("{", "${"))
        before = text[max(0, mark.start - 1) : mark.start]
        escaped = before == "\\" or mark.value.startswith("{/*")
        if address or (expression and not escaped):
            found[text[mark.start : mark.end]] += 1
        elif tag and (tag[2] or "").lower() in VOID_TAGS and not tag[3]:
            found[mark.value] += 1
    return found


def _targets(one: Marked) -> Counter[str]:
    return Counter(m.value.removeprefix("ref:") for m in one.marks if m.kind in ("link", "image"))


def _kinds(one: Marked, *kinds: str) -> int:
    return sum(mark.kind in kinds for mark in one.marks)


def _shown(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))
