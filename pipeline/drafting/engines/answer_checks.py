"""Whether what a service gave is a translation, as far as that can be told without reading it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.drafting.engines.batching import bare
from pipeline.language import script_of

if TYPE_CHECKING:
    import regex

    from pipeline.markdown import Form

__all__ = ["about_itself", "judge", "out_of_quota"]

_PAGE = re.compile(r"\A\s*(?:<!doctype\b|<\?xml\b|<html\b)|</(?:html|head|body|script)\s*>", re.I)
_QUOTA = re.compile(
    r"MYMEMORY WARNING|ALL AVAILABLE FREE TRANSLATIONS"
    r"|\b(?:quota|rate limit|usage limit|request limit)\w* (?:exceeded|reached|has been|was)\b"
    r"|\bexceeded your\b.{0,30}\bquota\b|\btoo many requests\b",
    re.I,
)
"""What services say with a status of success; MyMemory's are from its own documentation."""
_WORD = re.compile(r"[^\W\d_]+")
_NAME = 3
"""So many words may be a name or a title, which stays as it is."""
_LONGER = 3.0
"""Times; from English no language is usually longer than twice."""
_ROOM = 60.0
"""Characters more than the text are never too many: an abbreviation may be written out."""
_SHORTER = 6.0
_SHORTEST = 60.0
"""What is shorter than this may get as short as it likes."""
_WIDE = {"W": 3.0, "F": 3.0}
"""Letters of another writing that one of these stands for, by East Asian width."""
_HARDLY = 0.1
"""Of the letters; names in Latin letters are in every text of any script."""

_SCRIPTS = {
    "Hans": ("Hani", "Bopo"),
    "Hant": ("Hani", "Bopo"),
    "Jpan": ("Hani", "Hira", "Kana"),
    "Kore": ("Hang", "Hani"),
}
"""Writings of several scripts; Unicode does not tell simplified from traditional Chinese."""


def judge(text: str, answer: str | None, target: str, form: Form | None) -> str:
    """Tell what is wrong with an answer, such as ``gave the text back as it was``; else nothing.

    The reason goes behind the name of the service; it quotes neither text nor answer. Text and
    answer hold tokens in the given form.
    """
    reason = about_itself(text, answer)
    if reason or answer is None:
        return reason
    asked, said = bare(text, form), bare(answer, form)
    words = _WORD.findall(asked)
    if len(words) > _NAME and words == _WORD.findall(said):
        return "gave the text back as it was"
    return _wrong_script(asked, said, target) or _wrong_length(asked, said)


def about_itself(text: str, answer: str | None) -> str:
    """Tell whether a service answered, but gave nothing that was made from the text."""
    if answer is None or not answer.strip():
        return "gave an empty answer"
    if _PAGE.search(answer) and not _PAGE.search(text):
        return "gave a notice, not a translation: a web page"
    if out_of_quota(text, answer):
        return "gave a notice, not a translation: its quota is used up"
    return ""


def out_of_quota(text: str, answer: str) -> bool:
    """Tell whether the answer is a notice of a quota, and not a text about one."""
    return bool(_QUOTA.search(answer)) and not re.search(r"quota|limit|request|warn", text, re.I)


def _wrong_script(asked: str, said: str, target: str) -> str:
    wrong = f"answered in another script than that of {target}"
    own, foreign, letters = _shares(said, script_of(target))
    if letters > _NAME and foreign > 0.5 >= _shares(asked, script_of(target))[1]:
        return wrong
    return wrong if own < _HARDLY and len(_WORD.findall(asked)) > _NAME else ""


def _shares(text: str, writing: str) -> tuple[float, float, int]:
    """Give which part of the letters is of a writing, which is neither that nor Latin; how many.

    All are, where the writing is not known.
    """
    letters = "".join(_WORD.findall(text))
    scripts = _SCRIPTS.get(writing, (writing,))
    own = _count(scripts, letters) if writing else None
    if not letters or own is None:
        return 1.0, 0.0, len(letters)
    latin = _count(("Latn",), letters) if "Latn" not in scripts else 0
    return own / len(letters), 1 - (own + (latin or 0)) / len(letters), len(letters)


def _count(scripts: tuple[str, ...], letters: str) -> int | None:
    """Count the letters of some scripts; None where Unicode does not know one."""
    pattern = _pattern(scripts)
    return len(pattern.findall(letters)) if pattern else None


@lru_cache(maxsize=64)
def _pattern(scripts: tuple[str, ...]) -> regex.Pattern[str] | None:
    import regex  # here, because only a run that asks an engine needs it

    try:
        # With the extensions, for signs that several scripts share, such as the Japanese ー.
        return regex.compile("[" + "".join(rf"\p{{scx={name}}}" for name in scripts) + "]")
    except regex.error:
        return None


def _wrong_length(asked: str, said: str) -> str:
    before, after = _length(asked), _length(said)
    if after > max(_LONGER * before, before + _ROOM):
        return "gave a text that is far too long"
    if before > _SHORTEST and after * _SHORTER < before:
        return "gave a text that is far too short"
    return ""


def _length(text: str) -> float:
    return sum(_WIDE.get(unicodedata.east_asian_width(char), 1.0) for char in text.strip())
