"""Time of extraction and building for 1, 10 and 100 times as much input, in one process.

Each size is a corpus that is built first (`tests.bench.corpus`), once as files of some 12 kB
and once as one file. Every text is translated by a mark behind it, so each one is put in anew.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract
from pipeline.model import Catalog, State
from pipeline.pages.building import build
from tests.bench import corpus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Article

__all__ = ["measure"]

SMALLEST = 80_000
"""Size of the smallest corpus in bytes."""
TIMES = (1, 10, 100)


def measure() -> None:
    """Print a line for each size, as files and as one."""
    for times in TIMES:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            size = corpus.build(Path(name), SMALLEST * times)
            files = [path.read_bytes() for path in sorted(Path(name).glob("*/en.md"))]
        for what, texts in ((f"{len(files)} files", files), ("one file", [b"\n".join(files)])):
            start = time.process_time()
            articles = [read_article(data, "en.md") for data in texts]
            catalogs = [_marked(article) for article in articles]
            middle = time.process_time()
            _build(articles, catalogs)
            end = time.process_time()
            print(
                f"{size / 1e6:5.2f} MB, {what:9}  extracted in {middle - start:6.2f} CPU s"
                f" ({size / 1e6 / (middle - start):5.2f} MB a second),"
                f" built in {end - middle:6.2f} ({size / 1e6 / (end - middle):5.2f})",
                flush=True,
            )


def _marked(article: Article) -> Catalog:
    units = extract(article, "it").units
    marked = [u._replace(target=u.source + " x", state=State.REVIEWED) for u in units]
    return Catalog("it", "fr", tuple(marked))


def _build(articles: Sequence[Article], catalogs: Sequence[Catalog]) -> None:
    for article, catalog in zip(articles, catalogs, strict=True):
        built = build(article, catalog, "it.po", drafts=False)
        if built.findings or b" x" not in built.data:
            raise SystemExit("a text was not put in")
