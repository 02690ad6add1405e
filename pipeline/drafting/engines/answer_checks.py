"""Check that a service's answer looks like a translation: its script, its length, no notice."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.drafting.engines.batching import without_tokens
from pipeline.language import script_of

if TYPE_CHECKING:
    import regex

    from pipeline.markdown import Form

__all__ = ["find_notice", "is_quota_notice", "judge"]

_PAGE = re.compile(r"\A\s*(?:<!doctype\b|<\?xml\b|<html\b)|</(?:html|head|body|script)\s*>", re.I)
_QUOTA = re.compile(
    r"MYMEMORY WARNING|ALL AVAILABLE FREE TRANSLATIONS"
    r"|\b(?:quota|rate limit|usage limit|request limit)\w* (?:exceeded|reached|has been|was)\b"
    r"|\bexceeded your\b.{0,30}\bquota\b|\btoo many requests\b",
    re.I,
)
"""Notices that services send with a status of success; MyMemory's are from its documentation."""
_WORD = re.compile(r"[^\W\d_]+")
_NAME = 3
"""Number of words up to which a text may be a name or a title, which stays as it is."""
_LONGER = 3.0
"""Greatest ratio of the lengths; from English no language is usually longer than twice."""
_ROOM = 60.0
"""Characters by which any answer may be longer: an abbreviation may be written out."""
_SHORTER = 6.0
_SHORTEST = 60.0
"""Length up to which a text may have an answer of any shorter length."""
_WIDE = {"W": 3.0, "F": 3.0}
"""Number of other scripts' letters that a character is worth, by its East Asian width."""
_LEAST_SHARE = 0.1
"""Least share of the target's script in the letters; names in Latin letters are in any text."""

_SCRIPTS = {
    "Hans": ("Hani", "Bopo"),
    "Hant": ("Hani", "Bopo"),
    "Jpan": ("Hani", "Hira", "Kana"),
    "Kore": ("Hang", "Hani"),
}
"""Scripts of a writing with several; Unicode does not tell simplified from traditional Chinese."""


def judge(text: str, answer: str | None, target: str, form: Form | None) -> str:
    """Return the fault of an answer, such as ``returned an empty answer``, or an empty string.

    The reason follows the name of the service in a message; it quotes neither text nor answer.
    Text and answer hold tokens in the given form.
    """
    reason = find_notice(text, answer)
    if reason or answer is None:
        return reason
    source_plain, answer_plain = without_tokens(text, form), without_tokens(answer, form)
    words = _WORD.findall(source_plain)
    if len(words) > _NAME and words == _WORD.findall(answer_plain):
        return "returned the source text unchanged"
    return _wrong_script(source_plain, answer_plain, target) or _wrong_length(
        source_plain, answer_plain
    )


def find_notice(text: str, answer: str | None) -> str:
    """Return the fault of an answer that was not made from the text, such as a notice, or ""."""
    if answer is None or not answer.strip():
        return "returned an empty answer"
    if _PAGE.search(answer) and not _PAGE.search(text):
        return "returned a web page instead of a translation"
    if is_quota_notice(text, answer):
        return "returned a notice instead of a translation: its quota is used up"
    return ""


def is_quota_notice(text: str, answer: str) -> bool:
    """Return whether an answer is a notice of a quota and the text is not about one."""
    return bool(_QUOTA.search(answer)) and not re.search(r"quota|limit|request|warn", text, re.I)


def _wrong_script(source_plain: str, answer_plain: str, target: str) -> str:
    wrong = f"answered in a script that is wrong for {target}"
    own, foreign, letters = _shares(answer_plain, script_of(target))
    # A source text that is itself mostly in such a script may stay in it.
    if letters > _NAME and foreign > 0.5 >= _shares(source_plain, script_of(target))[1]:
        return wrong
    return wrong if own < _LEAST_SHARE and len(_WORD.findall(source_plain)) > _NAME else ""


def _shares(text: str, writing: str) -> tuple[float, float, int]:
    """Return the share of a writing in the letters, that of others except Latin, and their number.

    Without a known writing the shares are 1 and 0.
    """
    letters = "".join(_WORD.findall(text))
    scripts = _SCRIPTS.get(writing, (writing,))
    own = _count(scripts, letters) if writing else None
    if not letters or own is None:
        return 1.0, 0.0, len(letters)
    latin = _count(("Latn",), letters) if "Latn" not in scripts else 0
    return own / len(letters), 1 - (own + (latin or 0)) / len(letters), len(letters)


def _count(scripts: tuple[str, ...], letters: str) -> int | None:
    """Return the number of letters of some scripts; None where Unicode does not know one."""
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


def _wrong_length(source_plain: str, answer_plain: str) -> str:
    before, after = _length(source_plain), _length(answer_plain)
    if after > max(_LONGER * before, before + _ROOM):
        return "returned a text that is far too long"
    if before > _SHORTEST and after * _SHORTER < before:
        return "returned a text that is far too short"
    return ""


def _length(text: str) -> float:
    return sum(_WIDE.get(unicodedata.east_asian_width(char), 1.0) for char in text.strip())
