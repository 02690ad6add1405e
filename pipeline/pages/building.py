"""Build of an article in another language, with the skeleton of its source."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.article import (
    CELL,
    Damage,
    block_starts,
    describe_difference,
    find_damage,
    language_edits,
    render_targets,
    skeleton_of,
    splice,
    with_language,
    with_plain_marks,
)
from pipeline.findings import Finding, Place, Severity
from pipeline.language import language_tag
from pipeline.markdown import with_own_values
from pipeline.model import State
from pipeline.pages.heading_ids import keep_heading_ids
from pipeline.pages.leaving_out import leave_out
from pipeline.pages.planning import PlannedText, Standing, choose_text, source_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipeline.model import Article, Catalog, Segment

__all__ = ["Assembled", "Built", "assemble", "build"]

_FOOTNOTE = re.compile(rb"\[\^([^\[\]\s]+)\]:")
# MDX reads a line that begins with one of these words as JavaScript.
_MODULE_STATEMENT = re.compile(r"(?:import|export)(?=[ {*])")
_CONTEXT_BYTES = 200
"""Bytes of a line that are parsed on either side of a text; more would not be linear."""


class Built(NamedTuple):
    """Built article."""

    data: bytes
    findings: tuple[Finding, ...]
    """One finding for each segment that fell back to the source text."""
    states: tuple[State, ...]
    """State of the text at each segment of the article; EMPTY for a source text in another language
    than the page's."""


class Assembled(NamedTuple):
    """Page of an article with planned words."""

    article: Article
    """Article without the blocks that the page leaves out; its segments are those of the page."""
    data: bytes
    findings: tuple[Finding, ...]
    """One finding for each segment that fell back to the source text."""
    texts: tuple[PlannedText, ...]
    """Words at each segment of the page, as they stand there in the end."""


_STATES = {
    Standing.REVIEWED: State.REVIEWED,
    Standing.DRAFT: State.DRAFT,
    Standing.ORIGINAL: State.ORIGINAL,
}


def build(
    article: Article,
    catalog: Catalog,
    po_path: str = "",
    *,
    drafts: bool = False,
    language: tuple[str, str] = ("", ""),
    mark: Callable[[Segment, str, State], str] = lambda segment, text, state: text,
    heading_ids: str = "none",
    mdx: bool = False,
) -> Built:
    """Replace the segments of an article by the translations of a catalogue.

    Without ``drafts`` only reviewed translations are used. ``mark`` may wrap a text, by its state
    (EMPTY for a source text); ``po_path`` is the path of the PO file for messages. A translation
    that changes the skeleton or damages markup is replaced by the source text and reported in a
    finding with the reason. ``language`` (old and new) is changed in the front matter if any text
    is replaced; values that the locale has of its own replace the source's. ``heading_ids`` is
    the way in which headings keep the ids that links lead to
    (`keep_heading_ids`); ``mdx`` is true if the page is read as MDX.
    """
    units = {unit.key: unit for unit in catalog.units}
    texts = [
        choose_text(s, units.get((s.context, s.text)), language, drafts=drafts)
        for s in article.segments
    ]
    page = assemble(
        article,
        texts,
        po_path,
        language=language,
        mark=lambda segment, text: mark(
            segment, text.words, _STATES.get(text.standing, State.EMPTY)
        ),
        heading_ids=heading_ids,
        own_values=catalog.own_values,
        mdx=mdx,
    )
    states = tuple(_STATES.get(text.standing, State.EMPTY) for text in page.texts)
    return Built(page.data, page.findings, states)


