"""Translate: drafts for what is missing, and only for that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.answers import answer_key
from pipeline.check import compare
from pipeline.errors import EngineRefused, EngineUnavailable
from pipeline.markup import Damaged, Protected, has_words, protect, restore
from pipeline.model import (
    Finding,
    Origin,
    OriginKind,
    Place,
    Previous,
    Severity,
    State,
    Unit,
    text_hash,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.answers import Answers
    from pipeline.engines.contract import Answer, Engine
    from pipeline.model import Article, Catalog

__all__ = ["Tally", "missing", "translate"]


@dataclass
class Tally:
    """What a run of engines came to."""

    drafts: Counter[str] = field(default_factory=Counter)
    """Drafts written, by engine."""
    sent: Counter[str] = field(default_factory=Counter)
    """Characters that left the machine, by engine."""
    unavailable: dict[str, str] = field(default_factory=dict)
    """Why an engine could not be used, by engine; asked only once in a run."""


class _Request(NamedTuple):
    """One unit as one engine gets it."""

    unit: Unit
    protected: Protected
    key: bytes


def missing(catalog: Catalog) -> list[Unit]:
    """Give the units that need a draft."""
    return [unit for unit in catalog.units if unit.state is State.EMPTY]


def translate(
    catalog: Catalog,
    article: Article,
    source: str,
    engines: Sequence[Engine],
    answers: Answers,
    tally: Tally,
    *,
    terms: tuple[str, ...] = (),
    advance: Callable[[int], None] = lambda _: None,
) -> tuple[Catalog, list[Finding]]:
    """Give every empty unit the first draft that came through undamaged.

    The engines are tried in order, each for what the ones before it left. Every answer is
    put into ``answers`` at once and never asked for again. A unit for which no engine has
    an undamaged draft stays empty and is a finding with each engine's reason.
    """
    pending = missing(catalog)
    drafts: dict[tuple[str, str], Unit] = {}
    reasons: dict[tuple[str, str], list[str]] = {unit.key: [] for unit in pending}
    terms = article.terms + terms
    for engine in engines:
        requests = []
        for unit in pending:
            request = _request(unit, engine, source, catalog.locale, terms, article)
            if isinstance(request, Damaged):
                reasons[unit.key].append(f"{engine.name}: {request.reason}")
            else:
                requests.append(request)
        found = _ask(engine, requests, source, catalog.locale, answers, tally, advance)
        for request in requests:
            answer = found.get(request.key)
            if answer is None:
                continue
            draft = _draft(request, answer, terms, article.labels)
            if isinstance(draft, Damaged):
                reasons[request.unit.key].append(f"{engine.name}: {draft.reason}")
            else:
                drafts[request.unit.key] = draft
                tally.drafts[engine.name] += 1
        pending = [unit for unit in pending if unit.key not in drafts]
    units = tuple(drafts.get(unit.key, unit) for unit in catalog.units)
    left = [_left(unit, reasons[unit.key]) for unit in pending]
    return (replace(catalog, units=units) if drafts else catalog), left


def _request(
    unit: Unit,
    engine: Engine,
    source: str,
    target: str,
    terms: tuple[str, ...],
    article: Article,
) -> _Request | Damaged:
    if engine.traits.token:
        protected = protect(unit.source, engine.traits.token, terms, article.labels)
        if isinstance(protected, Damaged):
            return protected
    else:
        protected = Protected(unit.source, (), (), ())
    if not has_words(protected):
        return Damaged("nothing but names, numbers and markup")
    return _Request(unit, protected, answer_key(engine.name, source, target, protected.text))


def _ask(
    engine: Engine,
    requests: list[_Request],
    source: str,
    target: str,
    answers: Answers,
    tally: Tally,
    advance: Callable[[int], None],
) -> dict[bytes, Answer | EngineRefused]:
    """Give the answers by key: those that are known, and the rest from the engine."""
    # What is close at hand is never stored: the memory changes with every review.
    stored = bool(engine.traits.token)
    found = {r.key: known for r in requests if stored and (known := answers.get(r.key))}
    asked = list({r.key: r for r in requests if r.key not in found}.values())
    if not asked or engine.name in tally.unavailable:
        return found
    texts = [request.protected.text for request in asked]
    try:
        replies = engine.translate(texts, source, target)
        for request, answer in zip(asked, replies, strict=True):
            if stored:
                answers.put(request.key, answer)
            if engine.traits.network:
                tally.sent[engine.name] += len(request.protected.text)
            found[request.key] = answer
            advance(1)
    except EngineUnavailable as error:
        tally.unavailable[engine.name] = str(error)
    return found


def _draft(
    request: _Request,
    answer: Answer | EngineRefused,
    terms: tuple[str, ...],
    labels: frozenset[str],
) -> Unit | Damaged:
    """Make the draft of an answer, if nothing in it is damaged."""
    if isinstance(answer, EngineRefused):
        return Damaged(str(answer))
    text = restore(answer.text, request.protected)
    if isinstance(text, Damaged):
        return text
    if not text.strip():
        return Damaged("the answer is empty")
    problems = compare(request.unit.source, text, terms, labels)
    if problems:
        return Damaged(problems[0][1])
    origin = Origin(OriginKind.MACHINE, answer.signature, text_hash(text))
    previous = Previous(answer.previous) if answer.previous else None
    return replace(request.unit, target=text, state=State.DRAFT, origin=origin, previous=previous)


def _left(unit: Unit, reasons: list[str]) -> Finding:
    """Tell why a unit has no draft."""
    why = "; ".join(reasons) or "no engine could be used"
    return Finding(
        "MT101",
        Severity.INFO,
        f"no draft: {why}",
        unit.context,
        unit.source,
        Place(*unit.references[0]) if unit.references else None,
    )
