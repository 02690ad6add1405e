"""Read the syntax of a PO file, valid or broken: messages with the place of each part, and faults.

This is the only place that knows the lines of PO files. To accept more of what gettext accepts,
extend a pattern or a table here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue.po.encoding import ESCAPE, unescape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "CONFLICT",
    "FAULTS",
    "VERSIONS",
    "Field",
    "Message",
    "Piece",
    "PoFault",
    "flags_in",
    "read_messages",
]

CONFLICT = re.compile(r"[ \t]*(?:<{7}|={7}|>{7}|\|{7})")
"""Beginning of a line that a merge of two versions left behind."""
VERSIONS = "#-#-#-#-#"
"""Mark that msgcat puts before and behind the file name of each version of a text."""

_SPACE = r"[ \t\f\v\r]"
_LINES = re.compile(rb"([^\r\n]*+)(?:\r?\n|\Z)|([^\n]*+)(?:\n|\Z)")
"""Lines; those with a carriage return before others than a line feed are in the second group."""
_STRING = re.compile(
    r"""[ \t]*+(?P<mark>\#~\||\#~|\#\|)?[ \t]*+
    (?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr)(?:\[(?P<index>[0-9]{1,9})\])?[ \t]*+)?
    "(?P<raw>[^"\\]*+(?:\\.[^"\\]*+)*+)"[ \t]*+""",
    re.X,
)
"""Line with one string, as most are; all others are read token by token."""
_COMMENT = re.compile(r"[ \t]*+(?:#~[ \t]*+)?(#[.:,=!]|#(?![~|]))")
_TOKEN = re.compile(
    rf"""(?P<space>{_SPACE}++)|(?P<mark>\#~\||\#~|\#\|)|(?P<comment>\#[.:,=!]?)(?P<text>.*)
    |"(?P<raw>[^"\\]*+(?:\\.[^"\\]*+)*+)"
    |(?P<word>(?:msgctxt|msgid_plural|msgid|msgstr)(?![\w$])|[0-9]{{1,9}}(?![0-9])|[\[\]])""",
    re.X,
)
_MARK = re.compile(rf"{_SPACE}*+(#~\||#~|#\|)?{_SPACE}*+")
_TORN = re.compile(rf"\r{_SPACE}*[\"#m]")
_INDEX = re.compile(r"msgstr\[(?:[0-9]+\]?)?")
_FLAG = re.compile(rf"range:{_SPACE}*+[0-9.]+|[^ \t\f\v\r,]+")
_LIKE = {"#=": "#,", "#!": "#,"}
"""Marks of comments that say the same as another: of flags, in newer and in old versions."""

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
    "versions": f"msgcat marked several versions here; keep one and delete the marks {VERSIONS}",
    "versions in a comment": f"msgcat's marks {VERSIONS} are left in this comment; delete them",
    "quote": "a quote is missing: {}",
    "inner quote": 'write \\" for a quote within a text: {}',
    "last quote": "the backslash before the last quote makes it part of the text: {}",
    "curly quote": 'put straight quotes (") around the text: {}',
    "line": 'expected msgid, msgstr or a "quoted" line, found: {}',
    "bare": 'expected a "quoted" string after {}',
    "stray": "this string belongs to no message",
    "mixed": "one message has both current and obsolete lines",
    "unanswered": "this message has no msgstr",
    "misplaced": "this {} needs a msgid before it",
    "order": "this {} needs one whole number behind the other before it",
    "within": "a comment cannot stand within a message",
    "escape": "{} is no escape that PO files know",
    "separator": "this character parts context and msgid in MO files",
    "null": "gettext reads nothing after this NUL character; delete it",
    "joined": "a backslash ends this comment, and for gettext the next line is part of it",
    "return": "a carriage return without a line feed is in this line",
    "torn": "a carriage return without a line feed hides the rest of this comment from gettext",
}
"""Messages of faults by their kind."""
_ENDS = {"\x04": "separator", "\0": "null"}
"""Characters at which gettext ends a part of a text, with the kinds of their faults."""
_HARMLESS = {
    "versions in a comment", "order", "within", "escape", "separator", "null", "joined", "return",
}  # fmt: skip
_HARMLESS_BEFORE = {"unanswered", "mixed"}
"""Kinds of faults that lose no translation: anywhere, and in a previous source text."""


class Piece(NamedTuple):
    """One quoted string, or the text of one comment."""

    line: int
    """Line number, from 1."""
    at: int
    """Offset in the file, in bytes: of the line, or of the text where others are before it in
    the line; of the keyword where that is in another line.
    """
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
        """Line of its first string or comment, from 1."""
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
    usual: bool
    """True if each of its lines has one string, with or without its keyword, or one comment."""
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
        return frozenset(flags_in(self.comments("#,")))

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


def flags_in(comments: Iterable[str]) -> tuple[str, ...]:
    """Return the flags of comments, without their mark, in order."""
    return tuple([flag for comment in comments for flag in _FLAG.findall(comment)])


def read_messages(
    data: bytes, charset: str = "utf-8", at: int = 0, line: int = 1
) -> Iterator[Message | PoFault]:
    """Yield messages and faults in their order, from an offset where a message can begin.

    ``data`` is valid in its charset and has no byte-order mark; ``line`` is the number of the
    offset's line. Reading goes on behind a fault. Of each message only the first fault is
    yielded, and the first that is not harmless.
    """
    reader = _Reader(at, charset)
    told = False
    held = ""  # lines before this one that a backslash joins with it
    for number, match in enumerate(_LINES.finditer(data, at), line):
        if not held:
            reader.number, reader.at, reader.joins = number, match.start(), []
        reader.place = reader.at
        raw = match[1]
        returns = raw is None
        if returns:
            told = told or reader.report_return()
            raw = match[2].rstrip(b"\r")
        text = raw.decode(charset)
        if held:
            text, held = held + text, ""
        if text[-1:] == "\\" and match[0][-2:] == b"\\\n" and not _COMMENT.match(text):
            held = text[:-1]
            reader.joins.append(len(held))
            continue
        if returns or reader.joins:
            reader.tokens(text)
        else:
            reader.read(text)
        if reader.found:
            yield from reader.found
            reader.found = []
    reader.place = len(data)  # also behind a last line that a backslash joins with nothing
    reader.finish()
    yield from reader.found


class _Keyword(NamedTuple):
    """A keyword before its string is read."""

    name: str
    mark: str
    line: int
    place: int

    @property
    def whole(self) -> bool:
        """Return whether a string can follow."""
        return "[" not in self.name or self.name.endswith("]")


class _Reader:
    """State between two tokens."""

    def __init__(self, at: int, charset: str) -> None:
        self.number, self.at, self.place, self.start = 0, at, at, at
        self.charset = charset
        self.joins: list[int] = []  # offsets in the text at which lines were joined
        self.found: list[Message | PoFault] = []
        self.fields: dict[str, list[Piece]] = {}
        self.keyword: _Keyword | None = None  # one that waits for its string
        self.marked = self.unusual = False
        self.reset()

    def reset(self) -> None:
        self.phase = ""  # the last field
        self.old = self.joined = False
        self.faults = 0  # 1 for harmless ones, 2 for others
        self.first = 0

    def refuse(
        self,
        kind: str,
        detail: str = "",
        span: tuple[int, int] = (0, 0),
        *,
        harmless: bool = False,
        line: int = 0,
    ) -> None:
        """Report a fault, unless one as bad was reported of the same message."""
        before = kind in _HARMLESS_BEFORE and self.phase.startswith(_PREVIOUS)
        harmless = harmless or before or kind in _HARMLESS
        if self.faults < 2 - harmless:
            line = line or (self.first if kind == "unanswered" else self.number)
            self.found.append(PoFault(line, kind, detail, span, harmless, self.faults > 0))
            self.faults = 2 - harmless

    def report_return(self) -> bool:
        """Report a carriage return within a line; return True."""
        self.found.append(PoFault(self.number, "return", harmless=True))
        return True

    def read(self, text: str) -> None:
        """Read one line."""
        if self.keyword:
            self.tokens(text)
        elif found := _STRING.fullmatch(text):
            mark, keyword, index, raw = found.groups("")
            if index:
                keyword += f"[{int(index)}]"
            self.string(mark, keyword, raw, found.start("raw"))
        elif found := _COMMENT.match(text):
            self.comment(found[1], text[found.end() :], found.end())
        elif text:
            self.tokens(text)

    def tokens(self, text: str) -> None:
        """Read a line with anything but one string or one comment."""
        found: list[re.Match[str]] = []
        at = 0
        while at < len(text) and (token := _TOKEN.match(text, at)):
            found += [token] if token.lastgroup != "space" else []
            at = token.end()
        marks = "".join([token["mark"] for token in found if token["mark"]])
        if at < len(text) or (found and found[-1]["comment"] and "|" in marks):
            self.junk(text)
            return
        mark = ""
        first = True
        for token in found:
            self.unusual = True
            if token["mark"]:
                mark = _marks(mark + token["mark"])
                continue
            if not first:
                before = len(text[: token.start()].encode(self.charset))
                joins = [at for at in self.joins if at <= token.start()]
                self.place = self.at + before + len(joins) * len("\\\n")
            first = False
            if token["comment"]:
                self.comment(token["comment"], token["text"], token.start("text"))
            elif token["word"]:
                self.word(mark, token["word"])
            else:
                self.string_after(mark, token["raw"], token.start("raw"))
            self.unusual = True

    def junk(self, text: str) -> None:
        """Report a line that does not fit."""
        found = _MARK.match(text)
        assert found
        rest = text[found.end() :].rstrip()
        self.end_bare()
        self.end_answered()
        # Nobody reads the previous source text of an obsolete message.
        kind, span = _misquoted(text) or (_kind(rest, found[1]), (0, 0))
        place = f"column {span[0] + 1} of " if span[1] else ""
        self.refuse(kind, place + rest[:60], span, harmless=found[1] == "#~|")
        self.joined = False

    def comment(self, mark: str, text: str, start: int) -> None:
        if self.keyword:
            self.end_bare()
        self.end_answered()
        if self.phase:
            self.refuse("within")
        if "\r" in text and _TORN.search(text):
            self.refuse("torn")
        if "\0" in text:
            self.refuse("null")
        if text[-1:] == "\\":
            self.refuse("joined")
        if VERSIONS in text:
            self.marked = True
        piece = Piece(self.number, self.place, start, text)
        self.fields.setdefault(_LIKE.get(mark, mark), []).append(piece)
        self.joined = False

    def word(self, mark: str, word: str) -> None:
        """Read a keyword, or one part of its index."""
        if word.startswith("msg"):
            self.end_bare()
            self.keyword = _Keyword(word, mark, self.number, self.place)
        elif self.keyword and _INDEX.fullmatch(self.keyword.name + word):
            word = str(int(word)) if word.isdecimal() else word
            self.keyword = self.keyword._replace(name=self.keyword.name + word)
        else:
            self.end_bare()
            self.end_answered()
            self.refuse("line", word)
            self.joined = False

    def string_after(self, mark: str, raw: str, start: int) -> None:
        """Read a string whose keyword, if it has one, was read before."""
        keyword = self.keyword
        if not keyword:
            self.string(mark, "", raw, start)
        elif not keyword.whole or keyword.mark.endswith("|") != mark.endswith("|"):
            self.end_bare()
        else:
            self.keyword = None
            self.place = keyword.place
            self.string(mark, keyword.name, raw, start)
            if keyword.mark != mark:
                self.refuse("mixed")

    def string(self, mark: str, keyword: str, raw: str, start: int) -> None:
        """Read a string, with its keyword unless it goes on from another one."""
        old, previous = mark.startswith("#~"), mark.endswith("|")
        name = self.phase
        if keyword:
            name = _PREVIOUS * previous + keyword
            if not self.opens(name):
                return
        elif not self.joined or previous != name.startswith(_PREVIOUS):
            self.refuse("stray")
            return
        if self.first and old != self.old:
            self.refuse("mixed")
        self.phase, self.old, self.joined = name, old, True
        self.first = self.first or self.number
        self.fields.setdefault(name, []).append(Piece(self.number, self.place, start, raw))
        if "#" in raw:
            self.marked = True
        if "\\" in raw or "\x04" in raw or "\0" in raw:
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
            elif kind := _ENDS.get(sign := unescape(found[0])):
                self.refuse(kind, span=span)
            else:
                self.marked = self.marked or sign == "#"
        for sign, kind in _ENDS.items():
            at = raw.find(sign)
            if at >= 0:
                self.refuse(kind, span=(start + at, start + at + 1))

    def end_bare(self) -> None:
        """Report a keyword before this token that has no string."""
        if self.keyword:
            name, line = self.keyword.name, self.keyword.line
            self.keyword = None
            self.end_answered()
            self.refuse("bare", name, line=line)
            self.joined = False

    def end_answered(self) -> None:
        """End the message before this token if it has a msgstr."""
        if self.phase.startswith("msgstr"):
            self.finish()

    def finish(self) -> None:
        """End the message before this token."""
        if self.keyword:
            self.end_bare()
        if self.phase.startswith("msgstr"):
            fields = {name: Field(tuple(pieces)) for name, pieces in self.fields.items()}
            if self.marked:
                self.check_versions(fields)
            whole, usual = not self.faults, not self.unusual
            message = Message(self.start, self.place, self.old, whole, usual, fields)
            self.found.append(message)
            self.start = self.place
        elif self.phase:
            self.refuse("unanswered")
        kept = self.phase.startswith(_PREVIOUS)  # comments are those of the next message
        self.fields = {k: v for k, v in self.fields.items() if k[0] == "#" and kept}
        self.marked = self.unusual = False
        self.reset()

    def check_versions(self, fields: dict[str, Field]) -> None:
        """Report marks of msgcat's, unless they are the source's own."""
        for name, field in fields.items():
            if name.startswith("msgstr") and VERSIONS in field.value:
                kind = "versions"
            elif name[0] == "#" and any(VERSIONS in piece.raw for piece in field.pieces):
                kind = "versions in a comment"
            else:
                continue
            if VERSIONS not in fields["msgid"].value:
                marked = [piece.line for piece in field.pieces if VERSIONS in piece.raw]
                self.refuse(kind, line=marked[0] if marked else field.line)


def _marks(marks: str) -> str:
    """Return one mark that says as much as several."""
    return ("#~" if "~" in marks else "#") + ("|" if "|" in marks else "")


def _kind(rest: str, mark: str | None) -> str:
    """Return the kind of the fault in a line that is neither a string nor a comment."""
    if CONFLICT.match(rest) and not mark:
        return "conflict"
    return "quote" if rest.count('"') % 2 else "line"


def _misquoted(text: str) -> tuple[str, tuple[int, int]] | None:
    """Return the kind and the range of the fault in the quotes of a line; None if it is another."""
    for kind, pattern in _MISQUOTED.items():
        if found := pattern.fullmatch(text):
            return kind, found.span("fault")
    return None
