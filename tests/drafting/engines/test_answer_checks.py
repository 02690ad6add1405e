"""Answers that are not translations."""

from __future__ import annotations

import pytest

from pipeline.drafting.engines.answer_checks import find_notice, is_quota_notice, judge
from pipeline.drafting.engines.forms import FORMS

TEXT = "Video is the future of social media, says the expert."
GOOD = {
    "French": ("fr", "La vidéo est l’avenir des médias sociaux, dit l’expert."),
    "Russian": ("ru", "Видео - будущее социальных сетей, говорит эксперт."),
    "Chinese": ("zh_Hant", "專家說，影片是社群媒體的未來。"),
    "Japanese": ("ja", "動画はソーシャルメディアの未来だ、と専門家は言う。"),
    "Arabic": ("ar", "يقول الخبير إن الفيديو هو مستقبل وسائل التواصل الاجتماعي."),
    "names in it": ("ru", "Видео, говорит Ada Byron, Engine Ltd, - будущее YouTube."),
    "a language that nobody knows": ("tlh", "Видео - будущее социальных сетей."),
    "twice as long": ("de", "Nach Ansicht des Experten " * 4),
}
BAD = {
    "nothing": ("fr", "", "an empty answer"),
    "blanks": ("fr", " \n\u00a0", "an empty answer"),
    "the same": ("fr", TEXT, "returned the source text unchanged"),
    "three times": ("fr", "La vidéo est l’avenir des médias sociaux. " * 6, "far too long"),
    "another script": (
        "ru",
        "La vidéo est l’avenir des médias sociaux.",
        "answered in a script that is wrong for",
    ),
    "another script, too": (
        "fr",
        "Видео - будущее социальных сетей.",
        "answered in a script that is wrong for",
    ),
    "a rare script": (
        "lo",
        "La vidéo est l’avenir des médias sociaux.",
        "answered in a script that is wrong for",
    ),
    "Japanese for Chinese": (
        "zh",
        "ビデオはソーシャルメディアのみらいだ。",
        "answered in a script that is wrong for",
    ),
    "a page": ("fr", "<!DOCTYPE html><title>Error</title>", "instead of a translation"),
    "a quota": (
        "fr",
        "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS",
        "instead of a translation",
    ),
}


@pytest.mark.parametrize(("target", "answer"), GOOD.values(), ids=GOOD)
def test_translations(target: str, answer: str) -> None:
    assert judge(TEXT, answer, target, FORMS["google"]) == ""


@pytest.mark.parametrize(("target", "answer", "reason"), BAD.values(), ids=BAD)
def test_what_is_none(target: str, answer: str, reason: str) -> None:
    assert reason in judge(TEXT, answer, target, FORMS["google"])
    assert reason


def test_far_too_short() -> None:
    assert "far too short" in judge(TEXT * 4, "La vidéo.", "fr", None)


SHORT = ["OK", "Twitter", "Level 3 Communications", "[X0X] [X1X] YouTube", "A b c"]


@pytest.mark.parametrize("text", SHORT)
def test_few_words_may_stay(text: str) -> None:
    for locale in ("fr", "ru", "zh"):
        assert judge(text, text, locale, FORMS["google"]) == ""


def test_tokens_do_not_count() -> None:
    asked = "[X0X] [X1X] [X2X] [X3X] [X4X] Liebe"
    assert judge(asked, asked.replace("Liebe", "Любовь"), "ru", FORMS["google"]) == ""
    assert judge(asked, asked.replace("Liebe", "любовь и мир и дом"), "fr", FORMS["google"])


def test_a_text_in_another_script_may_stay_in_it() -> None:
    asked = "“Видео - будущее социальных сетей”, he said."
    assert judge(asked, "“Видео - будущее социальных сетей”, dit-il.", "fr", None) == ""


@pytest.mark.parametrize(
    ("asked", "answer", "is_notice"),
    [
        ("Your quota was used up.", "Ton quota exceeded : épuisé.", False),
        ("The house is big.", "Quota exceeded for this month", True),
        ("The house is big.", "Too many requests", True),
        ("The house is big.", "La maison a des quotas.", False),
    ],
)
def test_a_text_about_quotas_is_no_notice(asked: str, answer: str, is_notice: bool) -> None:
    assert is_quota_notice(asked, answer) == is_notice
    assert ("quota" in find_notice(asked, answer)) == is_notice


def test_languages_that_need_few_signs_are_neither_short_nor_long() -> None:
    chinese = "专家说，视频是社交媒体的未来。" * 6
    assert judge(TEXT * 6, chinese, "zh", None) == ""
    assert judge(chinese, TEXT * 6, "en", None) == ""
