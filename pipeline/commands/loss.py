"""Leave out an article whose reviewed translations a damaged file would retire."""

from __future__ import annotations

import hashlib
from contextlib import closing
from typing import TYPE_CHECKING

from pipeline import catalogue
from pipeline.errors import InputError
from pipeline.model import State
from pipeline.project import STATE_FOLDER, Store, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pipeline.commands.job import Job
    from pipeline.model import Article, Catalog, Unit

__all__ = ["Reviews", "leave_out_losses", "record_reviews"]

_LEAST = 3
"""Number of texts below which a loss is an ordinary edit."""
_FILE = "reviews.sqlite"
_TABLES = (
    "create table if not exists reviewed (path text primary key, keys blob not null)",
    "create table if not exists allowed (article text primary key, digest text not null)",
)
_HASH = 8
"""Bytes of the hash of a text in the record."""


class Reviews:
    """Record of what was reviewed in each catalogue after the last run, and of allowed losses.

    Any method raises a `MachineError` if the file is damaged or cannot be written.
    """

    def __init__(self, state_file: Path | None) -> None:
        setup = [(table, ()) for table in _TABLES]
        self._store = Store(state_file, f"{STATE_FOLDER}/{_FILE}", setup)

    @classmethod
    def of(cls, job: Job, *, create: bool = True) -> Reviews:
        """Open the record of a project, in a rehearsal a copy; without one, maybe create none."""
        there = create or (job.workspace.root / STATE_FOLDER / _FILE).exists()
        return cls(job.workspace.state_file(_FILE) if there else None)

    def store(self, path: str, catalog: Catalog) -> None:
        """Record the reviewed texts of a catalogue."""
        keys = b"".join(map(_hash, filter(_is_reviewed, catalog.units)))
        if self._keys(path) != keys:
            self._store.execute("insert or replace into reviewed values (?, ?)", (path, keys))

    def missing(self, path: str, catalog: Catalog) -> int:
        """Return how many texts that were reviewed are not in a catalogue in any state.

        It is 0 if the catalogue has most of them.
        """
        keys = self._keys(path)
        recorded = {keys[at : at + _HASH] for at in range(0, len(keys), _HASH)}
        lost = recorded.difference(map(_hash, (*catalog.units, *catalog.obsolete)))
        return len(lost) if len(lost) >= _LEAST and 2 * len(lost) > len(recorded) else 0

    def _keys(self, path: str) -> bytes:
        rows = self._store.execute("select keys from reviewed where path = ?", (path,))
        return bytes(rows[0][0]) if rows else b""

    def allow(self, name: str, content: bytes) -> None:
        """Record that an article may lose translations as long as its source has this content."""
        row = (name, digest(content))
        self._store.execute("insert or replace into allowed values (?, ?)", row)

    def allows(self, name: str, content: bytes) -> bool:
        """Return whether an article may lose translations with this content of its source."""
        rows = self._store.execute("select digest from allowed where article = ?", (name,))
        return bool(rows) and rows[0][0] == digest(content)

    def close(self) -> None:
        """Close the file."""
        self._store.close()


def leave_out_losses(job: Job) -> None:
    """Leave out of a job each article of which most reviewed translations are at stake.

    They are where the source lost their texts (it was emptied, cut, or swallowed by a code fence
    that is never closed), or where a catalogue lost its entries since the last run: more than half
    of the reviewed words, and three texts. It is on purpose if a catalogue was deleted, or if the
    loss was allowed for this source.
    """
    with closing(Reviews.of(job, create=bool(job.options.allow_loss))) as reviews:
        for name in job.articles:
            with job.guard(name):
                _refuse_loss(job, reviews, name, job.source(name))


def record_reviews(job: Job) -> None:
    """Record what is reviewed now, so that the next run sees what was lost."""
    with closing(Reviews.of(job)) as reviews:
        for name in job.articles:
            for locale in job.locales:
                path = job.workspace.catalogue_path(name, locale)
                reviews.store(path, job.catalogues.read(name, locale))


def _refuse_loss(job: Job, reviews: Reviews, name: str, article: Article) -> None:
    if name in job.options.allow_loss:
        reviews.allow(name, article.data)
        return
    if reviews.allows(name, article.data):
        return
    confirm = f"restore the file, or confirm the loss with --allow-loss {name}"
    at_stake = []
    for locale in job.locales:
        path = job.workspace.catalogue_path(name, locale)
        catalog = job.catalogues.read(name, locale)
        lost = reviews.missing(path, catalog) if job.workspace.exists(path) else 0
        if lost:
            message = f"{lost} reviewed translations of the last run are missing; {confirm}"
            raise InputError(message, path)
        if retired := _retired(catalog, article, name):
            reviewed = sum(map(_is_reviewed, catalog.units))
            at_stake.append(f"{locale}: {len(retired)} of {reviewed}")
    if at_stake:
        translations = "; ".join(at_stake)
        message = f"most reviewed translations would become obsolete ({translations}); {confirm}"
        raise InputError(message, article.path)


def _retired(catalog: Catalog, article: Article, name: str) -> Sequence[Unit]:
    """Return the reviewed units that an article would make obsolete, if they are the most."""
    reviewed = list(filter(_is_reviewed, catalog.units))
    texts = {segment.text for segment in article.segments}
    # A merge is worth its time only where the texts are gone; it may find many edited.
    if not _are_most([unit for unit in reviewed if unit.source not in texts], reviewed):
        return ()
    retired = catalogue.merge_and_list(catalog, catalogue.extract(article, name)).retired
    return retired if _are_most(retired, reviewed) else ()


def _are_most(some: Sequence[Unit], units: Iterable[Unit]) -> bool:
    return len(some) >= _LEAST and 2 * _words(some) > _words(units)


def _words(units: Iterable[Unit]) -> int:
    return sum(len(unit.source.split()) for unit in units)


def _is_reviewed(unit: Unit) -> bool:
    return unit.state is State.REVIEWED


def _hash(unit: Unit) -> bytes:
    key = "\0".join(unit.key).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(key, digest_size=_HASH).digest()
