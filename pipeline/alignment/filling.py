"""Write the texts of an aligned version into a catalogue."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from pipeline.alignment.doubts import is_copy, same
from pipeline.alignment.lattice import DOUBTS
from pipeline.alignment.splitting import LEAST_CONFIDENCE, Division
from pipeline.findings import Finding, Place, Severity
from pipeline.model import Origin, OriginKind, State, text_hash

if TYPE_CHECKING:
    from pipeline.alignment.lattice import Alignment, Bead
    from pipeline.model import Article, Catalog, Unit

__all__ = ["fill", "outdated"]

_LONGEST_NAME = 28
"""Longest file name in a signature; keeps the provenance comment within one line of 78 columns."""
_EXCERPT = 60
_UNTOUCHED = 0.8


class _Part(NamedTuple):
    """A bead's text for one unit."""

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
    replaced: bool = False,
) -> tuple[Catalog, tuple[Finding, ...]]:
    """Fill units of a catalogue with the texts of an aligned version.

    Empty units are filled, and untouched drafts of an earlier alignment get the version's current
    text. With ``accept``, texts that are at least as sure as ``confidence`` and not in doubt count
    as reviewed; all others are drafts. Text that a human wrote or accepted is kept. Pairs that are
    likelier wrong than right are only reported; so are texts that nobody has translated, if the
    version is in a language that is ``foreign`` to the source. If the version is to be ``replaced``
    by a build, its texts replace untouched drafts of a machine, and its texts that no unit has are
    reported.
    """
    work = _Filling(catalog, source, version, confidence, accept)
    work.replaced = replaced
    if foreign:
        work.find_copies(alignment)
    for bead in alignment.beads:
        if bead.source and bead.version:
            work.place(bead)
    for bead in alignment.beads:
        if not (bead.source and bead.version):
            work.report(bead)
        elif replaced:
            work.report_lost(bead)
    units = tuple(work.units[unit.key] for unit in catalog.units)
    return replace(catalog, units=units), tuple(work.findings)


def outdated(catalog: Catalog, version: Article) -> bool:
    """Return whether the version no longer has a text that an earlier alignment took from it."""
    drafts = {unit.target for unit in catalog.units if _aligned(unit)}
    drafts -= {segment.text for segment in version.segments}
    if not drafts:
        return False
    whole = " ".join(segment.text for segment in version.segments)  # some were joined or divided
    return any(draft not in whole for draft in drafts)


def _aligned(unit: Unit) -> bool:
    """Return whether a unit is an untouched draft of an alignment."""
    return unit.state is State.DRAFT and unit.origin.kind is OriginKind.ALIGNED and unit.untouched


