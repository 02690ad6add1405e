"""Hypothesis strategies for all inputs of the pipeline: articles, texts, catalogues, settings."""

from tests.strategies.catalogues import catalogs, reviewed_units, wild_catalogs
from tests.strategies.markdown import LINES, any_text, articles, inline_texts, mutated, targets
from tests.strategies.pofiles import damaged_po_files, po_files
from tests.strategies.tables import environments, glossaries, settings_texts
from tests.strategies.wild import any_bytes, front_matters, wild_articles, wild_texts

__all__ = [
    "LINES",
    "any_bytes",
    "any_text",
    "articles",
    "catalogs",
    "damaged_po_files",
    "environments",
    "front_matters",
    "glossaries",
    "inline_texts",
    "mutated",
    "po_files",
    "reviewed_units",
    "settings_texts",
    "targets",
    "wild_articles",
    "wild_catalogs",
    "wild_texts",
]
