"""Measurements beside named peers; `make bench` runs them all."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from tests.bench import (
    alignment,
    building,
    coverage,
    drafts,
    extraction,
    gate,
    growth,
    identity,
    merging,
    roundtrip,
    unchanged,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_MEASURES: dict[str, Callable[[argparse.Namespace], None]] = {
    "extraction": lambda said: extraction.measure(said.megabytes, said.runs),
    "building": lambda _: building.measure(),
    "growth": lambda _: growth.measure(),
    "coverage": lambda said: coverage.measure(said.files),
    "roundtrip": lambda said: roundtrip.measure(said.files),
    "identity": lambda said: identity.measure(said.files // 4),
    "gate": lambda said: gate.measure(said.paragraphs),
    "drafts": lambda _: drafts.measure(),
    "alignment": lambda _: alignment.measure(),
    "merging": lambda said: merging.measure(said.sizes),
    "unchanged": lambda _: unchanged.measure(),
}


def main() -> int:
    """Run the measurements named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", choices=(*_MEASURES, []), default=[])
    parser.add_argument("--megabytes", type=float, default=8.0, help="for extraction")
    parser.add_argument("--runs", type=int, default=5, help="for extraction")
    parser.add_argument(
        "--files", type=int, default=400, help="for coverage and roundtrip; a quarter for identity"
    )
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=merging.SIZES, help="for merging, in entries"
    )
    parser.add_argument("--paragraphs", type=int, default=320, help="for the gate")
    arguments = parser.parse_args()
    # Processes start as they do for users: from bytecode, once that is there.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for name, measure in _MEASURES.items():
        if name in (arguments.what or _MEASURES):
            measure(arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
