"""Alignment of the published French text with the English one, whole and damaged."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment import lattice_window
from pipeline.alignment.filling import fill
from pipeline.alignment.lattice import Alignment
from pipeline.alignment.lexicon import learn_lexicon
from pipeline.alignment.pairing import align
from pipeline.article.reading import read_article
from pipeline.article.rules import ReadingRules
from pipeline.model import Article, Catalog, Section, Segment, State, Unit
from tests.steps import MOST, calls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SURE = 0.8
TRIALS = 200
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\s»”])")


class Row(NamedTuple):
    """Segment that can still be joined, split or moved."""

    context: str
    kind: str
    sentences: tuple[tuple[int, str], ...]
    """Pairs of the sentence's original segment number (before any damage) and its text."""

    @property
    def text(self) -> str:
        return " ".join(text for _, text in self.sentences)

    @property
    def ids(self) -> set[int]:
        return {number for number, _ in self.sentences}


Side = list[Row]


def article(rows: Iterable[Row], sections: Sequence[Section], path: str) -> Article:
    """Build an article with only the fields that alignment reads."""
    lines = {section.slug: section.line for section in sections}
    segments = []
    for at, row in enumerate(rows):
        line = lines[row.context] if row.kind == "heading" else 1000 + at
        segments.append(
            Segment(row.context, row.text, row.kind, line, at, at + 1, "markdown", 0, "")
        )
    return Article(path=path, data=b"", segments=tuple(segments), sections=tuple(sections))


def plain_article(rows: Iterable[tuple[str, str]], path: str = "x.md") -> Article:
    """Return an article without sections, made from kinds and texts."""
    body = (Row("introduction", kind, ((0, text),)) for kind, text in rows)
    return article(body, [Section("introduction", "", 1)], path)


_KEYS = ReadingRules(frozenset(("title", "description")))
"""Rules by which the article has the texts for which the limits here were found."""


@pytest.fixture(scope="module")
def versions() -> tuple[Article, Article]:
    """Read both language versions of the article."""
    folder = Path(__file__).parents[2] / "source" / "six-social-experts"
    return (
        read_article((folder / "en.md").read_bytes(), "source/six-social-experts/en.md", _KEYS),
        read_article((folder / "fr.md").read_bytes(), "source/six-social-experts/fr.md", _KEYS),
    )


def rows_of(version: Article) -> Side:
    return [
        Row(s.context, s.kind, tuple((at, part) for part in _SENTENCE.split(s.text)))
        for at, s in enumerate(version.segments)
    ]


