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
from pipeline.rules.terms.phrases import (
    Index,
    Phrase,
    Token,
    contains_any,
    prepare_phrase,
    tokenize,
)

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


class _CompiledGlossary(NamedTuple):
    sources: Index
    """Required and forbidden source terms, and terms to keep."""
    targets: Index
    """Forbidden targets, and the required targets and terms to keep that hide them."""
    required: dict[int, tuple[Phrase, ...]]
    """Targets of required entries, by number; entries with the same source share them."""
    translations: dict[str, tuple[str, ...]]
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
    compiled = _compile(glossary, source_locale, target_locale, terms)
    source_text = plain(source)
    source_matches = compiled.sources.find(source_text.text, tokenize(source_text))
    source_entries = {match.entry for match in source_matches}
    target_text = plain(target)
    words = tokenize(target_text)
    problems = list(
        _missing_terms(source_entries, target_text.text, words, glossary, compiled, target_locale)
    )
    for match in compiled.targets.find(target_text.text, words):
        entry = glossary.entries[match.entry] if match.entry >= 0 else None
        if entry is None or entry.kind is not EntryKind.FORBIDDEN:
            continue  # a required or protected term, which hides forbidden words inside it
        if not entry.source or match.entry in source_entries:
            word = target_text.text[match.start : match.end]
            place = target_text.origin(match.start, match.end)
            translations = compiled.translations.get(entry.source.casefold(), ())
            problems.append(_forbidden_problem(entry, word, place, translations))
    return problems


def check_glossary_file(glossary: Glossary, display_path: str) -> list[tuple[Problem, Place]]:
    """Return the contradictory and the duplicate rows of a glossary.

    ``display_path`` is the path for messages.
    """
    # Rows of all source texts, and terms to keep, hold for earlier rows, too.
    seen: dict[tuple[str, str], GlossaryEntry] = {}
    keeps: dict[str, GlossaryEntry] = {}
    for entry in glossary.entries:
        if entry.kind is EntryKind.KEEP:
            keeps.setdefault(entry.source.casefold(), entry)
        elif not entry.source:
            seen.update({("", target.casefold()): entry for target in entry.targets})
    return [
        (Problem("GL103", message, severity=severity), Place(display_path, entry.line))
        for entry in glossary.entries
        for message, severity in _conflicts(entry, seen, keeps)
    ]


def _conflicts(
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
    for target, word in zip(targets, entry.targets, strict=True):
        other = seen.get(("", target)) or seen.setdefault((source, target), entry)
        if other is entry:
            continue
        if (other.kind is EntryKind.FORBIDDEN) != (entry.kind is EntryKind.FORBIDDEN):
            kinds = f"'{entry.kind.value}' here but '{other.kind.value}' on line {other.line}"
            yield f"'{word}' has the kind {kinds}: delete one row", None
        elif other.kind is entry.kind:
            yield f"duplicate '{word}' (first on line {other.line}): delete one", Severity.WARNING


def _missing_terms(
    source_entries: set[int],
    text: str,
    words: list[Token],
    glossary: Glossary,
    compiled: _CompiledGlossary,
    locale: str,
) -> Iterator[Problem]:
    """Yield each missing term once, even if several rows require it."""
    seen_targets = set()
    for number in sorted(source_entries & compiled.required.keys()):
        required = compiled.required[number]
        source = glossary.entries[number].source
        if required in seen_targets or contains_any(text, words, required, _language(locale)):
            continue
        seen_targets.add(required)
        names = compiled.translations[source.casefold()]
        wording = " or ".join(f"'{name}'" for name in dict.fromkeys(names))
        message = f"translation of '{source}' differs from the glossary: use {wording}"
        yield Problem("GL101", message)


def _forbidden_problem(
    entry: GlossaryEntry, word: str, place: tuple[int, int], translations: tuple[str, ...]
) -> Problem:
    """Return the problem of a forbidden word; the required ones of its source are suggested."""
    about = f" for '{entry.source}'" if entry.source else ""
    note = f": {entry.note}" if entry.note else ""
    return Problem("GL102", f"the glossary forbids '{word}'{about}{note}", *place, translations)


@lru_cache(maxsize=64)
def _compile(
    glossary: Glossary, source_locale: str, target_locale: str, terms: tuple[str, ...]
) -> _CompiledGlossary:
    source_language, target_language = _language(source_locale), _language(target_locale)
    sources, targets = [], []
    required: dict[str, list[Phrase]] = {}
    translations: dict[str, tuple[str, ...]] = {}
    for number, entry in enumerate(glossary.entries):
        is_keep = entry.kind is EntryKind.KEEP
        if entry.source:
            sources.append(prepare_phrase(entry.source, number, source_language, exact=is_keep))
        target_phrases = [
            prepare_phrase(target, number, target_language, exact=is_keep)
            for target in entry.targets
        ]
        targets += target_phrases
        if entry.kind is EntryKind.REQUIRED:
            source = entry.source.casefold()
            required.setdefault(source, []).extend(target_phrases)
            translations[source] = translations.get(source, ()) + entry.targets
    words = [term for term in terms if any(map(str.isalnum, term))]
    protected = [prepare_phrase(term, -1, source_language, exact=True) for term in words]
    by_number = {
        number: tuple(required[entry.source.casefold()])
        for number, entry in enumerate(glossary.entries)
        if entry.kind is EntryKind.REQUIRED
    }
    source_index = Index(sources + protected, source_language)
    target_index = Index(targets + protected, target_language)
    return _CompiledGlossary(source_index, target_index, by_number, translations)


def _language(locale: str) -> str:
    return locale.partition("_")[0].partition("-")[0].lower()
