"""Files read by other programs: pre-commit hooks, GitHub workflows and forms."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from pipeline.gate.formats import FORMATS

ROOT = Path(__file__).parents[1]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
WORKFLOW = ROOT / "docs" / "github-workflow.yml"
GITHUB = ROOT / ".github"
OWN_WORKFLOW = GITHUB / "workflows" / "verify.yml"
FORMS = [path for path in GITHUB.glob("ISSUE_TEMPLATE/*.yml") if path.stem != "config"]


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
        ("locales/templates/LC_MESSAGES/salt.pot", False),
        ("pipeline/cli.py", False),
        ("notes.mdx", False),
    ],
)
def test_the_hook_runs_where_texts_change(path: str, expected: bool) -> None:
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    assert bool(re.search(hook["files"], path)) is expected
    assert hook["entry"] == "pipeline check"


@pytest.mark.parametrize(
    ("kind", "paths"),
    [
        ("workflows", [WORKFLOW, *GITHUB.glob("workflows/*.yml")]),
        ("issue-forms", FORMS),
        ("issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
    ],
)
def test_files_for_github_match_their_schemas(kind: str, paths: list[Path]) -> None:
    schema = ("--builtin-schema", f"vendor.github-{kind}")
    run("check_jsonschema", *schema, *map(str, paths))


def test_our_workflow_runs_what_a_change_must_pass_from_the_oldest_python_on() -> None:
    (job,) = yaml.safe_load(OWN_WORKFLOW.read_text(encoding="utf-8"))["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest, newest = job["strategy"]["matrix"]["python-version"]
    assert (f">={oldest}", newest) == (project["requires-python"], "3.x")


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_fields_of_a_form_have_ids_and_labels_of_their_own(path: Path) -> None:
    body = yaml.safe_load(path.read_text(encoding="utf-8"))["body"]
    fields = [field for field in body if field["type"] != "markdown"]
    for names in (
        [field["id"] for field in fields],
        [field["attributes"]["label"] for field in fields],
    ):
        assert len(set(names)) == len(names)


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
