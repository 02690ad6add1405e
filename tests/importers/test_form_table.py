"""Answers of forms."""

from __future__ import annotations

import pytest

from pipeline.errors import InputError, UsageError
from pipeline.importers.expert_titles import join_blocks
from pipeline.importers.form_table import csv_rows, read_form, xlsx_rows
from tests.importers.samples import xlsx

ANSWER = "Salt the water, not the pasta, and do it before it boils; that is all there is to it."


def form(*rows: list[str], **columns: str) -> tuple[str, list[str], list[str]]:
    """Return the text of a form, what is left out, and the notes."""
    notes: list[str] = []
    document = read_form(rows, "form.csv", columns, notes)
    return (
        join_blocks(document.blocks),
        [f"{one.kind}: {one.text}" for one in document.left_out],
        notes,
    )


@pytest.mark.parametrize(
    "headings",
    [
        ["Name", "Organisation", "Role", "Handle", "Answer"],
        ["Vor- und Nachname", "Firma", "Position", "X", "Antwort"],
        ["Your full name", "Company", "Job title", "Twitter handle", "Your answer"],
        ["Nom complet", "Entreprise", "Fonction", "Compte Twitter", "Réponse"],
        ["Votre nom (obligatoire)", "Société *", "Poste :", "Pseudo", "Votre réponse"],
        ["Nombre y apellidos", "Empresa", "Cargo", "Usuario de Twitter", "Respuesta"],
        ["Ihr Name", "Unternehmen", "Position", "Konto", "Antwort"],
        [
            "What is your name?", "Which company do you work for?", "Role", "X handle",
            "How do you salt?",
        ],
        ["NAME", "ORGANIZATION", "ROLE", "@", "What do you tell beginners about salt?"],
    ],
)  # fmt: skip
def test_columns_are_found_by_their_headings(headings: list[str]) -> None:
    text, *_ = form(headings, ["Ana Ruiz", "Saltworks", "Founder", "anaruiz", ANSWER])
    assert text == f"## Ana Ruiz, Founder, Saltworks (@anaruiz)\n\n{ANSWER}\n"


def test_the_order_and_what_else_is_there_do_not_matter() -> None:
    text, left_out, notes = form(
        ["Timestamp", "Answer", "E-mail", "Last name", "First name"],
        ["2026-01-02", ANSWER, "a@b.c", "Ruiz", "Ana"],
    )
    assert text == f"## Ana Ruiz\n\n{ANSWER}\n"
    assert left_out[:2] == [
        "column 1 'Timestamp': Timestamp; 2026-01-02", "column 3 'E-mail': E-mail; a@b.c"
    ]  # fmt: skip
    assert notes[0].startswith("columns: name: 'First name' + 'Last name'; answer: 'Answer'")


def test_columns_can_be_named() -> None:
    rows = ["Expert", "Wer", "Was"], ["Eins", "Ana Ruiz", "Salz"]
    assert form(*rows, name="wer", answer="3")[0] == "## Ana Ruiz\n\nSalz\n"
    with pytest.raises(UsageError, match=r"--column name=Were: .* did you mean 'Wer'"):
        form(*rows, name="Were", answer="3")


def test_several_questions_are_headings() -> None:
    other = "And a second answer that is long enough to be one of those that people write in forms."
    text, *_ = form(["Name", "First?", "Second?"], ["Ana Ruiz", ANSWER, other])
    assert text == f"## Ana Ruiz\n\n### First?\n\n{ANSWER}\n\n### Second?\n\n{other}\n"


@pytest.mark.parametrize(
    ("handle", "expected"),
    [
        ("@ana", " (@ana)"), ("ana", " (@ana)"), ("https://twitter.com/ana", " (@ana)"),
        ("x.com/@ana?s=20", " (@ana)"), ("n/a", ""), ("", ""), ("@ana, @acme", " (@ana, @acme)"),
    ],
)  # fmt: skip
def test_handles(handle: str, expected: str) -> None:
    text, *_ = form(["Name", "Handle", "Answer"], ["Ana Ruiz", handle, "Salt."])
    assert text.startswith(f"## Ana Ruiz{expected}\n")


def test_rows_without_name_or_answer_are_listed() -> None:
    text, left_out, _ = form(
        ["Name", "Answer"], ["Ana Ruiz", ""], ["", "Salt."], ["Ben Okoye", "Pepper."]
    )
    assert text == "## Ben Okoye\n\nPepper.\n"
    assert "row 2, which has no answer: Ana Ruiz " in left_out
    assert "row 3, which has no name:  Salt." in left_out


def test_answers_are_plain_text_with_paragraphs_and_lists() -> None:
    text, *_ = form(["Name", "Answer"], ["Ana Ruiz", "Two *things*:\n\n1. salt\n2. water"])
    assert text == "## Ana Ruiz\n\nTwo \\*things\\*:\n\n1. salt\n2. water\n"


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_with_any_sign_between_columns(sign: str) -> None:
    text = f'Name{sign}Answer\r\n"Ruiz, Ana; Dr"{sign}"a\n\nb ""c"""\r\n{sign}\r\n'
    assert csv_rows(text, "a.csv") == [["Name", "Answer"], ["Ruiz, Ana; Dr", 'a\n\nb "c"']]


def test_a_workbook() -> None:
    notes: list[str] = []
    data = xlsx(["Name", "Age"], [None, None], ["Ana", 3.0], Other=[["x"]], Empty=[])
    assert xlsx_rows(data, "a.xlsx", notes) == [["Name", "Age"], ["Ana", "3"]]
    assert notes == ["only the sheet 'Sheet' is read, not: Other"]


def test_a_workbook_with_too_many_rows_is_refused() -> None:
    data = xlsx(*(["x"] for _ in range(10_002)))
    with pytest.raises(InputError, match="more than 10,000 rows"):
        xlsx_rows(data, "a.xlsx", [])


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(InputError, match="has no rows"):
        xlsx_rows(xlsx(), "a.xlsx", [])


def test_a_form_without_columns_says_which_there_are() -> None:
    with pytest.raises(InputError, match=r"name and the answer found among 'A', 'B'; .* --column"):
        form(["A", "B"], ["x", "y"])
