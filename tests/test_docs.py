"""Documents compared with the code."""

from __future__ import annotations

import ast
import inspect
import re
import shlex
import subprocess
import sys
from dataclasses import is_dataclass
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.cli.program import main
from pipeline.drafting.engines import ENGINES
from pipeline.project.settings import CheckScope, CheckSettings, Grammar, Settings
from pipeline.project.settings_reader import setting_names
from pipeline.rules.codes import RULES
from tests.test_architecture import FLOOR

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


TABLES = {
    "": Settings,
    "check.": CheckSettings,
    "grammar.": Grammar,
    "check.locale.….": CheckScope,
}


def settings_table(prefix: str, kind: type) -> str:
    """Return the README's table of settings, made from the fields and their docstrings."""
    tree = ast.parse(inspect.getsource(kind))
    (cls,) = tree.body
    assert isinstance(cls, ast.ClassDef)
    documented = {}
    for field, text in zip(cls.body, cls.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
            assert isinstance(field.target, ast.Name)
            documented[field.target.id] = " ".join(ast.literal_eval(text.value).split())
    default = kind()
    rows = [
        f"| `{prefix}{name}` | {_shown(getattr(default, name))} | {documented[name]} |"
        for name in setting_names(default)
        if not is_dataclass(getattr(default, name))
    ]
    return "\n".join(rows).replace("``", "`")


def _shown(value: object) -> str:
    if value in ((), {}, ""):
        return "none"
    if isinstance(value, tuple):
        return ", ".join(f"`{item}`" for item in value)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{text}`".replace("|", "\\|")


@pytest.mark.parametrize("prefix", TABLES)
def test_readme_has_the_settings(prefix: str) -> None:
    assert settings_table(prefix, TABLES[prefix]) in README


def test_readme_has_every_command_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    offered = set(re.findall(r"^    ([a-z]+)  ", capsys.readouterr().out, re.M))
    assert offered == set(re.findall(r"^\| `pipeline ([a-z]+)`", README, re.M))


def test_readme_has_every_engine_and_no_other() -> None:
    section = README.partition("## Engines")[2]
    assert set(re.findall(r"^\| `(\w+)`", section, re.M)) == {"memory", *ENGINES}


def test_readme_names_only_codes_that_exist() -> None:
    assert set(re.findall(r"\b[A-Z]{2}\d{3}\b", README)) <= set(RULES)


def test_readme_has_every_family_of_codes() -> None:
    codes = README.partition("- **Codes**:")[2].partition("\n- ")[0]
    assert set(re.findall(r"`([A-Z]{2})`", codes)) == {code[:2] for code in RULES}


def test_architecture_has_each_package_on_its_floor() -> None:
    rows = re.findall(r"^\| (\d) \| (`.*?) \|", ARCHITECTURE, re.M)
    told = {name: int(floor) for floor, cell in rows for name in re.findall(r"`(\w+)", cell)}
    assert told == {name: floor + 1 for name, floor in FLOOR.items()}


def test_architecture_names_places_that_there_are() -> None:
    questions = ARCHITECTURE.partition("## Where to look")[2]
    named = re.findall(r"`((?:\w+/)+(?:\w+\.\w+)?|\w+\.py)`", questions)
    assert len(named) > 30
    for place in named:
        inside = list((ROOT / "pipeline").glob(place)) or list((ROOT / "pipeline").rglob(place))
        assert inside or (ROOT / place).exists(), place


def test_the_program_is_installed() -> None:
    program = Path(sys.executable).with_name("pipeline")
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"pipeline {__version__}\n"


def test_changelog_keeps_its_form() -> None:
    assert re.search(r"^## \[Unreleased\]$", CHANGELOG, re.M)
    headings = re.findall(r"^### (.*)$", CHANGELOG, re.M)
    assert set(headings) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_changelog_has_the_version_as_its_newest_release() -> None:
    releases = re.findall(r"^## \[(.*)$", CHANGELOG, re.M)
    assert releases[0] == "Unreleased]"
    assert re.fullmatch(re.escape(__version__) + r"\] - \d{4}-\d{2}-\d{2}", releases[1])


def _steps() -> list[tuple[str, str]]:
    """Return the commands of the six steps, each with the output shown in the README."""
    steps = README.partition("## Your own article")[2].partition("\n## ")[0]
    found = []
    for block in re.findall(r"```console\n(.*?)```", steps, re.S):
        lines = [line.strip() for line in block.strip().splitlines()]
        assert lines[0].startswith("$ ")
        found.append((lines[0][2:], "\n".join(lines[1:])))
    return found


@pytest.mark.usefixtures("kept_engines")
def test_the_six_steps_of_the_readme_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Run each command in an empty folder; its output is the README's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PIPELINE_OFFLINE", "1")
    monkeypatch.setenv("COLUMNS", "80")
    steps = _steps()
    assert len(steps) == 5
    for command, shown in steps:
        program, *words = shlex.split(command)
        assert program == "pipeline"
        assert main(words) == 0
        printed = "".join(capsys.readouterr())
        for line in shown.splitlines():
            assert line in printed
    assert (tmp_path / "build" / "fr" / "example.html").exists()
