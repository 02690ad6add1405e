"""Table of all codes of findings, by family; each family is a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.rules import drafts, grammar, page
from pipeline.rules.article import rules as article
from pipeline.rules.catalogue import completeness
from pipeline.rules.catalogue import file as catalogue
from pipeline.rules.fidelity import localised_links, markup, names
from pipeline.rules.terms import rules as glossary
from pipeline.rules.typography import rules as typography

if TYPE_CHECKING:
    from pipeline.rules.rule import Example, Rule

__all__ = ["GRAMMAR_RULES", "RULES", "explain", "explain_rule", "explain_silencing"]

_FAMILIES = (
    catalogue,
    markup,
    names,
    glossary,
    typography,
    grammar,
    completeness,
    localised_links,
    article,
    page,
    drafts,
)

_MODULE_RULES = [
    (code, rule) for family in _FAMILIES for code, rule in sorted(family.RULES.items())
]
_PREFIXES = list(dict.fromkeys(code[:2] for code, _ in _MODULE_RULES))
# Two modules may have codes of one family.
RULES: dict[str, Rule] = dict(
    sorted(_MODULE_RULES, key=lambda item: (_PREFIXES.index(item[0][:2]), item[0]))
)
"""Rule of each code, in the order in which they are listed."""

GRAMMAR_RULES = grammar.RULES
"""Rules whose findings come from a grammar engine."""

_HOW_TO_IGNORE = """\
To ignore it in one text, add a translator comment to the catalogue entry:

    # pipeline: ignore {code} reason

or a comment before the text in the article:

    <!-- pipeline: ignore {code} reason -->

To ignore it everywhere, or in one locale or article, add it to the settings:

    [check]
    ignore = ["{code}"]

    [check.locale.fr]
    ignore = ["{code}"]

To change its severity:

    [check]
    severity = {{ {code} = "info" }}"""


def explain(code: str) -> str:
    """Return the explanation of a code: problem, harm, examples, and ways to switch it off."""
    return f"{explain_rule(code)}\n\n{explain_silencing(code)}"


def explain_rule(code: str) -> str:
    """Return the problem of a code, the harm it does, and examples."""
    rule = RULES[code]
    parts = [
        f"{code}: {rule.summary} ({rule.severity.value})",
        rule.why,
        f"Bad:\n\n{_render_example(rule.bad)}",
        f"Good:\n\n{_render_example(rule.good)}",
    ]
    return "\n\n".join(parts)


def explain_silencing(code: str) -> str:
    """Return the ways to ignore a code, or to change its severity."""
    return _HOW_TO_IGNORE.format(code=code)


def _render_example(example: Example) -> str:
    lines = [f"    {line}".rstrip() for line in _show_spaces(example.text).strip("\n").split("\n")]
    if not example.source:
        return "\n".join(lines)
    source = [
        f"    {line}".rstrip() for line in _show_spaces(example.source).strip("\n").split("\n")
    ]
    return "\n".join([*source, "  translated as", *lines])


def _show_spaces(text: str) -> str:
    """Return a text with its no-break spaces made visible."""
    return text.replace("\u00a0", "[NBSP]").replace("\u202f", "[NNBSP]")
