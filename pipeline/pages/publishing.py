"""Write the pages of a plan: those that may be published, and previews; Markdown and HTML."""

from __future__ import annotations

import codecs
import posixpath
import re
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from pipeline.article import read_article
from pipeline.markdown import is_mdx, markdown_body, with_own_values
from pipeline.pages.building import Assembled, assemble
from pipeline.pages.destinations import as_in_source, for_page, named_articles, named_files
from pipeline.pages.foreign_parts import mark_part, quoted_languages
from pipeline.pages.heading_ids import keep_heading_ids
from pipeline.pages.interface import page_words
from pipeline.pages.planning import Decision, Plan, PlannedText, Standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.findings import Finding
    from pipeline.model import Article, Segment
    from pipeline.pages.ownership import Record
    from pipeline.project import Workspace

__all__ = ["as_version", "build_page", "linked_files", "publish"]

_TABLE_OF_CONTENTS = "SUMMARY.md"
"""Table of contents of a book: mdBook refuses items that are more than a link."""
_NOT_REPLACED = " not replaced: the pipeline did not write it, or it was changed since"
_DELETE_ADVICE = "; delete it to rebuild it"
# In other forms, such as an attribute, a tag around a text would be text itself.
_BLOCK_FORMS = ("markdown", "line")
_DRAFT_MARK = re.compile(rb'<mark class="draft">(.*?)</mark>', re.DOTALL)
_SOURCE_MARK = re.compile(rb'<span class="untranslated" lang="[\w-]+">(.*?)</span>', re.DOTALL)
_PREVIEW_MARK = re.compile(rb'<mark class="draft"|\[draft\] |<meta name="robots" content="noindex"')


def publish(
    workspace: Workspace,
    record: Record,
    plan: Plan,
    published: Callable[[str, str], bool],
    *,
    drafts: bool,
    tell: Callable[[str], None],
) -> tuple[Finding, ...]:
    """Write the pages of a plan; return the findings of their builds.

    A page that must not be published is removed, and previews are written only with ``drafts``.
    ``published`` tells whether an article is published in a locale, for links to it. ``tell``
    reports each page that somebody else wrote, which is left alone.
    """
    build = partial(_write, workspace, record, plan, tell)
    findings: dict[Finding, None] = {}
    if plan.is_published:
        findings |= dict.fromkeys(build(published, preview=False))
    else:
        _withdraw(workspace, record, plan, tell)
    # A generator shows the source itself.
    if drafts and (workspace.settings.html or plan.locale != workspace.settings.source):
        # There is a preview of every article in every locale.
        findings |= dict.fromkeys(build(lambda _name, _locale: True, preview=True))
    return tuple(findings)


def _withdraw(
    workspace: Workspace, record: Record, plan: Plan, tell: Callable[[str], None]
) -> None:
    """Remove the pages of a locale that is not published, if nobody changed them."""
    paths = [workspace.page_path(plan.name, plan.locale)]
    if workspace.settings.html:
        paths.append(workspace.html_path(plan.name, plan.locale))
    for path in paths:
        data = None if path == plan.article.path else workspace.read(path)
        # Where pages are built in place, somebody's page is a version.
        if data is None or (workspace.in_place and not record.owns(path, data)):
            continue
        if plan.decision is Decision.WITHDRAWN:
            record.withdraw(path, data, plan.reason, tell)
        # Earlier releases wrote previews to the place of pages.
        elif _PREVIEW_MARK.search(data):
            record.withdraw(path, data, "previews are in another folder now", tell)
        else:
            tell(f"{path}: is from an earlier build; delete it if it must not be published")


def as_version(workspace: Workspace, name: str, locale: str, path: str, data: bytes) -> bytes:
    """Return a version, or a page that somebody edited, as it would be beside the source.

    A page loses the marks of its drafts, and of the source's words.
    """
    if path in workspace.all_page_paths(name, locale):
        data = _DRAFT_MARK.sub(rb"\1", data).replace(b"[draft] ", b"")
        data = _SOURCE_MARK.sub(rb"\1", data)
    source = workspace.article_path(name, workspace.settings.source)
    return as_in_source(workspace, data, path, source, workspace.read(source) or b"")


