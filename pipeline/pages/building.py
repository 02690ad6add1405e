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
    render_targets,
    skeleton_of,
    splice,
    with_language,
)
from pipeline.findings import Finding, Place, Severity
from pipeline.model import State
from pipeline.pages.heading_ids import pinned

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.model import Article, Catalog, Segment, Unit

__all__ = ["Built", "build"]

_NOTE = re.compile(rb"\[\^([^\[\]\s]+)\]:")
_MODULE = re.compile(r"(?:import|export)(?=[ {*])")
_AROUND = 200
"""Bytes of a line that are parsed on either side of a text; more would not be linear."""


class Built(NamedTuple):
    """Built article."""

    data: bytes
    findings: tuple[Finding, ...]
    """One finding for each segment that fell back to the source text."""
    states: tuple[State, ...]
    """State of the text at each segment of the article; EMPTY for a source text."""


def build(
    article: Article,
    catalog: Catalog,
    shown: str = "",
    *,
    drafts: bool = False,
    language: tuple[str, str] = ("", ""),
    mark: Callable[[Segment, str, State], str] = lambda segment, text, state: text,
    heading_ids: str = "none",
    mdx: bool = False,
) -> Built:
    """Replace the segments of an article by the translations of a catalogue.

    Without ``drafts`` only reviewed translations are used. ``mark`` may wrap a text, by its state
    (EMPTY for a source text); ``shown`` is the path of the PO file for messages. A translation that
    changes the skeleton or damages markup is replaced by the source text and reported in a finding
    with the reason. ``language`` (old and new) is changed in the front matter if any text is
    replaced. ``heading_ids`` is the way in which headings keep the ids that links lead to
    (`heading_ids.pinned`); ``mdx`` is true if the page is read as MDX.
    """
    units = {unit.key: unit for unit in catalog.units}
    notes = frozenset(n.decode().casefold() for n in _NOTE.findall(article.data))
    targets: dict[int, str] = {}
    reasons: dict[int, Damage] = {}
    states: list[State] = []
    for index, segment in enumerate(article.segments):
        unit = units.get((segment.context, segment.text))
        state = _usable(unit, drafts=drafts)
        text = unit.target if unit and state is not State.EMPTY else segment.text
        harm = find_damage(segment.text, text, article.labels, notes, segment.form, mdx=mdx)
        harm = harm or (_as_module(article, segment, text) if mdx else None)
        if harm:
            reasons[index], state, text = harm, State.EMPTY, segment.text
        marked = mark(segment, text, state)
        if marked != segment.text:
            targets[index] = marked
        states.append(state)
    rendered = render_targets(article, targets)
    broken = _broken(article, rendered)
    for index in broken:
        reasons[index] = _changed(article, index, rendered.pop(index))
        states[index] = State.EMPTY
    findings = [
        _fallen(article.segments[index], units, shown, harm)
        for index, harm in sorted(reasons.items())
    ]
    data = splice(article, rendered)
    if rendered:
        data = pinned(article.data, with_language(data, *language), heading_ids)
    return Built(data, tuple(findings), tuple(states))


def _as_module(article: Article, segment: Segment, text: str) -> Damage | None:
    """Return the damage if a text at the beginning of a line is a module's code for MDX."""
    begins = article.data[max(0, segment.start - 1) : segment.start] in (b"", b"\n", b"\r")
    found = _MODULE.match(text) if begins and segment.form == "markdown" else None
    if not found or text == segment.text:
        return None
    reason = f"begins with '{found[0]}', which MDX reads as code (begin with another word)"
    return Damage("MK105", reason)


def _usable(unit: Unit | None, *, drafts: bool) -> State:
    if unit is None or not unit.target or (unit.state is State.DRAFT and not drafts):
        return State.EMPTY
    return unit.state


