"""Record what was reviewed; leave out an article whose translations a damaged file would retire."""

from __future__ import annotations

import hashlib
from contextlib import closing
from typing import TYPE_CHECKING

from pipeline import catalogue
from pipeline.commands.moving import find_moves
from pipeline.errors import InputError
from pipeline.model import Origin, OriginKind, State
from pipeline.project import STATE_FOLDER, Store, digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from pipeline.commands.job import Job
    from pipeline.model import Article, Catalog, Unit

__all__ = ["DraftRecord", "Reviews", "leave_out_losses", "record_reviews"]

_LEAST = 3
"""Number of texts below which a loss is an ordinary edit."""
_FILE = "reviews.sqlite"
_TABLES = (
    "create table if not exists reviewed (path text primary key, keys blob not null)",
    "create table if not exists drafts (path text primary key, origins text not null)",
    "create table if not exists held (path text primary key, texts blob not null)",
    "create table if not exists allowed (article text primary key, digest text not null)",
)
_HASH = 8
"""Bytes of the hash of a text in the record."""


class DraftRecord:
    """Drafts of machines and alignments in a catalogue, and what was reviewed there."""

    def __init__(
        self, origins: Mapping[bytes, Origin] | None = None, reviewed: Collection[bytes] = ()
    ) -> None:
        self._origins = origins or {}
        """Origins of the drafts, by the hash of their source and target."""
        self._reviewed = reviewed
        """Hashes of the keys of the reviewed units."""

    @classmethod
    def of(cls, catalog: Catalog) -> DraftRecord:
        """Return the record of a catalogue."""
        return cls(_origins(catalog), frozenset(map(_hash, filter(_is_reviewed, catalog.units))))

    def knows(self, unit: Unit) -> bool:
        """Return whether a unit was reviewed, or a draft with the same texts."""
        return _hash(unit) in self._reviewed or _hash_texts(unit) in self._origins

    def origin_of(self, unit: Unit) -> Origin | None:
        """Return the origin of a unit's texts if they were a draft, and were not reviewed."""
        return None if _hash(unit) in self._reviewed else self._origins.get(_hash_texts(unit))


class Reviews:
    """Record of what each catalogue had after the last run, and of what people are asked.

    They are asked to accept drafts, and to allow losses.
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
        """Record the reviewed texts and the drafts of a catalogue."""
        lines = "\n".join(
            f"{texts.hex()} {origin.kind.value} {origin.signature}"
            for texts, origin in _origins(catalog).items()
        )
        if self._lines(path) != lines:
            self._store.execute("insert or replace into drafts values (?, ?)", (path, lines))
        keys = b"".join(map(_hash, filter(_is_reviewed, catalog.units)))
        if self._keys(path) != keys:
            self._store.execute("insert or replace into reviewed values (?, ?)", (path, keys))

    def missing(self, path: str, catalog: Catalog) -> int:
        """Return how many texts that were reviewed are not in a catalogue in any state.

        It is 0 if the catalogue has most of them.
        """
        recorded = _cut(self._keys(path))
        lost = recorded.difference(map(_hash, (*catalog.units, *catalog.obsolete)))
        return len(lost) if len(lost) >= _LEAST and 2 * len(lost) > len(recorded) else 0

    def _keys(self, path: str) -> bytes:
        rows = self._store.execute("select keys from reviewed where path = ?", (path,))
        return bytes(rows[0][0]) if rows else b""

    def drafts(self, path: str) -> DraftRecord:
        """Return what a catalogue had after the last run."""
        origins = {}
        for line in self._lines(path).split("\n") if self._lines(path) else ():
            texts, kind, signature = line.split(" ", 2)
            origins[bytes.fromhex(texts)] = Origin(OriginKind(kind), signature)
        return DraftRecord(origins, _cut(self._keys(path)))

    def _lines(self, path: str) -> str:
        rows = self._store.execute("select origins from drafts where path = ?", (path,))
        return str(rows[0][0]) if rows else ""

    def hold(self, path: str, units: Iterable[Unit]) -> None:
        """Record drafts that wait for somebody to accept them, in place of an earlier batch."""
        row = (path, b"".join(map(_hash_texts, units)))
        self._store.execute("insert or replace into held values (?, ?)", row)

    def holds(self, path: str, unit: Unit) -> bool:
        """Return whether a unit has the texts of a draft that waits to be accepted."""
        return _hash_texts(unit) in self._held(path)

    def release(self, path: str) -> None:
        """Forget the drafts of a catalogue that waited to be accepted."""
        self._store.execute("delete from held where path = ?", (path,))

    def _held(self, path: str) -> frozenset[bytes]:
        rows = self._store.execute("select texts from held where path = ?", (path,))
        return _cut(bytes(rows[0][0])) if rows else frozenset()

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
    loss was allowed for this source. A text that moved to another article is not lost.
    """
    with closing(Reviews.of(job, create=bool(job.options.allow_loss))) as reviews:
        articles: tuple[str, ...] = ()
        # Nothing moves to an article that is left out, so that others may lose texts, too.
        while job.articles != articles:
            articles = job.articles
            job.moves = moves = find_moves(job)
            for name, error in moves.unreadable.items():
                job.leave_out(name, error)
            for name in job.articles:
                with job.guard(name):
                    _refuse_loss(job, reviews, moves, name)


