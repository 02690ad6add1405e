"""Read and write catalogues as PO files, so that only changed entries change.

A file is kept as blocks of its own bytes (`units`). An entry with the same content is copied;
in one that changed, the unchanged parts (`entry.groups`) are copied.
"""

from __future__ import annotations

import codecs
import re
import tempfile
from collections import deque
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.catalogue.originals import with_originals
from pipeline.catalogue.po.encoding import declared_charset, with_charset
from pipeline.catalogue.po.entry import (
    WIDTH,
    groups,
    provenance,
    render,
    render_field,
    render_group,
    retire,
    revive,
)
from pipeline.catalogue.po.units import PROVENANCE, Entry, read_entries
from pipeline.errors import InputError
from pipeline.language import name_in, plural_forms
from pipeline.model import Catalog, State, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from pipeline.model import Reference

__all__ = [
    "Header",
    "PoFile",
    "load_po",
    "new_header",
    "render_anew",
    "render_catalog",
    "render_entries",
    "render_template",
]

_NO_REPLY = "noreply@pipeline.internal"
"""Address that nobody has, as the domain is reserved for private networks; a header needs one."""
_Key = tuple[str, str]
_Obsolete = tuple[str, bytes]  # its context, and the bytes of its entry
_PROVENANCE_LINE = re.compile(rb"# %s\s*\Z" % PROVENANCE.encode("ascii"))


@dataclass(frozen=True, slots=True)
class Header:
    """Header fields of a new file, and those that a write updates."""

    fields: tuple[tuple[str, str], ...]
    """Fields in order; an existing file keeps its own, except for the date of its revision."""
    title: str = ""
    """First comment line of a new file."""


def new_header(catalog: Catalog, source: str, now: datetime, contact: str = "") -> Header:
    """Return the header of a catalogue, or of a template, whose locale is empty.

    ``contact`` is the address for questions about the texts.
    """
    locale, date = catalog.locale, now.strftime("%Y-%m-%d %H:%M%z")
    title = f"Template of {catalog.article}, to be translated from {name_in(source, 'en')}."
    revised, language = "YEAR-MO-DA HO:MI+ZONE", ""
    translator = "FULL NAME <EMAIL@ADDRESS>"
    plural: tuple[tuple[str, str], ...] = ()
    if locale:
        title = f"{name_in(locale, 'en')} translation of {catalog.article}."
        revised, language = date, locale
        translator = f"pipeline <{_NO_REPLY}>"
        plural = (("Plural-Forms", plural_forms(locale).rstrip("; ") + ";"),)
    return Header(
        (
            ("Project-Id-Version", catalog.article),
            ("Report-Msgid-Bugs-To", contact or _NO_REPLY),
            ("POT-Creation-Date", date),
            ("PO-Revision-Date", revised),
            ("Last-Translator", translator),
            ("Language-Team", name_in(locale, "en") if locale else ""),
            ("Language", language),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
            *plural,
            ("X-Source-Language", source),
        ),
        title,
    )


@dataclass(frozen=True, slots=True)
class PoFile:
    """A PO file as it was read."""

    data: bytes
    """Content of the file; empty if it does not exist yet."""
    charset: str = "utf-8"
    newline: str = "\n"
    width: int = WIDTH
    header: bytes = b""
    """Bytes of the header entry; empty if there is none."""
    units: tuple[Unit, ...] = ()
    obsolete: tuple[Unit, ...] = ()
    entries: Mapping[_Key, Entry] = field(default_factory=dict)
    """All entries of the file but the header, in its order; those with plural forms, which no
    article has, are in no catalogue and are copied as they are.
    """
    own_values: tuple[tuple[str, str], ...] = ()
    """Values in the header's fields that begin with ``X-Front-Matter-``, by key."""
    published: bool = False
    """True if the header's field ``X-Published`` records that the locale has been published."""
    ending: bytes = b""
    """Line ends behind the last entry."""
    tail: bytes = b""
    """Bytes behind those line ends."""

    def catalog(self, article: str, locale: str) -> Catalog:
        """Return the units of the file as a catalogue."""
        catalog = Catalog(
            article, locale, self.units, self.obsolete, self.own_values, self.published
        )
        return with_originals(catalog) if locale else catalog

    @property
    def locations(self) -> str:
        """Form of its references: "full", "file" or "none"; empty if it has no entries."""
        if not self.units:
            return ""
        first = next((unit.references[0] for unit in self.units if unit.references), None)
        return "none" if first is None else "full" if first.line else "file"


