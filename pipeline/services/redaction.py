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

__all__ = ["answer_excerpt", "redact", "strings_in"]

_READ_LIMIT = 4000
"""Limit of the text taken from an answer: in characters for JSON, else in bytes."""
_EXCERPT_LENGTH = 120
"""Length of an excerpt, in characters, without the ellipsis."""
_ECHO = 12
"""Length from which a run shared with the sent text is an echo; fewer may be a common word."""
_PART = 6
"""Length from which a part of a secret is masked: some services show the beginning of a key."""
_ELLIPSIS = "…"


def answer_excerpt(body: bytes, secrets: Iterable[str] = (), sent: Iterable[str] = ()) -> str:
    """Return an excerpt of the messages in an answer, in quotes, or the kind of the answer.

    The kind is ``an empty body`` or ``a web page``. ``sent`` holds the texts of the request, which
    services like to repeat in their messages.
    """
    text = body[:_READ_LIMIT].decode("utf-8", "replace").strip()
    if not text:
        return "an empty body"
    if text[:1] == "<":
        return "a web page"
    with suppress(ValueError, RecursionError):  # half an answer, or no JSON, is shown as it is
        text = " ".join(strings_in(json.loads(body)))
    excerpt = " ".join(redact(_decode(text[:_READ_LIMIT]), secrets, sent).split())
    excerpt = "".join(char if char.isprintable() else "�" for char in excerpt)
    return (
        f"'{excerpt[:_EXCERPT_LENGTH]}{_ELLIPSIS}'"
        if len(excerpt) > _EXCERPT_LENGTH
        else f"'{excerpt}'"
    )


def redact(text: str, secrets: Iterable[str], sent: Iterable[str] = ()) -> str:
    """Replace secrets, parts of them, and echoes of the sent texts by an ellipsis each."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = _mask(text.replace(secret, _ELLIPSIS), secret, _PART)
    for echoed in sent:
        text = _mask(text, echoed, _ECHO)
    return text


def strings_in(value: object) -> list[str]:
    """Return the strings and integers in a JSON value, in their order, without the keys."""
    strings: list[str] = []
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            stack += reversed(item.values())
        elif isinstance(item, list | tuple):
            stack += reversed(item)
        elif isinstance(item, str) or (isinstance(item, int) and not isinstance(item, bool)):
            strings.append(str(item))
    return strings


def _decode(text: str) -> str:
    """Decode percent and HTML escapes, which would hide an echo."""
    return html.unescape(unquote_plus(text) if "%" in text else text)


def _mask(text: str, hidden: str, length: int) -> str:
    """Replace each run of at least ``length`` characters that occurs in ``hidden`` by an ellipsis.

    Upper and lower case are the same.
    """
    # Lower case of a few letters is longer; then places would not fit.
    low = text.lower() if len(text.lower()) == len(text) else text
    lower = hidden.lower()
    parts = {lower[at : at + length] for at in range(len(lower) - length + 1)}
    edits: list[tuple[int, int, str]] = []
    at = 0
    while at + length <= len(text):
        if low[at : at + length] not in parts:
            at += 1
            continue
        end = at + length
        while end < len(text) and low[end - length + 1 : end + 1] in parts:
            end += 1
        edits.append((at, end, _ELLIPSIS))
        at = end
    return replace_ranges(text, edits)
