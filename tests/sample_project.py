"""A small project in a temporary folder, for tests of the outer layers."""

from __future__ import annotations

import io
import json
import os
from contextlib import chdir, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

from pipeline.catalogue.po.file import load_po
from pipeline.cli.program import main

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model import Catalog, Unit

__all__ = ["ARTICLE", "ENVIRONMENT", "Outcome", "Project"]

ENVIRONMENT = {"PIPELINE_OFFLINE": "1", "SOURCE_DATE_EPOCH": "1700000000"}
"""Environment without a network and with fixed dates."""

ARTICLE = """\
---
title: Two cooks on salt
description: How much is enough?
author: The editors
---

We asked two cooks **one** question about [salt](https://example.org/salt).

## Ana Ruiz, Blue Spoon (@ana_ruiz)

I never weigh it.

I taste 3 times, then I stop.

## Ben Cole, The Larder (@bencole)

- Less than you think.
- More than your doctor thinks.
"""
"""Article with seven texts: two keys, the introduction, two of Ana Ruiz, two of Ben Cole."""


class Outcome(NamedTuple):
    """Outcome of a command line."""

    code: int
    out: str
    err: str


class Project:
    """Files of a project, and command lines run in it."""

    def __init__(self, root: Path, *articles: str, text: str = ARTICLE, **settings: object) -> None:
        self.root = root
        values = {"locales": ["fr"], "engines": ["pseudo"], **settings}
        self.write("pipeline.toml", _toml("", values).partition("\n")[2].replace("[.", "["))
        for article in articles or ("salt",):
            self.write(f"source/{article}/en.md", text)

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file, and create its folders."""
        data = content.encode() if isinstance(content, str) else content
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(data)

    def read(self, path: str) -> str:
        """Return a file's text."""
        return (self.root / path).read_bytes().decode()

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace a text that occurs once in a file."""
        text = self.read(path)
        assert text.count(old) == 1, (path, old, text)
        self.write(path, text.replace(old, new))

    def run(self, *arguments: str, **environment: str) -> Outcome:
        """Run a command line in the project's folder, in this process."""
        out, err = io.StringIO(), io.StringIO()
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PIPELINE_")}
        values = {**clean, **ENVIRONMENT, **environment}
        with (
            chdir(self.root),
            mock.patch.dict(os.environ, values, clear=True),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = main(arguments)
        return Outcome(code, out.getvalue(), err.getvalue())

    def done(self, *arguments: str, **environment: str) -> Outcome:
        """Run a command line that must succeed; return its outcome."""
        outcome = self.run(*arguments, **environment)
        assert outcome.code == 0, outcome
        return outcome

    def tree(self) -> dict[str, bytes]:
        """Return the content of all files by path, except the state folder."""
        return {
            path: file.read_bytes()
            for path, file in self._files().items()
            if not path.startswith(".pipeline/")
        }

    def stamps(self) -> dict[str, tuple[bytes, int, int]]:
        """Return content, modification time and mode of every file; any write changes them."""
        return {
            path: (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_mode)
            for path, file in self._files().items()
        }

    def written(self) -> dict[str, tuple[bytes, int, int]]:
        """Return the stamps of all files except the state folder."""
        stamps = self.stamps().items()
        return {path: stamp for path, stamp in stamps if not path.startswith(".pipeline/")}

    def po(self, locale: str = "fr", article: str = "salt") -> str:
        """Return the path of a catalogue."""
        return f"locales/{locale}/LC_MESSAGES/{article}.po"

    def catalog(self, locale: str = "fr", article: str = "salt") -> Catalog:
        """Read a catalogue."""
        path = self.po(locale, article)
        return load_po(self.root / path, path).catalog(article, locale)

    def unit(self, source: str, locale: str = "fr") -> Unit:
        """Return the catalogue's one unit with this source text."""
        (unit,) = (unit for unit in self.catalog(locale).units if unit.source == source)
        return unit

    def review(self, locale: str = "fr", article: str = "salt") -> None:
        """Accept all drafts, as an editor does by removing the fuzzy marks."""
        path = self.po(locale, article)
        self.write(path, self.read(path).replace("#, fuzzy\n", ""))

    def _files(self) -> dict[str, Path]:
        return {
            file.relative_to(self.root).as_posix(): file
            for file in sorted(self.root.rglob("*"))
            if file.is_file()
        }


def _toml(path: str, value: object) -> str:
    """Return one setting as TOML; a table has its header, and its own settings come first."""
    if not isinstance(value, dict):
        return f"{path.rpartition('.')[2]} = {json.dumps(value)}\n"
    inner = sorted(value.items(), key=lambda item: isinstance(item[1], dict))
    return f"[{path}]\n" + "".join(_toml(f"{path}.{name}", item) for name, item in inner)
