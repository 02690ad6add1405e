"""MK: markup, placeholders and numbers that a translation must keep.

An example's text is a target, compared with its source.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pipeline.findings import Problem, Severity
from pipeline.markdown import Mark, find_marks
from pipeline.rules.fidelity.addresses import address_key
from pipeline.rules.fidelity.differences import Difference, find_differences, find_repair, mark_name
from pipeline.rules.fidelity.structure import check_structure
from pipeline.rules.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULES", "compare_markup"]

RULES: dict[str, Rule] = {
    "MK101": Rule(
        Severity.ERROR,
        "code differs",
        "Readers type or run code exactly as it is written; translated code no longer works.",
        Example("Lancez `fabriquer`.", "Run `make`."),
        Example("Lancez `make`.", "Run `make`."),
    ),
    "MK102": Rule(
        Severity.ERROR,
        "a link or image is missing or has another address",
        "Readers reach another page, or none. The language code in an address may differ.",
        Example("Voir [ici](https://a.org/autre).", "See [here](https://a.org/page)."),
        Example("Voir [ici](https://a.org/fr/page).", "See [here](https://a.org/en/page)."),
    ),
    "MK103": Rule(
        Severity.ERROR,
        "an HTML tag differs",
        "A tag that is missing or not closed changes the rest of the page. Attributes that "
        "readers see (title, alt, aria-label, placeholder) may be translated.",
        Example("Appuyez sur <kbd>Entrée.", "Press <kbd>Enter</kbd>."),
        Example("Appuyez sur <kbd>Entrée</kbd>.", "Press <kbd>Enter</kbd>."),
    ),
    "MK104": Rule(
        Severity.ERROR,
        "a footnote reference differs",
        "Readers cannot get to the footnote, or the reference leads nowhere.",
        Example("Une phrase.", "A sentence.[^1]"),
        Example("Une phrase.[^1]", "A sentence.[^1]"),
    ),
    "MK105": Rule(
        Severity.ERROR,
        "a placeholder differs",
        "A program replaces it by text and recognises it only by its exact name. Values of a "
        "shortcode that readers see (title, text, caption and the like) may be translated.",
        Example("Bonjour {nom} !", "Hello {name}!"),
        Example("Bonjour {name} !", "Hello {name}!"),
    ),
    "MK106": Rule(
        Severity.WARNING,
        "emphasis differs",
        "The author’s emphasis is lost, or the page shows stray asterisks.",
        Example("C’est ** très ** simple.", "It is **very** easy."),
        Example("C’est __très__ simple.", "It is **very** easy."),
    ),
    "MK107": Rule(
        Severity.WARNING,
        "line breaks differ",
        "The lines of an address or a poem run together, or a line ends within a sentence.",
        Example("1 rue X Paris", "1 rue X\\\nParis"),
        Example("1 rue X\\\nParis", "1 rue X\\\nParis"),
    ),
    "MK108": Rule(
        Severity.ERROR,
        "a number differs",
        "A wrong figure, date or price misleads readers and is hard to notice. Numbers are "
        "compared by value, in the notation of each language; numbers in words count, too.",
        Example("En 2025, 1,234 visites", "In 2024, 1,234 visits"),
        Example("En 2024, 1 234 visites", "In 2024, 1,234 visits"),
    ),
    "MK109": Rule(
        Severity.ERROR,
        "a translation changes the structure of the page",
        "A translation that begins like a list, a heading or a table would become one, so a "
        "build uses the source text instead.",
        Example("- 5 degrés le matin", "Minus 5 degrees in the morning"),
        Example("\\- 5 degrés le matin", "Minus 5 degrees in the morning"),
    ),
}


class _MarkFamily(NamedTuple):
    code: str
    kinds: tuple[str, ...]


_FAMILIES = (
    _MarkFamily("MK101", ("code",)),
    _MarkFamily("MK102", ("link", "image")),
    _MarkFamily("MK103", ("tag",)),
    _MarkFamily("MK104", ("footnote",)),
    _MarkFamily("MK105", ("placeholder", "emoji")),
    _MarkFamily("MK106", ("emphasis", "strong", "strikethrough")),
    _MarkFamily("MK107", ("break",)),
)
_DELIMITERS = {"emphasis": "*", "strong": "**", "strikethrough": "~~"}
_OPENING = {"emphasis": "*_", "strong": "*_", "strikethrough": "~", "code": "`"}
_VISIBLE_ATTRIBUTES = ("title", "alt", "aria-label", "aria-description", "placeholder", "label")
_VARIABLE_ATTRIBUTES = frozenset((*_VISIBLE_ATTRIBUTES, "lang", "xml:lang", "hreflang", "dir"))
"""Attributes whose value a translation may change."""
_VISIBLE_VALUE = re.compile(
    r"\b(alt|caption|content|description|header|heading|label|subtitle|summary|text|title)"
    r"\s*=\s*(?:\"[^\"]*\"|'[^']*')"
)
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)([^<>]*?)(/?)>", re.S)
_ATTRIBUTE = re.compile(r"""([^\s=/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"']+))?""")
_DELIMITER = re.compile(r"(?<!\\)(?:\*+|~~+|`+|(?<![^\W_])__+(?=\S)|(?<=\S)__+(?![^\W_]))")


def compare_markup(
    source: str,
    target: str,
    labels: frozenset[str],
    source_locale: str = "",
    target_locale: str = "",
) -> list[Problem]:
    """Return the markup that a target lacks, and the markup that its source lacks.

    Problems are ordered by code, then by place. Extra markup is reported at its place in the
    target, missing markup at the place of its replacement, if there is any. Addresses may differ by
    the codes of the two locales.
    """
    source_scan, target_scan = find_marks(source, labels), find_marks(target, labels)
    problems: list[Problem] = []
    has_lines = "\n" in source
    if source_scan.marks or target_scan.marks:
        key = partial(_key, locales=(source_locale, target_locale))
        for family in _FAMILIES:
            source_family = [mark for mark in source_scan.marks if mark.kind in family.kinds]
            target_family = [
                mark
                for mark in target_scan.marks
                # A line end in the translation of a text of one line changes nothing on its page.
                if mark.kind in family.kinds
                and (has_lines or target[mark.start : mark.end] != "\n")
            ]
            if source_family or target_family:
                problems += [
                    _difference_problem(family.code, difference, source, target, labels)
                    for difference in find_differences(source_family, target_family, key)
                ]
        problems += _missing_brackets(source_scan.marks, target_scan.marks)
    # A finding about lost emphasis names its unpaired half already.
    if not any(problem.code == "MK106" for problem in problems):
        problems += _unpaired_characters(source_scan.rest, target_scan.rest)
    return problems + list(check_structure(source, target))


def _key(mark: Mark, locales: tuple[str, str]) -> str:
    """Return the key of a mark, which must be the same in the other text."""
    if mark.kind in ("link", "image"):
        return f"{mark.kind} {address_key(mark.value, locales)}"
    if mark.kind == "tag":
        return _tag_key(mark.value)
    if mark.value.startswith("{") and mark.kind == "placeholder":
        # Spaces within a template have no effect.
        return _VISIBLE_VALUE.sub(r"\1=", mark.value).replace(" ", "")
    return mark.value or mark.kind


def _tag_key(tag: str) -> str:
    """Return a tag in normal form: lower case, sorted attributes, no values that may differ."""
    if tag.startswith("<!--"):
        return "<!-- -->"  # no reader sees its text, so it may differ
    match = _TAG.fullmatch(tag)
    if not match:
        return tag
    attributes = []
    for name, value in _ATTRIBUTE.findall(match[3]):
        is_variable = name.lower() in _VARIABLE_ATTRIBUTES
        attributes.append(f"{name.lower()}={'' if is_variable else value.strip(chr(34) + chr(39))}")
    return f"<{match[1]}{match[2].lower()} {' '.join(sorted(attributes))}>"


def _difference_problem(
    code: str, difference: Difference, source: str, target: str, labels: frozenset[str]
) -> Problem:
    missing, extra, times = difference
    if missing is None:
        assert extra is not None
        message = f"{mark_name(extra)} is not in the source text"
        return Problem(code, message, extra.start, extra.end)
    fault = f"{mark_name(missing)} is missing"
    repair = find_repair(target, missing, labels)
    if repair:
        message = f"{fault}: replace {target[repair.start : repair.end]!r} with {repair.text!r}"
        return Problem(code, message, repair.start, repair.end, (repair.text,))
    if extra:
        start, end, text = _replacement(missing, extra, source, target)
        suggestions = (text,) if text is not None and text != target[start:end] else ()
        return Problem(code, f"{fault}: found {mark_name(extra)} instead", start, end, suggestions)
    stray = _unpaired_half(missing, find_marks(target, labels).rest)
    if stray:
        return Problem(code, f"{fault}: '{stray[0]}' is unpaired", *stray.span())
    return Problem(code, fault + (f" ({times} times)" if times > 1 else ""))


def _replacement(
    missing: Mark, extra: Mark, source: str, target: str
) -> tuple[int, int, str | None]:
    """Return the place of a wrong mark, and the right one if that is certain."""
    whole = extra.start, extra.end
    if missing.kind in _DELIMITERS:
        sign = _DELIMITERS[missing.kind]
        return (*whole, f"{sign}{target[extra.inner_start : extra.inner_end]}{sign}")
    if missing.kind in ("link", "image"):
        at = target.find(extra.value, extra.inner_end, extra.end) if extra.value else -1
        if at < 0 or extra.kind != missing.kind or missing.value.startswith("ref:"):
            return (*whole, None)
        return at, at + len(extra.value), missing.value
    # The source's tag would bring back its values in the source language.
    if missing.kind == "tag" and any(name in missing.value for name in _VARIABLE_ATTRIBUTES):
        return (*whole, None)
    return (*whole, source[missing.start : missing.end] or None)


def _missing_brackets(
    source_marks: tuple[Mark, ...], target_marks: tuple[Mark, ...]
) -> Iterator[Problem]:
    """Yield addresses that have lost the angle brackets of a link."""
    linked = {mark.value for mark in target_marks if mark.kind in ("address", "link")}
    missing = {mark.value for mark in source_marks if mark.kind == "address"} - linked
    for mark in target_marks:
        if mark.kind in ("url", "email") and mark.value in missing:
            text = f"<{mark.value}>"
            message = f"{mark_name(mark)} is not a link without its angle brackets"
            yield Problem("MK102", message, mark.start, mark.end, (text,))


def _unpaired_half(missing: Mark, rest: str) -> re.Match[str] | None:
    """Return a sign that may be half of a missing mark."""
    characters = _OPENING.get(missing.kind)
    if not characters:
        return None
    return next((m for m in _DELIMITER.finditer(rest) if m[0][0] in characters), None)


def _unpaired_characters(source: str, target: str) -> Iterator[Problem]:
    """Yield unpaired delimiters of emphasis and code, if the source has fewer."""
    if not any(sign in target for sign in "*_~`"):
        return
    matches = [match for match in _DELIMITER.finditer(target) if not _is_between_spaces(match)]
    if not matches:
        return
    remaining = Counter(match[0][0] for match in _DELIMITER.finditer(source))
    for match in matches:
        remaining[match[0][0]] -= 1
        if remaining[match[0][0]] < 0:
            escaped = "".join("\\" + sign for sign in match[0])
            message = (
                f"'{match[0]}' is unpaired: pair it, or write {escaped} for the character itself"
            )
            yield Problem("MK106", message, *match.span())


def _is_between_spaces(match: re.Match[str]) -> bool:
    """Return whether a sign is between spaces, as in 2 * 3."""
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    return (not before or before.isspace()) and after.isspace()
