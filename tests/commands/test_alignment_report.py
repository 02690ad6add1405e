"""Report on an alignment, and the threshold for sure pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.alignment.pairing import align
from pipeline.article.reading import read_article
from pipeline.cli.program import main
from pipeline.commands.alignment_report import compare

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = """---
title: On soup
---

# On soup

We cooked 12 soups in Paris with Ada Byron and tasted all of them.

## Garlic

Nobody in the house wanted garlic, but Ada Byron added it anyway.

This paragraph was written long after the French version had been published.

## Salt

The salt came from Brittany and cost us 40 euros for a small bag.

Left as it was in the language of the authors by mistake.
"""
VERSION = """---
title: De la soupe
---

# De la soupe

Nous avons cuisiné 12 soupes à Paris avec Ada Byron et les avons toutes goûtées.

## L’ail

Personne à la maison ne voulait d’ail, mais Ada Byron en a quand même ajouté.

## Le sel

Le sel venait de Bretagne et nous a coûté 50 euros le petit sac.

Left as it was in the language of the authors by mistake.
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "source" / "soup").mkdir(parents=True)
    (tmp_path / "source" / "soup" / "en.md").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "source" / "soup" / "fr.md").write_text(VERSION, encoding="utf-8")
    (tmp_path / "pipeline.toml").write_text("locales = ['fr']\nalign_accept = true\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(source: str, version: str, *, foreign: bool = True) -> dict[str, str]:
    one, other = read_article(source.encode(), "en.md"), read_article(version.encode(), "fr.md")
    parts = compare(one, other, align(one, other).beads, 0.8, foreign=foreign)
    return {
        "".join(c.text for c in row.source or row.version)[:8]: row.certainty
        for part in parts
        for row in part.rows
    }


def test_rows_say_how_certain_they_are() -> None:
    report_rows = rows(SOURCE, VERSION)
    assert report_rows["We cooke"] == report_rows["Garlic"] == "sure"
    assert report_rows["This par"] == "missing"
    assert report_rows["The salt"] == "doubtful"
    assert report_rows["Left as "] == "copy"
    assert rows(VERSION, SOURCE)["This par"] == "extra"
    assert rows(SOURCE, SOURCE, foreign=False)["Left as "] == "sure"


def test_a_report_is_written_where_it_was_asked_for(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["align", "--report"]) == 0
    assert "wrote alignment.html: 1 version compared" in "".join(capsys.readouterr())
    page = (project / "alignment.html").read_text("utf-8")
    assert "the numbers differ" in page
    assert "not translated" in page


@pytest.mark.parametrize(("locale", "filled"), [("fr", 0), ("en_GB", 9)])
def test_a_copy_is_right_in_another_country_only(project: Path, locale: str, filled: int) -> None:
    (project / "pipeline.toml").write_text(f"locales = ['{locale}']\n", "utf-8")
    (project / "source" / "soup" / f"{locale}.md").write_text(SOURCE, "utf-8")
    assert main(["align", "--quiet"]) == 0
    catalogue = project / "locales" / locale / "LC_MESSAGES" / "soup.po"
    assert catalogue.read_text("utf-8").count("pipeline: aligned") == filled


def test_a_report_of_a_full_catalogue_and_of_a_rehearsal(project: Path) -> None:
    main(["align"])
    before = sorted((project / "locales").rglob("*.po"))
    assert main(["align", "--check", "--report", "seen.html", "--quiet"]) in (0, 1)
    assert "We cooked 12 soups" in (project / "seen.html").read_text("utf-8")
    assert sorted((project / "locales").rglob("*.po")) == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--report", "a.txt"], "expected the name of an HTML file"),
        (["--report", "source/soup/en.md"], "expected the name of an HTML file"),
        (["--min-confidence", "1.5"], "expected a number from 0 to 1, found: '1.5'"),
        (["--min-confidence", "nan"], "expected a number from 0 to 1, found: 'nan'"),
        (["--min-confidence", "much"], "expected a number from 0 to 1, found: 'much'"),
    ],
)
def test_wrong_options_are_told(
    project: Path, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    assert main(["align", *options]) == 2
    assert message in capsys.readouterr().err
    assert not list(project.glob("*.html"))


def test_without_a_version_no_report_is_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "source" / "soup" / "fr.md").unlink()
    assert main(["align", "--report"]) == 0
    assert "no article has an existing translation to compare" in capsys.readouterr().err
    assert not (project / "alignment.html").exists()


@pytest.mark.parametrize(("least", "sure"), [("0", 5), ("0.99", 3), ("1", 0)])
def test_the_threshold_may_be_given(project: Path, least: str, sure: int) -> None:
    """Check that no threshold makes the two doubtful pairs of seven sure."""
    assert main(["align", "--min-confidence", least, "--quiet"]) == 0
    catalogue = (project / "locales" / "fr" / "LC_MESSAGES" / "soup.po").read_text("utf-8")
    written = [entry for entry in catalogue.split("\n\n") if "pipeline: aligned" in entry]
    assert len(written) == 7
    assert sum("#, fuzzy" not in entry for entry in written) == sure
