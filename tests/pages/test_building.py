"""Built articles: translated texts and fallbacks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.article import skeleton_of
from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract
from pipeline.catalogue.status import share_reviewed
from pipeline.findings import Place
from pipeline.model import Catalog, Segment, State
from pipeline.pages import building
from pipeline.pages.building import Built, build

EMPTY, DRAFT, REVIEWED = State.EMPTY, State.DRAFT, State.REVIEWED


def build_text(
    text: str, targets: list[str | None], state: State = REVIEWED, **options: bool
) -> Built:
    """Build an article with a target for each unit, in order; None leaves the unit empty."""
    article = read_article(text.encode(), "en.md")
    units = [
        unit._replace(target=target or "", state=state if target else EMPTY, line=at + 10)
        for at, (unit, target) in enumerate(zip(extract(article, "x").units, targets, strict=True))
    ]
    drafts = options.get("drafts", False)
    return build(article, Catalog("x", "fr", tuple(units)), "fr.po", drafts=drafts)


def test_reviewed_texts_stand_in() -> None:
    built = build_text("One\n\nTwo\n\nThree\n", ["Un", None, "Trois"])
    assert built == (b"Un\n\nTwo\n\nTrois\n", (), (REVIEWED, EMPTY, REVIEWED))


@pytest.mark.parametrize(("drafts", "data"), [(False, b"One\n"), (True, b"Un\n")])
def test_drafts_only_where_they_are_wanted(drafts: bool, data: bytes) -> None:
    built = build_text("One\n", ["Un"], DRAFT, drafts=drafts)
    assert built == (data, (), (DRAFT if drafts else EMPTY,))


def test_a_text_without_a_unit_stays() -> None:
    article = read_article(b"One\n", "en.md")
    assert build(article, Catalog("x", "fr"), "fr.po", drafts=True).data == b"One\n"


def test_the_same_text_in_two_places() -> None:
    assert build_text("One\n\nOne\n", ["Un"]).data == b"Un\n\nUn\n"


BREAKING = [
    "- Un",
    "1. Un",
    "# Un",
    "> Un",
    "Un\n\nDeux",
    "```\nUn",
    "[x]: u",
    "***",
    "Un\n==",
    "::: note",
]


@pytest.mark.parametrize("target", BREAKING)
def test_what_breaks_the_page_falls_back_alone(target: str) -> None:
    built = build_text("One\n\nTwo\n\n- Three\n", ["Un", target, "Trois"])
    assert built.data == b"Un\n\nTwo\n\n- Trois\n"
    assert built.states == (REVIEWED, EMPTY, REVIEWED)
    (finding,) = built.findings
    assert (finding.code, finding.source, finding.catalogue) == ("MK109", "Two", Place("fr.po", 11))


@pytest.mark.parametrize("targets", [["Un `", "Deux *"], ["_Un", "**Deux"], ["[Un](", "![Deux"]])
def test_inline_damage_stays_in_its_paragraph(targets: list[str | None]) -> None:
    assert build_text("One\n\nTwo\n", targets).findings == ()


def test_the_finding_says_what_was_expected_and_what_was_found() -> None:
    (finding,) = build_text("One\n", ["- Un"]).findings
    assert "(expected a paragraph, found a list)" in finding.message


DAMAGED = {
    "placeholder": ("Hello {name}!", "Bonjour {nom} !", "MK105", "'{name}', found '{nom}'"),
    "code": ("Run `make`.", "Lancez `make.", "MK101", "expected the code 'make'"),
    "tag": ("<b>A</b>", "<b>B", "MK103", "'<b>' without its matching tag"),
    "link": ("[a](u)", "[b] (u)", "MK102", "lacks the link to 'u', found '[b] (u)'"),
}


@pytest.mark.parametrize(("source", "target", "code", "words"), DAMAGED.values(), ids=DAMAGED)
def test_damaged_markup_falls_back(source: str, target: str, code: str, words: str) -> None:
    built = build_text(f"One\n\n{source}\n", ["Un", target])
    assert built.data == f"Un\n\n{source}\n".encode()
    assert built.states == (REVIEWED, EMPTY)
    (finding,) = built.findings
    assert (finding.code, finding.source, finding.catalogue) == (code, source, Place("fr.po", 11))
    assert words in finding.message


def test_of_texts_that_break_only_together_the_first_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # No such pair is known; the skeleton here is broken where both texts are.
    monkeypatch.setattr(building, "skeleton_of", lambda data: (b"Un" in data and b"Deux" in data,))
    built = build_text("- One\n- Two\n- Three\n\nFour", ["Un", "Deux", "Trois", "Quatre"])
    assert built.data == b"- Un\n- Two\n- Trois\n\nQuatre"
    assert [f.source for f in built.findings] == ["Two"]


def test_some_alone_and_some_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        building,
        "skeleton_of",
        lambda data: (b"Zut" in data or (b"Un" in data and b"Deux" in data),),
    )
    built = build_text("- One\n- Two\n- Three\n\nFour", ["Un", "Deux", "Zut", "Quatre"])
    assert built.data == b"- Un\n- Two\n- Three\n\nQuatre"


def test_all_texts_may_break() -> None:
    source = "".join(f"Text {n}\n\n" for n in range(300))
    built = build_text(source, [f"- {n}" for n in range(300)])
    assert built.data == source.encode()
    assert len(built.findings) == 300


def test_a_page_is_read_a_few_times_though_all_texts_break_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = "".join(f"Text {n}\n\n" for n in range(3000))
    read_so_far = 0

    def counted(data: bytes) -> tuple[object, ...]:
        nonlocal read_so_far
        read_so_far += len(data)
        return skeleton_of(data)

    monkeypatch.setattr(building, "skeleton_of", counted)
    assert len(build_text(source, [f"- {n}" for n in range(3000)]).findings) == 3000
    assert read_so_far < 12 * len(source)


@pytest.mark.parametrize("shape", ["- Text {}\n", "Text {}\n\n", "> Text {}\n>\n"])
def test_a_page_is_read_a_few_times_however_many_texts_break_it(
    shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = skeleton_of
    for count in (300, 3000, 10_000):
        source = "".join(shape.format(n) for n in range(count))
        bad = range(7, count, 33)
        targets: list[str | None] = [f"Texte {n}" for n in range(count)]
        for n in bad:
            targets[n] = f"# Texte {n}"
        read_so_far = 0

        def counted(data: bytes) -> tuple[object, ...]:
            nonlocal read_so_far
            read_so_far += len(data)
            return real(data)

        monkeypatch.setattr(building, "skeleton_of", counted)
        built = build_text(source, targets)
        assert len(built.findings) == len(bad)
        assert built.data.count(b"Texte") == count - len(bad)
        assert read_so_far < 12 * len(source)


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("## Ann {lang=fr}\n\nUn\n", "## Ann {lang=de}\n\nOne\n"),
        ('<p lang="fr">Un</p>\n', '<p lang="de">One</p>\n'),
        ("::: {lang=fr}\nUn\n:::\n", "::: {lang=de}\nOne\n:::\n"),
        ("## Ann {lang=es}\n\n<p lang='fr'>Un</p>\n", "## Ann {lang=es}\n\n<p lang='de'>One</p>\n"),
    ],
)
def test_a_stated_language_is_that_of_the_page_where_the_text_is_translated(
    source: str, page: str
) -> None:
    article = read_article(source.encode(), "en.md")
    units = [
        unit._replace(target="One", state=REVIEWED) if unit.source == "Un" else unit
        for unit in extract(article, "x").units
    ]
    built = build(article, Catalog("x", "de", tuple(units)), language=("en", "de"))
    assert built.data == page.encode()
    assert build(article, Catalog("x", "de"), language=("en", "de")).data == source.encode()


def test_texts_in_the_language_of_the_page_are_originals() -> None:
    article = read_article(b"One\n\n<p lang='fr'>Un</p>\n", "en.md")
    for locale, states in (
        ("fr", (EMPTY, State.ORIGINAL)),
        ("en", (State.ORIGINAL, EMPTY)),
        ("de", (EMPTY, EMPTY)),
    ):
        assert build(article, Catalog("x", locale), language=("en", locale)).states == states


def test_the_language_follows_only_where_there_is_a_text() -> None:
    article = read_article(b"---\nlang: en\n---\nOne\n", "en.md")
    unit = extract(article, "x").units[0]._replace(target="Un", state=REVIEWED)
    for units, data in (((unit,), b"---\nlang: fr\n---\nUn\n"), ((), article.data)):
        catalog = Catalog("x", "fr", units)
        assert build(article, catalog, "", drafts=True, language=("en", "fr")).data == data


def test_a_mark_may_wrap_each_text_by_its_state() -> None:
    def mark(segment: Segment, text: str, state: State) -> str:
        return f"{text} ({state.value}, {segment.kind})"

    article = read_article(b"One\n\n- Two\n", "en.md")
    units = (extract(article, "x").units[1]._replace(target="Deux", state=DRAFT),)
    built = build(article, Catalog("x", "fr", units), "", drafts=True, mark=mark)
    assert built.data == b"One (empty, paragraph)\n\n- Deux (draft, list item)\n"


@pytest.mark.parametrize(
    ("states", "share"),
    [([], 1.0), ([EMPTY], 0.0), ([REVIEWED, DRAFT, EMPTY, REVIEWED], 0.5), ([REVIEWED], 1.0)],
)
def test_share_reviewed(states: list[State], share: float) -> None:
    template = extract(read_article(b"A\n\nB\n\nC\n\nD\n", ""), "x")
    units = [u._replace(state=s) for u, s in zip(template.units, states, strict=False)]
    assert share_reviewed(replace(template, units=tuple(units))) == share


def test_a_page_in_another_language_has_plain_spaces_behind_its_marks() -> None:
    text = "##\u00a0One\n\n##Two, Acme (@two)\n\n-\u202fa\n-\u200bb\n"
    assert build_text(text, [None, None, None]).data == text.encode()
    built = build_text(text, ["¿Un?", "c", None])
    assert built.data.decode() == "## ¿Un?\n\n## Two, Acme (@two)\n\n- c\n- b\n"
    assert built.findings == ()
