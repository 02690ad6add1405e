"""Modules loaded at start-up, counted instead of seconds, which depend on the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from tests.sample_project import ENVIRONMENT, Project

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """\
import json, sys
from pipeline.cli import main
code = main(sys.argv[1:])
print(json.dumps([code, sorted(sys.modules)]))
"""


class Loaded(NamedTuple):
    """Modules loaded when a command ends."""

    ours: list[str]
    libraries: set[str]


def loaded(folder: Path, *arguments: str) -> Loaded:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT},
        capture_output=True,
        text=True,
        check=True,
    )
    code, modules = json.loads(run.stdout.splitlines()[-1])
    assert code == 0, run.stderr
    tops = {name.partition(".")[0] for name in modules}
    return Loaded([m for m in modules if m.partition(".")[0] == "pipeline"], tops)


HEAVY = {
    "babel",
    "jinja2",
    "nh3",
    "polib",
    "pyromark",
    "rapidfuzz",
    "regex",
    "requests",
    "translate",
    "yaml",
}


def test_the_version_loads_next_to_nothing(tmp_path: Path) -> None:
    modules = loaded(tmp_path, "--version")
    assert len(modules.ours) <= 16, modules.ours
    assert modules.libraries & HEAVY == set()


def test_a_run_without_changes_loads_what_looks_at_files(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("run", "--drafts")
    modules = loaded(tmp_path, "run", "--drafts")
    assert len(modules.ours) <= 88, modules.ours
    assert modules.libraries & {"requests", "translate", "lt_py", "language_tool_python"} == set()
    alignment = [name for name in modules.ours if name.startswith("pipeline.alignment.")]
    assert alignment == []
