"""Write the texts of an aligned version into a catalogue."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from pipeline.alignment.doubts import is_copy, is_same
from pipeline.alignment.lattice import DOUBTS
from pipeline.alignment.sections import FRONT
from pipeline.alignment.splitting import LEAST_CONFIDENCE, Division
from pipeline.findings import Finding, Place, Severity
from pipeline.markdown import own_values
from pipeline.model import Origin, OriginKind, State, draft_digest

if TYPE_CHECKING:
    from pipeline.alignment.lattice import Alignment, Bead
    from pipeline.markdown import OwnValues
    from pipeline.model import Article, Catalog, Segment, Unit

__all__ = ["fill", "find_own_values", "is_outdated"]

_LONGEST_NAME = 20
"""Longest file name in a signature; keeps the provenance comment within one line of 78 columns."""
_EXCERPT_LENGTH = 60
_UNTRANSLATED_SHARE = 0.8


class _Part(NamedTuple):
    """A bead's text for one unit."""

    segment_index: int
    """Index of the source segment."""
    text: str
    confidence: float
    method: str
    """One word for the signature, or an empty string."""


def fill(
    catalog: Catalog,
    source: Article,
    version: Article,
    alignment: Alignment,
    *,
    confidence: float = 0.8,
    accept: bool = False,
    other_language: bool = True,
    is_replaced: bool = False,
) -> tuple[Catalog, tuple[Finding, ...]]:
    """Fill units of a catalogue with the texts of an aligned version.

    Empty units are filled, and untouched drafts of an earlier alignment get the version's current
    text. With ``accept``, texts that are at least as sure as ``confidence`` and not in doubt count
    as reviewed; all others are drafts. Text that a human wrote or accepted is kept. Pairs that are
    likelier wrong than right are only reported; so are texts that nobody has translated, if the
    version is in an ``other_language`` than the source. If a build will replace the version
    (``is_replaced``), its texts replace untouched drafts of a machine, and its texts that no unit
    has are reported.
    """
    filling = _Filling(catalog, source, version, confidence, accept, is_replaced)
    if other_language:
        filling.find_copies(alignment)
    for bead in alignment.beads:
        if bead.source and bead.version:
            filling.fill_bead(bead)
    # Afterwards, because the text of one bead may be in the unit of another.
    for bead in alignment.beads:
        if not (bead.source and bead.version):
            filling.report_unpaired(bead)
        elif is_replaced:
            filling.report_lost(bead)
    units = tuple(filling.units[unit.key] for unit in catalog.units)
    filling.report_lost_values()
    filled = replace(catalog, units=units, own_values=filling.own.kept)
    return filled, tuple(filling.findings)


def is_outdated(catalog: Catalog, version: Article) -> bool:
    """Return whether the version no longer has a text that an earlier alignment took from it."""
    drafts = {unit.target for unit in catalog.units if _is_aligned_draft(unit)}
    drafts -= {segment.text for segment in version.segments}
    if not drafts:
        return False
    whole = " ".join(segment.text for segment in version.segments)  # some were joined or divided
    return any(draft not in whole for draft in drafts)


def find_own_values(source: Article, version: Article) -> OwnValues:
    """Return the front-matter values that a version has of its own."""
    translated = {segment.kind for segment in source.segments if segment.context == FRONT}
    return own_values(source.data, version.data, translated)


def _is_aligned_draft(unit: Unit) -> bool:
    """Return whether a unit is an untouched draft of an alignment."""
    return unit.state is State.DRAFT and unit.origin.kind is OriginKind.ALIGNED and unit.untouched


