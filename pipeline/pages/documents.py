"""A language of an article as a Word document, or as HTML to paste into another system.

The only module that imports pypandoc, whose pandoc writes the Word documents.
"""

from __future__ import annotations

import base64
import mimetypes
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.article import read_article
from pipeline.errors import MachineError, UsageError
from pipeline.language import language_tag
from pipeline.markdown import blocks, locate_front_matter, render_html
from pipeline.pages.file_paths import candidate_paths, file_paths
from pipeline.pages.sanitise import sanitise
from pipeline.ranges import replace_ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.markdown import Label

__all__ = ["render_fragment", "render_word"]

_MARKDOWN = (
    "commonmark+footnotes+pipe_tables+strikeout+attributes+autolink_bare_uris+task_lists"
    "+definition_lists+raw_html"
)
_REMOTE_PICTURE = re.compile(r"!(?=\[[^\[\]]*\]\(<?\s*(?:https?:)?//)|<img\b[^<>]*>", re.I)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_KEYS = {"title": "title", "description": "subtitle", "author": "author", "date": "date"}


def render_fragment(data: bytes, labels: Mapping[str, Label]) -> str:
    """Return the body of a built article as sanitised HTML, without a page around it.

    ``labels`` are the words of its boxes (`box_labels`).
    """
    return sanitise(render_html(_body(data), labels)) + "\n"


def render_word(
    data: bytes, path: str, locale: str, mark: str, read: Callable[[str], bytes | None]
) -> bytes:
    """Return a built article as a Word document, with its title, footnotes and pictures.

    ``path`` is that of the source, from which ``read`` finds the pictures; ``mark`` is kept in the
    document, so that it is recognised when it comes back. Pictures on the web become links, as
    nothing is fetched.

    Raises:
        UsageError: pypandoc is not installed.
        MachineError: pandoc fails.
    """
    try:
        import pypandoc  # here, as it is an extra
    except ModuleNotFoundError as error:
        raise UsageError(
            "a Word document needs pandoc, which is not installed; run "
            "pip install 'roundup-pipeline[import]'"
        ) from error
    body = _body(_with_pictures(data, path, read))
    body = _REMOTE_PICTURE.sub("", body)
    metadata = dict(read_article(data, path).metadata)
    options = [
        "--sandbox",
        f"--metadata=pipeline:{mark}",
        f"--metadata=lang:{language_tag(locale)}",
        *(
            f"--metadata={key}:{metadata[name]}"
            for name, key in _KEYS.items()
            if metadata.get(name)
        ),
    ]
    # pandoc leaves the text in blocks of HTML out of a document if it reads Markdown.
    kind = "html" if _has_html(body) else _MARKDOWN
    text = sanitise(render_html(body, {})) if kind == "html" else body
    with tempfile.TemporaryDirectory(prefix="pipeline-") as folder:
        target = Path(folder) / "document.docx"
        try:
            pypandoc.convert_text(
                text, "docx", format=kind, extra_args=options, outputfile=str(target)
            )
            return target.read_bytes()
        except (RuntimeError, OSError) as error:
            raise MachineError(f"{path}: pandoc cannot write it as Word: {error}") from error


def _body(data: bytes) -> str:
    text = data.decode("utf-8-sig")
    return text[locate_front_matter(text).end :]


def _has_html(body: str) -> bool:
    """Return whether a body has blocks of HTML besides comments."""
    data = body.encode()
    return any(
        event.key == "Html" and _COMMENT.sub("", data[event.start : event.end].decode()).strip()
        for event in blocks(body, data, 0)
    )


def _with_pictures(data: bytes, path: str, read: Callable[[str], bytes | None]) -> bytes:
    """Return a page in which the paths of pictures are their contents."""
    edits = []
    for start, end, name in file_paths(data):
        kind = mimetypes.guess_type(name)[0] or ""
        content = next(filter(None, map(read, candidate_paths(name, path))), None)
        if kind.startswith("image/") and content:
            uri = f"data:{kind};base64,".encode() + base64.b64encode(content)
            edits.append((start, end, uri))
    return replace_ranges(data, edits)
