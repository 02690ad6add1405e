"""Output of a check in each format, against golden files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.gate import formats
from pipeline.gate.formats import FORMATS
from tests.gate.formats.rich_report import GOLDEN, outputs


@pytest.mark.parametrize("name", outputs())
def test_golden(name: str) -> None:
    assert outputs()[name].encode("utf-8") == (GOLDEN / name).read_bytes()


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(outputs())


def test_every_format_has_a_name() -> None:
    folder = Path(formats.__file__).parent
    assert FORMATS == ("text", "json", "sarif", "junit", "github")
    assert {f"{name}.py" for name in FORMATS} <= {path.name for path in folder.iterdir()}


def test_the_environment_changes_nothing() -> None:
    program = "from tests.gate.formats.rich_report import outputs; print(ascii(outputs()))"
    strange = {"NO_COLOR": "1", "UNICODE_VERSION": "4.1.0", "COLUMNS": "9", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[3],
        env={**os.environ, **strange},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ascii(outputs()) + "\n"
