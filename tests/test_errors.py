"""Errors that the pipeline raises on purpose."""

from __future__ import annotations

import pytest

from pipeline.errors import InputError


@pytest.mark.parametrize(
    ("path", "line", "text"),
    [
        ("a.po", 3, "a.po:3: is broken"),
        ("a.po", 0, "a.po: is broken"),
        ("", 3, "is broken"),
        ("", 0, "is broken"),
    ],
)
def test_an_input_error_begins_with_its_place(path: str, line: int, text: str) -> None:
    error = InputError("is broken", path, line)
    assert (str(error), error.path, error.line) == (text, path, line)