def assemble(
    article: Article,
    planned: Sequence[PlannedText],
    po_path: str = "",
    *,
    language: tuple[str, str] = ("", ""),
    mark: Callable[[Segment, PlannedText], str] = lambda segment, text: text.words,
    heading_ids: str = "none",
    own_values: tuple[tuple[str, str], ...] = (),
    mdx: bool = False,
) -> Assembled:
    """Replace the segments of an article by planned words, and leave out what waits.

    ``planned`` has the words of each segment. Where nothing should stand but the page needs a text,
    the source's words do. The other parameters are those of `build`; ``own_values`` are values of
    the front matter that replace the source's.
    """
    article, kept = leave_out(article, [_is_waiting(text) for text in planned])
    source = article.data
    article = with_plain_marks(article)
    notes = frozenset(n.decode().casefold() for n in _FOOTNOTE.findall(article.data))
    targets: dict[int, str] = {}
    refused: dict[int, tuple[PlannedText, Damage]] = {}
    texts: list[PlannedText] = []
    for index, (segment, at) in enumerate(zip(article.segments, kept, strict=True)):
        text = planned[at]
        in_source = source_text(segment, language)
        if text.standing.is_absent:
            text = in_source
        original = text.source or segment.text
        damage = find_damage(original, text.words, article.labels, notes, segment.form, mdx=mdx)
        damage = damage or (_find_module_code(article, segment, text.words) if mdx else None)
        if damage:
            refused[index], text = (text, damage), in_source
        marked = mark(segment, text)
        if marked != segment.text:
            targets[index] = marked
        texts.append(text)
    rendered = render_targets(article, targets)
    for index in _find_broken(article, rendered):
        damage = _describe_change(article, index, rendered.pop(index))
        segment = article.segments[index]
        refused[index] = texts[index], damage
        texts[index] = source_text(segment, language)
    findings = [
        _fallback_finding(article.segments[index], text, po_path, damage)
        for index, (text, damage) in sorted(refused.items())
    ]
    data = source
    if rendered:
        # Only here, because a build that changes no text has the bytes of its source.
        translated = {n for n in rendered if texts[n].standing.is_translation}
        tags = language_edits(article, translated, language_tag(language[1]))
        data = with_language(splice(article, rendered, others=tags), *language)
        data = keep_heading_ids(article.data, data, heading_ids)
    data = with_own_values(data, own_values)
    return Assembled(article, data, tuple(findings), tuple(texts))


def _is_waiting(text: PlannedText) -> bool | None:
    """Return whether a text is left out; None if it goes with those around it."""
    return None if text.standing is Standing.NAMES else text.standing.is_absent


def _find_module_code(article: Article, segment: Segment, text: str) -> Damage | None:
    """Return the damage if a text at the beginning of a line is a module's code for MDX."""
    begins_line = article.data[max(0, segment.start - 1) : segment.start] in (b"", b"\n", b"\r")
    match = _MODULE_STATEMENT.match(text) if begins_line and segment.form == "markdown" else None
    if not match or text == segment.text:
        return None
    reason = f"begins with '{match[0]}', which MDX reads as code (begin with another word)"
    return Damage("MK105", reason)


def _find_broken(article: Article, rendered: Mapping[int, bytes]) -> set[int]:
    """Return the indexes of the texts that change the skeleton.

    Most are found alone, in their own line. For the others each block is tried on its own, so that
    many broken texts do not each cost a reading of the whole article; texts that only break the
    whole are searched for there.
    """
    if not rendered:
        return set()
    skeleton = skeleton_of(article.data)
    if skeleton_of(splice(article, rendered)) == skeleton:
        return set()
    broken = {index for index, text in rendered.items() if _breaks_alone(article, index, text)}
    remaining = _without(rendered, broken)
    if broken and skeleton_of(splice(article, remaining)) == skeleton:
        return broken
    bounds = [0, *block_starts(article.data), len(article.data)]
    indexes = iter(sorted(remaining))
    index = next(indexes, None)
    for start, end in pairwise(bounds):
        part = {}
        while index is not None and article.segments[index].start < end:
            part[index] = remaining[index]
            index = next(indexes, None)
        broken |= _bisect(article, part, start, end)
    remaining_texts = _without(rendered, broken)
    if skeleton_of(splice(article, remaining_texts)) != skeleton:
        broken |= _bisect(article, remaining_texts, 0, len(article.data))
    return broken


