"""Rate the matches of a grammar engine: real errors pass, noise does not.

The tables come from reading the messages of LanguageTool 6.8 on edited prose (news,
tales, speeches, handbooks), and on sentences with one error each, in three languages.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pipeline.findings import Severity
from pipeline.language import one_slip

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from pipeline.gate.grammar.contract import Match

__all__ = ["UNTRANSLATED_SHARE", "UNTRANSLATED_WORDS", "judge", "unknown_share"]

_Verdict = tuple[str, Severity]

UNTRANSLATED_SHARE = 0.25
"""Least `unknown_share` of a paragraph that is left in another language."""
UNTRANSLATED_WORDS = 8
"""Least number of words of a paragraph whose share is significant."""

_GRAMMAR: _Verdict = ("GR101", Severity.WARNING)
_DOUBTFUL: _Verdict = ("GR101", Severity.INFO)
_SPELLING: _Verdict = ("GR102", Severity.WARNING)
_NAME: _Verdict = ("GR102", Severity.INFO)
_STYLE: _Verdict = ("GR103", Severity.INFO)
_TYPOGRAPHY: _Verdict = ("GR104", Severity.INFO)


def _rules(*groups: tuple[_Verdict, str]) -> dict[str, _Verdict]:
    return {name: verdict for verdict, names in groups for name in names.split()}


# The checks of typography (TY) find the same, with the habit of the document in mind.
_COVERED_BY_TYPOGRAPHY = _rules(
    # Spaces: doubled, before or behind a sign, in guillemets.
    (
        _TYPOGRAPHY,
        "WHITESPACE_RULE FRENCH_WHITESPACE DOUBLES_ESPACES DOBLE_ESPACIO CONSECUTIVE_SPACES",
    ),
    (_TYPOGRAPHY, "COMMA_PARENTHESIS_WHITESPACE SENTENCE_WHITESPACE INCORRECT_SPACES"),
    # Straight apostrophes and quotation marks, three dots, a missing ¿ or ¡.
    (
        _TYPOGRAPHY,
        "APOS_TYP COMILLAS_TIPOGRAFICAS EN_QUOTES TYPOGRAPHICAL_APOSTROPHE ES_QUESTION_MARK",
    ),
    (_TYPOGRAPHY, "ELLIPSIS EN_ELLIPSIS POINTS_SUSPENSIONS PUNTOS_SUSPENSIVOS"),
)
_KINDS = _rules(
    (_STYLE, "style register locale-violation"),
    (_TYPOGRAPHY, "typographical whitespace"),
    (_SPELLING, "misspelling"),
)
_CATEGORIES = _rules(
    # Commas, brackets, units: right as often as not, and never what a reader stumbles over.
    (_TYPOGRAPHY, "PUNCTUATION PONCTUATION_VIRGULE PONCTUATION_POINT TYPOGRAPHY CAT_TYPOGRAPHIE"),
    # Taste: hyphens in English compounds, disputed turns, old spellings that still stand.
    (_STYLE, "COMPOUNDING CAT_TOURS_CRITIQUES CAMBIOS_NORMA REDUNDANCIES"),
    (_DOUBTFUL, "PROPER_NOUNS"),
)
# A name stands for itself and for all that continue it behind an underscore.
_EVERYWHERE = _rules((_GRAMMAR, "UPPERCASE_SENTENCE_START"))
_BY_LANGUAGE: Mapping[str, Mapping[str, _Verdict]] = {
    "en": _rules(
        # Hyphens and joined words, on which dictionaries differ.
        (_STYLE, "EN_COMPOUNDS SO_CALLED_HYPHEN BIT_HYPHEN ADVERB_OR_HYPHENATED_ADJECTIVE"),
        (_STYLE, "SHELL_COMPOUNDS UNDER_COMPOUNDS MAKER_COMPOUNDS VICE_VERSA FOR_EVER_US ANY_MORE"),
        # House style: capitals of titles, accents of borrowed words, words of one country.
        (
            _STYLE,
            "EN_SPECIFIC_CASE EN_DIACRITICS_REPLACE EN_US_SIMPLE_REPLACE EN_GB_SIMPLE_REPLACE",
        ),
        (_STYLE, "EN_WORD_COHERENCY FEWER_LESS MONTH_OF_XXXX INDEPENDENTLY_FROM_OF"),
        # Wrong more often than right; the day of a week depends on the year of the check.
        (_DOUBTFUL, "IN_WINDOWS NON_STANDARD_WORD ALL_MOST_SOME_OF_NOUN POSSESSIVE_APOSTROPHE_2"),
        (_DOUBTFUL, "EN_DATE_WEEKDAY_CURRENTYEAR DATE_NEW_YEAR"),
    ),
    "fr": _rules(
        # Real errors in a category that is mostly taste.
        (_GRAMMAR, "CONF_N_V PLUS_MIEUX PLUS_BON MOINS_PIRE QUELQUES_TEMPS NEGATION_PLUS"),
        (_GRAMMAR, "FRENCH_WORD_REPEAT_RULE"),
        # Capitals of regions and institutions, elegance.
        (_STYLE, "NORD_SUD MINISTRE_DE ETAT EGLISE MON_DIEU IL_FAUT AGREEMENT_PARTICULAR"),
        # Wrong more often than right.
        (_DOUBTFUL, "COND_VS_FUTUR CONFUSION_E_ER DOUBLE_NEG MOTS_INCOMP NOTRE QUELQUE_TRUC"),
        (_DOUBTFUL, "PRONOMS_PERSONNELS_MINUSCULE DATE_NEW_YEAR"),
    ),
    "es": _rules(
        # Capitals of months and days, which a translation brings along.
        (_GRAMMAR, "MIN_MESES MIN_DIAS_SEMANA"),
        # Turns that the academy advises against and everybody writes.
        (_STYLE, "EN_BASE_A EN_BASE_AL RELACIONADO_A EN_RELACION_A"),
        # Wrong more often than right.
        (_DOUBTFUL, "AGREEMENT_ADJ_NOUN EN_TORNO SEPARADO SIGLAS SINGLE_CHARACTER"),
        (_DOUBTFUL, "SUBJUNTIVO_PASADO DATE_NEW_YEAR"),
    ),
}
_DICTIONARY = re.compile(r"MORFOLOGIK|HUNSPELL|SPELLING|SIMPLE_REPLACE|NUMBERS_IN_WORDS")
"""Rules that look a word up."""
_NEAR_START_ONLY = frozenset({"ACCORD_SUJET_VERBE", "OU"})
"""Rules that are right near the beginning of a sentence, and mostly wrong far from it."""
_SENTENCE_START = re.compile(r"(?:^|[.!?…])[\s«“\"‘'(–—-]*(?:[\w'’-]+\s+){0,5}$")
_OTHER_COUNTRY = re.compile(r" is (?:British|American|Canadian|Australian) English")
"""Engine's message on a word that only another country spells so."""
_CODE_OR_ACRONYM = re.compile(
    r"\d|_|[^\W\d_]\.[^\W\d_]|[a-zà-öø-ÿ][A-ZÀ-ÖØ-Þ]|^[A-ZÀ-ÖØ-Þ.&-]{2,}s?$"
)
"""Words with digits, addresses, camel case, acronyms."""
_ACRONYM = re.compile(r"\b[A-ZÀ-ÖØ-Þ]{2,}")
_BEFORE_SENTENCE = re.compile(r"(?:^|[.!?…:])[)\]»”\"’']*[\s«“\"‘'¿¡(\[–—-]*$")
"""Text before the first word of a sentence."""
_UNCERTAIN_END = re.compile(
    r"(?:\.\s?\.|…|\b(?:[A-ZÀ-ÖØ-Þ]\w{0,3}|\w|etc|cf|vs|pp|ex|art|fig)\.|[\])»”\"’'])\s*$"
)
"""Dots, an abbreviation, a closing mark: no certain end of a sentence."""
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'")
# The group looks ahead before it takes a sign: Python before 3.11.5 leaves a possessive group where
# its last, failed round ended (gh-106052).
_LOWER_CASE_WORD = re.compile(
    r"\b(?![A-ZÀ-ÖØ-Þ])[^\W\d_]{2,}(?:(?=['’.-][^\W\d_])['’.-][^\W\d_]++)*+(?![\w-])"
)
"""Word with a small first letter; joined ones count once, those with digits not."""
_LEAST_LETTERS = 4
"""Letters below which a word is as likely foreign, or a name of something, as a slip."""
_LEAST_LETTERS_OF_NAME = 9
"""Letters from which on a slip of one letter is likelier than a name close to a word."""