def gold(left: Side, right: Side) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return the right beads: rows that share an original segment, directly or by way of others."""
    groups: dict[int, int] = {}

    def find(at: int) -> int:
        while groups.setdefault(at, at) != at:
            at = groups[at]
        return at

    for row in (*left, *right):
        for other in row.ids:
            groups[find(other)] = find(min(row.ids))
    beads: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((left, right)):
        for at, row in enumerate(rows):
            beads[find(min(row.ids))][side].append(at)
    return {(tuple(a), tuple(b)) for a, b in beads.values()}


class Score:
    """Counts of two-sided beads: found, right, and wrong with high confidence."""

    def __init__(self) -> None:
        self.right = self.pair_count = self.all = self.sure = 0
        self.wrong: list[str] = []

    def add(self, alignment: Alignment, left: Side, right: Side, name: str) -> None:
        truth = {bead for bead in gold(left, right) if all(bead)}
        self.all += len(truth)
        for bead in alignment.beads:
            if not (bead.source and bead.version):
                continue
            right_one = (bead.source, bead.version) in truth
            self.pair_count += 1
            self.right += right_one
            self.sure += bead.confidence >= SURE
            if bead.confidence >= SURE and not right_one:
                self.wrong.append(f"{name}: {bead}")

    @property
    def precision(self) -> float:
        return self.right / self.pair_count

    @property
    def recall(self) -> float:
        return self.right / self.all

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.4f}, recall {self.recall:.4f}, sure {self.sure} of "
            f"{self.pair_count}, wrong among the sure {len(self.wrong)}"
        )


class Trial:
    """Rows of both language versions, to be damaged and aligned."""

    def __init__(self, versions: tuple[Article, Article], right: Side | None = None) -> None:
        self.articles = versions
        self.rows = rows_of(versions[0]), right or rows_of(versions[1])
        assert len(self.rows[0]) == len(self.rows[1])

    def run(self, left: Side, right: Side, score: Score, name: str = "") -> Alignment:
        source = article(left, self.articles[0].sections, "en.md")
        version = article(right, self.articles[1].sections, "fr.md")
        alignment = align(source, version)
        check_laws(alignment, source, version)
        score.add(alignment, left, right, name)
        return alignment

    def run_nameless(self, left: Side, right: Side, score: Score) -> Alignment:
        """Align as if the experts' headings were not understood on one side."""
        sections = []
        for number, section in enumerate(self.articles[1].sections):
            is_expert = section.slug not in EXPERTS
            sections.append(
                section if is_expert else Section(f"section-{number}", "", section.line)
            )
        slugs = {a.slug: b.slug for a, b in zip(self.articles[1].sections, sections, strict=True)}
        rows = [row._replace(context=slugs[row.context]) for row in right]
        source = article(left, self.articles[0].sections, "en.md")
        version = article(rows, sections, "fr.md")
        alignment = align(source, version)
        check_laws(alignment, source, version)
        score.add(alignment, left, rows, "nameless")
        return alignment

    def damaged(self, side: int, change: Callable[[Side], Side | None]) -> tuple[Side, Side] | None:
        changed = change(list(self.rows[side]))
        if changed is None:
            return None
        return (changed, self.rows[1]) if side == 0 else (self.rows[0], changed)


@pytest.fixture(scope="module")
def trial(versions: tuple[Article, Article]) -> Trial:
    return Trial(versions)


def check_laws(alignment: Alignment, source: Article, version: Article) -> None:
    """Check that beads cover each segment once, ascend, stay in a section, confidence 0 to 1."""
    beads = alignment.beads
    assert sorted(i for b in beads for i in b.source) == list(range(len(source.segments)))
    assert sorted(j for b in beads for j in b.version) == list(range(len(version.segments)))
    firsts = [b.source[0] for b in beads if b.source]
    assert firsts == sorted(firsts)
    for bead in beads:
        assert bead.source or bead.version
        assert 0 <= bead.confidence <= 1
        assert list(bead.source) == sorted(bead.source)
        assert list(bead.version) == sorted(bead.version)
        assert len({source.segments[i].context for i in bead.source}) <= 1
        assert len({version.segments[j].context for j in bead.version}) <= 1


def body(row: Row) -> bool:
    return row.context != "front-matter" and row.kind != "heading"


def drop(side: Side, at: int) -> Side | None:
    return side[:at] + side[at + 1 :] if body(side[at]) else None


def join(side: Side, at: int, count: int = 2) -> Side | None:
    """Join neighbouring segments into one paragraph; return None where that is impossible."""
    run = side[at : at + count]
    if len(run) < count or not all(body(r) and r.context == run[0].context for r in run):
        return None
    kind = run[0].kind if len({r.kind for r in run}) == 1 and count == 2 else "paragraph"
    sentences = tuple(sentence for r in run for sentence in r.sentences)
    return [*side[:at], Row(run[0].context, kind, sentences), *side[at + count :]]


def split(side: Side, at: int, where: float = 0.5) -> Side | None:
    """Split a segment at the end of a sentence; return None where that is impossible."""
    row = side[at]
    if len(row.sentences) < 2 or not body(row):
        return None
    cut = min(len(row.sentences) - 1, max(1, round(len(row.sentences) * where)))
    halves = row.sentences[:cut], row.sentences[cut:]
    return [*side[:at], *(row._replace(sentences=half) for half in halves), *side[at + 1 :]]


def swap(side: Side, at: int) -> Side | None:
    """Swap two neighbours in one section; return None where that is impossible."""
    pair = side[at : at + 2]
    if len(pair) < 2 or not all(map(body, pair)) or pair[0].context != pair[1].context:
        return None
    return [*side[:at], *pair[::-1], *side[at + 2 :]]


