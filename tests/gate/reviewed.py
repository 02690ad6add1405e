"""A project whose French is reviewed and correct, and the findings of a check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sample_project import Outcome

__all__ = ["NO", "failing_findings", "line_of", "reviewed_project", "translate"]

NO = "\u00a0"
GOOD = {
    "Two cooks on salt": "Deux cuisiniers et le sel",
    "How much is enough?": f"Quelle quantité suffit{NO}?",
    "We asked two cooks **one** question about [salt](https://example.org/salt).": (
        "Nous avons posé **une** question sur le [sel](https://example.org/salt) à deux cuisiniers."
    ),
    "I never weigh it.": "Je ne le pèse jamais.",
    "I taste 3 times, then I stop.": "Je goûte 3 fois, puis j’arrête.",
    "Less than you think.": "Moins que vous ne pensez.",
    "More than your doctor thinks.": "Plus que votre médecin ne pense.",
}


def translate(project: Project, source: str, target: str) -> None:
    """Replace the target of a source text by a human translation."""
    blocks = project.read(project.po()).split("\n\n")
    for index, block in enumerate(blocks):
        if f'msgid "{source}"' in block or f'"{source}"\nmsgstr' in block:
            lines = [line for line in block.split("\n") if not line.startswith("# pipeline: m")]
            at = next(i for i, line in enumerate(lines) if line.startswith("msgstr"))
            blocks[index] = "\n".join(
                [*lines[:at], "msgstr " + json.dumps(target, ensure_ascii=False)]
            )
            break
    else:
        raise AssertionError(source)
    project.write(project.po(), "\n\n".join(blocks).rstrip("\n") + "\n")


def failing_findings(outcome: Outcome) -> list[tuple[Any, ...]]:
    """Return the failing findings: code, and the text's line and column in the PO file."""
    return [
        (f["code"], (f["catalogue"] or f)["line"], (f["catalogue"] or f)["column"])
        for f in json.loads(outcome.out)["findings"]
        if f["severity"] != "info"
    ]


def line_of(project: Project, text: str) -> int:
    before = project.read(project.po()).partition(text)[0]
    return before.count("\n") + 1


def reviewed_project(root: Path) -> Project:
    """Return a project whose French is reviewed and correct."""
    project = Project(root, grammar={"engine": "lingotweaker"})
    project.done("run")
    project.review()
    for source, target in GOOD.items():
        translate(project, source, target)
    return project
