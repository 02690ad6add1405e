"""Publication of an article in one language, as Markdown and as an HTML page."""

from __future__ import annotations

import posixpath
import re
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from pipeline.article import read_article
from pipeline.catalogue import share_reviewed
from pipeline.markdown import is_mdx
from pipeline.model import State
from pipeline.pages.building import Built, build
from pipeline.pages.file_paths import candidate_paths, file_paths, move_paths
from pipeline.pages.foreign_parts import mark_part, quoted_languages
from pipeline.pages.heading_ids import keep_heading_ids
from pipeline.pages.interface import load_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.findings import Finding
    from pipeline.model import Article, Catalog, Segment
    from pipeline.pages.interface import Words
    from pipeline.pages.ownership import Record
    from pipeline.project import Settings, Workspace

__all__ = ["as_version", "is_published", "linked_files", "page_words", "publish"]

_TABLE_OF_CONTENTS = "SUMMARY.md"
"""Table of contents of a book: mdBook refuses items that are more than a link."""
_NOT_REPLACED = " not replaced: the pipeline did not write it, or it was changed since"
_DELETE_ADVICE = "; delete it to rebuild it"
# In other forms, such as an attribute, a tag around a text would be text itself.
_BLOCK_FORMS = ("markdown", "line")
_DRAFT_MARK = re.compile(rb'<mark class="draft">(.*?)</mark>', re.DOTALL)


def is_published(catalog: Catalog, publish_at: float) -> bool:
    """Return whether enough of a catalogue is reviewed (``publish_at`` is 0 to 1)."""
    return share_reviewed(catalog) >= publish_at


def page_words(workspace: Workspace, locale: str) -> Words:
    """Load the interface texts of a page, the project's own if it has some.

    Raises:
        InputError: the project's own file is not a PO file.
        MachineError: it cannot be read.
    """
    path = workspace.catalogue_path("interface", locale)
    exists = workspace.read(path) is not None
    return load_words(locale, workspace.locate(path) if exists else None)


def publish(
    workspace: Workspace,
    record: Record,
    article: Article,
    name: str,
    locale: str,
    catalogs: Mapping[str, Catalog],
    *,
    drafts: bool,
    tell: Callable[[str], None],
) -> tuple[Finding, ...]:
    """Write an article in one locale; return the findings of its build.

    ``catalogs`` has the catalogues of all locales but the source's. A regional locale shows the
    reviewed texts of its base where it has none. A locale with too few reviewed texts is written
    only with ``drafts``, as a preview; ``tell`` reports the reason. It also reports a page that
    somebody else wrote, which is left alone.
    """
    settings = workspace.settings
    published, inherited = _published(catalogs, settings)
    catalogs = _with_base_texts(catalogs, settings, drafts=drafts)
    catalog = catalogs.get(locale)
    write = partial(
        _write, workspace, record, article, name, locale, catalogs, published, inherited, tell
    )
    if catalog is None:
        built = Built(article.data, (), (State.REVIEWED,) * len(article.segments))
        write(built, built)
        return ()
    share = f"{name} {locale}: {share_reviewed(catalog):.0%} reviewed, publish_at requires "
    share += f"{settings.publish_at:.0%}"
    if not drafts and not is_published(catalog, settings.publish_at):
        path = workspace.page_path(name, locale)
        earlier_build = (
            f"; {path} is from an earlier build" if workspace.read(path) is not None else ""
        )
        tell(f"{share}: not built{earlier_build}; --drafts builds a preview")
        return ()
    path = workspace.catalogue_path(name, locale)
    language = (settings.source, locale)
    path_of_page = workspace.page_path(name, locale)
    mdx = is_mdx(article.data, path_of_page)
    built = build(
        article,
        catalog,
        path,
        drafts=drafts,
        language=language,
        mark=_choose_mark(path_of_page, mdx=mdx),
        heading_ids="none" if _is_table_of_contents(path_of_page) else settings.heading_ids,
        mdx=mdx,
    )

    def mark_for_html(segment: Segment, text: str, state: State) -> str:
        if state is State.EMPTY:
            in_block = segment.form.split(" ")[0] in _BLOCK_FORMS
            return mark_part(text, settings.source, in_block=in_block)
        return _mark_draft(segment, text, state)

    html_build = built
    if settings.html:
        html_build = build(
            article, catalog, path, drafts=drafts, language=language, mark=mark_for_html
        )
    is_written = write(built, html_build)
    if is_written and not is_published(catalog, settings.publish_at):
        tell(f"{share}: built as a preview with marked drafts")
    return built.findings


def _with_base_texts(
    catalogs: Mapping[str, Catalog], settings: Settings, *, drafts: bool
) -> Mapping[str, Catalog]:
    """Return catalogues in which regional locales have the texts of their bases."""
    bases = {locale: settings.base_locales(locale) for locale in catalogs}
    if not any(bases.values()):
        return catalogs
    from pipeline.catalogue import with_base_texts  # here, as few projects have regional locales

    return {
        locale: with_base_texts(catalog, [catalogs[b] for b in bases[locale]], drafts=drafts)
        for locale, catalog in catalogs.items()
    }


