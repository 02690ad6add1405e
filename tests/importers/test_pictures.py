"""Names and kinds of pictures."""

from __future__ import annotations

import pytest

from pipeline.importers.pictures import picture_ending, picture_name
from tests.importers.samples import PNG


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (PNG, ".png"), (b"\xff\xd8\xff\xe0", ".jpg"), (b"GIF89a", ".gif"),
        (b"RIFF\0\0\0\0WEBPVP8", ".webp"), (b"\0\0\0\x20ftypavif", ".avif"), (b"<svg/>", ""),
        (b"\xd7\xcd\xc6\x9a", ""), (b"", ""),
    ],
)  # fmt: skip
def test_the_content_shows_the_kind(data: bytes, expected: str) -> None:
    assert picture_ending(data) == expected


def test_names_are_free_and_safe() -> None:
    pictures: dict[str, bytes] = {}
    assert picture_name(pictures, "../a b.jpeg", PNG) == "a-b.png"
    assert picture_name(pictures, "a b", PNG) == "a-b.png"
    assert picture_name(pictures, "a b", PNG + b"x") == "a-b-2.png"
    assert picture_name(pictures, "...", PNG) == "picture.png"
    assert len(pictures) == 3
