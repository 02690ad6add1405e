"""Find numbers without digits: in words, Roman numerals, fractions and raised digits.

The values only excuse a number that a translation writes in another way; a word with several
meanings therefore has several values.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "SCALES",
    "certain_numbers",
    "knows_number_words",
    "language_of",
    "shift_decimal",
    "spelt_numbers",
]

_EN = """
zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12
thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20
thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 twenties=20 thirties=30
forties=40 fifties=50 sixties=60 seventies=70 eighties=80 nineties=90
first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10
eleventh=11 twelfth=12 thirteenth=13 fourteenth=14 fifteenth=15 sixteenth=16 seventeenth=17
eighteenth=18 nineteenth=19 twentieth=20 thirtieth=30 fortieth=40 fiftieth=50 hundredth=100
a=1 an=1 once=1 single=1 twice=2 double=2 both=2 couple=2 pair=2 thrice=3 triple=3 half=0.5/50/2/1
quarter=0.25/25/4/1/15 quarters=3/4/75 noon=12 midday=12 midnight=0/24/12 dozen=12 dozens=12
decade=10 fortnight=14/15/2 century=100 centuries=100 secondly=2 thirdly=3
"""
_FR = """
zéro=0 nul=0 nulle=0 un=1 une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10
onze=11 douze=12 treize=13 quatorze=14 quinze=15/14 seize=16 vingt=20 vingts=20 trente=30
quarante=40
cinquante=50 soixante=60 septante=70 huitante=80 octante=80 nonante=90
premier=1 première=1 premiers=1 premières=1 unième=1 deuxième=2 second=2 seconde=2 secondes=2
troisième=3 quatrième=4 cinquième=5 sixième=6 septième=7 huitième=8 neuvième=9 dixième=10
onzième=11 douzième=12 treizième=13 quatorzième=14 quinzième=15 seizième=16 vingtième=20
trentième=30 quarantième=40 cinquantième=50 centième=100 premièrement=1 deuxièmement=2
deuxièmes=2 troisièmes=3 double=2 doubler=2 paire=2 triple=3 tripler=3 demi=0.5/1/2/30
demie=0.5/1/2/30 moitié=0.5/50/1/2 tiers=3/1/2 quart=0.25/25/1/4/15 quarts=3/4/75 midi=12
minuit=0/24/12 dizaine=10 dizaines=10 douzaine=12 douzaines=12 quinzaine=15/14/2 vingtaine=20
trentaine=30 quarantaine=40 cinquantaine=50 soixantaine=60 centaine=100 centaines=100 décennie=10
siècle=100 siècles=100
"""
_ES = """
cero=0 nulo=0 nula=0 un=1 uno=1 una=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9
diez=10 once=11 doce=12 trece=13 catorce=14 quince=15/14 dieciséis=16 diecisiete=17 dieciocho=18
diecinueve=19 veinte=20 veintiuno=21 veintiún=21 veintiuna=21 veintidós=22 veintitrés=23
veinticuatro=24 veinticinco=25 veintiséis=26 veintisiete=27 veintiocho=28 veintinueve=29 treinta=30
cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 doscientos=200 doscientas=200
trescientos=300 trescientas=300 cuatrocientos=400 cuatrocientas=400 quinientos=500 quinientas=500
seiscientos=600 seiscientas=600 setecientos=700 setecientas=700 ochocientos=800 ochocientas=800
novecientos=900 novecientas=900 primer=1 primero=1 primera=1 primeros=1 primeras=1 segundo=2
segunda=2 tercer=3 tercero=3 tercera=3 cuarto=4/0.25/25/1/15 cuarta=4 cuartos=3/4/75 quinto=5
quinta=5 sexto=6 sexta=6 séptimo=7 séptima=7 octavo=8 octava=8 noveno=9 novena=9 décimo=10
décima=10 undécimo=11 undécima=11 duodécimo=12 duodécima=12 vigésimo=20 vigésima=20 doble=2
ambos=2 ambas=2 par=2 triple=3 medio=0.5/1/2/50 media=0.5/1/2/30 mitad=0.5/50/1/2 tercio=3/1
tercios=3/2 decena=10 docena=12 docenas=12 quincena=15/14 veintena=20 centenar=100 centenares=100
mediodía=12 medianoche=0/24/12 década=10 siglo=100 siglos=100
"""
SCALES = {
    "en": {"hundred": 2, "hundreds": 2, "thousand": 3, "thousands": 3, "million": 6, "millions": 6,
           "billion": 9, "billions": 9, "trillion": 12, "trillions": 12},
    "fr": {"cent": 2, "cents": 2, "mille": 3, "millier": 3, "milliers": 3, "million": 6,
           "millions": 6, "milliard": 9, "milliards": 9, "billion": 12, "billions": 12},
    "es": {"cien": 2, "ciento": 2, "cientos": 2, "mil": 3, "millar": 3, "millares": 3, "miles": 3,
           "millón": 6, "millones": 6, "billón": 12, "billones": 12},
}  # fmt: skip
"""Words that multiply by a power of ten, by language, with the power."""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    pairs = (item.split("=") for item in text.split())
    return {word: tuple(values.split("/")) for word, values in pairs}


_WORDS = {"en": _table(_EN), "fr": _table(_FR), "es": _table(_ES)}
_BETWEEN = {"en": "and", "fr": "et", "es": "y"}
_WORD = re.compile(r"[^\W\d_]+")
# The lookahead for a letter keeps it from matching nothing.
_ROMAN = re.compile(
    r"(?<![^\W_])(?=[IVXLCDM])(M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))"
    r"(?=(?:ers?|res?|es?|ᵉ|èmes?|º|ª|th)?(?![^\W_]))"
)
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_RAISED = re.compile("[\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]+")
_FRACTION = re.compile("[\u00bc-\u00be\u2150-\u215e]")


def language_of(locale: str) -> str:
    """Return the language of a locale, such as ``pt`` of ``pt_BR``."""
    return re.split(r"[_@-]", locale, maxsplit=1)[0].lower()


def knows_number_words(locale: str) -> bool:
    """Return whether the number words of a locale's language are known."""
    return language_of(locale) in _WORDS


