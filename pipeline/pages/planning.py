"""Plan of an article in one locale: which words stand at each text and why, and where pages go.

A plan is a value: it says what is published and what a preview shows. `publishing` writes it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue import (
    extract,
    find_complete,
    is_publishable,
    is_withdrawn,
    last_reviewed,
    merge,
    omission,
    readiness,
    reviewed_obsolete,
    share_reviewed,
    template_for,
    with_base_texts,
)
from pipeline.language import is_same_language
from pipeline.markdown import front_matter_flag
from pipeline.model import Catalog, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.model import Article, Segment, Unit
    from pipeline.project import Settings

__all__ = [
    "Decision",
    "Plan",
    "PlannedText",
    "Standing",
    "choose_text",
    "counted_apart",
    "describe_plan",
    "plan_article",
    "plan_source",
    "source_text",
]

_Key = tuple[str, str]
_FALSE = ("", "false", "no", "off", "n", "f", "0", "null", "~")


class Standing(Enum):
    """Reason why certain words stand at a text of a page."""

    REVIEWED = "reviewed"
    """A reviewed translation of the text, or of a regional locale's base."""
    ORIGINAL = "original"
    """The words of a speaker whose language is that of the page; they need no translation."""
    STALE = "stale"
    """The last reviewed translation of an earlier source text."""
    DRAFT = "draft"
    """A draft that nobody has reviewed; in previews only."""
    SOURCE = "source"
    """The source's words, because there is no translation."""
    CORRECTED = "corrected"
    """The source's words, because a correction withdrew the translation."""
    NAMES = "names"
    """The source's words, because they are only names, numbers and links."""
    WAITING = "waiting"
    """Nothing until a translation is reviewed."""
    OMITTED = "omitted"
    """Nothing, as a translator decided."""

    @property
    def is_untranslated(self) -> bool:
        """True if the source's words stand in for a translation."""
        return self in (Standing.SOURCE, Standing.CORRECTED)

    @property
    def is_translation(self) -> bool:
        """True if a translation stands there."""
        return self in (Standing.REVIEWED, Standing.STALE, Standing.DRAFT)

    @property
    def is_absent(self) -> bool:
        """True if nothing stands there, where the page allows it."""
        return self in (Standing.WAITING, Standing.OMITTED)


class PlannedText(NamedTuple):
    """Words that stand at a text of a page."""

    words: str
    standing: Standing
    language: str
    """Locale of the words."""
    source: str = ""
    """Source text of which the words are a translation."""
    line: int = 0
    """Line of the translation in its PO file, from 1; 0 where unknown."""


class Decision(Enum):
    """Decision on the pages of an article in a locale."""

    PUBLISHED = "published"
    NOT_YET = "not yet"
    """Too little is reviewed for a first publication."""
    WITHDRAWN = "withdrawn"
    """``draft: true`` in the front matter keeps it back."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Plan of an article in one locale."""

    article: Article
    name: str
    locale: str
    decision: Decision
    reason: str
    """Why it is not published; empty if it is."""
    published_texts: tuple[PlannedText, ...]
    """Words at each segment of the article on the page that may be published."""
    preview_texts: tuple[PlannedText, ...]
    """Words at each segment on the preview."""
    published_locales: tuple[str, ...] = ()
    """Locales whose pages a published page links to, that of the source included."""
    own_values: tuple[tuple[str, str], ...] = ()
    """Front-matter values of the locale's own, by key, as YAML."""
    share_reviewed: float = 1.0
    """Share of the words that are reviewed, 0 to 1."""
    is_first: bool = False
    """True if it is published for the first time, which has to be recorded."""
    is_inherited: bool = False
    """True if all its texts are those of another locale's page."""

    @property
    def is_published(self) -> bool:
        """True if its page may be published."""
        return self.decision is Decision.PUBLISHED

    def count(self, *standings: Standing) -> int:
        """Return the number of texts that stand on the published page for one of some reasons."""
        return sum(text.standing in standings for text in self.published_texts)


def plan_source(
    article: Article, name: str, settings: Settings, catalog: Catalog | None = None
) -> Plan:
    """Return the plan of an article in its own language, which is always published.

    ``catalog`` has the translations of its texts in other languages; those without a reviewed one
    stand as they are. ``published_locales`` is left empty.
    """
    source = settings.source
    catalog = catalog or Catalog(name, source)
    current = _merged(catalog, template_for(extract(article, name), source, source))
    planner = _Planner(
        article, name, catalog, current, (), replace(settings, missing="source"), settings.terms
    )
    draft = _find_draft(article)
    decision = Decision.WITHDRAWN if draft else Decision.PUBLISHED
    published, preview = planner.texts()
    return Plan(article, name, source, decision, draft, published, preview)


