"""Reports for the tests of all formats: of any findings, of one, and checks of the output."""

from __future__ import annotations

import unicodedata
from typing import Any

from hypothesis import strategies as st

from pipeline.findings import Finding, Place, Report, Severity, fingerprinted
from pipeline.gate.formats import render_report
from pipeline.gate.formats.text import render_text
from tests.gate.formats.rich_report import RULES

__all__ = ["EMPTY", "harmful", "only", "reports", "show", "write"]

EMPTY = Report((), ())
CODES = st.sampled_from([*RULES, "XX999"])

nasty = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Mn"]),
        st.sampled_from("\n\r\x1b\x9b%:,{}[]<>&\"'\\\u00a0\u202f\u200d👩🚀日 a"),
    ),
    max_size=40,
)
places = st.builds(
    Place,
    nasty.filter(bool),
    st.integers(1, 9),
    st.integers(1, 9),
    st.sampled_from([0, 9, 10]),
    st.integers(1, 99),
)
findings = st.builds(
    Finding,
    code=CODES,
    severity=st.sampled_from(Severity),
    message=nasty,
    context=nasty,
    source=nasty,
    place=st.none() | places,
    catalogue=st.none() | places,
    rule=nasty,
    locale=nasty,
    suggestions=st.lists(nasty, max_size=7).map(tuple),
    text=nasty,
    start=st.integers(0, 20),
    end=st.integers(0, 45),
)
reports = st.builds(
    Report,
    st.lists(findings, max_size=5).map(fingerprinted),
    st.lists(nasty.filter(bool), max_size=2).map(tuple),
)


def show(report: Report, *, verbose: bool = True, color: bool = False, width: int = 80) -> str:
    return render_text(report, verbose=verbose, color=color, width=width)


def write(name: str, report: Report) -> str:
    return render_report(name, report, RULES)


def only(**changes: Any) -> Report:
    finding = Finding(**{"code": "TY101", "severity": Severity.WARNING, "message": "m", **changes})
    return Report((finding,), ())


def harmful(text: str) -> set[str]:
    """Return the characters of a text that control a terminal or cannot be printed."""
    kinds = {"Cc", "Cs", "Zl", "Zp"}
    turning = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    bad = {c for c in text if unicodedata.category(c) in kinds or c in turning}
    return bad - {"\n"}