def _breaks_alone(article: Article, index: int, text: bytes) -> bool:
    if article.segments[index].form.endswith(CELL):  # its line is a table only with the others
        return False
    before, after = _isolate_line(article, index, text)
    return skeleton_of(before) != skeleton_of(after)


def _isolate_line(article: Article, index: int, text: bytes) -> tuple[bytes, bytes]:
    """Return the line of a segment before and after the replacement, without its surroundings."""
    segment, data = article.segments[index], article.data
    # Front matter is no Markdown, and its values are quoted where they need it.
    if segment.form == "yaml":
        return b"", b""
    earliest = max(0, segment.start - _CONTEXT_BYTES)
    line = max(data.rfind(sign, earliest, segment.start) for sign in (b"\n", b"\r")) + 1
    head = data[line : segment.start].lstrip(b" \t") if line or not earliest else b""
    tail = re.match(rb"[^\r\n]*", data[segment.end : segment.end + _CONTEXT_BYTES])
    rest = tail[0] if tail and len(tail[0]) < _CONTEXT_BYTES else b""
    if segment.kind == "HTML text":  # a line alone does not show that it is raw HTML
        head = b"<p>" + head
    # A line end in front keeps a rule from being the mark of front matter.
    source = data[segment.start : segment.end]
    return b"\n" + head + source + rest, b"\n" + head + text + rest


def _bisect(article: Article, part: Mapping[int, bytes], start: int, end: int) -> set[int]:
    """Return the indexes of the texts that change the skeleton of a part, by bisection."""
    skeleton = skeleton_of(article.data[start:end])
    if not part or skeleton_of(splice(article, part, start, end)) == skeleton:
        return set()
    if len(part) == 1:
        return set(part)
    indexes = sorted(part)
    half = len(indexes) // 2
    broken: set[int] = set()
    for half_indexes in (indexes[:half], indexes[half:]):
        broken |= _bisect(article, {index: part[index] for index in half_indexes}, start, end)
    if not broken or skeleton_of(splice(article, _without(part, broken), start, end)) != skeleton:
        return _find_broken_together(article, part, start, end)
    return broken


def _find_broken_together(
    article: Article, part: Mapping[int, bytes], start: int, end: int
) -> set[int]:
    """Return the texts that break a part only beside others, by adding one after the other."""
    skeleton = skeleton_of(article.data[start:end])
    harmless: dict[int, bytes] = {}
    for index in sorted(part):
        harmless[index] = part[index]
        if skeleton_of(splice(article, harmless, start, end)) != skeleton:
            del harmless[index]
    return set(part) - set(harmless)


def _without(rendered: Mapping[int, bytes], broken: set[int]) -> dict[int, bytes]:
    return {index: text for index, text in rendered.items() if index not in broken}


def _describe_change(article: Article, index: int, text: bytes) -> Damage:
    """Return the damage of a text that changes the structure of the page."""
    before, after = _isolate_line(article, index, text)
    expected, actual = describe_difference(skeleton_of(before), skeleton_of(after))
    difference = (
        f"expected {expected}, found {actual}" if actual else "together with other translations"
    )
    return Damage("MK109", f"changes the structure of the page ({difference})")


_ADVICE = {"MK109": "; put a backslash before the character that starts a heading, list or table"}


def _fallback_finding(segment: Segment, text: PlannedText, po_path: str, damage: Damage) -> Finding:
    beginning = text.words.strip()[:30]
    return Finding(
        damage.code,
        Severity.ERROR,
        f"translation {beginning!r} not used: it {damage.reason}; the source text is shown instead"
        + _ADVICE.get(damage.code, ""),
        segment.context,
        segment.text,
        None,
        Place(po_path, text.line) if text.line else None,
    )