def record_reviews(job: Job) -> None:
    """Record what is reviewed and what is a draft now, so that the next run sees what was lost."""
    with closing(Reviews.of(job)) as reviews:
        for name in job.articles:
            for locale in job.catalogue_locales:
                path = job.workspace.catalogue_path(name, locale)
                reviews.store(path, job.catalogues.read(name, locale))


def _refuse_loss(job: Job, reviews: Reviews, moves: catalogue.Moves, name: str) -> None:
    article = job.source(name)
    if name in job.options.allow_loss:
        reviews.allow(name, article.data)
        return
    if reviews.allows(name, article.data):
        return
    confirm = f"restore the file, or confirm the loss with --allow-loss {name}"
    at_stake = []
    for locale in job.catalogue_locales:
        path = job.workspace.catalogue_path(name, locale)
        catalog = job.catalogues.read(name, locale)
        lost = reviews.missing(path, catalog) if job.workspace.exists(path) else 0
        if lost:
            message = f"{lost} reviewed translations of the last run are missing; {confirm}"
            raise InputError(message, path)
        moved = moves.departures(name, locale)
        template = job.template(name, article, locale)
        if retired := _retired(catalog, article, template, moved):
            reviewed = sum(map(_is_reviewed, catalog.units))
            at_stake.append(f"{locale}: {len(retired)} of {reviewed}")
    if at_stake:
        translations = "; ".join(at_stake)
        message = f"most reviewed translations would become obsolete ({translations}); {confirm}"
        raise InputError(message, article.path)


def _retired(
    catalog: Catalog, article: Article, template: Catalog, moved: Collection[tuple[str, str]]
) -> Sequence[Unit]:
    """Return the reviewed units that an article would make obsolete, if they are the most.

    Those that ``moved`` to another article are not.
    """
    reviewed = list(filter(_is_reviewed, catalog.units))
    texts = {segment.text for segment in article.segments}
    # A merge is worth its time only where the texts are gone; it may find many edited.
    gone = [unit for unit in reviewed if unit.source not in texts and unit.key not in moved]
    if not _are_most(gone, reviewed):
        return ()
    retired = catalogue.merge_and_list(catalog, template).retired
    retired = tuple(unit for unit in retired if unit.key not in moved)
    return retired if _are_most(retired, reviewed) else ()


def _are_most(some: Sequence[Unit], units: Iterable[Unit]) -> bool:
    return len(some) >= _LEAST and 2 * _words(some) > _words(units)


def _words(units: Iterable[Unit]) -> int:
    return sum(len(unit.source.split()) for unit in units)


def _is_reviewed(unit: Unit) -> bool:
    return unit.state is State.REVIEWED


def _origins(catalog: Catalog) -> dict[bytes, Origin]:
    """Return the origins of the untouched drafts, by the hash of their source and target."""
    drafts = (unit for unit in catalog.units if unit.state is State.DRAFT and unit.untouched)
    return {_hash_texts(unit): unit.origin for unit in drafts}


def _hash(unit: Unit) -> bytes:
    """Return the hash of a unit's key."""
    return _hash_of(*unit.key)


def _hash_texts(unit: Unit) -> bytes:
    """Return the hash of source and target; the context is lost in CSV files."""
    return _hash_of(unit.source, unit.target)


def _hash_of(*texts: str) -> bytes:
    whole = "\0".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(whole, digest_size=_HASH).digest()


def _cut(hashes: bytes) -> frozenset[bytes]:
    return frozenset(hashes[at : at + _HASH] for at in range(0, len(hashes), _HASH))
