"""Parts in another language than the page."""

from __future__ import annotations

import pytest

from pipeline.article import read_article
from pipeline.pages.foreign_parts import (
    label_marks,
    language_attributes,
    mark_part,
    quoted_languages,
    split_mark,
)
from pipeline.pages.planning import PlannedText, Standing

MARK = mark_part("", "en", in_block=False)


def test_a_mark_says_the_language_of_a_value() -> None:
    assert split_mark(mark_part("Words", "pt_BR", in_block=False)) == ("pt_BR", "Words")
    assert split_mark("Words") == ("", "Words")
    assert mark_part("Words", "pt_BR", in_block=True) == (
        '<span class="untranslated" lang="pt-BR">Words</span>'
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<p>x</p>", "<p>x</p>"),
        (f'<img src="a" alt="{MARK}x">', '<img lang="en" dir="ltr" src="a" alt="x">'),
        (f'<img lang="fr" alt="{MARK}x">', '<img lang="fr" alt="x">'),
        (f'<p class="b">{MARK}x</p>', '<p lang="en" dir="ltr" class="b">x</p>'),
        (f'<a title="{MARK}x">y</a>', '<a title="x">y</a>'),
        (f"<p>y {MARK}x</p>", "<p>y x</p>"),
    ],
)
def test_marks_become_attributes(raw: str, expected: str) -> None:
    assert label_marks(raw) == expected


@pytest.mark.parametrize(
    ("locale", "page", "attributes"),
    [
        ("en", "fr", {"lang": "en", "dir": "ltr"}),
        ("ar", "fr", {"lang": "ar", "dir": "rtl"}),
        ("fr", "fr_CA", {}),
        ("zh_Hant", "zh", {"lang": "zh-Hant", "dir": "ltr"}),
        ("zh_Hant", "zh_TW", {}),
        ("", "fr", {}),
    ],
)
def test_only_another_language_is_said(locale: str, page: str, attributes: dict[str, str]) -> None:
    assert language_attributes(locale, page) == attributes


@pytest.mark.parametrize(
    ("standing", "other", "languages"),
    [
        (Standing.REVIEWED, Standing.SOURCE, ("en",)),
        (Standing.STALE, Standing.DRAFT, ("en", "fr")),
        (Standing.ORIGINAL, Standing.REVIEWED, ("fr",)),
        (Standing.NAMES, Standing.SOURCE, ()),
    ],
)
def test_quotations_are_translated_where_an_experts_text_is(
    standing: Standing, other: Standing, languages: tuple[str, ...]
) -> None:
    data = b"Intro.\n\n## Ada Byron, Engine Ltd (@ada)\n\nWords.\n\n<p lang='fr'>Mots.</p>\n"
    article = read_article(data, "en.md")
    standings = {"Words.": standing, "Mots.": other}
    texts = [
        PlannedText(s.text, standings.get(s.text, Standing.REVIEWED), "de")
        for s in article.segments
    ]
    assert quoted_languages(article, texts, "en") == languages
