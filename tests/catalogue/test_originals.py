from __future__ import annotations

import pytest

from pipeline.article import read_article
from pipeline.catalogue import extract, merge, template_for, text_language
from pipeline.model import Catalog, Origin, OriginKind, State, Unit, draft_digest

ARTICLE = b"""\
# Voices

## Anne Martin, Kestrel (@anne) {lang=fr}

Je lis le matin.

## Bob Lee, Acme (@bob)

I read.
"""
FRENCH, ENGLISH = "Je lis le matin.", "I read."


def template(data: bytes = ARTICLE) -> Catalog:
    return extract(read_article(data, "a.md"), "a")


def merged(locale: str, *units: Unit, data: bytes = ARTICLE) -> dict[str, Unit]:
    old = Catalog("a", locale, units)
    result = merge(old, template_for(template(data), locale, "en"))
    return {unit.source: unit for unit in result.units}


HUMAN = Origin()


def unit(target: str, state: State, origin: Origin = HUMAN) -> Unit:
    notes = ("Anne Martin, Kestrel, @anne (paragraph)", "in French")
    return Unit("anne-martin", FRENCH, target, state, origin, notes=notes)


def test_notes_name_the_language() -> None:
    notes = {unit.source: unit.notes for unit in template().units}
    assert notes[FRENCH] == ("Anne Martin, Kestrel, @anne (paragraph)", "in French")
    assert notes[ENGLISH] == ("Bob Lee, Acme, @bob (paragraph)",)


@pytest.mark.parametrize("locale", ["fr", "pt_BR", "zh_Hant", "sr_Latn", "es_419", "nb", "gsw"])
def test_a_language_is_read_as_it_was_written(locale: str) -> None:
    data = ARTICLE.replace(b"lang=fr", f"lang={locale}".encode())
    notes = {unit.source: unit.notes for unit in template(data).units}
    assert text_language(notes[FRENCH]) == locale


@pytest.mark.parametrize(
    "notes",
    [(), ("paragraph",), ("in French",), ("paragraph", "in brackets"), ("paragraph", "French")],
)
def test_other_notes_name_none(notes: tuple[str, ...]) -> None:
    assert text_language(notes) == ""


@pytest.mark.parametrize("locale", ["fr", "fr_CA"])
def test_original_words_stand_in_their_own_language(locale: str) -> None:
    units = merged(locale)
    assert (units[FRENCH].target, units[FRENCH].state) == (FRENCH, State.ORIGINAL)
    assert units[ENGLISH].state is State.EMPTY


def test_they_are_to_be_translated_into_others() -> None:
    units = merged("es")
    assert (units[FRENCH].target, units[FRENCH].state) == ("", State.EMPTY)


def test_the_language_of_the_article_has_only_them() -> None:
    assert list(merged("en")) == [FRENCH]
    assert merged("en")[FRENCH].state is State.EMPTY


def test_another_variant_of_the_articles_language_is_no_other_language() -> None:
    data = ARTICLE.replace(b"lang=fr", b"lang=en-GB")
    assert merged("en", data=data) == {}


def test_another_script_is_another_language() -> None:
    data = ARTICLE.replace(b"lang=fr", b"lang=zh-Hans")
    assert merged("zh_Hant", data=data)[FRENCH].state is State.EMPTY
    assert merged("zh_CN", data=data)[FRENCH].state is State.ORIGINAL


MACHINE = Origin(OriginKind.MACHINE, "apertium", draft_digest(FRENCH, "Je lise."))


@pytest.mark.parametrize(
    ("old", "target", "state"),
    [
        (unit(FRENCH, State.ORIGINAL), FRENCH, State.ORIGINAL),
        (unit(FRENCH, State.REVIEWED), FRENCH, State.ORIGINAL),
        (unit("Je lise.", State.DRAFT, MACHINE), FRENCH, State.ORIGINAL),
        (unit("Je lis chaque matin.", State.REVIEWED), "Je lis chaque matin.", State.REVIEWED),
        (unit("Je lis chaque matin.", State.DRAFT), "Je lis chaque matin.", State.DRAFT),
    ],
)
def test_a_humans_words_stay(old: Unit, target: str, state: State) -> None:
    assert merged("fr", old)[FRENCH][2:4] == (target, state)


def test_an_edited_original_leaves_nothing_behind() -> None:
    old = Catalog("a", "fr", tuple(merged("fr").values()))
    new = template(ARTICLE.replace(FRENCH.encode(), b"Je lis le matin, souvent."))
    result = merge(old, template_for(new, "fr", "en"))
    states = {unit.source: unit.state for unit in result.units}
    assert states["Je lis le matin, souvent."] is State.ORIGINAL
    assert result.obsolete == ()
    assert not any(unit.previous for unit in result.units)


def test_a_text_that_is_stated_later_to_be_in_another_language_keeps_its_review() -> None:
    before = ARTICLE.replace(b" {lang=fr}", b"")
    old = merge(Catalog("a", "es"), template_for(template(before), "es", "en"))
    units = tuple(
        u._replace(target="Leo.", state=State.REVIEWED) if u.source == FRENCH else u
        for u in old.units
    )
    result = merge(Catalog("a", "es", units), template_for(template(), "es", "en"))
    assert ("Leo.", State.REVIEWED) in [unit[2:4] for unit in result.units]
