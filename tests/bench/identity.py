"""Real Markdown files restored byte for byte, beside po4a, mdpo and translate-toolkit.

Each file passes through a tool's commands, in processes of their own: its texts into a PO
file, each text its own translation, and back into the file. Options that wrap nothing and
know front matter are set where a tool has them. The files are those of the marked round trip.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polib

from tests.bench.extraction import PEERS, set_up_peers
from tests.bench.roundtrip import found

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SETTINGS", "SOURCE", "Tool", "fill", "measure", "run", "tools"]

SOURCE = "source/it/en.md"
SETTINGS = 'locales = ["fr"]\nhtml = false\n'
SECONDS = 60
"""Time limit of a process."""
_PO4A = ("-f", "text", "-o", "markdown", "-M", "UTF-8", "-m", SOURCE)
_PO4A_BACK = ("-o", "neverwrap", "-k", "0", "-p", "po4a.po", "-l", "po4a.md")
_MDPO_BACK = ("--quiet", "-w", "0", "-p", "mdpo.po", "-s", "mdpo.md")


class Tool(NamedTuple):
    """Commands that write a PO file from Markdown and Markdown from it."""

    there: tuple[str, ...]
    catalogue: str
    """Path of the PO file it writes, to be filled with its own texts."""
    back: tuple[str, ...]
    result: str


def measure(files: int) -> None:
    """Print for each tool how many files it restored, and how many it refused."""
    set_up_peers()
    outcome: dict[str, Counter[str]] = {name: Counter() for name in tools()}
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for verdicts in threads.map(_judged, (data for _, data in found(files))):
            for name, verdict in verdicts.items():
                outcome[name][verdict] += 1
    print("files: byte for byte back, changed, refused")
    for name, count in outcome.items():
        shown = "  ".join(f"{count[kind]:5}" for kind in ("the same", "changed", "refused"))
        print(f"{name:18} {shown}  of {count.total()}", flush=True)


def tools() -> Mapping[str, Tool]:
    """Return all tools by name, the pipeline first."""
    peers = str(PEERS / "bin")
    ours = (sys.executable, "-m", "pipeline")
    toolkit = (f"{peers}/python", "-m")
    return {
        "pipeline": Tool(
            (*ours, "merge", "--quiet"),
            "locales/fr/LC_MESSAGES/it.po",
            (*ours, "build", "--quiet"),
            "build/fr/it.md",
        ),
        "po4a": Tool(
            ("po4a-updatepo", *_PO4A, "-p", "po4a.po"),
            "po4a.po",
            ("po4a-translate", *_PO4A, *_PO4A_BACK),
            "po4a.md",
        ),
        "mdpo": Tool(
            (f"{peers}/md2po", "--quiet", "--save", "--po-filepath", "mdpo.po", SOURCE),
            "mdpo.po",
            (f"{peers}/po2md", *_MDPO_BACK, SOURCE),
            "mdpo.md",
        ),
        "translate-toolkit": Tool(
            (*toolkit, "translate.convert.md2po", "--progress=none", SOURCE, "toolkit.po"),
            "toolkit.po",
            (
                *(*toolkit, "translate.convert.po2md", "--progress=none"),
                *("-m", "0", "-t", SOURCE, "toolkit.po", "toolkit.md"),
            ),
            "toolkit.md",
        ),
    }


def _judged(data: bytes) -> dict[str, str]:
    return {name: _verdict(tool, data) for name, tool in tools().items()}


def _verdict(tool: Tool, data: bytes) -> str:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        (folder / SOURCE).parent.mkdir(parents=True)
        (folder / SOURCE).write_bytes(data)
        (folder / "pipeline.toml").write_text(SETTINGS, encoding="utf-8")
        result = folder / tool.result
        if not run(tool.there, folder):
            return "refused"
        if (folder / tool.catalogue).exists():  # a file without texts may come to none
            fill(folder / tool.catalogue)
        if not run(tool.back, folder) or not result.exists():
            return "refused"
        return "the same" if result.read_bytes() == data else "changed"


def fill(catalogue: Path, mark: str = "") -> None:
    """Fill each msgstr with its msgid, with a mark behind its words."""
    entries = polib.pofile(str(catalogue), encoding="utf-8")
    for entry in entries:
        end = len(entry.msgid.rstrip("\n"))
        entry.msgstr = entry.msgid[:end] + mark + entry.msgid[end:]
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entries.save()


def run(command: tuple[str, ...], folder: Path) -> bool:
    """Run a command; return whether it succeeded within the time limit."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PIPELINE_OFFLINE": "1"},
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
