"""Pairing of sections; `test_pairing` covers the real article."""

from __future__ import annotations

import pytest

from pipeline.alignment.features import read_features
from pipeline.alignment.scoring import Evidence, frequencies
from pipeline.alignment.sections import pair_sections, section_blocks
from pipeline.model import Article, Section, Segment

TOPICS = {
    "radio": (
        "The radio campaign of 1998 reached Denver, and the station asked for another one.",
        "La campagne radio de 1998 a touché Denver, et la station en a demandé une autre.",
    ),
    "money": (
        "A budget of 4,500 dollars is enough (travel included), says the director.",
        "Un budget de 4500 dollars suffit (voyage inclus), dit le directeur.",
    ),
    "facebook": (
        "Is Facebook important? Certainly! Communities of 300 people are active there.",
        "Facebook est-il important ? Certes ! Des communautés de 300 personnes y sont actives.",
    ),
    "mail": (
        "Write to ask@example.org, or call 5550199; the secretary answers immediately.",
        "Écrivez à ask@example.org ou appelez le 5550199 ; la secrétaire répond aussitôt.",
    ),
}


def article(sections: list[tuple[Section, str]]) -> Article:
    segments = tuple(
        Segment(section.slug, text, "paragraph", 10 * n + 2, n, n + 1, "markdown", 0, "")
        for n, (section, text) in enumerate(sections)
    )
    return Article("x.md", b"", segments, tuple(section for section, _ in sections))


def pairs(left: Article, right: Article) -> list[tuple[str, str]]:
    texts = [[read_features(s.text, s.kind) for s in a.segments] for a in (left, right)]
    evidence = Evidence(texts[0], texts[1], (frequencies(texts[0]), frequencies(texts[1])))
    section_pairs = pair_sections(section_blocks(left), section_blocks(right), evidence)
    assert all(0 <= pair.trust <= 1 for pair in section_pairs)
    return [(pair.source.section.slug, pair.version.section.slug) for pair in section_pairs]


def written(side: int, *topics: str) -> Article:
    return article([(Section(f"{'ab'[side]}-{t}", t, 1), TOPICS[t][side]) for t in topics])


@pytest.mark.parametrize(
    "order",
    [
        ("radio", "money", "facebook", "mail"),
        ("money", "radio", "facebook", "mail"),
        ("radio", "mail", "money", "facebook"),
        ("mail", "money", "radio"),
        ("facebook",),
    ],
)
def test_contents_tell_sections_whose_slugs_differ(order: tuple[str, ...]) -> None:
    found = pairs(written(0, *TOPICS), written(1, *order))
    assert sorted(found) == sorted((f"a-{topic}", f"b-{topic}") for topic in order)


def expert(slug: str, name: str = "", organisation: str = "", handle: str = "") -> Section:
    title = f"{name}, {organisation} ({handle})"
    return Section(slug, title, 1, bool(name), name, organisation, handle)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (expert("same"), expert("same")),
        (expert("a", "Ann Lee", "Acme", "@ann"), expert("b", "Anne Li", "Akme", "@ANN")),
        (expert("a", "Ann Lee-Porter", "Acme"), expert("b", "Ánn Lee-Portr", "Other", "@x y")),
        (expert("a", "Ann Lee", "Acme Ltd"), expert("b", "アン・リー", "Acme Ltd")),
        (expert("a", "Ann Lee", "Acme"), Section("b", "Ann Lee – Acme", 1)),
    ],
    ids=["slug", "handle", "name", "organisation", "title"],
)
def test_identities_come_before_contents(one: Section, other: Section) -> None:
    left = article([(one, TOPICS["radio"][0]), (expert("c", "Bob Roe", "Zed"), TOPICS["mail"][0])])
    right = article(
        [(expert("c", "Bob Roe", "Zed"), TOPICS["radio"][1]), (other, TOPICS["mail"][1])]
    )
    assert sorted(pairs(left, right)) == sorted([(one.slug, other.slug), ("c", "c")])


def test_the_introduction_is_never_paired_with_a_section() -> None:
    start = Section("introduction", "", 1)
    left = article([(start, TOPICS["radio"][0]), (Section("a", "A", 1), TOPICS["mail"][0])])
    right = article([(Section("b", "B", 1), TOPICS["radio"][1])])
    assert ("introduction", "b") not in pairs(left, right)


def test_a_side_without_sections_is_paired_as_a_whole() -> None:
    left = written(0, *TOPICS)
    flat = article([(Section("introduction", "", 1), TOPICS[t][1]) for t in TOPICS])
    assert pairs(left, flat) == [("introduction", "introduction")]


def test_blocks_keep_the_order_of_their_first_segments() -> None:
    made = article([(Section("b", "B", 2), "x"), (Section("a", "A", 12), "y")])
    found = section_blocks(made)
    assert [(b.section.slug, b.places) for b in found] == [("b", (0,)), ("a", (1,))]
    assert [b.has_heading for b in found] == [False, False]
    heading = made.segments[0]._replace(kind="heading", line=2)
    assert section_blocks(Article("x.md", b"", (heading,), made.sections))[0].has_heading
