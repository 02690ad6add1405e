"""Take translations along where articles were renamed, or texts moved between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import catalogue
from pipeline.catalogue import Moves, Rename
from pipeline.errors import InputError, MachineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pipeline.catalogue import TextMove
    from pipeline.commands.job import Job
    from pipeline.model import Catalog, Unit

__all__ = [
    "explain_orphan",
    "find_moves",
    "finish_text_moves",
    "rename_catalogues",
]


def find_moves(job: Job) -> Moves:
    """Find what moved since the last run.

    Only catalogues of the job's articles are changed by it. If these are not all, a catalogue may
    be renamed for one of them, but no text leaves another article.
    """
    templates = {}
    for name in job.articles:
        with suppress(InputError, MachineError):  # which leave the article out later
            templates[name] = catalogue.extract(job.source(name), name)
    renames: list[Rename] = []
    texts = {}
    damaged: dict[str, InputError] = {}
    # Without a locale, there are templates only.
    for locale in (*job.catalogue_locales, *(() if job.locales else ("",))):
        catalogs = _read(job, templates, locale)
        if not any(_has_new_texts(one, templates[name]) for name, one in catalogs.items()):
            continue
        orphans = _read(job, job.catalogues.orphans(locale), locale, damaged)
        for old, name in _find_renames(job, orphans, catalogs, templates, locale).items():
            catalogs[name] = replace(orphans.pop(old), article=name)
            renames.append(Rename(old, name, locale))
        if job.has_all_articles and locale:
            for name in job.options.correction:  # what it says no longer was withdrawn
                catalogs.pop(name, None)
            texts[locale] = catalogue.find_text_moves({**catalogs, **orphans}, templates)
    of_templates = dict.fromkeys(rename._replace(locale="") for rename in renames)
    renames += [rename for rename in of_templates if rename not in renames]
    moved = {locale: moves for locale, moves in texts.items() if moves}
    return Moves(tuple(renames), moved, _unreadable(job, damaged, renames, templates))


def _unreadable(
    job: Job,
    damaged: Mapping[str, InputError],
    renames: Iterable[Rename],
    templates: Mapping[str, Catalog],
) -> dict[str, InputError]:
    """Return the errors in catalogues without an article, by the article's new name.

    It is known from another locale, or from the template.
    """
    if not damaged:
        return {}
    names = catalogue.find_renames(_read(job, damaged, ""), templates)
    names |= {rename.article: rename.name for rename in renames}
    return {names[old]: error for old, error in damaged.items() if old in names}


def explain_orphan(moves: Moves, article: str, locale: str) -> str:
    """Return where the texts of a catalogue go whose article is gone; empty if nowhere."""
    for rename in moves.renames:
        if (rename.article, rename.locale) == (article, locale):
            name = rename.name
            return f"the article is called '{name}' now: 'pipeline merge' renames the catalogue"
    names = [move.article for move in moves.texts.get(locale, ()) if move.origin == article]
    if not names:
        return ""
    articles = ", ".join(f"'{name}'" for name in dict.fromkeys(names))
    count = "1 translation" if len(names) == 1 else f"{len(names)} translations"
    return f"the article is missing: 'pipeline merge' moves {count} to {articles}"


def rename_catalogues(job: Job, *, only_templates: bool = False) -> None:
    """Rename the catalogues of renamed articles, and their templates."""
    for rename in job.moves.renames if job.moves else ():
        if not (rename.locale and only_templates):
            with job.guard(rename.name):
                _rename(job, *rename)


def _rename(job: Job, article: str, name: str, locale: str) -> None:
    old, new = (job.catalogues.path(one, locale) for one in (article, name))
    if not job.workspace.exists(old):
        return
    if not locale and job.workspace.exists(new):  # made anew from the article, as always
        job.catalogues.remove(article, locale)
        job.tell(f"{'would remove' if job.workspace.check else 'removed'}: {old}")
        return
    job.catalogues.move(article, name, locale)
    job.record.follow_rename(article, name)
    job.tell(f"{'would rename' if job.workspace.check else 'renamed'}: {old} → {new}")


def finish_text_moves(job: Job, record: Callable[[str, Catalog], None]) -> None:
    """Remove the texts that moved from the catalogues that they left.

    They are in their new catalogues by now, which have been written before: a run that is killed
    in between leaves them in both. ``record`` is given the path and the content of each of these
    before it is written, as the next run would take for a loss what is missing in it.
    """
    for locale, moves in job.moves.texts.items() if job.moves else ():
        by_origin: dict[str, list[TextMove]] = defaultdict(list)
        for move in moves:
            by_origin[move.origin].append(move)
        for origin, leaving in by_origin.items():
            with job.guard(origin):
                _finish(job, record, locale, origin, leaving)


def _finish(
    job: Job,
    record: Callable[[str, Catalog], None],
    locale: str,
    origin: str,
    moves: Iterable[TextMove],
) -> None:
    old = job.catalogues.load(origin, locale)
    is_orphan = origin not in job.workspace.articles()
    places = {u.key: u for u in (old.units if is_orphan else old.obsolete)}
    counts: Counter[str] = Counter()
    arrivals: dict[str, dict[tuple[str, str], Unit]] = {}
    for move in moves:
        if move.article not in arrivals:
            units = job.catalogues.read(move.article, locale).units
            arrivals[move.article] = {unit.key: unit for unit in units}
        arrived = arrivals[move.article].get(move.key)
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
    record(job.catalogues.path(origin, locale), new)
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


def _find_renames(
    job: Job,
    orphans: Mapping[str, Catalog],
    catalogs: Mapping[str, Catalog],
    templates: Mapping[str, Catalog],
    locale: str,
) -> dict[str, str]:
    """Return the new names of orphans, among the job's articles."""
    if not orphans:
        return {}
    new = {
        name: templates[name]
        for name, catalog in catalogs.items()
        if not (catalog.units or catalog.obsolete)
    }
    # An orphan may be more like an article that is not selected.
    for name in set(job.workspace.articles()).difference(templates, job.unchanged_articles):
        if not job.workspace.exists(job.catalogues.path(name, locale)):
            with suppress(InputError, MachineError):
                new[name] = catalogue.extract(job.source(name), name)
    renames = catalogue.find_renames(orphans, new)
    return {old: name for old, name in renames.items() if name in templates}


def _read(
    job: Job, names: Iterable[str], locale: str, damaged: dict[str, InputError] | None = None
) -> dict[str, Catalog]:
    """Read the catalogues of some articles that can be read; ``damaged`` gets the other errors."""
    catalogs = {}
    for name in names:
        with suppress(MachineError):  # which leaves an article out later
            try:
                catalogs[name] = (
                    job.catalogues.read(name, locale)
                    if locale
                    else job.catalogues.read_template(name)
                )
            except InputError as error:  # which a check reports
                if damaged is not None:
                    damaged.setdefault(name, error)
    return catalogs


def _has_new_texts(catalog: Catalog, template: Catalog) -> bool:
    known = {unit.key for unit in catalog.units}
    return any(unit.key not in known for unit in template.units)
