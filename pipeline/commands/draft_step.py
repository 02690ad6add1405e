"""Machine drafts for the catalogues of a job, and export of its translation memory."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from pipeline.drafting import (
    TMX_MARK,
    Answers,
    DraftOrder,
    DraftTally,
    Memory,
    TmxPair,
    draft_from_bases,
    engine_warnings,
    missing,
    open_chain,
    read_tmx,
    suggest,
    summarise_drafts,
    translate,
    write_tmx,
)
from pipeline.errors import MachineError, UsageError
from pipeline.language import kept_terms, required_renderings
from pipeline.project import STATE_FOLDER, write_output

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.commands.job import Job
    from pipeline.drafting import Engine
    from pipeline.model import Article, Catalog

__all__ = ["draft", "export_memory"]

_ANSWERS = "answers.sqlite"


class _DraftTools(NamedTuple):
    """Engines, answers and tally for drafts."""

    engines: list[Engine]
    answers: Answers
    tally: DraftTally


def draft(job: Job) -> None:
    """Add the missing drafts to each selected catalogue.

    Raises:
        InputError: a file is invalid.
        MachineError: the store of the answers cannot be used.
    """
    for name, article, locale in job.pairs():
        with job.guard(name):
            _draft_from_bases(job, name, article, locale)
    work = [
        pair
        for pair in job.pairs()
        if missing(job.catalogue(*pair), _draft_order(job, pair[2]), pair[1])
    ]
    # Otherwise the memory would be read, and its warnings printed, for nothing.
    if not work:
        return
    tally = DraftTally()
    with ExitStack() as stack:
        answers = Answers(job.workspace.state_file(_ANSWERS), f"{STATE_FOLDER}/{_ANSWERS}")
        stack.callback(answers.close)
        settings, environment = job.workspace.settings, job.environment
        engines = open_chain(settings, environment, lambda: _load_memory(job), stack)
        tools = _DraftTools(engines, answers, tally)
        for name, article, locale in work:
            if name not in job.failures:
                with job.guard(name):
                    _draft(job, name, article, locale, tools)
    for line in engine_warnings(tally):
        job.warn(line)
    for line in summarise_drafts(tally, settings, rehearse=job.workspace.check):
        job.tell_estimate(line)


def _draft_from_bases(job: Job, name: str, article: Article, locale: str) -> None:
    """Take the texts that a regional locale lacks from its base."""
    bases = job.bases(name, locale)
    if not bases:
        return
    catalog = job.catalogue(name, article, locale)
    drafted = draft_from_bases(catalog, article, _draft_order(job, locale), bases)
    if drafted.units == catalog.units:
        return
    job.catalogues.save(drafted)
    count = sum(old != new for old, new in zip(catalog.units, drafted.units, strict=True))
    drafts = "1 draft" if count == 1 else f"{count} drafts"
    job.tell(f"{name} {locale}: {drafts} from {', '.join(base.locale for base in bases)}")


def export_memory(job: Job, target: Path) -> None:
    """Write the reviewed translations of the selected catalogues as TMX.

    Raises:
        UsageError: the name is not that of a TMX file, or another file is there.
        MachineError: the file cannot be written.
    """
    if target.suffix != ".tmx":
        raise UsageError(f"'{target}': expected the name of a TMX file, such as memory.tmx")
    catalogs = [job.catalogues.read(name, locale) for name, _, locale in job.pairs()]
    export = write_tmx(catalogs, job.workspace.settings.source)
    write_output(job.workspace, target, "memory export", export.data, TMX_MARK)
    job.tell(f"wrote {target}: {export.units} source texts")
    if export.left_out:
        reason = "XML does not allow their characters"
        job.warn(f"{target}: translations left out: {export.left_out} ({reason})")


def _draft_order(job: Job, locale: str) -> DraftOrder:
    settings = job.workspace.settings
    glossary = job.glossary(locale)
    return DraftOrder(
        settings.source,
        settings.terms + kept_terms(glossary),
        required_renderings(glossary),
        job.options.budget,
        settings.engines if job.options.upgrade else None,
        job.workspace.check,
    )


def _load_memory(job: Job) -> Memory:
    settings = job.workspace.settings
    pairs: list[TmxPair] = []
    for path in _tmx_paths(job):
        data = job.workspace.read(path)
        if data is not None:
            imported = read_tmx(data, path, settings.source, job.catalogue_locales)
            pairs += imported.pairs
            if imported.left_out:
                job.warn(f"{path}: translations left out: {imported.left_out} (unsupported markup)")
    bases = {locale: settings.base_locales(locale) for locale in job.catalogue_locales}
    locales = dict.fromkeys(
        (*job.catalogue_locales, *(one for some in bases.values() for one in some))
    )
    return Memory(job.reviewed(tuple(locales)), settings.memory_threshold, pairs, bases)


def _tmx_paths(job: Job) -> Iterator[str]:
    """Yield the paths of TMX files: those for all locales, then those of each."""
    root, folder = job.workspace.root, job.workspace.settings.catalogue_path
    for place in (folder, *(f"{folder}/{locale}" for locale in job.catalogue_locales)):
        try:
            names = sorted(file.name for file in (root / place).iterdir())
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise MachineError(f"{place}: cannot be read: {error.strerror}") from error
        yield from (f"{place}/{name}" for name in names if name.endswith(".tmx"))


def _draft(job: Job, name: str, article: Article, locale: str, tools: _DraftTools) -> None:
    catalog = job.catalogue(name, article, locale)
    order, tally = _draft_order(job, locale), tools.tally
    drafts_before, missing_count = tally.drafts.copy(), len(missing(catalog, order, article))
    unasked_before = tally.unasked.total()
    with job.progress(f"{name} {locale}", missing_count) as advance:
        drafted, findings = translate(
            catalog, article, order, tools.engines, tools.answers, tally, advance=advance
        )
    # A rehearsal sends nothing to services, but their drafts would change the catalogue.
    if tally.unasked.total() > unasked_before:
        job.workspace.changed.append(job.workspace.catalogue_path(name, locale))
    job.catalogues.save(_with_suggestions(drafted, tools.engines))
    job.keep_findings(name, findings)
    for engine, drafts in (tally.drafts - drafts_before).items():
        job.tell(f"{name} {locale}: {engine} drafted {drafts} of {missing_count}")
    if findings:
        hint = "--verbose shows the reasons"
        job.tell_and_keep(
            name, f"{name} {locale}: {len(findings)} of {missing_count} have no draft; {hint}"
        )


def _with_suggestions(catalog: Catalog, engines: list[Engine]) -> Catalog:
    for engine in engines:
        if isinstance(engine, Memory):
            return suggest(catalog, engine)
    return catalog