def judge(
    match: Match, text: str, known_words: Container[str], locale: str
) -> tuple[str, Severity] | None:
    """Return the code and severity of a match, or None where it is to be dropped.

    The text is the plain one that the match is in; known words are case-folded. A rule is
    rated by its name, else by its category, else by its kind.
    """
    language = re.split("[-_]", locale, maxsplit=1)[0]
    matched_text = text[match.start : match.end]
    if _look_up(match.rule, _COVERED_BY_TYPOGRAPHY) or (
        match.rule.endswith("WORD_REPEAT_RULE") and _is_word_twice(matched_text)
    ):
        return None
    verdict = _look_up(match.rule, _BY_LANGUAGE.get(language, {})) or _look_up(
        match.rule, _EVERYWHERE
    )
    if not verdict and _DICTIONARY.search(match.rule):
        return _rate_unknown_word(match, text, known_words, locale)
    verdict = verdict or _CATEGORIES.get(match.category) or _KINDS.get(match.kind, _GRAMMAR)
    return _DOUBTFUL if verdict == _GRAMMAR and _is_doubtful(match, text) else verdict


def unknown_share(text: str, matches: Sequence[Match]) -> float:
    """Return the share of a paragraph's words that the spelling rules do not know, 0 to 1.

    Words that begin with a capital are left out: names say nothing of a language. One
    unknown word may be a slip: 0. Measured: of 2,100 paragraphs in another language 99.4 in 100
    reach `UNTRANSLATED_SHARE` (English read as French: 96.9), of 10,200 others 8, lists of
    commands.
    """
    words = [range(*word.span()) for word in _LOWER_CASE_WORD.finditer(text)]
    spelling_matches = [match for match in matches if _DICTIONARY.search(match.rule)]
    offsets = {at for match in spelling_matches for at in range(match.start, match.end)}
    unknown = sum(not offsets.isdisjoint(word) for word in words)
    return unknown / len(words) if unknown > 1 else 0.0


