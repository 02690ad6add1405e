"""`build --as`: a language of an article as a Word document or an HTML fragment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import UsageError
from pipeline.pages import box_labels, build_page, page_words, render_fragment, render_word
from pipeline.project import write_output

if TYPE_CHECKING:
    from pipeline.commands.job import Job

__all__ = ["DocumentRequest", "write_documents"]


class DocumentRequest(NamedTuple):
    """Documents that are wanted."""

    kind: str
    """One of `DOCUMENT_KINDS`."""
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
    plan = job.plan(name, locale)
    if not (plan.is_published or job.options.drafts):
        job.tell(
            f"{name} {locale}: {plan.reason}: no document written; --drafts writes one with drafts"
        )
        return
    built = build_page(workspace, plan, preview=job.options.drafts)
    job.keep_findings(name, built.findings)
    if request.kind == "docx":
        mark = f"{name}:{locale}"
        content = render_word(built.data, article.path, locale, mark, workspace.read)
    else:
        labels = box_labels(page_words(workspace, locale), locale)
        content = render_fragment(built.data, labels).encode()
    if request.output:
        _write_named(job, Path(request.output), content)
        return
    target = workspace.document_path(name, locale, request.kind)
    if not job.record.put(target, content):
        job.tell(
            f"{target} not replaced: it was changed since it was built, as by a reviewer; move it "
            "away to write it anew"
        )


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
