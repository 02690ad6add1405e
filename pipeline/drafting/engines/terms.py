"""Mark glossary terms in a text with tags, for services that take a translation for each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.drafting.protect import tokens
from pipeline.markdown import term_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["escape_attribute", "mark_terms"]

_TAG = r"<[^<>]*>"
_ENTITY = r"&#?\w+;"


def escape_attribute(text: str) -> str:
    """Return the text with XML's special characters and double quotes as entities."""
    return tokens.escape_xml(text).replace('"', "&quot;")


def mark_terms(text: str, glossary: Mapping[str, str], mark: Callable[[str, str], str]) -> str:
    """Replace each glossary term in a text by the result of ``mark`` for term and target.

    Tags and entities stay as they are, both arguments are escaped. Longer terms win. A term is
    found as a whole word as it is spelt, or with a capital, and then its target has one too.
    """
    spelt = {}
    for term, target in glossary.items():
        spelt[escape_attribute(term)] = escape_attribute(target)
        spelt.setdefault(escape_attribute(_capital(term)), escape_attribute(_capital(target)))
    if not spelt:
        return text
    terms = (term_pattern(term).pattern for term in sorted(spelt, key=len, reverse=True))
    # Tags and entities are matched, too, so that no term is found inside of one.
    pattern = re.compile("|".join([_TAG, *terms, _ENTITY]))
    return pattern.sub(lambda m: mark(m[0], spelt[m[0]]) if m[0] in spelt else m[0], text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
