"""Extraction into POT files, in MB per CPU second, beside po4a, mdpo and translate-toolkit.

Every tool is a whole process, its start included, and works on the same corpus, which is
built first; mdpo, whose time grows with the square of what it reads, gets a part of it.
Figures are medians of five; CPU time is the operating system's own account of the process.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from tests.bench.corpus import build
from tests.bench.processes import measured

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PEERS", "measure", "set_up_peers"]

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv" / "bench"
PO4A = "po4a-updatepo -f text -o markdown -o yfm_keys=title -M UTF-8"
TOOLKIT = "-m translate.convert.md2po -P --progress=none"
LOCK = Path(__file__).with_name("requirements.lock")


class Tool(NamedTuple):
    """A command to measure."""

    name: str
    command: tuple[str, ...]
    files: int
    """Number of corpus files it reads."""
    makes: str
    """Path of its output, removed before each run."""


def measure(megabytes: float, runs: int) -> None:
    """Print a table."""
    set_up_peers()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        size = build(folder / "source", int(megabytes * 1e6))
        (folder / "pipeline.toml").write_text("", encoding="utf-8")
        files = sorted((folder / "source").glob("*/en.md"))
        print(f"corpus: {len(files)} files, {size / 1e6:.1f} MB; medians of {runs}")
        rates = {}
        for tool in _tools([str(f.relative_to(folder)) for f in files]):
            megabytes = sum(f.stat().st_size for f in files[: tool.files]) / 1e6
            seconds = [_cpu_seconds(tool, folder) for _ in range(runs)]
            rates[tool.name] = megabytes / median(seconds)
            print(
                f"{tool.name:18} {megabytes:5.2f} MB  {median(seconds):6.2f} CPU s"
                f"  {rates[tool.name]:6.2f} MB per CPU s",
                flush=True,
            )
    ours = rates.pop("pipeline extract")
    best = max(rates, key=lambda name: rates[name])
    print(f"ratio: {ours / rates[best]:.1f} times the best of the others ({best})")


def _tools(files: Sequence[str]) -> list[Tool]:
    part = max(1, len(files) // 32)
    masters = [word for file in files for word in ("-m", file)]
    peers = str(PEERS / "bin")
    return [
        Tool(
            "pipeline extract",
            (sys.executable, "-m", "pipeline", "extract", "--quiet"),
            len(files),
            "locales",
        ),
        Tool(
            "po4a",
            (*PO4A.split(), *masters, "-p", "po4a.pot"),
            len(files),
            "po4a.pot",
        ),
        Tool(
            "translate-toolkit",
            (f"{peers}/python", *TOOLKIT.split(), "source", "toolkit"),
            len(files),
            "toolkit",
        ),
        Tool(
            "mdpo",
            (f"{peers}/md2po", "--quiet", "--save", "--po-filepath", "mdpo.po", *files[:part]),
            part,
            "mdpo.po",
        ),
    ]


def _cpu_seconds(tool: Tool, folder: Path) -> float:
    made = folder / tool.makes
    if made.is_dir():
        shutil.rmtree(made)
    made.unlink(missing_ok=True)
    return measured(tool.command, folder, made).seconds


def set_up_peers() -> None:
    done = PEERS / "done"
    if done.exists() and done.stat().st_mtime > LOCK.stat().st_mtime:
        return
    subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
    install = ("-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK))
    subprocess.run([str(PEERS / "bin" / "python"), *install], check=True)
    done.touch()
