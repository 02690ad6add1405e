"""Files that tell git about a project: `.gitattributes` and `.gitignore`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import MachineError
from pipeline.project.atomic_write import write_refusal
from pipeline.project.paths import Layout
from pipeline.project.workspace import STATE_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pipeline.project.settings import Settings

    _Missing = Callable[[Iterable[str], Settings], Iterator[str]]

__all__ = ["add_git_files"]

_CATALOGUES = ("*.po", "*.pot")
_ATTRIBUTES = ("text", "eol=lf", "merge=pipeline")
"""Attributes of catalogues: other line ends would make each entry another one on Windows."""


def add_git_files(root: Path, settings: Settings) -> tuple[str, ...]:
    """Add the missing lines for git to a project; return the paths of the files that were written.

    What is in the files stays, and overrules: a file pattern keeps the attributes that it has.

    Raises:
        MachineError: a file cannot be read or written.
    """
    additions = {".gitattributes": _attribute_lines, ".gitignore": _ignore_lines}
    return tuple(
        path for path, missing in additions.items() if _append(root / path, settings, missing)
    )


def _append(file: Path, settings: Settings, missing: _Missing) -> bool:
    """Append the missing lines to a file; return whether there are any."""
    try:
        data = file.read_bytes() if file.exists() else b""
        lines = list(missing(data.decode("utf-8", "replace").splitlines(), settings))
        if not lines:
            return False
        newline = b"\r\n" if b"\r\n" in data else b"\n"
        if data and not data.endswith(b"\n"):
            data += newline
        file.write_bytes(data + b"".join(line.encode() + newline for line in lines))
    except OSError as error:
        raise MachineError(write_refusal(str(file), error)) from error
    return True


def _attribute_lines(lines: Iterable[str], settings: Settings) -> Iterator[str]:
    set_for: dict[str, set[str]] = {}
    for line in lines:
        pattern, *attributes = line.split() or [""]
        names = {attribute.lstrip("-!").partition("=")[0] for attribute in attributes}
        set_for.setdefault(pattern, set()).update(names)
    for pattern in _CATALOGUES:
        known = set_for.get(pattern, set())
        new = [one for one in _ATTRIBUTES if one.partition("=")[0] not in known]
        if new:
            yield " ".join((pattern, *new))


def _ignore_lines(lines: Iterable[str], settings: Settings) -> Iterator[str]:
    known = {line.strip().strip("/") for line in lines}
    for folder in (STATE_FOLDER, *_page_folders(settings)):
        if folder not in known:
            # From the root: an article may be called "build".
            yield f"/{folder}/"


def _page_folders(settings: Settings) -> Iterator[str]:
    """Yield the folders that hold built pages only."""
    layout = Layout(settings)
    sources = (settings.article_path, settings.source_path, settings.catalogue_path)
    for folder in (layout.page_folder, layout.preview_folder):
        holds_sources = any(f"{path}/".startswith(f"{folder}/") for path in sources)
        if folder and not holds_sources:
            yield folder
