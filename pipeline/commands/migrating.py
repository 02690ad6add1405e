"""Migrate the catalogues of an older release to the present form, without changing a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline import catalogue
from pipeline.model import Reference

if TYPE_CHECKING:
    from pipeline.commands.job import Job
    from pipeline.model import Unit

__all__ = ["migrate"]


def migrate(job: Job) -> None:
    """Move the templates to their folder, and write each catalogue anew.

    Texts, states and comments stay. What changes is the form: the place of the templates, line
    breaks as gettext makes them, references as the setting ``locations`` says, hashes of the source
    in comments on the origin, and the addresses in the headers.
    """
    _move_templates(job)
    for name in job.articles:
        with job.guard(name):
            _migrate(job, name)
    for locale in job.catalogue_locales:
        for name in job.catalogues.orphans(locale):
            with job.guard(name):
                _renew(job, name, locale, {})


def _move_templates(job: Job) -> None:
    """Move each template that is in the folder of the catalogues; a killed run may have left some.

    Hosted tools hang comments on paths, so that nothing but a migration moves them.
    """
    workspace = job.workspace
    names = dict.fromkeys((*job.articles, *job.failures, *job.catalogues.orphans("")))
    moves = workspace.move_templates(tuple(names))
    for old, new in moves:
        job.tell(f"{'would move' if workspace.check else 'moved'}: {old} → {new}")


def _migrate(job: Job, name: str) -> None:
    locations = job.workspace.settings.locations
    template = catalogue.extract(job.source(name), name, locations)
    references = {unit.key: unit.references for unit in template.units}
    for locale in ("", *job.catalogue_locales):
        _renew(job, name, locale, references)


def _renew(
    job: Job, name: str, locale: str, known: dict[tuple[str, str], tuple[Reference, ...]]
) -> None:
    locations = job.workspace.settings.locations

    def references(unit: Unit) -> tuple[Reference, ...]:
        if unit.key in known:
            return known[unit.key]
        files = dict.fromkeys(Reference(one.path, 0) for one in unit.references)
        return {"full": unit.references, "file": tuple(files), "none": ()}[locations]

    job.catalogues.renew(name, locale, references)
