"""Find invisible characters, and characters read in the wrong charset, in a PO file's targets."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pipeline.catalogue.po.encoding import ESCAPE, unescape
from pipeline.catalogue.po.lint.line_problem import LineProblem, problem_in_line
from pipeline.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.catalogue.po.reader import Message, Piece

__all__ = ["lint_characters"]

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffd\ufffe\uffff]")
_CLOSES = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
# UTF-8 of letters, quotes and emoji, each byte read as a letter of Windows-1252 or Latin-1.
_TAIL = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MISREAD = re.compile(f"(?:[ÂÃ]{_TAIL}|[âï]{_TAIL}{{2}}|ð{_TAIL}{{3}})+")


def lint_characters(message: Message) -> Iterator[LineProblem]:
    """Yield the problems of a message's targets, except for characters that its msgid has, too."""
    source = message.fields["msgid"].value
    for field in message.forms.values():
        for piece in field.pieces:
            yield from _unseen(piece, source)
            yield from _misread(piece, source)
        yield from _open(field.pieces, source)


def _unseen(piece: Piece, source: str) -> Iterator[LineProblem]:
    """Yield problems of control characters and the like, as they are or as escapes."""
    found = [(m[0], *m.span()) for m in _UNSEEN.finditer(piece.raw)]
    if "\\" in piece.raw:
        found += [(unescape(m[0]), *m.span()) for m in ESCAPE.finditer(piece.raw)]
    for sign, start, end in found:
        if _UNSEEN.fullmatch(sign) and sign not in source:
            message = f"{_named(sign)} cannot be seen and does harm"
            if sign == "\ufffd":
                message = "U+FFFD stands where a letter was lost; write the letter again"
            span = (piece.start + start, piece.start + end)
            yield problem_in_line(piece.line, "PO105", message, span)


def _open(pieces: Sequence[Piece], source: str) -> Iterator[LineProblem]:
    """Yield problems of direction marks that are not closed, and of those that close nothing."""
    waiting: list[tuple[str, Piece, int]] = []
    bad = []
    for piece in pieces:
        for found in _DIRECTION.finditer(piece.raw):
            sign = found[0]
            if sign in _CLOSES:
                waiting.append((sign, piece, found.start()))
            elif waiting and _CLOSES[waiting[-1][0]] == sign:
                waiting.pop()
            else:
                bad.append((sign, piece, found.start()))
    for sign, piece, at in bad + waiting:
        if sign not in source:
            wrong = "is not closed" if sign in _CLOSES else "closes nothing"
            span = (piece.start + at, piece.start + at + 1)
            yield problem_in_line(piece.line, "PO105", f"{_named(sign)} {wrong}", span)


def _misread(piece: Piece, source: str) -> Iterator[LineProblem]:
    """Yield problems of runs that become other letters if their bytes are read as UTF-8."""
    for found in _MISREAD.finditer(piece.raw):
        meant = _read_again(found[0])
        if meant and found[0] not in source:
            message = f"'{found[0]}' looks like '{meant}' read in the wrong charset"
            span = (piece.start + found.start(), piece.start + found.end())
            yield problem_in_line(piece.line, "PO106", message, span, (meant,), Severity.WARNING)


def _read_again(run: str) -> str:
    """Return a run with its bytes read as UTF-8; empty if they are not UTF-8, or not text."""
    raw = bytearray()
    for sign in run:
        # Bytes that Windows-1252 leaves open are read as Latin-1 does.
        raw += sign.encode("latin-1") if sign <= "\xff" else sign.encode("cp1252")
    try:
        meant = raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if any(unicodedata.category(sign) in ("Cc", "Cn", "Co") for sign in meant) else meant


def _named(sign: str) -> str:
    name = unicodedata.name(sign, "a control character").lower()
    return f"U+{ord(sign):04X} ({name})"
