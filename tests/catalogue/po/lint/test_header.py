"""Header of a PO file, and plural forms that contradict it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.findings import Severity
from tests.catalogue.po.lint.checking import (
    HEAD,
    MANY,
    ONE,
    PLURALS,
    assert_left_alone,
    assert_refused,
    codes,
    found,
    head,
    more,
)

if TYPE_CHECKING:
    from pathlib import Path

BROKEN: dict[str, tuple[str | bytes, str, int]] = {
    "no header": (ONE, "PO102", 1),
    "empty header": ('msgid ""\nmsgstr ""\n\n' + ONE, "PO102", 2),
    "header with a context": ('msgctxt "x"\n' + HEAD + ONE, "PO102", 1),
    "too few forms": (more('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n'), "PO104", 11),
    "too many forms": (more(MANY + 'msgstr[2] "%d x"\n'), "PO104", 13),
    "no Plural-Forms": (HEAD.replace(f'"Plural-Forms: {PLURALS}\\n"\n', "") + MANY, "PO104", 2),
    "plural expression cut off": (head(PLURALS, "nplurals=2; plural=(n >"), "PO104", 7),
    "plural expression too large": (head(PLURALS, "nplurals=2; plural=n;"), "PO104", 7),
    "plural expression one too large": (head("(n > 1)", "(n > 1) * 2"), "PO104", 7),
    "plural expression below zero": (head(PLURALS, "nplurals=2; plural=n-1;"), "PO104", 7),
    "division by zero": (head(PLURALS, "nplurals=2; plural=1/n;"), "PO104", 7),
    "no number of forms": (head(PLURALS, "nplurals=x; plural=0;"), "PO104", 7),
}
"""Files that msgfmt or the reader refuses, with code and line."""


@pytest.mark.parametrize(("text", "code", "line"), BROKEN.values(), ids=BROKEN)
def test_what_others_refuse_is_an_error_with_its_line(
    text: str | bytes, code: str, line: int, tmp_path: Path
) -> None:
    assert_refused(tmp_path, text, code, line)


WORSE: dict[str, tuple[str | bytes, str, int, Severity | None]] = {
    "no Content-Type": (HEAD.replace("Content-Type", "X") + ONE, "PO102", 2, None),
    "no charset": (head("; charset=UTF-8", ""), "PO102", 5, None),
    "unknown charset": (head("UTF-8", "klingon"), "PO102", 5, None),
    "name of a charset that gettext does not know": (
        head("UTF-8", "windows-1252"),
        "PO102",
        5,
        Severity.WARNING,
    ),
    "charset of a template": (head("UTF-8", "CHARSET"), "PO102", 5, None),
    "charset of two bytes": (head("UTF-8", "UTF-16"), "PO102", 5, None),
    "no language": (head('"Language: fr\\n"\n', ""), "PO102", 2, Severity.WARNING),
    "no MIME version": (head("MIME-Version", "X-Version"), "PO102", 2, Severity.WARNING),
    "another language": (head("Language: fr", "Language: de"), "PO102", 3, None),
    "another country": (head("Language: fr", "Language: fr_CA"), "PO102", 3, Severity.WARNING),
    "empty language": (head("Language: fr", "Language: "), "PO102", 3, Severity.WARNING),
    "one form is empty": (
        more(MANY.replace("%d jours", "")),
        "PO104",
        12,
        Severity.WARNING,
    ),
    "fuzzy header": ("#, fuzzy\n" + HEAD + ONE, "PO108", 3, Severity.WARNING),
}
"""Files that msgfmt and the reader accept."""


@pytest.mark.parametrize(("text", "code", "line", "severity"), WORSE.values(), ids=WORSE)
def test_what_others_let_pass(
    text: str | bytes, code: str, line: int, severity: Severity | None
) -> None:
    told = [(p.code, place.line, p.severity) for p, place in found(text)]
    assert (code, line, severity) in told


LEFT_ALONE = {
    "header only": HEAD,
    "untranslated plural": more('msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] ""\n'),
    "another charset": head("UTF-8", "iso-8859-15"),
    "language with a hyphen": head("Language: fr", "Language: FR"),
    "plural of another language": head("n > 1", "n != 1"),
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_left_alone(text: str | bytes, tmp_path: Path) -> None:
    assert_left_alone(tmp_path, text)


def test_a_template_may_be_fuzzy_and_without_charset() -> None:
    text = "#, fuzzy\n" + HEAD.replace("UTF-8", "CHARSET").replace("Language: fr", "Language: ")
    assert codes(text + ONE, "") == []
