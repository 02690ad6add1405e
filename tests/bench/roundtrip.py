"""The marked round trip on the Markdown files of this machine, judged by another parser.

The files are those of installed packages: one for each content, in an order that chance does not
change, none larger than 150 kB.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests.marking import flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["found", "measure"]

_PLACES = ("usr/share", "usr/lib", "usr/local", "opt", "root", "home")
_LARGEST = 150_000
_SHOWN = 20


def measure(files: int) -> None:
    """Print how many files come back, and for each other file the reason."""
    outcome: Counter[str] = Counter()
    failed: list[tuple[Path, str]] = []
    for path, data in found(files):
        why = flaw(data)
        outcome["back as they were" if not why else _kind(why)] += 1
        if why:
            failed.append((path, why))
    print(f"marked round trip of {outcome.total()} files")
    for kind, count in outcome.most_common():
        print(f"  {count:6} {kind}")
    for path, why in failed[:_SHOWN]:
        print(f"    {path}: {why[:100]}")


def _kind(why: str) -> str:
    return "refused" if why.startswith("refused") else why.lstrip("0123456789, ")


def found(files: int) -> Iterator[tuple[Path, bytes]]:
    """Yield up to so many files with distinct contents."""
    paths = [path for place in _PLACES for path in _below(Path(os.sep) / place)]
    paths.sort(key=lambda path: hashlib.blake2b(os.fsencode(path)).digest())
    seen: set[bytes] = set()
    for path in paths:
        data = _read(path)
        if data is None or data in seen:
            continue
        seen.add(data)
        yield path, data
        if len(seen) == files:
            return


def _below(folder: Path) -> Iterator[Path]:
    for root, _, names in os.walk(folder):
        yield from (Path(root, name) for name in names if name.endswith(".md"))


def _read(path: Path) -> bytes | None:
    """Return the content of a UTF-8 file; None if it is too large, empty or not UTF-8."""
    try:
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
        data.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return data or None
