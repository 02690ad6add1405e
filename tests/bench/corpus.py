"""A generated corpus: articles with front matter, lists, tables and quotes.

Its paragraphs have the length of those of a real round-up article, some 300 bytes.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS = """
    the a of and to in is that it for was on are as with his they at be this have from or one
    had by word but not what all were we when your can said there use an each which she do how
    their if will up other about out many then them these so some her would make like him into
    time has look two more write go see number no way could people my than first water been call
    who oil its now find long down day did get come made may part audience campaign engagement
    strategy well-known content budget channel metric passion curiosity organisation newsletter
""".split()  # noqa: SIM905 - as prose it can be read


def build(folder: Path, size: int, seed: int = 7) -> int:
    """Write articles of about 12 kB to reach ``size`` bytes; return the number of bytes written."""
    chance = random.Random(seed)
    written = number = 0
    while written < size:
        data = "".join(_article(chance, number)).encode("utf-8")
        target = folder / f"article-{number:04}" / "en.md"
        target.parent.mkdir(parents=True)
        target.write_bytes(data)
        written += len(data)
        number += 1
    return written


def sentence(chance: random.Random, words: int) -> str:
    """Return a sentence of ``words`` words, some of them marked up."""
    chosen = [chance.choice(WORDS) for _ in range(words)]
    for _ in range(words // 12):
        at = chance.randrange(words)
        form = chance.choice(("**{}**", "*{}*", "`{}`", "[{}](https://example.org/{})", "“{}”"))
        chosen[at] = form.replace("{}", chosen[at])
    return " ".join(chosen).capitalize() + chance.choice(".....?!")


def paragraph(chance: random.Random) -> str:
    """Return a paragraph of two to six sentences, on one line or on several."""
    text = " ".join(sentence(chance, chance.randint(8, 24)) for _ in range(chance.randint(2, 6)))
    if chance.random() < 0.5:
        return text
    words = text.split(" ")
    return "\n".join(" ".join(words[at : at + 14]) for at in range(0, len(words), 14))


def _article(chance: random.Random, number: int) -> Iterator[str]:
    title = f"{sentence(chance, 8)} {number}"
    yield f'---\ntitle: "{title}"\ndate: 2026-01-02\ntags: [one, two]\n---\n\n'
    yield f"# {title}\n\n{paragraph(chance)}\n\n"
    for expert in range(6):
        yield f"## Expert {expert} of {number}, Company {expert} (@expert{expert})\n\n"
        for _ in range(5):
            yield f"{paragraph(chance)}\n\n"
        if expert % 2:
            yield from (f"{item}. {sentence(chance, 24)}\n" for item in range(1, 4))
            yield f"\n> {paragraph(chance)}\n\n".replace("\n", "\n> ").rstrip("> ") + "\n"
    yield "| one | two | three |\n|---|---|---|\n"
    for _ in range(4):
        yield f"| {sentence(chance, 3)} | {sentence(chance, 6)} | {chance.randint(1, 99)} |\n"
    yield "\n```python\nprint('not translated')\n```\n"
