"""Align runs of texts by dynamic programming.

The lattice is that of Gale and Church (1993): a state is the number of texts of either side that
are used up, a step uses some more of both. Besides the best path, the odds of each of its steps
against all other paths are computed (forward-backward algorithm, in logarithms).
"""

from __future__ import annotations

from math import exp, inf, log, log1p
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pipeline.alignment.lattice_window import anchored_window, window_near

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.alignment.features import Features

__all__ = [
    "DOUBTS",
    "ONE_TO_ONE",
    "TEMPERATURE",
    "Alignment",
    "Bead",
    "Link",
    "Scorer",
    "add_logs",
    "best_links",
    "division_costs",
]


DOUBTS: Mapping[str, str] = {
    "other": "the two versions have little in common as a whole",
    "copy": "the text is the same in both languages",
    "order": "the order of the texts differs",
    "numbers": "the numbers differ",
    "length": "one text is far longer than the other",
    "strange": "the texts have little in common",
    "close": "another pairing fits nearly as well",
    "kind": "only one of the two is a heading",
    "parts": "several texts correspond to one",
}
"""Possible doubts about a bead, by the word for each in a signature; the gravest first."""


class Bead(NamedTuple):
    """Segments of both sides with the same content; or of one side, if the other lacks it."""

    source: tuple[int, ...]
    """Indexes into the source's segments, ascending."""
    version: tuple[int, ...]
    """Indexes into the version's segments, ascending."""
    confidence: float
    """Share of the beads judged like this that are right, 0 to 1."""
    reason: str = ""
    """Doubts about it, some of `DOUBTS`, or an empty string."""


class Alignment(NamedTuple):
    """Two versions of an article, bead by bead."""

    beads: tuple[Bead, ...]
    """In the order of the source; each segment of both sides is in exactly one bead. A bead without
    a source follows the one with the preceding segment of the version.
    """


# How often each bead occurs, as a logarithm. Set where precision and recall were best on
# the Debian Reference with 15 in 100 blocks damaged; half or double of all but the first
# changes F1 by less than 0.01.
_ALONE = log(0.02)
COSTS: Mapping[tuple[int, int], float] = {
    (1, 1): log(0.94),
    (1, 2): log(0.024),
    (2, 1): log(0.024),
    (1, 3): log(0.006),
    (3, 1): log(0.006),
    (1, 4): log(0.003),
    (4, 1): log(0.003),
    (2, 2): log(0.00001),
}
ONE_TO_ONE: Mapping[tuple[int, int], float] = {(1, 1): COSTS[1, 1]}
# A list whose items became one paragraph, or the other way round.
_LONG_LIST = log(0.0015)
_LONGEST_LIST = 8
_SEPARATE_KINDS = frozenset({"image text", "image title", "table cell", "table header"})
"""Kinds of texts that are never joined with those of other kinds."""
_START = (0.0, 0, 0, 0.0)
_BEAM_WIDTH = 40.0
"""States that are less likely than another by more than this, as a logarithm, are left out."""
TEMPERATURE = 1.5
"""Damping of all odds, which makes confidences reliable: with 10 to 30 in 100 blocks damaged, 94 in
100 of the beads between 0.8 and 0.9 were right (17,700 beads, Debian Reference).
"""


class Link(NamedTuple):
    """A bead: ``n`` source texts from ``i`` and ``m`` version texts from ``j``."""

    i: int
    n: int
    j: int
    m: int
    odds: float
    """Weight of the paths with this bead divided by that of all paths, 0 to 1."""


class Scorer(Protocol):
    """Log odds that runs of texts belong together; `Evidence` is one implementation."""

    @property
    def source(self) -> Sequence[Features]:
        """Texts of the source, in order."""
        ...

    @property
    def version(self) -> Sequence[Features]:
        """Texts of the version, in order."""
        ...

    def score(self, i: int, n: int, j: int, m: int) -> float:
        """Return the log odds that two runs of texts belong together.

        The runs are ``n`` source texts from ``i`` and ``m`` version texts from ``j``.
        """


_Step = tuple[int, int, float]
"""State at the end of a step, and the log odds that the step adds."""


def best_links(
    evidence: Scorer,
    costs: Mapping[tuple[int, int], float] = COSTS,
    *,
    alone: float = _ALONE,
    around: Sequence[Link] | None = None,
) -> list[Link]:
    """Find the likeliest beads, in order; each text is in exactly one.

    ``around`` is a chain found before; states far from it are not searched. The list is empty if
    ``costs`` and ``alone`` (log of the frequency of texts without a counterpart) allow none.
    """
    lattice = _Lattice(evidence, costs, alone, around)
    lattice.forward()
    lattice.backward()
    return lattice.path()


def division_costs(sentences: int) -> Mapping[tuple[int, int], float]:
    """Return the costs for dividing some sentences among texts: each gets one or more."""
    return {(1, m): 0.0 for m in range(1, sentences + 1)}


