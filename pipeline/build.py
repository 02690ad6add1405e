"""Build: an article in another language, with the skeleton of its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.model import Finding, Place, Severity, State
from pipeline.rebuild import rebuild, skeleton, with_language

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
    bones = skeleton(article.data)
    broken = _broken(article, targets, bones)
    for index in broken:
        del targets[index]
        states[index] = State.EMPTY
    findings = [_fallen(article.segments[index], units, shown) for index in sorted(broken)]
    data = rebuild(article, targets)
    if targets:
        data = with_language(data, *language)
    return Built(data, tuple(findings), tuple(states))


def _usable(unit: Unit | None, *, drafts: bool) -> State:
    if unit is None or not unit.target or (unit.state is State.DRAFT and not drafts):
        return State.EMPTY
    return unit.state


def _broken(article: Article, targets: Mapping[int, str], bones: object) -> set[int]:
    """Find the texts that change the skeleton, by halving the set until they stand alone."""
    if not targets or skeleton(rebuild(article, targets)) == bones:
        return set()
    if len(targets) == 1:
        return set(targets)
    indexes = sorted(targets)
    half = len(indexes) // 2
    found: set[int] = set()
    for part in (indexes[:half], indexes[half:]):
        found |= _broken(article, {index: targets[index] for index in part}, bones)
    rest = {index: text for index, text in targets.items() if index not in found}
    if not found or skeleton(rebuild(article, rest)) != bones:
        return set(targets)  # only together do they break it
    return found


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
