"""Guess the encoding of a file that is not UTF-8, for messages."""

from __future__ import annotations

import codecs
import re

__all__ = ["is_mostly_utf8", "likely_encoding"]

_LETTER_RUN = 5
"""So many letters in a row that are not ASCII are rare in languages with Latin letters."""
_SURE = 0.8
_SAMPLE = 20_000
"""Bytes that are looked at, from the first one that is not ASCII."""
_LATIN = ("windows-1252", "macintosh", "iso-8859-2", "windows-1250", "ibm850")
_CYRILLIC = ("windows-1251", "koi8-r")
_EAST = {
    "shift_jis": ("[\u3041-\u30ff]", 0.3),
    "euc-jp": ("[\u3041-\u30ff]", 0.3),
    "euc-kr": ("[\uac00-\ud7a3]", 0.7),
    "gb2312": ("[\u4e00-\u9fff]", 0.7),
    "big5": ("[\u4e00-\u9fff]", 0.7),
}
"""Encodings of East Asia, with the characters that make out so large a share of a text."""
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ASCII = bytes(range(128))
_SIGNS = frozenset("«»„“”‚‘’‹›–—…•€£©®°§·¿¡№\xa0ªº")


def likely_encoding(data: bytes) -> str:
    """Return the likeliest encoding of a file, by a name that iconv knows; empty if unsure.

    UTF-16 shows in its byte-order mark or its zeros. Of the others, the one in which most
    characters stand where letters and signs stand in a text: no capital behind a small letter,
    and long runs of letters that are not ASCII only in other scripts than Latin.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    for name, zeros in (("UTF-16LE", data[1:400:2]), ("UTF-16BE", data[0:400:2])):
        if zeros.count(0) > len(zeros) / 2:
            return name
    first = re.search(rb"[\x80-\xff]", data)
    if not first or _decoded(data, "utf-8"):  # UTF-8 that is cut off
        return ""
    at = data.rfind(b"\n", 0, first.start()) + 1
    sample = data[at : at + _SAMPLE]
    if is_mostly_utf8(data):
        return ""
    for name, (usual, share) in _EAST.items():
        text = _decoded(sample, name)
        foreign = re.sub(r"[\x00-\x7f]", "", text)
        # Latin text has single foreign letters, which no double-byte encoding has.
        if len(foreign) > 1 and len(re.findall(usual, foreign)) > len(foreign) * share:
            return name.upper()
    scores = {name: _plausibility(_decoded(sample, name), _LETTER_RUN) for name in _LATIN}
    scores |= {name: _plausibility(_decoded(sample, name), 0) for name in _CYRILLIC}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < _SURE:
        return ""
    if best == "windows-1252" and not re.search(rb"[\x80-\x9f]", data):
        return "ISO-8859-1"
    return best.upper()


def is_mostly_utf8(data: bytes) -> bool:
    """Return whether most foreign characters of a file are UTF-8, but not all of them."""
    others = len(_UTF8.sub(b"", data).translate(None, _ASCII))
    return 0 < others < len(_UTF8.findall(data))


def _decoded(sample: bytes, encoding: str) -> str:
    """Return a sample in an encoding; empty if it does not fit, except for its cut end."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        return decoder.decode(sample)
    except UnicodeDecodeError:
        return ""


def _plausibility(text: str, longest_run: int) -> float:
    """Return the share of characters that are not ASCII and stand where such ones do, 0 to 1."""
    good = total = 0
    for run in re.finditer(r"[^\x00-\x7f]+", text):
        before, after = text[max(run.start() - 1, 0) : run.start()], text[run.end() : run.end() + 1]
        # A Latin letter beside one of another script is in no word.
        mixed = not longest_run and (before.isalpha() or after.isalpha())
        letters = sum(map(str.isalpha, run[0]))
        for char in run[0]:
            total += 1
            if char.isalpha():
                fits = letters < longest_run if longest_run else not mixed
                # A capital begins a word, or stands among capitals.
                good += fits and (not before.islower() or not char.isupper())
            else:
                good += char in _SIGNS
            before = char
    return good / total if total else 0.0
