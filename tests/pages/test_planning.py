"""What stands at each text of a page, and whether its page is published."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.article.reading import read_article
from pipeline.catalogue.comments import WITHDRAWN
from pipeline.catalogue.extraction import extract
from pipeline.model import Catalog, Previous, State, Unit
from pipeline.pages.planning import Decision, Plan, Standing, describe_plan, plan_article
from pipeline.project.settings import Settings

EMPTY, DRAFT, REVIEWED = State.EMPTY, State.DRAFT, State.REVIEWED
TEXT = "---\ntitle: Salt\n---\n\nOne text.\n\nTwo texts.\n"
SETTINGS = Settings(locales=("fr",))


def catalogue(text: str = TEXT, locale: str = "fr", *, published: bool = True) -> Catalog:
    """Return the catalogue of an article in which everything is reviewed."""
    template = extract(read_article(text.encode(), "en.md"), "salt")
    units = tuple(u._replace(target=f"<{u.source}>", state=REVIEWED) for u in template.units)
    return Catalog("salt", locale, units, published=published)


def changed(catalog: Catalog, source: str, **values: object) -> Catalog:
    """Return a catalogue in which the unit with a source text has other values."""
    units = [u._replace(**values) if u.source == source else u for u in catalog.units]  # type: ignore[arg-type]
    return replace(catalog, units=tuple(units))


def planned(*catalogs: Catalog, text: str = TEXT, settings: Settings = SETTINGS) -> Plan:
    """Return the plan of the last catalogue's locale."""
    article = read_article(text.encode(), "en.md")
    by_locale = {catalog.locale: catalog for catalog in catalogs}
    return plan_article(article, "salt", by_locale, settings, {})[catalogs[-1].locale]


def standings(plan: Plan) -> list[Standing]:
    return [text.standing for text in plan.published_texts]


EDITED = changed(catalogue(), "Two texts.", target="d", state=DRAFT, previous=Previous("Two."))
OLD = Unit("introduction", "Two.", "<Two.>", REVIEWED)

