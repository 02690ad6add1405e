"""Headings for experts."""

from __future__ import annotations

import pytest

from pipeline.article import ReadingRules
from pipeline.importers.document import Block
from pipeline.importers.expert_titles import join_blocks, mark_experts, with_expert_headings
from pipeline.importers.markdown_file import read_markdown

RULES = ReadingRules()


def titled(markdown: str) -> tuple[str, list[str]]:
    notes: list[str] = []
    blocks = read_markdown(markdown, lambda path: None).blocks
    return join_blocks(with_expert_headings(blocks, RULES, notes)), notes


ANA, BEN = "Ana Ruiz, Saltworks (@anaruiz)", "Ben Okoye, Night Market (@benokoye)"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{ANA}\n\nSalt.", f"{BEN}\n\nPepper."),
        (f"**{ANA}**\n\nSalt.", f"{BEN}\n\nPepper."),
        (f"**{ANA}**\\\nSalt.", f"**{BEN}**\\\nPepper."),
        (f"## {ANA}\n\nSalt.", f"## {BEN}\n\nPepper."),
        (f"# {ANA}\n\nSalt.", f"# {BEN}\n\nPepper."),
        (f"#### {ANA}\n\nSalt.", f"**{BEN}**\n\nPepper."),
    ],
)
def test_lines_become_headings(first: str, second: str) -> None:
    text, _ = titled(f"We asked two.\n\n{first}\n\n{second}\n")
    assert text == f"We asked two.\n\n## {ANA}\n\nSalt.\n\n## {BEN}\n\nPepper.\n"


def test_names_with_roles_need_no_handle() -> None:
    text, notes = titled(
        "We asked.\n\nAnn Lee, Founder, Acme\n\nSalt.\n\nBob Ray, CEO, Beta\n\nNo.\n"
    )
    assert text.count("## ") == 2
    assert notes == ["made headings of experts: Ann Lee, Founder, Acme; Bob Ray, CEO, Beta"]


@pytest.mark.parametrize(
    "text",
    [
        "Salt, pepper, and water\n\nAll three.\n",
        "Follow us on Twitter (@acme)\n\nOr not.\n",
        "First line\\\nsecond line.\n",
        "**Bold**\\\nsecond line.\n",
    ],
)
def test_other_lines_stay(text: str) -> None:
    assert titled(text) == (text, [])


def test_levels_begin_with_two() -> None:
    text, _ = titled(f"# {ANA}\n\nSalt.\n\n### More\n\nx\n\n# {BEN}\n\nPepper.\n")
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        f"## {ANA}", "#### More", f"## {BEN}"
    ]  # fmt: skip


QUOTED = f"## {ANA}\n\n“Salt.”\n\n## {BEN}\n\n“Pepper.\n\nAnd water.”\n\n"


def test_what_is_behind_the_last_quotation_has_a_heading() -> None:
    text, notes = titled(f"{QUOTED}My own view:\n\nNeither.\n")
    assert "## My own view:\n\nNeither." in text
    assert len(notes) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"{QUOTED}My own view is a sentence.\n\nNeither.\n",
        f"{QUOTED}My own view:\n",
        QUOTED.replace("“Salt.”", "Salt.") + "My own view:\n\nNeither.\n",
        QUOTED.replace("water.”", "water.") + "My own view:\n\nNeither.\n",
    ],
)
def test_without_certain_quotations_it_has_none(text: str) -> None:
    assert titled(text)[0] == text.rstrip("\n") + "\n"


def test_experts_of_a_form_are_marked_where_they_are_not_recognised() -> None:
    blocks = [
        Block("heading", ANA, ANA, 2, expert=True),
        Block("paragraph", "Salt.", "Salt."),
        Block("heading", "Why not", "Why not", 2, expert=True),
        Block("paragraph", "Pepper.", "Pepper."),
    ]
    texts = [block.text for block in mark_experts(blocks, RULES)]
    assert texts == [ANA, "Salt.", "Why not {.expert}", "Pepper."]
