"""The language of a text."""

from __future__ import annotations

import pytest

from pipeline.language.detect import detect_language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nous avons posé une seule question à deux boulangers.", "fr"),
        ("We asked two bakers one single question this morning.", "en"),
        ("Hemos hecho una sola pregunta a dos panaderos esta mañana.", "es"),
        ("Wir haben heute zwei Bäckern eine einzige Frage gestellt.", "de"),
        ("二人のパン職人に一つだけ質問をしました。", "ja"),
    ],
)
def test_languages(text: str, expected: str) -> None:
    assert detect_language(text) == expected
