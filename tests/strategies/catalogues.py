"""Strategies for the values of catalogues."""

from __future__ import annotations

from hypothesis import strategies as st

from pipeline.model import (
    Catalog,
    Origin,
    OriginKind,
    Previous,
    State,
    Unit,
    draft_digest,
    text_hash,
)
from tests.strategies.markdown import any_text
from tests.strategies.wild import wild_texts

__all__ = ["catalogs", "reviewed_units", "wild_catalogs"]

_words = st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"])
_sources = st.lists(_words, min_size=3, max_size=8).map(" ".join)
_contexts = st.sampled_from(("introduction", "ada-byron", "bo-li"))


@st.composite
def _origins(draw: st.DrawFn, source: str, target: str) -> Origin:
    """Draw an origin, true or false, of this source or another, of this release or an older one."""
    kind = draw(st.sampled_from([kind for kind in OriginKind if kind is not OriginKind.HUMAN]))
    digests = [draft_digest(source, target), text_hash(target), "0" * 8, "0" * 16]
    digests.append(draft_digest(draw(_sources), target))
    return Origin(kind, "pseudo", draw(st.sampled_from(digests)))


@st.composite
def reviewed_units(draw: st.DrawFn) -> Unit:
    """Draw a unit in any state, whose target names its source and context."""
    context, source = draw(_contexts), draw(_sources)
    state = draw(st.sampled_from(State))
    target = "" if state is State.EMPTY else f"{source.upper()} in {context}"
    origin = Origin()
    if target and draw(st.booleans()):
        origin = draw(_origins(source, target))
    previous = Previous(draw(_sources)) if state is State.DRAFT and draw(st.booleans()) else None
    return Unit(context, source, target, state, origin, previous=previous)


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """Draw a catalogue without duplicate keys."""
    units = draw(st.lists(reviewed_units(), max_size=8, unique_by=lambda unit: unit.key))
    return Catalog("article", "fr", tuple(units))


_lines = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\x85"),
    max_size=12,
).map(str.strip)


@st.composite
def _wild_units(draw: st.DrawFn) -> Unit:
    """Draw a unit of any texts, in a state that fits its target."""
    source = draw(st.one_of(any_text, wild_texts).filter(bool))
    target = draw(st.one_of(any_text, wild_texts))
    state = draw(st.sampled_from((State.DRAFT, State.REVIEWED))) if target else State.EMPTY
    origin = Origin()
    if target and draw(st.booleans()):
        origin = draw(_origins(source, target))
    return Unit(
        draw(st.one_of(_contexts, any_text)),
        source,
        target,
        state,
        origin,
        comments=tuple(draw(st.lists(_lines, max_size=2))),
        previous=Previous(draw(any_text)) if state is State.DRAFT and draw(st.booleans()) else None,
    )


@st.composite
def wild_catalogs(draw: st.DrawFn) -> Catalog:
    """Draw a catalogue of any texts, with obsolete entries and without duplicate keys."""
    units = draw(st.lists(_wild_units(), max_size=6, unique_by=lambda unit: unit.key))
    cut = draw(st.integers(0, len(units)))
    gone = tuple(unit for unit in units[cut:] if unit.target)
    return Catalog("article", "fr", tuple(units[:cut]), gone)
