"""Part captions from the paragraphs that a copy from a page glued them to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.importers.document import Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["split_captions"]

_GLUE = re.compile(r"(?<=[a-zß-ÿ.!?…»”)\]])(?=[A-ZÀ-Þ][a-zß-ÿ’'A-ZÀ-Þ ]|[«“„]\s?[A-ZÀ-Þ])")
_LABEL = re.compile(
    r"(?:photo(?:graph(?:ie|y)?)?|image|illustration|crédits?(?: photo)?|credits?|source|légende|"
    r"picture|figure|fig\.|foto|bild|imagen|©)\s*(?:\d+\s*)?[:.–—©]|©",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_CAPTION = 250
_SHORTEST_REST = 60
_LONGEST_WORD = 60


def split_captions(blocks: Sequence[Block], title: str, notes: list[str]) -> Iterator[Block]:
    """Yield blocks with captions apart where that is certain; note where it is not.

    Certain is a caption that repeats the title or begins like one (“Photo:”), and has one place
    where two sentences touch without a space.
    """
    counts: dict[str, int] = {}
    for block in blocks:
        for word in _WORD.findall(block.plain):
            counts[word] = counts.get(word, 0) + 1
    for block in blocks:
        if block.kind != "paragraph" or "\n" in block.text:
            yield block
            continue
        places = _glued_places(block.text, counts)
        caption = _certain_caption(block, title, [at for at, _ in places])
        if caption:
            at = caption
            yield Block("paragraph", block.text[:at].rstrip(), _plain_part(block, at, first=True))
            yield Block("paragraph", block.text[at:].lstrip(), _plain_part(block, at, first=False))
            notes.append(
                f"caption {_short(block.text[:at])} is split from the paragraph it was glued to"
            )
            continue
        yield block
        for place in (at for at, is_likely in places if is_likely):
            word = block.text[max(0, place - 20) : place + 20]
            notes.append(f"a space or a line end may be missing in “…{word}…”")


def _glued_places(text: str, counts: dict[str, int]) -> list[tuple[int, bool]]:
    """Return the places where two words touch, and whether these are likely to be two.

    Names such as YouTube have capitals inside; they occur several times, and their parts are rarely
    words of the text.
    """
    places = []
    for match in _GLUE.finditer(text):
        at = match.start()
        before = re.search(r"[^\W\d_]*\Z", text[max(0, at - _LONGEST_WORD) : at])
        after = re.match(r"[^\W\d_]*", text[at : at + _LONGEST_WORD].lstrip("«“„ \xa0"))
        left, right = before[0] if before else "", after[0] if after else ""
        if not left and text[at - 1] not in ".!?…»”)]":
            continue
        if "](" in text[at - 2 : at + 2] or counts.get(left + right, 0) > 1:
            continue
        known = counts.get(right, 0) + counts.get(right.lower(), 0)
        places.append((at, bool(known and (not left or left.islower() or len(left) > 2))))
    return places


def _certain_caption(block: Block, title: str, places: Sequence[int]) -> int:
    """Return the place where a caption surely ends; 0 if there is none."""
    text = block.text
    if len(places) != 1 or not 0 < places[0] <= _LONGEST_CAPTION:
        return 0
    if len(text) - places[0] < _SHORTEST_REST:
        return 0
    start = re.sub(r"[\W_]+", "", text[: places[0]]).casefold()
    repeated = re.sub(r"[\W_]+", "", title).casefold()
    repeats = len(repeated) > 10 and start.startswith(repeated)
    return places[0] if repeats or _LABEL.match(text) else 0


def _plain_part(block: Block, at: int, *, first: bool) -> str:
    if block.plain == block.text:
        return block.plain[:at].rstrip() if first else block.plain[at:].lstrip()
    # Markup before the place makes the offsets differ.
    tail = re.sub(r"\W+", "", block.text[at : at + 40])
    for place in range(len(block.plain)):
        if re.sub(r"\W+", "", block.plain[place : place + 80]).startswith(tail[:12]):
            return block.plain[:place].rstrip() if first else block.plain[place:]
    return block.plain if first else ""


def _short(text: str) -> str:
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"