class _Lattice:
    def __init__(
        self,
        evidence: Scorer,
        costs: Mapping[tuple[int, int], float],
        alone: float,
        around: Sequence[Link] | None,
    ) -> None:
        self.score = evidence.score
        self.n = n = len(evidence.source)
        self.m = m = len(evidence.version)
        self.costs = sorted(costs.items())
        self.alone = alone
        # Only with the whole table of beads, not for sections or the parts of a paragraph.
        self.long_lists = (4, 1) in costs
        if around is None:
            self.window = anchored_window(evidence.source, evidence.version)
        else:
            self.window = window_near((link[:4] for link in around), n, m)
        most = max((max(bead) for bead in costs), default=0)
        self.runs = _runs(evidence.source, most), _runs(evidence.version, most)
        self.moves_by_room: dict[tuple[int, ...], list[tuple[int, int, float]]] = {}
        self.steps: list[dict[int, list[_Step]]] = [{} for _ in range(n + 1)]
        self.before = [dict.fromkeys(range(low, high + 1), -inf) for low, high in self.window]
        self.after = [dict(row) for row in self.before]
        self.best: list[dict[int, tuple[float, int, int, float]]] = [{} for _ in range(n + 1)]
        self.waves: list[list[tuple[int, int]]] = [[] for _ in range(n + m + 1)]
        """States by the number of texts of both sides that they have used up."""

    def moves(self, i: int, j: int) -> list[tuple[int, int, float]]:
        """Return the beads that can begin at a state, with their costs."""
        room = self.runs[0][i] + self.runs[1][j]
        if room not in self.moves_by_room:
            most_n, list_n, most_m, list_m = room
            moves = [(n, m, c) for (n, m), c in self.costs if n <= most_n and m <= most_m]
            if self.long_lists and most_n and most_m:
                moves += [(n, 1, _LONG_LIST) for n in range(5, list_n + 1)]
                moves += [(1, m, _LONG_LIST) for m in range(5, list_m + 1)]
            self.moves_by_room[room] = moves
        return self.moves_by_room[room]

    def forward(self) -> None:
        """Go from state to state, those first that have used up fewer texts.

        States are left out that are far less likely than another one with as many texts used up.
        """
        self.add_state(0, 0, 0.0)
        score, before, alone = self.score, self.before, self.alone
        for states in self.waves:
            # A step uses up at least one text, so all paths to the states of this wave are known.
            least = max((before[i][j] for i, j in states), default=0.0) - _BEAM_WIDTH
            states[:] = [(i, j) for i, j in states if before[i][j] >= least]
            for i, j in states:
                steps: list[_Step] = []
                self.steps[i][j] = steps
                if j < self.window[i][1]:
                    steps.append((i, j + 1, alone))
                if i < self.n and j in before[i + 1]:
                    steps.append((i + 1, j, alone))
                for n, m, cost in self.moves(i, j):
                    if j + m in before[i + n]:
                        steps.append((i + n, j + m, cost + score(i, n, j, m)))
                self.add_paths(i, j, steps)

    def add_state(self, i: int, j: int, weight: float) -> None:
        """Add a state that is reached for the first time."""
        self.before[i][j] = weight
        self.waves[i + j].append((i, j))

    def add_paths(self, i: int, j: int, steps: Sequence[_Step]) -> None:
        """Add the weights of the paths through this state to those of the next ones."""
        weight, total = self.before[i][j], self.best[i].get(j, _START)[0]
        for i2, j2, gain in steps:
            row, best = self.before[i2], self.best[i2]
            new = weight + gain / TEMPERATURE
            # The costs rule this step out.
            if new == -inf:
                continue
            if row[j2] == -inf:
                self.add_state(i2, j2, new)
            else:
                row[j2] = add_logs(row[j2], new)
            if j2 not in best or total + gain > best[j2][0]:
                best[j2] = (total + gain, i, j, gain)

    def backward(self) -> None:
        self.after[self.n][self.m] = 0.0
        for states in reversed(self.waves):
            for i, j in states:
                weight = self.after[i][j]
                for i2, j2, gain in self.steps[i][j]:
                    weight = add_logs(weight, gain / TEMPERATURE + self.after[i2][j2])
                self.after[i][j] = weight

    def path(self) -> list[Link]:
        links: list[Link] = []
        i, j = self.n, self.m
        whole = self.before[i][j]
        while (i, j) != (0, 0) and whole > -inf:
            _, i0, j0, gain = self.best[i][j]
            odds = self.before[i0][j0] + gain / TEMPERATURE + self.after[i][j] - whole
            # Rounding may make the odds a little more than 1.
            links.append(Link(i0, i - i0, j0, j - j0, exp(min(0.0, odds))))
            i, j = i0, j0
        return links[::-1]


def add_logs(a: float, b: float) -> float:
    """Return the logarithm of the sum of two numbers that are given as logarithms."""
    if a < b:
        a, b = b, a
    # With a greater difference the smaller number is lost in the precision of a float.
    return a + log1p(exp(b - a)) if b - a > -36 else a


def _runs(texts: Sequence[Features], most: int) -> list[tuple[int, ...]]:
    """Return for each place the number of texts, and of list items, that can be joined there."""
    # From the end, because a run is one longer than the run at the next place.
    runs: list[tuple[int, ...]] = [(0, 0)]
    for at in range(len(texts) - 1, -1, -1):
        pair = texts[at : at + 2]
        joinable = len(pair) > 1 and pair[0].border == pair[1].border
        joinable = joinable and (
            pair[0].kind == pair[1].kind or not _SEPARATE_KINDS & {t.kind for t in pair}
        )
        run, items = runs[-1] if joinable else (0, 0)
        items = min(items + 1, _LONGEST_LIST) if texts[at].kind == "list item" else 0
        runs.append((min(run + 1, most), items))
    return runs[::-1]
