"""Collect the files to check, articles and catalogues, with the places of their texts."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pipeline.article import InArticle, InEntry, read_article
from pipeline.catalogue import extract
from pipeline.errors import InputError, UsageError
from pipeline.findings import Finding, Place, Problem, Severity
from pipeline.gate.document import Document, Passage, of_article, of_catalogue
from pipeline.language import NO_GLOSSARY, Glossary, glossary_words, kept_terms, require_locale
from pipeline.markdown import is_mdx
from pipeline.pages import build
from pipeline.project import Revision, version_finder
from pipeline.rules import (
    RULES,
    check_article,
    check_glossary_file,
    check_publishable,
    check_up_to_date,
)
from pipeline.rules import check_catalogue_file as check_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.catalogue import PoFile
    from pipeline.commands import Job
    from pipeline.model import Article, Catalog

__all__ = ["Placed", "Spots", "Subject", "all_subjects", "changed", "named_subjects"]


class Placed(NamedTuple):
    """Problem of a file as a whole, or of one of its lines."""

    problem: Problem
    place: Place | None
    catalogue: Place | None = None


class Spots(NamedTuple):
    """Location of a text."""

    article: Place | InArticle | None
    """In the article: the place of all of it, or a locator of its ranges."""
    entry: InEntry | None = None
    """Locator in the catalogue."""

    def places(self, start: int, end: int) -> tuple[Place | None, Place | None]:
        """Return the places of a range of the text in the article and in the catalogue."""
        here = self.article
        if isinstance(here, InArticle):
            here = here.place(start, end)
        return here, self.entry.place(start, end) if self.entry else None


class Subject(NamedTuple):
    """File to be checked."""

    path: str
    article: str
    """Name of the article; empty where it is none of the project's."""
    locale: str
    document: Document | None
    """Texts of the file; None where it cannot be read or only the file is checked."""
    locate: Callable[[int], Spots]
    """Function that returns the location of a text from its index."""
    placed: tuple[Placed, ...] = ()
    built: tuple[Finding, ...] = ()
    """Findings on texts that the build leaves out."""
    version: Article | None = None
    """Article, where it is the file to be checked."""
    catalog: Catalog | None = None
    """Catalogue to be checked, as it was read for that."""


def all_subjects(job: Job) -> list[Subject]:
    """Return the source version and catalogues of each article, orphaned catalogues and glossaries.

    Orphans are included only where the job is for all articles, and glossaries only if they
    contradict themselves. Articles that cannot be read are left out.
    """
    found = []
    job.verify("check")
    for name in job.articles:
        found.append(_version(job, job.workspace.settings.source, name))
        found += [_catalogue(job, name, locale) for locale in job.locales]
    if job.whole:
        found += [
            _orphan(job.workspace.catalogue_path(name, one), one)
            for one in job.locales
            for name in job.catalogues.orphans(one)
        ]
    return [*found, *_glossaries(job, job.locales)]


def named_subjects(job: Job, paths: list[str], locale: str | None) -> list[Subject]:
    """Return the named files, by their paths from the root, and glossaries of the catalogues.

    A Markdown file that is no version of an article is read in ``locale``, or in the
    language that its front matter names. Files that cannot be read are left out.

    Raises:
        UsageError: a file is neither an article nor a catalogue, or its language is not known.
    """
    found = []
    for path in dict.fromkeys(paths):
        with job.guard(path):
            found.append(_named(job, path, locale))
    return [*found, *_glossaries(job, [one.locale for one in found if one.catalog])]


def _named(job: Job, path: str, locale: str | None) -> Subject:
    kind, name, language = job.workspace.identify(path)
    if kind == "catalogue":
        if name not in job.workspace.articles():
            source = job.workspace.article_path(name, job.workspace.settings.source)
            raise UsageError(f"{path}: the article of this catalogue is missing: expected {source}")
        if job.workspace.read(path) is None:
            raise UsageError(f"{path}: no such file")
        return _catalogue(job, name, language)
    if kind == "article" or path.endswith((".md", ".markdown")):
        return _version(job, language or locale or "", name, path)
    if path.endswith(".pot"):
        return _template(job, path)
    message = "expected an article (Markdown) or a catalogue (PO) of this project"
    raise UsageError(f"{path}: {message}")


def changed(job: Job, subjects: list[Subject], since: str) -> list[Subject]:
    """Return the files that changed since a revision of git, without their unchanged texts.

    Raises:
        UsageError: there is no such revision, or no repository.
    """
    revision = Revision(job.workspace.root, since)
    left = []
    for subject in subjects:
        old = revision.read(subject.path)
        if old == job.workspace.read(subject.path):
            continue
        document = subject.document
        if document is not None and old is not None:
            document = document.without(_before(job, subject, old))
        left.append(subject._replace(document=document))
    return left


def _before(job: Job, subject: Subject, old: bytes) -> frozenset[tuple[str, ...]]:
    """Return the identities of the texts in an older content; none where it cannot be read."""
    try:
        if subject.version is not None:
            passages = of_article(read_article(old, subject.path, job.workspace.settings.rules))
        else:
            passages = of_catalogue(job.catalogues.parse(old, subject.article, subject.locale))
    except InputError:
        return frozenset()
    return frozenset(passage.identity for passage in passages)


