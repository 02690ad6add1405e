"""Collect the files to check, articles and catalogues, with the places of their texts."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pipeline.article import InArticle, InEntry, read_article, with_detected_languages
from pipeline.catalogue import with_base_texts
from pipeline.commands import explain_orphan, find_moves
from pipeline.errors import InputError, UsageError
from pipeline.findings import Finding, Place, Problem, Severity
from pipeline.gate.document import CheckedText, Document, article_texts, catalogue_texts
from pipeline.language import NO_GLOSSARY, Glossary, glossary_words, kept_terms, require_locale
from pipeline.markdown import is_mdx
from pipeline.pages import build, counted_apart, find_left_out
from pipeline.project import Revision, source_link_finder
from pipeline.rules import (
    RULES,
    check_article,
    check_glossary_file,
    check_publishable,
    check_up_to_date,
)
from pipeline.rules import check_catalogue_file as check_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pipeline.catalogue import PoFile
    from pipeline.commands import Job
    from pipeline.model import Article, Catalog
    from pipeline.project import SourceLink

__all__ = [
    "PlacedProblem",
    "Subject",
    "TextLocation",
    "all_subjects",
    "changed_since",
    "named_subjects",
]


_HIDING = ("AR110", "AR114")
"""Codes of problems that hide the text after them."""


class PlacedProblem(NamedTuple):
    """Problem of a file as a whole, or of one of its lines."""

    problem: Problem
    place: Place | None
    catalogue: Place | None = None


class TextLocation(NamedTuple):
    """Location of a text."""

    article: Place | InArticle | None
    """In the article: the place of all of it, or a locator of its ranges."""
    entry: InEntry | None = None
    """Locator in the catalogue."""

    def places(self, start: int, end: int) -> tuple[Place | None, Place | None]:
        """Return the places of a range of the text in the article and in the catalogue."""
        article = self.article
        if isinstance(article, InArticle):
            article = article.place(start, end)
        return article, self.entry.place(start, end) if self.entry else None


class Subject(NamedTuple):
    """File to be checked."""

    path: str
    article: str
    """Name of the article; empty where it is none of the project's."""
    locale: str
    document: Document | None
    """Texts of the file; None where it cannot be read or only the file is checked."""
    locate: Callable[[int], TextLocation]
    """Function that returns the location of a text from its index."""
    file_problems: tuple[PlacedProblem, ...] = ()
    build_findings: tuple[Finding, ...] = ()
    """Findings on texts that the build leaves out."""
    version: Article | None = None
    """Article, where it is the file to be checked."""
    catalog: Catalog | None = None
    """Catalogue to be checked, as it was read for that."""


def all_subjects(job: Job) -> list[Subject]:
    """Return the source version and catalogues of each article, orphaned catalogues and glossaries.

    Versions in other languages are included if a part of them is not read, because it is hidden by
    a comment or a code fence that is never closed: they may fill catalogues. Orphans are included
    only where the job is for all articles, and glossaries only if they contradict themselves.
    Articles that cannot be read are left out.
    """
    subjects = []
    job.verify("check")
    for name in job.articles:
        subjects += _article_subjects(job, job.workspace.settings.source, name)
        subjects += [_catalogue_subject(job, name, locale) for locale in job.locales_of(name)]
        subjects += _version_subjects(job, name)
    if job.has_all_articles:
        subjects += _orphan_subjects(job)
    return [*subjects, *_glossary_subjects(job, job.locales)]


def named_subjects(job: Job, paths: list[str], locale: str | None) -> list[Subject]:
    """Return the named files, by their paths from the root, and glossaries of the catalogues.

    A Markdown file that is no version of an article is read in ``locale``, or in the
    language that its front matter names. Files that cannot be read are left out.

    Raises:
        UsageError: a file is neither an article nor a catalogue, or its language is not known.
    """
    subjects = []
    for path in dict.fromkeys(paths):
        with job.guard(path):
            subjects += _named_subjects(job, path, locale)
    return [
        *subjects,
        *_glossary_subjects(job, [subject.locale for subject in subjects if subject.catalog]),
    ]


def _named_subjects(job: Job, path: str, locale: str | None) -> list[Subject]:
    kind, name, language = job.workspace.identify(path)
    if kind == "catalogue":
        if name not in job.workspace.articles():
            source = job.workspace.article_path(name, job.workspace.settings.source)
            raise UsageError(f"{path}: the article of this catalogue is missing: expected {source}")
        if job.workspace.read(path) is None:
            raise UsageError(f"{path}: file not found")
        return [_catalogue_subject(job, name, language)]
    if kind == "article" or path.endswith((".md", ".markdown")):
        return _article_subjects(job, language or locale or "", name, path)
    if path.endswith(".pot"):
        return [_template_subject(job, path)]
    message = "expected an article (Markdown) or a catalogue (PO) of this project"
    raise UsageError(f"{path}: {message}")


