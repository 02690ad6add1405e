"""Translate with engines: write drafts for the units that have no translation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue import find_complete, text_language
from pipeline.drafting.cache import Answers, answer_key
from pipeline.drafting.protect.protect import ProtectedText, has_words, protect, restore
from pipeline.drafting.protect.tokens import Damage
from pipeline.errors import EngineFailed, EngineRefused, EngineUnavailable
from pipeline.findings import Finding, Place, Severity
from pipeline.markdown import term_pattern
from pipeline.model import Origin, OriginKind, Previous, State, Unit, draft_digest
from pipeline.rules import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pipeline.drafting.engines.contract import Answer, Engine
    from pipeline.model import Article, Catalog

__all__ = ["DraftOrder", "DraftTally", "missing", "translate"]

_NONE: Mapping[str, str] = MappingProxyType({})
_UNRANKED = 1_000_000
"""Rank of an engine that is not in the chain."""


@dataclass
class DraftTally:
    """Counts of a run of the engines."""

    drafts: Counter[str] = field(default_factory=Counter)
    """Drafts written, by engine."""
    sent: Counter[str] = field(default_factory=Counter)
    """Characters that left the machine, by engine; in a rehearsal, those that would."""
    unasked: Counter[str] = field(default_factory=Counter)
    """Texts that a rehearsal did not send, by engine; no later engine gets them."""
    unpaid: Counter[str] = field(default_factory=Counter)
    """Texts for which the budget was too small, by engine."""
    unavailable: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """Reason why an engine cannot be used, by engine, language of the text and locale; it is asked
    only once in a run."""


@dataclass(frozen=True, slots=True)
class DraftOrder:
    """Options of a run of the engines."""

    source: str
    """Locale of the article; some of its texts may be in another language."""
    terms: tuple[str, ...] = ()
    """Words that are not translated, besides those of the article."""
    glossary: Mapping[str, str] = field(default_factory=dict)
    """Translations of terms, by term."""
    budget: int | None = None
    """Limit of the characters that leave the machine in all; None for no limit."""
    ranks: tuple[str, ...] | None = None
    """Names of engines, best first: an untouched machine draft is redone if an engine is before its
    own, or its own is not named. None: keep all drafts."""
    rehearse: bool = False
    """True to send nothing to engines that need a network, and only count."""

    def for_language(self, language: str) -> DraftOrder:
        """Return the order for texts in another language, which no glossary of the article fits."""
        return replace(self, source=language, glossary={})

    def rank(self, unit: Unit) -> int:
        """Return the rank, from 0, of the engine that drafted a unit; 1,000,000 for any other."""
        name = unit.origin.signature.partition(" ")[0] if unit.target else ""
        return self.ranks.index(name) if self.ranks and name in self.ranks else _UNRANKED


class _Request(NamedTuple):
    """Unit in the form in which one engine gets it."""

    unit: Unit
    protected: ProtectedText
    key: bytes


def missing(
    catalog: Catalog, order: DraftOrder | None = None, article: Article | None = None
) -> list[Unit]:
    """Return the empty units, and with ``order.ranks`` also the untouched machine drafts.

    With their ``article``, those are left out that need no translation: a translator left them out
    on purpose, or they are only names, numbers and links.
    """
    again = bool(order and order.ranks)
    units = [u for u in catalog.units if u.state is State.EMPTY or (again and _is_machine_draft(u))]
    if article and units:
        terms = article.terms + (order.terms if order else ())
        complete = find_complete(units, terms, article.labels)
        units = [unit for unit in units if unit.key not in complete]
    return units


def translate(
    catalog: Catalog,
    article: Article,
    order: DraftOrder,
    engines: Sequence[Engine],
    answers: Answers | None = None,
    tally: DraftTally | None = None,
    *,
    advance: Callable[[int], None] = lambda _: None,
) -> tuple[Catalog, list[Finding]]:
    """Fill each unit that needs a draft with the first undamaged one.

    The engines are tried in order, each for the units that the ones before it left. Every answer
    is stored in ``answers`` at once and never asked for again; without a store, all are forgotten
    at the end. A unit for which no engine has an undamaged draft is unchanged; if it is empty,
    a finding has each engine's reason. ``advance`` is called with the number of units done, which
    adds up to one for each unit.
    """
    answers = Answers() if answers is None else answers
    tally = DraftTally() if tally is None else tally
    terms = article.terms + order.terms
    pending = missing(catalog, order, article)
    drafts: dict[tuple[str, str], Unit] = {}
    done: set[tuple[str, str]] = set()
    reasons: dict[tuple[str, str], dict[str, str]] = {unit.key: {} for unit in pending}
    by_language: dict[str, list[Unit]] = {}
    for unit in pending:
        by_language.setdefault(text_language(unit.notes) or order.source, []).append(unit)
    for language, texts in by_language.items():
        of_language = order if language == order.source else order.for_language(language)
        run = _Run(of_language, catalog.locale, terms, article.labels, answers, tally)
        for engine in engines:
            open_units = [u for u in texts if u.key not in done and run.may_draft(engine, u)]
            for unit, draft in run.drafts(engine, open_units):
                if isinstance(draft, Damage):
                    reasons[unit.key][engine.name] = draft.reason
                    continue
                done.add(unit.key)
                advance(1)
                # None in a rehearsal: the service would have been asked, so no later engine is.
                if draft is not None:
                    drafts[unit.key] = draft
                    tally.drafts[engine.name] += 1
    pending = [unit for unit in pending if unit.key not in done]
    advance(len(pending))
    units = tuple(drafts.get(unit.key, unit) for unit in catalog.units)
    findings = _undrafted_findings(
        article, [unit for unit in pending if unit.state is State.EMPTY], reasons
    )
    return (replace(catalog, units=units) if drafts else catalog), findings


def _is_machine_draft(unit: Unit) -> bool:
    """Return whether a unit is a machine's draft that no human touched."""
    return unit.state is State.DRAFT and unit.origin.kind is OriginKind.MACHINE and unit.untouched


