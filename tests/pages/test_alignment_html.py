"""Page with two versions side by side."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from pipeline.pages.alignment_html import (
    CERTAINTIES,
    AlignmentReport,
    ReportCell,
    ReportRow,
    ReportSection,
    render_alignment_report,
)

HOSTILE = '<script>alert(1)</script> & "quoted" [x](javascript:y) {{ 7 * 7 }}'


class Elements(HTMLParser):
    """All tags with their attributes, and the text of the cells."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def cell(text: str, line: int = 3) -> tuple[ReportCell, ...]:
    return (ReportCell(line, "paragraph", text),)


ROWS = (
    ReportRow(cell("One."), cell("Un."), "sure", 0.999, ""),
    ReportRow(cell("Two."), cell("Trois."), "doubtful", 0.7, "the numbers differ"),
    ReportRow(cell("Four."), cell("Zut."), "guess", 0.2, "the texts have little in common"),
    ReportRow(cell("Left alone."), cell("Left alone."), "copy", 0.99, ""),
    ReportRow(cell(HOSTILE), (), "missing", 0.9, ""),
    ReportRow((), (*cell("Cinq."), *cell("Six.", 9)), "extra", 0.9, ""),
)


def page(*comparisons: AlignmentReport) -> str:
    return render_alignment_report(comparisons or (comparison(),), 0.8)


def comparison(name: str = "a", version: str = "fr") -> AlignmentReport:
    parts = (ReportSection("First", ROWS[:2]), ReportSection("Second <b>", ROWS[2:]))
    return AlignmentReport(name, "en", version, ("source/a/en.md", f"source/a/{version}.md"), parts)


def test_every_row_says_its_certainty_in_words_and_by_its_class() -> None:
    elements = Elements(page())
    rows = [attributes for tag, attributes in elements.tags if tag == "tr" and attributes]
    assert [row["class"] for row in rows] == [row.certainty for row in ROWS]
    for words in CERTAINTIES.values():
        assert words in elements.text
    assert "0.99" in elements.text
    assert "1.00" not in elements.text, "a confidence is never rounded up"
    assert "doubtful: the numbers differ" in elements.text


def test_counts_stand_on_top() -> None:
    counts = re.findall(r'<li class="(\w+)"><b>(\d+)</b>', page())
    assert counts == [(name, "1") for name in CERTAINTIES]


def test_texts_are_shown_as_they_are_and_nothing_is_run() -> None:
    written = page()
    elements = Elements(written)
    assert HOSTILE in elements.text
    assert not {"script", "img", "link", "iframe", "form"} & {tag for tag, _ in elements.tags}
    assert "default-src 'none'" in written
    assert not [a for _, a in elements.tags if any(name.startswith("on") for name in a)]


def test_links_lead_to_the_sections() -> None:
    elements = Elements(page(comparison(), comparison("b", "es")))
    ids = [a["id"] for _, a in elements.tags if "id" in a]
    targets = [a["href"] for tag, a in elements.tags if tag == "a"]
    assert len(ids) == len(set(ids))
    assert len(targets) == 2 + 2 * 2
    assert {f"#{name}" for name in ids} >= set(targets)


@pytest.mark.parametrize(
    ("version", "tag", "direction"),
    [("fr", "fr", "ltr"), ("ar", "ar", "rtl"), ("zh_Hant", "zh-Hant", "ltr")],
)
def test_each_text_has_its_language(version: str, tag: str, direction: str) -> None:
    elements = Elements(page(comparison(version=version)))
    spans = [(a["lang"], a["dir"]) for t, a in elements.tags if t == "span" and "lang" in a]
    assert spans.count(("en", "ltr")) == 5
    assert spans.count((tag, direction)) == 6


def test_columns_have_headers() -> None:
    headers = [a for tag, a in Elements(page()).tags if tag == "th"]
    assert headers == [{"scope": "col"}] * 6
