"""A project in a git repository with two branches, which a test edits and merges."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pipeline
from pipeline.catalogue.po.units import read_entries
from pipeline.model import Catalog
from tests.sample_project import ENVIRONMENT, Project

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Repository"]

_WHO = {
    "GIT_AUTHOR_NAME": "Ana",
    "GIT_AUTHOR_EMAIL": "ana@example.org",
    "GIT_COMMITTER_NAME": "Ana",
    "GIT_COMMITTER_EMAIL": "ana@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


class Repository(Project):
    """A project of which `main` and `other` are branches; `main` is checked out."""

    def __init__(self, root: Path, *, with_driver: bool = True) -> None:
        super().__init__(root)
        self.git("init", "-q", "-b", "main")
        self.write(".gitattributes", "*.po text eol=lf merge=pipeline\n*.pot merge=pipeline\n")
        self.write(".gitignore", "/.pipeline/\n/build/\n/preview/\n")
        if with_driver:
            self.done("git-merge", "--install")

    def catalog(self, locale: str = "fr", article: str = "salt") -> Catalog:
        """Read a catalogue, which may have conflicts."""
        path = self.po(locale, article)
        entries = read_entries((self.root / path).read_bytes(), path, accepted="versions")[1]
        entries.pop(("", ""))
        units = tuple(entry.unit for entry in entries.values() if not entry.obsolete)
        obsolete = tuple(entry.unit for entry in entries.values() if entry.obsolete)
        return Catalog(article, locale, units, obsolete)

    def git(self, *arguments: str, ok: bool = True) -> str:
        """Run git; return what it prints."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PIPELINE_"))}
        # The driver starts Python anew, in the repository.
        own = {"PYTHONPATH": str(Path(pipeline.__file__).parents[1]), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**clean, **ENVIRONMENT, **_WHO, **own},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        assert not ok or done.returncode == 0, done.stdout
        return done.stdout

    def commit(self, message: str = "edit") -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def fork(self, ours: Callable[[Project], None], theirs: Callable[[Project], None]) -> None:
        """Commit what there is, then an edit on each branch."""
        self.commit("base")
        self.git("checkout", "-q", "-b", "other")
        theirs(self)
        self.commit("theirs")
        self.git("checkout", "-q", "main")
        ours(self)
        self.commit("ours")

    def merge(self) -> str:
        """Merge the other branch; return what git prints."""
        return self.git("merge", "--no-edit", "other", ok=False)

    def unmerged(self) -> list[str]:
        """Return the paths of files with conflicts."""
        return self.git("diff", "--name-only", "--diff-filter=U").split()

    def hunks(self) -> int:
        """Return the number of conflict markers in all catalogues."""
        return sum(
            file.read_bytes().count(b"\n<<<<<<< ") for file in self.root.glob("locales/**/*.po*")
        )