def swap_sections(side: Side, one: str, other: str) -> Side:
    groups: dict[str, Side] = {}
    for row in side:
        groups.setdefault(row.context, []).append(row)
    order = {one: other, other: one}
    return [row for context in groups for row in groups[order.get(context, context)]]


def cut_up(side: Side) -> set[int]:
    """Return the numbers of original segments that are now spread over several segments."""
    counts = Counter(number for row in side for number in row.ids)
    return {number for number, count in counts.items() if count > 1}


ONE_DAMAGE: dict[str, Callable[..., Side | None]] = {
    "dropped": drop,
    "two joined": join,
    "three joined": partial(join, count=3),
    "split early": partial(split, where=0.3),
    "split in the middle": split,
    "split late": partial(split, where=0.7),
}

EXPERTS = ("sally-anne-kaminski", "mark-murdock", "sue-serna", "devon-eyer", "abby-guthkelch")


def test_the_real_article_is_aligned_one_to_one(versions: tuple[Article, Article]) -> None:
    alignment = align(*versions)
    count = len(versions[0].segments)
    assert [(b.source, b.version) for b in alignment.beads] == [((i,), (i,)) for i in range(count)]
    doubtful = [b for b in alignment.beads if b.confidence < 0.9]
    assert len(doubtful) <= 1
    assert all(b.reason for b in doubtful)


@pytest.mark.parametrize("side", [0, 1], ids=["source", "version"])
@pytest.mark.parametrize("damage", ONE_DAMAGE)
def test_one_damage_at_every_place_is_found(trial: Trial, damage: str, side: int) -> None:
    score = Score()
    for at in range(len(trial.rows[side])):
        rows = trial.damaged(side, partial(ONE_DAMAGE[damage], at=at))
        if rows is not None:
            trial.run(*rows, score, f"{damage} {at}")
    assert score.pair_count >= 250, "the article has places to damage"
    assert score.precision == score.recall == 1.0
    assert score.wrong == []
    assert score.sure >= 0.95 * score.pair_count


@pytest.mark.parametrize("side", [0, 1], ids=["source", "version"])
def test_swapped_neighbours_are_never_silently_wrong(trial: Trial, side: int) -> None:
    score = Score()
    for at in range(len(trial.rows[side])):
        rows = trial.damaged(side, partial(swap, at=at))
        if rows is not None:
            trial.run(*rows, score, f"swap {at}")
    assert score.wrong == []
    assert score.recall > 0.96


@pytest.mark.parametrize("one", range(len(EXPERTS)))
@pytest.mark.parametrize("slugs", ["by name", "lost"])
def test_swapped_experts_are_found(trial: Trial, one: int, slugs: str) -> None:
    score = Score()
    for other in range(one + 1, len(EXPERTS)):
        left, right = trial.rows[0], swap_sections(trial.rows[1], EXPERTS[one], EXPERTS[other])
        if slugs == "by name":
            trial.run(left, right, score)
        else:
            trial.run_nameless(left, right, score)
    assert one == len(EXPERTS) - 1 or score.precision == score.recall == 1.0
    assert score.wrong == []


@pytest.mark.parametrize("expert", EXPERTS)
@pytest.mark.parametrize("side", [0, 1], ids=["source", "version"])
@pytest.mark.parametrize("slugs", ["by name", "lost"])
def test_a_missing_expert_stays_unmatched(trial: Trial, expert: str, side: int, slugs: str) -> None:
    score = Score()
    rows = [list(trial.rows[0]), list(trial.rows[1])]
    rows[side] = [row for row in rows[side] if row.context != expert]
    run = trial.run if slugs == "by name" else trial.run_nameless
    run(rows[0], rows[1], score)
    assert score.precision == score.recall == 1.0