class _Run(NamedTuple):
    """State that is the same for all engines of a run."""

    order: DraftOrder
    locale: str
    terms: tuple[str, ...]
    labels: frozenset[str]
    answers: Answers
    tally: DraftTally

    def may_draft(self, engine: Engine, unit: Unit) -> bool:
        """Return whether a unit is empty or was drafted by an engine of a worse rank."""
        ranks = self.order.ranks or ()
        own = ranks.index(engine.name) if engine.name in ranks else _UNRANKED
        return not unit.target or own < self.order.rank(unit)

    def drafts(
        self, engine: Engine, units: list[Unit]
    ) -> Iterator[tuple[Unit, Unit | Damage | None]]:
        """Yield each unit with its draft or the reason for none, as soon as it is known.

        A rehearsal yields None in place of a draft that it did not ask for.
        """
        requests: dict[bytes, list[_Request]] = {}
        for unit in units:
            request = self._request(unit, engine)
            if isinstance(request, Damage):
                yield unit, request
            else:
                requests.setdefault(request.key, []).append(request)
        for key, answer in self._fetch_answers(engine, [same[0] for same in requests.values()]):
            for request in requests.pop(key):
                yield request.unit, self._draft(request, answer) if answer else None
        for same in requests.values():
            for request in same:
                yield request.unit, Damage(self._reason_unanswered(engine))

    def _request(self, unit: Unit, engine: Engine) -> _Request | Damage:
        form, own = engine.traits.form, engine.traits.glossary
        protected: ProtectedText | Damage = ProtectedText(unit.source)
        if form:
            glossary = _NONE if own else self.order.glossary
            protected = protect(unit.source, form, self.terms, self.labels, glossary)
        if isinstance(protected, Damage):
            return protected
        if not has_words(protected):
            return Damage("nothing to translate (only names, numbers and markup)")
        entries = _glossary_entries_in(unit.source, self.order.glossary) if own else ()
        # Only the entries that occur: a change of another term must not cost a new request.
        name = " ".join((engine.name, engine.traits.variant, *entries))
        key = answer_key(name, self.order.source, self.locale, protected.text)
        return _Request(unit, protected, key)

    def _fetch_answers(
        self, engine: Engine, requests: list[_Request]
    ) -> Iterator[tuple[bytes, Answer | EngineRefused | None]]:
        """Yield keys and answers: the stored ones, then the engine's to the other requests."""
        # What is close at hand is never stored: the memory changes with every review.
        stored = engine.traits.form is not None
        uncached = []
        for request in requests:
            cached = self.answers.get(request.key) if stored else None
            if cached is None:
                uncached.append(request)
            else:
                yield request.key, cached
        for request, answer in self._ask(engine, uncached):
            # A failure may be over in the next run; a refusal is kept for a day.
            if stored and answer is not None and not isinstance(answer, EngineFailed):
                self.answers.put(request.key, answer)
            yield request.key, answer

    def _ask(
        self, engine: Engine, requests: list[_Request]
    ) -> Iterator[tuple[_Request, Answer | EngineRefused | None]]:
        tally, network = self.tally, engine.traits.network
        if not requests or self._pair_of(engine) in tally.unavailable:
            return
        if network:
            requests = self._affordable(engine, requests)
        texts = [request.protected.text for request in requests]
        if self.order.rehearse and network:
            tally.unasked[engine.name] += len(texts)
            tally.sent[engine.name] += sum(map(len, texts))
            yield from ((request, None) for request in requests)
            return
        glossary = self.order.glossary if engine.traits.glossary else _NONE
        try:
            for at, answer in engine.translate(texts, self.order.source, self.locale, glossary):
                if network:
                    tally.sent[engine.name] += len(texts[at])
                yield requests[at], answer
        except EngineUnavailable as error:
            tally.unavailable[self._pair_of(engine)] = str(error)

    def _affordable(self, engine: Engine, requests: list[_Request]) -> list[_Request]:
        """Return the requests within the rest of the budget, in order, and count the others."""
        if self.order.budget is None:
            return requests
        remaining = self.order.budget - self.tally.sent.total()
        fitting = []
        for request in requests:
            size = len(request.protected.text)
            # A text that is too long does not end the loop: a shorter one may still fit.
            if size <= remaining:
                remaining -= size
                fitting.append(request)
        self.tally.unpaid[engine.name] += len(requests) - len(fitting)
        return fitting

    def _pair_of(self, engine: Engine) -> tuple[str, str, str]:
        return engine.name, self.order.source, self.locale

    def _reason_unanswered(self, engine: Engine) -> str:
        """Return the reason why an engine was not asked or did not answer."""
        if self._pair_of(engine) in self.tally.unavailable:
            return "could not be used"
        return "the budget is used up" if self.tally.unpaid[engine.name] else "did not answer"

    def _draft(self, request: _Request, answer: Answer | EngineRefused) -> Unit | Damage:
        """Return the unit with the answer as its draft, or the damage in the answer."""
        if isinstance(answer, EngineRefused):
            return Damage(str(answer))
        text = restore(answer.text, request.protected)
        if isinstance(text, Damage):
            return text
        if not text.strip():
            return Damage("the answer is empty")
        pair = self.order.source, self.locale
        # A check that the gate makes, too, so that no draft fails it.
        for problem in compare(request.unit.source, text, self.terms, self.labels, *pair):
            if problem.severity is not Severity.INFO:
                return Damage(problem.message)
        return request.unit._replace(
            target=text,
            state=State.DRAFT,
            origin=Origin(
                OriginKind.MACHINE, answer.signature, draft_digest(request.unit.source, text)
            ),
            previous=Previous(answer.previous) if answer.previous else None,
        )


