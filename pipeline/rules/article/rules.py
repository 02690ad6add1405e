"""AR: the article itself, before translation. The examples are whole articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.findings import Severity
from pipeline.rules.article.headings import headings, outline
from pipeline.rules.article.headline import glued, promised
from pipeline.rules.article.leftovers import controls, leftovers, orders
from pipeline.rules.article.links import captions, links
from pipeline.rules.article.speakers import handles, quotations, speakers
from pipeline.rules.rule import Example, Rule

if TYPE_CHECKING:
    from pipeline.findings import Place, Problem
    from pipeline.model import Article

__all__ = ["RULES", "check_article"]

_ADA = "## Ada Byron, Engine Ltd (@ada)\n\nWords.\n"
_TWO = "---\ntitle: Two experts on engines\n---\n\n"


def _example(text: str) -> Example:
    return Example(text, locale="en")


RULES = {
    "AR101": Rule(
        Severity.WARNING,
        "a handle that cannot be one, or that two experts have",
        "Handles go into every translation as they are. A blank in one is the trace of a machine "
        "that translated it, and readers find nobody.",
        _example(_ADA.replace("@ada", "@Oh excuse me")),
        _example(_ADA),
    ),
    "AR102": Rule(
        Severity.WARNING,
        "the headline counts other experts than the article has",
        "Readers look for the one who is missing; often a heading is not written as an expert's.",
        _example(_TWO + _ADA),
        _example(_TWO + _ADA + "\n## Alan Mathison, Bletchley (@alan)\n\nWords.\n"),
    ),
    "AR103": Rule(
        Severity.WARNING,
        "a caption or the name of a site is glued to another text",
        "It is translated and read as a part of that text. A blank line sets it apart.",
        _example("![An engine](engine.png)\nThe engine in London\n"),
        _example("![An engine](engine.png)\n\nThe engine in London\n"),
    ),
    "AR104": Rule(
        Severity.WARNING,
        "a section stands twice",
        "A copy was left behind, or two experts are taken for one; links lead to the first only.",
        _example("## Tools\n\nOne.\n\n## Tools\n\nTwo.\n"),
        _example("## Tools\n\nOne.\n\n## More tools\n\nTwo.\n"),
    ),
    "AR105": Rule(
        Severity.WARNING,
        "levels of headings are out of order",
        "Those who listen to a page go from heading to heading, and lose their way at a gap.",
        _example("## Tools\n\nOne.\n\n#### Saws\n\nTwo.\n"),
        _example("## Tools\n\nOne.\n\n### Saws\n\nTwo.\n"),
    ),
    "AR106": Rule(
        Severity.WARNING,
        "a heading that nearly names an expert",
        "Only 'Name, Organisation (@handle)' opens an expert's section. Of any other heading the "
        "names are not protected, and a machine translates them.",
        _example(_ADA.replace("(@ada)", "@ada")),
        _example(_ADA),
    ),
    "AR107": Rule(
        Severity.WARNING,
        "nothing stands under a heading",
        "A text was lost, or the heading was left behind.",
        _example("## Tools\n\n## Saws\n\nTwo.\n"),
        _example("## Tools\n\nOne.\n\n## Saws\n\nTwo.\n"),
    ),
    "AR108": Rule(
        Severity.WARNING,
        "a link that leads nowhere, or a picture without a text",
        "Readers see brackets, or click in vain; those who cannot see a picture learn nothing "
        "of it.",
        _example("See [the engine]().\n"),
        _example("See [the engine](https://example.org/engine).\n"),
    ),
    "AR109": Rule(
        Severity.WARNING,
        "an expert's quotation is never closed",
        "Nobody can tell where the expert's words end and the author's begin.",
        _example(_ADA.replace("Words.", "“Words.")),
        _example(_ADA.replace("Words.", "“Words.”")),
    ),
    "AR110": Rule(
        Severity.ERROR,
        "a comment that is never closed",
        "All that stands behind it is no text any more: no reader and no translator sees it.",
        _example("Words.\n\n<!-- to do\n\nMore words.\n"),
        _example("Words.\n\n<!-- to do -->\n\nMore words.\n"),
    ),
    "AR111": Rule(
        Severity.ERROR,
        "the marks of a conflict between two versions",
        "Git left both versions in the file, so both would be translated, with the marks.",
        _example("<<<<<<< HEAD\n\nOne.\n"),
        _example("```\n<<<<<<< HEAD\n```\n\nOne.\n"),
    ),
    "AR112": Rule(
        Severity.WARNING,
        "a comment to the pipeline that is not obeyed, or a skip that never ends",
        "A part that is skipped is not translated, up to the comment that ends it; a word that the "
        "pipeline does not know does nothing, and nobody would see it.",
        _example("<!-- pipeline: skip -->\n\nOne.\n"),
        _example("<!-- pipeline: skip -->\n\nOne.\n\n<!-- pipeline: end -->\n"),
    ),
    "AR113": Rule(
        Severity.WARNING,
        "a control character",
        "Nobody sees it, and each program does something else with it: a browser leaves it out, "
        "XML cannot hold it, and at U+0000 gettext loses the rest of the text.",
        _example("One\x08 word.\n"),
        _example("One word.\n"),
    ),
}


def check_article(
    article: Article, terms: tuple[str, ...] = (), locale: str = ""
) -> list[tuple[Problem, Place]]:
    """Return the problems of an article with their places, in the order of its lines.

    ``terms`` are protected terms of the project; a handle among them is accepted as it is. Without
    a locale the language of the front matter counts, and English where it has none.
    """
    facts = dict(article.metadata)
    named = (facts.get(key) for key in ("language", "lang", "locale"))
    locale = locale or next(filter(None, named), "en")
    found = outline(article)
    problems = [
        *handles(article, found, terms),
        *promised(article, found, locale),
        *glued(article),
        *headings(article, found.headings),
        *speakers(article, found),
        *quotations(article),
        *leftovers(article, found),
        *orders(article, found),
        *controls(article, found),
    ]
    for text in found.texts:
        problems += [*links(article, text), *captions(article, text)]
    return sorted(problems, key=lambda one: (one[1].line, one[1].column, one[0].code))
