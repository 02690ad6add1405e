"""`pipeline git-merge`: git's merge driver for PO and POT files, and its installation."""

from __future__ import annotations

import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue import load_po, merge_files
from pipeline.errors import InputError, MachineError, PipelineError, UsageError
from pipeline.project import replace_file, write_refusal

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.catalogue import PoFile

__all__ = ["GitMerge", "install_driver", "merge_for_git"]

_CLEAN, _CONFLICTS = "clean", "conflicts"
"""Results that the command prints."""
_MAX_CONFLICTS = 12
"""Maximum number of conflicts that are listed."""
_MAX_TEXT = 50


class GitMerge(NamedTuple):
    """Outcome of a merge."""

    has_conflicts: bool
    warnings: tuple[str, ...]

    @property
    def result(self) -> str:
        """Word that the installed driver waits for."""
        return _CONFLICTS if self.has_conflicts else _CLEAN


def merge_for_git(base: Path, ours: Path, theirs: Path, shown: str) -> GitMerge:
    """Merge three versions of a PO file, and write the result over ours.

    What cannot be merged entry by entry is merged as text by git, with its conflict markers.
    ``shown`` is the path for messages.

    Raises:
        MachineError: a file cannot be read or written, or git is not installed.
    """
    try:
        old = _load(base, f"{shown} (base)")
        own = _load(ours, f"{shown} (ours)", required=True)
        other = _load(theirs, f"{shown} (theirs)", required=True)
        merged = merge_files(old, own, other, shown)
    except InputError as error:
        return _merge_as_text(base, ours, theirs, shown, str(error))
    except PipelineError:
        raise
    except Exception as error:  # noqa: BLE001  # git would take ours alone for the result
        reason = f"this is a bug in pipeline, please report it: {error!r}"
        return _merge_as_text(base, ours, theirs, shown, reason)
    if merged.data != own.data:
        try:
            replace_file(ours, merged.data, ours.parent)
        except OSError as error:
            raise MachineError(write_refusal(str(ours), error)) from error
    warnings = [
        f"{shown}:{unit.line}: two translations of '{_shorten(unit.source)}'; keep one, and remove "
        "the lines with '#-#-#-#-#' and the fuzzy mark"
        for unit in merged.conflicts[:_MAX_CONFLICTS]
    ]
    if more := len(merged.conflicts) - len(warnings):
        warnings.append(f"{shown}: and {more} more texts with two translations")
    return GitMerge(bool(merged.conflicts), tuple(warnings))


def _load(file: Path, shown: str, *, required: bool = False) -> PoFile:
    """Return a PO file, which is empty if both sides added it and there is no base."""
    try:
        read = load_po(file, shown)
    except OSError as error:
        raise MachineError(f"{file}: cannot be read: {error.strerror or error}") from error
    # A file of comments alone may be anything.
    if (read.data or required) and not (read.header or read.entries):
        raise InputError("expected a PO file, found no entries", shown)
    return read


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT].rstrip() + "…"


def _merge_as_text(base: Path, ours: Path, theirs: Path, shown: str, reason: str) -> GitMerge:
    """Merge lines as git does without a driver."""
    labels = ("-L", "ours", "-L", "base", "-L", "theirs")
    code = _git("merge-file", *labels, str(ours), str(base), str(theirs)).returncode
    warning = f"{reason}; {shown} was merged as text"
    return GitMerge(code != 0, (warning,))


def install_driver(folder: Path) -> tuple[bool, bool]:
    """Configure the merge driver in the clone that contains a folder.

    Returns whether the configuration changed, and whether the driver is used for the PO files of
    the folder.

    Raises:
        UsageError: the folder is in no clone of a git repository.
        MachineError: git is not installed, or its configuration cannot be written.
    """
    inside = _git("rev-parse", "--git-dir", folder=folder)
    if inside.returncode:
        reason = inside.stderr.strip().removeprefix("fatal: ")
        raise UsageError(f"git-merge --install needs a clone of a git repository: {reason}")
    changed = False
    for name, value in _driver().items():
        current = _git("config", "--local", "--get-all", name, folder=folder).stdout
        if current != f"{value}\n":
            done = _git("config", "--local", "--replace-all", name, value, folder=folder)
            if done.returncode:
                raise MachineError(f"git cannot write its configuration: {done.stderr.strip()}")
            changed = True
    attributes = _git("check-attr", "merge", "--", "x.po", "x.pot", folder=folder).stdout
    return changed, attributes.count(": merge: pipeline\n") == 2


def _driver() -> dict[str, str]:
    """Return the configuration of the driver.

    It calls this very Python: programs with windows and new terminals know nothing of a virtual
    environment. -P keeps Python from importing modules of the repository. Unless the command says
    how it ended, git merges the text; otherwise ours alone would look like the result. The exit
    code does not tell, as Python has the one of conflicts if the environment is gone or incomplete.
    """
    python = shlex.quote(sys.executable).replace("%", "%%")
    return {
        "merge.pipeline.name": "merge PO files entry by entry",
        "merge.pipeline.driver": (
            f'case "$({python} -P -m pipeline git-merge %O %A %B %P)" in '
            f"{_CLEAN}) exit 0;; {_CONFLICTS}) exit 1;; esac; "
            "git merge-file -L ours -L base -L theirs %A %O %B"
        ),
    }


def _git(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=folder,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
    except FileNotFoundError as error:
        raise MachineError("git is not installed") from error