def plan_article(
    article: Article,
    name: str,
    catalogs: Mapping[str, Catalog],
    settings: Settings,
    terms: Mapping[str, tuple[str, ...]],
) -> dict[str, Plan]:
    """Return the plans of an article by locale, that of its own language first.

    ``catalogs`` has the catalogues of all locales, as they are in their files; that of the
    article's own language may be missing. ``terms`` has the words never translated, by locale.
    """
    template, source = extract(article, name), settings.source
    plans = {source: plan_source(article, name, settings, catalogs.get(source))}
    current = {
        locale: _merged(catalog, template_for(template, locale, source))
        for locale, catalog in catalogs.items()
    }
    for locale, catalog in catalogs.items():
        if locale == source:
            continue
        bases = settings.base_locales(locale)
        planner = _Planner(
            article,
            name,
            catalog,
            current[locale],
            [current[base] for base in bases],
            settings,
            article.terms + settings.terms + terms.get(locale, ()),
        )
        plans[locale] = planner.plan([catalogs[base] for base in bases])
    published = tuple(locale for locale, plan in plans.items() if plan.is_published)
    # The page of a locale without a text of its own is the page of its base again.
    announced = tuple(locale for locale in published if not plans[locale].is_inherited)
    return {locale: replace(plan, published_locales=announced) for locale, plan in plans.items()}


_SHOWN = {
    Standing.STALE: "in the last reviewed translation",
    Standing.WAITING: "left out until translated",
    Standing.SOURCE: "in the source's words",
    Standing.CORRECTED: "in the source's words after a correction",
}


def describe_plan(plan: Plan, *, drafts: bool) -> list[str]:
    """Return lines about what is not published, or not as the article says now; maybe none.

    With ``drafts`` previews are built.
    """
    name = f"{plan.name} {plan.locale}"
    if not plan.is_published:
        outcome = "built as a preview only" if drafts else "not built; --drafts builds a preview"
        return [f"{name}: {plan.reason}: {outcome}"]
    counts = [(plan.count(standing), words) for standing, words in _SHOWN.items()]
    parts = [
        f"{number} {'text' if number == 1 else 'texts'} {words}"
        for number, words in counts
        if number
    ]
    return [f"{name}: published with {', '.join(parts)}"] if parts else []


_COUNTED = {
    Standing.NAMES: "names",
    Standing.OMITTED: "omitted",
    Standing.STALE: "stale",
    Standing.WAITING: "waiting",
    Standing.SOURCE: "waiting",
    Standing.CORRECTED: "waiting",
}
"""Fields of the status that count texts by what stands there."""


def counted_apart(plan: Plan) -> dict[_Key, str]:
    """Return the texts that the status counts apart, by context and source, with the field.

    A page that is not published has neither stale nor waiting texts.
    """
    pairs = zip(plan.article.segments, plan.published_texts, strict=True)
    fields = {
        (segment.context, segment.text): _COUNTED[text.standing]
        for segment, text in pairs
        if text.standing in _COUNTED
    }
    if not plan.is_published:
        fields = {key: field for key, field in fields.items() if field in ("names", "omitted")}
    return fields


def _find_draft(article: Article, own_values: Sequence[tuple[str, str]] = ()) -> str:
    """Return why the front matter keeps pages back: that it has ``draft: true``; or nothing.

    ``own_values`` are those of a locale.
    """
    values = (front_matter_flag(article.data, "draft"), dict(own_values).get("draft", ""))
    is_draft = any(value.strip("'\" ").casefold() not in _FALSE for value in values)
    return "its front matter has 'draft: true'" if is_draft else ""


def choose_text(
    segment: Segment, unit: Unit | None, locales: tuple[str, str], *, drafts: bool
) -> PlannedText:
    """Return the words of a unit at its segment, or those of the source.

    ``locales`` are those of the source and of the translation.
    """
    if unit and unit.target and unit.state is not State.ORIGINAL:
        is_reviewed = unit.state is State.REVIEWED
        if is_reviewed or drafts:
            standing = Standing.REVIEWED if is_reviewed else Standing.DRAFT
            return PlannedText(unit.target, standing, locales[1], segment.text, unit.line)
    return source_text(segment, locales)


def source_text(segment: Segment, locales: tuple[str, str]) -> PlannedText:
    """Return the words of a segment as they are; they are original in a page of their language."""
    language = segment.language or locales[0]
    is_own = bool(language) and is_same_language(language, locales[1])
    standing = Standing.ORIGINAL if is_own else Standing.SOURCE
    return PlannedText(segment.text, standing, language, segment.text)


def _merged(catalog: Catalog, template: Catalog) -> Catalog:
    """Return a catalogue with the texts of its article, if they changed since it was merged."""
    if [unit.key for unit in catalog.units] == [unit.key for unit in template.units]:
        return catalog
    return merge(catalog, template)


