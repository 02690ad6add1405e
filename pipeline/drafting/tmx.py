"""Read and write TMX, the exchange format of translation memories, with translate-toolkit."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

import pipeline
from pipeline.catalogue import text_language
from pipeline.drafting.tmx_inline import text
from pipeline.errors import InputError
from pipeline.language import language_tag, parse_tag, tag_distance
from pipeline.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from pipeline.language import LanguageTag
    from pipeline.model import Catalog

__all__ = ["LARGEST", "TMX_MARK", "TmxExport", "TmxImport", "TmxPair", "read_tmx", "write_tmx"]

LARGEST = 64 * 2**20
"""Size limit of a file, in bytes; reading takes some twelve times its size in memory."""

_CHUNK = 2**16
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""


class TmxPair(NamedTuple):
    """Text and its translation."""

    locale: str
    """Locale of the translation, one of those asked for."""
    source: str
    target: str


class TmxImport(NamedTuple):
    """Pairs of a file for the locales of a project."""

    pairs: tuple[TmxPair, ...]
    """Pairs in the order of the file."""
    left_out: int
    """Number of pairs with inline markup that cannot be carried over."""


class TmxExport(NamedTuple):
    """Contents of a TMX file to be written."""

    data: bytes
    units: int
    """Number of units; a unit is a source with its translations."""
    left_out: int
    """Number of translations left out: XML cannot hold a character of theirs or of the source."""


def read_tmx(data: bytes, display_path: str, source: str, locales: Sequence[str]) -> TmxImport:
    """Return the pairs for a project's locales; ``display_path`` is the path for messages.

    A locale takes the texts of its own tag, else those of the language as such (``fr`` for
    ``fr_CA``); a locale without a territory takes any, its own first (``fr-FR``, then
    ``fr-BE``, for ``fr``). The source may be of any territory, as its words are compared
    anyway. Any language of the file may have been the source there.

    Inline elements are carried over or not as in `tmx_inline`.

    Raises:
        InputError: too large, no XML, no TMX, in an encoding that cannot be read, or with
            declared entities, which no memory needs and an attack does.
    """
    if len(data) > LARGEST:
        message = f"file has {len(data):,} bytes, the limit is {LARGEST:,}: split it"
        raise InputError(message, display_path)
    _check_beginning(data, display_path)
    wanted = {locale: parse_tag(language_tag(locale)) for locale in locales}
    source_tag = parse_tag(language_tag(source))
    candidates = []
    left_out = 0
    for variants in _units(data, display_path):
        for locale, distance, original, translation in _nearest(variants, source_tag, wanted):
            words, target = text(original), text(translation)
            if words is None or target is None:
                left_out += 1
            elif words.strip() and target.strip():
                candidates.append((distance, TmxPair(locale, words, target)))
    return TmxImport(tuple(_keep_nearest(candidates)), left_out)


def write_tmx(catalogs: Iterable[Catalog], source: str) -> TmxExport:
    """Return a TMX file of the reviewed translations, obsolete or not, in catalogue order.

    There is one unit for each source, with all its translations and, as properties, its
    contexts; and one more where a context has another translation. The same catalogues
    give the same bytes: the file has no dates.
    """
    from translate.storage.tmx import tmxfile  # slow to import, rarely needed

    store: Any = tmxfile(sourcelanguage=language_tag(source))
    header = store.document.getroot().find("header")
    for name, value in _HEADER.items():
        header.set(name, value)
    rows, left_out = _rows(catalogs)
    for row in rows:
        _add(store, row)
    file = BytesIO()
    store.serialize(file)
    return TmxExport(file.getvalue(), len(rows), left_out)


TMX_MARK = b'creationtool="pipeline"'
"""Bytes that every file of `write_tmx` contains."""

_HEADER = {
    "creationtool": "pipeline",
    "creationtoolversion": pipeline.__version__,
    "segtype": "block",
    "o-tmf": "PO",
    "adminlang": "en",
    "datatype": "plaintext",
}


class _Row(NamedTuple):
    """Unit to be written."""

    source: str
    contexts: list[str]
    targets: dict[str, str]
    """Translations by locale."""
    language: str = ""
    """Locale of the source if it is not that of the articles."""


def _add(store: Any, row: _Row) -> None:
    unit = store.addsourceunit(row.source, None)
    if row.language:
        tag = language_tag(row.language)
        unit.xmlelement.set("srclang", tag)
        unit.getlanguageNode(None, 0).set(_XML_LANG, tag)
    for at, context in enumerate(row.contexts):
        prop = unit.xmlelement.makeelement("prop", {"type": "x-context"})
        prop.text = context
        unit.xmlelement.insert(at, prop)
    for locale, target in row.targets.items():
        # Not by settarget, which leaves out a text that another language has already.
        unit.xmlelement.append(unit.createlanguageNode(language_tag(locale), target, "target"))


def _rows(catalogs: Iterable[Catalog]) -> tuple[list[_Row], int]:
    """Return a row for each source and for each differing translation, and the number left out."""
    places: dict[tuple[str, str, str], dict[str, str]] = {}
    languages: dict[str, str] = {}
    left_out = 0
    for catalog in catalogs:
        for unit in (*catalog.units, *catalog.obsolete):
            if unit.state is not State.REVIEWED or not unit.source.strip():
                continue
            if _UNFIT.search(unit.source) or _UNFIT.search(unit.target):
                left_out += 1
            elif unit.target.strip():
                place = places.setdefault((unit.source, catalog.article, unit.context), {})
                languages.setdefault(unit.source, text_language(unit.notes))
                # The first wins, so that an obsolete unit never replaces a current one.
                place.setdefault(catalog.locale, unit.target)
    rows: dict[str, list[_Row]] = {}
    for (source, _, context), targets in places.items():
        same = rows.setdefault(source, [])
        row = next((row for row in same if _agree(row.targets, targets)), None)
        if row is None:
            row = _Row(source, [], {}, languages[source])
            same.append(row)
        row.targets.update(targets)
        if context and context not in row.contexts and not _UNFIT.search(context):
            row.contexts.append(context)
    return [row for same in rows.values() for row in same], left_out


def _agree(some: Mapping[str, str], others: Mapping[str, str]) -> bool:
    return all(some.get(locale, target) == target for locale, target in others.items())


def _check_beginning(data: bytes, display_path: str) -> None:
    """Check a file up to its root element, so that no declared entity is ever expanded.

    Raises:
        InputError: it declares an entity, is no TMX, or is in an encoding that cannot be read.
    """
    parser = ParserCreate()
    roots: list[str] = []

    def refuse(*_: object) -> None:
        message = "entity declarations are not allowed in a TMX file: delete this one"
        raise InputError(message, display_path, parser.CurrentLineNumber)

    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, _: roots.append(name)
    try:
        # An empty file is one chunk, too, so that expat reports it.
        for at in range(0, len(data) or 1, _CHUNK):
            parser.Parse(data[at : at + _CHUNK], at + _CHUNK >= len(data))
            if roots:
                break
    except ExpatError as error:
        raise InputError(
            f"not well-formed XML: {ErrorString(error.code)}", display_path, error.lineno
        ) from error
    except (LookupError, ValueError) as error:  # of an encoding that is unknown or unfit
        message = f"the encoding cannot be read ({error}): save the file as UTF-8"
        raise InputError(message, display_path, 1) from error
    if roots[0] != "tmx":
        raise InputError(f"expected a TMX file, found <{roots[0]}>", display_path)


def _units(data: bytes, display_path: str) -> Iterator[list[tuple[LanguageTag, Any]]]:
    """Yield the segments of each unit with their languages."""
    from translate.storage.tmx import tmxfile  # slow to import, rarely needed

    try:
        store: Any = tmxfile.parsestring(data)  # type: ignore[no-untyped-call]
    except SyntaxError as error:  # lxml's errors are of this class
        # lxml's message ends in line and column, which ours begins with.
        reason = str(error.msg).splitlines()[0].partition(", line ")[0]
        raise InputError(
            f"not well-formed XML: {reason}", display_path, error.lineno or 0
        ) from error
    for unit in store.units:
        variants = []
        for node in unit.getlanguageNodes():
            segment = node.find(unit.namespaced("seg"))
            if segment is not None:  # before TMX 1.4 the language was in lang
                tag = node.get(_XML_LANG) or node.get("lang") or ""
                variants.append((parse_tag(tag), segment))
        yield variants


def _nearest(
    variants: list[tuple[LanguageTag, Any]],
    source_tag: LanguageTag,
    wanted: Mapping[str, LanguageTag],
) -> Iterator[tuple[str, int, Any, Any]]:
    """Yield locale, tag distance, source segment and target segment for each locale that fits."""
    tags = [tag for tag, _ in variants]
    sources = _rank_tags(tags, source_tag) or _rank_tags(
        tags, source_tag._replace(territory="", variants=())
    )
    if not sources:
        return
    at = sources[0][1]
    for locale, language in wanted.items():
        for distance, number in [pair for pair in _rank_tags(tags, language) if pair[1] != at][:1]:
            yield locale, distance, variants[at][1], variants[number][1]


def _keep_nearest(candidates: list[tuple[int, TmxPair]]) -> Iterator[TmxPair]:
    """Yield the pairs with the smallest tag distance of their locale and source."""
    best: dict[tuple[str, str], int] = {}
    for distance, pair in candidates:
        best[pair[:2]] = min(distance, best.get(pair[:2], distance))
    yield from (pair for distance, pair in candidates if distance == best[pair[:2]])


def _rank_tags(tags: Sequence[LanguageTag], wanted: LanguageTag) -> list[tuple[int, int]]:
    """Return distance and index of each tag that fits, the nearest first."""
    distance = [(tag_distance(tag, wanted), number) for number, tag in enumerate(tags)]
    return sorted((rank, number) for rank, number in distance if rank is not None)
