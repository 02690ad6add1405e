"""Install and use the built wheel in a fresh environment, on a newcomer's article.

``python -m tests.wheel`` builds the distribution, installs it with the newest versions that
pyproject.toml allows, and processes an article outside of the checkout. It uses the
package index, so pytest does not run it. ``python -m tests.wheel FOLDER`` copies the distribution
into an empty or missing folder afterwards, so that a release uploads the files that were tried.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]

ARTICLE = """\
---
title: "Three gardeners on slugs"
description: What keeps slugs away from lettuce.
language: en
---

# Three gardeners on slugs

We asked what works.

## Wim Aalders, Green Roofs (@wimaalders)

I go out at night with a lamp. It takes 20 minutes.

## Ida Storm, Plot 12 (@idastorm)

Copper tape did nothing for me; [ducks](https://example.org/ducks) did.
"""
VERSION = """\
---
title: "Trois jardiniers et les limaces"
description: Ce qui éloigne les limaces des laitues.
language: fr
---

# Trois jardiniers et les limaces

Nous avons demandé ce qui marche.

## Wim Aalders, Green Roofs (@wimaalders)

Je sors la nuit avec une lampe. Cela prend 20 minutes.
"""
LIBRARY = """
import sys
from pathlib import Path
import pipeline
article = pipeline.read_article(Path("source/slugs/en.md").read_bytes(), "en.md")
catalog = pipeline.load_catalog(Path("locales/fr/LC_MESSAGES/slugs.po"), "slugs", "fr")
assert len(catalog.units) == len(pipeline.extract(article, "slugs").units)
assert Path(pipeline.__file__).is_relative_to(sys.prefix), pipeline.__file__
"""
FORMS = ("nplurals=2; plural=(n > 1);", "nplurals=3; plural=n>1 ? 2 : 0;", "")
"""French plural forms as gettext and as other tools write them; empty for none."""


class Environment:
    """A virtual environment, and the working folder of its programs."""

    def __init__(self, folder: Path, work: Path) -> None:
        venv.create(folder, with_pip=True)
        self.programs = folder / ("Scripts" if os.name == "nt" else "bin")
        self.work = work

    def run(self, program: str, *arguments: str, code: int = 0) -> str:
        """Run a program of the environment; return its output.

        Raises:
            SystemExit: it ends with another code.
        """
        done = subprocess.run(
            [self.programs / program, *arguments],
            cwd=self.work,
            env={k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PIPELINE_"))},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        if done.returncode != code:
            line = f"{program} {' '.join(arguments)}"
            sys.exit(f"{line}: expected exit code {code}, found {done.returncode}:\n{done.stdout}")
        return done.stdout


def main(kept: Path | None = None) -> None:
    """Build, install and use the wheel; copy the distribution to a folder if one is named.

    Raises:
        SystemExit: the folder has files, or a step fails.
    """
    if kept and kept.exists() and any(kept.iterdir()):
        # An upload of dist/* would take the files of an older release along.
        sys.exit(f"{kept} is not empty: delete it, or name another folder")
    with tempfile.TemporaryDirectory(prefix="wheel-") as folder:
        tools = Environment(Path(folder, "tools"), ROOT)
        tools.run("pip", "install", "--quiet", "build")
        # By way of the source distribution: a wheel built in place leaves its files in build/,
        # which is where pages are.
        tools.run("python", "-m", "build", "--outdir", f"{folder}/dist", ".")
        (wheel,) = Path(folder, "dist").glob("*.whl")
        project = Path(folder, "project")
        project.mkdir()
        fresh = Environment(Path(folder, "fresh"), project)
        fresh.run("pip", "install", "--quiet", str(wheel))
        fresh.run("pip", "check")
        print(f"{wheel.name} in a fresh environment:")
        print(fresh.run("pip", "list", "--format=freeze").replace("\n", " ").strip())
        use(fresh, project)
        if kept:
            shutil.copytree(wheel.parent, kept, dirs_exist_ok=True)
    print("init, run, check, build, rules, status and the library work from the wheel")


def use(fresh: Environment, project: Path) -> None:
    """Process an article through all steps of a newcomer."""
    fresh.run("pipeline", "init", ".", "--source", "en", "--locales", "fr,es")
    article = project / "source" / "slugs"
    article.mkdir()
    (article / "en.md").write_text(ARTICLE, "utf-8")
    (article / "fr.md").write_text(VERSION, "utf-8")
    run = ("run", "--drafts", "--offline", "--article", "slugs")
    aligned = fresh.run("pipeline", *run)
    assert "aligned from source/slugs/fr.md" in aligned, aligned
    assert "nothing to do" in fresh.run("pipeline", *run)
    fresh.run("pipeline", "check")
    fresh.run("pipeline", "build", "--drafts")
    assert "PO104" in fresh.run("pipeline", "rules")
    assert "Wim Aalders" in fresh.run("pipeline", "status", "--article", "slugs")
    page = (project / "preview" / "fr" / "slugs.md").read_text("utf-8")
    assert "Je sors la nuit" in page, page
    assert "Wim Aalders, Green Roofs (@wimaalders)" in page, page
    fresh.run("python", "-c", LIBRARY)
    catalogue = project / "locales" / "fr" / "LC_MESSAGES" / "slugs.po"
    lines = catalogue.read_text("utf-8").splitlines(keepends=True)
    for forms in FORMS:
        kept = [
            f'"Plural-Forms: {forms}\\n"\n' if line.startswith('"Plural-Forms:') else line
            for line in lines
            if forms or not line.startswith('"Plural-Forms:')
        ]
        catalogue.write_text("".join(kept), "utf-8")
        fresh.run("pipeline", "check")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
