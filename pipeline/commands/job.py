"""Job of a command: its project, articles and locales, and its output."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

# Lazy: loaded when first used, which a run without changes never does.
from pipeline import catalogue, drafting, language, pages
from pipeline.commands.unchanged import ArticleOutcome
from pipeline.errors import InputError, MachineError, UsageError
from pipeline.language import NO_GLOSSARY, Glossary, kept_terms, parse_glossary
from pipeline.project import Catalogues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from pipeline.alignment import Lexicon
    from pipeline.catalogue import Moves
    from pipeline.commands.job_options import JobOptions
    from pipeline.errors import PipelineError
    from pipeline.findings import Finding
    from pipeline.model import Article, Catalog
    from pipeline.pages import Plan
    from pipeline.project import Workspace

__all__ = ["Job", "Output"]


class Output(Protocol):
    """Output of a job; `Terminal` is one."""

    def result(self, text: str) -> None:
        """Print the requested result."""

    def tell(self, line: str) -> None:
        """Print a line about finished work."""

    def warn(self, line: str) -> None:
        """Print a warning."""

    def progress(self, name: str, steps: int) -> AbstractContextManager[Callable[[int], None]]:
        """Show the progress of long work; the value is called with numbers of finished steps."""


@dataclass
class Job:
    """Project, articles and locales of a command, with its options and output."""

    workspace: Workspace
    articles: tuple[str, ...]
    locales: tuple[str, ...]
    now: datetime
    environment: Mapping[str, str]
    """Environment variables, which hold the keys of services."""
    options: JobOptions
    output: Output
    findings: list[Finding] = field(default_factory=list)
    failures: dict[str, PipelineError] = field(init=False)
    """Articles and other paths that were left out of the run, with the reason."""
    outcomes: dict[str, ArticleOutcome] = field(default_factory=dict)
    """Messages and findings, by article, that a run repeats even if nothing is to be done."""
    unchanged_articles: frozenset[str] = frozenset()
    """Articles whose files are unchanged since the last run."""
    moves: Moves | None = None
    """Catalogues of renamed articles, and texts that move to another article."""
    lexicons: dict[str, Lexicon] = field(default_factory=dict)
    """Words that translate each other, for the alignment, by locale."""

    def __post_init__(self) -> None:
        source, selected = self.workspace.settings.source, self.locales
        is_whole = set(selected) == set(self.workspace.settings.locales)
        self.locales = tuple(locale for locale in selected if locale != source)
        self.catalogue_locales = self.locales
        """Locales that may have catalogues: that of the source, too, for texts in others."""
        if is_whole or source in selected:
            self.catalogue_locales += (source,)
        drafting.require_engines(self.workspace.settings, self.environment)
        # What the workspace cannot read beside articles is left out, too.
        self.failures = self.workspace.unreadable
        self.catalogues = Catalogues(self.workspace, self.now)
        self.record = pages.Record(self.workspace)
        self._articles: dict[str, Article] = {}
        self._published: dict[tuple[str, str], bool] = {}
        # Attributes, since a worker process replaces them by functions that record.
        self.tell = self.output.tell
        self.warn = self.output.warn
        self.progress = self.output.progress
        # In a dry run, the estimate is the result that was asked for.
        self.tell_estimate = self.output.result if self.options.dry_run else self.output.tell

    @property
    def has_all_articles(self) -> bool:
        """True if all articles are considered, also if they are unchanged or were left out."""
        considered = {*self.articles, *self.failures, *self.unchanged_articles}
        return considered == set(self.workspace.articles())

    @contextmanager
    def guard(self, name: str) -> Iterator[None]:
        """Leave an article out of the rest of the run if one of its files cannot be used."""
        try:
            yield
        except (InputError, MachineError) as error:
            self.leave_out(name, error)

    def leave_out(self, name: str, error: PipelineError) -> None:
        """Leave an article out of the rest of the run; work on the others goes on."""
        self.failures.setdefault(name, error)
        self.articles = tuple(one for one in self.articles if one != name)

    def pairs(self) -> Iterator[tuple[str, Article, str]]:
        """Yield every article with its source version, for each locale."""
        for name in self.articles:
            article = self.source(name)
            for locale in self.locales_of(name):
                yield name, article, locale

    def locales_of(self, name: str) -> tuple[str, ...]:
        """Return the locales of an article's catalogues.

        That of the source is one of them where the article has texts in other languages, or had.
        """
        source = self.workspace.settings.source
        if self.catalogue_locales == self.locales or self._has_own_catalogue(name):
            return self.catalogue_locales
        return tuple(locale for locale in self.catalogue_locales if locale != source)

    def _has_own_catalogue(self, name: str) -> bool:
        source = self.workspace.settings.source
        languages = {segment.language for segment in self.source(name).segments} - {""}
        return any(not language.is_same_language(one, source) for one in languages) or (
            self.workspace.exists(self.workspace.catalogue_path(name, source))
        )

    def source(self, name: str) -> Article:
        """Read the source version of an article.

        Raises:
            InputError: the file is not UTF-8, or its front matter cannot be read.
            MachineError: the file was deleted during the run.
        """
        article = self.version(name, self.workspace.settings.source)
        if article is None:
            path = self.workspace.article_path(name, self.workspace.settings.source)
            raise MachineError(f"{path}: was deleted during this run; run the command again")
        return article

    def version(self, name: str, locale: str) -> Article | None:
        """Read one version of an article; return None if there is none, or only a built page.

        Raises:
            InputError: the file is not UTF-8, or its front matter cannot be read.
        """
        path = self.workspace.article_path(name, locale)
        data = self.workspace.read(path)
        if data is None or self._is_built(path, name, locale, data):
            return None
        if locale != self.workspace.settings.source:
            data = pages.as_version(self.workspace, name, locale, path, data)
        article = self._articles.get(path)
        if article is None or article.data != data:
            from pipeline.article import read_article, with_detected_languages  # lazy, as above

            article = read_article(data, path, self.workspace.settings.rules)
            if locale == self.workspace.settings.source:
                article = with_detected_languages(article, locale)
            self._articles[path] = article
        if article.fault:
            raise InputError(article.fault.message, path, article.fault.line)
        return article

    def _is_built(self, path: str, name: str, locale: str, data: bytes) -> bool:
        # Where pages are built in place, a version and a page have the same path.
        page = locale != self.workspace.settings.source and self.workspace.page_path(name, locale)
        return path == page and self.record.owns(path, data)

    def foreign_page(self, name: str, locale: str) -> Article | None:
        """Read a page or a preview in the place of a built one, if somebody else wrote it.

        Its data are those of the file.
        """
        for preview in (False, True):
            path = self.workspace.page_path(name, locale, preview=preview)
            data = self.workspace.read(path)
            if data is not None and not self.record.owns(path, data):
                break
        else:
            return None
        version = pages.as_version(self.workspace, name, locale, path, data)
        from pipeline.article import read_article  # lazy, as above

        article = read_article(version, path, self.workspace.settings.rules)
        return replace(article, data=data)

    def catalogue(self, name: str, article: Article, locale: str) -> Catalog:
        """Load a catalogue; if it is empty, return one with all units of the article."""
        catalog = self.catalogues.load(name, locale)
        if catalog.units:
            return catalog
        return replace(catalog, units=self.template(name, article, locale).units)

    def template(
        self, name: str, article: Article, locale: str, locations: str | None = None
    ) -> Catalog:
        """Return the template of an article for one locale (`template_for`)."""
        settings = self.workspace.settings
        template = catalogue.extract(article, name, locations or settings.locations)
        return catalogue.template_for(template, locale, settings.source)

    def bases(self, name: str, locale: str) -> tuple[Catalog, ...]:
        """Read the catalogues from which a regional locale takes the texts that it lacks."""
        locales = self.workspace.settings.base_locales(locale)
        return tuple(self.catalogues.read(name, base) for base in locales)

    def plan(self, name: str, locale: str) -> Plan:
        """Return the plan of an article in one locale, without the links to other pages."""
        locales = (locale, *self.workspace.settings.base_locales(locale))
        return self.plans(name, locales)[locale]

    def plans(self, name: str, locales: Sequence[str] = ()) -> dict[str, Plan]:
        """Return the plans of an article's pages by locale, that of its own language first.

        ``locales`` are those to which the pages may link, and the bases of all of them; by default
        all of the project.
        """
        article, settings = self.source(name), self.workspace.settings
        locales = locales or settings.locales
        if self._has_own_catalogue(name):
            locales = (*locales, settings.source)
        catalogs = {other: self.catalogue(name, article, other) for other in locales}
        terms = {locale: kept_terms(self.glossary(locale)) for locale in locales}
        return pages.plan_article(article, name, catalogs, settings, terms)

    def is_published(self, name: str, locale: str) -> bool:
        """Return whether an article has a page in a locale; False for one that cannot be read."""
        key = name, locale
        if key not in self._published:
            try:
                self._published[key] = self.plan(name, locale).is_published
            except (InputError, MachineError):
                self._published[key] = False
        return self._published[key]

    def lacks_drafts(self, name: str, locale: str) -> bool:
        """Return whether texts of an article need a translation, and have not even a draft."""
        article = self.source(name)
        catalog = self.catalogue(name, article, locale)
        complete = self.complete(name, catalog)
        return any(unit.key not in complete for unit in drafting.missing(catalog))

    def complete(self, name: str, catalog: Catalog) -> frozenset[tuple[str, str]]:
        """Return the keys of the units that are complete without a reviewed translation."""
        article = self.source(name)
        kept = kept_terms(self.glossary(catalog.locale))
        terms = article.terms + self.workspace.settings.terms + kept
        return catalogue.find_complete(catalog.units, terms, article.labels)

    def is_publishable(self, name: str, catalog: Catalog) -> bool:
        """Return whether a catalogue, which may be of an older article, may be published.

        The page in the article's own language does not depend on one.
        """
        if not catalog.units or catalog.locale == self.workspace.settings.source:
            return False
        bases = self.bases(name, catalog.locale)
        shown = catalogue.with_base_texts(catalog, bases, drafts=False) if bases else catalog
        publish_at = self.workspace.settings.publish_at
        return catalogue.is_publishable(shown, publish_at, self.complete(name, shown))

    def glossary(self, locale: str) -> Glossary:
        """Read the glossary of a locale; return an empty one if there is none.

        Raises:
            InputError: the file is not UTF-8, or a row is not a valid entry.
        """
        path = self.workspace.glossary_path(locale)
        text = self.workspace.text(path)
        return NO_GLOSSARY if text is None else parse_glossary(text, path)

    def reviewed(self, locales: Sequence[str]) -> Iterator[Catalog]:
        """Yield the catalogues of the translation memory, those of deleted articles included."""
        names = [name for name in self.workspace.articles() if name not in self.failures]
        for locale in locales:
            for name in names:
                yield self.catalogues.read(name, locale)
            for name in self.catalogues.orphans(locale):
                with suppress(InputError):  # it is optional, and a check reports it
                    yield self.catalogues.read(name, locale)

    def verify(self, command: str) -> None:
        """Read all input of a command, so that invalid files are found before it writes.

        An article is left out if one of its files is invalid or cannot be read.

        Raises:
            InputError: a file for all articles is invalid.
            MachineError: a file for all articles cannot be read.
        """
        settings = self.workspace.settings
        self._verify_options()
        for name in self.articles:
            with self.guard(name):
                self._verify(command, name)
        # The memory reads the catalogues of all articles, not only of those selected.
        if self.articles and command in ("translate", "run") and "memory" in settings.engines:
            for name in set(self.workspace.articles()) - {*self.articles, *self.unchanged_articles}:
                with self.guard(name):
                    self._read_catalogues(name, self.catalogue_locales)
        if self.articles and command in ("build", "run"):
            for locale in (settings.source, *self.locales):
                pages.page_words(self.workspace, locale)

    def _verify_options(self) -> None:
        options = self.options
        for name in (*options.allow_loss, *options.minor, *options.correction):
            self.workspace.choose(name)
        if both := set(options.minor).intersection(options.correction):
            message = f"the edits of '{min(both)}' are either minor or a correction"
            raise UsageError(f"{message}; use one of --minor and --correction")

    def _verify(self, command: str, name: str) -> None:
        self.source(name)
        if command in ("align", "run"):
            for locale in self.locales:
                self.version(name, locale)
                if self.options.take_over:
                    self.foreign_page(name, locale)
        if command == "check":  # where a damaged catalogue is a finding
            for locale in self.catalogue_locales:
                self.workspace.read(self.workspace.catalogue_path(name, locale))
            return
        self.catalogues.read_template(name)
        is_build = command in ("build", "run")
        settings = self.workspace.settings
        bases = (base for locale in self.locales for base in settings.base_locales(locale))
        locales = (settings.source, *settings.locales)
        self._read_catalogues(name, locales if is_build else (*self.catalogue_locales, *bases))

    def _read_catalogues(self, name: str, locales: Sequence[str]) -> None:
        for locale in locales:
            self.catalogues.read(name, locale)

    @property
    def align_confidence(self) -> float:
        """Confidence below which an aligned text always remains a draft."""
        option = self.options.min_confidence
        return self.workspace.settings.align_confidence if option is None else option

    def has_other_language(self, locale: str) -> bool:
        """Return whether the language of a locale differs from the source's."""
        source = self.workspace.settings.source
        return source.partition("_")[0] != locale.partition("_")[0]

    def tell_and_keep(self, article: str, line: str) -> None:
        """Print a line that is repeated in later runs, until the article changes."""
        self.tell(line)
        outcome = self.outcomes.get(article, ArticleOutcome())
        self.outcomes[article] = outcome._replace(lines=(*outcome.lines, line))

    def keep_findings(self, article: str, findings: Sequence[Finding]) -> None:
        """Keep findings for the end of this run, and of later runs until the article changes."""
        self.add_findings(findings)
        outcome = self.outcomes.get(article, ArticleOutcome())
        self.outcomes[article] = outcome._replace(findings=(*outcome.findings, *findings))

    def add_findings(self, findings: Sequence[Finding]) -> None:
        """Keep findings for the end of this run."""
        self.findings += findings
