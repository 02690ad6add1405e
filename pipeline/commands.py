"""The commands: each loads, calls one stage, saves and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline import align as aligning
from pipeline import extract as extracting
from pipeline import merge as merging
from pipeline.drafting import draft
from pipeline.lexicon import Lexicon, learn
from pipeline.model import State
from pipeline.pages import publish
from pipeline.status import count
from pipeline.translate import missing

if TYPE_CHECKING:
    from pipeline.job import Job
    from pipeline.status import Row

__all__ = ["align", "build", "extract", "merge", "run", "status", "translate"]


def extract(job: Job) -> None:
    """Write the template of each article."""
    for name in job.articles:
        template = extracting.extract(job.source(name), name)
        job.catalogues.save_template(template)


def merge(job: Job) -> None:
    """Bring each catalogue up to date with its article."""
    for name, article, locale in job.pairs():
        template = extracting.extract(article, name)
        old = job.catalogues.load(name, locale)
        new = merging.merge(old, template)
        job.catalogues.save(new)
        changes = merging.changes(old, new)
        if changes and old.units:
            job.tell(f"{name} {locale}: {changes}")


def align(job: Job, *, always: bool = True) -> None:
    """Fill each catalogue from the version that exists; ``always`` reports on full ones, too."""
    settings = job.workspace.settings
    lexicons: dict[str, Lexicon] = {}
    for name, article, locale in job.pairs():
        catalog = job.catalogue(name, article, locale)
        if not (always or missing(catalog)):
            continue
        version = job.version(name, locale)
        if version is None:
            continue
        if locale not in lexicons:
            lexicons[locale] = _lexicon(job, locale)
        alignment = aligning.align(article, version, lexicons[locale])
        filled, findings = aligning.fill(
            catalog,
            article,
            version,
            alignment,
            confidence=settings.align_confidence,
            accept=settings.align_accept,
        )
        job.catalogues.save(filled)
        job.report(findings)
        wanted = len(missing(catalog))
        found = wanted - len(missing(filled))
        if found:
            job.tell(f"{name} {locale}: {found} of {wanted} aligned from {version.path}")


def _lexicon(job: Job, locale: str) -> Lexicon:
    """Learn which words translate which from all that is reviewed in a locale."""
    return learn(
        (unit.source, unit.target)
        for catalog in job.reviewed()
        for unit in catalog.units
        if catalog.locale == locale and unit.state is State.REVIEWED
    )


def translate(job: Job) -> None:
    """Draft what is missing."""
    draft(job)


def build(job: Job) -> None:
    """Write each article in each language, as Markdown and as a page."""
    settings = job.workspace.settings
    for name in job.articles:
        article = job.source(name)
        catalogs = {other: job.catalogue(name, article, other) for other in settings.locales}
        for locale in (settings.source, *job.locales):
            findings = publish(
                job.workspace, article, name, locale, catalogs, drafts=job.drafts, tell=job.tell
            )
            job.report(findings)


def status(job: Job) -> list[Row]:
    """Count what is reviewed, a draft or empty."""
    return [
        row
        for name, article, locale in job.pairs()
        for row in count(name, article, job.catalogue(name, article, locale))
    ]


def run(job: Job) -> None:
    """Do all steps in order."""
    extract(job)
    merge(job)
    align(job, always=False)
    translate(job)
    build(job)
