"""Texts of a version that a build would refuse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract
from pipeline.findings import Place
from pipeline.model import State
from pipeline.pages.refusals import hold_refused

REFUSED = {
    "a shortcode of another dialect": ("See {{< var a >}}.", "Voyez {{ a }}.", "placeholder"),
    "a link less": ("See [here](a.md).", "Voyez [ici].", "link"),
    "a link left out": ("See [here](a.md).", "Voyez ici.", "expected 1 link or image as in"),
    "an image left out": ("![a](b.png) ![c](d.png) e", "![a](b.png) e", "expected 2 links and"),
    "a tag that is not closed": ("See <b>this</b>.", "Voyez <b>ceci.", "tag"),
    "another structure": ("See this.", "# Voyez", "structure"),
}


@pytest.mark.parametrize(("text", "target", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_a_build_would_refuse_is_a_draft(text: str, target: str, reason: str) -> None:
    article = read_article(f"One.\n\n{text}\n".encode(), "en.md")
    version = read_article(f"Un.\n\n{target}\n".encode(), "fr.md")
    old = extract(article, "a")
    targets = ("Un.", target)
    units = (
        u._replace(target=t, state=State.REVIEWED) for u, t in zip(old.units, targets, strict=True)
    )
    filled = replace(old, units=tuple(units))
    held, findings = hold_refused(article, version, old, filled)
    assert [unit.state for unit in held.units] == [State.REVIEWED, State.DRAFT]
    assert [unit.target for unit in held.units] == ["Un.", target]
    assert [(f.code, f.source, f.place) for f in findings] == [("AL007", text, Place("en.md", 3))]
    assert findings[0].message.startswith("taken from fr.md as a draft only: ")
    assert reason in findings[0].message
    assert hold_refused(article, version, filled, filled) == (filled, ())
