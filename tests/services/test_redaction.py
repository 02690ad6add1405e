"""Parts of an answer that messages may show."""

from __future__ import annotations

import json

import pytest

from pipeline.services.redaction import answer_excerpt, redact, strings_in

KEY = "5ecret-k3y"
TEXT = "A sentence, with “quotes” & é, that nobody may read."
SHOWN = [
    (b"", "an empty body"),
    (b" \n", "an empty body"),
    (b"<!doctype html><title>x", "a web page"),
    (b"no such model", "'no such model'"),
    (b'{"error": {"code": 5, "message": "No such\\n model", "ok": true}}', "'5 No such model'"),
    (b'["half', "'[\"half'"),
    (b"\xff\x1b[31m", "'��[31m'"),
    (b"x" * 500, "'" + "x" * 120 + "…'"),
    (b"a known word", "'a known word'"),
]


@pytest.mark.parametrize(("body", "expected"), SHOWN)
def test_what_was_said(body: bytes, expected: str) -> None:
    assert answer_excerpt(body, [KEY], [TEXT]) == expected


@pytest.mark.parametrize(
    "body",
    [
        f"not {TEXT}",
        TEXT.upper(),
        TEXT.replace(" ", "+").replace("&", "%26").replace("é", "%C3%A9"),
        TEXT.replace("&", "&amp;").replace("é", "&eacute;"),
        json.dumps({"error": f"not {TEXT}"}),
        json.dumps({"error": [TEXT[5:40]]}),
        TEXT[:-3],
        f"key {KEY} is wrong",
        f"Incorrect key: {KEY[:7]}***",
        json.dumps({KEY: KEY, "x": f"Bearer {KEY}"}),
    ],
)
def test_no_echo_is_shown(body: str) -> None:
    excerpt = answer_excerpt(body.encode(), [KEY], [TEXT]).lower()
    assert not [word for word in ("sentence", "quotes", "nobody", KEY[:6]) if word in excerpt]


def test_short_secrets_go_too() -> None:
    assert redact("the key is abc", ["abc", ""]) == "the key is …"


def test_texts_of_json() -> None:
    assert strings_in({"a": ["b", 1, None, {"c": "d"}], "e": True}) == ["b", "1", "d"]