CASES = {
    "reviewed": (catalogue(), SETTINGS, Standing.REVIEWED, "<Two texts.>", "fr"),
    "edited": (
        replace(EDITED, obsolete=(OLD,)), SETTINGS, Standing.STALE, "<Two.>", "fr"
    ),
    "edited, as the source says it": (
        replace(EDITED, obsolete=(OLD,)), replace(SETTINGS, stale="source"),
        Standing.SOURCE, "Two texts.", "en",
    ),
    "corrected": (
        replace(EDITED, obsolete=(OLD._replace(comments=(WITHDRAWN,)),)), SETTINGS,
        Standing.CORRECTED, "Two texts.", "en",
    ),
    "new": (
        changed(catalogue(), "Two texts.", target="", state=EMPTY), SETTINGS,
        Standing.WAITING, "Two texts.", "en",
    ),
    "new, with a draft": (
        changed(catalogue(), "Two texts.", state=DRAFT), SETTINGS,
        Standing.WAITING, "Two texts.", "en",
    ),
    "new, as the source says it": (
        changed(catalogue(), "Two texts.", target="", state=EMPTY),
        replace(SETTINGS, missing="source"), Standing.SOURCE, "Two texts.", "en",
    ),
    "left out": (
        changed(catalogue(), "Two texts.", comments=("pipeline: omit no use",)), SETTINGS,
        Standing.OMITTED, "Two texts.", "en",
    ),
    "names": (
        changed(catalogue(), "Two texts.", target="", state=EMPTY),
        replace(SETTINGS, terms=("Two texts",)), Standing.NAMES, "Two texts.", "en",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("catalog", "settings", "standing", "words", "language"), CASES.values(), ids=CASES
)
def test_what_stands_at_a_text(
    catalog: Catalog, settings: Settings, standing: Standing, words: str, language: str
) -> None:
    plan = planned(catalog, settings=settings)
    assert plan.is_published
    text = plan.published_texts[-1]
    assert (text.standing, text.words, text.language) == (standing, words, language)
    assert standings(plan)[:2] == [Standing.REVIEWED] * 2


def test_a_preview_shows_drafts_and_the_source() -> None:
    plan = planned(replace(EDITED, obsolete=(OLD,)))
    assert plan.preview_texts[-1][:3] == ("d", Standing.DRAFT, "fr")
    plan = planned(changed(catalogue(), "Two texts.", target="", state=EMPTY))
    assert plan.preview_texts[-1][:3] == ("Two texts.", Standing.SOURCE, "en")


PUBLISHED = [
    (catalogue(published=False), True, True),
    (catalogue(), True, False),
    (replace(EDITED, published=False), False, False),
    (EDITED, True, False),
    (changed(catalogue(published=False), "Salt", state=DRAFT), False, False),
    (changed(catalogue(), "Salt", state=DRAFT), True, False),
    (Catalog("salt", "fr"), False, False),
]


@pytest.mark.parametrize(("catalog", "expected", "first"), PUBLISHED)
def test_what_is_published_stays_so(catalog: Catalog, expected: bool, first: bool) -> None:
    plan = planned(catalog)
    assert (plan.is_published, plan.is_first) == (expected, first)
    assert plan.decision is (Decision.PUBLISHED if expected else Decision.NOT_YET)


def test_a_catalogue_that_nobody_merged_yet_keeps_its_page() -> None:
    """It was complete for the article that it is of."""
    text = TEXT.replace("Two texts.", "Two texts of mine.") + "\nA new one, quite another.\n"
    plan = planned(catalogue(published=False), text=text)
    assert plan.is_first
    assert standings(plan)[-2:] == [Standing.STALE, Standing.WAITING]
    assert plan.published_texts[-2].words == "<Two texts.>"


def test_a_draft_is_withdrawn_whatever_is_reviewed() -> None:
    for text in (
        "---\ntitle: Salt\ndraft: true\n---\n",
        '+++\ntitle = "Salt"\ndraft = true\n+++\n',
    ):
        plan = planned(catalogue(text), text=text)
        assert plan.decision is Decision.WITHDRAWN
    text = '{"title": "Salt", "draft": true}\n\nA\n'
    assert planned(catalogue(text), text=text).decision is Decision.WITHDRAWN
    text = "+++\n[build]\ndraft = true\n+++\n\nA\n"
    assert planned(catalogue(text), text=text).is_published
    own = replace(catalogue(), own_values=(("draft", "true"),))
    assert planned(own).decision is Decision.WITHDRAWN


REGIONAL = replace(SETTINGS, locales=("fr", "fr_CA"))
BARE = Catalog(
    "salt", "fr_CA", tuple(u._replace(target="", state=EMPTY) for u in catalogue().units)
)


def test_a_regional_locale_shows_its_base() -> None:
    plan = planned(catalogue(), BARE, settings=REGIONAL)
    assert plan.is_published
    assert plan.is_inherited
    assert standings(plan) == [Standing.REVIEWED] * 3
    assert plan.published_locales == ("en", "fr")
    plan = planned(replace(EDITED, obsolete=(OLD,)), BARE, settings=REGIONAL)
    assert not plan.is_published, "its base has a text that is not reviewed"
    base = replace(EDITED, obsolete=(OLD,))
    units = tuple(u._replace(previous=Previous("Two.")) for u in BARE.units)
    plan = planned(base, replace(BARE, published=True, units=units), settings=REGIONAL)
    assert plan.published_texts[-1][:3] == ("<Two.>", Standing.STALE, "fr_CA")


def test_the_article_itself_is_always_published() -> None:
    article = read_article(TEXT.encode(), "en.md")
    plans = plan_article(article, "salt", {"fr": catalogue()}, SETTINGS, {})
    assert list(plans) == ["en", "fr"]
    assert plans["en"].is_published
    assert [text.words for text in plans["en"].published_texts] == [
        "Salt",
        "One text.",
        "Two texts.",
    ]
    assert plans["en"].published_locales == ("en", "fr")


DESCRIBED = [
    (catalogue(), False, []),
    (
        replace(EDITED, obsolete=(OLD,)),
        False,
        ["salt fr: published with 1 text in the last reviewed translation"],
    ),
    (
        changed(
            changed(catalogue(), "One text.", state=DRAFT), "Two texts.", target="", state=EMPTY
        ),
        False,
        ["salt fr: published with 2 texts left out until translated"],
    ),
    (
        replace(EDITED, published=False),
        True,
        ["salt fr: 60% of the words reviewed, publish_at requires 100%: built as a preview only"],
    ),
    (
        changed(catalogue(published=False), "Salt", target="", state=EMPTY),
        False,
        [
            "salt fr: 80% of the words reviewed, publish_at requires 100%, and title must be "
            "reviewed: not built; --drafts builds a preview"
        ],
    ),
]


@pytest.mark.parametrize(("catalog", "drafts", "lines"), DESCRIBED)
def test_a_plan_says_what_is_behind(catalog: Catalog, drafts: bool, lines: list[str]) -> None:
    assert describe_plan(planned(catalog), drafts=drafts) == lines
