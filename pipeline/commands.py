"""The commands: each loads, calls one stage, saves and reports."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline import align as aligning
from pipeline import article as reading
from pipeline import build as building
from pipeline import check as checking
from pipeline import extract as extracting
from pipeline import merge as merging
from pipeline import translate as translating
from pipeline.answers import Answers
from pipeline.catalogues import Catalogues
from pipeline.engines import open_engine
from pipeline.errors import InputError
from pipeline.memory import Memory
from pipeline.pages import publish
from pipeline.status import count
from pipeline.translate import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from pipeline.engines.contract import Engine
    from pipeline.model import Article, Finding
    from pipeline.status import Row
    from pipeline.workspace import Workspace

__all__ = ["Job", "align", "build", "check", "extract", "merge", "run", "status", "translate"]


def _silent(_text: str, _total: int) -> AbstractContextManager[Callable[[int], None]]:
    return nullcontext(lambda _steps: None)


@dataclass
class Job:
    """What a command works on, and how it talks."""

    workspace: Workspace
    articles: tuple[str, ...]
    locales: tuple[str, ...]
    now: datetime
    drafts: bool = False
    """Build pages of drafts too."""
    tell: Callable[[str], None] = lambda _: None
    """Say what was done, one line."""
    warn: Callable[[str], None] = lambda _: None
    """Say what a person should know, one line."""
    progress: Callable[[str, int], AbstractContextManager[Callable[[int], None]]] = _silent
    """Show how far a long work is: its name, its steps; the value is called with steps."""
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.catalogues = Catalogues(self.workspace, self.now)

    def pairs(self) -> Iterator[tuple[str, Article, str]]:
        """Yield every article with its source version, for each locale."""
        for name in self.articles:
            article = self.source(name)
            for locale in self.locales:
                yield name, article, locale

    def source(self, name: str) -> Article:
        """Read the source version of an article."""
        article = self.version(name, self.workspace.settings.source)
        assert article is not None  # it was found by its source version
        return article

    def version(self, name: str, locale: str) -> Article | None:
        """Read one version of an article, None where there is none.

        Raises:
            InputError: it is not UTF-8, or its front matter cannot be read.
        """
        path = self.workspace.article_path(name, locale)
        data = self.workspace.read(path)
        if data is None:
            return None
        article = reading.read(data, path, self.workspace.settings.rules)
        if article.fault:
            raise InputError(article.fault.message, path, article.fault.line)
        return article

    def report(self, findings: list[Finding] | tuple[Finding, ...]) -> None:
        """Keep findings for the end."""
        self.findings += findings


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
    for name, article, locale in job.pairs():
        catalog = job.catalogues.load(name, locale)
        if not (always or translating.missing(catalog)):
            continue
        version = job.version(name, locale)
        if version is None:
            continue
        alignment = aligning.align(article, version)
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
        count = len(translating.missing(catalog)) - len(translating.missing(filled))
        if count:
            job.tell(f"{name} {locale}: {count} texts aligned from {version.path}")


def translate(job: Job) -> None:
    """Draft what is missing."""
    tally = Tally()
    with ExitStack() as stack:
        answers = Answers(None if job.workspace.check else job.workspace.state() / "answers.sqlite")
        stack.callback(answers.close)
        engines: list[Engine] = []
        for name, article, locale in job.pairs():
            catalog = job.catalogues.load(name, locale)
            missing = len(translating.missing(catalog))
            if not missing:
                continue
            if job.workspace.check:
                job.workspace.changed.append(job.workspace.catalogue_path(name, locale))
                job.tell(f"{name} {locale}: {missing} texts would be sent to the engines")
                continue
            engines = engines or _engines(job, stack)
            before = tally.drafts.copy()
            with job.progress(f"{name} {locale}", missing) as advance:
                drafted, left = translating.translate(
                    catalog,
                    article,
                    job.workspace.settings.source,
                    engines,
                    answers,
                    tally,
                    terms=job.workspace.settings.terms,
                    advance=advance,
                )
            job.catalogues.save(drafted)
            job.report(left)
            for engine, count in (tally.drafts - before).items():
                job.tell(f"{name} {locale}: {count} drafts by {engine}")
            if left:
                job.tell(f"{name} {locale}: {len(left)} texts have no draft; --verbose says why")
    _summarise(job, tally)


def build(job: Job) -> None:
    """Write each article in each language, as Markdown and as a page."""
    settings = job.workspace.settings
    for name in job.articles:
        article = job.source(name)
        catalogs = {locale: job.catalogues.load(name, locale) for locale in settings.locales}
        for locale in (settings.source, *job.locales):
            findings = publish(
                job.workspace, article, name, locale, catalogs, drafts=job.drafts, tell=job.tell
            )
            job.report(findings)


def check(job: Job) -> None:
    """Find what is wrong with each catalogue."""
    for name, article, locale in job.pairs():
        path = job.workspace.catalogue_path(name, locale)
        catalog = job.catalogues.load(name, locale)
        job.report(checking.check(article, catalog, path, job.workspace.settings.terms))
        built = building.build(article, catalog, path, drafts=True)
        job.report(built.findings)


def status(job: Job) -> list[Row]:
    """Count what is reviewed, a draft or empty."""
    return [
        row
        for name, article, locale in job.pairs()
        for row in count(name, article, job.catalogues.load(name, locale))
    ]


def run(job: Job) -> None:
    """Do all steps in order."""
    extract(job)
    merge(job)
    align(job, always=False)
    translate(job)
    build(job)


def _engines(job: Job, stack: ExitStack) -> list[Engine]:
    """Open the chain of engines, without those that need a network where there is to be none."""
    settings = job.workspace.settings
    engines: list[Engine] = []
    for name in settings.engines:
        if name == "memory":
            catalogs = (
                job.catalogues.load(article, locale)
                for article in job.workspace.articles()
                for locale in job.locales
            )
            engine: Engine = Memory(catalogs, settings.memory_threshold)
        else:
            engine = open_engine(name, settings.engine.get(name, {}))
        if not (settings.offline and engine.traits.network):
            engines.append(engine)
            stack.callback(engine.close)
    return engines


def _summarise(job: Job, tally: Tally) -> None:
    for engine, why in tally.unavailable.items():
        job.warn(f"{engine} was left out: {why}")
    if tally.drafts:
        sent = sum(tally.sent.values())
        by = ", ".join(f"{count} by {engine}" for engine, count in tally.drafts.items())
        job.tell(f"drafts: {by}; {sent} characters left this machine")
