"""The files that make the check run elsewhere: for pre-commit, and for a workflow of GitHub."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pipeline.gate.formats import FORMATS

ROOT = Path(__file__).parents[1]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
WORKFLOW = ROOT / "docs" / "github-workflow.yml"


def run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pre_commit_takes_our_hooks() -> None:
    run("pre_commit", "validate-manifest", str(HOOKS))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("source/salt/en.md", True),
        ("locales/fr/LC_MESSAGES/salt.po", True),
        ("locales/salt.pot", False),
        ("pipeline/cli.py", False),
        ("notes.mdx", False),
    ],
)
def test_the_hook_runs_where_texts_change(path: str, expected: bool) -> None:
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    assert bool(re.search(hook["files"], path)) is expected
    assert hook["entry"] == "pipeline check"


def test_the_workflow_is_one() -> None:
    schema = ("--builtin-schema", "vendor.github-workflows")
    run("check_jsonschema", *schema, str(WORKFLOW))


def test_the_workflow_uses_formats_that_exist() -> None:
    text = WORKFLOW.read_text(encoding="utf-8")
    (job,) = yaml.safe_load(text)["jobs"].values()
    commands = [shlex.split(step["run"]) for step in job["steps"] if "run" in step]
    checks = [command for command in commands if command[:2] == ["pipeline", "check"]]
    formats = [command[command.index("--output-format") + 1] for command in checks]
    assert formats == ["github", "sarif"]
    assert set(formats) <= set(FORMATS)
    written = checks[1][checks[1].index("--output-file") + 1]
    assert job["steps"][-1]["with"]["sarif_file"] == written
