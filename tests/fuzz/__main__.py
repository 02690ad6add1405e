"""Try the laws on new inputs for as long as told: ``python -m tests.fuzz --minutes 10``."""

from __future__ import annotations

import argparse
import random
import sys
import warnings

from hypothesis import HealthCheck, settings

from tests.fuzz.hunt import SIZE, Hunt


def main(arguments: list[str] | None = None) -> int:
    """Return 0 where no law was broken, 1 where one was, 2 where no law has the given name."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5, help="how long (default 5)")
    parser.add_argument("--law", action="append", help="only laws with this in their name")
    parser.add_argument("--seed", type=int, help="begin with this one (default: by chance)")
    options = parser.parse_args(arguments)
    _load_profile()
    from tests.fuzz.laws import laws  # here, as a law takes the profile of its import

    known = laws()
    chosen = {
        name: law
        for name, law in known.items()
        if any(part in name for part in options.law or [""])
    }
    if not chosen:
        parser.error("\n  ".join(("no law is named so; there are:", *known)))
    warnings.simplefilter("error")
    seed = random.randrange(2**32) if options.seed is None else options.seed
    hunt = Hunt(chosen, seed)
    hunt.run(options.minutes * 60)
    sys.stdout.write(hunt.table() + "\n")
    return 1 if any(row.failure for row in hunt.rows) else 0


def _load_profile() -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    settings.register_profile(
        "hunt",
        deadline=None,
        max_examples=SIZE,
        derandomize=False,
        print_blob=True,
        report_multiple_bugs=False,  # the next run finds the next one
        suppress_health_check=checks,
    )
    settings.load_profile("hunt")


if __name__ == "__main__":
    sys.exit(main())
