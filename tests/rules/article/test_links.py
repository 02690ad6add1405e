"""Links and images without a target, and captions directly below images."""

from __future__ import annotations

import pytest

from tests.rules.article.checking import findings

BAD = {
    "caption after an image": (
        "![A](a.png)\nA caption\n",
        [("AR103", 2, "A caption")],
    ),
    "caption after Windows line ends": (
        "![A](a.png)\r\nA caption\r\n",
        [("AR103", 2, "A caption")],
    ),
    "link to nowhere": ("See [it *now*]().\n", [("AR108", 1, "[it *now*]()")]),
    "link to nowhere in a quote": ("> See\n> [it]() é\n", [("AR108", 2, "[it]()")]),
    "label of nothing": ("See [it][one].\n", [("AR108", 1, "[it][one]")]),
    "image without a text": ("![](a.png)\n", [("AR108", 1, "![](a.png)")]),
    "image of nothing": ("![An image]()\n", [("AR108", 1, "![An image]()")]),
}


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_bad(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert findings(text) == expected


GOOD = {
    "image in a sentence": "![A](a.png) in a\nsentence.\n",
    "caption after a hard break": "![A](a.png)  \nA caption\n\n![B](b.png)\\\nB caption\n",
    "gallery": "![A](a.png)\n![B](b.png)\n",
    "links": "[a](b) [c][d] [d] [e][] <https://f.g> [#](#)\n\n[d]: x\n[e]: y\n",
    "no links": "a[0][1], `[a][b]`, \\[a][b], [x], [ ] and [^1][^2]\n",
    "code": "```\n[a]()\n![](b)\n```\n",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_good(text: str) -> None:
    assert findings(text) == []
