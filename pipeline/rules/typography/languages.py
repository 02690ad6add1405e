"""Rules for spaces and marks in each language, and the habits of one document.

Sources: *Lexique des règles typographiques en usage à l'Imprimerie nationale* (fr); Office
québécois de la langue française, table of spaces around marks (fr_CA); *Guide du
typographe*, Lausanne (fr_CH); Real Academia Española, *Ortografía de la lengua española*,
2010 (es); CLDR, quotation marks (all others).
"""

from __future__ import annotations

import re
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pipeline.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "NARROW",
    "SPACES",
    "WIDE",
    "Habits",
    "Language",
    "habits",
    "language",
    "mostly",
    "style",
]

WIDE = "\u00a0"
NARROW = "\u202f"
SPACES = " \u00a0\u202f\u2009"
"""Spaces within a line; all but the first are no-break spaces, or are treated as such."""

_HIGH = ";:!?"
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Language(NamedTuple):
    """Typographic rules of one language."""

    space_before: Mapping[str, str] = _NOTHING
    """Space required before a mark, empty where none belongs; marks without a rule are absent."""
    lenient_marks: str = ""
    """Marks for which that rule is house style."""
    guillemet_space: str | None = None
    """Space inside guillemets; None where there is no rule."""
    optional_guillemet_space: bool = False
    """True if guillemets are also right without the space."""
    quotes: str = ""
    """Opening and closing quotation mark; empty where there is no rule."""
    foreign_quotes: str = ""
    """Quotation marks that belong to other languages."""
    ordered_quotes: str = ""
    """Pairs of quotation marks that always open and close in this order."""
    curly_apostrophe: bool = False
    """True if the apostrophe between letters is a curly one."""
    misused_apostrophe: str = ""
    """Pattern that ends in a character misused as an apostrophe between letters."""
    ellipsis_character: bool = False
    """True if three dots are written as one character."""
    opening_marks: bool = False
    """True if questions and exclamations have an opening mark."""
    bound_units: str = ""
    """Pattern of units that a no-break space joins to their number."""
    decimal_comma: bool = False
    spaced_percent: bool = False
    """True if there is a space between a number and its unit."""
    knows_abbreviations: bool = False
    """True if its abbreviations are known, so that a stray full stop can be recognised."""
    abbreviations: frozenset[str] = frozenset()
    """Abbreviations in lower case, without the full stop."""
    repeatable_words: frozenset[str] | None = None
    """Words that may be repeated, in lower case; None if any word may."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ANY_ABBREVIATION = (
    "etc vs cf ibid op cit vol nos art fig tab chap ed eds al dr prof st ste jr sr inc ltd corp"
    " approx ca max min tel fax ref aka nb ps viz resp incl excl ex std dept univ intl trad"
)
_APART = MappingProxyType(dict.fromkeys(_HIGH, ""))
_ENGLISH = Language(
    space_before=_APART,
    quotes="“”",
    foreign_quotes='"«»„',
    ordered_quotes="“”",
    curly_apostrophe=True,
    misused_apostrophe=r"(?i:(?<=[^\W\d_])()[´`′](?=[^\W\d_])|(?<=n)()‘(?=t\b)|(?<=\w)()‘(?=(?:s|re|ll|ve)\b))",
    ellipsis_character=True,
    knows_abbreviations=True,
    abbreviations=_words(
        _ANY_ABBREVIATION
        + " e.g i.e eg ie jan feb mar apr jun jul aug sept sep oct nov dec mon tue"
        " wed thu fri sat sun ave blvd govt assn bros misc par para sec secs mins hrs est ver"
        " pron adj adv pl sing trans repr orig esp usu lit abbr cont"
    ),
    repeatable_words=_words(
        "had that is was do did her you so very very no yes bye blah ha haha ho hey knock tut there"
        " now well what who go ok bla la many long far really never wait please who's in on night"
        " poo boo tick tock choo chop hush ta win lose big much more less old big way too again"
    ),
)
_FRENCH = Language(
    space_before=MappingProxyType({";": NARROW, "!": NARROW, "?": NARROW, ":": WIDE}),
    guillemet_space=WIDE,
    quotes="«»",
    foreign_quotes='"“”„',
    ordered_quotes="«»“”",
    curly_apostrophe=True,
    misused_apostrophe=r"(?i:\b([cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|aujourd))[‘´`′](?=[^\W\d_])",
    ellipsis_character=True,
    bound_units=r"[%‰€]|°C|[kM]€|[kcm]m|kg|[kMGT]o|millions?|milliards?",
    decimal_comma=True,
    spaced_percent=True,
    knows_abbreviations=True,
    abbreviations=_words(
        _ANY_ABBREVIATION + " p pp ex env hab apr av janv févr fév avr juill juil sept oct nov déc"
        " mme mlle mm dir coll éd éds rééd trad prés suppl suiv sqq loc bibl hist litt adj adv"
        " masc fém plur sing inv fam pop arg syn ant loc prép conj pron var alin al arr bd boul"
        " dép gén col lt cap cdt tél exempl obs rem fam spéc anc auj dim lun mar mer jeu ven sam"
        " mill min sec quest rép vers encycl"
    ),
    repeatable_words=_words(
        "vous nous si bla non oui très bien petit loin long tout là la ha hé ho eh oh toc tic cou"
        " cui hi ah tut tsoin cha pom zim ron boum plouf mais jamais toujours vite doux"
        " encore plus moins peu grand beau fort joli beaucoup gna na ta ploc pin pan"
    ),
)
_SPANISH = Language(
    space_before=_APART,
    guillemet_space="",
    quotes="«»",
    foreign_quotes='"',
    ordered_quotes="«»“”",
    ellipsis_character=True,
    opening_marks=True,
    bound_units=r"[%‰€]|°C|[kcm]m|kg|[kMGT]B",
    knows_abbreviations=True,
    abbreviations=_words(
        _ANY_ABBREVIATION + " p pp pág págs ej sr sra srta sres d dña dª ud uds vd vds núm núms"
        " tel tels avda ctra esq izda dcha dpto depto admón aprox art arts cap caps cía col"
        " ed eds ene feb mar abr may jun jul ago sep sept oct nov dic fdo gral ilmo excmo"
        " impr lic ms mss máx mín nac ntra ntro obs párr pd pl prof profa prov rev sig"
        " sigs sto sta sust trad univ vid vol vols"
    ),
    repeatable_words=_words(
        "muy no sí ya casi bla ja je ji jo ha he tan luego poco mucho bien así nada todo nunca toc"
        " tic más menos claro vamos anda venga vale pronto cerca lejos uno dos tres pío rápido"
        " despacio puro duro chau siempre igual ay ahora si pan vino"
    ),
)
_LATIN = Language(
    space_before=_APART,
    guillemet_space="",
    foreign_quotes='"',
    ordered_quotes="«»“”",
    ellipsis_character=True,
)
_CANADA = _FRENCH._replace(
    space_before=MappingProxyType({";": "", "!": "", "?": "", ":": WIDE}), lenient_marks=";!?"
)
_SWITZERLAND = _FRENCH._replace(
    space_before=MappingProxyType(dict.fromkeys(_HIGH, NARROW)),
    lenient_marks=_HIGH,
    guillemet_space=NARROW,
    optional_guillemet_space=True,
)
LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        "": Language(),
        "ca": _LATIN._replace(quotes="«»", curly_apostrophe=True),
        "de": Language(
            space_before=_APART, quotes="„“", foreign_quotes='"”', ellipsis_character=True
        ),
        "en": _ENGLISH,
        "es": _SPANISH,
        "fr": _FRENCH,
        "fr_CA": _CANADA,
        "fr_CH": _SWITZERLAND,
        "it": _LATIN._replace(quotes="«»", curly_apostrophe=True),
        "pt": _LATIN._replace(quotes="“”"),
    }
)
"""Rules by locale; the empty name is for all other languages."""


def language(locale: str) -> Language:
    """Return the rules of a locale, of its language, or of unknown languages."""
    name = locale.replace("-", "_")
    return LANGUAGES.get(name) or LANGUAGES.get(name.partition("_")[0]) or LANGUAGES[""]


class Habits(NamedTuple):
    """Counts of the alternatives that a document uses."""

    no_break: int = 0
    """No-break spaces where the language requires one."""
    plain: int = 0
    """Plain spaces where the language requires a no-break one."""
    narrow: int = 0
    """Narrow no-break spaces before ``;``, ``!`` and ``?``."""
    wide: int = 0
    """No-break spaces of full width before ``;``, ``!`` and ``?``."""
    unspaced: int = 0
    """Marks ``;:!?`` without any space before them."""
    curly: int = 0
    """Curly apostrophes between letters."""
    straight: int = 0
    ellipses: int = 0
    """Ellipses as one character."""
    dots: int = 0
    """Ellipses as three dots."""
    quotes: int = 0
    """Opening and closing quotation marks of the language."""
    straight_quotes: int = 0
    one_space: int = 0
    """Sentences with one space after them."""
    two_spaces: int = 0


_COUNTED = {
    "narrow": re.compile("(?<=[\u202f\u2009])[;!?]"),
    "wide": re.compile("(?<=\u00a0)[;!?]"),
    "colon": re.compile(
        "(?<=[\u00a0\u202f\u2009]):|(?<=«)[\u00a0\u202f\u2009]|[\u00a0\u202f\u2009](?=»)"
    ),
    "plain": re.compile(r"(?<=\w )[;:!?](?=\s|$)|(?<=«) | (?=»)"),
    "unspaced": re.compile(r"(?<=\w)[;:!?](?=\s|$)"),
    "curly": re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])"),
    "straight": re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"),
    "ellipses": re.compile("…"),
    "dots": re.compile(r"(?<!\.)\.\.\.(?!\.)"),
    "straight_quotes": re.compile('"'),
    "one_space": re.compile(r"(?<=[.?!]) (?=[^\W\d_])"),
    "two_spaces": re.compile(r"(?<=[.?!])  (?=[^\W\d_])"),
}


def habits(texts: Iterable[str], locale: str) -> Habits:
    """Count the alternatives that a document uses.

    Quotation marks that are not straight are counted only if they are the language's own.
    """
    rules = language(locale)
    own = (set(rules.quotes) | set(rules.ordered_quotes)) - set(rules.foreign_quotes)
    count: Counter[str] = Counter()
    for text in texts:
        for name, pattern in _COUNTED.items():
            count[name] += sum(1 for _ in pattern.finditer(text))
        count["quotes"] += sum(text.count(sign) for sign in own)
    # The width at colons and guillemets is fixed, so they show no preference for one.
    count["no_break"] = count.pop("colon", 0) + count["narrow"] + count["wide"]
    return Habits(**count)


def mostly(better: int, worse: int) -> bool:
    """Return whether a document mostly uses the better alternative, so that the other is a slip.

    The threshold (four times out of five, and five times at least) is our choice, not a published
    figure.
    """
    return better >= 5 and better >= 4 * worse


def style(better: int, worse: int) -> Severity:
    """Return the severity of the worse of two alternatives: a slip, or house style."""
    return Severity.WARNING if mostly(better, worse) else Severity.INFO