def _broken(article: Article, rendered: Mapping[int, bytes]) -> set[int]:
    """Return the indexes of the texts that change the skeleton.

    Most are found alone, in their own line. For the others each block is tried on its own, so that
    many broken texts do not each cost a reading of the whole article; texts that only break the
    whole are searched for there.
    """
    if not rendered:
        return set()
    bones = skeleton_of(article.data)
    if skeleton_of(splice(article, rendered)) == bones:
        return set()
    broken = {index for index, text in rendered.items() if _breaks_alone(article, index, text)}
    left = _without(rendered, broken)
    if broken and skeleton_of(splice(article, left)) == bones:
        return broken
    cuts = [0, *block_starts(article.data), len(article.data)]
    indexes = iter(sorted(left))
    index = next(indexes, None)
    for start, end in pairwise(cuts):
        part = {}
        while index is not None and article.segments[index].start < end:
            part[index] = left[index]
            index = next(indexes, None)
        broken |= _halved(article, part, start, end)
    rest = _without(rendered, broken)
    if skeleton_of(splice(article, rest)) != bones:
        broken |= _halved(article, rest, 0, len(article.data))
    return broken


def _breaks_alone(article: Article, index: int, text: bytes) -> bool:
    if article.segments[index].form.endswith(CELL):  # its line is a table only with the others
        return False
    before, after = _alone(article, index, text)
    return skeleton_of(before) != skeleton_of(after)


def _alone(article: Article, index: int, text: bytes) -> tuple[bytes, bytes]:
    """Return the line of a segment before and after the replacement, without its surroundings."""
    segment, data = article.segments[index], article.data
    if segment.form == "yaml":
        return b"", b""
    near = max(0, segment.start - _AROUND)
    line = max(data.rfind(sign, near, segment.start) for sign in (b"\n", b"\r")) + 1
    head = data[line : segment.start].lstrip(b" \t") if line or not near else b""
    tail = re.match(rb"[^\r\n]*", data[segment.end : segment.end + _AROUND])
    behind = tail[0] if tail and len(tail[0]) < _AROUND else b""
    if segment.kind == "HTML text":  # a line alone does not show that it is raw HTML
        head = b"<p>" + head
    # A line end in front keeps a rule from being the mark of front matter.
    source = data[segment.start : segment.end]
    return b"\n" + head + source + behind, b"\n" + head + text + behind


def _halved(article: Article, part: Mapping[int, bytes], start: int, end: int) -> set[int]:
    """Return the indexes of the texts that change the skeleton of a part, by bisection."""
    bones = skeleton_of(article.data[start:end])
    if not part or skeleton_of(splice(article, part, start, end)) == bones:
        return set()
    if len(part) == 1:
        return set(part)
    indexes = sorted(part)
    half = len(indexes) // 2
    found: set[int] = set()
    for some in (indexes[:half], indexes[half:]):
        found |= _halved(article, {index: part[index] for index in some}, start, end)
    if not found or skeleton_of(splice(article, _without(part, found), start, end)) != bones:
        return _together(article, part, start, end)
    return found


def _together(article: Article, part: Mapping[int, bytes], start: int, end: int) -> set[int]:
    """Return the texts that break a part only beside others, by adding one after the other."""
    bones = skeleton_of(article.data[start:end])
    kept: dict[int, bytes] = {}
    for index in sorted(part):
        kept[index] = part[index]
        if skeleton_of(splice(article, kept, start, end)) != bones:
            del kept[index]
    return set(part) - set(kept)


def _without(rendered: Mapping[int, bytes], broken: set[int]) -> dict[int, bytes]:
    return {index: text for index, text in rendered.items() if index not in broken}


def _changed(article: Article, index: int, text: bytes) -> Damage:
    """Return the damage of a text that changes the structure of the page."""
    before, after = _alone(article, index, text)
    expected, found = describe_difference(skeleton_of(before), skeleton_of(after))
    how = f"expected {expected}, found {found}" if found else "together with other translations"
    return Damage("MK109", f"changes the structure of the page ({how})")


_ADVICE = {"MK109": "; put a backslash before the character that starts a heading, list or table"}


def _fallen(
    segment: Segment, units: Mapping[tuple[str, str], Unit], shown: str, harm: Damage
) -> Finding:
    unit = units.get((segment.context, segment.text))
    start = unit.target.strip()[:30] if unit else ""
    return Finding(
        harm.code,
        Severity.ERROR,
        f"translation {start!r} not used: it {harm.reason}; the source text is shown instead"
        + _ADVICE.get(harm.code, ""),
        segment.context,
        segment.text,
        None,
        Place(shown, unit.line) if unit and unit.line else None,
    )
