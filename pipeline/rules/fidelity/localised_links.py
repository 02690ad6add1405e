"""CO: links of a translation that lead to the source language.

An example's text is a target; the page `/en/other.html` exists in its language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pipeline.findings import Problem, Severity
from pipeline.markdown import find_marks
from pipeline.rules.fidelity.addresses import address_key
from pipeline.rules.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["RULES", "check_localised_links"]

RULES: dict[str, Rule] = {
    "CO107": Rule(
        Severity.INFO,
        "a link leads to the source language",
        "Readers leave their language there. A build leads relative links between articles to the "
        "page in the reader's language once that is published; of another link the message says "
        "what to write, if its page is translated.",
        Example("Voir [ici](/en/other.html).", "See [here](/en/other.html)."),
        Example("Voir [ici](/fr/other.html).", "See [here](/en/other.html)."),
    ),
}


class _SourceLink(Protocol):
    """Link that leads to a page in the source language."""

    @property
    def article(self) -> str:
        """Return the article to which it leads."""

    @property
    def address(self) -> str:
        """Return the address of the page in the other language, or an empty text."""


def check_localised_links(
    text: str,
    labels: frozenset[str],
    find: Callable[[str], _SourceLink | None],
    locales: tuple[str, str],
) -> Iterator[Problem]:
    """Yield the links of a translation that lead to pages in the source language.

    ``find`` returns what an address as written leads to, if not to the text's own language.
    ``locales`` are those of the source and of the text. No address is proposed that a comparison
    with the source would refuse. Reference links are skipped: a translator cannot change them.
    """
    if "](" not in text:
        return
    for mark in find_marks(text, labels).marks:
        # "#section" stays within the page, which is in the right language.
        if mark.kind != "link" or not mark.value or mark.value.startswith(("ref:", "#")):
            continue
        link = find(mark.value)
        if link:
            address = link.address
            if address and address_key(address, locales) != address_key(mark.value, locales):
                continue
            # The address follows the text of the link, which may contain it, too.
            start = max(text.find(mark.value, mark.inner_end, mark.end), mark.start)
            end = start + len(mark.value) if start > mark.start else mark.end
            what = f"write '{address}', which is translated"
            what = what if address else f"'{link.article}' is not published in {locales[1]} yet"
            message = f"link '{mark.value}' leads to the source language: {what}"
            yield Problem("CO107", message, start, end)
