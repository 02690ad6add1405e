"""Incremental runs, which skip the articles that have not changed since the last run."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pipeline
from pipeline import drafting, pages  # faces: nothing of them is loaded before it is used
from pipeline.commands import steps
from pipeline.commands.unchanged import Remains, Settled
from pipeline.project import STATE_FOLDER

if TYPE_CHECKING:
    from pipeline.catalogue import StatusRow
    from pipeline.commands.job import Job

__all__ = ["Rerun"]

_FILE = "settled.json"
_MANY = 12
"""Maximum number of lines about unchanged articles that are printed."""


class Rerun:
    """Articles of a job that must be processed, and the cached outcome of the others.

    It narrows the job to the articles to be processed. A run that is asked for more than usual (a
    budget, an upgrade, a rehearsal of the sending) or less (one locale) processes them all.
    """

    def __init__(self, job: Job, *, whole: bool = False) -> None:
        self.job = job
        self.articles = job.articles
        self._remains: dict[str, Remains] = {}
        self._settled: Settled | None = None
        workspace = job.workspace
        if whole or job.locales != workspace.settings.locales:
            return
        file = workspace.root / STATE_FOLDER / _FILE
        self._settled = Settled(workspace.root, file, _key(job))
        for name in job.articles:
            remains = self._settled.look(name, workspace.paths_of(name))
            if remains is not None:
                self._remains[name] = remains
        if len(self._remains) < len(job.articles) or _reaches_out(job):
            # What another article's translations or a service may answer by now is asked for.
            self._remains = {n: r for n, r in self._remains.items() if not r.open}
        job.settled = frozenset(self._remains)
        job.articles = tuple(name for name in job.articles if name not in self._remains)

    def replay(self, *, verbose: bool) -> None:
        """Repeat the messages of skipped articles."""
        lines = [line for remains in self._remains.values() for line in remains.lines]
        for line in lines if verbose else lines[:_MANY]:
            self.job.tell(line)
        if len(lines) > _MANY and not verbose:
            self.job.tell(f"and {len(lines) - _MANY} more lines; --verbose lists them")
        for remains in self._remains.values():
            self.job.report(remains.findings)

    def finish(self) -> None:
        """Save the outcome of the articles that were processed."""
        job = self.job
        if self._settled is None or job.workspace.check:
            return
        seen = job.workspace.seen
        for name in job.articles:
            article = job.source(name)
            paths = job.workspace.paths_of(name)
            others = [p for p in pages.linked_files(job.workspace, article, name) if p not in paths]
            for path in paths:
                if path not in seen:
                    job.workspace.read(path)
            catalogs = [job.catalogue(name, article, locale) for locale in job.locales]
            remains = job.remains.get(name, Remains())._replace(
                rows=tuple(self._rows(name)), open=any(map(drafting.missing, catalogs))
            )
            contents = {path: seen[path] for path in paths}
            contents |= {path: self._settled.content(path) for path in others}
            self._settled.keep(name, contents, remains)
        self._settled.save(_key(job))

    def rows(self) -> list[StatusRow]:
        """Return the status rows of all articles that could be read, in their order."""
        there = (name for name in self.articles if name not in self.job.failures)
        return [row for name in there for row in self._rows(name)]

    def _rows(self, name: str) -> tuple[StatusRow, ...] | list[StatusRow]:
        if name in self._remains:
            return self._remains[name].rows
        return steps.rows(self.job, name)


def _key(job: Job) -> str:
    """Return a hash of all that every result depends on: program, settings, shared files."""
    workspace = job.workspace
    package = Path(pipeline.__file__).parent
    program = sorted((file.name, file.stat().st_mtime_ns) for file in package.rglob("*.py"))
    record = workspace.read(workspace.record_path)
    shared = [
        workspace.read(path)
        for locale in (workspace.settings.source, *job.locales)
        for path in (
            workspace.glossary_path(locale),
            workspace.catalogue_path("interface", locale),
        )
    ]
    folder = workspace.root / workspace.settings.catalogue_path
    memories = sorted((str(file), file.stat().st_mtime_ns) for file in folder.rglob("*.tmx"))
    modes = (
        sorted(drafting.installed_pairs().items())
        if drafting.Apertium.name in workspace.settings.engines
        else []
    )
    parts = (
        pipeline.__version__,
        program,
        workspace.settings,
        job.options.drafts,
        shared,
        memories,
        modes,
        record,
    )
    return hashlib.blake2b(repr(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _reaches_out(job: Job) -> bool:
    """Return whether an engine of the network would be asked for missing translations."""
    settings = job.workspace.settings
    return not settings.offline and any(name in drafting.SERVICES for name in settings.engines)
