"""Check the texts of one article in one language."""

from __future__ import annotations

import re
from collections import Counter
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pipeline.article import ignored_codes
from pipeline.catalogue import text_language
from pipeline.findings import Finding, Problem, Severity
from pipeline.gate.proofread import Chunk, join_texts, rate_matches, split_matches
from pipeline.gate.selection import covers
from pipeline.markdown import Plain, plain
from pipeline.model import State
from pipeline.rules import (
    RULES,
    check_completeness,
    check_localised_links,
    check_terms,
    check_typography,
    compare,
    habits,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from pipeline.findings import Place
    from pipeline.gate.grammar.contract import Match
    from pipeline.language import Glossary
    from pipeline.model import Article, Catalog, Unit
    from pipeline.project import SourceLink

__all__ = ["CheckedText", "Document", "article_texts", "catalogue_texts", "finding_of"]

_LANGUAGE_FAMILIES = ("GR", "TY", "GL")
"""Families of rules on language; they are notes on a draft, which nobody has read yet."""


class CheckedText(NamedTuple):
    """Text to be checked."""

    context: str
    text: str
    """Text as Markdown; empty where there is no translation yet."""
    ignores: tuple[str, ...] = ()
    """Patterns of codes that the author or translator ignores here."""
    unit: Unit | None = None
    """Unit of a catalogue; None for a text of an article."""

    @property
    def identity(self) -> tuple[str, ...]:
        """Key that is equal at two revisions if nothing changed."""
        return (self.context, self.text, self.unit.source if self.unit else "")


class Document:
    """Texts of one article in one language, with all that they are compared with."""

    def __init__(
        self,
        locale: str,
        texts: Iterable[CheckedText],
        *,
        source_locale: str,
        terms: tuple[str, ...] = (),
        labels: frozenset[str] = frozenset(),
        words: frozenset[str] = frozenset(),
        terminology: Glossary | None = None,
        find_source_link: Callable[[str], SourceLink | None] | None = None,
        apart: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        self.locale = locale
        self.texts = tuple(texts)
        self._source_locale = source_locale
        self._terms = terms
        self._labels = labels
        self._project_words = words | _split_words(terms)
        self._terminology = terminology
        self._find_source_link = find_source_link
        self._apart = apart or {}
        self._unchanged: frozenset[tuple[str, ...]] = frozenset()

    def without(self, old: frozenset[tuple[str, ...]]) -> Document:
        """Return the same document in which some texts, by their identity, are not checked."""
        new = copy(self)
        new._unchanged = old
        return new

    @cached_property
    def plains(self) -> tuple[Plain, ...]:
        """Texts without markup."""
        return tuple(plain(checked_text.text, self._labels) for checked_text in self.texts)

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """Chunks for a grammar engine."""
        contexts = [checked_text.context for checked_text in self.texts]
        texts = [
            "" if checked_text.identity in self._unchanged else text.text
            for checked_text, text in zip(self.texts, self.plains, strict=True)
        ]
        return tuple(join_texts(contexts, texts))

    @cached_property
    def _frequent_words(self) -> frozenset[str]:
        """Words that the document has at least `_LEAST_USES` times, case-folded."""
        counts = Counter(
            word.casefold() for text in self.plains for word in _JOINED_WORD.findall(text.text)
        )
        return frozenset(word for word, count in counts.items() if count >= _LEAST_USES)

    def problems(self, verdicts: Mapping[str, Sequence[Match]]) -> list[list[Problem]]:
        """Return the problems of each text, in order; offsets in its Markdown.

        ``verdicts`` has the matches of the engine, by the text of the chunk; chunks without an
        entry there are not proofread.
        """
        habit = habits((plain.text for plain in self.plains), self.locale)
        matches: dict[int, list[Match]] = {}
        for chunk in self.chunks:
            if chunk.text in verdicts:
                matches |= split_matches(chunk, verdicts[chunk.text])
        results: list[list[Problem]] = []
        for index, (checked_text, text) in enumerate(zip(self.texts, self.plains, strict=True)):
            if checked_text.identity in self._unchanged:
                results.append([])
                continue
            found_problems = self._compare(checked_text)
            text_problems = [
                problem
                for problem in check_typography(text.text, self.locale, habit)
                if not _is_hidden(text, checked_text.text, problem)
            ]
            if index in matches:
                known_words = self._known_words(checked_text)
                engine_problems = rate_matches(
                    text, matches[index], known_words, self.locale, self._frequent_words
                )
                # The rules of typography know the document's habit; the engine does not.
                flagged_offsets = {
                    at for p in text_problems for at in range(p.start, max(p.end, p.start + 1))
                }
                text_problems += [
                    p for p in engine_problems if flagged_offsets.isdisjoint(range(p.start, p.end))
                ]
            found_problems += [
                _locate_in_markdown(text, checked_text.text, problem) for problem in text_problems
            ]
            shown_problems = [
                _downgrade(p, checked_text)
                for p in found_problems
                if not _is_ignored(p, checked_text)
            ]
            results.append(sorted(shown_problems, key=lambda p: (p.start, p.code)))
        return results

    def _compare(self, checked_text: CheckedText) -> list[Problem]:
        """Return the problems of a translation that a comparison with its source shows."""
        unit = checked_text.unit
        if unit is None or unit.state is State.ORIGINAL:
            return []
        language = text_language(unit.notes)
        apart = self._apart.get(unit.key, "")
        problems = list(check_completeness(unit, self._terms, self._labels, apart))
        if unit.target:
            locales = language or self._source_locale, self.locale
            problems += compare(unit.source, unit.target, self._terms, self._labels, *locales)
            if self._terminology and not language:
                problems += check_terms(
                    unit.source, unit.target, self._terminology, *locales, self._terms
                )
            if self._find_source_link:
                problems += check_localised_links(
                    unit.target, self._labels, self._find_source_link, locales
                )
        return problems

    def _known_words(self, checked_text: CheckedText) -> Container[str]:
        """Return the words that are no misspellings in a text, case-folded."""
        if checked_text.unit is None:
            return self._project_words
        return self._project_words | _split_words(
            (plain(checked_text.unit.source, self._labels).text,)
        )


def article_texts(article: Article, language: str | None = None) -> list[CheckedText]:
    """Return the texts of a version of an article, in order.

    If a ``language`` is given, an empty one for that of the article, texts in others are empty.
    """
    return [
        CheckedText(s.context, s.text if language in (None, s.language) else "", s.ignores)
        for s in article.segments
    ]


def catalogue_texts(catalog: Catalog) -> list[CheckedText]:
    """Return the texts of a catalogue, in order; originals are checked in their article."""
    return [
        CheckedText(
            unit.context,
            "" if unit.state is State.ORIGINAL else unit.target,
            _ignored_codes(unit.comments),
            unit,
        )
        for unit in catalog.units
    ]


def _ignored_codes(comments: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes in the comments ``pipeline: ignore CODE reason`` of a translator."""
    mark = "pipeline: ignore "
    return tuple(
        code
        for line in comments
        if line.startswith(mark)
        for code in ignored_codes(line[len(mark) :])
    )


def _split_words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(
        word.strip(_PUNCTUATION).casefold()
        for text in texts
        for word in text.replace("’", "'").split()
    )


_WORD = re.compile(r"\w")
_JOINED_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LEAST_USES = 3
"""Number of uses from which a word is no slip but a term that the dictionary lacks."""
_PUNCTUATION = ".,;:!?…()[]«»“”\"'‘’*_"


def _is_hidden(text: Plain, markdown: str, problem: Problem) -> bool:
    """Return whether a problem is in code or an address, or in spaces beside removed markup."""
    if text.hides(problem.start, problem.end):
        return True
    start, end = text.origin(problem.start, problem.end)
    marked_text = text.text[problem.start : problem.end]
    return marked_text != markdown[start:end] and not _WORD.search(marked_text)


def _locate_in_markdown(text: Plain, markdown: str, problem: Problem) -> Problem:
    """Return a problem of the plain text with offsets in the Markdown.

    It is not safe where the Markdown differs from the plain text.
    """
    if not (problem.start or problem.end):
        return problem
    start, end = text.origin(problem.start, problem.end)
    same = markdown[start:end] == text.text[problem.start : problem.end]
    return problem._replace(start=start, end=end, safe=problem.safe and same)


def _downgrade(problem: Problem, checked_text: CheckedText) -> Problem:
    """Downgrade language findings on drafts to INFO."""
    if (
        checked_text.unit
        and checked_text.unit.state is State.DRAFT
        and problem.code[:2] in _LANGUAGE_FAMILIES
    ):
        return problem._replace(severity=Severity.INFO)
    return problem


def _is_ignored(problem: Problem, checked_text: CheckedText) -> bool:
    return any(covers(pattern, problem.code, problem.rule) for pattern in checked_text.ignores)


def finding_of(
    problem: Problem, locale: str, place: Place | None, catalogue: Place | None
) -> Finding:
    """Return a problem as a finding at its places, with its own severity or that of its code."""
    return Finding(
        problem.code,
        problem.severity or RULES[problem.code].severity,
        problem.message,
        place=place,
        catalogue=catalogue,
        rule=problem.rule,
        locale=locale,
        suggestions=problem.suggestions,
        start=problem.start,
        end=problem.end,
        safe=problem.safe,
    )