def _look_up(rule: str, table: Mapping[str, _Verdict]) -> _Verdict | None:
    while rule not in table and rule:
        rule = rule.rpartition("_")[0]
    return table.get(rule)


def _is_word_twice(text: str) -> bool:
    """Return whether a text is one word twice, which TY110 finds."""
    words = text.casefold().split()
    return len(words) == 2 and words[0] == words[1]


def _is_doubtful(match: Match, text: str) -> bool:
    """Return whether a match of a grammar rule is not reliable here."""
    if match.rule == "UPPERCASE_SENTENCE_START":  # a list item or a caption may begin small
        before = text[: match.start]
        return not before.strip() or bool(_UNCERTAIN_END.search(before))
    if match.rule in _NEAR_START_ONLY and not _SENTENCE_START.search(text, 0, match.start):
        return True
    return bool(_ACRONYM.search(text, match.start, match.end))


def _rate_unknown_word(
    match: Match, text: str, known_words: Container[str], locale: str
) -> _Verdict | None:
    """Return the rating of a word that a dictionary does not have."""
    word = text[match.start : match.end]
    if (
        _CODE_OR_ACRONYM.search(word)
        or text[: match.start].endswith(("@", "#"))
        or _is_known(word, known_words)
    ):
        return None
    if word != word.lower():
        return _SPELLING if _is_capitalised_slip(match, text, word) else _NAME
    if _OTHER_COUNTRY.search(match.message) and not re.search("[-_]", locale):
        return _STYLE
    suggestions = match.suggestions[:3]
    if any(_remove_accents(word) == _remove_accents(suggestion) for suggestion in suggestions):
        return _SPELLING
    is_slip = len(word) >= _LEAST_LETTERS and any(
        _is_one_slip(word, suggestion) for suggestion in suggestions
    )
    return _SPELLING if is_slip else _NAME  # a term, or a word of another language


def _is_known(word: str, known_words: Container[str]) -> bool:
    """Return whether a word, or each of its parts, is known, or the plural of a known word."""
    folded = word.casefold().replace("’", "'")
    if folded in known_words or folded.replace("'", "’") in known_words:
        return True
    parts = re.split(r"[\s'-]+", _ELIDED.sub("", folded).removesuffix("'s").strip("'-"))
    return all(any(form in known_words for form in _singulars(part)) for part in parts)


def _singulars(word: str) -> Iterator[str]:
    yield word
    for ending in ("es", "s", "x"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield word.removesuffix(ending)


def _is_capitalised_slip(match: Match, text: str, word: str) -> bool:
    """Return whether a word is capitalised as the first of a sentence, and a slip, not a name."""
    if (
        len(word) < _LEAST_LETTERS_OF_NAME
        or not match.suggestions
        or not _BEFORE_SENTENCE.search(text, 0, match.start)
    ):
        return False
    inside_sentence = rf"[\w,;]\s{re.escape(word)}\b"
    return not re.search(inside_sentence, text) and _is_one_slip(word, match.suggestions[0])


def _remove_accents(word: str) -> str:
    """Return the word without its accents; its case stays."""
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _is_one_slip(word: str, other: str) -> bool:
    """Return whether one slip makes a word of another; a space or capital alone is none."""
    is_split = " " in other and " " not in word
    return not is_split and one_slip(word.casefold(), other.casefold())
