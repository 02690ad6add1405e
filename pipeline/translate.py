"""Translate: drafts for what is missing, and only for that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.answers import answer_key
from pipeline.errors import EngineRefused, EngineUnavailable
from pipeline.findings import Finding, Place, Severity
from pipeline.markup import Damaged, Protected, has_words, protect, restore
from pipeline.model import Origin, OriginKind, Previous, State, Unit, text_hash
from pipeline.rules.carry import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
    """Characters that left the machine, by engine; in a rehearsal, those that would."""
    unasked: Counter[str] = field(default_factory=Counter)
    """Texts that a rehearsal kept from an engine that needs a network."""
    unavailable: dict[tuple[str, str], str] = field(default_factory=dict)
    """Why an engine could not be used, by engine and locale; each is asked only once in a run."""


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
    rehearse: bool = False,
) -> tuple[Catalog, list[Finding]]:
    """Give every empty unit the first draft that came through undamaged.

    The engines are tried in order, each for what the ones before it left. Every answer is
    put into ``answers`` at once and never asked for again. A unit for which no engine has
    an undamaged draft stays empty and is a finding with each engine's reason. With
    ``rehearse`` nothing leaves the machine. ``advance`` is called once for each unit.
    """
    pair = (source, catalog.locale)
    work = _Work(pair, article.terms + terms, article.labels, answers, tally, rehearse)
    pending = missing(catalog)
    drafts: dict[tuple[str, str], Unit] = {}
    reasons: dict[tuple[str, str], dict[str, str]] = {unit.key: {} for unit in pending}
    for engine in engines:
        for unit, draft in work.drafts(engine, pending):
            if isinstance(draft, Damaged):
                reasons[unit.key][engine.name] = draft.reason
            else:
                drafts[unit.key] = draft
                tally.drafts[engine.name] += 1
                advance(1)
        pending = [unit for unit in pending if unit.key not in drafts]
    advance(len(pending))
    units = tuple(drafts.get(unit.key, unit) for unit in catalog.units)
    left = [_left(unit, reasons[unit.key]) for unit in pending]
    return (replace(catalog, units=units) if drafts else catalog), left


class _Work(NamedTuple):
    """What stays the same for all engines."""

    pair: tuple[str, str]
    """The locales of the source and of the catalogue."""
    terms: tuple[str, ...]
    labels: frozenset[str]
    answers: Answers
    tally: Tally
    rehearse: bool

    def drafts(self, engine: Engine, units: list[Unit]) -> Iterator[tuple[Unit, Unit | Damaged]]:
        """Yield each unit with the engine's draft of it, as soon as it is there, or a reason."""
        requests: dict[bytes, list[_Request]] = {}
        for unit in units:
            request = self._request(unit, engine)
            if isinstance(request, Damaged):
                yield unit, request
            else:
                requests.setdefault(request.key, []).append(request)
        for key, answer in self._known_or_asked(engine, [same[0] for same in requests.values()]):
            for request in requests.pop(key):
                yield request.unit, self._draft(request, answer)
        for same in requests.values():
            for request in same:
                yield request.unit, Damaged("could not be used")

    def _request(self, unit: Unit, engine: Engine) -> _Request | Damaged:
        protected: Protected | Damaged = Protected(unit.source, (), (), ())
        if engine.traits.token:
            protected = protect(unit.source, engine.traits.token, self.terms, self.labels)
        if isinstance(protected, Damaged):
            return protected
        if not has_words(protected):
            return Damaged("nothing but names, numbers and markup")
        return _Request(unit, protected, answer_key(engine.name, *self.pair, protected.text))

    def _known_or_asked(
        self, engine: Engine, requests: list[_Request]
    ) -> Iterator[tuple[bytes, Answer | EngineRefused]]:
        """Yield the answers that are stored, then the engine's to the rest, each by its key."""
        # What is close at hand is never stored: the memory changes with every review.
        stored = bool(engine.traits.token)
        asked = []
        for request in requests:
            known = self.answers.get(request.key) if stored else None
            if known is None:
                asked.append(request)
            else:
                yield request.key, known
        for request, answer in self._asked(engine, asked):
            if stored:
                self.answers.put(request.key, answer)
            yield request.key, answer

    def _asked(
        self, engine: Engine, requests: list[_Request]
    ) -> Iterator[tuple[_Request, Answer | EngineRefused]]:
        source, target = self.pair
        if not requests or (engine.name, target) in self.tally.unavailable:
            return
        texts = [request.protected.text for request in requests]
        if self.rehearse and engine.traits.network:
            self.tally.unasked[engine.name] += len(texts)
            self.tally.sent[engine.name] += sum(map(len, texts))
            return
        try:
            replies = engine.translate(texts, source, target)
            for request, answer in zip(requests, replies, strict=True):
                if engine.traits.network:
                    self.tally.sent[engine.name] += len(request.protected.text)
                yield request, answer
        except EngineUnavailable as error:
            self.tally.unavailable[engine.name, target] = str(error)

    def _draft(self, request: _Request, answer: Answer | EngineRefused) -> Unit | Damaged:
        """Make the draft of an answer, if nothing in it is damaged."""
        if isinstance(answer, EngineRefused):
            return Damaged(str(answer))
        text = restore(answer.text, request.protected)
        if isinstance(text, Damaged):
            return text
        if not text.strip():
            return Damaged("the answer is empty")
        for problem in compare(request.unit.source, text, self.terms, self.labels, *self.pair):
            if problem.severity is not Severity.INFO:
                return Damaged(problem.message)
        return replace(
            request.unit,
            target=text,
            state=State.DRAFT,
            origin=Origin(OriginKind.MACHINE, answer.signature, text_hash(text)),
            previous=Previous(answer.previous) if answer.previous else None,
        )


def _left(unit: Unit, reasons: dict[str, str]) -> Finding:
    """Tell why a unit has no draft."""
    engines: dict[str, list[str]] = {}
    for engine, reason in reasons.items():
        engines.setdefault(reason, []).append(engine)
    why = "; ".join(f"{', '.join(names)}: {reason}" for reason, names in engines.items())
    return Finding(
        "MT101",
        Severity.INFO,
        f"no draft: {why or 'there is no engine'}",
        unit.context,
        unit.source,
        Place(*unit.references[0]) if unit.references else None,
    )