@pytest.mark.parametrize(
    "change",
    [
        {"slug": "murdock", "handle": "@Oh pardon"},
        {"slug": "murdoch", "name": "Mark Murdoch", "handle": ""},
        {"slug": "section-2", "name": "", "organisation": "", "handle": "", "expert": False},
        {"slug": "m", "name": "M. Murdock", "handle": "@other", "title": "M. Murdock, Kindred"},
    ],
    ids=["handle mangled", "name mangled", "heading not understood", "name shortened"],
)
def test_an_expert_is_found_though_the_heading_is_mangled(
    trial: Trial, change: dict[str, str]
) -> None:
    score = Score()
    source, version = trial.articles
    sections = [
        replace(s, **change) if s.slug == "mark-murdock" else s  # type: ignore[arg-type]
        for s in version.sections
    ]
    rows = [
        r._replace(context=change["slug"]) if r.context == "mark-murdock" else r
        for r in trial.rows[1]
    ]
    trial = Trial((source, replace(version, sections=tuple(sections))), rows)
    trial.run(*trial.rows, score)
    assert score.precision == score.recall == 1.0
    assert score.wrong == []


def test_lists_become_paragraphs(trial: Trial) -> None:
    score = Score()
    for side in (0, 1):
        for count in (2, 3):
            for at, row in enumerate(trial.rows[side]):
                if row.kind == "list item":
                    rows = trial.damaged(side, partial(join, at=at, count=count))
                    if rows is not None:
                        trial.run(*rows, score, f"{side} {count} {at}")
    assert score.precision == score.recall == 1.0
    assert score.wrong == []


ITEMS = (
    (
        "Find the people who decide in your company.",
        "Trouvez les personnes qui décident chez vous.",
    ),
    ("Post twice a day, never ten times.", "Publiez deux fois par jour, jamais dix."),
    ("Answer every question within 24 hours.", "Répondez à chaque question en 24 heures."),
    ("Read the statistics on Monday.", "Lisez les statistiques le lundi."),
    (
        "Twitter and Facebook want different texts.",
        "Twitter et Facebook veulent des textes différents.",
    ),
    ("Pay 200 euros at most for a campaign.", "Payez 200 euros au plus pour une campagne."),
    ("Ask a colleague to read your drafts.", "Demandez à un collègue de relire vos brouillons."),
    ("Who never makes mistakes? Nobody.", "Qui ne se trompe jamais ? Personne."),
    ("Sleep.", "Dormez."),
)


@pytest.mark.parametrize("side", [0, 1], ids=["source", "version"])
@pytest.mark.parametrize("count", range(2, 9))
def test_a_list_becomes_one_paragraph(trial: Trial, count: int, side: int) -> None:
    score = Score()
    for at in range(len(ITEMS) - count + 1):
        rows = []
        for which in (0, 1):
            items = [
                Row("author", "list item", ((900 + n, item[which]),))
                for n, item in enumerate(ITEMS)
            ]
            if which == side:
                items = join(items, at, count) or []
                items[at] = items[at]._replace(kind="paragraph")
            rest = [r for r in trial.rows[which] if r.kind != "list item"]
            rows.append([*rest[:-2], *items, *rest[-2:]])
        trial.run(rows[0], rows[1], score, f"list {at}")
    assert score.precision > 0.98
    assert score.recall > 0.98
    assert score.wrong == []


CAPTIONS = (
    ("The five experts at the 2016 meeting in Denver", "Les cinq experts à la réunion de Denver"),
    ("Picture: the team of Zebra at work", "Photo : l’équipe de Zebra au travail"),
)


@pytest.mark.parametrize("side", [0, 1], ids=["source", "version"])
@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_caption_is_glued_to_a_paragraph(
    trial: Trial, caption: tuple[str, str], side: int
) -> None:
    score = Score()
    for at, row in enumerate(trial.rows[0]):
        if not body(row):
            continue
        rows = []
        for which in (0, 1):
            extra = Row(row.context, "caption", ((999, caption[which]),))
            rows.append([*trial.rows[which][:at], extra, *trial.rows[which][at:]])
        glued = join(rows[side], at)
        assert glued
        rows[side] = glued
        trial.run(rows[0], rows[1], score, f"caption {at}")
    assert score.precision > 0.99
    assert score.recall > 0.99
    assert score.wrong == []


_MANY = pytest.mark.slow("200 alignments")


