"""Checks of the headline: its number of experts, and a copy of it with a site's name after it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.article import in_article
from pipeline.findings import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Place
    from pipeline.model import Article, Section, Segment
    from pipeline.rules.article.headings import Outline

__all__ = ["check_expert_count", "check_site_name"]

_NUMBERS = {
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
    " dix-sept dix-huit dix-neuf vingt",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieciséis diecisiete dieciocho diecinueve veinte",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn"
    " sechzehn siebzehn achtzehn neunzehn zwanzig",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici"
    " quindici sedici diciassette diciotto diciannove venti",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis"
    " dezessete dezoito dezenove vinte",
}
_TENS = {
    "en": "thirty forty fifty sixty seventy eighty ninety",
    "fr": "trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix",
    "es": "treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "de": "dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "it": "trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "pt": "trinta quarenta cinquenta sessenta setenta oitenta noventa",
}
_VARIANTS = {"pt": {"duas": 2, "quatorze": 14, "dezasseis": 16, "dezassete": 17, "dezanove": 19}}
# Only words for those who are heard: six ways, tips or reasons may come from any number of people.
_PEOPLE = {
    "en": "experts voices people professionals pros leaders marketers strategists specialists"
    " founders ceos cmos ctos cfos coos cios cpos cros vps creators bloggers influencers"
    " journalists consultants insiders executives marketeers copywriters entrepreneurs"
    " directors managers editors authors writers designers developers engineers scientists"
    " researchers professors teachers doctors chefs bakers lawyers coaches authors analysts"
    " photographers speakers podcasters",
    "fr": "experts expertes spécialistes professionnels professionnelles pros voix personnes"
    " leaders dirigeants dirigeantes créateurs créatrices influenceurs influenceuses blogueurs"
    " blogueuses journalistes consultants consultantes stratèges cmo ceo cto pdg directeurs"
    " directrices responsables fondateurs fondatrices entrepreneurs entrepreneuses auteurs autrices"
    " chercheurs chercheuses rédacteurs rédactrices",
    "es": "expertos expertas especialistas profesionales voces personas líderes creadores creadoras"
    " influencers periodistas consultores consultoras cmo ceo cto directores directoras fundadores"
    " fundadoras responsables emprendedores emprendedoras autores autoras",
    "de": "experten expertinnen spezialisten spezialistinnen fachleute profis stimmen menschen"
    " köpfe leute cmos ceos ctos gründer gründerinnen geschäftsführer geschäftsführerinnen"
    " direktoren direktorinnen leiter leiterinnen manager managerinnen autoren autorinnen",
    "it": "esperti esperte specialisti specialiste professionisti professioniste voci persone"
    " leader creatori creatrici giornalisti consulenti cmo ceo cto direttori direttrici fondatori"
    " fondatrici manager",
    "pt": "especialistas peritos peritas profissionais vozes pessoas líderes criadores criadoras"
    " jornalistas consultores consultoras experts cmos ceos ctos cmo ceo cto diretores diretoras"
    " fundadores fundadoras",
}
_WORDS_BETWEEN = {"en": 3, "de": 2}
"""Maximum number of words between the number and the people; one in other languages."""
_A_COUPLE = 2
_SINGULAR_IN_S = "sales news communications business sports analytics press"
"""English words that end in s but are not plurals of things."""
_STOP_WORDS = """a an and are at by for from how in million of on or out per percent than that the
thousand to we what who with d de des di da do dei degli en et que qui dont les von und aus"""
# "More than 20 experts" does not promise an exact number.
_AT_LEAST = re.compile(
    r"(?:more than|over|nearly|almost|about|plus de|près de|más de|casi|mehr als|über|fast|più di"
    r"|mais de)\s*\Z",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_FIRST_PERSON = """my mine our ours mon ma mes notre nos mi mis nuestro nuestra mein meine