def load_po(path: Path, shown: str) -> PoFile:
    """Read a PO file; ``shown`` is the path for messages.

    Raises:
        InputError: a line that is not PO, a conflict marker, a duplicate message,
            bytes that are not of the file's charset.
        OSError: the file cannot be opened.
    """
    data = path.read_bytes()
    charset, entries, tail = read_entries(data, shown)
    newline = "\r\n" if b"\r\n" in data else "\n"
    ending = _spaced(entries, newline.encode("ascii") * 2)
    header = entries.get(("", ""))
    if header and header.obsolete:
        header = None
    if header:
        del entries["", ""]
    own = [entry for entry in entries.values() if not entry.plural]
    return PoFile(
        data=data,
        charset=charset,
        newline=newline,
        width=_width(data, charset),
        header=header.raw if header else b"",
        units=tuple([e.unit for e in own if not e.obsolete]),
        obsolete=tuple([e.unit for e in own if e.obsolete]),
        entries=entries,
        own_values=_own_values(header.unit.target) if header else (),
        published=bool(header and _PUBLISHED_LINE.search(header.unit.target)),
        ending=ending,
        tail=tail,
    )


def _spaced(entries: dict[_Key, Entry], gap: bytes) -> bytes:
    """Put an empty line behind the last entry, for others to follow; return the old line ends."""
    if not entries:
        return gap
    key, last = next(reversed(entries.items()))
    raw = last.raw.rstrip(b"\r\n")
    entries[key] = last._replace(raw=raw + gap)
    return last.raw[len(raw) :]


def render_template(catalog: Catalog, header: Header) -> bytes:
    """Return the bytes of a whole new file."""
    entries = [render(unit) for unit in catalog.units]
    return "\n".join([_new_header(header), *entries]).encode("utf-8")


def render_catalog(catalog: Catalog, old: PoFile, header: Header) -> bytes:
    """Return the bytes of a catalogue's file, with unchanged parts copied.

    They are the file's own bytes if nothing changed. The date of the last revision is taken over
    only where a text became a reviewed one: each date that moves is a conflict where two branches
    are merged. A provenance comment whose target a human has edited since is dropped with the next
    change. Entries between the units of the file, obsolete or with plural forms, stay behind the
    same unit. New obsolete entries come among those at the end in the order of the article.

    Raises:
        InputError: the file's charset cannot hold a text, or an entry with plural forms has
            the place of a unit.
    """
    if not old.data:
        fields = (*header.fields, *_own_fields(catalog))
        return render_template(catalog, Header(fields, header.title))
    now = (catalog.units, catalog.obsolete, catalog.own_values, catalog.published)
    if now == (old.units, old.obsolete, old.own_values, old.published):
        return old.data
    return render_entries(catalog, replace(old, header=_header(catalog, old, header)))


def render_entries(catalog: Catalog, old: PoFile) -> bytes:
    """Return the bytes of a catalogue's file as `render_catalog` does, with the header of ``old``.

    Raises:
        InputError: as `render_catalog`.
    """
    parts = [old.header, *_in_order(catalog, old)]
    if declared_charset(parts[0])[0] in ("", "CHARSET") and not all(map(bytes.isascii, parts)):
        parts[0] = with_charset(parts[0], old.newline.encode("ascii"))
    bom = codecs.BOM_UTF8 if old.data.startswith(codecs.BOM_UTF8) else b""
    return bom + b"".join(parts).rstrip(b"\r\n") + old.ending + old.tail


