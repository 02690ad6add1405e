"""Baseline of known findings that are not reported again."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.findings import Finding, Place, Severity, fingerprinted
from pipeline.gate.baseline import (
    Baseline,
    Entry,
    compare_with_baseline,
    parse_baseline,
    render_baseline,
)
from tests.strategies import any_text

SHOWN = "known.json"
ONE = Entry("0" * 16, "TY101", "a.po", "ana-ruiz", "m")
LINE = json.dumps(ONE._asdict())


def make_finding(code: str = "TY101", path: str = "a.po", **changes: Any) -> Finding:
    known = {"message": "m", "context": "s", "catalogue": Place(path, 3), "fingerprint": "1" * 16}
    return Finding(code, Severity.WARNING, **{**known, **changes})


findings = st.lists(
    st.builds(
        make_finding,
        st.sampled_from(["TY101", "GR101"]),
        st.sampled_from(["a.po", "b.po"]),
        context=any_text,
        text=st.sampled_from(["one", "two"]),
        end=st.just(3),
    ),
    max_size=8,
).map(fingerprinted)


def test_a_baseline_has_a_line_for_each_finding() -> None:
    text = render_baseline(
        [
            make_finding("TY101", "b.po", fingerprint="3" * 16),
            make_finding("TY101", "a.po", fingerprint="2" * 16),
            make_finding("TY101", "a.po", fingerprint="1" * 16),
            make_finding("GR101", "b.po", fingerprint="4" * 16),
            make_finding(
                "CO101", "é.md", catalogue=None, place=Place("é.md", 9), message="a\n\x9b"
            ),
        ]
    )
    assert text == (
        '{"version": 1, "findings": [\n'
        + "".join(
            f'{{"fingerprint": "{digit * 16}", "code": "{code}", "path": "{path}", '
            f'"context": "s", "message": "{message}"}}{comma}\n'
            for digit, code, path, message, comma in (
                ("1", "TY101", "a.po", "m", ","),
                ("2", "TY101", "a.po", "m", ","),
                ("4", "GR101", "b.po", "m", ","),
                ("3", "TY101", "b.po", "m", ","),
                ("1", "CO101", "é.md", r"a\n\u009b", ""),
            )
        )
        + "]}\n"
    )


def test_an_empty_baseline() -> None:
    assert render_baseline([]) == '{"version": 1, "findings": [\n]}\n'
    assert parse_baseline(render_baseline([]), SHOWN) == Baseline(())


def test_notes_do_not_go_in() -> None:
    assert render_baseline([replace(make_finding(), severity=Severity.INFO)]) == render_baseline([])


def test_lines_do_not_matter() -> None:
    moved = [replace(make_finding(), catalogue=Place("a.po", line)) for line in (1, 99)]
    assert render_baseline(moved[:1]) == render_baseline(moved[1:])


@given(findings)
def test_a_baseline_is_read_and_written_byte_for_byte(given: tuple[Finding, ...]) -> None:
    text = render_baseline(given)
    baseline = parse_baseline(text, SHOWN)
    assert render_baseline((), baseline.entries) == text
    assert len(baseline.entries) == len(given)
    assert text.count("\n") == len(given) + 2


@given(findings)
def test_what_a_baseline_has_is_not_new(given: tuple[Finding, ...]) -> None:
    assert compare_with_baseline(given, parse_baseline(render_baseline(given), SHOWN)) == ((), ())


@given(findings, st.data())
def test_the_order_does_not_matter(given: tuple[Finding, ...], data: st.DataObject) -> None:
    known = data.draw(st.lists(st.sampled_from(given), max_size=6)) if given else []
    mixed = data.draw(st.permutations(given))
    assert render_baseline(mixed) == render_baseline(given)
    baseline = parse_baseline(render_baseline(known), SHOWN)
    other = Baseline(tuple(data.draw(st.permutations(baseline.entries))))
    new, stale = compare_with_baseline(given, baseline)
    new_mixed, stale_mixed = compare_with_baseline(mixed, other)
    assert sorted(f.fingerprint for f in new) == sorted(f.fingerprint for f in new_mixed)
    assert stale == stale_mixed


@given(findings, findings)
def test_nothing_is_lost(given: tuple[Finding, ...], before: tuple[Finding, ...]) -> None:
    baseline = parse_baseline(render_baseline(before), SHOWN)
    new, stale = compare_with_baseline(given, baseline)
    assert len(given) - len(new) == len(baseline.entries) - len(stale)
    assert {f.fingerprint for f in new} & {entry.fingerprint for entry in stale} == set()
    after = render_baseline(given, ())
    known = [entry for entry in baseline.entries if entry not in stale]
    assert parse_baseline(render_baseline(new, known), SHOWN) == parse_baseline(after, SHOWN)


@pytest.mark.parametrize(
    ("given", "known", "new", "stale"),
    [
        (0, 0, 0, 0),
        (1, 0, 1, 0),
        (0, 1, 0, 1),
        (2, 1, 1, 0),
        (1, 2, 0, 1),
        (3, 3, 0, 0),
    ],
)
def test_an_entry_stands_for_one_finding(given: int, known: int, new: int, stale: int) -> None:
    baseline = parse_baseline(render_baseline([make_finding()] * known), SHOWN)
    outcome = compare_with_baseline([make_finding()] * given, baseline)
    assert tuple(map(len, outcome)) == (new, stale)


def test_words_may_change() -> None:
    baseline = parse_baseline(render_baseline([make_finding(message="in other words")]), SHOWN)
    assert compare_with_baseline([make_finding()], baseline) == ((), ())


def test_entries_may_be_kept() -> None:
    assert parse_baseline(render_baseline([make_finding()], [ONE]), SHOWN).entries[0] == ONE


@pytest.mark.parametrize(
    "text",
    [
        f'{{"version": 1, "findings": [{LINE}]}}',
        f'\n{{ "findings" : [ {LINE} ] , "version" : 1 }}',
        json.dumps({"version": 1, "findings": [ONE._asdict()]}, indent=4).replace("\n", "\r\n"),
    ],
)
def test_the_layout_does_not_matter(text: str) -> None:
    assert parse_baseline(text, SHOWN) == Baseline((ONE,))


def entry(**changes: object) -> str:
    return json.dumps({**ONE._asdict(), **changes})


def listed(*entries: str) -> str:
    return '{"version": 1, "findings": [\n' + ",\n".join(entries) + "\n]}\n"


BROKEN = {
    "nothing": ("", 1, "expected a baseline in JSON: expecting value"),
    "no JSON": ("{\n\n'a'}", 3, "expected a baseline in JSON: expecting property name"),
    "a conflict": (listed(LINE, "<<<<<<< a"), 3, "expected a baseline in JSON"),
    "a comma too many": (listed(LINE, ""), 4, "expected a baseline in JSON"),
    "a byte order mark": ("\ufeff{}", 1, "expected a baseline in JSON"),
    "depth": ("[" * 100_000, 1, "expected a baseline in JSON"),
    "a long number": ("1" * 5_000, 1, "expected a baseline in JSON"),
    "a list": ("[]", 1, "expected an object with only 'version' and 'findings'"),
    "no findings": ('{"version": 1}', 1, "expected an object with only 'version' and 'findings'"),
    "more": ('{"version": 1, "findings": [], "x": 1}', 1, "with only 'version' and 'findings'"),
    "a later version": ('{"version": 2, "findings": []}', 1, "of version 1, found 2"),
    "a truth": ('{"version": true, "findings": []}', 1, "of version 1, found True"),
    "a fraction": ('{"version": 1.0, "findings": []}', 1, "of version 1, found 1.0"),
    "an object": ('{"version": 1, "findings": {}}', 1, "expected a list as 'findings'"),
    "a text": (listed(LINE, '"x"'), 3, "expected an entry, found \"x\""),
    "no code": (listed(LINE, LINE, entry(code=None)), 4, "expected a string as 'code'"),
    "a key too many": (listed(entry(line=4)), 2, "unknown key 'line' in an entry"),
    "a short fingerprint": (listed(LINE, entry(fingerprint="12")), 3, "found '12'"),
    "an upper fingerprint": (listed(entry(fingerprint="A" * 16)), 2, "expected a fingerprint"),
    "another order": (
        '{"findings": [\n' + LINE + ',\n{"a": [1]}], "version": 1}', 3, "expected a string as"
    ),
    "findings in a text": (
        '{"version": 1, "findings": [\n' + entry(message='"findings": [') + ",\n1]}", 3, "found 1"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_baseline_is_told_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        parse_baseline(text, SHOWN)
    assert str(caught.value).startswith(f"{SHOWN}:{line}: ")
    assert "--update-baseline" in str(caught.value)


@given(st.text(max_size=30) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["version", "findings", *Entry._fields]), inner),
    max_leaves=8,
).map(json.dumps))  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    try:
        parsed = parse_baseline(text, SHOWN)
    except InputError:
        return
    assert render_baseline((), parsed.entries).startswith('{"version": 1')
