"""Articles and catalogues made by hand, filled by beads made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.alignment.filling import fill
from pipeline.alignment.lattice import Alignment
from pipeline.model import Article, Catalog, Section, Segment, Unit

if TYPE_CHECKING:
    from pipeline.alignment.lattice import Bead
    from pipeline.findings import Finding

__all__ = ["SOURCE", "VERSION", "article", "empty", "filled"]


SOURCE = (
    "The agency was founded in 1998 by two brothers from Denver.",
    "Their first campaign ran on the radio. Nobody listened to it.",
    "Facebook changed everything.",
)


VERSION = (
    "L’agence a été fondée en 1998 par deux frères de Denver.",
    "Leur première campagne passait à la radio. Personne ne l’écoutait.",
    "Facebook a tout changé.",
)


def article(texts: tuple[str, ...], path: str) -> Article:
    segments = tuple(
        Segment("introduction", text, "paragraph", 3 + 2 * n, n, n + 1, "markdown", 0, "")
        for n, text in enumerate(texts)
    )
    return Article(path, b"", segments, (Section("introduction", "", 1),))


def empty(texts: tuple[str, ...] = SOURCE) -> Catalog:
    return Catalog("a", "fr", tuple(Unit("introduction", text) for text in dict.fromkeys(texts)))


def filled(
    beads: list[Bead],
    version: tuple[str, ...] = VERSION,
    *,
    catalog: Catalog | None = None,
    accept: bool = False,
    path: str = "source/a/fr.md",
) -> tuple[list[str], Catalog, tuple[Finding, ...]]:
    """Fill a catalogue by hand-made beads; return its targets, the catalogue and the findings."""
    source = article(SOURCE, "source/a/en.md")
    alignment = Alignment(tuple(beads))
    new, findings = fill(
        catalog or empty(), source, article(version, path), alignment, accept=accept
    )
    return [unit.target for unit in new.units], new, findings