def spelt_numbers(text: str, locale: str) -> Counter[str]:
    """Count the values of the numbers that a text writes without digits."""
    counts = Counter(str(_roman(match[1])) for match in _ROMAN.finditer(text))
    for match in _RAISED.finditer(text):
        counts["".join(str(unicodedata.digit(c)) for c in match[0]).lstrip("0") or "0"] += 1
    for match in _FRACTION.finditer(text):
        counts.update(re.findall(r"\d+", unicodedata.normalize("NFKC", match[0])))
        counts[f"{unicodedata.numeric(match[0]):.3f}".rstrip("0")] += 1
    if knows_number_words(locale):
        counts.update(_words(text.lower(), language_of(locale)))
    return counts


def certain_numbers(text: str, locale: str) -> frozenset[str]:
    """Return the values of the number words that have one meaning, from 3.

    The words for 1 and 2 are also articles, pronouns and shares.
    """
    if not knows_number_words(locale):
        return frozenset()
    values = set(_words(text.lower(), language_of(locale), certain=True))
    return frozenset(values - {"0", "1", "2"})


def shift_decimal(value: str, power: int) -> str:
    """Multiply a decimal such as ``1.5`` by a power of ten, as text, which has no limit."""
    whole, _, fraction = value.partition(".")
    fraction = fraction.ljust(power, "0")
    whole = (whole + fraction[:power]).lstrip("0") or "0"
    fraction = fraction[power:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def _words(text: str, language: str, *, certain: bool = False) -> Iterator[str]:
    """Yield the values of number words; adjacent words that form one number have one value.

    With ``certain`` those of words with several meanings are left out.
    """
    words, scales, between = _WORDS[language], SCALES[language], _BETWEEN[language]
    total = _Sum()
    end = -1
    for match in _WORD.finditer(text):
        values, power = words.get(match[0], ()), scales.get(match[0], 0)
        if not values and not power:
            continue
        gap = text[end : match.start()].strip(" -\u2011\u00a0")
        joined = end >= 0 and gap in ("", between)
        end = match.end()
        # A word with several meanings, such as second, is no part of a longer number.
        if joined and len(values) < 2 and total.add(values, power):
            continue
        if total.begun:
            yield total.value
        total = _Sum()
        if len(values) > 1:
            yield from () if certain else values
        else:
            total.add(values, power)
    if total.begun:
        yield total.value


class _Sum:
    """A number that is built word by word."""

    def __init__(self) -> None:
        self.begun = False
        self.whole = 0
        """Value before the last word for thousand or more, multiplied by it."""
        self.part = 0
        """Value behind that word."""
        # Above any scale, so that each may be the first.
        self.power = 99

    @property
    def value(self) -> str:
        return str(self.whole + self.part)

    def add(self, values: tuple[str, ...], power: int) -> bool:
        """Add a word if the number can go on with it; return whether it can."""
        accepted = self._add_power(power) if power else self._add_value(int(values[0]))
        self.begun = self.begun or accepted
        return accepted

    def _add_power(self, power: int) -> bool:
        if power == 2:
            if self.part >= 10:
                return False
            self.part = max(self.part, 1) * 100
        elif power < self.power:
            self.whole, self.part = self.whole + max(self.part, 1) * 10**power, 0
            self.power = power
        elif not self.part and self.whole < 10**6:  # dos mil millones
            self.whole, self.power = self.whole * 10**power, power
        else:
            return False
        return True

    def _add_value(self, number: int) -> bool:
        rest = self.part % 100
        if number == 20 and rest == 4:  # quatre-vingt
            self.part += 76
            return True
        if not self.part:
            fits = not self.begun or (number < 1000 and self.whole > 0)
        elif not rest:
            fits = number < 100
        else:  # soixante-douze, dix-sept, twenty-one
            limit = 20 if rest in (60, 80) else 10 if rest >= 20 and not rest % 10 else 0
            fits = 0 < number < (limit or 10) and (limit > 0 or (rest == 10 and number > 6))
        self.part += number if fits else 0
        return fits


def _roman(text: str) -> int:
    values = [_LETTERS[letter] for letter in text]
    rest = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, rest, strict=True))
