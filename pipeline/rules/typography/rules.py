"""TY: typography of the target language, judged by the document's own habits.

Plain errors are warnings. House style (a plain space for a no-break one, a straight apostrophe,
three dots) is an info, and a warning only where the document mostly uses the better alternative:
there it is a slip.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.findings import Severity
from pipeline.rules.rule import Example, Rule
from pipeline.rules.typography.characters import (
    check_characters,
    check_opening_marks,
    check_quotation_marks,
    check_words,
)
from pipeline.rules.typography.languages import Habits, habits, language
from pipeline.rules.typography.spaces import check_spaces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.findings import Problem

__all__ = ["RULES", "Habits", "check_typography", "habits"]

_WARNING, _INFO = Severity.WARNING, Severity.INFO
RULES: dict[str, Rule] = {
    "TY101": Rule(
        _WARNING,
        "a missing space before ; : ! or ?",
        "French separates these marks from their word; without the space they look foreign.",
        Example("Pourquoi? Parce que."),
        Example("Pourquoi\u202f? Parce que."),
    ),
    "TY102": Rule(
        _INFO,
        "a plain space instead of a no-break space",
        "A line may break at a plain space, and the next line then begins with a mark.",
        Example("Pourquoi ?"),
        Example("Pourquoi\u202f?"),
    ),
    "TY103": Rule(
        _WARNING,
        "a missing or superfluous space inside guillemets",
        "French has a no-break space inside guillemets, Spanish and Italian have none.",
        Example("Un «expert» parle."),
        Example("Un «\u00a0expert\u00a0» parle."),
    ),
    "TY104": Rule(
        _WARNING,
        "a quotation mark points the wrong way",
        "Readers cannot tell who says what.",
        Example("Dans un » gros doigt. » Fin."),
        Example("Dans un «\u00a0gros doigt.\u00a0» Fin."),
    ),
    "TY105": Rule(
        _INFO,
        "a straight apostrophe",
        "Printed texts have the curly one, and a mixture of both looks careless.",
        Example("l'article"),
        Example("l’article"),
    ),
    "TY106": Rule(
        _INFO,
        "three dots instead of an ellipsis",
        "A line may break between the dots, and they are too close together.",
        Example("Et puis..."),
        Example("Et puis…"),
    ),
    "TY107": Rule(
        _WARNING,
        "more than one space",
        "It is left over from an edit, and some formats show it.",
        Example("un  mot"),
        Example("un mot"),
    ),
    "TY108": Rule(
        _WARNING,
        "a space before a comma or full stop",
        "The mark can move to the next line, and the text looks careless.",
        Example("un mot , puis un autre ."),
        Example("un mot, puis un autre."),
    ),
    "TY109": Rule(
        _WARNING,
        "a full stop within a sentence",
        "The sentence is cut in two, or the next one lacks its capital letter.",
        Example("Il handicape votre entreprise. avantage et vous."),
        Example("Il handicape l’avantage de votre entreprise et vous."),
    ),
    "TY110": Rule(
        _WARNING,
        "a repeated word",
        "Writers overlook such a slip, and readers notice it.",
        Example("Voici le le texte."),
        Example("Voici le texte où nous nous trouvons."),
    ),
    "TY111": Rule(
        _WARNING,
        "a missing space after a comma or full stop",
        "Two words look like one, and search engines treat them as one.",
        Example("un texte,puis un autre"),
        Example("un texte, puis un autre"),
    ),
    "TY112": Rule(
        _WARNING,
        "¿ or ¡ is missing or never closed",
        "Spanish marks where a question begins; without the mark readers misread the sentence.",
        Example("Y tú? Bien.", locale="es"),
        Example("Y tú, ¿cómo estás? Bien.", locale="es"),
    ),
    "TY113": Rule(
        _INFO,
        "quotation marks of another language",
        "They show readers that the text was translated in haste.",
        Example('Un "expert" parle.'),
        Example("Un «\u00a0expert\u00a0» parle."),
    ),
    "TY114": Rule(
        _WARNING,
        "a superfluous space",
        "A mark that is separated from its word can move to the next line.",
        Example("Why ? Because.", locale="en"),
        Example("Why? Because.", locale="en"),
    ),
    "TY115": Rule(
        _WARNING,
        "two punctuation marks where one belongs",
        "One is left over from an edit, and readers cannot tell which.",
        Example("des campagnes créatives. , et la suite"),
        Example("des campagnes créatives, et la suite"),
    ),
    "TY116": Rule(
        _INFO,
        "a missing no-break space between a number and its unit",
        "A line may break between them.",
        Example("plus de 50 % des voix"),
        Example("plus de 50\u00a0% des voix"),
    ),
    "TY117": Rule(
        _INFO,
        "a hyphen instead of a dash",
        "A hyphen joins words, a dash separates them.",
        Example("un mot - ou deux"),
        Example("un mot – ou deux"),
    ),
    "TY118": Rule(
        _WARNING,
        "an accent or opening quotation mark instead of an apostrophe",
        "It looks wrong, and a search does not find the word.",
        Example("l´article"),
        Example("l’article"),
    ),
    "TY119": Rule(
        _INFO,
        "a decimal point instead of a comma",
        "French readers may take the point for a thousands separator.",
        Example("une hausse de 3.5\u00a0%"),
        Example("une hausse de 3,5\u00a0%"),
    ),
    "TY120": Rule(
        _INFO,
        "a no-break space of another width than elsewhere",
        "The same mark is closer to its word in one sentence than in the next.",
        Example("Un\u202f! Deux\u202f! Trois\u202f! Quatre\u202f! Cinq\u202f! Six\u00a0!"),
        Example("Un\u202f! Deux\u202f! Trois\u202f! Quatre\u202f! Cinq\u202f! Six\u202f!"),
    ),
}
"""Rules by code; an example is one paragraph of plain text, and a document of its own."""


def check_typography(text: str, locale: str, habits: Habits) -> list[Problem]:
    """Return the typographic problems of one paragraph of plain text.

    They are ordered by their start and do not overlap. A locale without rules has those of its
    language, and a language without rules only those that hold everywhere.
    """
    rules = language(locale)
    safe = (*check_spaces(text, rules, habits), *check_characters(text, rules, habits))
    rest = (
        *check_quotation_marks(text, rules, habits),
        *check_opening_marks(text, rules),
        *check_words(text, rules),
    )
    return _without_overlaps(safe, rest)


def _without_overlaps(safe: Iterable[Problem], rest: Iterable[Problem]) -> list[Problem]:
    """Order problems and drop overlapping ones: a safe one wins, then the one that begins first.

    A safe one is never dropped, or it would appear only when others are repaired.
    """
    others: list[Problem] = []
    safe_problems = sorted(safe, key=_range)
    candidates = sorted(rest, key=_range)
    at = 0
    for problem in candidates:
        while at < len(safe_problems) and safe_problems[at].end < problem.start:
            at += 1
        if any(_are_overlapping(problem, other) for other in safe_problems[at : at + 3]):
            continue
        if others and _are_overlapping(problem, others[-1]):
            continue
        others.append(problem)
    return sorted((*safe_problems, *others), key=_range)


def _are_overlapping(one: Problem, other: Problem) -> bool:
    if one.start == one.end == other.start == other.end:
        return True
    return one.start < other.end and other.start < one.end


def _range(problem: Problem) -> tuple[int, int]:
    return problem.start, problem.end
