"""Speakers in the notes of entries, and whether two of them may be one."""

from __future__ import annotations

import pytest

from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract
from pipeline.catalogue.speakers import Speaker, letters, speaker_of, without_handle

ANN = Speaker("Ann Lee", "Acme", "@annlee")


@pytest.mark.parametrize(
    ("heading", "speaker"),
    [
        ("Ann Lee, Acme (@annlee)", ANN),
        ("Ann Lee, Acme {.expert}", Speaker("Ann Lee", "Acme")),
        ("Ann Lee {.expert}", Speaker("Ann Lee")),
        (
            "1. Ann (Annie) Lee, Acme, Inc. (UK) (@ann_lee)",
            Speaker("Ann (Annie) Lee", "Acme, Inc. (UK)", "@ann_lee"),
        ),
        ("Setup", None),
    ],
)
def test_notes_name_the_speaker(heading: str, speaker: Speaker | None) -> None:
    text = f"## {heading}\n\n<!-- pipeline: note She (really) -->\n\n- One.\n\nOne.\n"
    template = extract(read_article(text.encode(), "en.md"), "a")
    assert {speaker_of(unit.notes) for unit in template.units if "One" in unit.source} == {speaker}
    assert speaker_of(()) is None


def test_a_note_as_it_was_without_a_handle() -> None:
    assert without_handle("Ann Lee, Acme, @annlee (paragraph)") == "Ann Lee, Acme (paragraph)"
    assert without_handle("Ann Lee, Acme (paragraph)") == "Ann Lee, Acme (paragraph)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Ann Lee", "annlee"),
        ("12-ann-lee", "annlee"),
        ("#3 – Ann Lee", "annlee"),
        ("Ann Lee 2", "annlee2"),
        ("1. Ann Lee 2 3", "annlee23"),
        ("5", "5"),
        ("Éve O’Neil_x", "éveoneilx"),
    ],
)
def test_letters_of_a_name_or_context(text: str, expected: str) -> None:
    assert letters(text) == expected


@pytest.mark.parametrize(
    ("handle", "expected"),
    [("@AnnLee", "annlee"), ("@acme", ""), ("@acme_hq", ""), ("@ann_acme", "annacme"), ("", "")],
)
def test_the_handle_of_an_organisation_is_nobody_s(handle: str, expected: str) -> None:
    assert Speaker("Ann Lee", "Acme", handle).personal_handle == expected


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ("Ann Leee", True),
        ("Anna Leé", True),
        ("2. Ann Lee", True),
        ("Dr. Ann Lee", True),
        ("Ann B. Lee", True),
        ("Lee Ann", True),
        ("Ann Rot", False),
        ("Jan Lee", False),
        ("Ann Moreau", False),
        ("Ann", False),
    ],
)
def test_names_that_may_be_corrected(other: str, alike: bool) -> None:
    assert ANN.is_spelt_like(Speaker(other)) is alike
    assert Speaker(other).is_spelt_like(ANN) is alike


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (ANN, True),
        (ANN._replace(name="3. Ann Lee"), True),
        (ANN._replace(organisation="Beta"), True),
        (ANN._replace(name="Ann Leee"), True),
        (ANN._replace(handle=""), True),
        (Speaker("Ann Lee"), True),
        (ANN._replace(handle="@annie"), False),
        (Speaker("Ann Lee", "Beta"), False),
        (Speaker("Ann Leee", "Acme"), False),
        (Speaker("Bob Ray", "Acme", "@annlee"), False),
        (Speaker("Bob Ray", "Acme"), False),
    ],
)
def test_a_speaker_of_another_article(other: Speaker, same: bool) -> None:
    assert ANN.is_same_elsewhere(other) is same
    assert other.is_same_elsewhere(ANN) is same


def test_short_names_are_not_corrections() -> None:
    assert Speaker("Jose").is_spelt_like(Speaker("José"))
    assert not Speaker("Bo").is_spelt_like(Speaker("Ba"))


@pytest.mark.parametrize(
    ("context", "meant"),
    [
        ("ann-lee", True),
        ("3-ann-lee", True),
        ("ann-lee-acme-annlee", True),
        ("ann-lee-beta-annlee", True),  # of another organisation then
        ("ann-lee-acme-annie", False),
        ("bob-ray", False),
    ],
)
def test_contexts_of_obsolete_texts_mean_a_speaker(context: str, meant: bool) -> None:
    assert ANN.is_meant_by(letters(context)) is meant
