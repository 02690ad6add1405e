"""Steps of the pipeline: each loads, calls one stage, saves and reports."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

# Lazy: loaded when first used, which a run without changes never does.
from pipeline import alignment, catalogue, drafting, pages
from pipeline.commands.parallel import for_each_article
from pipeline.language import language_tag, name_in
from pipeline.model import State
from pipeline.project import twins

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.catalogue import StatusRow
    from pipeline.commands.job import Job
    from pipeline.model import Article, Catalog
    from pipeline.pages import Plan
    from pipeline.project import ArticleFiles

__all__ = [
    "align",
    "build",
    "extract",
    "merge",
    "rows",
    "run",
    "translate",
    "warn_of_orphans",
    "warn_of_strays",
]

_MAX_NAMES = 3
"""Maximum number of files that a warning names."""


def extract(job: Job) -> None:
    """Write the template of each article."""
    _rename(job, only_templates=True)
    for_each_article(job, _extract, job.articles)


def _extract(job: Job, name: str) -> None:
    locations = job.catalogues.locations(name, "")
    job.catalogues.save_template(catalogue.extract(job.source(name), name, locations))


def merge(job: Job) -> None:
    """Bring each catalogue up to date with its article."""
    _merge_all(job, _merge)


def _merge_all(job: Job, work: Callable[[Job, str], None]) -> None:
    """Merge each article; what moved between articles is taken along."""
    _rename(job)
    if not (job.moves and job.moves.texts):
        for_each_article(job, work, job.articles)
    else:
        # Here, as texts move in few runs.
        from pipeline.commands.loss import Reviews
        from pipeline.commands.moving import finish_text_moves

        # A run that is killed has written a text where it arrives before it is obsolete elsewhere.
        arriving = {move.article for moves in job.moves.texts.values() for move in moves}
        for_each_article(job, work, [name for name in job.articles if name in arriving])
        for_each_article(job, work, [name for name in job.articles if name not in arriving])
        with closing(Reviews.of(job)) as reviews:
            finish_text_moves(job, reviews.store)


def _rename(job: Job, *, only_templates: bool = False) -> None:
    """Rename the catalogues of renamed articles."""
    if job.moves and job.moves.renames:
        from pipeline.commands.moving import rename_catalogues  # here, as it happens in few runs

        rename_catalogues(job, only_templates=only_templates)


def _merge(job: Job, name: str) -> None:
    article = job.source(name)
    templates: dict[str, Catalog] = {}
    if article.detected:
        _tell_languages(job, name, article)
    for locale in job.locales_of(name):
        old = job.catalogues.load(name, locale)
        locations = job.catalogues.locations(name, locale)
        template = templates.get(locations)
        if template is None:
            template = templates[locations] = catalogue.extract(article, name, locations)
        template = catalogue.template_for(template, locale, job.workspace.settings.source)
        arrivals = job.moves.arrivals(name, locale) if job.moves else {}
        merged = catalogue.merge_and_list(old, template, _edit_kind(job, name), arrivals)
        new = merged.catalog
        if not new.published and job.is_publishable(name, old):
            # Its page may have been built from this catalogue elsewhere.
            new = replace(new, published=True)
        if job.options.prune:
            new = catalogue.prune(new)
            _tell_pruned(job, new, len(merged.catalog.obsolete) - len(new.obsolete))
        job.catalogues.save(new)
        if merged.listed:
            from pipeline.article import first_lines  # here, as few merges list anything

            lines = first_lines(article)
            for unit, change in merged.listed:
                job.tell(f"{article.path}:{lines[unit.key]}: {locale}: {change}")
        moved = job.moves.departures(name, locale).values() if job.moves else ()
        staying = tuple(unit for unit in new.obsolete if unit.key not in moved)
        changes = catalogue.changes(old, replace(new, obsolete=staying))
        if changes and old.units:
            job.tell(f"{name} {locale}: {changes}")
        if new.published and not old.published:
            _tell_publication(job, name, locale)


def _tell_languages(job: Job, name: str, article: Article) -> None:
    """Report the languages that were detected, unless a catalogue names them already."""
    source = job.workspace.settings.source
    catalog = job.catalogues.read(name, source)
    known = {unit.key: catalogue.text_language(unit.notes) for unit in catalog.units}
    sections = {section.slug: section for section in article.sections}
    told = set()
    for segment in (article.segments[index] for index in article.detected):
        language, section = segment.language, sections[segment.context]
        if (
            known.get((segment.context, segment.text)) != language
            and (section.slug, language) not in told
        ):
            told.add((section.slug, language))
            job.tell(
                f"{article.path}:{segment.line}: {section.name} answers in "
                f"{name_in(language, 'en')}, by the words; state it at the heading with "
                f"{{lang={language_tag(language)}}}, or {{lang={language_tag(source)}}} "
                "if that is wrong"
            )


def _tell_pruned(job: Job, catalog: Catalog, count: int) -> None:
    if count:
        drafts = "1 obsolete machine draft" if count == 1 else f"{count} obsolete machine drafts"
        verb = "would be removed" if job.workspace.check else "removed"
        job.tell(f"{catalog.article} {catalog.locale}: {drafts} {verb}")


def _edit_kind(job: Job, name: str) -> catalogue.EditKind:
    """Return what the author says of the edits of an article."""
    if name in job.options.minor:
        return catalogue.EditKind.MINOR
    correction = name in job.options.correction
    return catalogue.EditKind.CORRECTION if correction else catalogue.EditKind.USUAL


def align(job: Job) -> None:
    """Fill each catalogue from the existing version, and report on full catalogues, too."""
    _rename(job)
    _learn_lexicons(job)
    for_each_article(job, partial(_align, always=True), job.articles)
    if job.articles:
        job.record.merge_journal()


def _align(job: Job, name: str, *, always: bool) -> None:
    settings = job.workspace.settings
    article = job.source(name)
    for locale in job.locales:
        catalog = job.catalogue(name, article, locale)
        page = job.foreign_page(name, locale) if job.options.take_over else None
        version = job.version(name, locale) or page
        if version is None or not (always or page or _has_news(catalog, article, version)):
            continue
        pairing = alignment.align(
            article, version, job.lexicons.get(locale), locales=(settings.source, locale)
        )
        filled, findings = alignment.fill(
            catalog,
            article,
            version,
            pairing,
            confidence=job.align_confidence,
            accept=settings.align_accept,
            other_language=job.has_other_language(locale),
            is_replaced=page is not None,
        )
        page_path = job.workspace.page_path(name, locale)
        filled, refused = pages.hold_refused(article, version, catalog, filled, page_path)
        job.catalogues.save(filled)
        job.keep_findings(name, (*findings, *refused))
        missing_count = len(drafting.missing(catalog))
        aligned_count = missing_count - len(drafting.missing(filled))
        if aligned_count:
            job.tell(
                f"{name} {locale}: {aligned_count} of {missing_count} aligned from {version.path}"
            )
        pairs = zip(catalog.units, filled.units, strict=True)
        if update_count := sum(bool(old.target) and old.target != new.target for old, new in pairs):
            drafts = "1 draft" if update_count == 1 else f"{update_count} drafts"
            job.tell(f"{name} {locale}: {drafts} updated from {version.path}")
        if page:
            copy = job.record.take_over(page.path, page.data)
            job.tell(
                f"took over {page.path}; builds may replace it; the original is saved as {copy}"
            )


def _has_news(catalog: Catalog, article: Article, version: Article) -> bool:
    """Return whether a version may have new translations for a catalogue, or other values."""
    return (
        bool(drafting.missing(catalog))
        or alignment.is_outdated(catalog, version)
        or catalog.own_values != alignment.find_own_values(article, version).kept
    )


def _learn_lexicons(job: Job) -> None:
    """Learn words that translate each other from all reviewed units, for locales with versions."""
    locales = [
        locale for locale in job.locales if any(job.version(name, locale) for name in job.articles)
    ]
    for locale in locales:
        job.lexicons[locale] = alignment.learn_lexicon(
            (unit.source, unit.target)
            for catalog in job.reviewed((locale,))
            for unit in catalog.units
            if unit.state is State.REVIEWED
        )


def translate(job: Job) -> None:
    """Draft missing translations by machine."""
    _rename(job)
    _draft(job)


def _draft(job: Job) -> None:
    from pipeline.commands.draft_step import draft  # here, as it loads the engines

    draft(job)


def build(job: Job) -> None:
    """Write each article in each language, as Markdown and as a page."""
    for_each_article(job, _build, job.articles)
    removed = job.has_all_articles and job.record.remove_abandoned(job.tell)
    if job.articles or removed:
        pages.write_site_index(job.workspace, job.record, job.tell)
        job.record.merge_journal()


def _build(job: Job, name: str) -> None:
    plans = job.plans(name)
    source, drafts = job.workspace.settings.source, job.options.drafts

    def tell_and_keep(line: str) -> None:
        job.tell_and_keep(name, line)

    for locale in (source, *job.locales):
        plan = plans[locale]
        if plan.is_first and locale != source:
            _record_publication(job, plan)
        # An article that is kept back is so in all languages, which is told once.
        if locale == source or plans[source].is_published:
            for line in pages.describe_plan(plan, drafts=drafts):
                tell_and_keep(line)
        findings = pages.publish(
            job.workspace,
            job.record,
            plan,
            job.is_published,
            drafts=drafts,
            tell=tell_and_keep,
        )
        job.keep_findings(name, findings)


def _record_publication(job: Job, plan: Plan) -> None:
    """Write into a catalogue that its locale is published, so that a fresh clone knows it."""
    catalog = job.catalogues.load(plan.name, plan.locale)
    if catalog.units:
        job.catalogues.save(replace(catalog, published=True))
        _tell_publication(job, plan.name, plan.locale)


def _tell_publication(job: Job, name: str, locale: str) -> None:
    path = job.workspace.catalogue_path(name, locale)
    job.tell(f"{name} {locale}: published; {path} records it, so commit that file")


def warn_of_orphans(job: Job) -> None:
    """Warn of catalogues without their article, if all articles are considered."""
    if not job.has_all_articles:
        return
    locales = job.catalogue_locales
    orphans_by_locale = {locale: job.catalogues.orphans(locale) for locale in locales}
    if any(orphans_by_locale.values()):
        from pipeline.commands.moving import explain_orphan, find_moves  # here, as it is rare

        moves = find_moves(job)
    for locale, orphans in orphans_by_locale.items():
        for name in orphans:
            page = job.workspace.page_path(name, locale)
            page_note = f"; {page} is from an earlier build" if job.workspace.read(page) else ""
            reason = explain_orphan(moves, name, locale) or "its article was deleted"
            job.warn(f"{job.workspace.catalogue_path(name, locale)}: {reason}{page_note}")


def warn_of_strays(job: Job, files: ArticleFiles) -> None:
    """Warn of files that look like articles but are left out, and of names that are nearly equal.

    ``files`` are those of a search for all articles.
    """
    workspace, source = job.workspace, job.workspace.settings.source
    for locale in workspace.settings.locales:
        # The page of a deleted article, which has a catalogue, is no version.
        names = [
            name
            for name in sorted(set(files.names[locale]).difference(files.names[source]))
            if not workspace.exists(workspace.catalogue_path(name, locale))
        ]
        if names:
            path, expected = (workspace.article_path(names[0], one) for one in (locale, source))
            job.warn(f"{path}: left out because {expected} is missing{_and_more(names)}")
    if files.strays:
        paths = [stray.path for stray in files.strays]
        shown = ", ".join(paths[:_MAX_NAMES])
        job.warn(
            f"{shown}{_and_more(paths, _MAX_NAMES)}: left out because no article has such a path; "
            f"expected {files.strays[0].expected}"
        )
    pairs = twins(files.names[source])
    if pairs:
        one, other = (workspace.article_path(name, source) for name in pairs[0])
        job.warn(
            f"{one} and {other}: names that differ only in case or in the encoding of accents are "
            f"one file on other systems; rename one{_and_more(pairs)}"
        )
    for path in files.loops:
        job.warn(f"{path}: this link is not followed, as it leads to a folder that contains it")


def _and_more(items: Sequence[object], shown: int = 1) -> str:
    return f" (and {len(items) - shown} more)" if len(items) > shown else ""


def rows(job: Job, name: str) -> list[StatusRow]:
    """Return the numbers of texts in one article by what stands there."""
    article = job.source(name)
    found: list[StatusRow] = []
    for locale in job.locales_of(name):
        apart = pages.counted_apart(job.plan(name, locale))
        found += catalogue.count(name, article, job.catalogue(name, article, locale), apart)
    return found


def run(job: Job) -> None:
    """Run all steps in order."""
    _merge_all(job, _extract_and_merge)
    # Learning reads all catalogues, which most runs do not need.
    names = [name for name in job.articles if _needs_alignment(job, name)]
    if names:
        _learn_lexicons(job)
        for_each_article(job, partial(_align, always=False), names)
        job.record.merge_journal()
    if job.articles:
        _draft(job)
    build(job)


def _extract_and_merge(job: Job, name: str) -> None:
    _extract(job, name)
    _merge(job, name)


def _needs_alignment(job: Job, name: str) -> bool:
    """Return whether a locale has a version with new translations, or a page to take over."""
    article = job.source(name)
    return any(
        (
            (version := job.version(name, locale))
            and _has_news(job.catalogue(name, article, locale), article, version)
        )
        or (job.options.take_over and job.foreign_page(name, locale))
        for locale in job.locales
    )
