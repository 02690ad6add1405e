"""Packages of npm for tests, which `make test-all` installs from a lock file."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

__all__ = ["ENVIRONMENT", "PACKAGES", "exported"]

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
    script = f"import {{ {name} as it }} from '{package}'; console.log(JSON.stringify(it))"
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", script],
        cwd=PACKAGES.parent,
        env=ENVIRONMENT,
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)
