"""A report with every difficulty of printing, and its output in each format.

``python -m tests.gate.formats.rich_report`` writes the expected files anew; review them as text.
"""

from __future__ import annotations

from pathlib import Path

from pipeline import __version__
from pipeline.findings import Finding, Place, Report, Severity, fingerprinted
from pipeline.gate.baseline import render_baseline
from pipeline.gate.formats import render_report
from pipeline.gate.formats.text import render_text, statistics
from pipeline.rules.rule import Example, Rule

__all__ = ["GOLDEN", "REPORT", "RULES", "outputs", "update"]

GOLDEN = Path(__file__).with_name("golden-formats")
_PO = "locales/fr/LC_MESSAGES/salt.po"
_ARTICLE = "source/salt/en.md"
_NO_EXAMPLE = Example("")

RULES = {
    code: Rule(severity, summary, why, _NO_EXAMPLE, _NO_EXAMPLE)
    for code, severity, summary, why in (
        ("AR101", Severity.WARNING, "a handle with a space in it", "Nobody can follow it."),
        ("CO101", Severity.INFO, "a text without a translation", "Readers get the source."),
        ("GR101", Severity.WARNING, "a mistake in grammar", "It reads as if nobody cared."),
        ("MK108", Severity.ERROR, "a number that differs", "Readers are told something false."),
        ("TY101", Severity.WARNING, "no no-break space", "The sign may begin a line."),
    )
}

REPORT = Report(
    fingerprinted(
        (
            Finding(
                "TY101",
                Severity.WARNING,
                "a no-break space belongs before ':'",
                "ana-ruiz",
                "She says: “Salt”",
                Place(_ARTICLE, 5, 3),
                Place(_PO, 12, 16, 12, 17),
                locale="fr",
                suggestions=("\u00a0", "\u202f"),
                text="Elle dit : «\u00a0Sel\u00a0» et sale",
                start=8,
                end=9,
                safe=True,
            ),
            Finding(
                "GR101",
                Severity.WARNING,
                "“pates” ne s’accorde pas avec “une”",
                "ana-ruiz",
                place=Place(_ARTICLE, 7, 1),
                catalogue=Place(_PO, 16, 30, 16, 35),
                rule="UN_UNE_ACCORD",
                locale="fr",
                suggestions=("pâte", 'pâte "brisée"', "", *(f"pâte {n}" for n in range(4))),
                text="👩‍🚀 dit 日本 e\u0301te\u0301 ❤️ une pates 🇫🇷 brisée",
                start=21,
                end=26,
            ),
            Finding(
                "GR101",
                Severity.WARNING,
                "an accent that stands alone",
                place=Place(_ARTICLE, 9, 4, 9, 6),
                rule="COMBINING",
                locale="fr",
                text="un e\u0301te\u0301 sec",
                start=4,
                end=7,
            ),
            Finding(
                "MK108",
                Severity.ERROR,
                "the number 12 is missing:\r\n\x1b[2J\u202eplaceholder {0}, 100 %\x9b",
                "evil\x1b]0;title\x07",
                "12",
                Place("source/50% off, b:c/ü\x1b.md", 1, 1),
                rule="R\x00",
                locale="fr\x7f",
                suggestions=("\x1b[0m", "a\tb"),
                text="zéro\x00 un\x1b[31m deux\u200b trois\ud800 quatre\u2028\ufeff",
                start=6,
                end=12,
            ),
            Finding(
                "GR101",
                Severity.WARNING,
                "a word twice",
                "long",
                place=Place(_ARTICLE, 90, 1),
                catalogue=Place(_PO, 120, 70, 121, 9),
                rule="DOUBLE",
                locale="fr",
                suggestions=("mot",),
                text="un texte très long 日本語 " * 200 + "mot mot" + " qui ne finit pas" * 200,
                start=200 * 23,
                end=200 * 23 + 7,
            ),
            Finding(
                "MK108",
                Severity.ERROR,
                "the number 3 became 4",
                "lines",
                "3",
                None,
                Place(_PO, 40, 8, 41, 5),
                locale="fr",
                text="un\r\ndeux 4\r\n",
                start=2,
                end=10,
            ),
            Finding(
                "AR101",
                Severity.WARNING,
                "the handle '@ana ruiz' has a space in it",
                place=Place("source/new/en.md", 3, 8, 3, 17),
                locale="en",
                suggestions=("@anaruiz",),
                text="Follow @ana ruiz now",
                start=7,
                end=16,
            ),
            Finding(
                "GR101",
                Severity.WARNING,
                "the sentence has no end",
                place=Place("source/new/en.md", 9, 6, 9, 6),
                locale="en",
                suggestions=(".",),
                text="Stop here",
                start=9,
                end=9,
            ),
            Finding("AR101", Severity.WARNING, "six experts are announced, five are there"),
            Finding(
                "CO101",
                Severity.INFO,
                "not translated",
                "lines",
                "Salt is cheap.",
                Place("source/notes/en.md", 4, 1),
                Place("locales/fr/LC_MESSAGES/notes.po", 8, 1),
                locale="fr",
            ),
            Finding(
                "CO101", Severity.INFO, "not translated", "lines", "Salt.", None, Place(_PO, 50)
            ),
        )
    ),
    ("LingoTweaker 0.2.8",),
)


def outputs() -> dict[str, str]:
    """Return the expected content of each golden file, by its name."""
    written = {
        "text.txt": render_text(REPORT, verbose=False, color=False, width=80),
        "text-verbose-narrow.txt": render_text(REPORT, verbose=True, color=False, width=40),
        "statistics.txt": statistics(REPORT, RULES),
        "findings.json": render_report("json", REPORT, RULES),
        "findings.sarif": render_report("sarif", REPORT, RULES).replace(
            f'"{__version__}"', '"VERSION"'
        ),
        "junit.xml": render_report("junit", REPORT, RULES),
        "github.txt": render_report("github", REPORT, RULES),
    }
    ended = {name: text + "\n" for name, text in written.items()}
    return {**ended, "baseline.json": render_baseline(REPORT.findings)}


def update() -> None:
    """Write the golden files."""
    GOLDEN.mkdir(exist_ok=True)
    for name, text in outputs().items():
        (GOLDEN / name).write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    update()
