"""Babel's extractor on an article; `test_gettext` runs all of ``pybabel extract``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.babel_extractor import extract_article
from pipeline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ARTICLE = """\
---
title: Salt
author: Ana
---

<!-- pipeline: note A short one -->

One *word*.

## Ana Ruiz, Blue Spoon (@ana)

Two.
"""

Extracted = tuple[int, str, tuple[str, str], list[str]]


def extracted(
    folder: Path, text: str = ARTICLE, options: Mapping[str, str] | None = None
) -> list[Extracted]:
    path = folder / "en.md"
    path.write_text(text, encoding="utf-8")
    with path.open("rb") as file:
        return list(extract_article(file, {}, (), options or {}))


def contexts(messages: list[Extracted]) -> dict[str, str]:
    return {message: context for _, _, (context, message), _ in messages}


def test_each_unit_has_line_context_message_and_notes(tmp_path: Path) -> None:
    messages = extracted(tmp_path)
    assert [(line, name, message) for line, name, (_, message), _ in messages] == [
        (2, "pgettext", "Salt"),
        (8, "pgettext", "One *word*."),
        (12, "pgettext", "Two."),
    ]
    assert contexts(messages)["Salt"] == "front-matter"
    assert contexts(messages)["Two."] == "ana-ruiz"
    assert [any("A short one" in note for note in notes) for *_, notes in messages] == [
        False,
        True,
        False,
    ]


def test_the_settings_of_the_project_around_it_hold(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_text('keys = ["author"]\n', encoding="utf-8")
    assert "Ana" in contexts(extracted(tmp_path))
    assert "Salt" not in contexts(extracted(tmp_path))


@pytest.mark.parametrize(
    ("options", "keys"),
    [({}, {"Ana"}), ({"keys": "title"}, {"Salt"}), ({"keys": "title, author"}, {"Salt", "Ana"})],
)
def test_options_go_before_the_settings(
    tmp_path: Path, options: dict[str, str], keys: set[str]
) -> None:
    (tmp_path / "pipeline.toml").write_text('keys = ["author"]\n', encoding="utf-8")
    assert set(contexts(extracted(tmp_path, options=options))) & {"Salt", "Ana"} == keys


def test_a_vault_of_obsidian_keeps_line_breaks(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_text("", encoding="utf-8")
    assert "One two" in contexts(extracted(tmp_path, "One\ntwo"))
    (tmp_path / ".obsidian").mkdir()
    assert "One\ntwo" in contexts(extracted(tmp_path, "One\ntwo"))


def test_an_option_says_who_is_an_expert(tmp_path: Path) -> None:
    heading = "Ana Ruiz, Blue Spoon (@ana)"
    assert heading not in contexts(extracted(tmp_path))
    assert heading in contexts(extracted(tmp_path, options={"expert": "(?P<name>Nobody)"}))


@pytest.mark.parametrize(
    ("text", "line"), [("---\na: b: c\n---\n", 2), ("---\ntitle: Salt\n\tb: c\n---\n", 3)]
)
def test_front_matter_that_cannot_be_read_is_named(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(InputError, match=rf"en\.md:{line}: "):
        extracted(tmp_path, text)
