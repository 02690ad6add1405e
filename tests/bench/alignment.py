"""Alignment of versions that exist, beside hunalign, po4a-gettextize and lengths alone.

The documents are pages of the Debian Handbook and of the Debian installation guide in English and
three other languages, and narrative books of the Bible in English and Spanish, as they are and
damaged at random: blocks dropped, joined, split, moved, put in, lists turned into paragraphs.
Most figures of the model were chosen with all of these in view, so none of them is held out.
A pair counts as right where the catalogue holds the very text that belongs to the source.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict
from itertools import pairwise
from math import erfc, inf, log, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.alignment.filling import fill
from pipeline.alignment.pairing import align
from pipeline.catalogue.po.file import load_po
from pipeline.errors import InputError
from pipeline.model import Catalog, State, Unit
from tests.bench.parallel import chapters, damaged, flat, guide, narratives, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pipeline.model import Article
    from tests.bench.parallel import Document

__all__ = ["measure"]

LOCALES = ("fr-FR", "es-ES", "de-DE")
SEED = 6
BOOK = 1685
"""Maximum number of paragraphs in the long run."""


class Filled(NamedTuple):
    """Targets that a system paired with the source texts."""

    targets: Mapping[str, str]
    sure: frozenset[str]
    """Source texts whose target the system marks as certain."""


class Score:
    """Counts of a system over many documents."""

    def __init__(self) -> None:
        self.wanted = self.found = self.right = self.sure = self.sure_right = 0
        self.accepted = self.files = 0
        self.seconds = 0.0
        self.wrong: list[tuple[str, str]] = []

    def add(self, truth: Mapping[str, str | None], filled: Filled | None) -> None:
        """Add a document's filled targets; targets whose truth is None are not counted."""
        self.files += 1
        self.wanted += sum(bool(text) for text in truth.values())
        if filled is None:
            return
        self.accepted += 1
        for source, target in filled.targets.items():
            known = truth.get(source, "")
            if not target or known is None:
                continue
            right = "".join(target.split()) == "".join(known.split())
            self.found += 1
            self.right += right
            if source in filled.sure:
                self.sure += 1
                self.sure_right += right
                if not right:
                    self.wrong.append((source, target))

    def row(self, name: str) -> str:
        """Return a system's row of the table."""
        precision = self.right / max(1, self.found)
        recall = self.right / max(1, self.wanted)
        both = 2 * precision * recall / max(1e-9, precision + recall)
        sure = self.sure_right / max(1, self.sure), self.sure_right / max(1, self.wanted)
        written = f"{precision:9.2%} {recall:7.2%} {both:7.2%}"
        doubtless = f"{sure[0]:7.2%} {sure[1]:7.2%}"
        cost = f"{self.accepted:5}/{self.files:<5} {self.seconds:7.1f}"
        return f"  {name:16} {written}   {doubtless} {cost}"


HEADER = (
    "                    written                     without a doubt\n"
    "                   precision  recall      F1   precision recall   accepted    CPU s"
)


def measure(locales: Sequence[str] = LOCALES) -> None:
    """Print a table for each kind of document."""
    for locale in locales:
        whole = list(chapters(locale))
        if not whole:
            raise SystemExit("install the Debian package debian-handbook")
        dice = random.Random(SEED)
        kinds = {
            **_damages(whole, dice),
            "one long run of paragraphs": [flat(whole, BOOK)],
            "the same, 1 in 20 damaged": [damaged(flat(whole, BOOK), dice, 0.05)],
        }
        # Processes are slow; what they show in one language, they show in all.
        _tables(f"{locale}, handbook", kinds, SYSTEMS if locale == locales[0] else WITHIN)
    for locale in locales:
        guides = list(guide(locale.partition("-")[0]))
        _tables(f"{locale}, installation guide", _damages(guides, random.Random(SEED)), WITHIN)
    prose = list(narratives(SEED))
    _tables("es, narratives", _damages(prose, random.Random(SEED)), WITHIN)
    if not shutil.which("hunalign"):
        print("hunalign is not installed and was left out (no Debian package of it)")


def _damages(whole: list[Document], dice: random.Random) -> dict[str, list[Document]]:
    return {
        "as they are": whole,
        "1 in 20 damaged": [damaged(d, dice, 0.05) for d in whole],
        "3 in 20 damaged": [damaged(d, dice, 0.15) for d in whole],
    }


def _tables(
    what: str,
    kinds: Mapping[str, list[Document]],
    systems: Mapping[str, Callable[..., Filled | None]],
) -> None:
    for kind, documents in kinds.items():
        if not documents:
            print(f"{what} is not installed and was left out")
            return
        count = sum(len(d.source) for d in documents)
        print(f"{what}, {kind}: {len(documents)} files, {count} texts\n{HEADER}", flush=True)
        for name, system in systems.items():
            print(score(documents, system).row(name), flush=True)


def score(documents: Iterable[Document], system: Callable[..., Filled | None]) -> Score:
    """Run a system over documents."""
    result = Score()
    for document in documents:
        source, version = written(document.source, "en.md"), written(document.version, "fr.md")
        if source and version:
            begin = _spent()
            filled = system(source, version, document)
            result.seconds += _spent() - begin
            result.add(truth(document), filled)
    return result


def _spent() -> float:
    """Return CPU seconds of this process and of the children it waited for."""
    return sum(os.times()[:4])


