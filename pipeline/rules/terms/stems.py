"""Stems of words, by which a term is found in each of its forms.

The only module that imports snowballstemmer (Porter's Snowball algorithms).
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["can_be_forms", "family_stem", "form_stem"]

_LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
# A stemmer makes one of market and marketing, of public and publicité. These endings make
# another word, not another form, so that words with and without them are kept apart.
_DERIVATIONS = {
    "en": r"(ing|ment|[ai]tion|ness|ship|it(?=y|ies)|ism|ist|ive|able|ful|less|ly|er|or|[ae]nce)"
    r"(?:s|y|ies)?",
    "fr": r"(ment|[st]ion|eu(?=rs?$|se)|age|able|iqu|i(?=fs?$|ve)|ist|ism|ité|[ae]nce)"
    r"(?:e|s|es|r|rs|se|ses|f|fs|ve|ves)?",
    "es": r"(miento|[cs]i(?=ón|ones)|dor|able|iv(?=[oa])|ista|ismo|dad|[ae]ncia|aje|mente)"
    r"(?:s|es|a|as|o|os|ón|ones)?",
    "it": r"(ment(?=[oi])|[zs]ion|tor|tric|bil|iv(?=[oaie])|ist|ism|ità|[ae]nz|mente)[aeio]?",
    "pt": r"(mento|ç(?=ão|ões)|s(?=ão|ões)|dor|[áí]ve|iv(?=[oa])|ist|ism|dade|[âê]ncia|age|mente)"
    r"(?:s|l|is|m|ns|a|as|o|os|es|ão|ões)?",
    "de": r"(ung|[hk]eit|lich|isch|schaft)(?:en|e[mnrs]?)?",
}
_DERIVATION = {code: re.compile(rf"\w{{2,}}{ending}") for code, ending in _DERIVATIONS.items()}
_STEM_LENGTH = 4
"""Letters that two forms of one word share in a language without a stemmer."""


def family_stem(word: str, language: str) -> str:
    """Return the stem that all words of one family share.

    The language is a code such as ``fr``; without a stemmer for it, the stem is the start of the
    word.
    """
    return _stem(word.casefold(), language)


def form_stem(word: str, language: str) -> str:
    """Return the stem that the forms of one word share, but not other words of its family."""
    return _form_stem(word.casefold(), language)


def can_be_forms(one: str, other: str, language: str) -> bool:
    """Return whether two words of the same key can be forms of one word.

    With a stemmer for the language, the key alone decides.
    """
    if language in _LANGUAGES:
        return True
    one, other = one.casefold(), other.casefold()
    # A short word is all of its stem, which longer, unrelated words share: rad, Radnik.
    if min(len(one), len(other)) <= _STEM_LENGTH:
        return one == other
    shared = max(_STEM_LENGTH, len(one) - 2)
    return one[:shared] == other[:shared] and len(other) <= len(one) + 3


@lru_cache(maxsize=65536)
def _form_stem(word: str, language: str) -> str:
    pattern = _DERIVATION.get(language)
    match = pattern.fullmatch(word) if pattern else None
    return f"{_stem(word, language)}-{match[1]}" if match else _stem(word, language)


@lru_cache(maxsize=65536)
def _stem(word: str, language: str) -> str:
    name = _LANGUAGES.get(language)
    if not name:
        return word[:_STEM_LENGTH]
    # It loads 36 languages, and only a glossary needs it.
    from snowballstemmer import stemmer  # type: ignore[import-untyped]  # it has no types

    if language == "fr" and len(word) > 4 and word.endswith(("as", "is", "os", "us")):
        word = word[:-1]  # vidéo, vidéos: the stemmer keeps an s behind these vowels
    if language == "pt" and word.endswith("ns"):  # imagem, imagens: the stemmer parts them
        word = word[:-2] + "m"
    # One stemmer must not be used by two threads; making one takes less than a microsecond.
    return str(stemmer(name).stemWord(word))