def changed_since(job: Job, subjects: list[Subject], since: str) -> list[Subject]:
    """Return the files that changed since a revision of git, without their unchanged texts.

    Raises:
        UsageError: there is no such revision, or no repository.
    """
    revision = Revision(job.workspace.root, since)
    changed_subjects = []
    for subject in subjects:
        old_data = revision.read(subject.path)
        if old_data == job.workspace.read(subject.path):
            continue
        document = subject.document
        if document is not None and old_data is not None:
            document = document.without(_old_identities(job, subject, old_data))
        changed_subjects.append(subject._replace(document=document))
    return changed_subjects


def _old_identities(job: Job, subject: Subject, old: bytes) -> frozenset[tuple[str, ...]]:
    """Return the identities of the texts in an older content; none where it cannot be read."""
    try:
        if subject.version is not None:
            # In whatever language, as a text that is stated to be in another is checked anew.
            texts = article_texts(read_article(old, subject.path, job.workspace.settings.rules))
        else:
            texts = catalogue_texts(job.catalogues.parse(old, subject.article, subject.locale))
    except InputError:
        return frozenset()
    return frozenset(text.identity for text in texts)


def _article_subjects(job: Job, locale: str, name: str, path: str = "") -> list[Subject]:
    """Return a version of an article: a subject for each language in which it has texts."""
    settings = job.workspace.settings
    path = path or job.workspace.article_path(name, locale)
    data = job.workspace.read(path)
    if data is None:
        raise UsageError(f"{path}: file not found")
    article = read_article(data, path, settings.rules)
    if article.fault:
        raise InputError(article.fault.message, path, article.fault.line)
    locale = locale or _language_of(article)
    if locale == settings.source:
        article = with_detected_languages(article, locale)
    terminology = job.glossary(locale) if locale != settings.source else NO_GLOSSARY

    def locate(index: int) -> TextLocation:
        return TextLocation(InArticle(article, article.segments[index]))

    found = check_article(article, settings.terms, locale)
    if settings.html and name and locale == settings.source:
        found += find_left_out(article, settings.frame_hosts)
    file_problems = tuple(PlacedProblem(problem, place) for problem, place in found)
    subjects = []
    for language in dict.fromkeys(("", *(segment.language for segment in article.segments))):
        texts = article_texts(article, language)
        document = _make_document(job, name, language or locale, article, texts, terminology)
        problems = () if language else file_problems
        subjects.append(
            Subject(path, name, language or locale, document, locate, problems, version=article)
        )
    return subjects


def _version_subjects(job: Job, name: str) -> Iterator[Subject]:
    """Yield the versions in other languages of which a part is hidden."""
    workspace = job.workspace
    if workspace.in_place:  # built from the source
        return
    for locale in job.locales:
        path = workspace.article_path(name, locale)
        data = workspace.read(path) or b""
        if not any(mark in data for mark in (b"```", b"~~~", b"<!--")):
            continue
        try:
            problems = check_article(read_article(data, path, workspace.settings.rules))
        except InputError:  # a step that needs the version says so
            continue
        hiding = tuple(PlacedProblem(p, at) for p, at in problems if p.code in _HIDING)
        if hiding:
            yield _file_subject(path, locale, hiding)


def _make_document(
    job: Job,
    name: str,
    locale: str,
    article: Article,
    texts: list[CheckedText],
    terminology: Glossary,
    find_source_link: Callable[[str], SourceLink | None] | None = None,
    apart: Mapping[tuple[str, str], str] | None = None,
) -> Document:
    settings = job.workspace.settings
    return Document(
        locale,
        texts,
        source_locale=settings.source,
        terms=article.terms + settings.terms + kept_terms(terminology),
        labels=article.labels,
        words=_known_words(job, locale, name) | glossary_words(terminology),
        terminology=terminology,
        find_source_link=find_source_link,
        apart=apart,
    )


def _language_of(article: Article) -> str:
    metadata = dict(article.metadata)
    language = next(
        (metadata[key] for key in ("language", "lang", "locale") if metadata.get(key)), ""
    )
    if not language:
        message = "unknown language: use --locale, or add 'language:' to the front matter"
        raise UsageError(f"{article.path}: {message}")
    return require_locale(language)


