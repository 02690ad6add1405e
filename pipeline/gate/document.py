"""Check the texts of one article in one language."""

from __future__ import annotations

import re
from collections import Counter
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pipeline.article import ignored_codes
from pipeline.findings import Finding, Problem, Severity
from pipeline.gate.proofread import Chunk, chunks, local, problems
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

__all__ = ["Document", "Passage", "finding_of", "of_article", "of_catalogue"]

_LANGUAGE = ("GR", "TY", "GL")
"""Families of rules on language; they are notes on a draft, which nobody has read yet."""


class Passage(NamedTuple):
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
        passages: Iterable[Passage],
        *,
        source_locale: str,
        terms: tuple[str, ...] = (),
        labels: frozenset[str] = frozenset(),
        words: frozenset[str] = frozenset(),
        terminology: Glossary | None = None,
        version: Callable[[str], str] | None = None,
    ) -> None:
        self.locale = locale
        self.passages = tuple(passages)
        self._source_locale = source_locale
        self._terms = terms
        self._labels = labels
        self._words = words | _words(terms)
        self._terminology = terminology
        self._version = version
        self._old: frozenset[tuple[str, ...]] = frozenset()

    def without(self, old: frozenset[tuple[str, ...]]) -> Document:
        """Return the same document in which some texts, by their identity, are not checked."""
        new = copy(self)
        new._old = old
        return new

    @cached_property
    def plains(self) -> tuple[Plain, ...]:
        """Texts without markup."""
        return tuple(plain(passage.text, self._labels) for passage in self.passages)

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """Chunks for a grammar engine."""
        contexts = [passage.context for passage in self.passages]
        texts = [
            "" if passage.identity in self._old else text.text
            for passage, text in zip(self.passages, self.plains, strict=True)
        ]
        return tuple(chunks(contexts, texts))

    @cached_property
    def _usual(self) -> frozenset[str]:
        """Words that the document has at least `_OFTEN` times, case-folded."""
        counts = Counter(
            word.casefold() for text in self.plains for word in _WORDS.findall(text.text)
        )
        return frozenset(word for word, count in counts.items() if count >= _OFTEN)

    def problems(self, verdicts: Mapping[str, Sequence[Match]]) -> list[list[Problem]]:
        """Return the problems of each text, in order; offsets in its Markdown.

        ``verdicts`` has the matches of the engine, by the text of the chunk; chunks without an
        entry there are not proofread.
        """
        habit = habits((plain.text for plain in self.plains), self.locale)
        matches: dict[int, list[Match]] = {}
        for chunk in self.chunks:
            if chunk.text in verdicts:
                matches |= local(chunk, verdicts[chunk.text])
        found: list[list[Problem]] = []
        for index, (passage, text) in enumerate(zip(self.passages, self.plains, strict=True)):
            if passage.identity in self._old:
                found.append([])
                continue
            told = self._compared(passage)
            read = [
                problem
                for problem in check_typography(text.text, self.locale, habit)
                if not _hidden(text, passage.text, problem)
            ]
            if index in matches:
                known = self._known(passage)
                said = problems(text, matches[index], known, self.locale, self._usual)
                taken = {at for p in read for at in range(p.start, max(p.end, p.start + 1))}
                read += [p for p in said if taken.isdisjoint(range(p.start, p.end))]
            told += [_in_markdown(text, passage.text, problem) for problem in read]
            shown = [_weighed(p, passage) for p in told if not _ignored(p, passage)]
            found.append(sorted(shown, key=lambda p: (p.start, p.code)))
        return found

    def _compared(self, passage: Passage) -> list[Problem]:
        """Return the problems of a translation that a comparison with its source shows."""
        unit = passage.unit
        if unit is None:
            return []
        told = list(check_completeness(unit, self._terms, self._labels))
        if unit.target:
            locales = self._source_locale, self.locale
            told += compare(unit.source, unit.target, self._terms, self._labels, *locales)
            if self._terminology:
                told += check_terms(
                    unit.source, unit.target, self._terminology, *locales, self._terms
                )
            if self._version:
                told += check_localised_links(unit.target, self._labels, self._version)
        return told

    def _known(self, passage: Passage) -> Container[str]:
        """Return the words that are no misspellings in a text, case-folded."""
        if passage.unit is None:
            return self._words
        return self._words | _words((plain(passage.unit.source, self._labels).text,))


def of_article(article: Article) -> list[Passage]:
    """Return the texts of a version of an article, in order."""
    return [Passage(s.context, s.text, s.ignores) for s in article.segments]


def of_catalogue(catalog: Catalog) -> list[Passage]:
    """Return the texts of a catalogue, in order."""
    return [
        Passage(unit.context, unit.target, _ignores(unit.comments), unit) for unit in catalog.units
    ]


def _ignores(comments: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes in the comments ``pipeline: ignore CODE reason`` of a translator."""
    mark = "pipeline: ignore "
    return tuple(
        code
        for line in comments
        if line.startswith(mark)
        for code in ignored_codes(line[len(mark) :])
    )


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(
        word.strip(_AROUND).casefold() for text in texts for word in text.replace("’", "'").split()
    )


_WORD = re.compile(r"\w")
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OFTEN = 3
"""Number of uses from which a word is no slip but a term that the dictionary lacks."""
_AROUND = ".,;:!?…()[]«»“”\"'‘’*_"


def _hidden(text: Plain, markdown: str, problem: Problem) -> bool:
    """Return whether a problem is in code or an address, or in spaces beside removed markup."""
    if text.hides(problem.start, problem.end):
        return True
    start, end = text.origin(problem.start, problem.end)
    meant = text.text[problem.start : problem.end]
    return meant != markdown[start:end] and not _WORD.search(meant)


def _in_markdown(text: Plain, markdown: str, problem: Problem) -> Problem:
    """Return a problem of the plain text with offsets in the Markdown.

    It is not safe where the Markdown differs from the plain text.
    """
    if not (problem.start or problem.end):
        return problem
    start, end = text.origin(problem.start, problem.end)
    same = markdown[start:end] == text.text[problem.start : problem.end]
    return problem._replace(start=start, end=end, safe=problem.safe and same)


def _weighed(problem: Problem, passage: Passage) -> Problem:
    """Downgrade language findings on drafts to INFO."""
    if passage.unit and passage.unit.state is State.DRAFT and problem.code[:2] in _LANGUAGE:
        return problem._replace(severity=Severity.INFO)
    return problem


def _ignored(problem: Problem, passage: Passage) -> bool:
    return any(covers(pattern, problem.code, problem.rule) for pattern in passage.ignores)


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
