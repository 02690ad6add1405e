"""Articles with a plain space behind each mark."""

from __future__ import annotations

from pipeline.article.plain_marks import odd_space_ranges, with_plain_marks
from pipeline.article.reading import read_article


def test_segments_keep_their_bytes() -> None:
    text = "\ufeff---\ntitle: É\n---\n\n##\u00a0Ünë\n\n##Two\n\n-\u202fé\n-\u200b\u00a0b\n\nEnd.\n"
    article = read_article(text.encode(), "a.md")
    plain = with_plain_marks(article)
    assert plain.data.decode() == (
        "\ufeff---\ntitle: É\n---\n\n## Ünë\n\n## Two\n\n- é\n- b\n\nEnd.\n"
    )
    assert len(odd_space_ranges(article)) == 4
    assert not odd_space_ranges(plain)
    assert plain.segments == read_article(plain.data, "a.md").segments
    assert with_plain_marks(plain) is plain
