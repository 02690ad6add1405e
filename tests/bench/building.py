"""Building articles from translations, in MB per CPU second, beside po4a, mdpo and others.

Each tool first makes its own PO file of one article, and each text is translated by a mark
behind it; the measured process writes the translated article, its start
included. mdpo, whose time grows with the square of what it reads, gets a small article.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.bench import corpus
from tests.bench.extraction import set_up_peers
from tests.bench.identity import SETTINGS, SOURCE, fill, run, tools
from tests.bench.processes import measured

if TYPE_CHECKING:
    from tests.bench.identity import Tool

__all__ = ["measure"]

SIZE = 1_000_000
"""Size of the article in bytes."""
SMALL = {"mdpo": 50_000}
RUNS = 3


def measure() -> None:
    """Print a line for each tool, and a ratio."""
    set_up_peers()
    rates: dict[str, float] = {}
    for name, tool in tools().items():
        with tempfile.TemporaryDirectory(prefix="bench-") as place:
            folder = Path(place)
            size = _article(folder, SMALL.get(name, SIZE))
            if not run(tool.there, folder):
                raise SystemExit(f"{name} failed: {' '.join(tool.there[:4])} …")
            fill(folder / tool.catalogue, " x")
            seconds = median(_seconds(tool, folder) for _ in range(RUNS))
            marks = (folder / tool.result).read_text("utf-8").count(" x")
        rates[name] = size / 1e6 / seconds
        print(
            f"{name:18} {size / 1e6:5.2f} MB  {seconds:6.2f} CPU s  {rates[name]:6.2f} MB per CPU s"
            f"  {marks} texts put in",
            flush=True,
        )
    ours = rates.pop("pipeline")
    best = max(rates, key=lambda name: rates[name])
    print(f"ratio: {ours / rates[best]:.1f} times the best of the others ({best})")


def _article(folder: Path, size: int) -> int:
    """Write the corpus as one article; return the number of bytes written."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        corpus.build(Path(place), size)
        first, *others = (path.read_bytes() for path in sorted(Path(place).glob("*/en.md")))
    data = b"\n".join([first, *(other.split(b"---\n", 2)[2] for other in others)])
    (folder / SOURCE).parent.mkdir(parents=True)
    (folder / SOURCE).write_bytes(data)
    (folder / "pipeline.toml").write_text(SETTINGS, encoding="utf-8")
    return len(data)


def _seconds(tool: Tool, folder: Path) -> float:
    made = folder / tool.result
    made.unlink(missing_ok=True)
    return measured(tool.back, folder, made).seconds