unser unsere mio mia nostro nostra meu minha nosso nossa"""
_SITE_SEPARATOR = re.compile(r"(?<!\s)\s+[|｜]\s+")
_NOT_LETTERS = re.compile(r"[\W_]+")


def check_expert_count(
    article: Article, outline: Outline, locale: str
) -> Iterator[tuple[Problem, Place]]:
    """Yield a problem if the number of experts in the headline is not that of their sections.

    The author may be one of them. A language whose number words are unknown here is not checked,
    nor are two people in the headline of an article without experts: it may be a story.
    """
    experts = sum(section.expert for section in article.sections)
    language = re.split(r"[_@-]", locale, maxsplit=1)[0].lower()
    if language not in _NUMBERS:
        return
    counts = {experts, experts + any(map(_is_author_section, article.sections))}
    for title in _titles(article, outline):
        promise, start, end = _number_of_people(title.text, language)
        if promise and promise not in counts and (experts or promise > _A_COUPLE):
            number = {0: "no expert has", 1: "1 expert has"}.get(experts, f"{experts} experts have")
            message = f"the headline says {promise}, but {number} a section"
            yield Problem("AR102", message), in_article(article, title, start, end)
            return


def check_site_name(article: Article) -> Iterator[tuple[Problem, Place]]:
    """Yield a first text that repeats the headline, followed by the name of a site."""
    title = dict(article.metadata).get("title", "")
    first = next((s for s in article.segments if s.context == "introduction"), None)
    if first is None or first.kind not in ("paragraph", "heading"):
        return
    title_letters, letters, at = _letters(title), "", 0
    for separator in _SITE_SEPARATOR.finditer(first.text):
        letters += _letters(first.text[at : separator.start()])
        at = separator.end()
        if letters == title_letters != "":
            rest = first.text[separator.end() :]
            message = f"'{rest[:40]}' follows the headline: delete it if it is a site's name"
            yield (
                Problem("AR103", message, severity=Severity.INFO),
                in_article(article, first, separator.start(), len(first.text)),
            )
            return


def _titles(article: Article, outline: Outline) -> Iterator[Segment]:
    first = {heading.start for heading in outline.headings if heading.level == 1}
    for segment in article.segments:
        if segment.start in first or (segment.context, segment.kind) == ("front-matter", "title"):
            yield segment


def _number_of_people(title: str, language: str) -> tuple[int, int, int]:
    """Return the first number and its range if it counts people, else three zeros."""
    values = _number_words(language)
    words = list(_WORD.finditer(title))
    for at, word in enumerate(words):
        text = word[0].lower()
        value = values.get(text, int(text) if text.isdecimal() else 0)
        if not value and not text[0].isdecimal():
            continue
        last = at + 2 + _WORDS_BETWEEN.get(language, 1)
        next_words = [other[0].lower() for other in words[at + 1 : last]]
        # 1000 and more are years: "2024 experts".
        counts_people = 1 < value < 1000 and _counts_people(next_words, values, language)
        if counts_people and not _AT_LEAST.search(title[: word.start()]):
            return value, *word.span()
        return 0, 0, 0  # only the first number counts: "In 3 steps, 6 experts"
    return 0, 0, 0


def _counts_people(next_words: list[str], number_words: dict[str, int], language: str) -> bool:
    """Return whether the words after a number name people before they name anything else."""
    people = _PEOPLE[language].split()
    for word in next_words:
        if word in people or (language == "de" and word.rpartition("-")[2] in people):
            return True
        plural = language == "en" and word.endswith("s") and word not in _SINGULAR_IN_S.split()
        if plural or word in _STOP_WORDS.split() or word in number_words or word[0].isdecimal():
            return False
    return False


def _number_words(language: str) -> dict[str, int]:
    """Return the number words of a language with their values."""
    values = {word: number for number, word in enumerate(_NUMBERS[language].split(), 2)}
    ones = {word: values[word] for word in _NUMBERS[language].split()[:8]} | {
        "one": 1
    }  # twenty-one
    tens = dict(zip(_TENS[language].split(), range(30, 100, 10), strict=True))
    compounds = {
        f"{ten}-{one}": number + ones[one]
        for ten, number in {**tens, _NUMBERS[language].split()[-1]: 20}.items()
        for one in ones
    }
    return {**compounds, **values, **tens, **_VARIANTS.get(language, {})}


def _is_author_section(section: Section) -> bool:
    """Return whether a section gives the author's own view."""
    words = {word[0].lower() for word in _WORD.finditer(section.title)}
    if section.expert:
        return False
    return section.slug == "author" or not words.isdisjoint(_FIRST_PERSON.split())


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()