def _catalogue_subject(job: Job, name: str, locale: str) -> Subject:
    settings, workspace = job.workspace.settings, job.workspace
    path = workspace.catalogue_path(name, locale)
    article = job.source(name)
    data = workspace.read(path)
    file_problems = _find_file_problems(data, locale, path)
    try:
        catalog = job.catalogue(name, article, locale)
        file = job.catalogues.file(name, locale)
    except InputError as error:
        # The rules for files usually say why it cannot be read, and where.
        if not any(_is_error(one.problem) for one in file_problems):
            place = Place(path, error.line or 1)
            file_problems += (PlacedProblem(Problem("PO107", str(error)), None, place),)
        return Subject(path, name, locale, None, lambda _: TextLocation(None), file_problems)
    terminology = job.glossary(locale)
    find_source_link = source_link_finder(workspace, name, locale, job.is_published)
    apart = counted_apart(job.plan(name, locale))
    document = _make_document(
        job, name, locale, article, catalogue_texts(catalog), terminology, find_source_link, apart
    )
    shown = with_base_texts(catalog, job.bases(name, locale), drafts=False)
    problem_lists = (
        # The article's own page is published in any case.
        check_publishable(shown, settings.publish_at, job.complete(name, shown))
        if locale != settings.source
        else (),
        check_up_to_date(catalog, job.template(name, article, locale)),
    )
    file_problems += tuple(PlacedProblem(p, None, Place(path, 1)) for p in chain(*problem_lists))
    mdx = is_mdx(article.data, workspace.page_path(name, locale))
    # With drafts, so that a text that breaks its page is found before anybody reviews it.
    build_findings = build(article, catalog, path, drafts=True, mdx=mdx).findings
    locate = _make_locator(article, catalog, file, path)
    return Subject(
        path, name, locale, document, locate, file_problems, tuple(build_findings), catalog=catalog
    )


def _template_subject(job: Job, path: str) -> Subject:
    """Return a template, of which only the file is checked: its texts are those of the article."""
    data = job.workspace.read(path)
    if data is None:
        raise UsageError(f"{path}: file not found")
    return _file_subject(path, job.workspace.settings.source, _find_file_problems(data, "", path))


def _orphan_subjects(job: Job) -> Iterator[Subject]:
    """Yield the catalogues without an article, with where their texts are now."""
    locales = job.catalogue_locales
    pairs = [(name, locale) for locale in locales for name in job.catalogues.orphans(locale)]
    if not pairs:
        return
    moves = find_moves(job)
    for name, locale in pairs:
        message = explain_orphan(moves, name, locale) or (
            "the article of this catalogue is missing: delete the catalogue, or restore the article"
        )
        path = job.workspace.catalogue_path(name, locale)
        problem = PlacedProblem(Problem("CO106", message), None, Place(path, 1))
        yield _file_subject(path, locale, (problem,))


def _glossary_subjects(job: Job, locales: Iterable[str]) -> Iterator[Subject]:
    """Yield the glossaries that contradict themselves: each once, however many articles use it."""
    for locale in dict.fromkeys(locales):
        path = job.workspace.glossary_path(locale)
        problems = check_glossary_file(job.glossary(locale), path)
        if problems:
            yield _file_subject(
                path, locale, tuple(PlacedProblem(p, place) for p, place in problems)
            )


def _file_subject(path: str, locale: str, file_problems: tuple[PlacedProblem, ...]) -> Subject:
    """Return a file of which no text is checked."""
    return Subject(path, "", locale, None, lambda _: TextLocation(None), file_problems)


def _find_file_problems(data: bytes | None, locale: str, path: str) -> tuple[PlacedProblem, ...]:
    if data is None:
        return ()
    return tuple(PlacedProblem(p, None, place) for p, place in check_file(data, locale, path))


def _is_error(problem: Problem) -> bool:
    return (problem.severity or RULES[problem.code].severity) is Severity.ERROR


def _make_locator(
    article: Article, catalog: Catalog, file: PoFile, path: str
) -> Callable[[int], TextLocation]:
    # Reversed, so that the first of several equal texts gives the place.
    segments = {(s.context, s.text): s for s in reversed(article.segments)}

    def locate(index: int) -> TextLocation:
        unit = catalog.units[index]
        segment = segments.get(unit.key)
        place = InArticle(article, segment).place() if segment else None
        entry = file.entries.get(unit.key)
        if entry is None:
            return TextLocation(place)
        return TextLocation(
            place, InEntry(path, entry.raw.decode(file.charset, "replace"), unit.line)
        )

    return locate


def _known_words(job: Job, locale: str, article: str) -> frozenset[str]:
    """Return the words that the project knows to be right, case-folded."""
    check = job.workspace.settings.check
    scopes = (check.locale.get(locale), check.article.get(article))
    words = [*check.words, *(word for scope in scopes if scope for word in scope.words)]
    text = job.workspace.text(job.workspace.words_path(locale)) or ""
    words += (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(word.casefold() for word in words if word)
