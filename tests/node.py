"""Packages of npm for tests, which `make test-all` installs from a lock file."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ENVIRONMENT", "PACKAGES", "called", "exported"]

PACKAGES = Path(__file__).parents[1] / ".venv" / "generators" / "node_modules"
ENVIRONMENT = {
    **os.environ,
    "ASTRO_TELEMETRY_DISABLED": "1",
    "DOCUSAURUS_NO_PERSISTENT_CACHE": "1",
    "DOCUSAURUS_TELEMETRY_DISABLED": "1",
    "NO_UPDATE_NOTIFIER": "1",
}
"""Environment in which generators send no telemetry, check for no updates, and leave no cache
for the next build."""


def exported(package: str, name: str) -> Any:
    """Return a package's exported value, which JSON must be able to represent."""
    return _evaluated(package, name, "it")


def called(package: str, name: str, values: Sequence[str]) -> Any:
    """Return what a function of a package makes of each of some values."""
    return _evaluated(package, name, f"{json.dumps(values)}.map((value) => it(value))")


def _evaluated(package: str, name: str, expression: str) -> Any:
    script = (
        f"import {{ {name} as it }} from '{package}'; console.log(JSON.stringify({expression}))"
    )
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", script],
        cwd=PACKAGES.parent,
        env=ENVIRONMENT,
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)
