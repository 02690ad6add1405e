"""Tables of which a version lacks rows."""

from __future__ import annotations

import pytest

from pipeline.alignment.filling import fill
from pipeline.alignment.pairing import align
from pipeline.alignment.tables import pair_tables
from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract

ROWS = {
    "names": (
        [
            "| Ann Lee | Head of sales | Paris |",
            "| Bo Li | Teacher | Rome |",
            "| Cy Dow | Owner of a shop | Oslo |",
            "| Di Ray | Doctor | Bern |",
        ],
        [
            "| Ann Lee | Directrice des ventes | Paris |",
            "| Bo Li | Enseignant | Rome |",
            "| Cy Dow | Propriétaire d’un magasin | Oslo |",
            "| Di Ray | Médecin | Berne |",
        ],
    ),
    "numbers": (
        [f"| {name} | {price} |" for name, price in (("Cup", 12), ("Lid", 35), ("Jar", 78))],
        [f"| {name} | {price} |" for name, price in (("Tasse", 12), ("Cache", 35), ("Pot", 78))],
    ),
}


def written(rows: list[str]) -> str:
    columns = rows[0].count("|") - 1
    heads = " | ".join(("Who", "What", "Where")[:columns])
    lines = (f"| {heads} |", "|---" * columns + "|", *rows)
    return "Words.\n\n" + "".join(f"{line}\n" for line in lines)


def texts(rows: list[str]) -> list[list[str]]:
    return [[c for c in row.strip("| ").split(" | ") if not c.isdigit()] for row in rows]


@pytest.mark.parametrize("gone", range(3))
@pytest.mark.parametrize("name", ROWS)
def test_rows_that_a_version_lacks(name: str, gone: int) -> None:
    left, right = ROWS[name]
    right = right[:gone] + right[gone + 1 :]
    source = read_article(written(left).encode(), "en.md")
    version = read_article(written(right).encode(), "fr.md")
    catalog = extract(source, "a")
    filled, findings = fill(catalog, source, version, align(source, version))
    targets = {unit.source: unit.target for unit in filled.units}
    expected = [row for n, row in enumerate(texts(ROWS[name][1])) if n != gone]
    kept = [row for n, row in enumerate(texts(left)) if n != gone]
    rows = zip(kept, expected, strict=True)
    pairs = [pair for one, other in rows for pair in zip(one, other, strict=True)]
    assert [(text, targets[text]) for text, _ in pairs] == pairs
    assert [targets[text] for text in texts(left)[gone]] == [""] * len(texts(left)[gone])
    assert {f.code for f in findings} <= {"AL001", "AL003"}


def test_rows_that_the_source_lacks() -> None:
    left, right = ROWS["names"]
    source = read_article(written(left[:1] + left[2:]).encode(), "en.md")
    version = read_article(written(right).encode(), "fr.md")
    filled, findings = fill(extract(source, "a"), source, version, align(source, version))
    assert {u.source: u.target for u in filled.units}["Doctor"] == "Médecin"
    assert [f.message.split("”")[0][1:] for f in findings if f.code == "AL002"] == texts(right)[1]


def test_only_tables_with_the_same_columns_are_paired() -> None:
    left, right = ROWS["names"][0], ROWS["names"][1][1:]
    source = read_article(written(left).encode(), "en.md")
    places = range(len(source.segments))
    for rows, count in ((right, 1), ([*right, right[0]], 0), ([f"{r} x |" for r in right], 0)):
        version = read_article(written(rows).encode(), "fr.md")
        pairs = pair_tables((source, version), places, range(len(version.segments)))
        assert len(pairs) == count


def test_cells_without_words_keep_the_columns() -> None:
    text = "| A one | B two |\n|---|---|\n| 1 | Words `\\|` more |\n|  | Others |\n"
    source = read_article(text.encode(), "en.md")
    version = read_article(text.rpartition("|  |")[0].encode(), "fr.md")
    [pair] = pair_tables((source, version), range(4), range(3))
    assert [row.cells for row in pair.source] == [{0: 0, 1: 1}, {1: 2}, {1: 3}]
    assert [row.is_header for row in pair.source] == [True, False, False]
    assert pair.source[1].numbers == {"1"}
