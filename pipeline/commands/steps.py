"""Steps of the pipeline: each loads, calls one stage, saves and reports."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

# Faces: nothing of them is loaded before it is used, which in a run without changes is never.
from pipeline import alignment, catalogue, drafting, pages
from pipeline.commands.parallel import each
from pipeline.model import State

if TYPE_CHECKING:
    from pipeline.catalogue import StatusRow
    from pipeline.commands.job import Job
    from pipeline.model import Article, Catalog

__all__ = [
    "align",
    "build",
    "extract",
    "merge",
    "rows",
    "run",
    "translate",
    "warn_of_orphans",
]


def extract(job: Job) -> None:
    """Write the template of each article."""
    each(job, _extract, job.articles)


def _extract(job: Job, name: str) -> None:
    job.catalogues.save_template(catalogue.extract(job.source(name), name))


def merge(job: Job) -> None:
    """Bring each catalogue up to date with its article."""
    each(job, _merge, job.articles)


def _merge(job: Job, name: str) -> None:
    template = catalogue.extract(job.source(name), name)
    for locale in job.locales:
        old = job.catalogues.load(name, locale)
        new = catalogue.merge(old, template)
        job.catalogues.save(new)
        changes = catalogue.changes(old, new)
        if changes and old.units:
            job.tell(f"{name} {locale}: {changes}")


def align(job: Job) -> None:
    """Fill each catalogue from the existing version, and report on full catalogues, too."""
    _learn(job)
    each(job, partial(_align, always=True), job.articles)
    if job.articles:
        job.record.merge_journal()


def _align(job: Job, name: str, *, always: bool) -> None:
    settings = job.workspace.settings
    article = job.source(name)
    for locale in job.locales:
        catalog = job.catalogue(name, article, locale)
        page = job.unowned(name, locale) if job.options.take_over else None
        version = job.version(name, locale) or page
        if version is None or not (always or page or _open(catalog, version)):
            continue
        pairing = alignment.align(article, version, job.lexicons.get(locale))
        filled, findings = alignment.fill(
            catalog,
            article,
            version,
            pairing,
            confidence=job.align_confidence,
            accept=settings.align_accept,
            other_language=job.foreign(locale),
            is_replaced=page is not None,
        )
        job.catalogues.save(filled)
        job.observe(name, findings)
        wanted = len(drafting.missing(catalog))
        found = wanted - len(drafting.missing(filled))
        if found:
            job.tell(f"{name} {locale}: {found} of {wanted} aligned from {version.path}")
        pairs = zip(catalog.units, filled.units, strict=True)
        if renewed := sum(bool(old.target) and old.target != new.target for old, new in pairs):
            job.tell(f"{name} {locale}: {renewed} drafts renewed from {version.path}")
        if page:
            kept = job.record.take_over(page.path, page.data)
            job.tell(f"{page.path} is taken over: builds may replace it; {kept} keeps what it was")


def _open(catalog: Catalog, version: Article) -> bool:
    """Return whether a version may have new translations for a catalogue."""
    return bool(drafting.missing(catalog)) or alignment.is_outdated(catalog, version)


def _learn(job: Job) -> None:
    """Learn words that translate each other from all reviewed units, for locales with versions."""
    there = [
        locale for locale in job.locales if any(job.version(name, locale) for name in job.articles)
    ]
    for locale in there:
        job.lexicons[locale] = alignment.learn_lexicon(
            (unit.source, unit.target)
            for catalog in job.reviewed((locale,))
            for unit in catalog.units
            if unit.state is State.REVIEWED
        )


def translate(job: Job) -> None:
    """Draft missing translations by machine."""
    from pipeline.commands.draft_step import draft  # here, as it loads the engines

    draft(job)


def build(job: Job) -> None:
    """Write each article in each language, as Markdown and as a page."""
    each(job, _build, job.articles)
    if job.articles:
        job.record.merge_journal()


def _build(job: Job, name: str) -> None:
    settings = job.workspace.settings
    article = job.source(name)
    catalogs = {other: job.catalogue(name, article, other) for other in settings.locales}

    def remark(line: str) -> None:
        job.remark(name, line)

    for locale in (settings.source, *job.locales):
        findings = pages.publish(
            job.workspace,
            job.record,
            article,
            name,
            locale,
            catalogs,
            drafts=job.options.drafts,
            tell=remark,
        )
        job.observe(name, findings)


def warn_of_orphans(job: Job) -> None:
    """Warn of catalogues and versions without their article, if all articles are considered."""
    if not job.whole:
        return
    for locale in job.locales:
        gone = job.catalogues.orphans(locale)
        for name in gone:
            page = job.workspace.page_path(name, locale)
            left = f"; {page} is of an earlier build" if job.workspace.read(page) else ""
            job.warn(f"{job.workspace.catalogue_path(name, locale)}: its article is gone{left}")
        alone = [name for name in job.workspace.without_source(locale) if name not in gone]
        if alone:
            path, source = (
                job.workspace.article_path(alone[0], one)
                for one in (locale, job.workspace.settings.source)
            )
            more = f" (and {len(alone) - 1} more so)" if len(alone) > 1 else ""
            job.warn(f"{path}: left out, there is no {source}{more}")


def rows(job: Job, name: str) -> list[StatusRow]:
    """Return the numbers of reviewed, draft and empty texts in one article."""
    article = job.source(name)
    return [
        row
        for locale in job.locales
        for row in catalogue.count(name, article, job.catalogue(name, article, locale))
    ]


def run(job: Job) -> None:
    """Run all steps in order."""
    each(job, _update, job.articles)
    wanting = [name for name in job.articles if _wants(job, name)]
    if wanting:
        _learn(job)
        each(job, partial(_align, always=False), wanting)
        job.record.merge_journal()
    if job.articles:
        translate(job)
    build(job)


def _update(job: Job, name: str) -> None:
    _extract(job, name)
    _merge(job, name)


def _wants(job: Job, name: str) -> bool:
    """Return whether a locale has a version with new translations, or a page to take over."""
    article = job.source(name)
    return any(
        (
            (version := job.version(name, locale))
            and _open(job.catalogue(name, article, locale), version)
        )
        or (job.options.take_over and job.unowned(name, locale))
        for locale in job.locales
    )