def render_anew(
    old: PoFile, header: Header, references: Callable[[Unit], tuple[Reference, ...]]
) -> bytes:
    """Return the bytes of a file with every entry written anew, in the present form.

    Texts, states and comments stay, and so do charset, line ends, the header's fields and the habit
    not to wrap. Fields that the header lacks are added, obsolete entries come last, and each unit
    gets the ``references`` that the function returns for it.

    Raises:
        InputError: an entry has something that would be lost.
    """
    entries, obsolete = [], []
    for entry in old.entries.values():
        if entry.plural:
            raw = entry.raw
        else:
            unit = entry.unit.without_false_origin()
            unit = unit.with_texts(unit.source, unit.target)
            unit = unit._replace(references=references(unit))  # obsolete ones lose them below
            raw = _encode(render(unit, old.width) + "\n", old)
        if entry.obsolete:
            obsolete.append(raw if entry.plural else retire(raw, old.charset, old.width))
        else:
            entries.append(raw)
    bom = codecs.BOM_UTF8 if old.data.startswith(codecs.BOM_UTF8) else b""
    parts = [_completed_header(old, header), *entries, *obsolete]
    data = bom + b"".join(parts).rstrip(b"\r\n") + old.ending + old.tail
    _require_same_words(data, old)
    return data


def _require_same_words(data: bytes, old: PoFile) -> None:
    """Raise InputError if a file written anew says anything else than the old one.

    Every line of a human is written here, so a second reader, polib, is asked as well.
    """
    _require_same_entries(data, old)
    before, after = (_as_polib_reads(one, old.charset) for one in (old.data, data))
    if before is not None and before != after:
        raise InputError(_OTHER_FILE, line=1)


_OTHER_FILE = "this file cannot be written anew without a loss"


def _require_same_entries(data: bytes, old: PoFile) -> None:
    _, entries, tail = read_entries(data, "")
    entries.pop(("", ""), None)
    for key, entry in old.entries.items():
        new = entries.pop(key, None)
        if new is None or new.obsolete != entry.obsolete or _words(new) != _words(entry):
            message = "this entry cannot be written anew without a loss; write it as msgcat does"
            raise InputError(message, line=entry.unit.line)
    if entries or tail.strip() != old.tail.strip():
        raise InputError(_OTHER_FILE, line=1)


def _as_polib_reads(data: bytes, charset: str) -> object:
    """Return all entries of a file as polib reads them; None if it cannot read the file."""
    import polib  # here, as only a migration needs it

    # By path, as polib loses text when it parses a string with, say, U+2028.
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "catalogue.po")
        file.write_bytes(data)
        try:
            entries = polib.pofile(str(file), encoding=charset)
        except (OSError, ValueError):  # of odd files that gettext reads; ours has read them
            return None
    return sorted(
        (
            entry.msgctxt or "",
            entry.msgid,
            entry.msgstr,
            sorted(entry.msgstr_plural.items()),
            bool(entry.obsolete),
            sorted(entry.flags),
            entry.previous_msgctxt or "",
            entry.previous_msgid or "",
            [
                line
                for line in entry.tcomment.splitlines()
                if not re.fullmatch(PROVENANCE, line.strip())
            ],
        )
        for entry in entries
    )


def _words(entry: Entry) -> object:
    """Return all that an entry says but for the places of its text."""
    if entry.plural:
        return entry.raw.strip()
    unit = entry.unit.without_false_origin()
    unit = unit.with_texts(unit.source, unit.target)
    notes = () if entry.obsolete else unit.notes
    return unit._replace(references=(), notes=notes, line=0)


def _completed_header(old: PoFile, header: Header) -> bytes:
    """Return the file's own header with the addresses that it lacks, or a new one."""
    if not old.header:
        return _encode(_new_header(header) + "\n", old)
    (entry,) = read_entries(old.header, "")[1].values()
    lines = entry.unit.target.split("\n")
    for name, before in _ADDRESSES.items():
        names = [line.partition(":")[0] for line in lines]
        line = f"{name}: {dict(header.fields)[name]}"
        if name not in names:
            lines.insert(names.index(before) + 1 if before in names else 0, line)
        elif not lines[names.index(name)].partition(":")[2].strip():
            lines[names.index(name)] = line
    target = "\n".join(lines)
    return _encode(render(entry.unit._replace(target=target), old.width) + "\n", old)


# Fields of the header that name a person, each with the field before it.
_ADDRESSES = {
    "Report-Msgid-Bugs-To": "Project-Id-Version",
    "Last-Translator": "PO-Revision-Date",
}


