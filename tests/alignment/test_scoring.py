"""Log odds of a pair from lengths and features."""

from __future__ import annotations

import pytest

from pipeline.alignment.features import Features, read_features
from pipeline.alignment.lexicon import Lexicon
from pipeline.alignment.scoring import PRIOR, Evidence, estimate, frequencies

SOURCE = [
    "The agency was founded in 1998 by two brothers.",
    "Their first campaign ran on the radio.",
    "Who would have thought that it would work? Nobody in the whole of Denver did.",
    "Facebook changed everything.",
]
VERSION = [
    "L’agence a été fondée en 1998 par deux frères.",
    "Leur première campagne passait à la radio.",
    "Qui aurait pensé que cela marcherait ? Personne dans tout Denver.",
    "Facebook a tout changé.",
]


def evidence(source: list[str], version: list[str], lexicon: Lexicon | None = None) -> Evidence:
    left = [read_features(text, "paragraph") for text in source]
    right = [read_features(text, "paragraph") for text in version]
    return Evidence(left, right, (frequencies(left), frequencies(right)), PRIOR, lexicon)


def test_translations_score_above_strangers() -> None:
    scores = evidence(SOURCE, VERSION)
    for i in range(4):
        own = scores.score(i, 1, i, 1)
        assert own > 0
        assert all(own > scores.score(i, 1, j, 1) for j in range(4) if j != i)


def test_a_joined_text_scores_best_with_all_its_parts() -> None:
    scores = evidence(SOURCE, [f"{VERSION[0]} {VERSION[1]}", *VERSION[2:]])
    assert scores.score(0, 2, 0, 1) > max(scores.score(0, 1, 0, 1), scores.score(1, 1, 0, 1))


def test_a_lexicon_adds_evidence() -> None:
    lexicon = Lexicon({"founded": {"fondee": 0.9}, "brothers": {"freres": 0.9}})
    more = evidence(SOURCE, VERSION, lexicon).score(0, 1, 0, 1)
    assert more > evidence(SOURCE, VERSION).score(0, 1, 0, 1) + 1


@pytest.mark.parametrize(
    ("version", "odd"), [("x" * 100, False), ("x" * 250, True), ("x" * 30, True)]
)
def test_odd_lengths(version: str, odd: bool) -> None:
    assert evidence(["y" * 100, "z" * 100], [version]).lengths_differ(0, 1, 0, 1) == odd


def test_short_texts_are_never_odd() -> None:
    assert not evidence(["About me"], ["Moi"]).lengths_differ(0, 1, 0, 1)


def text(length: int, *marks: str) -> Features:
    return Features(length, frozenset(marks), (), "paragraph")


def test_statistics_move_from_the_prior_to_what_is_seen() -> None:
    pairs = [(text(100, "n1"), text(150, "n1")), (text(200, "ctest"), text(310))] * 50
    statistics = estimate(pairs)
    assert statistics.ratio == pytest.approx(1.53, abs=0.04)
    assert statistics.variance < PRIOR.variance
    assert statistics.rates["c"] < 0.2 < PRIOR.rates["c"]
    assert statistics.rates["n"] > PRIOR.rates["n"]
    assert statistics.rates["x"] == PRIOR.rates["x"]


def test_without_pairs_the_prior_stays() -> None:
    assert estimate([]) == PRIOR


def test_a_frequent_mark_is_expected_by_chance() -> None:
    counts = frequencies([text(10, "cabcd")] * 9 + [text(10, "cwxyz")])
    assert counts.chance("cabcd") > 0.5 > counts.chance("cwxyz") > counts.chance("cnone") > 0


def test_no_texts_have_frequencies_too() -> None:
    assert frequencies([]).length == 1