def _version(job: Job, locale: str, name: str, path: str = "") -> Subject:
    settings = job.workspace.settings
    path = path or job.workspace.article_path(name, locale)
    data = job.workspace.read(path)
    if data is None:
        raise UsageError(f"{path}: no such file")
    article = read_article(data, path, settings.rules)
    if article.fault:
        raise InputError(article.fault.message, path, article.fault.line)
    locale = locale or _language(article)
    terminology = job.glossary(locale) if locale != settings.source else NO_GLOSSARY
    document = _document(job, name, locale, article, of_article(article), terminology)

    def locate(index: int) -> Spots:
        return Spots(InArticle(article, article.segments[index]))

    placed = tuple(Placed(p, place) for p, place in check_article(article, settings.terms, locale))
    return Subject(path, name, locale, document, locate, placed, version=article)


def _document(
    job: Job,
    name: str,
    locale: str,
    article: Article,
    passages: list[Passage],
    terminology: Glossary,
    version: Callable[[str], str] | None = None,
) -> Document:
    settings = job.workspace.settings
    return Document(
        locale,
        passages,
        source_locale=settings.source,
        terms=article.terms + settings.terms + kept_terms(terminology),
        labels=article.labels,
        words=_known(job, locale, name) | glossary_words(terminology),
        terminology=terminology,
        version=version,
    )


def _language(article: Article) -> str:
    names = dict(article.metadata)
    found = next((names[key] for key in ("language", "lang", "locale") if names.get(key)), "")
    if not found:
        message = "unknown language: use --locale, or add 'language:' to the front matter"
        raise UsageError(f"{article.path}: {message}")
    return require_locale(found)


def _catalogue(job: Job, name: str, locale: str) -> Subject:
    settings, workspace = job.workspace.settings, job.workspace
    path = workspace.catalogue_path(name, locale)
    article = job.source(name)
    data = workspace.read(path)
    placed = _of_file(data, locale, path)
    try:
        catalog = job.catalogue(name, article, locale)
        file = job.catalogues.file(name, locale)
    except InputError as error:
        if not any(_is_error(one.problem) for one in placed):
            place = Place(path, error.line or 1)
            placed += (Placed(Problem("PO107", str(error)), None, place),)
        return Subject(path, name, locale, None, lambda _: Spots(None), placed)
    terminology = job.glossary(locale)
    version = version_finder(workspace, name, locale)
    document = _document(job, name, locale, article, of_catalogue(catalog), terminology, version)
    whole = (
        check_publishable(catalog, settings.publish_at),
        check_up_to_date(catalog, extract(article, name)),
    )
    placed += tuple(Placed(p, None, Place(path, 1)) for p in chain(*whole))
    mdx = is_mdx(article.data, workspace.page_path(name, locale))
    built = build(article, catalog, path, drafts=True, mdx=mdx).findings
    locate = _locator(article, catalog, file, path)
    return Subject(path, name, locale, document, locate, placed, tuple(built), catalog=catalog)


def _template(job: Job, path: str) -> Subject:
    """Return a template, of which only the file is checked: its texts are those of the article."""
    data = job.workspace.read(path)
    if data is None:
        raise UsageError(f"{path}: no such file")
    return _whole_file(path, job.workspace.settings.source, _of_file(data, "", path))


def _orphan(path: str, locale: str) -> Subject:
    message = (
        "the article of this catalogue is missing: delete the catalogue, or restore the article"
    )
    return _whole_file(path, locale, (Placed(Problem("CO106", message), None, Place(path, 1)),))


def _glossaries(job: Job, locales: Iterable[str]) -> Iterator[Subject]:
    """Yield the glossaries that contradict themselves: each once, however many articles use it."""
    for locale in dict.fromkeys(locales):
        path = job.workspace.glossary_path(locale)
        told = check_glossary_file(job.glossary(locale), path)
        if told:
            yield _whole_file(path, locale, tuple(Placed(p, place) for p, place in told))


def _whole_file(path: str, locale: str, placed: tuple[Placed, ...]) -> Subject:
    """Return a file of which no text is checked."""
    return Subject(path, "", locale, None, lambda _: Spots(None), placed)


def _of_file(data: bytes | None, locale: str, path: str) -> tuple[Placed, ...]:
    if data is None:
        return ()
    return tuple(Placed(p, None, place) for p, place in check_file(data, locale, path))


def _is_error(problem: Problem) -> bool:
    return (problem.severity or RULES[problem.code].severity) is Severity.ERROR


def _locator(article: Article, catalog: Catalog, file: PoFile, path: str) -> Callable[[int], Spots]:
    segments = {(s.context, s.text): s for s in reversed(article.segments)}

    def locate(index: int) -> Spots:
        unit = catalog.units[index]
        segment = segments.get(unit.key)
        here = InArticle(article, segment).place() if segment else None
        if here is None and unit.references:
            here = Place(*unit.references[0])
        entry = file.entries.get(unit.key)
        if entry is None:
            return Spots(here)
        return Spots(here, InEntry(path, entry.raw.decode(file.charset, "replace"), unit.line))

    return locate


def _known(job: Job, locale: str, article: str) -> frozenset[str]:
    """Return the words that the project knows to be right, case-folded."""
    check = job.workspace.settings.check
    scopes = (check.locale.get(locale), check.article.get(article))
    listed = [*check.words, *(word for scope in scopes if scope for word in scope.words)]
    text = job.workspace.text(job.workspace.words_path(locale)) or ""
    listed += (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(word.casefold() for word in listed if word)
