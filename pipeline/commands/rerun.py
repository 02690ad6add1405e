"""Incremental runs, which skip the articles that have not changed since the last run."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pipeline
from pipeline import drafting, pages  # lazy: loaded when first used
from pipeline.commands import steps
from pipeline.commands.unchanged import ArticleOutcome, OutcomeCache
from pipeline.project import STATE_FOLDER

if TYPE_CHECKING:
    from pipeline.catalogue import StatusRow
    from pipeline.commands.job import Job

__all__ = ["Rerun"]

_CACHE_FILE = "settled.json"
_MAX_LINES = 12
"""Maximum number of lines about unchanged articles that are printed."""


class Rerun:
    """Articles of a job that must be processed, and the cached outcome of the others.

    It narrows the job to the articles to be processed. A run that is asked for more than usual (a
    budget, an upgrade, a rehearsal of the sending) or less (one locale) processes them all.
    """

    def __init__(self, job: Job, *, whole: bool = False) -> None:
        self.job = job
        self.articles = job.articles
        self._outcomes: dict[str, ArticleOutcome] = {}
        self._cache: OutcomeCache | None = None
        workspace = job.workspace
        if whole or job.locales != workspace.settings.locales:
            return
        file = workspace.root / STATE_FOLDER / _CACHE_FILE
        self._cache = OutcomeCache(workspace.root, file, _cache_key(job))
        for name in job.articles:
            outcome = self._cache.get(name, workspace.paths_of(name))
            if outcome is not None:
                self._outcomes[name] = outcome
        if len(self._outcomes) < len(job.articles) or _may_use_network(job):
            # Another article, or a service, may have a translation that was missing last time.
            self._outcomes = {
                name: outcome
                for name, outcome in self._outcomes.items()
                if not outcome.is_incomplete
            }
        job.unchanged_articles = frozenset(self._outcomes)
        job.articles = tuple(name for name in job.articles if name not in self._outcomes)

    def replay(self, *, verbose: bool) -> None:
        """Repeat the messages of skipped articles."""
        lines = [line for outcome in self._outcomes.values() for line in outcome.lines]
        for line in lines if verbose else lines[:_MAX_LINES]:
            self.job.tell(line)
        if len(lines) > _MAX_LINES and not verbose:
            self.job.tell(f"and {len(lines) - _MAX_LINES} more lines; --verbose lists them")
        for outcome in self._outcomes.values():
            self.job.add_findings(outcome.findings)

    def finish(self) -> None:
        """Save the outcome of the articles that were processed."""
        job = self.job
        if job.articles and not job.workspace.check:
            from pipeline.commands.loss import record_reviews  # where an article changed only

            record_reviews(job)
        if self._cache is None or job.workspace.check:
            return
        digests = job.workspace.digests
        for name in job.articles:
            article = job.source(name)
            paths = job.workspace.paths_of(name)
            others = [p for p in pages.linked_files(job.workspace, article, name) if p not in paths]
            for path in paths:
                # Reading records the digest, of a missing file, too.
                if path not in digests:
                    job.workspace.read(path)
            outcome = job.outcomes.get(name, ArticleOutcome())._replace(
                rows=tuple(self._rows(name)),
                is_incomplete=any(
                    job.lacks_drafts(name, locale) for locale in job.locales_of(name)
                ),
            )
            file_digests = {path: digests[path] for path in paths}
            file_digests |= {path: self._cache.digest_of(path) for path in others}
            self._cache.store(name, file_digests, outcome)
        # The key is computed again, as the run may have changed the record of pages.
        self._cache.save(_cache_key(job))

    def rows(self) -> list[StatusRow]:
        """Return the status rows of all articles that could be read, in their order."""
        names = (name for name in self.articles if name not in self.job.failures)
        return [row for name in names for row in self._rows(name)]

    def _rows(self, name: str) -> tuple[StatusRow, ...] | list[StatusRow]:
        if name in self._outcomes:
            return self._outcomes[name].rows
        return steps.rows(self.job, name)


def _cache_key(job: Job) -> str:
    """Return a hash of all that every result depends on: program, settings, shared files."""
    workspace = job.workspace
    package = Path(pipeline.__file__).parent
    # While pipeline is developed, its modules change but its version does not.
    modules = sorted((file.name, file.stat().st_mtime_ns) for file in package.rglob("*.py"))
    record = [workspace.read(path) for path in workspace.record_paths]
    shared_files = [
        workspace.read(path)
        for locale in (workspace.settings.source, *job.locales)
        for path in (
            workspace.glossary_path(locale),
            workspace.catalogue_path("interface", locale),
        )
    ]
    folder = workspace.root / workspace.settings.catalogue_path
    # Not stat(), as a link may lead nowhere.
    memories = sorted((str(file), file.lstat().st_mtime_ns) for file in folder.rglob("*.tmx"))
    apertium_pairs = (
        sorted(drafting.installed_pairs().items())
        if drafting.Apertium.name in workspace.settings.engines
        else []
    )
    parts = (
        pipeline.__version__,
        modules,
        workspace.settings,
        job.options.drafts,
        shared_files,
        memories,
        apertium_pairs,
        record,
    )
    return hashlib.blake2b(repr(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _may_use_network(job: Job) -> bool:
    """Return whether an engine of the network would be asked for missing translations."""
    settings = job.workspace.settings
    return not settings.offline and any(name in drafting.SERVICES for name in settings.engines)
