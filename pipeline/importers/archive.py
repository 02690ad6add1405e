"""Open the zip files that Word and Excel write, and refuse those that do harm."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]

from pipeline.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

__all__ = ["parse_xml", "read_archive", "write_archive"]

_MOST_ENTRIES = 10_000
_MOST_BYTES = 300_000_000
"""Maximum size of all files in an archive, unpacked."""
_MOST_XML = 40_000_000
"""Maximum size of one file of XML in an archive."""
_MOST_RATIO = 250
"""Maximum ratio of unpacked to packed size of a file above a megabyte; prose has some 10."""
_MEGABYTE = 1_000_000
_DECLARATION = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)")


def read_archive(data: bytes, path: str) -> dict[str, bytes]:
    """Return the files of an archive by name.

    Raises:
        InputError: it is damaged or encrypted, or unpacks to more than any document needs.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _require_harmless(infos, path)
            return {info.filename: archive.read(info) for info in infos if not info.is_dir()}
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise InputError(
            f"damaged or cut off ({error}); save or download it again", path
        ) from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma"):
            raise InputError(f"damaged ({error}); save or download it again", path) from error
        if isinstance(error, RuntimeError):  # an encrypted entry
            raise InputError(f"{error}; save it without a password", path) from error
        raise


def _require_harmless(infos: list[zipfile.ZipInfo], path: str) -> None:
    total = sum(info.file_size for info in infos)
    big = max(infos, key=lambda info: info.file_size, default=None)
    xml = max((i.file_size for i in infos if i.filename.endswith((".xml", ".rels"))), default=0)
    bombs = [
        info
        for info in infos
        if info.file_size > _MEGABYTE and info.file_size > _MOST_RATIO * max(info.compress_size, 1)
    ]
    if total > _MOST_BYTES or xml > _MOST_XML or len(infos) > _MOST_ENTRIES or bombs:
        worst = bombs[0] if bombs else big
        name = f"; '{worst.filename}' alone has {worst.file_size:,} bytes" if worst else ""
        raise InputError(
            f"unpacks to {total:,} bytes in {len(infos):,} files{name}; no article is so large, so "
            "it is refused: copy its text into a new document",
            path,
        )


def parse_xml(data: bytes, name: str, path: str) -> _Element:
    """Return the root of a file of XML in an archive.

    Raises:
        InputError: it is no XML, is nested too deeply, or declares entities.
    """
    if _DECLARATION.search(data.replace(b"\0", b"")):
        raise InputError(
            f"{name} declares entities, which no program for texts does; it is refused", path
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{name} is damaged ({error}); save the document again", path) from error


def write_archive(files: dict[str, bytes]) -> io.BytesIO:
    """Return an archive with the given files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    target.seek(0)
    return target