@pytest.mark.parametrize(
    ("damages", "allowed", "trials"),
    [
        (4, 1.0, 20),
        pytest.param(2, 0.5, TRIALS, marks=_MANY),
        pytest.param(4, 1.0, TRIALS, marks=_MANY),
        pytest.param(8, 4.0, TRIALS, marks=_MANY),
    ],
)
def test_several_damages_at_once(trial: Trial, damages: int, allowed: float, trials: int) -> None:
    """Allow at most ``allowed`` wrong beads in a thousand beads of high confidence."""
    score = Score()
    dice = random.Random(damages)
    for number in range(trials):
        rows = [list(trial.rows[0]), list(trial.rows[1])]
        for _ in range(damages):
            side = dice.randrange(2)
            change = dice.choice((drop, join, split))
            changed = change(rows[side], dice.randrange(len(rows[side])))
            # Were both sides cut, nobody could say which halves belong together.
            if changed and not cut_up(changed) & cut_up(rows[1 - side]):
                rows[side] = changed
        trial.run(rows[0], rows[1], score, f"trial {number}")
    assert score.precision > 0.98
    assert score.recall > 0.98
    assert len(score.wrong) <= allowed * score.sure / 1000, "\n".join([str(score), *score.wrong])


@pytest.mark.parametrize("count", [2, 3])
def test_joined_paragraphs_are_divided_right_or_not_at_all(trial: Trial, count: int) -> None:
    version = trial.articles[1]
    source = article(trial.rows[0], trial.articles[0].sections, "en.md")
    right = {a.text: b.text for a, b in zip(*trial.rows, strict=True)}
    catalog = Catalog("a", "fr", tuple(Unit(s.context, s.text) for s in source.segments))
    divided = joined = 0
    for at in range(len(trial.rows[1])):
        rows = trial.damaged(1, partial(join, at=at, count=count))
        if rows is None:
            continue
        damaged = article(rows[1], version.sections, "fr.md")
        filled, findings = fill(catalog, source, damaged, align(source, damaged))
        targets = {unit.source: unit.target for unit in filled.units}
        assert all(not text or text == right[key] for key, text in targets.items())
        assert any(f.code == "AL004" for f in findings)
        joined += 1
        divided += all(targets.values())
    assert divided > joined / 2


def test_the_real_version_fills_the_catalogue(versions: tuple[Article, Article]) -> None:
    source, version = versions
    catalog = Catalog("a", "fr", tuple(Unit(s.context, s.text) for s in source.segments))
    filled, findings = fill(catalog, source, version, align(source, version), accept=True)
    assert [u.target for u in filled.units] == [s.text for s in version.segments]
    doubtful = [u for u in filled.units if u.state is not State.REVIEWED]
    assert len(doubtful) == len(findings) <= 1


def test_a_plain_article_without_sections_is_aligned(trial: Trial) -> None:
    rows = [[(r.kind, r.text) for r in side if body(r)] for side in trial.rows]
    alignment = align(plain_article(rows[0]), plain_article(rows[1]))
    assert [(b.source, b.version) for b in alignment.beads] == [
        ((i,), (i,)) for i in range(len(rows[0]))
    ]
    assert sum(b.confidence >= SURE for b in alignment.beads) >= len(rows[0]) - 1


def test_a_version_that_lost_all_headings_is_aligned_as_a_whole(trial: Trial) -> None:
    flat = [(r.kind, r.text) for r in trial.rows[1] if body(r)]
    left = [r for r in trial.rows[0] if body(r)]
    source = article(left, trial.articles[0].sections, "en.md")
    alignment = align(source, plain_article(flat))
    check_laws(alignment, source, plain_article(flat))
    assert [(b.source, b.version) for b in alignment.beads] == [
        ((i,), (i,)) for i in range(len(left))
    ]


