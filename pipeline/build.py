"""Build: an article in another language, with the skeleton of its source."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.findings import Finding, Place, Severity
from pipeline.model import State
from pipeline.rebuild import render, skeleton, splice, tops, with_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.model import Article, Catalog, Segment, Unit

__all__ = ["Built", "build", "share_reviewed"]


class Built(NamedTuple):
    """A built article."""

    data: bytes
    findings: tuple[Finding, ...]
    """One for each segment that fell back to the source text."""
    states: tuple[State, ...]
    """What stands at each segment of the article: a reviewed text, a draft, or the source."""


def share_reviewed(catalog: Catalog) -> float:
    """Give the share, 0 to 1, of units that are reviewed; 1 where there are none."""
    if not catalog.units:
        return 1.0
    done = sum(unit.state is State.REVIEWED for unit in catalog.units)
    return done / len(catalog.units)


def build(
    article: Article,
    catalog: Catalog,
    shown: str,
    *,
    drafts: bool,
    language: tuple[str, str] = ("", ""),
    mark: Callable[[Segment, str, State], str] = lambda segment, text, state: text,
) -> Built:
    """Put the catalogue's texts in the place of the segments.

    Without ``drafts`` only what is reviewed is used. ``mark`` may wrap a text, by its
    state (EMPTY: the source text stands in); ``shown`` is the path of the PO file. A text
    that changes the skeleton falls back to the source and is a finding. ``language`` (old
    and new) is changed in the front matter where any text is.
    """
    units = {unit.key: unit for unit in catalog.units}
    targets: dict[int, str] = {}
    states: list[State] = []
    for index, segment in enumerate(article.segments):
        unit = units.get((segment.context, segment.text))
        state = _usable(unit, drafts=drafts)
        text = unit.target if unit and state is not State.EMPTY else segment.text
        marked = mark(segment, text, state)
        if marked != segment.text:
            targets[index] = marked
        states.append(state)
    rendered = render(article, targets)
    broken = _broken(article, rendered)
    for index in broken:
        del rendered[index]
        states[index] = State.EMPTY
    findings = [_fallen(article.segments[index], units, shown) for index in sorted(broken)]
    data = splice(article, rendered)
    if rendered:
        data = with_language(data, *language)
    return Built(data, tuple(findings), tuple(states))


def _usable(unit: Unit | None, *, drafts: bool) -> State:
    if unit is None or not unit.target or (unit.state is State.DRAFT and not drafts):
        return State.EMPTY
    return unit.state


def _broken(article: Article, rendered: Mapping[int, bytes]) -> set[int]:
    """Find the texts that change the skeleton.

    Each block is tried on its own, so that many broken texts do not cost a reading of the
    whole article each; what only breaks the whole is looked for there.
    """
    if not rendered:
        return set()
    bones = skeleton(article.data)
    if skeleton(splice(article, rendered)) == bones:
        return set()
    broken: set[int] = set()
    cuts = [0, *tops(article.data), len(article.data)]
    indexes = iter(sorted(rendered))
    index = next(indexes, None)
    for start, end in pairwise(cuts):
        part = {}
        while index is not None and article.segments[index].start < end:
            part[index] = rendered[index]
            index = next(indexes, None)
        broken |= _halved(article, part, start, end)
    rest = _without(rendered, broken)
    if skeleton(splice(article, rest)) != bones:
        broken |= _halved(article, rest, 0, len(article.data))
    return broken


def _halved(article: Article, part: Mapping[int, bytes], start: int, end: int) -> set[int]:
    """Find the texts that change the skeleton of a part, by halving until they stand alone."""
    bones = skeleton(article.data[start:end])
    if not part or skeleton(splice(article, part, start, end)) == bones:
        return set()
    if len(part) == 1:
        return set(part)
    indexes = sorted(part)
    half = len(indexes) // 2
    found: set[int] = set()
    for some in (indexes[:half], indexes[half:]):
        found |= _halved(article, {index: part[index] for index in some}, start, end)
    if not found or skeleton(splice(article, _without(part, found), start, end)) != bones:
        return _together(article, part, start, end)
    return found


def _together(article: Article, part: Mapping[int, bytes], start: int, end: int) -> set[int]:
    """Find texts that break a part only beside others, by adding one after the other."""
    bones = skeleton(article.data[start:end])
    kept: dict[int, bytes] = {}
    for index in sorted(part):
        kept[index] = part[index]
        if skeleton(splice(article, kept, start, end)) != bones:
            del kept[index]
    return set(part) - set(kept)


def _without(rendered: Mapping[int, bytes], broken: set[int]) -> dict[int, bytes]:
    return {index: text for index, text in rendered.items() if index not in broken}


def _fallen(segment: Segment, units: Mapping[tuple[str, str], Unit], shown: str) -> Finding:
    unit = units.get((segment.context, segment.text))
    start = unit.target.strip()[:30] if unit else ""
    return Finding(
        "MK109",
        Severity.ERROR,
        f"the text that begins {start!r} changes the structure of the page, so the source stands "
        "in; put a backslash before what Markdown reads as a heading, list or table",
        segment.context,
        segment.text,
        None,
        Place(shown, unit.line) if unit and unit.line else None,
    )
