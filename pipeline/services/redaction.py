"""What a service said, fit to be shown: short, printable, without secrets and without the text."""

from __future__ import annotations

import html
import json
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from pipeline.ranges import replace_ranges

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["answer_excerpt", "redact", "said_in"]

_READ = 4000
"""Bytes of the answer that are looked at."""
_SHOWN = 120
"""Characters."""
_ECHO = 12
"""So many characters that were sent are an echo of the text; fewer may be a common word."""
_PART = 6
"""So many characters of a secret are too many: some services show the first ones of a key."""
_GAP = "…"


def answer_excerpt(body: bytes, secrets: Iterable[str] = (), sent: Iterable[str] = ()) -> str:
    """Give the messages in an answer in quotes, or what kind of answer it is.

    ``sent`` is what was asked; services like to repeat it in their messages.
    """
    text = body[:_READ].decode("utf-8", "replace").strip()
    if not text:
        return "nothing"
    if text[:1] == "<":
        return "a web page"
    with suppress(ValueError, RecursionError):  # half an answer, or no JSON, is shown as it is
        text = " ".join(said_in(json.loads(body)))
    shown = " ".join(redact(_decoded(text[:_READ]), secrets, sent).split())
    shown = "".join(char if char.isprintable() else "�" for char in shown)
    return f"'{shown[:_SHOWN]}{_GAP}'" if len(shown) > _SHOWN else f"'{shown}'"


def redact(text: str, secrets: Iterable[str], sent: Iterable[str] = ()) -> str:
    """Put an ellipsis in the place of each secret, of its parts, and of echoes of what was sent."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = _masked(text.replace(secret, _GAP), secret, _PART)
    for echoed in sent:
        text = _masked(text, echoed, _ECHO)
    return text


def said_in(value: object) -> list[str]:
    """Give the texts and numbers in a JSON value, in their order."""
    found: list[str] = []
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += reversed(item.values())
        elif isinstance(item, list | tuple):
            waiting += reversed(item)
        elif isinstance(item, str) or (isinstance(item, int) and not isinstance(item, bool)):
            found.append(str(item))
    return found


def _decoded(text: str) -> str:
    """Undo what would hide an echo."""
    return html.unescape(unquote_plus(text) if "%" in text else text)


def _masked(text: str, hidden: str, length: int) -> str:
    """Replace each run of so many characters that stands in the other text too."""
    # Lower case of a few letters is longer; then places would not fit.
    low = text.lower() if len(text.lower()) == len(text) else text
    lower = hidden.lower()
    known = {lower[at : at + length] for at in range(len(lower) - length + 1)}
    edits: list[tuple[int, int, str]] = []
    at = 0
    while at + length <= len(text):
        if low[at : at + length] not in known:
            at += 1
            continue
        end = at + length
        while end < len(text) and low[end - length + 1 : end + 1] in known:
            end += 1
        edits.append((at, end, _GAP))
        at = end
    return replace_ranges(text, edits)