def test_the_front_matter_is_paired_by_key_in_any_order() -> None:
    keys = [Section("front-matter", "", 1)]
    one = article(
        [Row("front-matter", k, ((0, t),)) for k, t in (("title", "A"), ("summary", "B"))],
        keys,
        "a",
    )
    two = article(
        [
            Row("front-matter", k, ((0, t),))
            for k, t in (("summary", "B"), ("image", "C"), ("title", "A"))
        ],
        keys,
        "b",
    )
    beads = align(one, two).beads
    assert {(b.source, b.version) for b in beads} == {((0,), (2,)), ((1,), (0,)), ((), (1,))}


@pytest.mark.parametrize(
    ("source", "version", "reason"),
    [
        ("We sold 400 tickets in Paris.", "Nous avons vendu 500 billets à Paris.", "numbers"),
        (
            "We met in Paris. " + "Nobody else had come to the station. " * 5,
            "Rendez-vous à Paris.",
            "far longer",
        ),
        (
            "I’ll have the soup, please, and some bread.",
            "Wir sehen uns morgen um acht bei dir.",
            "little",
        ),
    ],
    ids=["numbers", "length", "strange"],
)
def test_doubts_are_said_and_lower_the_confidence(source: str, version: str, reason: str) -> None:
    left = [("paragraph", a) for a, _ in ITEMS[:5]] + [("paragraph", source)]
    right = [("paragraph", b) for _, b in ITEMS[:5]] + [("paragraph", version)]
    bead = align(plain_article(left), plain_article(right)).beads[5]
    assert bead.source == bead.version == (5,)
    assert reason in bead.reason
    assert bead.confidence < SURE


@pytest.mark.parametrize(
    ("source", "version"),
    [
        ("All 6 of them.", "Tous les six."),
        ("It grew by 1,250.5 metres.", "Il a gagné 1\u202f250,5 mètres."),
    ],
)
def test_numbers_may_be_written_in_another_way(source: str, version: str) -> None:
    left = [("paragraph", a) for a, _ in ITEMS[:5]] + [("paragraph", source)]
    right = [("paragraph", b) for _, b in ITEMS[:5]] + [("paragraph", version)]
    assert "numbers" not in align(plain_article(left), plain_article(right)).beads[5].reason


def test_a_lexicon_tells_texts_apart_that_nothing_else_does() -> None:
    pairs = [
        ("the dog sleeps", "der Hund ruht"),
        ("the cat sleeps", "die Katze ruht"),
        ("the dog eats", "der Hund frisst"),
        ("the cat eats", "die Katze frisst"),
    ]
    left, right = (
        [("paragraph", pairs[0][0])],
        [("paragraph", pairs[3][1]), ("paragraph", pairs[0][1])],
    )
    alignment = align(plain_article(left), plain_article(right), learn_lexicon(pairs))
    assert ((0,), (1,)) in [(b.source, b.version) for b in alignment.beads]


_texts = st.sampled_from(
    [text for item in ITEMS for text in item] + ["", "?", "12", "[a](b)", "`x`", "语言。"]
)
_kinds = st.sampled_from(["paragraph", "list item", "heading", "title"])
_slugs = st.sampled_from(["front-matter", "introduction", "a", "b", "c"])
_rows = st.lists(
    st.builds(lambda c, k, t: Row(c, k, ((0, t),)), _slugs, _kinds, _texts), max_size=8
)


@given(_rows, _rows)
def test_laws_hold_for_any_two_articles(left: Side, right: Side) -> None:
    made = []
    for rows in (left, right):
        rows = sorted(rows, key=lambda r: r.context == "front-matter", reverse=True)
        slugs = dict.fromkeys(r.context for r in rows)
        made.append(article(rows, [Section(s, s, n) for n, s in enumerate(slugs)], "x.md"))
    copies = [replace(a) for a in made]
    alignment = align(made[0], made[1])
    check_laws(alignment, made[0], made[1])
    assert align(made[0], made[1]) == alignment
    assert made == copies


def test_numbers_of_any_length_are_compared() -> None:
    one, other = (plain_article([("paragraph", f"Pi is {digit * 6000}.")]) for digit in "34")
    assert len(align(one, other).beads) in (1, 2)


