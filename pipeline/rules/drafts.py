"""MT and AL: failures of machine translation, and of alignment with an existing version.

Both are reported during the work, not by a check. An example's text is an engine's answer to the
source (MT), or an existing version of the source article (AL).
"""

from __future__ import annotations

from pipeline.findings import Severity
from pipeline.rules.rule import Example, Rule

__all__ = ["RULES"]

_ONE = "# Title\n\nThe first one says that 12 words are enough.\n\n"
_UN = "# Titre\n\nLe premier dit que 12 mots suffisent.\n\n"
_MORE = "Nobody else in the whole wide world was asked about it in those days.\n"
_PLUS = "Personne d’autre au monde n’a été interrogé à ce sujet en ce temps-là.\n"

RULES: dict[str, Rule] = {
    "MT101": Rule(
        Severity.INFO,
        "no engine returned an undamaged draft",
        "Every answer lost or changed something that must be kept, so no draft was written; the "
        "text needs a translator.",
        Example("Demandez à @ ada_b.", "Ask @ada_b about it."),
        Example("Demandez à @ada_b.", "Ask @ada_b about it."),
    ),
    "AL001": Rule(
        Severity.INFO,
        "a source text without a counterpart in the existing translation",
        "It was added later, or the translator left it out; it must be translated.",
        Example(_UN, _ONE + _MORE),
        Example(_UN + _PLUS, _ONE + _MORE),
    ),
    "AL002": Rule(
        Severity.WARNING,
        "a text of the existing translation without a counterpart in the source",
        "It is in no catalogue, so the built page will not have it any more.",
        Example(_UN + _PLUS, _ONE),
        Example(_UN + _PLUS, _ONE + _MORE),
    ),
    "AL003": Rule(
        Severity.INFO,
        "an uncertain alignment",
        "The two texts may not belong together: their numbers, lengths or order differ.",
        Example(_UN.replace("12", "1850"), _ONE),
        Example(_UN, _ONE),
    ),
    "AL004": Rule(
        Severity.WARNING,
        "one text of the existing translation belongs to several source texts",
        "It has to be split among them, which is reliable only at the ends of sentences.",
        Example(
            "# Titre\n\nLe premier dit que 12 mots suffisent et le deuxième que 1850 mots sont "
            "mieux.\n",
            "# Title\n\nThe first one says that 12 words are enough.\n\nThe second one says that "
            "1850 words are better.\n",
        ),
        Example(_UN + _PLUS, _ONE + _MORE),
    ),
    "AL005": Rule(
        Severity.WARNING,
        "a text of the existing translation is not translated",
        "It equals the source text, or an older state of it, so its catalogue entry stays empty.",
        Example(_UN + _MORE, _ONE + _MORE),
        Example(_UN + _PLUS, _ONE + _MORE),
    ),
    "AL006": Rule(
        Severity.WARNING,
        "a text of a page that was taken over is in no catalogue",
        "The catalogue has another text there, or the source text of this one is uncertain. The "
        "built page will not have it; the saved copy of the page does.",
        Example(_UN + "Voir `chat` et [là](https://example.org/) dès 1850.\n", _ONE + _MORE),
        Example(_UN + _PLUS, _ONE + _MORE),
    ),
    "AL007": Rule(
        Severity.WARNING,
        "a text of the existing translation that a build would refuse",
        "It lacks a link, a tag or a placeholder that its source has, or has one more, so the page "
        "would be damaged. It becomes a draft, even if aligned texts count as reviewed.",
        Example(_UN.replace("mots", "mots {{< var a >}}"), _ONE.replace("words", "words {{ a }}")),
        Example(_UN, _ONE),
    ),
    "AL008": Rule(
        Severity.WARNING,
        "a front-matter value of the existing translation cannot be kept",
        "Values that a translation has of its own (a slug, a date, its tags) are kept for its "
        "language, in the header of its catalogue, if they are YAML and not nested. The built page "
        "has the source's value of this one; move it to a key of its own.",
        Example("---\nmenu:\n  weight: 2\n---\n" + _UN, "---\nmenu:\n  weight: 1\n---\n" + _ONE),
        Example("---\nweight: 2\n---\n" + _UN, "---\nweight: 1\n---\n" + _ONE),
    ),
}
