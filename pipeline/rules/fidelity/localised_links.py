"""CO: links of a translation to the source language though their page is translated.

An example's text is a target; the page `other.md` exists in its language, as `fr/other.md`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.findings import Problem, Severity
from pipeline.markdown import find_marks
from pipeline.rules.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["RULES", "check_localised_links"]

RULES: dict[str, Rule] = {
    "CO107": Rule(
        Severity.INFO,
        "a link leads to the source language although its page is translated",
        "Readers leave their language at the first link. The message names the translated page; "
        "write the link in the form that your site uses.",
        Example("Voir [ici](other.md).", "See [here](other.md)."),
        Example("Voir [ici](fr/other.md).", "See [here](other.md)."),
    ),
}


def check_localised_links(
    text: str, labels: frozenset[str], translated_page: Callable[[str], str]
) -> Iterator[Problem]:
    """Yield the links of a translation that have a page in its language but do not lead to it.

    ``translated_page`` maps an address as written to the path of the page in the text's language,
    or to an empty string. Reference links are skipped: a translator cannot change them.
    """
    if "](" not in text:
        return
    for mark in find_marks(text, labels).marks:
        # "#section" stays within the page, which is in the right language.
        if mark.kind != "link" or not mark.value or mark.value.startswith(("ref:", "#")):
            continue
        page = translated_page(mark.value)
        if page:
            # The address follows the text of the link, which may contain it, too.
            start = max(text.find(mark.value, mark.inner_end, mark.end), mark.start)
            end = start + len(mark.value) if start > mark.start else mark.end
            message = (
                f"link '{mark.value}' leads to the source language: the translated page is {page}"
            )
            yield Problem("CO107", message, start, end)
