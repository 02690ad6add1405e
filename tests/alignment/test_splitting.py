"""One translated text split among several source segments."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from pipeline.alignment.filling import fill
from pipeline.alignment.lattice import Alignment, Bead
from pipeline.alignment.splitting import LEAST_CONFIDENCE, Division
from pipeline.article.reading import read_article
from pipeline.findings import Severity
from pipeline.model import Catalog, Unit
from tests.alignment.by_hand import SOURCE, VERSION, article, empty, filled
from tests.linear.odd import SENTENCE_ENDS
from tests.steps import MOST, growth

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("first", [0, 1])
def test_one_text_for_several_units_is_divided_at_sentences(first: int) -> None:
    joined = " ".join(VERSION[first : first + 2])
    version = (*VERSION[:first], joined, *VERSION[first + 2 :])
    beads = [Bead((first, first + 1), (first,), 0.99)]
    targets, catalog, findings = filled(beads, version)
    assert targets[first : first + 2] == list(VERSION[first : first + 2])
    assert catalog.units[first].origin.signature.endswith(" split")
    assert catalog.units[first].origin.signature <= "fr.md 0.99 split"
    assert (findings[0].code, findings[0].severity) == ("AL004", Severity.INFO)
    end = " in source/a/fr.md translates 2 texts of the source and was divided among them: "
    assert findings[0].message.endswith(f"”{end}check each part")
    assert {f.code for f in findings[1:]} <= {"AL003"}


def test_a_division_is_reported_again_only_if_a_part_is_new() -> None:
    beads = [Bead((0, 1), (0,), 0.99)]
    _, once, _ = filled(beads, (" ".join(VERSION[:2]),))
    _, twice, findings = filled(beads, (" ".join(VERSION[:2]),), catalog=once)
    assert (twice, findings) == (once, ())
    edited = (" ".join(VERSION[:2]).replace("Personne", "Nul"),)
    _, renewed, findings = filled(beads, edited, catalog=once)
    assert renewed.units[1].target == VERSION[1].replace("Personne", "Nul")
    assert findings[0].code == "AL004"


def test_one_of_two_texts_is_not_divided_without_the_other() -> None:
    whole = " ".join(VERSION)
    assert all(filled([Bead((0, 1, 2), (0,), 0.99)], (whole,))[0])
    assert not any(filled([Bead((0, 1, 2), (0, 1), 0.99)], (whole, "Oui."))[0])


@pytest.mark.parametrize(
    "text",
    [
        "L’agence a été fondée en 1998 par deux frères, et Facebook a tout changé",
        "Oui. " + "Personne n’écoutait la radio dans cette ville à cette époque-là, hélas " * 3,
    ],
    ids=["one sentence", "no place fits"],
)
def test_what_cannot_be_divided_goes_to_no_unit(text: str) -> None:
    targets, _, findings = filled([Bead((0, 1), (0,), 0.99)], (text,))
    assert targets == ["", "", ""]
    assert [(f.code, f.severity) for f in findings] == [("AL004", Severity.WARNING)]
    assert "2 texts" in findings[0].message


def test_a_list_that_became_a_paragraph_is_divided_at_the_ends_of_its_items() -> None:
    items = (
        "- drop a package of a release that nobody has wanted to maintain since 2019;",
        "- write to the mailing list in order to ask the 12 other members for their opinion;",
        "- answer them.",
    )
    paragraph = (
        "supprimer un paquet d’une version que personne n’a voulu maintenir depuis 2019 ; "
        "écrire à la liste de diffusion afin de demander leur avis aux 12 autres membres ; "
        "leur répondre."
    )
    source, version = (
        read_article(text.encode(), path)
        for text, path in (("\n".join(items) + "\n", "en.md"), (paragraph + "\n", "fr.md"))
    )
    catalog = Catalog("a", "fr", tuple(Unit(s.context, s.text) for s in source.segments))
    done, _ = fill(catalog, source, version, Alignment((Bead((0, 1, 2), (0,), 0.99),)))
    assert [u.target for u in done.units] == [
        part + end for part, end in zip(paragraph.split(" ; "), (" ;", " ;", ""), strict=True)
    ]


def test_a_caption_is_never_cut_from_its_paragraph() -> None:
    source = article(("The brothers in 1998", SOURCE[1]), "en.md")
    version = article((f"Les frères en 1998 {VERSION[1]}",), "fr.md")
    catalog = empty(tuple(s.text for s in source.segments))
    new, findings = fill(catalog, source, version, Alignment((Bead((0, 1), (0,), 0.95),)))
    assert new == catalog
    assert [f.code for f in findings] == ["AL004"]


DIVIDED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "three": (SOURCE, VERSION),
    "the first two": (SOURCE[:2], VERSION[:2]),
    "a quotation of two sentences": (
        ("Ask Ana Smith in Paris about the 40 kilos of salt?", "He knows it all! Really."),
        ("Demandez à Ana Smith à Paris pour les 40 kilos de sel ?", "« Il sait tout ! Vraiment. »"),
    ),
    "no spaces": (
        ("Ask Ana Smith about the 40 kilos of salt?", "Nobody else knows it all!"),
        ("你问史密斯那40公斤盐吗？", "没有别人什么都知道！"),
    ),
}


@pytest.mark.parametrize(("source", "version"), DIVIDED.values(), ids=DIVIDED)
def test_each_segment_gets_its_sentences(source: tuple[str, ...], version: tuple[str, ...]) -> None:
    division = Division(article(source, "en.md"), article(version, "x.md"))
    joined = ("" if "？" in version[0] else " ").join(version)
    shares = division.divide(range(len(source)), joined)
    assert [(place, text) for place, text, _ in shares] == list(enumerate(version))
    assert all(LEAST_CONFIDENCE <= confidence <= 1 for _, _, confidence in shares)


UNDIVIDED = {
    "fewer sentences than segments": (SOURCE[:2], VERSION[0]),
    "no text": (SOURCE[:2], ""),
    "more sentences than anybody joins": (SOURCE[:2], "Un mot. " * 101),
    "a segment that is no sentence": (("The brothers in 1998", SOURCE[0]), "Un. " + VERSION[0]),
    "an abbreviation with a small letter behind it": (SOURCE[:2], "Voir p. ex. ceci"),
    "lengths that fit nowhere": (
        SOURCE[:2],
        "Oui. " + "Personne n’écoutait la radio dans cette ville à cette époque-là, hélas " * 3,
    ),
}


@pytest.mark.parametrize(("source", "text"), UNDIVIDED.values(), ids=UNDIVIDED)
def test_what_cannot_be_divided_has_no_shares(source: tuple[str, ...], text: str) -> None:
    division = Division(article(source, "en.md"), article((text, *VERSION), "fr.md"))
    assert division.divide((0, 1), text) == []


@pytest.mark.parametrize("unit", SENTENCE_ENDS)
def test_nothing_but_ends_of_sentences_is_not_divided(unit: str) -> None:
    """Split a text of sentence ends only; `tests.linear.functions` counts the instructions."""
    _, catalog, findings = filled([Bead((0, 1), (0,), 0.99)], (SENTENCE_ENDS[unit](9_000),))
    assert [unit.target for unit in catalog.units] == ["", "", ""]
    assert [finding.code for finding in findings] == ["AL004"]


def test_steps_grow_with_the_sentences_of_a_text_that_is_too_long_to_be_divided() -> None:
    def work(sentences: int) -> Callable[[], object]:
        return partial(filled, [Bead((0, 1), (0,), 0.99)], ("Oui. " * sentences,))

    assert growth(work, 150) < MOST
