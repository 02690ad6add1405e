"""Read the syntax of a PO file, valid or broken: messages with the place of each part, and faults.

This is the only place that knows the lines of PO files. To accept more of what gettext accepts,
extend a pattern or a table here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue.po.encoding import ESCAPE, unescape

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CONFLICT", "FAULTS", "Field", "Message", "Piece", "PoFault", "read_messages"]

CONFLICT = re.compile(r"[ \t]*(?:<{7}|={7}|>{7}|\|{7})")
"""Beginning of a line that a merge of two versions left behind."""

_LINES = re.compile(rb"([^\r\n]*+)(\r\n|\n|\r|\Z)")
_STRING = re.compile(
    r"""[ \t]*+(?P<mark>\#~\||\#~|\#\|)?[ \t]*+
    (?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr)(?:\[(?P<index>[0-9]{1,4})\])?[ \t]*+)?
    "(?P<raw>[^"\\]*+(?:\\.[^"\\]*+)*+)"[ \t]*+""",
    re.X,
)
_COMMENT = re.compile(r"[ \t]*+(?:#~[ \t]*+)?(?:(#[.:,])(?=\s|\Z)|(#)(?=[\s#]|\Z))")
_MARK = re.compile(r"[ \t]*+(#~\||#~|#\|)?[ \t]*+")
_QUOTED = r"[ \t]*+(?:\#~\||\#~|\#\|)?[ \t]*+(?:msg\w+(?:\[[0-9]+\])?[ \t]*+)?"
_MISQUOTED = {
    "inner quote": re.compile(
        _QUOTED + r""""[^"\\]*+(?:\\.[^"\\]*+)*+(?P<fault>")(?=.*[^ \t]).*"[ \t]*"""
    ),
    "last quote": re.compile(_QUOTED + r""""(?:[^"\\]|\\.)*?(?P<fault>\\")[ \t]*"""),
    "curly quote": re.compile(_QUOTED + r"""(?P<fault>[“”„«‘’'”″]).*[“”„»‘’'”″][ \t]*"""),
}
"""Lines of which the quotes are not what PO files have, by the kinds of their faults."""