def linked_files(workspace: Workspace, article: Article, name: str) -> list[str]:
    """Return the paths of other files on which the pages of an article depend.

    They are files that it names, at each place at which a build looks for them, and the sources
    and catalogues of articles to which it links.
    """
    locales = (workspace.settings.source, *workspace.settings.locales)
    pages = [path for locale in locales for path in workspace.all_page_paths(name, locale)]
    paths = named_files(workspace, article, pages)
    for other in dict.fromkeys(named_articles(workspace, article)):
        paths.append(workspace.article_path(other, workspace.settings.source))
        paths += [workspace.catalogue_path(other, one) for one in workspace.settings.locales]
    return list(dict.fromkeys(paths))


def _is_table_of_contents(path: str) -> bool:
    return posixpath.basename(path) == _TABLE_OF_CONTENTS


def _choose_mark(
    path: str, *, is_source: bool, mdx: bool, preview: bool
) -> Callable[[Segment, PlannedText], str]:
    """Return the function that marks what is no reviewed translation in a page in Markdown."""
    if _is_table_of_contents(path):
        return _mark_nothing
    if preview:
        return _mark_in_words if mdx else _mark_draft
    # In MDX, a tag around a whole paragraph would replace the paragraph; and the page of the
    # source is the source.
    if mdx or is_source:
        return _mark_nothing
    return _mark_source


def _mark_source(segment: Segment, text: PlannedText) -> str:
    """Return the source's words, with their language, where they stand in a paragraph."""
    if text.standing.is_untranslated and _is_in_block(segment):
        return mark_part(text.words, text.language, in_block=True)
    return text.words


def _mark_for_html(segment: Segment, text: PlannedText) -> str:
    """Return a text with a mark of its language, wherever it stands, or with that of a draft."""
    if text.standing.is_untranslated:
        return mark_part(text.words, text.language, in_block=_is_in_block(segment))
    return _mark_draft(segment, text)


def _is_in_block(segment: Segment) -> bool:
    return segment.form.split(" ")[0] in _BLOCK_FORMS


def _mark_draft(segment: Segment, text: PlannedText) -> str:
    """Return a text, with a mark if it is a draft."""
    if text.standing is not Standing.DRAFT:
        return text.words
    if _is_in_block(segment):
        return f'<mark class="draft">{text.words}</mark>'
    return f"[draft] {text.words}"


def _mark_in_words(segment: Segment, text: PlannedText) -> str:
    """Return a text, with a mark in words if it is a draft.

    In MDX, a tag around a whole paragraph would replace the paragraph.
    """
    return f"[draft] {text.words}" if text.standing is Standing.DRAFT else text.words


def _mark_nothing(_segment: Segment, text: PlannedText) -> str:
    """Return a text unmarked, for files in which a mark would confuse a generator."""
    return text.words


def _write(
    workspace: Workspace,
    record: Record,
    plan: Plan,
    tell: Callable[[str], None],
    published: Callable[[str, str], bool],
    *,
    preview: bool,
) -> tuple[Finding, ...]:
    """Write the files of a page, or of its preview; return the findings of its build."""
    settings, article = workspace.settings, plan.article
    path = workspace.page_path(plan.name, plan.locale, preview=preview)
    mdx = is_mdx(article.data, workspace.page_path(plan.name, plan.locale))
    is_source = plan.locale == settings.source
    page = _assemble(
        workspace,
        plan,
        preview=preview,
        mark=_choose_mark(path, is_source=is_source, mdx=mdx, preview=preview),
        heading_ids="none" if _is_table_of_contents(path) else settings.heading_ids,
        mdx=mdx,
    )
    data = page.data
    if preview and settings.preview_values:
        data = _with_values(data, tuple(settings.preview_values.items()))
    move = partial(
        for_page,
        workspace,
        article=article,
        locale=plan.locale,
        published=published,
        preview=preview,
    )
    moved = move(data, page=path)
    if path != article.path and not record.put(path, moved.data):
        command = f"pipeline run --take-over --article {plan.name} --locale {plan.locale}"
        advice = f"; '{command}' aligns it, saves a copy and rebuilds it"
        has_catalogue = plan.locale != settings.source
        tell(path + _NOT_REPLACED + (advice if has_catalogue else _DELETE_ADVICE))
    elif settings.html:
        target = workspace.html_path(plan.name, plan.locale, preview=preview)
        html = _render(workspace, plan, lambda body: move(body, page=target).data, preview=preview)
        files = {copy: workspace.read(file) or b"" for file, copy in moved.copies.items()}
        for built, content in {target: html.encode("utf-8"), **files}.items():
            if not record.put(built, content):
                tell(built + _NOT_REPLACED + _DELETE_ADVICE)
    return page.findings


