"""Captions that a copy glued to a paragraph."""

from __future__ import annotations

import pytest

from pipeline.importers.document import Block
from pipeline.importers.glued_captions import split_captions

REST = "We asked three people what they think of it, and all of them gave an answer that day."
TITLE = "Three gardeners on one tool"


def split(text: str, title: str = TITLE) -> tuple[list[str], list[str]]:
    notes: list[str] = []
    blocks = [
        Block("paragraph", text, text),
        Block("paragraph", "And we like it.", "And we like it."),
    ]
    result = [block.plain for block in split_captions(blocks, title, notes)]
    return result[:-1], notes


@pytest.mark.parametrize(
    "caption",
    [
        "Photo: Ann Lee", "Crédit photo : Ann Lee", "© Ann Lee", "Image 3: a hoe",
        "Three gardeners on one tool | The Site", "« Three gardeners on one tool » – The Site",
    ],
)  # fmt: skip
def test_a_certain_caption_is_split(caption: str) -> None:
    parts, notes = split(caption + REST)
    assert parts == [caption, REST]
    assert len(notes) == 1
    assert "is split" in notes[0]


@pytest.mark.parametrize(
    "text",
    [
        REST,
        f"Photo: Ann Lee. {REST}",
        f"Our YouTube page and our WordPress blog. {REST}",
        f"The McDonald family. {REST}",
    ],
)
def test_other_paragraphs_stay(text: str) -> None:
    assert split(text) == ([text], [])


@pytest.mark.parametrize(
    "text",
    [
        "Photo: Ann LeeWe",  # too short a rest to be a paragraph
        f"A garden in SpringWe {REST}",  # no caption for certain
        f"Photo: YouTube of Ann LeeWe {REST}",  # two places
    ],
)
def test_uncertain_places_are_told(text: str) -> None:
    parts, notes = split(text)
    assert parts == [text]
    assert any("may be missing" in note for note in notes)


def test_markup_in_a_caption_stays() -> None:
    text = f"Photo: **Ann Lee**{REST}"
    block = Block("paragraph", text, f"Photo: Ann Lee{REST}")
    parts = list(split_captions([block], "", []))
    assert "".join(part.plain for part in parts) == block.plain
