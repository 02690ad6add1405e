"""Projects in which a command has much, little or nothing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sample_project import ARTICLE, Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = [
    "FRENCH",
    "SITUATIONS",
    "WRITING",
    "done",
    "fresh",
    "merged",
    "source_changed",
    "version_exists",
]


WRITING = ["run", "extract", "merge", "align", "translate", "build"]
FRENCH = """\
---
title: Deux cuisiniers et le sel
---

Nous avons posé **une** question à deux cuisiniers sur [le sel](https://example.org/salt).

## Ana Ruiz, Blue Spoon (@ana_ruiz)

Je ne le pèse jamais.
"""


def fresh(root: Path) -> Project:
    return Project(root)


def done(root: Path) -> Project:
    project = Project(root)
    project.done("run", "--drafts")
    return project


def source_changed(root: Path) -> Project:
    project = done(root)
    project.edit("source/salt/en.md", "I taste 3 times", "I taste it 3 times")
    return project


def line_moved(root: Path) -> Project:
    project = done(root)
    project.edit("source/salt/en.md", "author:", "editor: Someone\nauthor:")
    return project


def draft_rewritten(root: Path) -> Project:
    project = done(root)
    project.edit(project.po(), "⟪Î ñééṽééŕ ŵééîĝĥ îţ.⟫", "Jamais.")
    return project


def reviewed(root: Path) -> Project:
    project = done(root)
    project.review()
    return project


def extracted(root: Path) -> Project:
    project = Project(root)
    project.done("extract")
    return project


def merged(root: Path) -> Project:
    project = extracted(root)
    project.done("merge")
    return project


def version_exists(root: Path) -> Project:
    project = merged(root)
    project.write("source/salt/fr.md", FRENCH)
    return project


def no_engine(root: Path) -> Project:
    project = Project(root, engines=[])
    project.done("merge")
    return project


def nothing_remembered(root: Path) -> Project:
    project = Project(root, engines=["memory"])
    project.done("merge")
    return project


def all_damaged(root: Path) -> Project:
    options = {"pseudo": {"damage": 1.0, "kinds": ["drop", "digits"]}}
    project = Project(root, text=ARTICLE.partition("## Ben")[0], engine=options)
    project.done("translate")
    return project


def no_letters(root: Path) -> Project:
    project = Project(root, text="12 345\n\n`code`\n")
    project.done("merge")
    return project


def page_deleted(root: Path) -> Project:
    project = done(root)
    (project.root / "build/en/salt.html").unlink()
    return project


SITUATIONS: list[Callable[[Path], Project]] = [
    fresh,
    extracted,
    merged,
    done,
    source_changed,
    line_moved,
    draft_rewritten,
    reviewed,
    version_exists,
    no_engine,
    nothing_remembered,
    all_damaged,
    no_letters,
    page_deleted,
]