def build_page(workspace: Workspace, plan: Plan, *, preview: bool) -> Assembled:
    """Return the published page of a plan, or its preview, without marks of drafts."""
    return _assemble(workspace, plan, preview=preview, mark=_mark_nothing)


def _assemble(
    workspace: Workspace,
    plan: Plan,
    *,
    preview: bool,
    mark: Callable[[Segment, PlannedText], str],
    heading_ids: str = "none",
    mdx: bool = False,
) -> Assembled:
    """Return the article with the words of its plan."""
    source = workspace.settings.source
    is_source = plan.locale == source
    return assemble(
        plan.article,
        plan.preview_texts if preview else plan.published_texts,
        "" if is_source else workspace.catalogue_path(plan.name, plan.locale),
        language=(source, plan.locale),
        mark=mark,
        heading_ids=heading_ids,
        own_values=plan.own_values,
        mdx=mdx,
    )


def _render(
    workspace: Workspace, plan: Plan, move: Callable[[bytes], bytes], *, preview: bool
) -> str:
    """Return a page as HTML; ``move`` changes the paths in its Markdown."""
    from pipeline.pages.html import Alternate, Page, render_page  # a run without changes needs none

    settings, locale = workspace.settings, plan.locale
    path = workspace.html_path(plan.name, locale, preview=preview)
    page = _assemble(
        workspace,
        plan,
        preview=preview,
        mark=_mark_for_html,
    )
    body = keep_heading_ids(page.article.data, page.data, "attribute", all_headings=True)
    standings = [text.standing for text in page.texts]
    rendered = Page(
        locale=locale,
        source=settings.source,
        body=move(body),
        metadata=read_article(move(page.data), path, settings.rules).metadata,
        alternates=tuple(
            Alternate(
                other,
                _href(path, workspace.html_path(plan.name, other, preview=preview)),
                other == locale,
                preview or other in plan.published_locales,
            )
            for other in (settings.source, *settings.locales)
        ),
        share_reviewed=plan.share_reviewed,
        drafts=standings.count(Standing.DRAFT),
        untranslated=sum(standing.is_untranslated for standing in standings),
        inherited=plan.is_inherited,
        preview=preview,
        quoted=quoted_languages(page.article, page.texts, settings.source)
        if settings.quotation_note
        else (),
        frame_hosts=settings.frame_hosts,
        site="" if preview else _address(settings.site, workspace.page_folder, path),
    )
    return render_page(rendered, page_words(workspace, locale))


def _with_values(data: bytes, values: tuple[tuple[str, str], ...]) -> bytes:
    """Return a page with values in its front matter, which is added if there is none."""
    body, shift = markdown_body(data)
    if not shift or (shift == 3 and data.startswith(codecs.BOM_UTF8)):
        data = data[:shift] + b"---\n---\n\n" + body.encode("utf-8")
    return with_own_values(data, values)


def _href(path: str, other: str) -> str:
    """Return the relative address from one page to another."""
    return quote(posixpath.relpath(other, posixpath.dirname(path)))


def _address(site: str, folder: str, path: str) -> str:
    """Return the address of a page, empty if its folder is published nowhere."""
    if not site:
        return ""
    return urljoin(site.rstrip("/") + "/", quote(posixpath.relpath(path, folder or ".")))
