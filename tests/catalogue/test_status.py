"""Status counts of each section."""

from __future__ import annotations

from pipeline.article.reading import read_article
from pipeline.catalogue.status import StatusRow, count, total_row
from pipeline.model import Catalog, State, Unit

ARTICLE = read_article(
    b"Some words first.\n\n## Ana Ruiz, Blue Spoon (@ana)\n\nOne.\n\n## My take {#author}\n",
    "en.md",
)


def unit(context: str, source: str, state: State) -> Unit:
    return Unit(context, source, "x" if state is not State.EMPTY else "", state)


CATALOG = Catalog(
    "salt",
    "fr",
    (
        unit("introduction", "Some words first.", State.REVIEWED),
        unit("ana-ruiz", "One.", State.DRAFT),
        unit("author", "My take", State.EMPTY),
        unit("ana-ruiz", "One and a half.", State.REVIEWED),
        unit("gone", "Not in the article.", State.DRAFT),
    ),
    obsolete=(unit("author", "Old.", State.REVIEWED),),
)


def test_a_row_for_each_section_in_order() -> None:
    assert list(count("salt", ARTICLE, CATALOG)) == [
        StatusRow("salt", "fr", "introduction", "introduction", 1, 0, 0, 3, 3),
        StatusRow("salt", "fr", "ana-ruiz", "Ana Ruiz", 1, 1, 0, 5, 4),
        StatusRow("salt", "fr", "author", "author", 0, 0, 1, 2, 0),
        StatusRow("salt", "fr", "gone", "gone", 0, 1, 0, 4, 0),
    ]


def test_a_total_adds_up() -> None:
    rows = list(count("salt", ARTICLE, CATALOG))
    assert total_row(rows) == StatusRow("salt", "fr", "", "", 2, 2, 1, 14, 7)
    assert total_row(iter(rows[:1]))[4:] == rows[0][4:]


def test_nothing_has_no_rows() -> None:
    assert list(count("salt", ARTICLE, Catalog("salt", "fr"))) == []
