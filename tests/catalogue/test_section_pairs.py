"""Sections of two states of an article, paired by who speaks in them."""

from __future__ import annotations

import pytest

from pipeline.catalogue.section_pairs import pair_sections
from pipeline.model import Unit

SHARED = "Guide your readers."
Outline = list[tuple[str, str, list[str]]]
"""Context, speaker (empty for none) and own texts of each section."""


def units(outline: Outline) -> list[Unit]:
    return [
        Unit(context, text, notes=(f"{speaker} (paragraph)" if speaker else "paragraph",))
        for context, speaker, texts in outline
        for text in (*texts, SHARED)
    ]


ANN = (
    "ann-lee",
    "Ann Lee, Acme, @annlee",
    ["Ann has a lot to say.", "And most of it is about apples."],
)
BOB = ("bob-ray", "Bob Ray, Beta, @bobray", ["Bob speaks of nothing but bees."])


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        pytest.param([ANN, BOB], [BOB, ANN], {"ann-lee": "ann-lee", "bob-ray": "bob-ray"}),
        pytest.param(
            [("1-ann-lee", "1. Ann Lee, Acme, @annlee", []), ("2-bob-ray", "2. Bob Ray", [])],
            [("1-zed", "1. Zed, Acme, @zed", []), ("2-ann-lee", "2. Ann Lee, Acme, @annlee", [])],
            {"2-ann-lee": "1-ann-lee"},
            id="numbers count, they do not name",
        ),
        pytest.param(
            [("ann-leee", "Ann Leee, Acme, @annlee", [])],
            [("zed-lee", "Zed Lee, Acme, @zedlee", []), ("ann-lee", "Ann Lee, Acme, @annlee", [])],
            {"ann-lee": "ann-leee"},
            id="a corrected name, and somebody new before it",
        ),
        pytest.param(
            [ANN, ("bob-rayy", "Bob Rayy, Beta, @bobray", [])],
            [("bob-ray", "Bob Ray, Beta, @bobray", [])],
            {"bob-ray": "bob-rayy"},
            id="somebody gone, while another's name is corrected",
        ),
        pytest.param(
            [("ann-leee", "Ann Leee, Acme", []), ("bob-rayy", "Bob Rayy, Beta", [])],
            [("bob-ray", "Bob Ray, Beta", []), ("ann-lee", "Ann Lee, Acme", [])],
            {"bob-ray": "bob-rayy", "ann-lee": "ann-leee"},
            id="two corrected names in another order",
        ),
        pytest.param(
            [ANN],
            [("ann-smith", "Ann Smith, Beta, @annlee", [])],
            {"ann-smith": "ann-lee"},
            id="one handle",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee, Acme, @acme", [])],
            [("zed-lee", "Zed Roe, Acme, @acme", [])],
            {},
            id="the organisation's handle is nobody's",
        ),
        pytest.param(
            [ANN],
            [("ann-lee", "Ann Lee, Zeta, @the_other_one", [])],
            {},
            id="somebody of the same name",
        ),
        pytest.param(
            [ANN],
            [("dana-roe", "Dana Roe, Zeta, @dana", ANN[2])],
            {"dana-roe": "ann-lee"},
            id="another name and handle, but the same own texts",
        ),
        pytest.param(
            [("ann-leee", "Ann Leee, Acme, @annleee", ["As @annleee says: ask Ann Leee."])],
            [
                ("ann-lee", "Ann Lee, Acme, @annlee", ["As @annlee says: ask Ann Lee."]),
                ("ann-lei", "Ann Lei, Acme, @annlei", []),
            ],
            {"ann-lee": "ann-leee"},
            id="name and handle corrected, in the texts, too",
        ),
        pytest.param(
            [ANN],
            [("dana-roe", "Dana Roe, Acme, @dana", ["Dana on doors."])],
            {},
            id="only a shared sentence",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee, Acme, @annlee", [])],
            [
                ("1-ann-smith", "Ann Smith, Acme, @annlee", []),
                ("2-ann-lee", "Ann Lee, Zeta, @annlee", []),
            ],
            {"2-ann-lee": "ann-lee"},
            id="a handle and a name are more than a handle",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee, Acme, @annlee", [])],
            [("1-ann-lee", "Ann Lee, Acme", []), ("2-ann-lee", "Ann Lee, Zeta, @annlee", [])],
            {"2-ann-lee": "ann-lee"},
            id="a handle and a name are more than a name",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee, Acme, @annlee", [])],
            [("1-ann-lee", "Ann Lee, Acme, @annleee", []), ("2-ann-lee", "Ann Lee, Zeta", [])],
            {"2-ann-lee": "ann-lee"},
            id="no handle is better than another one",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee, Acme, @annlee", [])],
            [("1-ann-lee", "Ann Lee, Acme, @the_other_one", [])],
            {"1-ann-lee": "ann-lee"},
            id="another handle in one organisation",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee, Acme, @annlee", [])],
            [("1-ann-lee", "Ann Lee, Zeta, @annleexy", [])],
            {"1-ann-lee": "ann-lee"},
            id="a corrected handle and another organisation",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee, Acme, @annlee", [])],
            [("1-ann-lee", "Ann Lee, Zeta, @annleexyz", [])],
            {},
            id="no corrected handle",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee, Acme, @ann1lee", [])],
            [("1-ann-lee", "Ann Lee, Zeta, @ann1leee", [])],
            {"1-ann-lee": "ann-lee"},
            id="a corrected handle with a number",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee, Acme, @annlee1", [])],
            [("1-ann-lee", "Ann Lee, Zeta, @annlee2", [])],
            {},
            id="a handle with another number",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee, Acme", [])],
            [("1-ann-leee", "Ann Leee, Zeta", [])],
            {},
            id="a similar name in another organisation",
        ),
        pytest.param(
            [("ann", "Ann Lee, Acme, @annlee", [])],
            [("ann", "Dana Roe, Zeta, @dana", [])],
            {"ann": "ann"},
            id="an id of the author",
        ),
        pytest.param(
            [("expert-1", "Ann Lee, Acme, @annlee", [])],
            [("expert-1", "Dana Roe, Zeta, @dana", [])],
            {},
            id="an id that only counts",
        ),
        pytest.param(
            [("p", "Ann Lee", []), ("q", "Ann Lee", [])],
            [("q", "Ann Lee", []), ("p", "Ann Lee", [])],
            {"p": "p", "q": "q"},
            id="of one name, the same context first",
        ),
        pytest.param(
            [("z", "Ann Lee", []), ("a", "Ann Lee", [])],
            [("k", "Ann Lee", []), ("m", "Ann Lee", [])],
            {"k": "z", "m": "a"},
            id="of one name, the nearest first",
        ),
        pytest.param(
            [BOB, ("a", "Ann Lee", [])],
            [("k", "Ann Lee", []), ("m", "Ann Lee", [])],
            {"m": "a"},
            id="of one name, the one at the same place",
        ),
        pytest.param(
            [("a", "Ann Lee", ANN[2])],
            [("k", "Ann Lee", ["Ann is no more said to speak."]), ("m", "Ann Lee", ANN[2])],
            {"m": "a"},
            id="of one name, the one with the same texts",
        ),
        pytest.param(
            [(f"o-{n}", "Ann Lee", []) for n in range(9)],
            [(f"n-{n}", "Ann Lee", []) for n in range(10)],
            {f"n-{n}": f"o-{n}" for n in range(9)},
            id="many of one name",
        ),
        pytest.param(
            [("ann", "Ann Lee, Acme, @annlee", [])],
            [("ann", "Dana Roe, Zeta, @dana", []), ("s-1", "Ann Lee, Zeta", [])],
            {"s-1": "ann"},
            id="a name is more than an id",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee, Acme, @annlee", ["A sentence with thirty letters"]), BOB],
            [("s-1", "Ann Lee, Zeta, @the_other_one", ["A sentence with thirty letters"]), BOB],
            {"s-1": "ann-lee", "bob-ray": "bob-ray"},
            id="a text that confirms a name",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee, Acme, @annlee", ["A sentence, of 29 signs here!"]), BOB],
            [("s-1", "Ann Lee, Zeta, @the_other_one", ["A sentence, of 29 signs here!"]), BOB],
            {"bob-ray": "bob-ray"},
            id="a text that anybody may say",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee", ["A" * 30, "B" * 30]), BOB],
            [("dana-roe", "Dana Roe", ["A" * 30, "B" * 30]), BOB],
            {"dana-roe": "ann-lee", "bob-ray": "bob-ray"},
            id="two texts that are somebody's",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee", ["A" * 30, "B" * 29]), BOB],
            [("dana-roe", "Dana Roe", ["A" * 30, "B" * 29]), BOB],
            {"bob-ray": "bob-ray"},
            id="two texts that are too short",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee, Acme, @annlee", ["Ask @bbob of that, my friend"]), BOB],
            [("s-1", "Ann Lee, Zeta, @the_other_one", ["Ask @bob of that, my friend"]), BOB],
            {"s-1": "ann-lee", "bob-ray": "bob-ray"},
            id="30 signs beside an edit that confirm a name",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee, Acme, @annlee", ["Ask @bbob of that my friend"]), BOB],
            [("s-1", "Ann Lee, Zeta, @the_other_one", ["Ask @bob of that my friend"]), BOB],
            {"bob-ray": "bob-ray"},
            id="29 signs beside an edit that anybody may say",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee", ["A" * 30, "B" * 30, "C" * 60]), BOB],
            [("dana-roe", "Dana Roe", ["A" * 30, "B" * 30]), BOB],
            {"bob-ray": "bob-ray"},
            id="texts that are half of what somebody says",
        ),
        pytest.param(
            [("setup", "", ["A" * 30, "B" * 30]), BOB],
            [("use", "", ["A" * 30]), BOB],
            {"bob-ray": "bob-ray"},
            id="half of a section without a speaker",
        ),
        pytest.param(
            [("bob-ray", BOB[1], [*BOB[2], "He says it again."]), ANN],
            [BOB, ("dana-roe", "Dana Roe, Zeta, @dana", ["He says it again."])],
            {"bob-ray": "bob-ray"},
            id="a text of a section that stays in a new one",
        ),
        pytest.param(
            [("p", "Ann Lee, Acme", []), ("q", "Ann Lee, Acme", [])],
            [("q", "Ann Lee, Zeta", []), ("p", "Ann Lee, Zeta", [])],
            {"p": "p", "q": "q"},
            id="of one name in another organisation, the same context first",
        ),
        pytest.param(
            [(f"o-{letter}", letter * 4, []) for letter in "abcdefghi"],
            [(f"n-{letter}", letter * 4, []) for letter in "ihgfedcba"],
            {f"n-{letter}": f"o-{letter}" for letter in "abcdefghi"},
            id="many names in another order",
        ),
        pytest.param(
            [(f"o-{letter}", f"{letter * 4}, Acme, @by{letter}", []) for letter in "abcdefghi"],
            [(f"n-{letter}", f"x{letter * 9}, Acme, @by{letter}", []) for letter in "ihgfedcba"],
            {f"n-{letter}": f"o-{letter}" for letter in "abcdefghi"},
            id="many handles in another order",
        ),
        pytest.param(
            [("ann-lee", "", ["Nobody says this."]), ("1-ann-lee", ANN[1], ANN[2])],
            [ANN],
            {"ann-lee": "1-ann-lee"},
            id="somebody's own texts are more than a context of nobody's",
        ),
        pytest.param(
            [("ann-lee", "Ann Lee", ["A" * 90]), BOB],
            [("dana-roe", "Dana Roe", ["A" * 90]), BOB],
            {"bob-ray": "bob-ray"},
            id="a single text that is somebody's",
        ),
        pytest.param(
            [("setup", "", ["Install it."]), BOB],
            [("use", "", ["Install it.", "But before that, read all of this."]), BOB],
            {"bob-ray": "bob-ray"},
            id="a small part of a new section",
        ),
        pytest.param(
            [("use", "", ["But before that, read all of this.", "Install it."]), BOB],
            [("setup", "", ["Install it."]), BOB],
            {"bob-ray": "bob-ray"},
            id="a small part of an old section",
        ),
        pytest.param(
            [("setup", "", ["Install it."]), ("usage", "", ["Run it."])],
            [("usage", "", ["Run it."]), ("set-it-up", "", ["Install it."])],
            {"usage": "usage", "set-it-up": "setup"},
            id="sections without a speaker",
        ),
        pytest.param(
            [("ann-lee-acme", "", ["Ann has a lot to say.", "And most of it is about apples."])],
            [ANN],
            {"ann-lee": "ann-lee-acme"},
            id="a heading that is an expert's now",
        ),
        pytest.param(
            [("the-end", "", ["Ann has a lot to say.", "And most of it is about apples."])],
            [ANN],
            {},
            id="nobody's text in an expert's mouth",
        ),
    ],
)
def test_pairs(old: Outline, new: Outline, pairs: dict[str, str]) -> None:
    assert pair_sections(units(old), units(new)).partner == pairs


