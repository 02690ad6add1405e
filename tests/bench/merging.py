"""Merging a changed source into large catalogues, beside GNU msgmerge.

The messages are those of the message catalogues that Debian packages install, and where there
are too few, variations of them. With a seed 5 % are edited (of three words or more: of a
shorter one nobody could tell what it was), 2 % are new, 1 % are gone. Both programs are whole
processes; the time is the operating system's own account of them, as is the peak of memory.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polib

from pipeline.catalogue.merging import merge
from pipeline.catalogue.po.file import Header, load_po, render_catalog
from tests.bench.processes import measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["SIZES", "measure"]

SIZES = (20_000, 50_000, 200_000)
LANGUAGES = ("fr", "de", "es")
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: fr\\n"\n\n'


class Run(NamedTuple):
    """Cost and result of one program."""

    seconds: float
    """CPU time."""
    megabytes: float
    right: float
    """Share of the edited messages with the right previous message."""


def measure(sizes: Sequence[int] = SIZES) -> None:
    """Print a line for each size and program."""
    installed = list(_installed())
    print(f"{len(installed)} messages installed; 5 % edited, 2 % new, 1 % gone")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        for size in sizes:
            folder = Path(name) / str(size)
            truth = _build(folder, size, installed)
            ours = _run(folder, (sys.executable, "-m", __name__, str(folder)), "ours.po", truth)
            gnu = ("msgmerge", "--quiet", "--previous", "old.po", "new.pot", "-o", "gnu.po")
            theirs = _run(folder, gnu, "gnu.po", truth)
            for what, run in (("pipeline", ours), ("msgmerge", theirs)):
                print(
                    f"{size:7} {what:9} {run.seconds:8.2f} CPU s {run.megabytes:6.0f} MB"
                    f"  right previous message {run.right:.1%}",
                    flush=True,
                )
            ratio = theirs.seconds / ours.seconds
            print(f"{size:7} ratio     {ratio:8.1f} times", flush=True)


def _installed() -> Iterable[tuple[str, str]]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for file in sorted(Path("/usr/share/locale").glob(f"{language}/LC_MESSAGES/*.mo")):
            for entry in polib.mofile(str(file)):
                if entry.msgid and entry.msgstr and not entry.msgid_plural:
                    found.setdefault(entry.msgid, entry.msgstr)
    return found.items()


def _build(folder: Path, size: int, installed: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Write a catalogue and the template of its changed source; return the edited messages."""
    rng = random.Random(size)
    words = sorted({word for source, _ in installed for word in source.split() if word.isalpha()})
    messages = dict(installed)
    while len(messages) < size:
        source, target = rng.choice(installed)
        varied = _edited(source, words, rng, 1 + len(source.split(" ")) // 3)
        messages.setdefault(varied, target)
    chosen = list(messages.items())
    rng.shuffle(chosen)
    old, new = [HEADER], [HEADER]
    truth: dict[str, str] = {}
    for number, (source, target) in enumerate(chosen[:size]):
        old.append(_entry(number, source, target))
        chance = rng.random()
        if chance < 0.01:
            continue
        now = source
        if chance < 0.06 and len(source.split()) > 2:
            now = _edited(source, words, rng, rng.choice((1, 1, 2)))
            if now in messages or now in truth:
                now = source
            else:
                truth[now] = source
        new.append(_entry(number, now, ""))
        if chance > 0.98:
            new.append(_entry(number, " ".join(rng.choices(words, k=12)), ""))
    folder.mkdir()
    (folder / "old.po").write_text("".join(old), encoding="utf-8")
    (folder / "new.pot").write_text("".join(new), encoding="utf-8")
    return truth


def _edited(source: str, words: Sequence[str], rng: random.Random, times: int) -> str:
    parts = source.split(" ")
    for _ in range(times):
        at = rng.randrange(len(parts))
        kind = rng.choices(("replace", "insert", "delete", "end"), (4, 3, 2, 1))[0]
        if kind == "replace":
            parts[at] = rng.choice(words)
        elif kind == "insert":
            parts.insert(at, rng.choice(words))
        elif kind == "delete" and len(parts) > 3:
            del parts[at]
        else:
            parts[-1] = parts[-1].rstrip(".:") + rng.choice(".!:")
    return " ".join(parts)


def _entry(number: int, source: str, target: str) -> str:
    text = target.strip("\n")
    if target:  # msgfmt wants line ends at the same edges
        text = "\n" * source.startswith("\n") + text + "\n" * source.endswith("\n")
    lines = (
        f'{key} "{polib.escape(value)}"\n' for key, value in (("msgid", source), ("msgstr", text))
    )
    return f"#: source.c:{number + 1}\n{''.join(lines)}\n"


def _run(folder: Path, command: Sequence[str], made: str, truth: dict[str, str]) -> Run:
    usage = measured(command, folder, folder / made, environment=_environment())
    units = load_po(folder / made, made).units
    previous = {unit.source: unit.previous.source for unit in units if unit.previous}
    right = sum(previous.get(now) == was for now, was in truth.items())
    return Run(*usage, right / len(truth))


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def _merge(folder: Path) -> None:
    """Merge a template into a catalogue with the pipeline's own functions."""
    old = load_po(folder / "old.po", "old.po")
    template = load_po(folder / "new.pot", "new.pot").catalog("messages", "")
    merged = merge(old.catalog("messages", "fr"), template)
    del template
    header = Header((("PO-Revision-Date", "2026-01-01 00:00+0000"),))
    (folder / "ours.po").write_bytes(render_catalog(merged, old, header))


if __name__ == "__main__":
    import gc

    gc.set_threshold(100_000, 50, 50)  # as the program does
    _merge(Path(sys.argv[1]))
