"""Relative paths in a page: of pictures, downloads and imports, and links to other articles.

A page in another language may be built in another folder than its source, from which the paths of
the source lead nowhere.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import deque
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from pipeline.markdown import blocks, inline, markdown_body
from pipeline.ranges import replace_ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["FilePath", "candidate_paths", "change_paths", "file_paths", "move_paths"]

_ARTICLE_ENDINGS = (b".md", b".mdx", b".markdown")
_OMITTED_ENDINGS = ("", ".js", ".jsx", ".ts", ".tsx", ".mjs", ".json", "/index.js", "/index.ts")
"""Endings that an import may leave out of the name of its file."""
_PATH = re.compile(
    rb"""(?:\]\(\s*+<?|^\ {0,3}\[[^\]\r\n]++\]:[ \t]*+<?|\b(?:src|href|poster)=["'])
    (?P<any>[^\s()<>\#?"'/:{}][^\s()<>\#?"':{}]*+)
    |["'`!](?P<dotted>\.{1,2}/[^\s()<>\#?"'`,;:{}]++)
    |^(?:[\w. \t-]*:|[ \t]*-)[ \t]++(?P<data>\.{1,2}/[^\s()<>\#?"'`,;:{}]++)[ \t]*+$
    |^[ \t]*+(?:[\w-]*image|cover|thumbnail)[ \t]*+:[ \t]++["']?+
    (?P<image>[^\s()<>\#?"'`,;:{}/][^\s()<>\#?"'`,;:{}]*+)["']?+[ \t]*+$""",
    re.M | re.X,
)


class FilePath(NamedTuple):
    """Relative path in a file; offsets in bytes."""

    start: int
    end: int
    path: str
    """Path without percent escapes."""


def file_paths(data: bytes, *, articles: bool = False) -> Iterator[FilePath]:
    """Yield the relative paths in a page that may name files, in order, except in code.

    Only with ``articles`` those of Markdown files, and of folders in links, are among them.
    """
    paths = [
        FilePath(start, end, unquote(raw.decode("utf-8", "replace")))
        for match in _PATH.finditer(data)
        for start, end in (match.span(match.lastgroup or ""),)
        for raw in (data[start:end],)
        if _may_name_file(raw, match) or (articles and _may_name_article(raw, match))
    ]
    code_ranges = _find_code(data, [path.start for path in paths]) if paths else deque()
    end = 0
    for path in paths:
        while code_ranges and code_ranges[0][0] <= path.start:
            end = max(end, code_ranges.popleft()[1])
        if path.start >= end:
            yield path


def _may_name_file(raw: bytes, match: re.Match[bytes]) -> bool:
    """Return whether a path has the ending of a file that is no article, or may leave it out."""
    stem, dot, _ = raw.rpartition(b"/")[2].rpartition(b".")
    if not (stem and dot):
        return bool(match["dotted"]) and not raw.endswith(b"/")
    return not raw.lower().endswith(_ARTICLE_ENDINGS)


def _may_name_article(raw: bytes, match: re.Match[bytes]) -> bool:
    """Return whether a path has the ending of an article, or is that of a folder in a link."""
    is_folder = match["any"] is not None and b"." not in raw.rstrip(b"/").rpartition(b"/")[2]
    return raw.lower().endswith(_ARTICLE_ENDINGS) or is_folder


def candidate_paths(path: str, page: str) -> list[str]:
    """Return the paths from the root that a path in a page may mean, the likeliest first."""
    full = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    if full.startswith("..") or "\0" in full:  # outside of the project, or no name of a file
        return []
    return [full] if posixpath.splitext(full)[1] else [full + ending for ending in _OMITTED_ENDINGS]


def change_paths(data: bytes, target_of: Callable[[str], str]) -> bytes:
    """Return a page with other relative paths, links to articles included.

    ``target_of`` returns the new path of a path without percent escapes, or an empty string if it
    stays as it is.
    """
    edits = [
        (start, end, quote(target).encode("ascii"))
        for start, end, path in file_paths(data, articles=True)
        if (target := target_of(path))
    ]
    return replace_ranges(data, edits)


def move_paths(
    data: bytes, old: str, new: str, is_there: Callable[[str], bool], *, like: bytes = b""
) -> bytes:
    """Return a page with its relative paths of files changed so that they lead to the same files.

    ``old`` and ``new`` are the paths of the page, from the root; ``is_there`` looks for files from
    the root, too. A path is left alone if a file is at its end from the new place, or if none is
    from the old one. A path that is in ``like``, a page at the new place, is spelt as it is there.
    """
    old_folder, new_folder = posixpath.dirname(old), posixpath.dirname(new) or "."
    if posixpath.normpath(old_folder) == posixpath.normpath(new_folder):
        return data
    spellings = {posixpath.normpath(raw): raw for raw in _spellings(like, file_paths(like))}
    edits: list[tuple[int, int, bytes]] = []
    paths = list(file_paths(data))
    for (start, end, path), raw in zip(paths, _spellings(data, paths), strict=True):
        new_path = posixpath.relpath(posixpath.join(old_folder, raw), new_folder)
        stays = any(map(is_there, candidate_paths(path, new))) and new_path not in spellings
        if stays or not any(map(is_there, candidate_paths(path, old))):
            continue
        # A bundler takes a path without './' for the name of a package.
        dotted = raw.startswith(".") and not new_path.startswith(".")
        replacement = spellings.get(new_path, "./" * dotted + new_path)
        edits.append((start, end, replacement.encode("utf-8", "surrogateescape")))
    return replace_ranges(data, edits)


def _spellings(data: bytes, paths: Iterable[FilePath]) -> Iterator[str]:
    """Yield paths as they are written."""
    return (data[path.start : path.end].decode("utf-8", "surrogateescape") for path in paths)


def _find_code(data: bytes, starts: Sequence[int]) -> deque[tuple[int, int]]:
    """Return the ranges of code blocks, and of inline code in texts that contain a start."""
    body, shift = markdown_body(data)
    ranges = []
    for key, name, _, start, end, run in blocks(body, data, shift):
        if name == "CodeBlock" and key == "Start":
            ranges.append((start, end))
        if run and bisect_left(starts, run.start) < bisect_left(starts, run.end):
            # Latin-1 has a character for each byte, and only ASCII decides what is code.
            text = data[run.start : run.end].decode("latin-1")
            items = (item for item in inline(text) if item.kind == "code")
            ranges += [(run.start + item.start, run.start + item.end) for item in items]
    return deque(sorted(ranges))