_PREVIOUS = "previous "
_BEGIN = ("", "previous msgid", "previous msgid_plural")
_AFTER = {
    "previous msgctxt": ("",),
    "previous msgid": ("", "previous msgctxt"),
    "previous msgid_plural": ("previous msgid",),
    "msgctxt": _BEGIN,
    "msgid": (*_BEGIN, "msgctxt"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid",),
    "msgstr[0]": ("msgid_plural",),
}
"""Fields that can come right before a field; the empty name is the beginning of a message."""
_STARTS = ("previous msgctxt", "previous msgid", "msgctxt", "msgid")
_FORMS = re.compile(r"msgid|msgid_plural|msgstr\[.*")

FAULTS = {
    "conflict": "merge-conflict marker; keep one of the two sides and delete the markers",
    "mark": "put a blank behind the mark that begins this comment: {}",
    "quote": "a quote is missing: {}",
    "inner quote": 'write \\" for a quote within a text: {}',
    "last quote": "the backslash before the last quote makes it part of the text: {}",
    "curly quote": 'put straight quotes (") around the text: {}',
    "line": 'expected msgid, msgstr or a "quoted" line, found: {}',
    "stray": "this string belongs to no message",
    "mixed": "one message has both current and obsolete lines",
    "unanswered": "this message has no msgstr",
    "misplaced": "this {} needs a msgid before it",
    "order": "this {} needs one whole number behind the other before it",
    "within": "a comment cannot stand within a message",
    "escape": "{} is no escape that PO files know",
    "separator": "this character parts context and msgid in MO files",
    "return": "a carriage return without a line feed ends this line",
}
"""Messages of faults by their kind."""
_HARMLESS = {"order", "within", "escape", "separator", "return"}
_HARMLESS_BEFORE = {"unanswered", "mixed"}
"""Kinds of faults that lose no translation: anywhere, and in a previous source text."""


class Piece(NamedTuple):
    """One quoted string, or the text of one comment."""

    line: int
    """Line number, from 1."""
    at: int
    """Offset of the line in the file, in bytes."""
    start: int
    """Offset of the text in the line, in code points."""
    raw: str
    """Text between the quotes, with its escapes, or behind the mark of the comment."""


class Field(NamedTuple):
    """Strings of a keyword, one or more, or comments of one kind."""

    pieces: tuple[Piece, ...]

    @property
    def value(self) -> str:
        """Text of all strings joined, without escapes."""
        return "".join([unescape(piece.raw) for piece in self.pieces])

    @property
    def line(self) -> int:
        """Line of the keyword, from 1."""
        return self.pieces[0].line


class Message(NamedTuple):
    """A message with its msgid and a msgstr."""

    start: int
    """Offset of its first line or comment in the file, in bytes."""
    end: int
    """Offset behind its last line and the empty ones that follow, in bytes."""
    old: bool
    """True if it is obsolete."""
    whole: bool
    """False if a fault is in it."""
    fields: dict[str, Field]
    """Fields by keyword (``msgstr[0]``, ``previous msgid``), and comments by their marks (``#``,
    ``#.``, ``#:``, ``#,``); msgid and a msgstr are always there.
    """

    @property
    def key(self) -> tuple[str, str]:
        """Context and msgid."""
        return self.text("msgctxt"), self.text("msgid")

    @property
    def line(self) -> int:
        """Line of the msgid, from 1."""
        return self.fields["msgid"].line

    @property
    def flags(self) -> frozenset[str]:
        """Flags, ``fuzzy`` among them."""
        lines = self.comments("#,")
        return frozenset([flag.strip() for line in lines for flag in line.split(",")])

    @property
    def forms(self) -> dict[str, Field]:
        """Targets: msgstr, or the plural forms in order."""
        return {k: field for k, field in self.fields.items() if k.startswith("msgstr")}

    def text(self, name: str) -> str:
        """Return the text of a field, empty if it is not there."""
        field = self.fields.get(name)
        return field.value if field else ""

    def comments(self, mark: str) -> list[str]:
        """Return the comments with a mark, without it."""
        field = self.fields.get(mark)
        return [piece.raw for piece in field.pieces] if field else []


class PoFault(NamedTuple):
    """A line that does not fit."""

    line: int
    """Line number, from 1."""
    kind: str
    """Kind, as in `FAULTS`."""
    detail: str = ""
    """Part of the line that the message quotes, or an empty text."""
    span: tuple[int, int] = (0, 0)
    """Range in the line, in code points; empty for the whole line."""
    harmless: bool = False
    """True if msgfmt refuses the file, but no translation is lost."""
    further: bool = False
    """True if a harmless fault of the same message comes before it."""

    @property
    def message(self) -> str:
        """Description of the fault, for messages."""
        return FAULTS[self.kind].format(self.detail)


def read_messages(
    data: bytes, charset: str = "utf-8", at: int = 0, line: int = 1
) -> Iterator[Message | PoFault]:
    """Yield messages and faults in their order, from an offset where a message can begin.

    ``data`` is valid in its charset and has no byte-order mark; ``line`` is the number of the
    offset's line. Reading goes on behind a fault. Of each message only the first fault is
    yielded, and the first that is not harmless.
    """
    reader = _Reader(at)
    lone = False
    for number, match in enumerate(_LINES.finditer(data, at), line):
        reader.number, reader.at = number, match.start()
        if match[2] == b"\r" and not lone:
            lone = True
            reader.found.append(PoFault(number, "return", harmless=True))
        reader.read(match[1].decode(charset))
        if reader.found:
            yield from reader.found
            reader.found = []
    reader.finish()
    yield from reader.found


class _Reader:
    """State between two lines."""

    def __init__(self, at: int) -> None:
        self.number, self.at, self.start = 0, at, at
        self.found: list[Message | PoFault] = []
        self.fields: dict[str, list[Piece]] = {}
        self.reset()

    def reset(self) -> None:
        self.phase = ""  # the last field
        self.old = self.joined = False
        self.faults = 0  # 1 for harmless ones, 2 for others
        self.first = 0

    def refuse(
        self, kind: str, detail: str = "", span: tuple[int, int] = (0, 0), *, harmless: bool = False
    ) -> None:
        """Report a fault, unless one as bad was reported of the same message."""
        before = kind in _HARMLESS_BEFORE and self.phase.startswith(_PREVIOUS)
        harmless = harmless or before or kind in _HARMLESS
        if self.faults < 2 - harmless:
            line = self.first if kind == "unanswered" else self.number
            self.found.append(PoFault(line, kind, detail, span, harmless, self.faults > 0))
            self.faults = 2 - harmless

    def read(self, text: str) -> None:
        """Read one line."""
        if found := _STRING.fullmatch(text):
            self.string(found)
        elif found := _COMMENT.match(text):
            self.comment(found[1] or found[2], found.end(), text)
        elif found := _MARK.match(text):
            rest = text[found.end() :].rstrip(" \t")
            if rest:
                self.end_answered()
                # Nobody reads the previous source text of an obsolete message.
                kind, span = _misquoted(text) or (_kind(rest, found[1]), (0, 0))
                place = f"column {span[0] + 1} of " if span[1] else ""
                self.refuse(kind, place + rest[:60], span, harmless=found[1] == "#~|")
                self.joined = False

    def comment(self, mark: str, start: int, text: str) -> None:
        self.end_answered()
        if self.phase:
            self.refuse("within")
        piece = Piece(self.number, self.at, start, text[start:])
        self.fields.setdefault(mark, []).append(piece)
        self.joined = False

    def string(self, found: re.Match[str]) -> None:
        mark, keyword, index, raw = found.groups("")
        old, previous = mark.startswith("#~"), mark.endswith("|")
        name = self.phase
        if keyword:
            name = _PREVIOUS * previous + keyword + (f"[{int(index)}]" if index else "")
            if not self.opens(name):
                return
        elif not self.joined or previous != name.startswith(_PREVIOUS):
            self.refuse("stray")
            return
        if self.first and old != self.old:
            self.refuse("mixed")
        self.phase, self.old, self.joined = name, old, True
        self.first = self.first or self.number
        start = found.start("raw")
        self.fields.setdefault(name, []).append(Piece(self.number, self.at, start, raw))
        if "\\" in raw or "\x04" in raw:
            self.check(raw, start)

    def opens(self, name: str) -> bool:
        """Return whether a field can be here; one that begins a message always can."""
        after = _AFTER.get(name, ())
        if self.phase not in after:
            if name in _STARTS:
                self.finish()
            elif name.startswith("msgstr[") and _FORMS.fullmatch(self.phase):
                self.follow(name)
            else:
                self.refuse("misplaced", name.removeprefix(_PREVIOUS))
                self.joined = False
                return False
        if not self.phase:
            self.reset()
        return True

    def follow(self, name: str) -> None:
        """Check that a plural form is the one behind the last."""
        index = int(name[7:-1])
        if not index or self.phase != f"msgstr[{index - 1}]":
            self.refuse("order", name)

    def check(self, raw: str, start: int) -> None:
        """Check that a string has only what it can hold."""
        for found in ESCAPE.finditer(raw):
            span = (start + found.start(), start + found.end())
            if found.lastgroup is None:
                self.refuse("escape", found[0], span)
            elif unescape(found[0]) == "\x04":
                self.refuse("separator", span=span)
        at = raw.find("\x04")
        if at >= 0:
            self.refuse("separator", span=(start + at, start + at + 1))

    def end_answered(self) -> None:
        """End the message before this line if it has a msgstr."""
        if self.phase.startswith("msgstr"):
            self.finish()

    def finish(self) -> None:
        """End the message before this line."""
        if self.phase.startswith("msgstr"):
            fields = {name: Field(tuple(pieces)) for name, pieces in self.fields.items()}
            message = Message(self.start, self.at, self.old, not self.faults, fields)
            self.found.append(message)
            self.start = self.at
        elif self.phase:
            self.refuse("unanswered")
        kept = self.phase.startswith(_PREVIOUS)  # comments are those of the next message
        self.fields = {k: v for k, v in self.fields.items() if k[0] == "#" and kept}
        self.reset()


def _kind(rest: str, mark: str | None) -> str:
    """Return the kind of the fault in a line that is neither a string nor a comment."""
    if CONFLICT.match(rest) and not mark:
        return "conflict"
    if rest.startswith("#") and not mark and '"' not in rest:
        return "mark"
    return "quote" if rest.count('"') % 2 else "line"


def _misquoted(text: str) -> tuple[str, tuple[int, int]] | None:
    """Return the kind and the range of the fault in the quotes of a line; None if it is another."""
    for kind, pattern in _MISQUOTED.items():
        if found := pattern.fullmatch(text):
            return kind, found.span("fault")
    return None
