"""Hooks for MkDocs: fill in generated and included texts, and map links to other files.

A page asks for a text with a pair of comments. What stands between them is for readers of the
repository, and is replaced when the site is built::

    <!-- begin generated: settings -->
    Run `make docs`.
    <!-- end -->

    <!-- begin included: ARCHITECTURE.md -->
    Read [ARCHITECTURE.md](../../ARCHITECTURE.md).
    <!-- end -->
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from docs.reference import GENERATED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

__all__ = ["FILES", "INCLUDED", "fill", "map_links", "on_files", "on_page_markdown"]

ROOT = Path(__file__).parents[1]

INCLUDED: Mapping[str, str] = {
    "README.md": "index.md",
    "ARCHITECTURE.md": "explanation/architecture.md",
    "DECISIONS.md": "explanation/decisions.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
    "CHANGELOG.md": "project/changelog.md",
}
"""Page of the site for each document of the root."""

FILES: Mapping[str, str] = {
    ".pre-commit-hooks.yaml": "files/pre-commit-hooks.yaml",
    "pipeline/gate/formats/findings.schema.json": "files/findings.schema.json",
}
"""Path in the site of each other file of the repository that pages lead to."""

_REQUEST = re.compile(
    r"^<!-- begin (generated|included): (.+?) -->\n.*?^<!-- end -->$", re.M | re.S
)
_LINK = re.compile(r"(?<=\]\()([^)\s#:]+)(#[^)\s]*)?(?=\))")
"""Target of a link to a file; addresses with a scheme have a colon."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the files of the repository that pages lead to."""
    for source, target in FILES.items():
        files.append(File.generated(config, target, content=(ROOT / source).read_bytes()))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return the text of a page with all that it asks for."""
    return fill(markdown, page.file.src_uri)


def fill(markdown: str, page: str) -> str:
    """Return the text of a page with generated and included texts, and links of the site.

    Raises:
        KeyError: the page asks for a text that does not exist.
    """

    def text(match: re.Match[str]) -> str:
        if match[1] == "generated":
            return GENERATED[match[2]]()
        return map_links((ROOT / match[2]).read_text(encoding="utf-8"), "", page)

    return _REQUEST.sub(text, map_links(markdown, posixpath.join("docs", page), page))


def map_links(markdown: str, path: str, page: str) -> str:
    """Change links to files of the repository into links between pages of the site.

    ``path`` is that of the file with the text, from the root; ``page`` that of the page in the
    site. Links to anything else stay, and a strict build reports those that lead nowhere.
    """
    base = posixpath.dirname(path)

    def link(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(base, match[1]))
        there = INCLUDED.get(target) or FILES.get(target)
        if there is None and target.startswith("docs/"):
            there = target.removeprefix("docs/")
        if there is None:
            return match[0]
        return posixpath.relpath(there, posixpath.dirname(page) or ".") + (match[2] or "")

    return _LINK.sub(link, markdown)
