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
        "a grammar mistake",
        "Mistakes in agreement, conjugation or words that sound alike make the whole text look "
        "careless. Rules of the engine that are mostly wrong are reported as info.",
        Example("Les experts partage leurs conseils."),
        Example("Les experts partagent leurs conseils."),
    ),
    "GR102": Rule(
        Severity.WARNING,
        "a misspelt word, or one that was confused with another",
        "Words of the source text, protected terms, the glossary and the project's word list are "
        "accepted. A word with a capital letter may be a name, so it is reported as info.",
        Example("Nous recevons souvant des questions."),
        Example("Nous recevons souvent des questions."),
    ),
    "GR103": Rule(
        Severity.INFO,
        "a matter of style",
        "Redundancy, register, repetition, one of two correct spellings: the engine has a "
        "preference, and yours may differ.",
        Example("Cela peut ralentir le site, voire même le bloquer."),
        Example("Cela peut ralentir le site, voire le bloquer."),
    ),
    "GR104": Rule(
        Severity.INFO,
        "punctuation that the engine would change",
        "Such findings about commas, brackets and units are wrong as often as right; the TY rules "
        "find clear mistakes.",
        Example("Il publie beaucoup mais il ne répond pas, dommage..", locale="fr"),
        Example("Il publie beaucoup, mais il ne répond pas."),
    ),
    "GR105": Rule(
        Severity.WARNING,
        "a text in another language",
        "At least a quarter of its words are not in the dictionary: it was copied, or translated "
        "into the wrong language.",
        Example(_SOURCE, source=_SOURCE),
        Example("Les experts interrogés nous ont donné de nombreuses réponses.", source=_SOURCE),
    ),
}
