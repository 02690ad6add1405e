"""Strategies for settings, variables of the environment, and glossaries."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from pipeline.project.settings import CheckSettings, Grammar, Settings
from pipeline.project.settings_reader import setting_names
from tests.strategies.markdown import any_text

__all__ = ["environments", "glossaries", "settings_texts"]

_NAMES = (
    *setting_names(Settings()),
    *(f"check.{name}" for name in setting_names(CheckSettings())),
    *(f"grammar.{name}" for name in setting_names(Grammar())),
    "check.locale.fr.ignore",
    "check.article.x.grammar",
    "check.locale.fr",
    "engine.google.rate",
    "engine",
    "sorce",
    "''",
    '"a.b"',
    "x-y",
)
_VALUES = (
    "en",
    "fr",
    "zh_Hant",
    "xx_notalocale",
    "",
    "a",
    "source/{article}/{lang}.md",
    "{lang}/{article}.md",
    "{article}{lang}",
    "{article}/{article}/{lang}",
    "../{article}.{lang}.md",
    "/{article}/{lang}",
    "{other}/{article}/{lang}",
    "build/{lang}/{article}.html",
    "(?P<name>.*)",
    "(?P<name>",
    "(",
    "TY101",
    "TY",
    "MORFOLOGIK_RULE",
    "error",
    "memory",
    "apertium",
    "https://example.org/",
    "\0",
    "..",
)
_scalars = st.one_of(
    st.sampled_from(_VALUES).map(json.dumps),
    any_text.map(json.dumps),
    st.sampled_from(
        ("true", "false", "0", "1", "0.5", "-1", "inf", "nan", "1e400", "2026-01-01", "10:00:00")
    ),
    st.integers().map(str),
    st.floats().map(str),
)
_values: st.SearchStrategy[Any] = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(
            st.sampled_from(("fr", "x", "select", "'a b'", "TY101")), inner, max_size=2
        ).map(lambda items: f"{{{', '.join(f'{k} = {v}' for k, v in items.items())}}}"),
    ),
    max_leaves=4,
)
_tables = st.sampled_from(
    (
        "[check]",
        "[grammar]",
        "[check.locale.fr]",
        "[check.article.'a/b']",
        "[engine.deepl]",
        "[check.severity]",
        "[grammar.variants]",
        "[[check]]",
        "[other]",
        "[engine]",
    )
)


@st.composite
def settings_texts(draw: st.DrawFn) -> str:
    """Draw settings in TOML, with valid and invalid values, or text that is not TOML."""
    rows = st.one_of(
        st.tuples(st.sampled_from(_NAMES), _values).map(" = ".join),
        st.tuples(st.sampled_from(_NAMES), _values).map(" = ".join),
        _tables,
        any_text.filter(lambda text: len(text) < 5),
        st.sampled_from(("terms = " + "[" * 2_000, "site = " + "9" * 5_000)),
    )
    return "\n".join(draw(st.lists(rows, max_size=6)))


_variables = tuple("PIPELINE_" + name.upper() for name in setting_names(Settings()))
environments = st.dictionaries(
    st.one_of(
        st.sampled_from(_variables),
        st.sampled_from(("PIPELINE_LANGUAGETOOL_URL", "PIPELINE_LOCALE", "HOME", "PIPELINE_")),
        any_text.map("PIPELINE_".__add__),
    ),
    st.one_of(
        st.sampled_from((*_VALUES, "fr,es", ",,", "0.5", "nan", "yes", "no", "TRUE", "fr,en")),
        any_text,
        st.just("a\udc80b"),  # a byte that is no UTF-8, as Python shows it
    ),
    max_size=3,
)
"""Environment variables with valid and invalid values."""

_cells = st.one_of(
    st.sampled_from(("source", "target", "Term", "en", "fr", "keep", "forbidden", "note", "", '"')),
    any_text,
)
glossaries = st.builds(
    lambda rows, delimiter, end, bom: bom + end.join(delimiter.join(row) for row in rows),
    st.lists(st.lists(_cells, max_size=4), max_size=6),
    st.sampled_from((",", "\t", ";", "|")),
    st.sampled_from(("\n", "\r\n", "\r")),
    st.sampled_from(("", "", "\ufeff")),
)
"""Glossary tables, most of them with an error."""