def test_empty_articles_have_no_beads() -> None:
    empty = plain_article([])
    assert align(empty, empty) == Alignment(())
    one = plain_article([("paragraph", "Text.")])
    assert [(b.source, b.version) for b in align(one, empty).beads] == [((0,), ())]
    assert [(b.source, b.version) for b in align(empty, one).beads] == [((), (0,))]


def test_the_hash_seed_does_not_matter(versions: tuple[Article, Article]) -> None:
    code = (
        "import sys; from pathlib import Path; from pipeline.alignment import align;"
        "from pipeline.article import read_article;"
        "print(align(*(read_article(Path(p).read_bytes(), p) for p in sys.argv[1:])))"
    )
    root = Path(__file__).parents[2]
    paths = [str(root / version.path) for version in versions]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, *paths],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


def test_four_hundred_segments_take_less_than_a_second(trial: Trial) -> None:
    pairs = [(a.text, b.text) for a, b in zip(*trial.rows, strict=True) if body(a)]
    left = [("paragraph", pairs[n % len(pairs)][0] + f" {n}") for n in range(400)]
    right = [("paragraph", pairs[n % len(pairs)][1] + f" {n}") for n in range(400)]
    source, version = plain_article(left), plain_article(right)
    done: list[Alignment] = []
    call_count = calls(lambda: done.append(align(source, version)))
    assert call_count < 4_000_000, "three million calls are less than a second"
    assert all(b.source == b.version for b in done[0].beads)


LONG: dict[str, tuple[Callable[[int], str], Callable[[int], str]]] = {
    "texts with numbers": (
        lambda n: f"The text {n} is here.",
        lambda n: f"Voici le texte {n}.",
    ),
    "experts": (
        lambda n: f"## Ann{n} Bo, Co (@a{n})\n\nSays Ann{n}.",
        lambda n: f"## Ann{n} Bo, Co (@a{n})\n\nAnn{n} le dit.",
    ),
    "experts with other handles": (
        lambda n: f"## Ann{n} Bo, Co (@a{n})\n\nSays she{n}.",
        lambda n: f"## Anna{n} Bo, Co (@b{n})\n\nElle{n} le dit.",
    ),
    "names that are headings in the version": (
        lambda n: f"## Ann{n} Bo, Co (@a{n})\n\nSays she{n}.",
        lambda n: f"## Ann{n} Bo!\n\nElle{n} le dit.",
    ),
    "one heading again and again": (
        lambda _: "## Same\n\ntext",
        lambda _: "## Pareil\n\ntexte",
    ),
    "headings that have nothing in common": (
        lambda n: f"## {hex(n * 7919)}\n\n{hex(n * 7907)}",
        lambda n: f"## {oct(n * 7933)}\n\n{oct(n * 7937)}",
    ),
}


_LONGER = pytest.mark.slow("four times as many calls as the others")
_SLOW = ("one heading again and again", "headings that have nothing in common")


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=_LONGER) if n in _SLOW else n for n in LONG]
)
def test_steps_grow_with_the_texts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is looked at widens up to 2,000 texts, and then no more; here it is narrow from the
    # start, so that some hundred texts show how the rest grows.
    monkeypatch.setattr(lattice_window, "_MOST_WIDTH", 30)
    source, version = LONG[name]
    few, some, many = (_steps(source, version, times) for times in (150, 300, 600))
    assert (many - some) / (some - few) < MOST


def _steps(source: Callable[[int], str], version: Callable[[int], str], times: int) -> int:
    left, right = (
        read_article("\n\n".join(map(side, range(times))).encode(), "a.md")
        for side in (source, version)
    )
    return calls(lambda: align(left, right))


def test_titles_and_headings_with_other_numbers_are_not_sure() -> None:
    texts = "---\ntitle: {} CMOs\n---\n\n# {} CMOs\n\n## Ways {}\n\nWords.\n"
    one, other = (
        read_article(texts.format(*numbers).encode(), "a.md")
        for numbers in (("8", "Seven", "1"), ("7", "Sept", "1"))
    )
    alignment = align(one, other, locales=("en", "fr"))
    assert [bool(bead.reason) for bead in alignment.beads][:3] == [True, False, False]
    assert "numbers differ" in alignment.beads[0].reason
