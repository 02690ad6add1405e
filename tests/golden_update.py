"""Rewrite the expected files of the golden cases: ``python -m tests.golden_update``; review them.

A case is a folder: ``en.md`` and ``fr.po`` go in, ``template.pot``, ``fr.md`` and
``findings.txt`` (where there are any) must come out.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract
from pipeline.catalogue.po.file import Header, load_po, render_template
from pipeline.pages.building import build

__all__ = ["CASES", "Outcome", "outcome", "update"]

CASES = Path(__file__).with_name("golden")
_HEADER = Header((("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=UTF-8")))


class Outcome(NamedTuple):
    """Outputs of a case."""

    template: bytes
    built: bytes
    findings: str


def outcome(case: Path) -> Outcome:
    """Process one case."""
    article = read_article((case / "en.md").read_bytes(), "en.md")
    catalog = load_po(case / "fr.po", "fr.po").catalog(case.name, "fr")
    built = build(article, catalog, "fr.po", drafts=False, language=("en", "fr"))
    places = [(f.catalogue.line if f.catalogue else 0, f) for f in built.findings]
    lines = [f"fr.po:{line}: {f.code} {f.message}\n" for line, f in places]
    template = render_template(extract(article, case.name), _HEADER)
    return Outcome(template, built.data, "".join(lines))


def update() -> None:
    """Write the expected files of every case."""
    for case in sorted(CASES.iterdir()):
        found = outcome(case)
        (case / "template.pot").write_bytes(found.template)
        (case / "fr.md").write_bytes(found.built)
        if found.findings:
            (case / "findings.txt").write_text(found.findings, encoding="utf-8")
        else:
            (case / "findings.txt").unlink(missing_ok=True)


if __name__ == "__main__":
    update()