def _in_order(catalog: Catalog, old: PoFile) -> Iterator[bytes]:
    """Yield the bytes of all entries in the order of the file to write."""
    units, gone = {u.key for u in catalog.units}, {u.key: u for u in catalog.obsolete}
    behind: dict[_Key | None, list[bytes]] = {}
    unit = None  # the last one that stays
    waiting: list[_Obsolete] = []  # nobody knows yet whether they are the last
    for key, entry in old.entries.items():
        if entry.obsolete:
            if entry.plural:
                waiting.append((key[0], entry.raw))
            elif key in gone:
                waiting.append((key[0], _entry(gone.pop(key), True, old)))
            continue
        if waiting:
            behind.setdefault(unit, []).extend(raw for _, raw in waiting)
            waiting = []
        if entry.plural:
            behind.setdefault(unit, []).append(entry.raw)
        elif key in units:
            unit = key
    yield from behind.get(None, ())
    for now in catalog.units:
        yield _entry(now, False, old)
        if behind:
            yield from behind.get(now.key, ())
    yield from _tail(waiting, catalog, gone, old)


def _tail(
    known: list[_Obsolete], catalog: Catalog, new: Mapping[_Key, Unit], old: PoFile
) -> Iterator[bytes]:
    """Yield the obsolete entries at the end, the new ones in the order of their sections.

    Two branches that end texts of different speakers so change different places, for git.
    """
    ranks = {context: rank for rank, context in enumerate({u.context: 0 for u in catalog.units})}
    ranked = sorted(new.values(), key=lambda unit: ranks.get(unit.context, len(ranks)))
    waiting = deque(ranked)
    for context, raw in known:
        rank = ranks.get(context, len(ranks))
        while waiting and ranks.get(waiting[0].context, len(ranks)) < rank:
            yield _entry(waiting.popleft(), True, old)
        yield raw
    yield from [_entry(unit, True, old) for unit in waiting]


def _entry(unit: Unit, gone: bool, old: PoFile) -> bytes:
    """Return one entry's bytes: copied, patched or new."""
    known = old.entries.get(unit.key)
    if known is None:
        raw = _encode(render(unit.without_false_origin(), old.width) + "\n", old)
        return retire(raw, old.charset, old.width) if gone else raw
    if known.plural:
        message = f"this message has plural forms, and no article has: {unit.source[:60]!r}"
        raise InputError(message, line=known.unit.line)
    unit, before, raw = unit.without_false_origin(), known.unit, known.raw
    if known.obsolete == gone and (before is unit or before == unit):
        return raw
    if known.obsolete:
        raw = revive(raw, old.charset, old.width)
    if gone:  # an obsolete entry has neither
        before = before._replace(references=unit.references, notes=unit.notes)
    if before != unit:
        # A digest of older releases is renewed with what is written anyway.
        raw = _patched(raw, before, unit.with_texts(unit.source, unit.target), old)
    return retire(raw, old.charset, old.width) if gone else raw


# What each part of an entry says; the provenance is taken care of where no comment changed.
_SAID: dict[str, Callable[[Unit], object]] = {
    "comments": lambda unit: unit.comments,
    "notes": lambda unit: unit.notes,
    "references": lambda unit: unit.references,
    "flags": lambda unit: (unit.state is State.DRAFT, unit.flags),
    "previous": lambda unit: unit.previous,
    "msgctxt": lambda unit: unit.context,
    "msgid": lambda unit: unit.source,
    "msgstr": lambda unit: unit.target,
}


def _patched(raw: bytes, known: Unit, unit: Unit, old: PoFile) -> bytes:
    """Return an entry in which only the changed parts are written anew."""
    parts = groups(raw, old.charset)
    if parts is None:
        return _encode(render(unit, old.width) + "\n", old)
    if b"fuzzy" in parts["flags"] and not known.target and unit.target:
        known = known._replace(state=State.DRAFT)  # an editor left the mark on an empty entry
    if known.comments == unit.comments:  # a human's lines stay as they are
        parts["comments"] = _with_provenance(parts["comments"], unit, old)
    for group, view in _SAID.items():
        if view(unit) != view(known):
            now = render_group(group, unit, old.width)
            if now != render_group(group, known, old.width):
                parts[group] = _encode(now, old)
    return b"".join(parts.values()).rstrip() + raw[len(raw.rstrip()) :]


