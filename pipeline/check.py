"""Check: what a translation must carry over, and how far a catalogue is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.markup import constructs, numbers, term_pattern
from pipeline.model import Finding, OriginKind, Place, Severity, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Article, Catalog, Unit

__all__ = ["RULES", "Rule", "check", "compare"]


class Rule(NamedTuple):
    """What a code stands for."""

    severity: Severity
    summary: str


RULES = {
    "MK101": Rule(Severity.ERROR, "code differs"),
    "MK102": Rule(Severity.ERROR, "a link or image has another address, or is missing"),
    "MK103": Rule(Severity.ERROR, "an HTML tag differs"),
    "MK104": Rule(Severity.ERROR, "a footnote mark differs"),
    "MK105": Rule(Severity.ERROR, "a placeholder differs"),
    "MK106": Rule(Severity.WARNING, "emphasis differs"),
    "MK107": Rule(Severity.WARNING, "hard line breaks differ"),
    "MK108": Rule(Severity.ERROR, "a number of the source is missing"),
    "MK109": Rule(Severity.ERROR, "a text changes the structure of the page"),
    "NM101": Rule(Severity.ERROR, "a name, organisation or handle of an expert is missing"),
    "NM102": Rule(Severity.ERROR, "a handle or hashtag differs"),
    "NM103": Rule(Severity.ERROR, "a web or e-mail address differs"),
    "CO101": Rule(Severity.INFO, "not translated"),
    "CO102": Rule(Severity.INFO, "a draft that nobody has reviewed"),
    "CO103": Rule(Severity.INFO, "a draft that was accepted as it was"),
    "MT101": Rule(Severity.INFO, "no engine has an undamaged draft"),
    "AL001": Rule(Severity.INFO, "a text of the source has none in the version that exists"),
    "AL002": Rule(Severity.WARNING, "a text of the version that exists has none in the source"),
    "AL003": Rule(Severity.INFO, "an alignment is in doubt"),
    "AL004": Rule(Severity.WARNING, "one text of the version that exists is for several units"),
}
"""All codes that a stage can give."""

_CODES = {
    "code": "MK101",
    "link": "MK102",
    "image": "MK102",
    "address": "NM103",
    "tag": "MK103",
    "footnote": "MK104",
    "placeholder": "MK105",
    "emphasis": "MK106",
    "strong": "MK106",
    "strikethrough": "MK106",
    "break": "MK107",
    "handle": "NM102",
    "hashtag": "NM102",
    "url": "NM103",
    "email": "NM103",
}


def check(article: Article, catalog: Catalog, shown: str, terms: tuple[str, ...]) -> list[Finding]:
    """Find what is wrong with a catalogue, in its order.

    ``shown`` is the path of its PO file, ``terms`` are protected words besides the article's.
    """
    findings = []
    for unit in catalog.units:
        place = Place(*unit.references[0]) if unit.references else None
        problems = list(_state(unit))
        if unit.target:
            problems += compare(unit.source, unit.target, article.terms + terms, article.labels)
        findings += [
            Finding(
                code,
                RULES[code].severity,
                message,
                unit.context,
                unit.source,
                place,
                Place(shown, unit.line) if unit.line else None,
            )
            for code, message in problems
        ]
    return findings


def compare(
    source: str, target: str, terms: tuple[str, ...], labels: frozenset[str]
) -> list[tuple[str, str]]:
    """Give code and message for all that the source has and the target lacks, or has too many."""
    problems = []
    here, there = constructs(source, labels), constructs(target, labels)
    for (kind, value), count in sorted((here - there).items()):
        problems.append((_CODES[kind], f"{_named(kind, value)} is missing{_times(count)}"))
    for (kind, value), count in sorted((there - here).items()):
        problems.append(
            (_CODES[kind], f"{_named(kind, value)} is not in the source{_times(count)}")
        )
    for digits, count in sorted((numbers(source) - numbers(target)).items()):
        problems.append(("MK108", f"the number with the digits {digits} is missing{_times(count)}"))
    for term in terms:
        pattern = term_pattern(term)
        if pattern.search(source) and not pattern.search(target):
            problems.append(("NM101", f"'{term}' is missing; it is not to be translated"))
    return problems


def _state(unit: Unit) -> Iterator[tuple[str, str]]:
    if unit.state is State.EMPTY:
        yield "CO101", "not translated yet"
    elif unit.state is State.DRAFT:
        who = f" by {unit.origin.signature}" if unit.origin.signature else ""
        yield "CO102", f"{unit.origin.kind.value} draft{who}, not reviewed yet"
    elif unit.origin.kind is not OriginKind.HUMAN and unit.untouched:
        yield "CO103", f"accepted as {unit.origin.signature} wrote it"


def _named(kind: str, value: str) -> str:
    return f"{kind} '{value}'" if value else kind


def _times(count: int) -> str:
    return f" ({count} times)" if count > 1 else ""
