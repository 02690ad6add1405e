"""Versions with another structure than the source, unrelated texts, and a book without names."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from pipeline.alignment.filling import fill
from pipeline.alignment.pairing import align
from pipeline.article.reading import read_article
from pipeline.model import Catalog, State, Unit
from tests.steps import calls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.alignment.lattice import Alignment
    from pipeline.model import Article

FOLDER = Path(__file__).parents[2] / "source" / "six-social-experts"
EN = (FOLDER / "en.md").read_text("utf-8")
FR = (FOLDER / "fr.md").read_text("utf-8")


class Filled(NamedTuple):
    """Units of a source after alignment."""

    targets: dict[str, str]
    reviewed: set[str]
    codes: set[str]


def filled(source: Article, version: Article, *, foreign: bool = True) -> Filled:
    units = {(s.context, s.text): Unit(s.context, s.text) for s in source.segments}
    catalog = Catalog("a", "fr", tuple(units.values()))
    alignment = align(source, version)
    new, findings = fill(catalog, source, version, alignment, accept=True, other_language=foreign)
    return Filled(
        {u.source: u.target for u in new.units if u.target},
        {u.source for u in new.units if u.state is State.REVIEWED},
        {finding.code for finding in findings},
    )


def made(source: str, version: str, *, foreign: bool = True) -> Filled:
    sides = read_article(source.encode(), "en.md"), read_article(version.encode(), "fr.md")
    return filled(*sides, foreign=foreign)


TRUE = {
    a.text: b.text
    for a, b in zip(
        read_article(EN.encode(), "en.md").segments,
        read_article(FR.encode(), "fr.md").segments,
        strict=True,
    )
}
_LEVEL = re.compile(r"(?m)^## ")


@pytest.mark.parametrize(
    ("source", "version", "least"),
    [
        (EN, re.sub(r"(?m)^#+ .*\n", "", FR), 25),
        (EN, _LEVEL.sub("# ", FR), 29),
        (EN, _LEVEL.sub("### ", FR), 29),
        (_LEVEL.sub("### ", EN), FR, 29),
        (EN, re.sub(r"(?m)^## (?!Sally)", "### ", FR), 29),
        (EN, re.sub(r"(?s)^---.*?\n---\n", "", FR), 27),
        (EN, re.sub(r"(?m)^(?:\d+\.|[-*]) +", r"\n", FR), 29),
        (EN, FR[: len(FR) // 2], 14),
        (EN, "", 0),
        ("", FR, 0),
    ],
    ids=[
        "no headings",
        "level 1",
        "level 3",
        "source of level 3",
        "sections below one",
        "no front matter",
        "no list",
        "half of it",
        "empty version",
        "empty source",
    ],
)
def test_a_version_with_another_structure(source: str, version: str, least: int) -> None:
    result = made(source, version)
    known = {key: text for key, text in result.targets.items() if key in TRUE}
    # Where the version was cut, its last text is a part of the right one.
    assert [k for k in result.reviewed if k in known and not TRUE[k].startswith(known[k])] == []
    assert sum(known[k] == TRUE[k] for k in known) >= least


TABLE = (
    ("Tool", "Price", "Good for"),
    ("Hammer", "12 euros", "driving nails into walls"),
    ("Saw", "25 euros", "cutting wooden boards"),
    ("Brush", "3 euros", "painting large doors"),
)
TABLEAU = (
    ("Outil", "Prix", "Bon pour"),
    ("Marteau", "12 euros", "enfoncer des clous dans les murs"),
    ("Scie", "25 euros", "couper des planches en bois"),
    ("Pinceau", "3 euros", "peindre de grandes portes"),
)


def table(rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |\n" for row in rows]
    return "".join([lines[0], "|---" * len(rows[0]), "|\n", *lines[1:]])


@pytest.mark.parametrize(
    ("version", "least"),
    [
        (table(TABLEAU), 10),
        (table([TABLEAU[at] for at in (0, 3, 2, 1)]), 3),
        (table([TABLEAU[at] for at in (0, 2, 1, 3)]), 3),
        (table(list(zip(*TABLEAU, strict=True))), 0),
        (table([row[:1] + row[2:] for row in TABLEAU]), 0),
        ("\n\n".join(" : ".join(row) for row in TABLEAU), 0),
    ],
    ids=["as it was", "rows exchanged", "neighbours", "transposed", "column gone", "paragraphs"],
)
@pytest.mark.parametrize("around", [("", ""), (EN + "\n\n", FR + "\n\n")], ids=["alone", "below"])
def test_cells_of_a_table_are_never_silently_wrong(
    version: str, least: int, around: tuple[str, str]
) -> None:
    result = made(f"{around[0]}## Tools\n\n{table(TABLE)}", f"{around[1]}## Outils\n\n{version}")
    truth = {
        a: b
        for one, other in zip(TABLE, TABLEAU, strict=True)
        for a, b in zip(one, other, strict=True)
    }
    cells = result.reviewed & truth.keys()
    assert {key: result.targets[key] for key in cells} == {key: truth[key] for key in cells}
    assert len(cells) >= least


def test_a_copy_of_the_source_fills_nothing() -> None:
    result = made(EN, EN)
    assert result.targets == {}
    assert result.codes == {"AL005"}


def test_in_the_same_language_the_same_text_is_right() -> None:
    result = made(EN, EN, foreign=False)
    assert result.reviewed == set(TRUE)
    assert all(source == target for source, target in result.targets.items())


def test_what_is_not_translated_yet_stays_empty() -> None:
    version = FR
    left = [key for key in TRUE if len(key) > 100][::3]
    for key in left:
        version = version.replace(TRUE[key], key)
    result = made(EN, version)
    assert left
    assert not set(left) & set(result.targets)
    assert "AL005" in result.codes
    assert {k: result.targets.get(k) for k in TRUE if k not in left} == {
        k: text for k, text in TRUE.items() if k not in left
    }
    assert len(result.reviewed) >= 18


_LETTERS = "bcdfghjklmnpqrstvwz"


def _word(number: int, side: int) -> str:
    """Return a word of an invented language; no word resembles its translation."""
    dice = random.Random(f"{number} {side}")
    vowels = "aeiou" if side else "aeioy"
    return "".join(
        dice.choice(_LETTERS) + dice.choice(vowels) for _ in range(dice.choice((1, 2, 3, 3)))
    )


def _words(seed: int, side: int, count: int) -> str:
    """Return a sentence; its translation has another order and lacks one word in six."""
    dice = random.Random(seed)
    numbers = [min(int(dice.paretovariate(0.55)) - 1, 3000) for _ in range(count)]
    if side:
        free = random.Random(seed + 10**6)
        numbers = [free.randrange(3000) if free.random() < 0.17 else n for n in numbers]
        numbers = [
            numbers[at] for at in sorted(range(count), key=lambda at: at + free.uniform(-2.0, 2.0))
        ]
    return " ".join(_word(number, side) for number in numbers).capitalize()


def _paragraph(number: int, side: int) -> str:
    dice = random.Random(-1 - number)
    lengths = [dice.randint(6, 18) for _ in range(dice.choice((1, 1, 2, 3, 4)))]
    return " ".join(
        _words(number * 10 + at, side, length) + "." for at, length in enumerate(lengths)
    )


def book(paragraphs: range, side: int) -> list[str]:
    return [_paragraph(number, side) for number in paragraphs]


def article_of(paragraphs: list[str]) -> Article:
    return read_article(("\n\n".join(paragraphs) + "\n").encode(), "book.md")


def test_a_book_teaches_its_own_words() -> None:
    """Align a book with no names, numbers or cognates; 6 % of its paragraphs are missing."""
    numbers = range(400)
    dice = random.Random(4)
    remaining = [[n for n in numbers if dice.random() > 0.03] for _ in range(2)]
    sides = [[_paragraph(n, side) for n in remaining[side]] for side in (0, 1)]
    result = filled(article_of(sides[0]), article_of(sides[1]))
    truth = {_paragraph(n, 0): _paragraph(n, 1) for n in remaining[0] if n in set(remaining[1])}
    wrong = [k for k in result.reviewed if result.targets[k] != truth.get(k)]
    right = [k for k, text in result.targets.items() if text == truth.get(k)]
    assert len(wrong) <= 0.004 * len(result.reviewed)
    assert len(right) >= 0.98 * len(truth)
    assert len(result.reviewed) >= 0.96 * len(truth), "0.93 without words of its own"


def test_another_article_fills_next_to_nothing() -> None:
    result = filled(article_of(book(range(60), 0)), article_of(book(range(500, 560), 1)))
    assert result.reviewed == set()
    assert len(result.targets) <= 3


@pytest.mark.slow("1,685 paragraphs, each step counted")
def test_a_long_run_of_paragraphs_takes_seconds() -> None:
    numbers = range(1685)
    sides = article_of(book(numbers, 0)), article_of(book(numbers, 1))
    done: list[Alignment] = []
    call_count = calls(lambda: done.append(align(*sides)))
    assert call_count < 18_000_000, "11 million calls are some three seconds"
    straight = sum(b.source == b.version and len(b.source) == 1 for b in done[0].beads)
    assert straight >= 0.99 * len(numbers)


PAGE = (
    "# Salt\n\nAna Ruiz cooks in Lisbon since 1987 and never weighs her salt.\n\n"
    "**How much of it?**\n\nShe tastes it 3 times. Then she stops and waits for 20 minutes.\n\n"
    "Ben Cole runs The Larder in Cork and buys 40 kilos of salt each year.\n"
)
SEITE = (
    "# Salz\n\nAna Ruiz kocht seit 1987 in Lissabon und wiegt ihr Salz nie.\n\n"
    "**Wie viel davon?**\n\nSie kostet es 3 Mal. Dann hört sie auf und wartet 20 Minuten.\n\n"
    "Ben Cole führt The Larder in Cork und kauft jedes Jahr 40 Kilo Salz.\n"
)


@pytest.mark.parametrize(
    ("old", "new", "doubtful"),
    [
        ("**Wie viel davon?**", "## Wie viel davon? {#wie-viel}", "**How much of it?**"),
        ("3 Mal. Dann", "3 Mal.\n\nDann", "She tastes it 3 times. Then she stops and waits for"),
    ],
    ids=["a heading for a text", "several for one"],
)
def test_what_is_not_one_text_for_one_of_its_kind_is_never_sure(
    old: str, new: str, doubtful: str
) -> None:
    whole = made(PAGE, SEITE)
    assert whole.reviewed == set(whole.targets)
    changed = made(PAGE, SEITE.replace(old, new))
    (left,) = (source for source in changed.targets if source not in changed.reviewed)
    assert left.startswith(doubtful)


MOVED = (
    "# Backups\n\nBack up the folder `/var/lib/kettle` every day. It holds the history of all"
    " machines.\n\n## Make a backup\n\nStop the service first, so that no file changes while you"
    " copy it.\n\nThe copy takes about one minute for each gigabyte.\n\n## Restore a backup\n\n"
    "Unpack the file in an empty folder and start the service again.\n\n## Check a backup\n\n"
    "Run `kettle verify backup.tgz`. It tells you which files are damaged, if any.\n\n"
    "Do this once a month. A backup that nobody ever read is no backup.\n",
    "# Sauvegardes\n\nSauvegardez le dossier `/var/lib/kettle` tous les jours.\n\n"
    "Il contient l’historique de toutes les machines.\n\n## Vérifier une sauvegarde\n\n"
    "Lancez `kettle verify backup.tgz`. La commande vous dit quels fichiers sont endommagés, s’il y"
    " en a.\n\nFaites-le une fois par mois. Une sauvegarde que personne n’a jamais lue n’est pas"
    " une sauvegarde.\n\n## Faire une sauvegarde\n\nArrêtez d’abord le service, afin qu’aucun"
    " fichier ne change pendant la copie.\n\nLa copie prend environ une minute par gigaoctet.\n\n"
    "Pour l’ancienne version 1.2, utilisez `kettle dump` à la place.\n\n"
    "## Restaurer une sauvegarde\n\n"
    "Décompressez le fichier dans un dossier vide et redémarrez le service.\n",
)


def test_sections_that_changed_places_teach_nothing_that_makes_them_sure() -> None:
    source, version = (read_article(text.encode(), "a.md") for text in MOVED)
    result = filled(source, version)
    assert result.reviewed <= {"Backups"}
    verify = [text for text in result.targets.values() if "verify" in text]
    assert {s for s, t in result.targets.items() if t in verify} <= {source.segments[8].text}


@pytest.mark.parametrize("more", ['![A loaf of bread](u "Fresh")', "| Rye |\n|-|\n| Salt |"])
def test_what_is_new_and_small_is_not_joined_with_a_paragraph(more: str) -> None:
    first = "We asked five bakers what makes good bread. They say that flour and water do."
    second = "Nous avons demandé à cinq boulangers ce qui fait un bon pain : farine et eau."
    source = read_article(f"# T\n\n{first}\n\n{more}\n".encode(), "a.md")
    result = filled(source, read_article(f"# T\n\n{second}\n".encode(), "b.md"))
    assert result.targets == {"T": "T", first: second}
