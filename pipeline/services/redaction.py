"""Quote a service's answer in messages: short, printable, without secrets and the text sent."""

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
"""Limit of the text taken from an answer: in characters for JSON, else in bytes."""
_SHOWN = 120
"""Length of an excerpt, in characters, without the ellipsis."""
_ECHO = 12
"""Length from which a run shared with the sent text is an echo; fewer may be a common word."""
_PART = 6
"""Length from which a part of a secret is masked: some services show the beginning of a key."""
_GAP = "…"


def answer_excerpt(body: bytes, secrets: Iterable[str] = (), sent: Iterable[str] = ()) -> str:
    """Return an excerpt of the messages in an answer, in quotes, or the kind of the answer.

    The kind is ``nothing`` or ``a web page``. ``sent`` holds the texts of the request, which
    services like to repeat in their messages.
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
    """Replace secrets, parts of them, and echoes of the sent texts by an ellipsis each."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = _masked(text.replace(secret, _GAP), secret, _PART)
    for echoed in sent:
        text = _masked(text, echoed, _ECHO)
    return text


def said_in(value: object) -> list[str]:
    """Return the strings and integers in a JSON value, in their order, without the keys."""
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
    """Decode percent and HTML escapes, which would hide an echo."""
    return html.unescape(unquote_plus(text) if "%" in text else text)


def _masked(text: str, hidden: str, length: int) -> str:
    """Replace each run of at least ``length`` characters that occurs in ``hidden`` by an ellipsis.

    Upper and lower case are the same.
    """
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