class _Planner:
    """Plan of one locale in progress."""

    def __init__(
        self,
        article: Article,
        name: str,
        on_file: Catalog,
        catalog: Catalog,
        bases: Sequence[Catalog],
        settings: Settings,
        terms: tuple[str, ...],
    ) -> None:
        self.article = article
        self.name = name
        self.on_file = on_file
        self.own = catalog
        self.catalog = with_base_texts(catalog, bases, drafts=False)
        self.preview = with_base_texts(catalog, bases, drafts=True)
        self.settings = settings
        self.terms = terms
        self.locale = catalog.locale
        self.complete = find_complete(self.catalog.units, terms, article.labels)
        self.earlier = [
            ({unit.key: unit for unit in one.units}, reviewed_obsolete(one))
            for one in (catalog, *bases)
        ]
        """Units by key, and reviewed obsolete ones, of the locale and of its bases."""
        self.shared = frozenset(s.slug for s in article.sections if not s.expert)

    def plan(self, bases_on_file: Sequence[Catalog]) -> Plan:
        """Return the plan; ``bases_on_file`` are the catalogues of the bases, as in their files."""
        settings = self.settings
        draft = _find_draft(self.article, self.on_file.own_values)
        on_file = with_base_texts(self.on_file, bases_on_file, drafts=False)
        # Also if the article changed after the last review, and nobody has merged it yet.
        is_ready = is_publishable(self.catalog, settings.publish_at, self.complete) or (
            bool(on_file.units)
            and on_file.units != self.catalog.units
            and is_publishable(
                on_file,
                settings.publish_at,
                find_complete(on_file.units, self.terms, self.article.labels),
            )
        )
        share, lacking = readiness(self.catalog, self.complete)
        reason = ""
        if draft:
            decision, reason = Decision.WITHDRAWN, draft
        elif self.on_file.published or is_ready:
            decision = Decision.PUBLISHED
        else:
            decision = Decision.NOT_YET
            reason = f"{share:.0%} of the words reviewed, publish_at requires "
            reason += f"{settings.publish_at:.0%}"
            if lacking:
                reason += f", and {' and '.join(lacking)} must be reviewed"
        inherits = self.catalog is not self.own and not any(
            unit.state is State.REVIEWED for unit in self.own.units
        )
        return Plan(
            self.article,
            self.name,
            self.locale,
            decision,
            reason,
            *self.texts(),
            own_values=self.on_file.own_values,
            share_reviewed=share_reviewed(self.catalog, self.complete),
            is_first=decision is Decision.PUBLISHED and not self.on_file.published,
            is_inherited=inherits,
        )

    def texts(self) -> tuple[tuple[PlannedText, ...], tuple[PlannedText, ...]]:
        """Return the words at each segment on the published page, and on the preview."""
        return tuple(self._published_texts()), tuple(self._preview_texts())

    def _published_texts(self) -> Iterator[PlannedText]:
        units = {unit.key: unit for unit in self.catalog.units}
        for segment in self.article.segments:
            unit = units.get((segment.context, segment.text))
            chosen = self._choose(segment, unit, drafts=False)
            if unit is not None and chosen.standing is Standing.SOURCE:
                chosen = self._stand_in(segment)
            yield chosen

    def _preview_texts(self) -> Iterator[PlannedText]:
        units = {unit.key: unit for unit in self.preview.units}
        for segment in self.article.segments:
            unit = units.get((segment.context, segment.text))
            yield self._choose(segment, unit, drafts=True)

    def _choose(self, segment: Segment, unit: Unit | None, *, drafts: bool) -> PlannedText:
        """Return what a translator or the text itself says of the words at a segment."""
        chosen = choose_text(segment, unit, (self.settings.source, self.locale), drafts=drafts)
        if unit and omission(unit) is not None:
            in_source = source_text(segment, (self.settings.source, self.locale))
            return in_source._replace(standing=Standing.OMITTED, line=unit.line)
        if unit and chosen.standing is Standing.SOURCE and unit.key in self.complete:
            return chosen._replace(standing=Standing.NAMES)
        return chosen

    def _stand_in(self, segment: Segment) -> PlannedText:
        """Return what stands at a text without a reviewed translation until it has one."""
        settings = self.settings
        source = source_text(segment, (settings.source, self.locale))
        for units, obsolete in self.earlier:
            unit = units.get((segment.context, segment.text))
            earlier = last_reviewed(unit, obsolete, self.shared) if unit else None
            if earlier is None:
                continue
            if is_withdrawn(earlier):
                return source._replace(standing=Standing.CORRECTED)
            if settings.stale == "source":
                return source
            return PlannedText(
                earlier.target, Standing.STALE, self.locale, earlier.source, earlier.line
            )
        return source._replace(standing=Standing.WAITING) if settings.missing == "omit" else source