def test_without_notes_the_context_tells() -> None:
    old = [unit._replace(notes=()) for unit in units([ANN, BOB])]
    new = units([("1-bob-ray", "1. Bob Ray, Beta, @bobray", []), ANN])
    assert pair_sections(old, new).partner == {"1-bob-ray": "bob-ray", "ann-lee": "ann-lee"}


def test_without_notes_a_small_part_of_the_texts_tells_nothing() -> None:
    old = [Unit("odd", "Install it."), Unit("odd", "But before that, read all of this.")]
    new = units([("bob-ray", "Bob Ray", ["Install it.", "And then, I sleep for some hours."])])
    assert pair_sections(old, new).partner == {}
    assert pair_sections(old[:1], new[:1]).partner == {"bob-ray": "odd"}
    half = [Unit("odd", "Install it."), Unit("odd", "Install us.")]
    assert pair_sections(half, new[:1]).partner == {}


@pytest.mark.parametrize(
    ("notes", "name", "handle", "plain"),
    [
        (["Ann Lee, @annlee (item)", "Ann Lee (item)"], "Ann Lee", "@annlee", False),
        (["Ann Lee (item)", "Zed (item)", "Ann Lee, @annlee (item)"], "Ann Lee", "@annlee", False),
        (["Ann Lee (item)", "paragraph"], "Ann Lee", "", False),
        (["paragraph", ""], None, None, True),
        (["", ""], None, None, False),
    ],
)
def test_the_notes_of_a_section_name_its_speaker(
    notes: list[str], name: str | None, handle: str | None, plain: bool
) -> None:
    texts = [Unit("s", f"Text {n}", notes=(note,) if note else ()) for n, note in enumerate(notes)]
    section = pair_sections(texts, []).old["s"]
    speaker = section.speaker
    assert (speaker and speaker.name, speaker and speaker.handle) == (name, handle)
    assert section.plain is plain


def test_owners() -> None:
    old = [*units([ANN, ("setup", "", [])]), Unit("odd", "No note.")]
    pairs = pair_sections(old, units([("1-ann", "1. Ann Leé, Acme, @annlee", []), ("use", "", [])]))
    assert pairs.old_owner("ann-lee") == pairs.new_owner("1-ann")
    assert pairs.old_owner("setup") == pairs.new_owner("use")
    assert len({pairs.old_owner(context) for context in ("ann-lee", "setup", "odd")}) == 3