def _published(
    catalogs: Mapping[str, Catalog], settings: Settings
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the locales whose pages others link to, and those that have no text of their own.

    The page of these is the page of another locale again.
    """
    shown = _with_base_texts(catalogs, settings, drafts=False)
    published = {locale for locale, one in shown.items() if is_published(one, settings.publish_at)}
    inherited = {
        locale
        for locale, own in catalogs.items()
        if shown[locale] is not own and not any(u.state is State.REVIEWED for u in own.units)
    }
    return frozenset(published - inherited), frozenset(inherited)


def as_version(workspace: Workspace, name: str, locale: str, path: str, data: bytes) -> bytes:
    """Return a version, or a page that somebody edited, as it would be beside the source.

    A page loses the marks of its drafts.
    """
    if path == workspace.page_path(name, locale):
        data = _DRAFT_MARK.sub(rb"\1", data).replace(b"[draft] ", b"")
    source = workspace.article_path(name, workspace.settings.source)
    if posixpath.dirname(source) == posixpath.dirname(path):
        return data
    return _move_paths(workspace, data, path, source, like=workspace.read(source) or b"")


def _move_paths(workspace: Workspace, data: bytes, old: str, new: str, like: bytes = b"") -> bytes:
    """Return a page with the relative paths of files that it needs in another place."""
    if not workspace.settings.follow_paths:
        return data
    return move_paths(data, old, new, workspace.exists, like=like)


def linked_files(workspace: Workspace, article: Article, name: str) -> list[str]:
    """Return the paths at which a build looks for the files that an article names."""
    if not workspace.settings.follow_paths:
        return []
    locales = (workspace.settings.source, *workspace.settings.locales)
    pages = [article.path, *(workspace.page_path(name, locale) for locale in locales)]
    if len(set(map(posixpath.dirname, pages))) == 1:
        return []
    paths = [one.path for one in file_paths(article.data)]
    return list(
        dict.fromkeys(at for page in pages for path in paths for at in candidate_paths(path, page))
    )


def _is_table_of_contents(path: str) -> bool:
    return posixpath.basename(path) == _TABLE_OF_CONTENTS


def _choose_mark(path: str, *, mdx: bool) -> Callable[[Segment, str, State], str]:
    """Return the function that marks drafts in a page."""
    if _is_table_of_contents(path):
        return _mark_nothing
    return _mark_in_words if mdx else _mark_draft


def _mark_draft(segment: Segment, text: str, state: State) -> str:
    """Return a text, with a mark if it is a draft."""
    if state is not State.DRAFT:
        return text
    if segment.form.split(" ")[0] in _BLOCK_FORMS:
        return f'<mark class="draft">{text}</mark>'
    return f"[draft] {text}"


def _mark_in_words(segment: Segment, text: str, state: State) -> str:
    """Return a text, with a mark in words if it is a draft.

    In MDX, a tag around a whole paragraph would replace the paragraph.
    """
    return f"[draft] {text}" if state is State.DRAFT else text


def _mark_nothing(_segment: Segment, text: str, _state: State) -> str:
    """Return a text unmarked, for files in which a mark would confuse a generator."""
    return text


def _write(
    workspace: Workspace,
    record: Record,
    article: Article,
    name: str,
    locale: str,
    catalogs: Mapping[str, Catalog],
    published: frozenset[str],
    inherited: frozenset[str],
    tell: Callable[[str], None],
    built: Built,
    html_build: Built,
) -> bool:
    """Write the files of a page; return False if somebody else wrote its Markdown."""
    path = workspace.page_path(name, locale)
    data = _move_paths(workspace, built.data, article.path, path)
    if path != article.path and not record.put(path, data):
        command = f"pipeline run --take-over --article {name} --locale {locale}"
        advice = f"; '{command}' aligns it, saves a copy and rebuilds it"
        tell(path + _NOT_REPLACED + (advice if locale in catalogs else _DELETE_ADVICE))
        return False
    if not workspace.settings.html:
        return True
    from pipeline.pages.html import Alternate, Page, render_page  # a run without changes needs none

    settings = workspace.settings
    target = workspace.html_path(name, locale)
    metadata = read_article(html_build.data, path, settings.rules).metadata
    source = settings.source
    body = keep_heading_ids(article.data, html_build.data, "attribute", all_headings=True)
    page = Page(
        locale=locale,
        source=source,
        body=_move_paths(workspace, body, article.path, target),
        metadata=metadata,
        alternates=tuple(
            Alternate(
                other,
                _href(target, workspace.html_path(name, other)),
                other == locale,
                other == source or other in published,
            )
            for other in (source, *catalogs)
        ),
        share_reviewed=share_reviewed(catalogs[locale]) if locale in catalogs else 1.0,
        drafts=html_build.states.count(State.DRAFT),
        untranslated=html_build.states.count(State.EMPTY),
        inherited=locale in inherited,
        site=_address(settings.site, workspace.page_folder, target),
        preview=locale in catalogs
        and (
            State.DRAFT in html_build.states
            or not is_published(catalogs[locale], settings.publish_at)
        ),
        quoted=quoted_languages(article, html_build.states, source)
        if locale != source and settings.quotation_note
        else (),
        frame_hosts=settings.frame_hosts,
    )
    html = render_page(page, page_words(workspace, locale))
    if not record.put(target, html.encode("utf-8")):
        tell(target + _NOT_REPLACED + _DELETE_ADVICE)
    return True


def _href(path: str, other: str) -> str:
    """Return the relative address from one page to another."""
    return quote(posixpath.relpath(other, posixpath.dirname(path)))


def _address(site: str, folder: str, path: str) -> str:
    """Return the address of a page, empty if its folder is published nowhere."""
    if not site:
        return ""
    return urljoin(site.rstrip("/") + "/", quote(posixpath.relpath(path, folder or ".")))
