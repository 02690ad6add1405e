"""CO: texts that are not translated, not reviewed, or the same as their source.

An example's text is a PO file without its header; its source, where one is needed, is an article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.catalogue import omission, readiness
from pipeline.findings import Problem, Severity
from pipeline.language import percent
from pipeline.markdown import find_marks, term_pattern
from pipeline.model import State, draft_digest
from pipeline.rules.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from pipeline.model import Catalog, Unit

__all__ = ["RULES", "check_completeness", "check_publishable", "check_up_to_date"]

_DONE = 'msgctxt "a"\nmsgid "One of these days"\nmsgstr "Un de ces jours"\n'
_EMPTY = 'msgctxt "a"\nmsgid "One of these days"\nmsgstr ""\n'
_DRAFT = f"#, fuzzy\n{_DONE}"
_STALE = (
    '#, fuzzy\n#| msgid "One of the days"\n' + _DONE + '\n#~ msgctxt "a"\n'
    '#~ msgid "One of the days"\n#~ msgstr "Un des jours"\n'
)
_MISSING = _EMPTY
_ACCEPTED = "# pipeline: machine apertium {}\n" + _DONE
_SAME = 'msgctxt "a"\nmsgid "One of these days"\nmsgstr "One of these days"\n'

RULES: dict[str, Rule] = {
    "CO101": Rule(
        Severity.INFO,
        "not translated",
        "The page shows the source text instead.",
        Example(_EMPTY),
        Example(_DONE),
    ),
    "CO102": Rule(
        Severity.INFO,
        "a draft that nobody has reviewed",
        "A machine or an alignment wrote it, or its source text changed since; a build uses it "
        "only with the option --drafts.",
        Example(_DRAFT),
        Example(_DONE),
    ),
    "CO103": Rule(
        Severity.INFO,
        "a draft that was accepted unchanged",
        "A machine wrote it, and nobody changed a letter; perhaps nobody read it.",
        Example(_ACCEPTED.format(draft_digest("One of these days", "Un de ces jours"))),
        Example(_ACCEPTED.format("00000000")),
    ),
    "CO104": Rule(
        Severity.INFO,
        "too little is reviewed to publish the locale",
        "The setting publish_at is the share of an article's words that must be reviewed before "
        "its page in a language is published for the first time; title and description always "
        "must be. A page that is published stays so.",
        Example(_EMPTY),
        Example(_DONE),
    ),
    "CO105": Rule(
        Severity.WARNING,
        "the translation is the same as the source text",
        "The page shows a sentence in the wrong language, marked as translated.",
        Example(_SAME),
        Example('msgctxt "a"\nmsgid "Ada Byron, Engine Ltd"\nmsgstr "Ada Byron, Engine Ltd"\n'),
    ),
    "CO106": Rule(
        Severity.WARNING,
        "the catalogue does not match its article",
        "The article changed since the last merge: translators work on removed texts and do not "
        "see the new ones. 'pipeline run' or 'pipeline merge' updates the catalogue.",
        Example(_DONE, "## A\n\nOne of these days\n\nAnd another one\n"),
        Example(_DONE.replace('"a"', '"introduction"'), "One of these days\n"),
    ),
    "CO108": Rule(
        Severity.INFO,
        "the published page shows an earlier translation",
        "The source text changed since its translation was reviewed. Until the new one is "
        "reviewed, the page keeps the last one that was (setting stale).",
        Example(_STALE),
        Example(_DONE),
    ),
    "CO109": Rule(
        Severity.INFO,
        "the published page lacks a translation",
        "The text has no reviewed translation yet. The page leaves it out, with its section if all "
        "of that is new, or shows the words of the source (setting missing).",
        Example(_MISSING),
        Example(_DONE),
    ),
    "CO110": Rule(
        Severity.INFO,
        "a translator left the text out on purpose",
        "The comment 'pipeline: omit REASON' says so; the page has no such passage, and nothing is "
        "missing.",
        Example("# pipeline: omit the law is another here\n" + _EMPTY),
        Example(_EMPTY),
    ),
}

_ON_PAGES = {
    "stale": Problem("CO108", "the published page shows the last reviewed translation"),
    "waiting": Problem("CO109", "the published page waits for a reviewed translation"),
}
_WORDS = 4
"""Minimum number of words, without names, of a text that needs a translation."""
_WORD = re.compile(r"[^\W\d_]+")


def check_completeness(
    unit: Unit,
    terms: tuple[str, ...] = (),
    labels: frozenset[str] = frozenset(),
    apart: str = "",
) -> Iterator[Problem]:
    """Yield a missing translation or review of a unit, and a target that repeats the source.

    ``apart`` is the field of the status that counts the unit apart, if any: ``names``, ``stale`` or
    ``waiting``.
    """
    if apart in _ON_PAGES:
        yield _ON_PAGES[apart]
    if (reason := omission(unit)) is not None:
        said = f": {reason}" if reason else "; write the reason behind 'pipeline: omit'"
        yield Problem("CO110", f"left out on purpose{said}")
    elif apart == "names":
        return
    elif unit.state is State.EMPTY:
        yield Problem("CO101", "not translated yet")
    elif unit.state is State.DRAFT:
        origin = unit.without_false_origin().origin
        who = f" by {origin.signature}" if origin.signature else ""
        age = " of an older source text" if unit.is_outdated else ""
        yield Problem("CO102", f"{origin.kind.value} draft{who}{age}, not reviewed yet")
    elif unit.untouched:
        draft = f"draft by {unit.origin.signature}"
        yield Problem("CO103", f"{draft} accepted unchanged: check that it was read")
    if unit.state is State.ORIGINAL:
        return
    # Another line break or space does not make a translation.
    if unit.target and unit.target.split() == unit.source.split():
        count = _count_words(unit.source, terms, labels)
        if count >= _WORDS:
            yield Problem("CO105", f"same as the source text, which has {count} words to translate")


def check_publishable(
    catalog: Catalog, publish_at: float, complete: Container[tuple[str, str]] = ()
) -> Iterator[Problem]:
    """Yield a problem if too little of a catalogue is reviewed to publish its page.

    ``publish_at`` is the share of the words that is required (0 to 1); ``complete`` has the keys of
    units that need no translation. A page that is published stays so.
    """
    if catalog.published:
        return
    share, lacking = readiness(catalog, complete)
    if share < publish_at:
        shares = f"{percent(share, 'en')} of the words are reviewed; {percent(publish_at, 'en')}"
        yield Problem("CO104", f"{shares} are required to publish the page")
    elif lacking:
        message = f"no page is published before {' and '.join(lacking)} are reviewed"
        yield Problem("CO104", message)


def check_up_to_date(catalog: Catalog, template: Catalog) -> Iterator[Problem]:
    """Yield a problem if a catalogue has other texts than its article."""
    here, there = ({unit.key for unit in one.units} for one in (catalog, template))
    if here != there:
        counts = f"{len(there - here)} new and {len(here - there)} removed texts"
        message = f"the article changed since the last merge ({counts}): run 'pipeline merge'"
        yield Problem("CO106", message)


def _count_words(text: str, terms: tuple[str, ...], labels: frozenset[str]) -> int:
    """Count the words outside names, addresses and code: those in small letters, and the first."""
    rest = find_marks(text, labels).rest
    for term in sorted(terms, key=len, reverse=True):
        if term in rest:
            rest = term_pattern(term).sub(" ", rest)
    words: list[str] = _WORD.findall(rest)
    # In a script without capitals every word counts.
    return sum(not word[0].isupper() for word in words) + bool(words and words[0][0].isupper())
