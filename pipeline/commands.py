"""The commands: each loads, calls one stage, saves and reports."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline import align as aligning
from pipeline import article as reading
from pipeline import extract as extracting
from pipeline import merge as merging
from pipeline import translate as translating
from pipeline.answers import Answers
from pipeline.catalogues import Catalogues
from pipeline.chain import open_chain, require_engines, summary, warnings
from pipeline.errors import InputError
from pipeline.lexicon import Lexicon, learn
from pipeline.model import State
from pipeline.pages import page_words, publish
from pipeline.status import count
from pipeline.translate import Tally
from pipeline.workspace import STATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from pipeline.engines.contract import Engine
    from pipeline.findings import Finding
    from pipeline.model import Article, Catalog
    from pipeline.status import Row
    from pipeline.workspace import Workspace

__all__ = ["Job", "align", "build", "extract", "merge", "run", "status", "translate"]

_ANSWERS = "answers.sqlite"


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
        require_engines(self.workspace.settings)
        self.catalogues = Catalogues(self.workspace, self.now)
        self._articles: dict[str, Article] = {}

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
        article = self._articles.get(path)
        if article is None or article.data != data:
            article = reading.read(data, path, self.workspace.settings.rules)
            self._articles[path] = article
        if article.fault:
            raise InputError(article.fault.message, path, article.fault.line)
        return article

    def catalogue(self, name: str, article: Article, locale: str) -> Catalog:
        """Load a catalogue; where there is none yet, all that it will have to hold."""
        catalog = self.catalogues.load(name, locale)
        if catalog.units:
            return catalog
        return replace(catalog, units=extracting.extract(article, name).units)

    def reviewed(self) -> Iterator[Catalog]:
        """Yield what the translation memory remembers: all articles, in the locales at work."""
        for name in self.workspace.articles():
            for locale in self.locales:
                yield self.catalogues.look(name, locale)

    def verify(self, command: str) -> None:
        """Read all that a command will need, so that bad input is found before it writes.

        Raises:
            InputError: a file is not what it should be.
            MachineError: it cannot be read.
        """
        settings = self.workspace.settings
        for name in self.articles:
            self.source(name)
            self.catalogues.look_at_template(name)
            for locale in self.locales if command in ("align", "run") else ():
                self.version(name, locale)
        remembers = command in ("translate", "run") and "memory" in settings.engines
        builds = command in ("build", "run")
        for name in self.workspace.articles() if remembers else self.articles:
            for locale in settings.locales if builds else self.locales:
                self.catalogues.look(name, locale)
        for locale in (settings.source, *self.locales) if builds else ():
            page_words(self.workspace, locale)

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
    lexicons: dict[str, Lexicon] = {}
    for name, article, locale in job.pairs():
        catalog = job.catalogue(name, article, locale)
        if not (always or translating.missing(catalog)):
            continue
        version = job.version(name, locale)
        if version is None:
            continue
        if locale not in lexicons:
            lexicons[locale] = _lexicon(job, locale)
        alignment = aligning.align(article, version, lexicons[locale])
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
        missing = len(translating.missing(catalog))
        found = missing - len(translating.missing(filled))
        if found:
            job.tell(f"{name} {locale}: {found} of {missing} aligned from {version.path}")


def _lexicon(job: Job, locale: str) -> Lexicon:
    """Learn which words translate which from all that is reviewed in a locale."""
    return learn(
        (unit.source, unit.target)
        for catalog in job.reviewed()
        for unit in catalog.units
        if catalog.locale == locale and unit.state is State.REVIEWED
    )


def translate(job: Job) -> None:
    """Draft what is missing."""
    work = [pair for pair in job.pairs() if translating.missing(job.catalogue(*pair))]
    if not work:
        return
    tally = Tally()
    with ExitStack() as stack:
        answers = Answers(job.workspace.state_file(_ANSWERS), f"{STATE}/{_ANSWERS}")
        stack.callback(answers.close)
        engines = open_chain(job.workspace.settings, job.reviewed, stack)
        for name, article, locale in work:
            _translate(job, name, article, locale, engines, answers, tally)
    for line in warnings(tally.unavailable):
        job.warn(line)
    said = summary(tally, rehearse=job.workspace.check)
    if said:
        job.tell(said)


def _translate(
    job: Job,
    name: str,
    article: Article,
    locale: str,
    engines: list[Engine],
    answers: Answers,
    tally: Tally,
) -> None:
    catalog = job.catalogue(name, article, locale)
    settings = job.workspace.settings
    before, unasked = tally.drafts.copy(), tally.unasked.total()
    missing = len(translating.missing(catalog))
    with job.progress(f"{name} {locale}", missing) as advance:
        drafted, left = translating.translate(
            catalog,
            article,
            settings.source,
            engines,
            answers,
            tally,
            terms=settings.terms,
            advance=advance,
            rehearse=job.workspace.check,
        )
    job.catalogues.save(drafted)
    if tally.unasked.total() > unasked:
        job.workspace.changed.append(job.workspace.catalogue_path(name, locale))
        return
    job.report(left)
    for engine, drafts in (tally.drafts - before).items():
        job.tell(f"{name} {locale}: {engine} drafted {drafts} of {missing}")
    if left:
        job.tell(f"{name} {locale}: {len(left)} of {missing} have no draft; --verbose says why")


def build(job: Job) -> None:
    """Write each article in each language, as Markdown and as a page."""
    settings = job.workspace.settings
    for name in job.articles:
        article = job.source(name)
        catalogs = {other: job.catalogue(name, article, other) for other in settings.locales}
        for locale in (settings.source, *job.locales):
            findings = publish(
                job.workspace, article, name, locale, catalogs, drafts=job.drafts, tell=job.tell
            )
            job.report(findings)


def status(job: Job) -> list[Row]:
    """Count what is reviewed, a draft or empty."""
    return [
        row
        for name, article, locale in job.pairs()
        for row in count(name, article, job.catalogue(name, article, locale))
    ]


def run(job: Job) -> None:
    """Do all steps in order."""
    extract(job)
    merge(job)
    align(job, always=False)
    translate(job)
    build(job)