def _with_provenance(comments: bytes, unit: Unit, old: PoFile) -> bytes:
    """Return comments with the unit's provenance line at the end, in place of any other one."""
    lines = comments.splitlines(keepends=True)
    kept = b"".join(line for line in lines if not _PROVENANCE_LINE.match(line))
    return kept + _encode("".join(f"# {line}\n" for line in provenance(unit)), old)


def _encode(text: str, old: PoFile) -> bytes:
    try:
        return text.replace("\n", old.newline).encode(old.charset)
    except UnicodeEncodeError as error:
        missing = error.object[error.start]
        message = (
            f"charset {old.charset} has no {missing!r}; convert the file: msgconv --to-code=UTF-8"
        )
        raise InputError(message) from error


def _width(data: bytes, charset: str) -> int:
    """Return the wrap width of a file by a guess: 0 if a long text is on one line."""
    for line in data.splitlines():
        if len(line) > 2 * WIDTH and line.removeprefix(b"#~ ").startswith((b"msg", b'"')):
            text = line.decode(charset, "replace")
            # Elsewhere a long word cannot be broken.
            if len(text) > 2 * WIDTH and (text.count(" ") > 8 or _IDEOGRAPHS.search(text)):
                return 0
    return WIDTH


_IDEOGRAPHS = re.compile("[\u3040-\u9fff]")
"""Letters between which a line may end."""


def _new_header(header: Header) -> str:
    lines = [f"# {header.title}\n"] if header.title else []
    text = "".join([f"{name}: {value}\n" for name, value in header.fields])
    return "".join([*lines, 'msgid ""\n', render_field("msgstr", text)])


def _header(catalog: Catalog, old: PoFile, header: Header) -> bytes:
    """Return the file's own header, with the date of a revision, or a new one."""
    if not old.header:
        fields = (*header.fields, *_own_fields(catalog))
        return _encode(_new_header(Header(fields, header.title)) + "\n", old)
    if (catalog.own_values, catalog.published) != (old.own_values, old.published):
        old = replace(old, header=_with_own_fields(catalog, old))
    date = dict(header.fields).get("PO-Revision-Date")
    if not date or not _has_new_reviews(catalog, old):
        return old.header
    return _REVISION.sub(rb"\g<1>" + date.encode("ascii"), old.header)


_REVISION = re.compile(rb'^("PO-Revision-Date: )[^"\\]*', re.M)


_OWN = "X-Front-Matter-"
_PUBLISHED = "X-Published"
_PUBLISHED_LINE = re.compile(rf"^{_PUBLISHED}: *yes *$", re.M)


def _own_values(target: str) -> tuple[tuple[str, str], ...]:
    """Return the front-matter values in the text of a header."""
    fields = [line.partition(": ") for line in target.split("\n") if line.startswith(_OWN)]
    return tuple([(name.removeprefix(_OWN), value) for name, _, value in fields])


def _own_fields(catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """Return the header's fields for the publication of a locale, and for values of its own."""
    published = ((_PUBLISHED, "yes"),) if catalog.published else ()
    return (*published, *[(_OWN + key, value) for key, value in catalog.own_values])


def _with_own_fields(catalog: Catalog, old: PoFile) -> bytes:
    """Return the file's own header with the fields of the catalogue."""
    (entry,) = read_entries(old.header, "")[1].values()
    own = (_OWN, f"{_PUBLISHED}:")
    lines = [line for line in entry.unit.target.split("\n") if line and not line.startswith(own)]
    lines += [f"{name}: {value}" for name, value in _own_fields(catalog)]
    target = "".join(f"{line}\n" for line in lines)
    return _encode(render(entry.unit._replace(target=target), old.width) + "\n", old)


def _has_new_reviews(catalog: Catalog, old: PoFile) -> bool:
    known = {unit.target for unit in (*old.units, *old.obsolete) if unit.state is State.REVIEWED}
    return any(u.state is State.REVIEWED and u.target not in known for u in catalog.units)
