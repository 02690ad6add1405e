"""Measurements beside named peers; `make bench` runs them all."""

from __future__ import annotations

import argparse
import sys

from tests.bench import (
    alignment,
    coverage,
    drafts,
    extraction,
    gate,
    identity,
    merging,
    roundtrip,
    unchanged,
)

_ALL = (
    "extraction",
    "coverage",
    "roundtrip",
    "identity",
    "gate",
    "drafts",
    "alignment",
    "merging",
    "unchanged",
)


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", choices=(*_ALL, []), default=[])
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
    wanted = arguments.what or _ALL
    if "extraction" in wanted:
        extraction.measure(arguments.megabytes, arguments.runs)
    if "coverage" in wanted:
        coverage.measure(arguments.files)
    if "roundtrip" in wanted:
        roundtrip.measure(arguments.files)
    if "identity" in wanted:
        identity.measure(arguments.files // 4)
    if "gate" in wanted:
        gate.measure(arguments.paragraphs)
    if "drafts" in wanted:
        drafts.measure()
    if "alignment" in wanted:
        alignment.measure()
    if "merging" in wanted:
        merging.measure(arguments.sizes)
    if "unchanged" in wanted:
        unchanged.measure()
    return 0


if __name__ == "__main__":
    sys.exit(main())
