"""Compare a document that a reviewer returned with the texts of the project."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from pipeline.article import read_article
from pipeline.importers import read_document, render_article
from pipeline.language import words_ratio
from pipeline.markdown import locate_front_matter, visible
from pipeline.pages import build_page, render_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.commands.job import Job
    from pipeline.importers import Document
    from pipeline.model import Article

__all__ = ["Comparison", "find_differences"]

_SPACES = re.compile(r"[ \t\r\n]+")
_SIMILAR = 0.3
"""Likeness from which a text of one side is another form of one of the other side, 0 to 1."""


class Comparison(NamedTuple):
    """Result of a comparison."""

    equal: int
    differing: int
    lines: tuple[str, ...]
    """Lines for a person: place, old text and new text of each difference."""


class _Text(NamedTuple):
    place: str
    text: str


def find_differences(job: Job, name: str, locale: str, document: Document) -> Comparison:
    """Return how the texts of a document differ from an article, or from its translation.

    Markup is not compared, as word processors do not keep all of it. A document that was built here
    is compared with what would be built now, as it reads when it comes back.

    Raises:
        UsageError: a package that this needs is not installed.
        MachineError: pandoc fails.
    """
    settings = job.workspace.settings
    article = job.source(name)
    returned = read_article(render_article(document).encode("utf-8"), "", settings.rules)
    is_source = locale == settings.source
    path = article.path if is_source else job.workspace.catalogue_path(name, locale)
    plan = job.plan(name, locale)
    theirs = _texts(returned, path)
    # It may have been built with drafts, or without.
    comparisons = []
    for preview in (True, False):
        data = build_page(job.workspace, plan, preview=preview).data
        if document.mark:
            # What Word files lose of an article is no edit of a reviewer.
            word = render_word(data, article.path, locale, document.mark, job.workspace.read)
            data = render_article(read_document(word, f"{name}.docx")).encode("utf-8")
        ours = _texts(read_article(data, path, settings.rules), path)
        comparisons.append(_compare(ours, theirs))
    return min(comparisons, key=lambda comparison: comparison.differing)


def _compare(ours: Sequence[_Text], theirs: Sequence[_Text]) -> Comparison:
    matcher = SequenceMatcher(None, [t.text for t in ours], [t.text for t in theirs], False)
    lines: list[str] = []
    equal = differing = 0
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag == "equal":
            equal += end - start
            continue
        for old, new in _pairs(ours[start:end], theirs[other_start:other_end]):
            differing += 1
            lines.append((old or new or _Text("", "")).place)
            lines += [f"- {old.text}"] if old else []
            lines += [f"+ {new.text}"] if new else []
    return Comparison(equal, differing, tuple(lines))


def _texts(article: Article, path: str) -> list[_Text]:
    """Return the title and the texts of the body, as a page shows them."""
    text = article.data.decode("utf-8")
    body_start = len(text[: locate_front_matter(text).end].encode("utf-8"))
    title = dict(article.metadata).get("title", "")
    texts = [_Text(f"{path}: title", _normal(title))] if title else []
    for segment in article.segments:
        if segment.start >= body_start:
            shown = _normal(visible(segment.text, article.labels))
            texts.append(_Text(f"{path}: {segment.context}", shown))
    return [one for one in texts if one.text]


def _normal(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _pairs(
    ours: Sequence[_Text], theirs: Sequence[_Text]
) -> Iterator[tuple[_Text | None, _Text | None]]:
    """Yield the texts of two sides, with those that are forms of each other together."""
    if len(ours) == len(theirs):
        yield from (
            (old, new._replace(place=old.place)) for old, new in zip(ours, theirs, strict=True)
        )
        return
    at = 0
    for old in ours:
        match = next(
            (
                n
                for n in range(at, len(theirs))
                if words_ratio(old.text, theirs[n].text) >= _SIMILAR
            ),
            None,
        )
        if match is None:
            yield old, None
            continue
        for new in theirs[at:match]:
            yield None, new
        yield old, theirs[match]._replace(place=old.place)
        at = match + 1
    for new in theirs[at:]:
        yield None, new
