from __future__ import annotations

import pytest

from pipeline.language import certain_language, detect_language, has_own_words

ANSWERS = {
    "ar": "أقرأ كل صباح قبل أن أبدأ العمل في المكتب.",
    "de": "Ich lese jeden Morgen, bevor ich mit der Arbeit anfange.",
    "es": "Leo todas las mañanas antes de empezar a trabajar.",
    "fr": "Je lis tous les matins avant le travail",
    "it": "Leggo ogni mattina prima di cominciare a lavorare.",
    "ja": "毎朝、仕事の前に本を読みます。",
    "ko": "매일 아침 일을 시작하기 전에 책을 읽습니다.",
    "nl": "Ik lees elke ochtend voordat ik met mijn werk begin.",
    "pl": "Czytam każdego ranka, zanim zacznę pracę w biurze.",
    "pt": "Eu leio todas as manhãs antes de começar a trabalhar.",
    "ru": "Я читаю каждое утро, прежде чем начать работу.",
    "sv": "Jag läser varje morgon innan jag börjar mitt arbete.",
    "tr": "Her sabah işe başlamadan önce kitap okuyorum.",
    "uk": "Я читаю щоранку, перш ніж почати працювати.",
    "zh": "我每天早上上班之前都会读书。",
}
ENGLISH = """I read every morning before I begin my work.
Guide your readers from the first line to the last one.
Invest in a grammar and proofreading resource.
Content marketing managers love spreadsheets, dashboards, reports.
Keep calm, carry on, et cetera."""


@pytest.mark.parametrize("language", ANSWERS)
def test_an_answer_in_another_language_is_certain(language: str) -> None:
    assert certain_language(ANSWERS[language], "en") == language
    assert detect_language(ANSWERS[language]) == language


@pytest.mark.parametrize("text", ENGLISH.splitlines())
def test_the_expected_language_is_no_other(text: str) -> None:
    assert certain_language(text, "en") == ""
    assert certain_language(text, "en_GB") == ""


@pytest.mark.parametrize(
    "text",
    [
        "Bon appétit",
        "Je lis.",
        "Marie-Claire de la Tour",
        "12 345",
        "",
        "東京",
        "Crème brûlée 2024",
    ],
)
def test_short_texts_and_names_are_never_certain(text: str) -> None:
    assert certain_language(text, "en") == ""


def test_languages_that_are_much_alike_are_not_told_apart() -> None:
    danish = "Jeg læser hver morgen, før jeg begynder på arbejdet."
    assert certain_language(danish, "en") == "da"
    assert certain_language(danish, "nb") == ""


@pytest.mark.parametrize(
    ("text", "locale", "own"),
    [
        ("I read the news that you send with this letter.", "en", True),
        ("I read the news that you send with this letter.", "en_GB", True),
        ("I read the news that you send with this letter.", "fr", False),
        (ANSWERS["fr"], "fr", True),
        (ANSWERS["fr"], "en", False),
        (ANSWERS["es"], "en", False),
        ("Guide readers.", "en", False),
        ("", "en", False),
        (ANSWERS["ja"], "ja", False),
    ],
)
def test_frequent_words_show_a_language(text: str, locale: str, own: bool) -> None:
    assert has_own_words(text, locale) is own