class _Filling:
    def __init__(
        self, catalog: Catalog, source: Article, version: Article, threshold: float, accept: bool
    ) -> None:
        self.units = {unit.key: unit for unit in catalog.units}
        self.source = source
        self.version = version
        self.threshold = threshold
        self.accept = accept
        self.division = Division(source, version)
        self.replaced = False
        self.findings: list[Finding] = []
        self.done: set[tuple[str, str]] = set()
        """Keys of the units that have their text; they take no second one."""
        self.copies: frozenset[tuple[int, int]] = frozenset()
        """Indexes in source and version of the texts that nobody has translated."""

    def find_copies(self, alignment: Alignment) -> None:
        pairs = [
            (i, j, self.source.segments[i].text, self.version.segments[j].text)
            for bead in alignment.beads
            for i, j in zip(bead.source, bead.version, strict=False)
        ]
        labels = self.source.labels | self.version.labels
        copies = frozenset((i, j) for i, j, one, other in pairs if is_copy(one, other, labels))
        alike = frozenset((i, j) for i, j, one, other in pairs if same(one, other))
        # Where next to all is the same, names and titles were not looked at either.
        whole = copies and len(alike) >= _UNTOUCHED * len(pairs)
        self.copies = copies | alike if whole else copies

    def empty(self, i: int) -> Unit | None:
        """Return the unit of a source segment, if there is one and it is empty."""
        segment = self.source.segments[i]
        unit = self.units.get((segment.context, segment.text))
        return unit if unit and unit.state is State.EMPTY else None

    def free(self, i: int) -> Unit | None:
        """Return the unit of a source segment, if it may still get a text.

        It must be empty or renewable, and must not have got its text already.
        """
        segment = self.source.segments[i]
        unit = self.units.get((segment.context, segment.text))
        if unit is None or unit.key in self.done:
            return None
        return unit if unit.state is State.EMPTY or self.renewable(unit) else None

    def renewable(self, unit: Unit) -> bool:
        """Return whether a draft is of an earlier alignment, or worth less than the version."""
        return _aligned(unit) or (self.replaced and unit.state is State.DRAFT and unit.untouched)

    def place(self, bead: Bead) -> None:
        if not any(self.free(i) for i in bead.source):
            return
        if self.copies:
            bead = self.suspected(bead)
        if len(bead.source) == len(bead.version) == 1 and self.copies & {
            (bead.source[0], bead.version[0])
        }:
            self.untranslated(bead)
            return
        likely = bead.confidence >= LEAST_CONFIDENCE
        parts = self.parts(bead) if likely else []
        new = [(unit, p) for p in parts if p.text and (unit := self.free(p.place))]
        if len(bead.source) <= len(bead.version) and not likely:
            self.guessed(bead)
        elif len(bead.source) > len(bead.version) and (
            any(unit.target != part.text for unit, part in new)
            or any(self.empty(i) for i in bead.source)
        ):
            self.shared(bead, bool(parts))
        for _, part in new:
            if unit := self.free(part.place):
                self.write(unit, part, bead)

    def suspected(self, bead: Bead) -> Bead:
        """Doubt a short text that is equal to its source, where others were not translated."""
        texts = [self.source.segments[i].text for i in bead.source]
        found = [self.version.segments[j].text for j in bead.version]
        if not (len(texts) == len(found) and all(map(same, texts, found))):
            return bead
        return bead._replace(reason="; ".join(filter(None, (DOUBTS["copy"], bead.reason))))

    def untranslated(self, bead: Bead) -> None:
        if not self.empty(bead.source[0]):
            return
        text = _excerpt(self.version.segments[bead.version[0]].text)
        message = f"{text} in {self.version.path} is not translated: its entry stays empty"
        self.find("AL005", Severity.WARNING, message, bead.source[0])

    def guessed(self, bead: Bead) -> None:
        """Report a pair that is likelier wrong than right."""
        text = _excerpt(" ".join(self.version.segments[j].text for j in bead.version))
        for i in bead.source:
            if unit := self.empty(i):
                message = (
                    f"{self.version.path} has no certain translation of {_excerpt(unit.source)}: "
                    f"the entry stays empty; the closest text is {text} ({bead.reason}, "
                    f"confidence {_shown(bead.confidence)})"
                )
                self.find("AL001", Severity.INFO, message, i)

    def write(self, unit: Unit, part: _Part, bead: Bead) -> None:
        self.done.add(unit.key)
        if unit.target == part.text:
            return
        sure = part.confidence >= self.threshold and not bead.reason
        why = next((word for word, text in DOUBTS.items() if text in bead.reason), "")
        signature = " ".join(filter(None, (self.name, _shown(part.confidence), part.how, why)))
        self.units[unit.key] = unit._replace(
            target=part.text,
            state=State.REVIEWED if sure and self.accept else State.DRAFT,
            origin=Origin(OriginKind.ALIGNED, signature, text_hash(part.text)),
            previous=None,
        )
        if not sure:
            reason = bead.reason or "the pair is not certain enough"
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
        """Return the parts of a bead's text for its units; none if they cannot be decided."""
        texts = [self.version.segments[j].text for j in bead.version]
        if len(bead.source) == 1:
            how = "joined" if len(texts) > 1 else ""
            return [_Part(bead.source[0], " ".join(texts), bead.confidence, how)]
        if len(bead.source) == len(texts):
            pairs = zip(bead.source, texts, strict=True)
            return [_Part(i, text, bead.confidence, "") for i, text in pairs]
        if len(texts) > 1:
            return []
        shares = self.division.shares(bead.source, texts[0])
        return [_Part(i, text, bead.confidence * odds, "split") for i, text, odds in shares]

    def shared(self, bead: Bead, divided: bool) -> None:
        text = _excerpt(" ".join(self.version.segments[j].text for j in bead.version))
        count = len(bead.source)
        if divided:
            end = "was divided among them: check each part"
            severity = Severity.INFO
        else:
            end = "could not be divided among them: it was not used"
            severity = Severity.WARNING
        message = f"{text} in {self.version.path} translates {count} texts of the source and {end}"
        self.find("AL004", severity, message, bead.source[0])

    def report(self, bead: Bead) -> None:
        """Report the texts of a bead that has only one side."""
        for i in bead.source:
            if unit := self.empty(i):
                message = f"{self.version.path} has no translation of {_excerpt(unit.source)}"
                self.find("AL001", Severity.INFO, message, i)
        for j in bead.version:
            segment = self.version.segments[j]
            message = (
                f"{_excerpt(segment.text)} in {self.version.path} has no counterpart in the source"
            )
            place = Place(self.version.path, segment.line)
            finding = Finding("AL002", Severity.WARNING, message, segment.context, "", place)
            self.findings.append(finding)

    def report_lost(self, bead: Bead) -> None:
        """Report the version's texts of a bead that are in no unit of the catalogue."""
        units = [self.units.get(self.source.segments[i][:2]) for i in bead.source]
        said = _solid(" ".join(u.target or u.source for u in units if u))
        for segment in (self.version.segments[j] for j in bead.version):
            text = _solid(segment.text)
            if text in said or text in self.kept:
                continue
            message = (
                f"{_excerpt(segment.text)} in {self.version.path} is in no catalogue entry: "
                "built pages will not have it"
            )
            place = Place(self.version.path, segment.line)
            finding = Finding("AL006", Severity.WARNING, message, segment.context, "", place)
            self.findings.append(finding)

    @cached_property
    def kept(self) -> frozenset[str]:
        """All targets of the catalogue after it was filled, without white space."""
        return frozenset(_solid(unit.target) for unit in self.units.values())

    def find(self, code: str, severity: Severity, message: str, i: int) -> None:
        """Add a finding about a segment of the source."""
        segment = self.source.segments[i]
        place = Place(self.source.path, segment.line)
        self.findings.append(Finding(code, severity, message, segment.context, segment.text, place))


def _shown(confidence: float) -> str:
    """Format a confidence cut off, so that one below a threshold never looks equal to it."""
    return f"{floor(confidence * 100) / 100:.2f}"


def _solid(text: str) -> str:
    """Remove all white space from a text."""
    return "".join(text.split())


def _excerpt(text: str) -> str:
    """Quote the first words of a text."""
    short = " ".join(text.split())
    if len(short) > _EXCERPT:
        short = short[:_EXCERPT].rpartition(" ")[0] or short[:_EXCERPT]
        short += " …"
    return f"“{short}”"
