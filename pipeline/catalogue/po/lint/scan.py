"""Scan a PO file, valid or broken, into messages that know the place of each of their strings.

It is stricter than each reader: syntax that msgfmt or `po.read` refuses is a problem here, and so
is syntax that only one of them accepts. A broken message is left out, and scanning goes on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue.po.lint.line_problem import LineProblem, problem_in_line

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "CONFLICT_MARK",
    "ESCAPE",
    "Field",
    "Piece",
    "PoLines",
    "PoMessage",
    "scan_po",
    "unescape",
]

CONFLICT_MARK = re.compile(r"[ \t]*(?:<{7}|={7}|>{7}|\|{7})")
"""Beginning of a line that a merge of two versions left behind."""
ESCAPE = re.compile(r"\\(?:(?P<sign>[abfnrtv\\\"])|(?P<octal>[0-7]{1,3})|x(?P<hex>[\da-fA-F]++)|.)")
"""Backslash and the character that it escapes; an escape without a group is unknown to PO."""

_MOST = 20
_SIGNS = dict(zip('abfnrtv\\"', '\a\b\f\n\r\t\v\\"', strict=True))
_STRING = re.compile(
    r"""(?:(?P<mark>\#~\||\#~|\#\|)[ \t]++)?
    (?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr)(?:\[(?P<index>[0-9]{1,4})\])?[ \t]++)?
    "(?P<raw>(?:[^"\\]|\\.)*+)\"""",
    re.X,
)
_MARK = re.compile(r"#(?:~\||~|\|)[ \t]*")
_TIGHT = re.compile(r"""(?:msgctxt|msgid_plural|msgid|msgstr)(?:\[[0-9]+\])?\"""")
_COMMENT = re.compile(r"#[.:,]?(?:\s|\Z)|##")
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
_STARTS = ("previous msgctxt", "previous msgid", "msgctxt", "msgid")
_UNANSWERED = "this message has no msgstr"
_MIXED = "one message has both current and obsolete lines"


class Piece(NamedTuple):
    """One quoted string."""

    line: int
    start: int
    """Offset in the line of the text behind the opening quote."""
    raw: str
    """Text between the quotes, with its escapes."""


class Field(NamedTuple):
    """Strings of a keyword, one or more."""

    pieces: tuple[Piece, ...]

    @property
    def value(self) -> str:
        """Text of all strings joined, without escapes."""
        return "".join(unescape(piece.raw) for piece in self.pieces)

    @property
    def line(self) -> int:
        """Line of the keyword, from 1."""
        return self.pieces[0].line


class PoMessage(NamedTuple):
    """A complete message."""

    old: bool
    """True if it is obsolete."""
    flags: frozenset[str]
    fields: dict[str, Field]
    """Fields by keyword (``msgstr[0]`` and so on for plural forms); msgid is always there."""

    @property
    def key(self) -> tuple[str, str]:
        """Context and msgid."""
        context = self.fields.get("msgctxt")
        return (context.value if context else "", self.fields["msgid"].value)

    @property
    def forms(self) -> dict[str, Field]:
        """Targets: msgstr, or the plural forms in order."""
        return {k: field for k, field in self.fields.items() if k.startswith("msgstr")}


class PoLines(NamedTuple):
    """Messages and faults of a file."""

    messages: tuple[PoMessage, ...]
    faults: tuple[LineProblem, ...]
    """Lines that are not PO; scanning stops after twenty faults."""


def scan_po(text: str) -> PoLines:
    """Scan the text of a PO file without its byte-order mark."""
    scanner = _Scanner(re.split(r"\r\n|\n|\r", text))
    lone = re.search(r"\r(?!\n)", text)
    if lone:
        line = len(re.findall(r"\r\n|\n", text[: lone.start()])) + 1
        scanner.fault("a carriage return without a line feed ends this line", line)
    for number, line_text in enumerate(scanner.lines, 1):
        scanner.read(number, line_text)
        if len(scanner.faults) >= _MOST:
            scanner.fault("no more lines were read: too many of them are no PO", number)
            break
    else:
        scanner.finish()
        scanner.end()
    return PoLines(tuple(scanner.messages), tuple(scanner.faults))


def unescape(raw: str) -> str:
    """Replace the escapes in a string by their characters."""
    return ESCAPE.sub(_character, raw) if "\\" in raw else raw


def _character(found: re.Match[str]) -> str:
    if found["sign"]:
        return _SIGNS[found["sign"]]
    if found["octal"]:
        return chr(int(found["octal"], 8) % 256)
    return chr(int(found["hex"][-2:], 16)) if found["hex"] else found[0]


class _Scanner:
    """One pass over the lines, which collects messages and faults."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.messages: list[PoMessage] = []
        self.faults: list[LineProblem] = []
        self.flags: set[str] = set()
        self.reset()

    def reset(self) -> None:
        self.phase = ""
        self.old = self.broken = self.joined = False
        self.first = 0
        self.fields: dict[str, list[Piece]] = {}

    def fault(self, message: str, line: int, span: tuple[int, int] = (0, 0)) -> None:
        self.faults.append(problem_in_line(line, "PO107", message, span))

    def refuse(self, message: str, line: int, span: tuple[int, int] = (0, 0)) -> None:
        """Drop the current message, and report it unless another fault of it was reported."""
        if not self.broken:
            self.fault(message, line, span)
        self.broken = True

    def read(self, number: int, text: str) -> None:
        bare = text.strip(" \t")
        if not bare:
            return
        found = _STRING.fullmatch(bare)
        if found:
            shift = text.index(bare) + found.start("raw")
            self.string(found, number, shift)
            return
        mark = found[0] if (found := _MARK.match(bare)) else ""
        rest = bare.removeprefix(mark)
        fault = _fault(rest, mark)
        if self.phase.startswith("msgstr"):
            self.finish()
        if fault:
            self.refuse(fault, number)
        elif self.phase:
            self.refuse("a comment cannot stand within a message", number)
        elif rest.startswith("#,"):
            self.flags |= {flag.strip() for flag in rest[2:].split(",")}
        self.joined = False

    def end(self) -> None:
        """Report a mark without text as the last line; polib loses the message before it."""
        last = max((n for n, line in enumerate(self.lines, 1) if line.strip()), default=0)
        if last and self.lines[last - 1].strip() in ("#,", "#.", "#:"):
            self.fault("nothing stands behind the mark of this line", last)

    def string(self, found: re.Match[str], number: int, shift: int) -> None:
        """Read one line with a quoted string in it."""
        mark = found["mark"] or ""
        old = mark.startswith("#~")
        name = self.named(found, mark) if found["keyword"] else ""
        if name and not self.opens(name, number):
            return
        if not name and not (self.joined and mark.endswith("|") == ("prev" in self.phase)):
            self.refuse("this string belongs to no message", number)
        if self.phase and old != self.old:
            self.refuse(_MIXED, number)
        self.old = old
        self.first = self.first or number
        self.phase = name or self.phase
        self.joined = True
        piece = Piece(number, shift, found["raw"])
        self.fields.setdefault(self.phase, []).append(piece)
        for reason, start, end in _bad_escapes(piece.raw):
            self.refuse(reason, number, (shift + start, shift + end))

    def named(self, found: re.Match[str], mark: str) -> str:
        index = f"[{int(found['index'])}]" if found["index"] else ""
        return ("previous " if mark.endswith("|") else "") + found["keyword"] + index

    def opens(self, name: str, number: int) -> bool:
        """Return whether a keyword can be here; one that begins a message always can."""
        if name in _STARTS and self.phase not in _AFTER[name]:
            self.finish()
        if self.phase in self.before(name):
            if not self.phase:
                self.reset()
            return True
        what = name.removeprefix("previous ")
        wanted = "one whole number behind the other" if "[" in name else "a msgid"
        self.refuse(f"this {what} needs {wanted} before it", number)
        self.joined = False
        return False

    def before(self, name: str) -> tuple[str, ...]:
        """Return the keywords of which one must come before the given one."""
        index = re.fullmatch(r"msgstr\[([1-9][0-9]*)\]", name)
        return (f"msgstr[{int(index[1]) - 1}]",) if index else _AFTER.get(name, ())

    def finish(self) -> None:
        """End the current message, and keep it if it is complete."""
        if self.phase and not self.phase.startswith("msgstr"):
            self.refuse(_UNANSWERED, self.first)
        elif self.phase and not self.broken:
            fields = {k: Field(tuple(v)) for k, v in self.fields.items() if "prev" not in k}
            self.messages.append(PoMessage(self.old, frozenset(self.flags), fields))
        self.flags = set()
        self.reset()


def _fault(rest: str, mark: str) -> str:
    """Return the fault in a line that is not a string; empty for a comment."""
    if mark and not rest:
        return "nothing stands behind the mark of this line"
    if _COMMENT.match(rest) and not mark.startswith(("#|", "#~|")):
        return ""
    if rest.startswith("#") and not mark and '"' not in rest:
        return f"put a blank behind the mark that begins this comment: {rest[:60]}"
    if _TIGHT.match(rest):
        return f"put a blank before the quote: {rest[:60]}"
    if rest.count('"') % 2:
        return f"a quote is missing: {rest[:60]}"
    return f'expected msgid, msgstr or a "quoted" line, found: {rest[:60]}'


def _bad_escapes(raw: str) -> Iterator[tuple[str, int, int]]:
    """Yield the reason and the range of each part that a string cannot hold."""
    for found in ESCAPE.finditer(raw):
        if found.lastgroup is None:
            yield f"{found[0]} is no escape that PO files know", *found.span()
        elif _character(found) == "\x04":
            yield "this character parts context and msgid in MO files", *found.span()
    at = raw.find("\x04")
    if at >= 0:
        yield "this character parts context and msgid in MO files", at, at + 1
