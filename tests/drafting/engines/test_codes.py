from __future__ import annotations

import threading
import time

import pytest

from pipeline.drafting.engines.codes import Lazy, NoSuchLanguage, code_of, pair_of

MICROSOFT = "ar en fil fr fr-ca he mn-Cyrl mn-Mong nb pt pt-pt sr-Cyrl sr-Latn zh-Hans zh-Hant"
DEEPL = "AR DE EN-GB EN-US ES FR NB PT-BR PT-PT ZH ZH-HANS ZH-HANT"
OLD = "ar en iw jw no pb pt tl zh zt"
COUNTRIES = "ar-SA ar-EG bs-BA bs-Cyrl-BA en-GB en-US es-ES es-419 zh-CN zh-HK zh-TW sr-Latn-RS"


@pytest.mark.parametrize(
    ("locale", "codes", "code"),
    [
        ("fr", MICROSOFT, "fr"),
        ("fr_CA", MICROSOFT, "fr-ca"),
        ("fr_CH", MICROSOFT, "fr"),
        ("pt_BR", MICROSOFT, "pt"),
        ("pt_PT", MICROSOFT, "pt-pt"),
        ("zh", MICROSOFT, "zh-Hans"),
        ("zh_Hans_SG", MICROSOFT, "zh-Hans"),
        ("zh_Hant", MICROSOFT, "zh-Hant"),
        ("zh_TW", MICROSOFT, "zh-Hant"),
        ("zh_Hant_HK", MICROSOFT, "zh-Hant"),
        ("sr_Latn_RS", MICROSOFT, "sr-Latn"),
        ("sr", MICROSOFT, "sr-Cyrl"),
        ("mn", MICROSOFT, "mn-Cyrl"),
        ("no", MICROSOFT, "nb"),
        ("ca@valencia", "ca es", "ca"),
        ("en", DEEPL, "EN-US"),
        ("en_GB", DEEPL, "EN-GB"),
        ("en_AU", DEEPL, "EN-US"),
        ("pt", DEEPL, "PT-PT"),
        ("pt_BR", DEEPL, "PT-BR"),
        ("zh_Hant", DEEPL, "ZH-HANT"),
        ("zh_Hans", DEEPL, "ZH-HANS"),
        ("de_AT", DEEPL, "DE"),
        ("he", OLD, "iw"),
        ("nb_NO", OLD, "no"),
        ("fil", OLD, "tl"),
        ("jv", OLD, "jw"),
        ("pt_BR", OLD, "pb"),
        ("pt_PT", OLD, "pt"),
        ("zh_Hans", OLD, "zh"),
        ("zh_Hant", OLD, "zt"),
        ("en", COUNTRIES, "en-US"),
        ("ar", COUNTRIES, "ar-SA"),
        ("es", COUNTRIES, "es-ES"),
        ("zh_Hant_HK", COUNTRIES, "zh-HK"),
        ("zh_Hant", COUNTRIES, "zh-TW"),
        ("bs", COUNTRIES, "bs-BA"),
        ("sr_Latn", COUNTRIES, "sr-Latn-RS"),
    ],
)
def test_code(locale: str, codes: str, code: str) -> None:
    assert code_of(locale, codes.split(), {"en": "en-US", "pt": "pt-PT"}) == code


@pytest.mark.parametrize(
    ("locale", "codes"), [("tlh", MICROSOFT), ("zh_Hant", "en zh"), ("zh_TW", "zh-CN"), ("fr", "")]
)
def test_no_code(locale: str, codes: str) -> None:
    assert code_of(locale, codes.split()) is None


def test_a_pair() -> None:
    assert pair_of("X", ("en", "fr"), ("en", "fr")) == ("en", "fr")


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        ((None, "fr"), "^X does not support the language 'en'$"),
        (("en", None), "^X does not support the language 'en_GB'$"),
        (("en", "EN"), "^X does not distinguish 'en' from 'en_GB'$"),
    ],
)
def test_no_pair(codes: tuple[str | None, str | None], message: str) -> None:
    with pytest.raises(NoSuchLanguage, match=message):
        pair_of("X", ("en", "en_GB"), codes)


def test_it_is_asked_once_by_all_threads() -> None:
    calls: list[int] = []

    def ask() -> int:
        time.sleep(0.05)
        calls.append(1)
        return len(calls)

    asked, got = Lazy(ask), []
    threads = [threading.Thread(target=lambda: got.append(asked.get())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [1] * 8


def test_an_error_is_not_kept() -> None:
    answers = iter([0, 2])
    asked = Lazy(lambda: 4 // next(answers))
    with pytest.raises(ZeroDivisionError):
        asked.get()
    assert (asked.get(), asked.get()) == (2, 2)
