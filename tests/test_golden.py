"""Golden cases: readable folders of articles that are hard to split and build."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from pipeline.article import skeleton_of
from pipeline.article.reading import file_pieces, read_article
from pipeline.catalogue.extraction import extract
from pipeline.catalogue.po.file import load_po
from pipeline.markdown.frontmatter import locate_front_matter
from pipeline.model import Catalog, State
from pipeline.pages.building import build
from tests.golden_update import CASES, outcome

if TYPE_CHECKING:
    from pathlib import Path

NAMES = sorted(path.name for path in CASES.iterdir())
cases = pytest.mark.parametrize("name", NAMES)

# markdown-it reads these as plain text, or ends raw HTML elsewhere; see its documentation.
NOT_FOR_MARKDOWN_IT = {
    "footnotes": "no footnotes",
    "footnote-paragraphs": "no footnotes",
    "hostile-block-starts": "no task lists",
}


def test_there_are_enough_cases() -> None:
    assert len(NAMES) >= 36


@cases
def test_expected_files(name: str) -> None:
    actual = outcome(CASES / name)
    assert actual.template == (CASES / name / "template.pot").read_bytes()
    assert actual.built == (CASES / name / "fr.md").read_bytes()
    findings = CASES / name / "findings.txt"
    assert actual.findings == (findings.read_text(encoding="utf-8") if findings.exists() else "")


@cases
def test_identity_and_empty_catalogues_give_the_source(name: str) -> None:
    data = (CASES / name / "en.md").read_bytes()
    article = read_article(data, "en.md")
    template = extract(article, name)
    same = [unit._replace(target=unit.source, state=State.REVIEWED) for unit in template.units]
    for catalog in (Catalog(name, "fr"), template, replace(template, units=tuple(same))):
        built = build(article, catalog, "fr.po", drafts=True, language=("en", "fr"))
        assert built.data == data
        assert not built.findings


@cases
def test_spans_are_the_file(name: str) -> None:
    data = (CASES / name / "en.md").read_bytes()
    assert b"".join(piece for piece, _ in file_pieces(read_article(data, "en.md"))) == data


@cases
def test_skeleton_stays(name: str) -> None:
    before = (CASES / name / "en.md").read_bytes()
    assert skeleton_of((CASES / name / "fr.md").read_bytes()) == skeleton_of(before)


@cases
def test_every_reviewed_text_is_in_the_page_or_a_finding(name: str) -> None:
    case = CASES / name
    built = (case / "fr.md").read_text(encoding="utf-8")
    marks = built.count("(fr)")
    article = read_article((case / "en.md").read_bytes(), "en.md")
    targets = {u.key: u.target for u in load_po(case / "fr.po", "fr.po").units}
    wanted = sum(targets[s.context, s.text].endswith("(fr)") for s in article.segments)
    assert marks == wanted


@cases
def test_another_parser_sees_the_same_blocks(name: str) -> None:
    if name in NOT_FOR_MARKDOWN_IT:
        assert name in NAMES
        return
    kinds = [_blocks((CASES / name / file).read_bytes()) for file in ("en.md", "fr.md")]
    assert kinds[0] == kinds[1]


def _blocks(data: bytes) -> list[tuple[str, str, int]]:
    """Return the type, HTML tag and nesting level of each block, in order."""
    text = data.decode("utf-8").removeprefix("\ufeff")
    text = re.sub(r"\r\n?", "\n", text[locate_front_matter(text).end :])
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return [(t.type, t.tag, t.level) for t in parser.parse(text) if t.type != "inline"]


def test_a_case_without_files_fails(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        outcome(tmp_path)
