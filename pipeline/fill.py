"""Write the texts of an aligned version into a catalogue."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from math import floor, inf
from typing import TYPE_CHECKING, NamedTuple

from pipeline.beads import DOUBTS, chain, shares
from pipeline.copies import copied, same
from pipeline.evidence import PRIOR, Evidence, frequencies
from pipeline.findings import Finding, Place, Severity
from pipeline.marks import SENTENCE, read
from pipeline.model import Origin, OriginKind, State, text_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.beads import Alignment, Bead
    from pipeline.evidence import Frequencies
    from pipeline.marks import Text
    from pipeline.model import Article, Catalog, Unit

__all__ = ["LEAST", "fill"]

_LONGEST_NAME = 28
"""Keeps the provenance comment within one line of 78 columns."""
_EXCERPT = 60
LEAST = 0.5
"""A text is written, and divided, only where it is likelier right than wrong. With 10 in 100
blocks damaged, 1 of 38 texts below this was right (novels, Debian Handbook)."""
_UNTOUCHED = 0.8
_MOST = 100
"""Nobody joins so many sentences into one paragraph; looking at more would take long."""
# Too many places are better than too few: what belongs together is put together again.
_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]+(?:\s?[»”’\"')\]*_])*\s+(?=[^\sa-zß-öø-ÿ»”])|[。！？]+[」』）]*(?=.)"
)
_ITEM_END = re.compile(r"[;；]\s+")
"""Where the items of a list end that became a paragraph, if they end so in the source."""


class _Part(NamedTuple):
    """What one unit gets."""

    place: int
    """Index of the source segment."""
    text: str
    confidence: float
    how: str
    """One word for the signature, or an empty string."""


def fill(
    catalog: Catalog,
    source: Article,
    version: Article,
    alignment: Alignment,
    *,
    confidence: float = 0.8,
    accept: bool = False,
    foreign: bool = True,
) -> tuple[Catalog, tuple[Finding, ...]]:
    """Give each empty unit the text that its bead has for it.

    With ``accept``, what is at least as sure as ``confidence`` and not in doubt counts as
    reviewed; everything else is a draft. Units that are not empty stay as they are. What is
    likelier wrong than right is only reported; so is a text that nobody has translated, if
    the version is in a language that is ``foreign`` to the source.
    """
    work = _Filling(catalog, source, version, confidence, accept)
    if foreign:
        work.find_copies(alignment)
    for bead in alignment.beads:
        if bead.source and bead.version:
            work.place(bead)
    for bead in alignment.beads:
        if not (bead.source and bead.version):
            work.report(bead)
    units = tuple(work.units[unit.key] for unit in catalog.units)
    return replace(catalog, units=units), tuple(work.findings)


class _Filling:
    def __init__(
        self, catalog: Catalog, source: Article, version: Article, threshold: float, accept: bool
    ) -> None:
        self.units = {unit.key: unit for unit in catalog.units}
        self.source = source
        self.version = version
        self.threshold = threshold
        self.accept = accept
        self.findings: list[Finding] = []
        self.copies: frozenset[tuple[int, int]] = frozenset()
        """Places in source and version of the texts that nobody has translated."""

    def find_copies(self, alignment: Alignment) -> None:
        pairs = [
            (i, j, self.source.segments[i].text, self.version.segments[j].text)
            for bead in alignment.beads
            for i, j in zip(bead.source, bead.version, strict=False)
        ]
        copies = frozenset((i, j) for i, j, one, other in pairs if copied(one, other))
        alike = frozenset((i, j) for i, j, one, other in pairs if same(one, other))
        # Where next to all is the same, names and titles were not looked at either.
        whole = copies and len(alike) >= _UNTOUCHED * len(pairs)
        self.copies = copies | alike if whole else copies

    def empty(self, i: int) -> Unit | None:
        """Give the unit of a source segment, if there is one and it is empty."""
        segment = self.source.segments[i]
        unit = self.units.get((segment.context, segment.text))
        return unit if unit and unit.state is State.EMPTY else None

    def place(self, bead: Bead) -> None:
        if not any(self.empty(i) for i in bead.source):
            return
        if self.copies:
            bead = self.suspected(bead)
        if len(bead.source) == len(bead.version) == 1 and self.copies & {
            (bead.source[0], bead.version[0])
        }:
            self.untranslated(bead)
            return
        likely = bead.confidence >= LEAST
        parts = self.parts(bead) if likely else []
        if len(bead.source) <= len(bead.version) and not likely:
            self.guessed(bead)
        elif len(bead.source) > len(bead.version):
            self.shared(bead, bool(parts))
        for part in parts:
            if part.text and (unit := self.empty(part.place)):
                self.write(unit, part, bead)

    def suspected(self, bead: Bead) -> Bead:
        """Doubt a short text that is its source, where others were not translated."""
        texts = [self.source.segments[i].text for i in bead.source]
        found = [self.version.segments[j].text for j in bead.version]
        if not (len(texts) == len(found) and all(map(same, texts, found))):
            return bead
        return bead._replace(reason="; ".join(filter(None, (DOUBTS["copy"], bead.reason))))

    def untranslated(self, bead: Bead) -> None:
        text = _excerpt(self.version.segments[bead.version[0]].text)
        message = f"{text} in {self.version.path} is not translated; the text stays empty"
        self.find("AL005", Severity.WARNING, message, bead.source[0])

    def guessed(self, bead: Bead) -> None:
        """Report a pair that is likelier wrong than right."""
        text = _excerpt(" ".join(self.version.segments[j].text for j in bead.version))
        for i in bead.source:
            if unit := self.empty(i):
                message = (
                    f"{self.version.path} has no sure text for {_excerpt(unit.source)}, which "
                    f"stays empty; the nearest is {text} ({bead.reason}, "
                    f"confidence {_shown(bead.confidence)})"
                )
                self.find("AL001", Severity.INFO, message, i)

    def write(self, unit: Unit, part: _Part, bead: Bead) -> None:
        sure = part.confidence >= self.threshold and not bead.reason
        why = next((word for word, text in DOUBTS.items() if text in bead.reason), "")
        signature = " ".join(filter(None, (self.name, _shown(part.confidence), part.how, why)))
        self.units[unit.key] = unit._replace(
            target=part.text,
            state=State.REVIEWED if sure and self.accept else State.DRAFT,
            origin=Origin(OriginKind.ALIGNED, signature, text_hash(part.text)),
        )
        if not sure:
            reason = bead.reason or "it is not sure enough"
            self.find(
                "AL003",
                Severity.INFO,
                f"{_excerpt(unit.source)} was paired with {_excerpt(part.text)}, but {reason} "
                f"(confidence {_shown(part.confidence)})",
                part.place,
            )

    @cached_property
    def name(self) -> str:
        """Name of the version's file, fit for a signature."""
        name = re.sub(r"\s", "_", self.version.path.rpartition("/")[2])
        return name if len(name) <= _LONGEST_NAME else "…" + name[1 - _LONGEST_NAME :]

    def parts(self, bead: Bead) -> list[_Part]:
        """Say what each unit of a bead gets; nothing, if that cannot be told."""
        texts = [self.version.segments[j].text for j in bead.version]
        if len(bead.source) == 1:
            how = "joined" if len(texts) > 1 else ""
            return [_Part(bead.source[0], " ".join(texts), bead.confidence, how)]
        if len(bead.source) == len(texts):
            pairs = zip(bead.source, texts, strict=True)
            return [_Part(i, text, bead.confidence, "") for i, text in pairs]
        if len(texts) > 1:
            return []
        shares = self.divided(bead.source, texts[0])
        return [_Part(i, text, bead.confidence * odds, "split") for i, text, odds in shares]

    def divided(self, places: Sequence[int], text: str) -> list[tuple[int, str, float]]:
        """Divide one text among some source segments at the ends of sentences, or of list items.

        The result is empty where that is not possible: where a segment but the last is no
        whole sentence or item, or where lengths show that the right place to cut is not among them.
        """
        texts = [self.source.segments[i].text for i in places]
        items = [t.endswith((";", "；")) for t in texts[:-1]]
        pieces = _pieces(text, items=any(items))
        if not len(places) <= len(pieces) <= _MOST:
            return []
        left = [self.read(t) for t in texts]
        right = [self.read(piece) for piece in pieces]
        ratio = sum(t.length for t in right) / sum(t.length for t in left)
        evidence = Evidence(left, right, self.known, PRIOR._replace(ratio=ratio))
        links = chain(evidence, shares(len(pieces)), alone=-inf)
        ends = zip(left[:-1], items, strict=True)
        whole = all(SENTENCE in t.marks or item for t, item in ends)
        if not whole or any(link.odds < LEAST or evidence.odd(*link[:4]) for link in links):
            return []
        return [
            (places[link.i], " ".join(pieces[link.j : link.j + link.m]), link.odds)
            for link in links
        ]

    def read(self, text: str) -> Text:
        return read(text, "", self.terms)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.source.terms + self.version.terms))

    @cached_property
    def known(self) -> tuple[Frequencies, Frequencies]:
        """Count the marks of the source's segments and of the version's sentences."""
        sentences = [p for s in self.version.segments for p in _pieces(s.text)]
        return (
            frequencies([self.read(s.text) for s in self.source.segments]),
            frequencies([self.read(sentence) for sentence in sentences]),
        )

    def shared(self, bead: Bead, divided: bool) -> None:
        text = _excerpt(" ".join(self.version.segments[j].text for j in bead.version))
        count = len(bead.source)
        if divided:
            end = "was divided among them; see whether each has its part"
            severity = Severity.INFO
        else:
            end = "could not be divided among them; they stay empty"
            severity = Severity.WARNING
        message = f"{text} in {self.version.path} is for {count} texts of the source and {end}"
        self.find("AL004", severity, message, bead.source[0])

    def report(self, bead: Bead) -> None:
        """Report the texts of a bead that has only one side."""
        for i in bead.source:
            if unit := self.empty(i):
                message = f"{self.version.path} has no text for {_excerpt(unit.source)}"
                self.find("AL001", Severity.INFO, message, i)
        for j in bead.version:
            segment = self.version.segments[j]
            message = f"{_excerpt(segment.text)} in {self.version.path} has no text in the source"
            place = Place(self.version.path, segment.line)
            finding = Finding("AL002", Severity.WARNING, message, segment.context, "", place)
            self.findings.append(finding)

    def find(self, code: str, severity: Severity, message: str, i: int) -> None:
        """Add a finding about a segment of the source."""
        segment = self.source.segments[i]
        place = Place(self.source.path, segment.line)
        self.findings.append(Finding(code, severity, message, segment.context, segment.text, place))


def _pieces(text: str, *, items: bool = False) -> list[str]:
    """Cut a text into sentences, and those into ``items``."""
    patterns = (_SENTENCE_END, _ITEM_END) if items else (_SENTENCE_END,)
    ends = [0, *sorted({f.end() for p in patterns for f in p.finditer(text)}), len(text)]
    return [piece for start, end in pairwise(ends) if (piece := text[start:end].strip())]


def _shown(confidence: float) -> str:
    """Cut off after two decimals, so that what is below a threshold never looks as if at it."""
    return f"{floor(confidence * 100) / 100:.2f}"


def _excerpt(text: str) -> str:
    """Quote the first words of a text."""
    short = " ".join(text.split())
    if len(short) > _EXCERPT:
        short = short[:_EXCERPT].rpartition(" ")[0] or short[:_EXCERPT]
        short += " …"
    return f"“{short}”"
