"""`build --as`: a language of an article as a Word document or an HTML fragment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue import share_reviewed, with_base_texts
from pipeline.commands.job_options import DOCUMENT_ENDINGS
from pipeline.errors import UsageError
from pipeline.pages import build, render_fragment, render_word
from pipeline.project import write_output

if TYPE_CHECKING:
    from pipeline.commands.job import Job
    from pipeline.model import Catalog

__all__ = ["DocumentRequest", "write_documents"]


class DocumentRequest(NamedTuple):
    """Documents that are wanted."""

    kind: str
    """One of `DOCUMENT_ENDINGS`."""
    locale: str | None = None
    """Only this locale, which may be the source's."""
    output: str | None = None
    """Path of the file; None for one in the folder of the pages."""


def write_documents(job: Job, request: DocumentRequest) -> None:
    """Write each article in each language as a document.

    Raises:
        UsageError: a file is named, and there is more than one document; or it exists.
    """
    source = job.workspace.settings.source
    locales = job.locales if request.locale else (source, *job.locales)
    if request.locale and not job.locales:
        locales = (source,)
    if request.output and (len(job.articles) > 1 or len(locales) > 1):
        raise UsageError(
            "--output FILE is for one document; add --article NAME and --locale LOCALE"
        )
    for name in job.articles:
        with job.guard(name):
            for locale in locales:
                _write(job, request, name, locale)
    job.record.merge_journal()


def _write(job: Job, request: DocumentRequest, name: str, locale: str) -> None:
    workspace = job.workspace
    article = job.source(name)
    data = article.data
    if locale != workspace.settings.source:
        catalog = _catalog(job, name, locale)
        share, needed = share_reviewed(catalog), workspace.settings.publish_at
        if share < needed and not job.options.drafts:
            job.tell(
                f"{name} {locale}: {share:.0%} reviewed, publish_at requires {needed:.0%}: no "
                "document written; --drafts writes one with drafts"
            )
            return
        path = workspace.catalogue_path(name, locale)
        language = (workspace.settings.source, locale)
        built = build(article, catalog, path, drafts=job.options.drafts, language=language)
        job.keep_findings(name, built.findings)
        data = built.data
    if request.kind == "docx":
        mark = f"{name}:{locale}"
        content = render_word(data, article.path, locale, mark, workspace.read)
    else:
        content = render_fragment(data).encode("utf-8")
    if request.output:
        _write_named(job, Path(request.output), content)
        return
    page = workspace.html_path(name, locale).removesuffix(".html")
    target = page + DOCUMENT_ENDINGS[request.kind]
    if not job.record.put(target, content):
        job.tell(
            f"{target} not replaced: it was changed since it was built, as by a reviewer; move it "
            "away to write it anew"
        )


def _catalog(job: Job, name: str, locale: str) -> Catalog:
    """Return a catalogue with the texts that it takes from those of its base locales."""
    catalog = job.catalogue(name, job.source(name), locale)
    bases = job.bases(name, locale)
    return with_base_texts(catalog, bases, drafts=job.options.drafts) if bases else catalog


def _write_named(job: Job, target: Path, content: bytes) -> None:
    if target.is_file() and target.read_bytes() == content:
        return
    if target.exists() and target.is_file():
        raise UsageError(f"--output {target}: exists; delete it or choose another name")
    if job.workspace.check:
        job.tell(f"would write {target}")
        return
    write_output(job.workspace, target, "--output", content)
    job.tell(f"wrote {target}")
