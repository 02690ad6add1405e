from __future__ import annotations

import pytest

from pipeline.drafting.engines.terms import escape_attribute, mark_terms

GLOSSARY = {
    "social media": "médias sociaux",
    "media": "presse",
    "AT&T": "AT&T <FR>",
    "C++": "C++",
    "amp": "ampère",
    "x": "croix",
}


def bracketed(term: str, target: str) -> str:
    return f"({term}={target})"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On social media.", "On (social media=médias sociaux)."),
        ("Social media and media", "(Social media=Médias sociaux) and (media=presse)"),
        ("AT&amp;T pays", "(AT&amp;T=AT&amp;T &lt;FR&gt;) pays"),
        ("C++, media!", "(C++=C++), (media=presse)!"),
        ('<g id="1">media</g>', '<g id="1">(media=presse)</g>'),
    ],
)
def test_terms(text: str, expected: str) -> None:
    assert mark_terms(text, GLOSSARY, bracketed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "multimedia, medias",
        "SOCIAL MEDIA",
        "a &amp; b",
        '<x id="0"/> <media x="media"/>',
        "",
    ],
)
def test_what_stays(text: str) -> None:
    assert mark_terms(text, GLOSSARY, bracketed) == text


def test_no_glossary() -> None:
    assert mark_terms("media", {}, bracketed) == "media"


def test_escape_attribute() -> None:
    assert escape_attribute('<a href="b">&') == "&lt;a href=&quot;b&quot;&gt;&amp;"
