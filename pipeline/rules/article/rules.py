"""AR: the article itself, before translation. The examples are whole articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.findings import Severity
from pipeline.rules.article.dates import check_dates
from pipeline.rules.article.experts import check_expert_headings, check_handles, check_quotations
from pipeline.rules.article.fences import check_fences
from pipeline.rules.article.headings import check_headings, read_outline
from pipeline.rules.article.headline import check_expert_count, check_site_name
from pipeline.rules.article.leftovers import (
    check_control_characters,
    check_leftovers,
    check_pipeline_comments,
)
from pipeline.rules.article.links import check_captions, check_links
from pipeline.rules.article.odd_spaces import check_odd_spaces
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
        "an invalid handle, or one that two experts share",
        "Handles are copied into every translation. A space in one usually means that a machine "
        "translated it, and readers find nobody under it.",
        _example(_ADA.replace("@ada", "@Oh excuse me")),
        _example(_ADA),
    ),
    "AR102": Rule(
        Severity.WARNING,
        "the headline and the article have different numbers of experts",
        "Readers look for the missing expert; often the heading of a section has the wrong form.",
        _example(_TWO + _ADA),
        _example(_TWO + _ADA + "\n## Alan Mathison, Bletchley (@alan)\n\nWords.\n"),
    ),
    "AR103": Rule(
        Severity.WARNING,
        "a caption or a site's name is joined to another text",
        "It is translated and read as a part of that text. An empty line separates them.",
        _example("![An engine](engine.png)\nThe engine in London\n"),
        _example("![An engine](engine.png)\n\nThe engine in London\n"),
    ),
    "AR104": Rule(
        Severity.WARNING,
        "a duplicate section",
        "A copy was left behind, or two experts look like one; links lead only to the first.",
        _example("## Tools\n\nOne.\n\n## Tools\n\nTwo.\n"),
        _example("## Tools\n\nOne.\n\n## More tools\n\nTwo.\n"),
    ),
    "AR105": Rule(
        Severity.WARNING,
        "heading levels are out of order",
        "Users of screen readers go from heading to heading and get lost where a level is skipped.",
        _example("## Tools\n\nOne.\n\n#### Saws\n\nTwo.\n"),
        _example("## Tools\n\nOne.\n\n### Saws\n\nTwo.\n"),
    ),
    "AR106": Rule(
        Severity.WARNING,
        "a heading that is almost an expert's heading",
        "A handle without its @ or its brackets says little: where the other headings have another "
        "form, it opens no expert's section, and a machine translates the names in it.",
        _example(_ADA.replace("(@ada)", "@ada")),
        _example(_ADA),
    ),
    "AR107": Rule(
        Severity.WARNING,
        "an empty heading or section",
        "A text was lost, or the heading was left behind.",
        _example("## Tools\n\n## Saws\n\nTwo.\n"),
        _example("## Tools\n\nOne.\n\n## Saws\n\nTwo.\n"),
    ),
    "AR108": Rule(
        Severity.WARNING,
        "a link or image without an address, or an image without a text",
        "Readers see brackets, or click in vain; those who cannot see an image learn nothing "
        "about it.",
        _example("See [the engine]().\n"),
        _example("See [the engine](https://example.org/engine).\n"),
    ),
    "AR109": Rule(
        Severity.WARNING,
        "an expert's quotation is never closed",
        "Readers cannot tell where the expert's words end and the author's begin.",
        _example(_ADA.replace("Words.", "“Words.")),
        _example(_ADA.replace("Words.", "“Words.”")),
    ),
    "AR110": Rule(
        Severity.ERROR,
        "a comment that is never closed",
        "All text after it is hidden: no reader and no translator sees it.",
        _example("Words.\n\n<!-- to do\n\nMore words.\n"),
        _example("Words.\n\n<!-- to do -->\n\nMore words.\n"),
    ),
    "AR111": Rule(
        Severity.ERROR,
        "a merge-conflict marker",
        "Git left both versions in the file, so both would be translated, with the markers.",
        _example("<<<<<<< HEAD\n\nOne.\n"),
        _example("```\n<<<<<<< HEAD\n```\n\nOne.\n"),
    ),
    "AR112": Rule(
        Severity.WARNING,
        "a pipeline comment without effect, or a skip that never ends",
        "A skip leaves out all text up to the comment that ends it; a comment with an unknown word "
        "has no effect, and nobody would notice.",
        _example("<!-- pipeline: skip -->\n\nOne.\n"),
        _example("<!-- pipeline: skip -->\n\nOne.\n\n<!-- pipeline: end -->\n"),
    ),
    "AR113": Rule(
        Severity.WARNING,
        "a control character",
        "It is invisible, and programs treat it differently: browsers leave it out, XML cannot "
        "contain it, and gettext loses all text after U+0000.",
        _example("One\x08 word.\n"),
        _example("One word.\n"),
    ),
    "AR114": Rule(
        Severity.ERROR,
        "a code fence that is never closed, or begins in the middle of a line",
        "All text after it is read as code: nobody translates it, and nothing else would tell.",
        _example("One:\n\n```js\nrun()\n\nTwo.\n"),
        _example("One:\n\n```js\nrun()\n```\n\nTwo.\n"),
    ),
    "AR115": Rule(
        Severity.WARNING,
        "a heading or list item without a plain space behind its mark",
        "Some keyboards put a no-break space there, with which most programs show a paragraph. It "
        "is read as it was meant, and pages in other languages get a space.",
        _example("## Tools\n\nOne.\n\n##\u00a0Saws\n\nTwo.\n"),
        _example("## Tools\n\nOne.\n\n## Saws\n\nTwo.\n"),
    ),
    "AR116": Rule(
        Severity.WARNING,
        "a date that does not exist",
        "A page cannot write it in the language of its readers, and machines cannot read it.",
        _example("---\ndate: 2026-02-30\n---\n\nWords.\n"),
        _example("---\ndate: 2026-02-28\n---\n\nWords.\n"),
    ),
}


def check_article(
    article: Article, terms: tuple[str, ...] = (), locale: str = ""
) -> list[tuple[Problem, Place]]:
    """Return the problems of an article with their places, in the order of its lines.

    ``terms`` are protected terms of the project; a handle among them is accepted as it is. Without
    a locale the language of the front matter counts, and English where it has none.
    """
    metadata = dict(article.metadata)
    languages = (metadata.get(key) for key in ("language", "lang", "locale"))
    locale = locale or next(filter(None, languages), "en")
    outline = read_outline(article)
    problems = [
        *check_handles(article, outline, terms),
        *check_expert_count(article, outline, locale),
        *check_dates(article),
        *check_site_name(article),
        *check_headings(article, outline.headings),
        *check_expert_headings(article, outline),
        *check_quotations(article),
        *check_leftovers(article, outline),
        *check_fences(article, outline),
        *check_odd_spaces(article),
        *check_pipeline_comments(article, outline),
        *check_control_characters(article, outline),
    ]
    for text in outline.texts:
        problems += [*check_links(article, text), *check_captions(article, text)]
    return sorted(problems, key=lambda one: (one[1].line, one[1].column, one[0].code))
