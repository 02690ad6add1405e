"""GR: findings of a grammar engine in a text without its markup.

The engine's own name of the rule is part of each finding and can be ignored by itself. An example's
text is the paragraph that the engine reads.
"""

from __future__ import annotations

from pipeline.findings import Severity
from pipeline.rules.rule import Example, Rule

__all__ = ["RULES"]

_SOURCE = "The experts whom we asked gave us many useful answers."

RULES: dict[str, Rule] = {
    "GR101": Rule(
        Severity.WARNING,
        "a mistake in grammar",
        "Agreement, conjugation, words that sound alike: a reader takes the rest for as careless. "
        "Where a rule is wrong more often than right it is an info.",
        Example("Les experts partage leurs conseils."),
        Example("Les experts partagent leurs conseils."),
    ),
    "GR102": Rule(
        Severity.WARNING,
        "a word that is not in the dictionary, or not the one that is meant",
        "Words of the source, of protected terms, the glossary and the project's word list are "
        "known; one with a capital is taken for a name, and is an info.",
        Example("Nous recevons souvant des questions."),
        Example("Nous recevons souvent des questions."),
    ),
    "GR103": Rule(
        Severity.INFO,
        "a matter of style",
        "Redundancy, register, repetition, one of two spellings that are both right: the engine "
        "has a taste, and so may you.",
        Example("Cela peut ralentir le site, voire même le bloquer."),
        Example("Cela peut ralentir le site, voire le bloquer."),
    ),
    "GR104": Rule(
        Severity.INFO,
        "the engine would set a comma or a sign in another way",
        "Commas, brackets and units are right as often as not; what is plainly wrong the family "
        "TY finds.",
        Example("Il publie beaucoup mais il ne répond pas, dommage..", locale="fr"),
        Example("Il publie beaucoup, mais il ne répond pas."),
    ),
    "GR105": Rule(
        Severity.WARNING,
        "a text left in another language",
        "The dictionary does not know a quarter of its words: it was copied, or translated into "
        "the wrong language.",
        Example(_SOURCE, source=_SOURCE),
        Example("Les experts interrogés nous ont donné de nombreuses réponses.", source=_SOURCE),
    ),
}
