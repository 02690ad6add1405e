"""Glossary terms in a text with tags, for services that are told of each where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.drafting.protect import tokens
from pipeline.markdown import term_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["escaped", "with_terms"]

_TAG = r"<[^<>]*>"
_ENTITY = r"&#?\w+;"


def escaped(text: str) -> str:
    """Write what XML has signs for as entities, within the quotes of an attribute, too."""
    return tokens.escaped(text).replace('"', "&quot;")


def with_terms(text: str, glossary: Mapping[str, str], written: Callable[[str, str], str]) -> str:
    """Write each glossary term in a text as ``written`` gives it, from the term and its target.

    Tags and entities stay as they are, what both get is escaped. Longer terms win. A term is
    found as a whole word as it is spelt, or with a capital, and then its target has one too.
    """
    spelt = {}
    for term, target in glossary.items():
        spelt[escaped(term)] = escaped(target)
        spelt.setdefault(escaped(_capital(term)), escaped(_capital(target)))
    if not spelt:
        return text
    terms = (term_pattern(term).pattern for term in sorted(spelt, key=len, reverse=True))
    pattern = re.compile("|".join([_TAG, *terms, _ENTITY]))
    return pattern.sub(lambda m: written(m[0], spelt[m[0]]) if m[0] in spelt else m[0], text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