class _Filling:
    def __init__(
        self,
        catalog: Catalog,
        source: Article,
        version: Article,
        threshold: float,
        accept: bool,
        is_replaced: bool,
    ) -> None:
        self.units = {unit.key: unit for unit in catalog.units}
        self.source = source
        self.version = version
        self.threshold = threshold
        self.accept = accept
        self.division = Division(source, version)
        self.is_replaced = is_replaced
        self.findings: list[Finding] = []
        self.own = find_own_values(source, version)
        self.filled_keys: set[tuple[str, str]] = set()
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
        same_texts = frozenset((i, j) for i, j, one, other in pairs if is_same(one, other))
        # Where next to all is the same, names and titles were not looked at either.
        all_untranslated = copies and len(same_texts) >= _UNTRANSLATED_SHARE * len(pairs)
        self.copies = copies | same_texts if all_untranslated else copies

    def empty_unit(self, i: int) -> Unit | None:
        """Return the unit of a source segment, if there is one and it is empty."""
        segment = self.source.segments[i]
        unit = self.units.get((segment.context, segment.text))
        return unit if unit and unit.state is State.EMPTY else None

    def fillable_unit(self, i: int) -> Unit | None:
        """Return the unit of a source segment, if it may still get a text.

        It must be empty or renewable, and must not have got its text already.
        """
        segment = self.source.segments[i]
        unit = self.units.get((segment.context, segment.text))
        if unit is None or unit.key in self.filled_keys:
            return None
        return unit if unit.state is State.EMPTY or self.is_renewable(unit) else None

    def is_renewable(self, unit: Unit) -> bool:
        """Return whether a draft is of an earlier alignment, or worth less than the version."""
        return _is_aligned_draft(unit) or (
            self.is_replaced and unit.state is State.DRAFT and unit.untouched
        )

    def fill_bead(self, bead: Bead) -> None:
        if not any(self.fillable_unit(i) for i in bead.source):
            return
        if self.copies:
            bead = self.doubt_untranslated(bead)
        if len(bead.source) == len(bead.version) == 1 and self.copies & {
            (bead.source[0], bead.version[0])
        }:
            self.report_untranslated(bead)
            return
        is_likely = bead.confidence >= LEAST_CONFIDENCE
        parts = self.split_bead(bead) if is_likely else []
        fillable = [
            (unit, p) for p in parts if p.text and (unit := self.fillable_unit(p.segment_index))
        ]
        if len(bead.source) <= len(bead.version) and not is_likely:
            self.report_guess(bead)
        elif len(bead.source) > len(bead.version) and (
            any(unit.target != part.text for unit, part in fillable)
            or any(self.empty_unit(i) for i in bead.source)
        ):
            self.report_division(bead, bool(parts))
        for _, part in fillable:
            # Looked up again: two segments of a bead may have the same unit, which takes one text.
            if unit := self.fillable_unit(part.segment_index):
                self.write(unit, part, bead)

    def doubt_untranslated(self, bead: Bead) -> Bead:
        """Doubt a short text that is equal to its source, where others were not translated."""
        source_texts = [self.source.segments[i].text for i in bead.source]
        version_texts = [self.version.segments[j].text for j in bead.version]
        if not (
            len(source_texts) == len(version_texts)
            and all(map(is_same, source_texts, version_texts))
        ):
            return bead
        return bead._replace(reason="; ".join(filter(None, (DOUBTS["copy"], bead.reason))))

    def report_untranslated(self, bead: Bead) -> None:
        if not self.empty_unit(bead.source[0]):
            return
        text = _excerpt(self.version.segments[bead.version[0]].text)
        message = f"{text} in {self.version.path} is not translated: its entry stays empty"
        self.add_finding("AL005", Severity.WARNING, message, bead.source[0])

    def report_guess(self, bead: Bead) -> None:
        """Report a pair that is likelier wrong than right."""
        text = _excerpt(" ".join(self.version.segments[j].text for j in bead.version))
        for i in bead.source:
            if unit := self.empty_unit(i):
                message = (
                    f"{self.version.path} has no certain translation of {_excerpt(unit.source)}: "
                    f"the entry stays empty; the closest text is {text} ({bead.reason}, "
                    f"confidence {_format_confidence(bead.confidence)})"
                )
                self.add_finding("AL001", Severity.INFO, message, i)

    def write(self, unit: Unit, part: _Part, bead: Bead) -> None:
        self.filled_keys.add(unit.key)
        # A draft that says the same keeps its signature, and the file its bytes.
        if unit.target == part.text:
            return
        is_sure = part.confidence >= self.threshold and not bead.reason
        doubt = next((word for word, text in DOUBTS.items() if text in bead.reason), "")
        signature = " ".join(
            filter(None, (self.file_name, _format_confidence(part.confidence), part.method, doubt))
        )
        self.units[unit.key] = unit._replace(
            target=part.text,
            state=State.REVIEWED if is_sure and self.accept else State.DRAFT,
            origin=Origin(OriginKind.ALIGNED, signature, draft_digest(unit.source, part.text)),
            previous=None,
        )
        if not is_sure:
            reason = bead.reason or "the pair is not certain enough"
            self.add_finding(
                "AL003",
                Severity.INFO,
                f"{_excerpt(unit.source)} was paired with {_excerpt(part.text)}, but {reason} "
                f"(confidence {_format_confidence(part.confidence)})",
                part.segment_index,
            )

    @cached_property
    def file_name(self) -> str:
        """Name of the version's file, fit for a signature."""
        name = re.sub(r"\s", "_", self.version.path.rpartition("/")[2])
        return name if len(name) <= _LONGEST_NAME else "…" + name[1 - _LONGEST_NAME :]

    def split_bead(self, bead: Bead) -> list[_Part]:
        """Return the parts of a bead's text for its units; none if they cannot be decided."""
        texts = [self.version.segments[j].text for j in bead.version]
        if len(bead.source) == 1:
            method = "joined" if len(texts) > 1 else ""
            return [_Part(bead.source[0], " ".join(texts), bead.confidence, method)]
        if len(bead.source) == len(texts):
            pairs = zip(bead.source, texts, strict=True)
            return [_Part(i, text, bead.confidence, "") for i, text in pairs]
        if len(texts) > 1:
            return []
        # Both must be right: the pair, and the place at which its text is cut.
        shares = self.division.divide(bead.source, texts[0])
        return [_Part(i, text, bead.confidence * odds, "split") for i, text, odds in shares]

    def report_division(self, bead: Bead, is_divided: bool) -> None:
        text = _excerpt(" ".join(self.version.segments[j].text for j in bead.version))
        count = len(bead.source)
        if is_divided:
            outcome = "was divided among them: check each part"
            severity = Severity.INFO
        else:
            outcome = "could not be divided among them: it was not used"
            severity = Severity.WARNING
        message = (
            f"{text} in {self.version.path} translates {count} texts of the source and {outcome}"
        )
        self.add_finding("AL004", severity, message, bead.source[0])

    def report_unpaired(self, bead: Bead) -> None:
        """Report the texts of a bead that has only one side."""
        for i in bead.source:
            if unit := self.empty_unit(i):
                message = f"{self.version.path} has no translation of {_excerpt(unit.source)}"
                self.add_finding("AL001", Severity.INFO, message, i)
        for j in bead.version:
            segment = self.version.segments[j]
            if self.is_kept(segment):
                continue
            message = (
                f"{_excerpt(segment.text)} in {self.version.path} has no counterpart in the source"
            )
            place = Place(self.version.path, segment.line)
            finding = Finding("AL002", Severity.WARNING, message, segment.context, "", place)
            self.findings.append(finding)

    def report_lost(self, bead: Bead) -> None:
        """Report the version's texts of a bead that are in no unit of the catalogue."""
        units = [self.units.get(self.source.segments[i][:2]) for i in bead.source]
        translations = _without_spaces("".join(u.target or u.source for u in units if u))
        for segment in (self.version.segments[j] for j in bead.version):
            # Texts that were joined or divided have other white space than their segments.
            text = _without_spaces(segment.text)
            if text in translations or text in self.all_targets or self.is_kept(segment):
                continue
            message = (
                f"{_excerpt(segment.text)} in {self.version.path} is in no catalogue entry: "
                "built pages will not have it"
            )
            place = Place(self.version.path, segment.line)
            finding = Finding("AL006", Severity.WARNING, message, segment.context, "", place)
            self.findings.append(finding)

    def is_kept(self, segment: Segment) -> bool:
        """Return whether a text of the version is in a front-matter value that is kept whole."""
        return segment.context == FRONT and segment.kind in dict(self.own.kept)

    def report_lost_values(self) -> None:
        """Report the version's front-matter values that a built page will not have."""
        for key in self.own.lost:
            message = (
                f"the value of '{key}' in {self.version.path} differs from the source's and cannot "
                "be kept: only values that are not nested, in YAML, can"
            )
            self.findings.append(
                Finding("AL008", Severity.WARNING, message, FRONT, "", Place(self.version.path, 1))
            )

    @cached_property
    def all_targets(self) -> frozenset[str]:
        """All targets of the catalogue after it was filled, without white space."""
        return frozenset(_without_spaces(unit.target) for unit in self.units.values())

    def add_finding(self, code: str, severity: Severity, message: str, i: int) -> None:
        """Add a finding about a segment of the source."""
        segment = self.source.segments[i]
        place = Place(self.source.path, segment.line)
        self.findings.append(Finding(code, severity, message, segment.context, segment.text, place))


def _format_confidence(confidence: float) -> str:
    """Format a confidence cut off, so that one below a threshold never looks equal to it."""
    return f"{floor(confidence * 100) / 100:.2f}"


def _without_spaces(text: str) -> str:
    """Remove all white space from a text."""
    return "".join(text.split())


def _excerpt(text: str) -> str:
    """Quote the first words of a text."""
    short = " ".join(text.split())
    if len(short) > _EXCERPT_LENGTH:
        short = short[:_EXCERPT_LENGTH].rpartition(" ")[0] or short[:_EXCERPT_LENGTH]
        short += " …"
    return f"“{short}”"