def truth(document: Document) -> dict[str, str | None]:
    """Return each source text's right target; None where only a part fits or it occurs twice."""
    sentences: dict[int, list[str]] = defaultdict(list)
    for block in document.version:
        for number, text in block.sentences:
            sentences[number].append(text)
    owners = Counter(number for block in document.source for number in block.ids)
    result: dict[str, str | None] = {}
    for block in document.source:
        numbers = list(dict.fromkeys(number for number, _ in block.sentences))
        parts = [" ".join(sentences[number]) for number in numbers if number in sentences]
        halved = any(owners[number] > 1 for number in numbers)
        # A text that stands twice in the source is one unit, with one target.
        again = block.text in result
        result[block.text] = None if halved or again else " ".join(parts)
    return result


def ours(source: Article, version: Article, _: Document) -> Filled:
    """Align and fill as `pipeline align` does in a project without a catalogue."""
    units = {(s.context, s.text): Unit(s.context, s.text) for s in source.segments}
    catalog = Catalog("a", "fr", tuple(units.values()))
    done, _findings = fill(catalog, source, version, align(source, version), accept=True)
    return Filled(
        {u.source: u.target for u in done.units if u.target},
        frozenset(u.source for u in done.units if u.state is State.REVIEWED),
    )


def by_length(source: Article, version: Article, _: Document) -> Filled:
    """Align by lengths alone (Gale and Church 1993), over whole documents."""
    left, right = ([s.text for s in a.segments] for a in (source, version))
    return _joined(left, right, _gale_church([len(t) for t in left], [len(t) for t in right]))


def _joined(
    left: Sequence[str],
    right: Sequence[str],
    beads: Iterable[tuple[Sequence[int], Sequence[int]]],
) -> Filled:
    targets = {}
    for sources, versions in beads:
        if len(sources) == 1 and versions:
            targets[left[sources[0]]] = " ".join(right[j] for j in versions)
    return Filled(targets, frozenset(targets))


_BEADS = {(1, 1): 0.89, (1, 0): 0.005, (0, 1): 0.005, (2, 1): 0.0445, (1, 2): 0.0445, (2, 2): 0.011}


def _gale_church(left: Sequence[int], right: Sequence[int]) -> Iterator[tuple[range, range]]:
    """Return the cheapest path, searched within a tenth of the texts from the diagonal."""
    width = max(50, len(left) // 10) + abs(len(left) - len(right))
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for i in range(len(left) + 1):
        middle = i * len(right) // max(1, len(left))
        for j in range(max(0, middle - width), min(len(right), middle + width) + 1):
            if (i, j) not in best:
                continue
            for (n, m), chance in _BEADS.items():
                if i + n > len(left) or j + m > len(right):
                    continue
                gone = best[i, j][0] - log(chance)
                gone += _cost(sum(left[i : i + n]), sum(right[j : j + m])) if n and m else 0.0
                if gone < best.get((i + n, j + m), (inf, 0, 0))[0]:
                    best[i + n, j + m] = (gone, n, m)
    i, j = len(left), len(right)
    while i or j:
        _, n, m = best[i, j]
        yield range(i - n, i), range(j - m, j)
        i, j = i - n, j - m


def _cost(left: int, right: int) -> float:
    off = abs(right - left) / sqrt(6.8 * (left + right) / 2)
    return -log(max(erfc(off / sqrt(2)), 1e-12))


def hunalign(source: Article, version: Article, _: Document) -> Filled | None:
    """Align with hunalign, without a dictionary, with its own realignment."""
    left, right = ([s.text for s in a.segments] for a in (source, version))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / "left", folder / "right", folder / "none"]
        for path, texts in zip(paths, (left, right, []), strict=True):
            path.write_text("".join(f"{_tokens(t)}\n" for t in texts), encoding="utf-8")
        command = ["hunalign", "-realign", *map(str, (paths[2], *paths[:2]))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    steps = [tuple(map(int, line.split()[:2])) for line in done.stdout.splitlines()]
    beads = [(range(a[0], b[0]), range(a[1], b[1])) for a, b in pairwise(steps)]
    return _joined(left, right, beads) if beads else None


def _tokens(text: str) -> str:
    return " ".join(re.findall(r"\w+|[^\w\s]", text))


def gettextize(source: Article, version: Article, _: Document) -> Filled | None:
    """Pair the texts with po4a-gettextize; return None if it refuses their structure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, article in (("en.md", source), ("fr.md", version)):
            (folder / path).write_bytes(article.data)
        command = "po4a-gettextize -f text -o markdown -m en.md -M UTF-8 -l fr.md -L UTF-8 -p a.po"
        done = subprocess.run(command.split(), cwd=folder, capture_output=True, check=False)
        if done.returncode or not (folder / "a.po").exists():
            return None
        try:
            units = load_po(folder / "a.po", "a.po").catalog("a", "fr").units
        except InputError:
            return None
    known = {"".join(s.text.split()): s.text for s in source.segments}
    targets = {known.get("".join(u.source.split()), u.source): u.target for u in units if u.target}
    return Filled(targets, frozenset())


WITHIN: Mapping[str, Callable[..., Filled | None]] = {"pipeline": ours, "length only": by_length}
"""Systems that run in this process."""
SYSTEMS: Mapping[str, Callable[..., Filled | None]] = {
    **WITHIN,
    "po4a-gettextize": gettextize,
    **({"hunalign": hunalign} if shutil.which("hunalign") else {}),
}
