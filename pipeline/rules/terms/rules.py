"""GL: terms of the project's glossary (`language.glossary` describes its file).

The texts of the examples are checked with `EXAMPLES` as the glossary; that of GL103 is a glossary.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.findings import Place, Problem, Severity
from pipeline.language import EntryKind, Glossary, GlossaryEntry
from pipeline.markdown import plain
from pipeline.rules.rule import Example, Rule
from pipeline.rules.terms.phrases import Index, Phrase, Token, holds, phrase, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["EXAMPLES", "RULES", "check_glossary_file", "check_terms"]

EXAMPLES = "source,target,kind\nsocial media,médias sociaux,required\nexpert,gourou,forbidden\n"
"""Glossary of the examples."""

_SOURCE = "Social media needs experts."

RULES = {
    "GL101": Rule(
        Severity.WARNING,
        "a glossary term is translated differently",
        "Readers take two words for two things; the glossary has the one that the project uses.",
        Example("Le Web social a besoin de spécialistes.", _SOURCE),
        Example("Les médias sociaux ont besoin de spécialistes.", _SOURCE),
    ),
    "GL102": Rule(
        Severity.WARNING,
        "a word that the glossary forbids",
        "Somebody decided against this word; its note in the glossary may say why.",
        Example("Les médias sociaux ont besoin de gourous.", _SOURCE),
        Example("Les médias sociaux ont besoin d’experts.", _SOURCE),
    ),
    "GL103": Rule(
        Severity.ERROR,
        "the glossary contradicts itself",
        "No translation can be right if one row requires what another one forbids.",
        Example("source,target,kind\npost,article,required\npost,article,forbidden\n"),
        Example("source,target,kind\npost,article,required\npost,poste,forbidden\n"),
    ),
}


class _Compiled(NamedTuple):
    sources: Index
    """Required and forbidden source terms, and terms to keep."""
    targets: Index
    """Forbidden targets, and the required targets and terms to keep that hide them."""
    answers: dict[int, tuple[Phrase, ...]]
    """Targets of required entries, by number; entries with the same source share them."""
    allowed: dict[str, tuple[str, ...]]
    """The same targets as written, by case-folded source."""


def check_terms(
    source: str,
    target: str,
    glossary: Glossary,
    source_locale: str,
    target_locale: str,
    terms: tuple[str, ...] = (),
) -> list[Problem]:
    """Return the terms that a target lacks, and the forbidden words in it.

    Inflected forms are found by their stems. Code, addresses, handles and hashtags do not count,
    nor do words within a longer term or within ``terms``, the protected ones. A term to keep is a
    protected term, so other checks report its absence (`language.kept_terms`).
    """
    if not glossary.entries:
        return []
    compiled = _compiled(glossary, source_locale, target_locale, terms)
    here = plain(source)
    found = {hit.entry for hit in compiled.sources.find(here.text, tokens(here))}
    there = plain(target)
    words = tokens(there)
    problems = list(_missing(found, there.text, words, glossary, compiled, target_locale))
    for hit in compiled.targets.find(there.text, words):
        entry = glossary.entries[hit.entry] if hit.entry >= 0 else None
        if entry and entry.kind is EntryKind.FORBIDDEN and (not entry.source or hit.entry in found):
            shown = there.text[hit.start : hit.end]
            allowed = compiled.allowed.get(entry.source.casefold(), ())
            problems.append(_forbidden(entry, shown, there.origin(hit.start, hit.end), allowed))
    return problems


def check_glossary_file(glossary: Glossary, shown: str) -> list[tuple[Problem, Place]]:
    """Return the contradictory and the duplicate rows of a glossary.

    ``shown`` is the path for messages.
    """
    seen: dict[tuple[str, str], GlossaryEntry] = {}
    keeps: dict[str, GlossaryEntry] = {}
    for entry in glossary.entries:
        if entry.kind is EntryKind.KEEP:
            keeps.setdefault(entry.source.casefold(), entry)
        elif not entry.source:
            seen.update({("", target.casefold()): entry for target in entry.targets})
    return [
        (Problem("GL103", message, severity=severity), Place(shown, entry.line))
        for entry in glossary.entries
        for message, severity in _against(entry, seen, keeps)
    ]


def _against(
    entry: GlossaryEntry,
    seen: dict[tuple[str, str], GlossaryEntry],
    keeps: dict[str, GlossaryEntry],
) -> Iterator[tuple[str, Severity | None]]:
    """Yield the conflicts of a row with earlier rows, and with rows for any source text."""
    source = entry.source.casefold()
    targets = [target.casefold() for target in entry.targets]
    keep = keeps.get(source)
    if keep and entry.kind is EntryKind.REQUIRED and source not in targets:
        kinds = f"translated here but has the kind 'keep' on line {keep.line}"
        yield f"'{entry.source}' is {kinds}: delete one row", None
    for target, shown in zip(targets, entry.targets, strict=True):
        other = seen.get(("", target)) or seen.setdefault((source, target), entry)
        if other is entry:
            continue
        if (other.kind is EntryKind.FORBIDDEN) != (entry.kind is EntryKind.FORBIDDEN):
            kinds = f"'{entry.kind.value}' here but '{other.kind.value}' on line {other.line}"
            yield f"'{shown}' has the kind {kinds}: delete one row", None
        elif other.kind is entry.kind:
            yield f"duplicate '{shown}' (first on line {other.line}): delete one", Severity.WARNING


def _missing(
    found: set[int],
    text: str,
    words: list[Token],
    glossary: Glossary,
    compiled: _Compiled,
    locale: str,
) -> Iterator[Problem]:
    """Yield each missing term once, even if several rows require it."""
    told = set()
    for number in sorted(found & compiled.answers.keys()):
        answers = compiled.answers[number]
        source = glossary.entries[number].source
        if answers in told or holds(text, words, answers, _language(locale)):
            continue
        told.add(answers)
        names = compiled.allowed[source.casefold()]
        allowed = " or ".join(f"'{name}'" for name in dict.fromkeys(names))
        message = f"translation of '{source}' differs from the glossary: use {allowed}"
        yield Problem("GL101", message)


def _forbidden(
    entry: GlossaryEntry, shown: str, place: tuple[int, int], allowed: tuple[str, ...]
) -> Problem:
    """Return the problem of a forbidden word; the required ones of its source are suggested."""
    what = f" for '{entry.source}'" if entry.source else ""
    note = f": {entry.note}" if entry.note else ""
    return Problem("GL102", f"the glossary forbids '{shown}'{what}{note}", *place, allowed)


@lru_cache(maxsize=64)
def _compiled(
    glossary: Glossary, source_locale: str, target_locale: str, terms: tuple[str, ...]
) -> _Compiled:
    here, there = _language(source_locale), _language(target_locale)
    sources, targets = [], []
    answers: dict[str, list[Phrase]] = {}
    allowed: dict[str, tuple[str, ...]] = {}
    for number, entry in enumerate(glossary.entries):
        kept = entry.kind is EntryKind.KEEP
        if entry.source:
            sources.append(phrase(entry.source, number, here, exact=kept))
        meant = [phrase(target, number, there, exact=kept) for target in entry.targets]
        targets += meant
        if entry.kind is EntryKind.REQUIRED:
            source = entry.source.casefold()
            answers.setdefault(source, []).extend(meant)
            allowed[source] = allowed.get(source, ()) + entry.targets
    hidden = [phrase(t, -1, here, exact=True) for t in terms if any(map(str.isalnum, t))]
    by_number = {
        number: tuple(answers[entry.source.casefold()])
        for number, entry in enumerate(glossary.entries)
        if entry.kind is EntryKind.REQUIRED
    }
    indexes = Index(sources + hidden, here), Index(targets + hidden, there)
    return _Compiled(*indexes, by_number, allowed)


def _language(locale: str) -> str:
    return locale.partition("_")[0].partition("-")[0].lower()
