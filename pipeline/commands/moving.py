"""Take translations along where articles were renamed, or texts moved between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline import catalogue
from pipeline.errors import InputError, MachineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.catalogue import TextMove
    from pipeline.commands.job import Job
    from pipeline.commands.loss import Reviews
    from pipeline.model import Catalog, Unit

__all__ = [
    "Moves",
    "Rename",
    "find_moves",
    "finish_text_moves",
    "new_name",
    "rename_catalogues",
    "rename_templates",
]

_Key = tuple[str, str]


class Rename(NamedTuple):
    """Catalogue whose article has another name now."""

    article: str
    name: str
    locale: str
    """Empty for a template."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What moves in a run: catalogues of renamed articles, and single texts."""

    renames: tuple[Rename, ...] = ()
    texts: Mapping[str, Sequence[TextMove]] = field(default_factory=dict)
    """Texts that move, by locale."""

    def arrivals(self, article: str, locale: str) -> dict[_Key, Unit]:
        """Return the units that other articles have for an article, by their keys there."""
        moves = self.texts.get(locale, ())
        return {move.key: move.unit for move in moves if move.article == article}

    def departures(self, article: str, locale: str) -> dict[_Key, _Key]:
        """Return the keys of the units that go to other articles, with their obsolete keys."""
        moves = self.texts.get(locale, ())
        return {move.unit.key: move.obsolete_key for move in moves if move.origin == article}


def find_moves(job: Job) -> Moves:
    """Find what moved since the last run.

    Only catalogues of the job's articles are changed by it. If these are not all, a catalogue may
    be renamed for one of them, but no text leaves another article.
    """
    templates = {name: catalogue.extract(job.source(name), name) for name in job.articles}
    renames: list[Rename] = []
    texts = {}
    for locale in job.locales:
        catalogs = _read(job, templates, locale)
        if not any(_has_new_texts(one, templates[name]) for name, one in catalogs.items()):
            continue
        orphans = _read(job, job.catalogues.orphans(locale), locale)
        names = _find_renames(job, orphans, locale)
        for old, name in names.items():
            catalogs[name] = replace(orphans.pop(old), article=name)
            renames.append(Rename(old, name, locale))
        if job.has_all_articles:
            moves = catalogue.find_text_moves({**catalogs, **orphans}, templates)
            if moves:
                texts[locale] = moves
    return Moves((*renames, *_template_renames(job, renames)), texts)


def new_name(job: Job, article: str, locale: str) -> str:
    """Return the name that an article without a source has now, empty if there is none."""
    orphans = _read(job, job.catalogues.orphans(locale), locale)
    return _find_renames(job, orphans, locale, selected=False).get(article, "")


def rename_templates(job: Job) -> None:
    """Rename the templates of renamed articles."""
    _rename(job, [one for one in _renames(job) if not one.locale])


def rename_catalogues(job: Job) -> None:
    """Rename the catalogues of renamed articles, and their templates."""
    _rename(job, _renames(job))


def finish_text_moves(job: Job) -> None:
    """Remove the texts that moved from the catalogues that they left.

    They are in their new catalogues by now, which have been written before: a run that is killed
    in between leaves them in both.
    """
    from pipeline.commands.loss import Reviews  # where a text moved only

    if job.moves is None or not job.moves.texts:
        return
    with closing(Reviews.of(job)) as reviews:
        for locale, moves in job.moves.texts.items():
            by_origin: dict[str, list[TextMove]] = defaultdict(list)
            for move in moves:
                by_origin[move.origin].append(move)
            for origin, leaving in by_origin.items():
                with job.guard(origin):
                    _finish(job, reviews, locale, origin, leaving)


def _finish(
    job: Job, reviews: Reviews, locale: str, origin: str, moves: Iterable[TextMove]
) -> None:
    old = job.catalogues.load(origin, locale)
    is_orphan = origin not in job.workspace.articles()
    places = {u.key: u for u in (old.units if is_orphan else old.obsolete)}
    counts: Counter[str] = Counter()
    for move in moves:
        units = job.catalogues.read(move.article, locale).units
        arrived = next((unit for unit in units if unit.key == move.key), None)
        if arrived is None or not catalogue.is_kept_by(move.unit, arrived):
            continue
        counts[move.article] += bool(move.unit.target)
        left = places.get(move.obsolete_key)
        if left and catalogue.is_kept_by(left, arrived):
            del places[move.obsolete_key]
    for article, count in counts.items():
        translations = "1 translation" if count == 1 else f"{count} translations"
        verb = "would move" if job.workspace.check else "moved"
        job.tell(f"{article} {locale}: {translations} {verb} here from {origin}")
    rest = tuple(places.values())
    new = replace(old, units=rest) if is_orphan else replace(old, obsolete=rest)
    # First, as what is missing in a catalogue would be taken for a loss by the next run.
    if not job.workspace.check:
        reviews.store(job.catalogues.path(origin, locale), new)
    if is_orphan and counts and not catalogue.has_work(new):
        _remove(job, origin, locale)
        if not any(
            job.workspace.exists(job.catalogues.path(origin, other))
            for other in job.workspace.settings.locales
        ) and origin in job.catalogues.orphans(""):
            _remove(job, origin, "")
    else:
        job.catalogues.save(new)


def _remove(job: Job, article: str, locale: str) -> None:
    job.catalogues.remove(article, locale)
    verb = "would remove" if job.workspace.check else "removed"
    job.tell(f"{verb}: {job.catalogues.path(article, locale)}: its texts are in other articles")


def _renames(job: Job) -> Sequence[Rename]:
    return job.moves.renames if job.moves else ()


def _rename(job: Job, renames: Iterable[Rename]) -> None:
    verb = "would rename" if job.workspace.check else "renamed"
    for article, name, locale in renames:
        old, new = (job.catalogues.path(one, locale) for one in (article, name))
        if not job.workspace.exists(old):
            continue
        if not locale and job.workspace.exists(new):  # made anew from the article, as always
            job.catalogues.remove(article, locale)
            continue
        job.catalogues.move(article, name, locale)
        job.tell(f"{verb}: {old} → {new}")


def _find_renames(
    job: Job, orphans: Mapping[str, Catalog], locale: str, *, selected: bool = True
) -> dict[str, str]:
    """Return the new names of orphans, among them only the job's articles if ``selected``."""
    if not orphans:
        return {}
    # All articles, as an orphan may be more like one that is not selected.
    new = {}
    for name in job.workspace.articles():
        with suppress(InputError, MachineError):
            old = (
                job.catalogues.read(name, locale) if locale else job.catalogues.read_template(name)
            )
            if not (old.units or old.obsolete or name in job.failures):
                new[name] = catalogue.extract(job.source(name), name)
    renames = catalogue.find_renames(orphans, new)
    return {old: name for old, name in renames.items() if not selected or name in job.articles}


def _template_renames(job: Job, renames: Sequence[Rename]) -> list[Rename]:
    """Return the renames of templates: those of their catalogues, or by their own content."""
    if renames:
        return [Rename(old, name, "") for old, name in {one[:2]: None for one in renames}]
    return []


def _read(job: Job, names: Iterable[str], locale: str) -> dict[str, Catalog]:
    """Read the catalogues of some articles that can be read."""
    catalogs = {}
    for name in names:
        with suppress(InputError, MachineError):  # which a check reports
            catalogs[name] = job.catalogues.read(name, locale)
    return catalogs


def _has_new_texts(catalog: Catalog, template: Catalog) -> bool:
    known = {unit.key for unit in catalog.units}
    return any(unit.key not in known for unit in template.units)
