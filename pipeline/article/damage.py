"""Find damage to the markup of a translation that would break its page.

Many differences from the source are a translator's right: another address, emphasis elsewhere, a
link or a tag left out whole. `check` reports those. A build refuses the damage found here.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.markdown import VOID_TAGS, find_marks, text_attributes
from pipeline.ranges import replace_ranges

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
    source_marks, target_marks = find_marks(source, labels), find_marks(target, labels)
    damage = _compare_placeholders(source_marks, target_marks)
    if damage or form.split(" ")[0] in _PLAIN_FORMS:
        return damage
    return (
        _compare_tags(source_marks, target_marks)
        or _compare_code(source_marks, target_marks)
        or _compare_links(source_marks, target_marks, labels)
        or _compare_footnotes(source_marks, target_marks, notes)
        or (_compare_script(source, source_marks, target, target_marks) if mdx else None)
    )


def _compare_placeholders(source: Marked, target: Marked) -> Damage | None:
    """Compare the names of placeholders and of template tags; the rest of a tag may differ."""
    expected, actual = (_count_values(one, "placeholder") for one in (source, target))
    missing, extra = expected - actual, actual - expected
    # A generator runs template tags; other additional placeholders break no page.
    extra_tags = [value for value in extra if value.startswith(("{{", "{%"))]
    if missing:
        instead = f", found {_join_quoted(extra)}" if extra else ""
        return Damage("MK105", f"lacks the placeholder {_join_quoted(missing)}{instead}")
    if extra_tags:
        return Damage("MK105", f"has {_join_quoted(extra_tags)}, which is not in the source")
    return None


def _count_values(marked: Marked, kind: str) -> Counter[str]:
    values = (mark.value for mark in marked.marks if mark.kind == kind)
    return Counter(_tag_name(value) for value in values if not value.startswith(_FREE))


def _tag_name(value: str) -> str:
    tag = _TEMPLATE.match(value)
    if not tag and value.startswith("{"):
        return _without_read_values(value)
    return tag[1] + " " + "".join(tag[2].split()) if tag else value


def _without_read_values(attributes: str) -> str:
    """Return attributes of Markdown without the values that people read."""
    spans = text_attributes(attributes, 0, len(attributes))
    return replace_ranges(attributes, ((start, end, "") for start, end in spans))


def _compare_tags(source: Marked, target: Marked) -> Damage | None:
    """Compare unbalanced tags, and the components of MDX."""
    source_tags, source_components = _count_tags(source)
    target_tags, target_components = _count_tags(target)
    if extra := target_tags - source_tags:
        return Damage("MK103", f"has {_join_quoted(extra)} without its matching tag")
    if missing := source_tags - target_tags:
        return Damage(
            "MK103", f"lacks {_join_quoted(missing)}, whose matching tag is in another text"
        )
    if missing_components := source_components - target_components:
        return Damage("MK103", f"lacks the component {_join_quoted(missing_components)}")
    if extra_components := target_components - source_components:
        return Damage(
            "MK103",
            f"has the component {_join_quoted(extra_components)}, which is not in the source",
        )
    return None


def _count_tags(marked: Marked) -> tuple[Counter[str], Counter[str]]:
    """Count the tags without their other half, and the components."""
    open_tags: Counter[str] = Counter()
    unmatched: Counter[str] = Counter()
    components: Counter[str] = Counter()
    for mark in marked.marks:
        tag = _TAG.fullmatch(mark.value) if mark.kind == "tag" else None
        if tag is None or mark.value.startswith("<!"):
            continue
        closing, name, alone = tag[1], tag[2] or "", tag[3]
        # Components of JSX have a dot or a capital in their name; HTML in capitals is HTML.
        if "." in name or (name[:1].isupper() and not name.isupper()):
            components[f"<{closing}{name}>"] += 1
        if alone or name.lower() in VOID_TAGS:
            continue
        if not closing:
            open_tags[name.lower()] += 1
        elif open_tags[name.lower()]:
            open_tags[name.lower()] -= 1
        else:
            unmatched[f"</{name.lower()}>"] += 1
    unmatched.update({f"<{name}>": count for name, count in open_tags.items()})
    return +unmatched, +components


def _compare_code(source: Marked, target: Marked) -> Damage | None:
    """Find code that is not closed: less code than in the source, and more stray backticks."""
    missing_count = _count_kinds(source, "code") - _count_kinds(target, "code")
    stray_count = len(_TICKS.findall(target.rest)) - len(_TICKS.findall(source.rest))
    if missing_count > 0 and stray_count > 0:
        # Code that is left out is a translator's right, but not together with a stray backtick.
        codes = Counter(m.value for m in source.marks if m.kind == "code")
        missing = codes - Counter(m.value for m in target.marks if m.kind == "code")
        return Damage("MK101", f"has an unclosed '`', expected the code {_join_quoted(missing)}")
    return None


def _compare_links(source: Marked, target: Marked, labels: frozenset[str]) -> Damage | None:
    """Find undefined labels, and links that are lost while their brackets are left."""
    source_labels = set(_LABELLED.findall(source.rest))
    for label in _LABELLED.findall(target.rest):
        if label not in source_labels and " ".join(label.split()).casefold() not in labels:
            return Damage("MK102", f"has a link with the undefined label '{label}'")
    missing_count = _count_kinds(source, "link", "image") - _count_kinds(target, "link", "image")
    stray_count = len(_BRACKET.findall(target.rest)) - len(_BRACKET.findall(source.rest))
    if missing_count > 0 and stray_count > 0:
        at = _BRACKET.search(target.rest)
        excerpt = target.rest[at.start() : at.start() + 30].strip() if at else ""
        missing = _count_links(source) - _count_links(target)
        return Damage(
            "MK102",
            f"lacks the link to {_join_quoted(missing)}, found {excerpt!r}, which is not a link",
        )
    return None


def _compare_footnotes(source: Marked, target: Marked, notes: frozenset[str]) -> Damage | None:
    """Find marks of footnotes that are not defined."""
    source_marks = {mark.value for mark in source.marks if mark.kind == "footnote"}
    for mark in target.marks:
        label = _NOTE.search(mark.value) if mark.kind == "footnote" else None
        if label and mark.value not in source_marks and label[1].casefold() not in notes:
            return Damage("MK104", f"refers to the undefined footnote {mark.value}")
    return None


def _compare_script(
    source: str, source_marks: Marked, target: str, target_marks: Marked
) -> Damage | None:
    """Find signs that MDX would take for a tag or an expression, so that it compiles no page."""
    expected = _count_script_signs(source_marks, source)
    actual = _count_script_signs(target_marks, target)
    extra = [sign for sign in actual - expected if sign not in expected or len(sign) == 1]
    if not extra:
        return None
    first = min(extra)
    code, meaning = ("MK103", "a tag") if first.startswith("<") else ("MK105", "an expression")
    reason = f"has '{first}', which is not in the source and which MDX reads as {meaning}"
    return Damage(code, f"{reason} (put a backslash before it)")


def _count_script_signs(marked: Marked, text: str) -> Counter[str]:
    """Count the signs that are harmless in other dialects, but code to MDX."""
    counts = Counter(sign for sign in _STRAY.findall(marked.rest) if sign)
    for mark in marked.marks:
        tag = _TAG.fullmatch(mark.value) if mark.kind == "tag" else None
        # MDX knows no address in angle brackets: it would read a tag.
        address = mark.kind == "address" and text[mark.start] == "<"
        expression = mark.kind == "placeholder" and mark.value.startswith(("{", "${"))
        before = text[max(0, mark.start - 1) : mark.start]
        escaped = before == "\\" or mark.value.startswith("{/*")
        if address or (expression and not escaped):
            counts[text[mark.start : mark.end]] += 1
        # HTML needs no slash in a tag such as <br>; to MDX it is a tag that is not closed.
        elif tag and (tag[2] or "").lower() in VOID_TAGS and not tag[3]:
            counts[mark.value] += 1
    return counts


def _count_links(marked: Marked) -> Counter[str]:
    return Counter(
        m.value.removeprefix("ref:") for m in marked.marks if m.kind in ("link", "image")
    )


def _count_kinds(marked: Marked, *kinds: str) -> int:
    return sum(mark.kind in kinds for mark in marked.marks)


def _join_quoted(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))
