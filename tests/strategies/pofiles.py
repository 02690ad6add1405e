"""Strategies for PO files as bytes: valid ones of other programs, and damaged ones."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.strategies.markdown import any_text, inline_texts

__all__ = ["damaged_po_files", "po_files"]

_CHARSETS = ("UTF-8", "UTF-8", "utf8", "ISO-8859-1", "windows-1252", "KOI8-R", "EUC-JP", "CHARSET")
_HEADERS = (
    "Project-Id-Version: x\\n",
    "Language: fr\\n",
    "Plural-Forms: nplurals=2; plural=(n > 1);\\n",
    "X-Odd : : value\\n",
    "PO-Revision-Date: 2026-01-01 00:00+0000\\n",
    "MIME-Version: 1.0\\n",
)
_COMMENTS = (
    "# a translator's words",
    "#",
    "#  pipeline: machine apertium eng-spa 1a2b3c4d",
    "# pipeline: machine pseudo 00000000",
    "# pipeline: ignore TY101 reason",
    "#. extracted",
    "#.",
    "#: a.md:3 b c.md:4",
    "#: \u2068a file.md\u2069:3",
    "#:",
    "#, fuzzy",
    "#, c-format, fuzzy",
    "#, no-wrap",
    "#=fuzzy",
)
_LATE = ('#| msgid "before"', '#| msgctxt "then"\n#| msgid ""\n#| "before "\n#| "that"')


def _escaped(text: str) -> str:
    for sign, name in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        text = text.replace(sign, name)
    return text


@st.composite
def _strings(draw: st.DrawFn, keyword: str, texts: st.SearchStrategy[str]) -> str:
    """Draw a keyword and its string, split into lines anywhere outside an escape."""
    pieces = [_escaped(draw(texts)) for _ in range(draw(st.integers(1, 3)))]
    if draw(st.booleans()):
        pieces.insert(0, "")
    blank = draw(st.sampled_from((" ", " ", "  ", "\t")))
    between = draw(st.sampled_from(("\n", "\n", "\n  ", " \n")))
    return keyword + blank + between.join(f'"{piece}"' for piece in pieces)


@st.composite
def _entries(draw: st.DrawFn, number: int, texts: st.SearchStrategy[str]) -> str:
    """Draw an entry, current or obsolete; its number makes its msgid unique."""
    lines = draw(st.lists(st.sampled_from(_COMMENTS), max_size=4))
    lines += draw(st.lists(st.sampled_from(_LATE), max_size=1))
    message = []
    if draw(st.booleans()):
        message.append(draw(_strings("msgctxt", texts)))
    message.append(draw(_strings("msgid", texts)) + f'\n"{number}"')
    if draw(st.integers(0, 5)) == 0:
        message.append(draw(_strings("msgid_plural", texts)))
        message += [draw(_strings(f"msgstr[{n}]", texts)) for n in range(draw(st.integers(1, 3)))]
    else:
        message.append(draw(_strings("msgstr", texts)))
    if draw(st.integers(0, 4)) == 0:
        lines = [line for line in lines if line.startswith(("# ", "#,"))]
        message = [f"#~ {line}" for line in "\n".join(message).split("\n")]
    return "\n".join((*lines, *message)) + "\n"


@st.composite
def _texts(draw: st.DrawFn) -> str:
    """Draw a PO file as text, with its charset name left open."""
    texts = draw(st.sampled_from((any_text, inline_texts, st.sampled_from(("", "a", "é", "b c")))))
    fields = draw(st.lists(st.sampled_from(_HEADERS), max_size=4, unique=True))
    fields.insert(
        draw(st.integers(0, len(fields))), "Content-Type: text/plain; charset={charset}\\n"
    )
    header = 'msgid ""\nmsgstr ""\n' + "".join(f'"{field}"\n' for field in fields)
    comments = draw(st.lists(st.sampled_from(("# Title", "#, fuzzy", "#")), max_size=2))
    count = draw(st.integers(0, 5))
    entries = [draw(_entries(number, texts)) for number in range(count)]
    gap = draw(st.sampled_from(("\n", "\n", "\n", "\n\n", "", "\n#\n\n")))
    tail = draw(st.sampled_from(("", "", "\n", "# the end\n", "#~ \n")))
    head = "".join(f"{line}\n" for line in comments) + header
    parts = [head, *entries] if draw(st.integers(0, 9)) else entries
    return gap.join(parts) + tail


@st.composite
def po_files(draw: st.DrawFn) -> bytes:
    """Draw a valid PO file, however odd, in any charset, with any line ends."""
    charset = draw(st.sampled_from(_CHARSETS))
    text = draw(_texts()).replace("{charset}", charset)
    text = text.replace("\n", draw(st.sampled_from(("\n", "\n", "\n", "\r\n"))))
    bom = draw(st.sampled_from((b"", b"", b"", b"\xef\xbb\xbf")))
    known = "utf-8" if charset == "CHARSET" or bom else charset
    return bom + text.encode(known, "replace")


_DAMAGE = (
    b"<<<<<<< HEAD\n",
    b"=======\n",
    b">>>>>>> theirs\n",
    b'msgid "a"\n',
    b'msgstr "a"\n',
    b'"string"\n',
    b'msgid "open\n',
    b'msgstr[0] "x"\n',
    b"msgstr[",
    b"#~",
    b"#|",
    b'#~| msgid "x"\n',
    b"\\",
    b'"',
    b"\n",
    b"\r",
    b"\0",
    b"\xff\xfe",
    b"\xe2\x80\xa8",
    b'domain "x"\n',
)


@st.composite
def damaged_po_files(draw: st.DrawFn) -> bytes:
    """Draw a PO file with text added, removed or repeated; or any bytes."""
    data = draw(st.one_of(po_files(), po_files(), po_files(), st.binary(max_size=60)))
    for _ in range(draw(st.integers(1, 3))):
        at, to = sorted(draw(st.integers(0, len(data))) for _ in range(2))
        kind = draw(st.sampled_from(("put", "line", "cut", "double")))
        if kind == "put":
            data = data[:at] + draw(st.sampled_from(_DAMAGE)) + data[at:]
        elif kind == "line":
            at = data.rfind(b"\n", 0, at) + 1
            data = data[:at] + draw(st.sampled_from(_DAMAGE)) + data[at:]
        elif kind == "cut":
            data = data[:at] + data[to:]
        else:
            data = data[:to] + data[at:]
    return data
