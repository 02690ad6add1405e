"""Measurements beside named peers; `make bench` runs them all."""

from __future__ import annotations

import argparse
import sys

from tests.bench import drafts, extraction, gate


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", choices=("extraction", "gate", "drafts", []), default=[])
    parser.add_argument("--megabytes", type=float, default=8.0, help="for extraction")
    parser.add_argument("--runs", type=int, default=5, help="for extraction")
    parser.add_argument("--paragraphs", type=int, default=320, help="for the gate")
    arguments = parser.parse_args()
    wanted = arguments.what or ("extraction", "gate", "drafts")
    if "extraction" in wanted:
        extraction.measure(arguments.megabytes, arguments.runs)
    if "gate" in wanted:
        gate.measure(arguments.paragraphs)
    if "drafts" in wanted:
        drafts.measure()
    return 0


if __name__ == "__main__":
    sys.exit(main())
