"""Tables of languages, and the usual typography of a document."""

from __future__ import annotations

import pytest

from pipeline.findings import Severity
from pipeline.rules.typography.languages import (
    LANGUAGES,
    Habits,
    habits,
    language,
    mostly,
    style,
)


def test_habits_are_counted_over_all_texts() -> None:
    texts = [
        "L’un\u202f! L'autre\u00a0; « trois\u00a0» : quatre? Cinq…",
        'Six... « Sept »  huit. Neuf.  Dix "onze"',
    ]
    assert habits(texts, "fr") == Habits(
        no_break=3, plain=3, narrow=1, wide=1, unspaced=1, curly=1, straight=1, ellipses=1, dots=1,
        quotes=4, straight_quotes=2, one_space=3, two_spaces=1,
    )  # fmt: skip
    assert habits([], "fr") == Habits()
    assert habits(["«\u00a0a\u00a0» “b”"], "en").quotes == 2


@pytest.mark.parametrize(
    ("locale", "table"),
    [
        ("fr", "fr"),
        ("fr_BE", "fr"),
        ("fr_CA", "fr_CA"),
        ("fr-CA", "fr_CA"),
        ("pt_BR", "pt"),
        ("ru", ""),
        ("", ""),
    ],
)
def test_a_locale_has_its_own_table_or_its_language_s(locale: str, table: str) -> None:
    assert language(locale) is LANGUAGES[table]


@pytest.mark.parametrize(
    ("better", "worse", "expected"),
    [
        (0, 0, False),
        (4, 0, False),
        (5, 0, True),
        (5, 1, True),
        (7, 2, False),
        (8, 2, True),
        (0, 9, False),
    ],
)
def test_a_way_is_a_habit_four_times_of_five(better: int, worse: int, expected: bool) -> None:
    assert mostly(better, worse) is expected
    assert style(better, worse) is (Severity.WARNING if expected else Severity.INFO)
