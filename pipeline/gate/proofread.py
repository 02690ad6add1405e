"""Join the texts of a document for a grammar engine, and rate its matches in each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.findings import Problem, Severity
from pipeline.gate.grammar_severity import (
    UNTRANSLATED_SHARE,
    UNTRANSLATED_WORDS,
    judge,
    unknown_share,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from pipeline.gate.grammar.contract import Match
    from pipeline.markdown import Plain

__all__ = ["Chunk", "join_texts", "rate_matches", "split_matches"]

LIMIT = 3000
"""Length limit of a chunk, in characters: few requests, and an edit repeats little work."""
_SEPARATOR = "\n\n"
_WORD = re.compile(r"[^\W\d_]+")


class Chunk(NamedTuple):
    """Paragraphs of one section, joined by blank lines."""

    text: str
    indexes: tuple[int, ...]
    """Indexes of the texts in the document."""
    starts: tuple[int, ...]
    """Offset of each text in the chunk, in code points."""


def join_texts(contexts: Sequence[str], texts: Sequence[str]) -> Iterator[Chunk]:
    """Yield the texts of each section, joined to chunks of at most `LIMIT` characters.

    ``contexts`` has the section of each text. A text without letters is in no chunk, and one
    that is longer has a chunk of its own.
    """
    group: list[int] = []
    length = 0
    for index, text in enumerate(texts):
        if not _WORD.search(text):
            continue
        full = length + len(text) > LIMIT
        if group and (full or contexts[index] != contexts[group[-1]]):
            yield _join(group, texts)
            group, length = [], 0
        group.append(index)
        length += len(text) + len(_SEPARATOR)
    if group:
        yield _join(group, texts)


def split_matches(chunk: Chunk, matches: Sequence[Match]) -> dict[int, list[Match]]:
    """Return the matches by text, with offsets in it; one that runs over its end is left out."""
    ends = [*(start - len(_SEPARATOR) for start in chunk.starts[1:]), len(chunk.text)]
    matches_by_text: dict[int, list[Match]] = {index: [] for index in chunk.indexes}
    at = 0
    for match in sorted(matches):
        while at + 1 < len(ends) and match.start >= chunk.starts[at + 1]:
            at += 1
        start = chunk.starts[at]
        if match.end <= ends[at]:
            shifted = match._replace(start=match.start - start, end=match.end - start)
            matches_by_text[chunk.indexes[at]].append(shifted)
    return matches_by_text


def rate_matches(
    plain: Plain,
    matches: Sequence[Match],
    known_words: Container[str],
    locale: str,
    frequent_words: Container[str] = (),
) -> Iterator[Problem]:
    """Yield problems for the matches that are worth reading; offsets in the plain text.

    ``known_words`` are no misspellings; ``frequent_words``, which the document has again and again,
    are written so on purpose: a note at most. Both are case-folded. A text mostly in
    another language is one problem, GR105.
    """
    visible_matches = [match for match in matches if not plain.hides(match.start, match.end)]
    share = unknown_share(plain.text, visible_matches)
    if share >= UNTRANSLATED_SHARE and len(_WORD.findall(plain.text)) >= UNTRANSLATED_WORDS:
        message = (
            f"{share:.0%} of the words are not in this language: check that the text is translated"
        )
        yield Problem("GR105", message)
        return
    for match in visible_matches:
        verdict = judge(match, plain.text, known_words, locale)
        if verdict:
            code, severity = verdict
            if code == "GR102" and plain.text[match.start : match.end].casefold() in frequent_words:
                severity = Severity.INFO
            yield Problem(
                code,
                match.message,
                match.start,
                match.end,
                match.suggestions[:5],
                match.rule,
                severity,
            )


def _join(group: list[int], texts: Sequence[str]) -> Chunk:
    starts = []
    at = 0
    for index in group:
        starts.append(at)
        at += len(texts[index]) + len(_SEPARATOR)
    return Chunk(_SEPARATOR.join(texts[index] for index in group), tuple(group), tuple(starts))
