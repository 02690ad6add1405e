"""Drafts that lost their marks in a batch stay drafts until somebody accepts them."""

from __future__ import annotations

from contextlib import closing, nullcontext, suppress
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from pipeline import catalogue
from pipeline.commands.loss import DraftRecord, Reviews
from pipeline.errors import InputError, MachineError, UsageError
from pipeline.model import State
from pipeline.project import Revision

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from pipeline.commands.job import Job
    from pipeline.model import Catalog, Origin, Unit

__all__ = ["accept", "hold_drafts"]


def hold_drafts(
    job: Job, *, write: bool = True, paths: Collection[str] = (), quiet: bool = False
) -> bool:
    """Turn texts that were drafts, and lost mark and comment in a batch, back into drafts.

    Returns whether there are any. CSV tools and some services drop both. A draft is known from the
    record of the last run, or else from the committed version of its catalogue. Without ``write``,
    they are drafts for this job only. ``paths`` are of the catalogues to look at; empty for all of
    the job.
    """
    committed = _committed(job)
    held = False
    with closing(Reviews.of(job, create=False)) as reviews:
        for name in job.articles:
            # What only reads reports a damaged file itself.
            with job.guard(name) if write else suppress(InputError, MachineError):
                for stored, locale in _stored(job, name):
                    path = job.workspace.catalogue_path(stored, locale)
                    if paths and path not in paths:
                        continue
                    restored, units = _restored(job, reviews, committed, stored, locale)
                    if units:
                        held = True
                        _hold(job, name, restored, units, write=write)
                        if not quiet:
                            job.warn(_question(name, path, locale, len(units)))
    return held


def _stored(job: Job, name: str) -> Iterator[tuple[str, str]]:
    """Yield the names, with locales, under which an article has catalogues before they move."""
    for locale in job.catalogue_locales:
        yield name, locale
    for rename in job.moves.renames if job.moves else ():
        if rename.name == name and rename.locale in job.catalogue_locales:
            yield rename.article, rename.locale


def _restored(
    job: Job,
    reviews: Reviews,
    committed: Callable[[str, str], DraftRecord],
    name: str,
    locale: str,
) -> tuple[Catalog, tuple[Unit, ...]]:
    """Return a catalogue with its lost drafts restored, and these."""
    path = job.workspace.catalogue_path(name, locale)
    recorded = cache(partial(reviews.drafts, path))  # most catalogues need neither record

    def origin_of(unit: Unit) -> Origin | None:
        if recorded().knows(unit):
            return recorded().origin_of(unit)
        return committed(name, locale).origin_of(unit)

    return catalogue.restore_drafts(job.catalogues.read(name, locale), origin_of)


def _hold(job: Job, name: str, restored: Catalog, units: Sequence[Unit], *, write: bool) -> None:
    path = job.workspace.catalogue_path(name, restored.locale)
    # Reading alone must work in a project that cannot be written.
    with nullcontext() if write else suppress(MachineError), closing(Reviews.of(job)) as record:
        record.hold(path, units)
    if write:
        job.catalogues.save(restored)
    else:
        job.catalogues.regard(restored)


def _question(name: str, path: str, locale: str, count: int) -> str:
    return (
        f"{path}: {count} drafts lost their fuzzy marks and comments at once, and stay drafts; "
        f"if they were reviewed, run 'pipeline accept --article {name} --locale {locale}'"
    )


def _committed(job: Job) -> Callable[[str, str], DraftRecord]:
    """Return a function that reads the drafts in the committed version of a catalogue."""

    @cache
    def head() -> Revision | None:
        try:
            return Revision(job.workspace.root, "HEAD")
        except (UsageError, MachineError):  # no repository, no commit yet, or no git
            return None

    @lru_cache(maxsize=1)
    def read(name: str, locale: str) -> DraftRecord:
        path = job.workspace.catalogue_path(name, locale)
        revision = head()
        data = revision.read(path) if revision else None
        if data is None or data == job.workspace.read(path):
            return DraftRecord()
        try:
            return DraftRecord.of(job.catalogues.parse(data, name, locale))
        except InputError:
            return DraftRecord()

    return read


def accept(job: Job, file: Path | None = None) -> None:
    """Accept the drafts that lost their marks in a batch, or those reviewed in a PO file.

    Raises:
        UsageError: a file is given, and more than one catalogue is selected.
        InputError: the file is not a PO file.
        MachineError: the file cannot be read.
    """
    offered = _read_offered(job, file) if file else None
    hold_drafts(job, quiet=True)
    with closing(Reviews.of(job)) as reviews:
        for name in job.articles:
            with job.guard(name):
                for locale in _targets(job) if file else job.catalogue_locales:
                    _accept(job, reviews, name, locale, offered)


def _targets(job: Job) -> tuple[str, ...]:
    """Return the locales of which a file may be one: the source's own if it alone is selected."""
    return job.locales or job.catalogue_locales


def _read_offered(job: Job, file: Path) -> tuple[Unit, ...]:
    if len(job.articles) > 1 or len(_targets(job)) != 1:
        raise UsageError("--from FILE is for one catalogue; add --article NAME and --locale LOCALE")
    try:
        return catalogue.load_po(file, str(file)).units
    except OSError as error:
        raise MachineError(f"{file}: cannot be read: {error.strerror or error}") from error


def _accept(
    job: Job, reviews: Reviews, name: str, locale: str, offered: Sequence[Unit] | None
) -> None:
    path = job.workspace.catalogue_path(name, locale)
    catalog = job.catalogues.load(name, locale)
    if offered is None:
        held = (unit for unit in catalog.units if unit.untouched and reviews.holds(path, unit))
        offered = [unit._replace(state=State.REVIEWED) for unit in held]
    acceptance = catalogue.accept_offered(catalog, offered, job.now.date())
    job.catalogues.save(acceptance.catalog)
    reviews.release(path)
    count = acceptance.accepted
    if count:
        job.tell(f"{path}: accepted 1 draft" if count == 1 else f"{path}: accepted {count} drafts")
    if acceptance.kept:
        kept = acceptance.kept
        job.warn(f"{path}: {kept} texts of people differ from the file and were kept")
