"""Runs over many articles, with none or one paragraph changed; whole processes."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.processes import measured

__all__ = ["COUNTS", "measure"]

COUNTS = (10, 100, 1000)
ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "source" / "six-social-experts" / "en.md"
SETTINGS = 'source = "en"\nlocales = ["fr", "es", "de"]\nengines = ["pseudo"]\n'


def measure(counts: tuple[int, ...] = COUNTS) -> None:
    """Print CPU seconds for each number of articles, in three locales."""
    text = ARTICLE.read_text(encoding="utf-8")
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            folder = Path(name)
            (folder / "pipeline.toml").write_text(SETTINGS, encoding="utf-8")
            for number in range(count):
                path = folder / "source" / f"a{number:04}" / "en.md"
                path.parent.mkdir(parents=True)
                path.write_text(f"{text}\nThis is number {number}.\n", encoding="utf-8")
            first = _run(folder)
            _run(folder)  # after it all times of files are old enough to be trusted
            unchanged = _run(folder)
            path.write_text(f"{text}\nThis is another one.\n", encoding="utf-8")
            changed = _run(folder)
            print(
                f"{count:5} articles: first run {first:7.2f} s, unchanged {unchanged:5.2f} s,"
                f" one paragraph changed {changed:5.2f} s",
                flush=True,
            )


def _run(folder: Path) -> float:
    command = (sys.executable, "-m", "pipeline", "run", "--drafts", "--quiet")
    return measured(command, folder).seconds