def _glossary_entries_in(text: str, glossary: Mapping[str, str]) -> tuple[str, ...]:
    """Return the glossary entries whose terms occur in a text, as "term, tab, translation"."""
    if not glossary:
        return ()
    folded = text.casefold()
    # A pattern is compiled only for terms that are in the text at all.
    candidates = (term for term in sorted(glossary) if term.casefold() in folded)
    return tuple(
        f"{term}\t{glossary[term]}"
        for term in candidates
        if term_pattern(term.casefold()).search(folded)
    )


def _undrafted_findings(
    article: Article, units: Sequence[Unit], reasons: Mapping[tuple[str, str], dict[str, str]]
) -> list[Finding]:
    if not units:
        return []
    from pipeline.article import first_lines  # here, as most runs leave no text without a draft

    lines = first_lines(article)
    return [
        _undrafted_finding(unit, Place(article.path, lines.get(unit.key, 1)), reasons[unit.key])
        for unit in units
    ]


def _undrafted_finding(unit: Unit, place: Place, reasons: dict[str, str]) -> Finding:
    """Return the finding (MT101) for a unit without a draft."""
    engines: dict[str, list[str]] = {}
    for engine, reason in reasons.items():
        engines.setdefault(reason, []).append(engine)
    explanation = "; ".join(f"{', '.join(names)}: {reason}" for reason, names in engines.items())
    return Finding(
        "MT101",
        Severity.INFO,
        f"no draft: {explanation or 'no engine is available'}",
        unit.context,
        unit.source,
        place,
    )
