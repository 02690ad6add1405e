"""Round-ups that change, with the knowledge of whose words each text is.

``python -m tests.roundups 20000`` merges so many articles through several rounds of edits and
prints how often a reviewed translation stayed with its speaker, and how often it did not.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.article import read_article
from pipeline.catalogue import extract, merge
from pipeline.catalogue.carrying import shape
from pipeline.model import Catalog, State, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["ROUNDS", "Round", "rounds"]

ROUNDS = 3
"""Merges of one article."""
FIRST = [
    "Ann",
    "Bob",
    "Cy",
    "Dora",
    "Eve",
    "Fay",
    "Gil",
    "Hannah",
    "Ines",
    "Jonas",
    "Kofi",
    "Luca",
    "Mei",
    "Noor",
    "Olga",
    "Priya",
]
LAST = [
    "Lee",
    "Ray",
    "Dow",
    "Osei",
    "Ferrari",
    "Raman",
    "Carter",
    "Adeyemi",
    "Ho",
    "Gray",
    "Hill",
    "Ives",
    "Moreau",
    "Novak",
]
PLACES = [
    "Acme",
    "Beta",
    "Gamma",
    "Zeta",
    "Kestrel",
    "Northwind",
    "Harbor",
    "Lumen",
    "Fleetly",
    "Brio",
]
SHARED = ["Guide your readers.", "Start small.", "Listen before you speak."]
HEADINGS = ["Why it works", "In practice"]
FORMS = [
    "{name}, {place} ({handle})",
    "{name} ({handle}), {place}",
    "{name} – CMO, {place} ({handle})",
    "[{name}](https://x.example/a), CMO at {place} ([{handle}](https://x.example/b))",
]
"""Forms of experts' headings; one article has one."""
WORDS = [
    "apples",
    "bees",
    "cats",
    "doors",
    "engines",
    "forests",
    "gardens",
    "hills",
    "islands",
    "jugs",
    "kites",
    "lamps",
    "maps",
]


@dataclass
class Expert:
    """Person who speaks, with what is said in each text."""

    identity: int
    name: str
    organisation: str
    handle: str
    texts: list[str]
    anchor: str = ""

    def heading(self, form: str) -> str:
        anchor = f" {{#{self.anchor}}}" if self.anchor else ""
        title = form.format(name=self.name, place=self.organisation, handle=self.handle)
        return title + anchor


@dataclass
class RoundUp:
    """Article in the making."""

    rng: random.Random
    numbered: bool
    form: str = FORMS[0]
    experts: list[Expert] = field(default_factory=list)
    plain: dict[str, list[str]] = field(default_factory=dict)
    people: int = 0
    gone: list[Expert] = field(default_factory=list)
    newcomers: set[int] = field(default_factory=set)
    """Identities of those who were not there at the last merge."""
    sentences: int = 0

    def sentence(self) -> str:
        self.sentences += 1
        words = self.rng.sample(WORDS, self.rng.randint(2, 6))
        return f"Number {self.sentences} is about {' and '.join(words)}."

    def expert(self) -> Expert:
        self.people += 1
        self.newcomers.add(self.people)
        first, last = self.rng.choice(FIRST), self.rng.choice(LAST)
        texts = self.rng.sample(SHARED, self.rng.randint(1, 3))
        texts += self.rng.sample(HEADINGS, self.rng.randint(0, 1))
        texts += [self.sentence() for _ in range(self.rng.randint(1, 3))]
        if self.rng.random() < 0.5:
            texts.append(self.sentence().replace("Number", "As {name} ({handle}) says, number"))
        self.rng.shuffle(texts)
        handle = f"@{first}{last}{self.people}".lower()
        anchor = f"expert-{len(self.experts) + 1}" if self.rng.random() < 0.1 else ""
        # Namesakes there are, but two of one organisation are one person with another handle.
        names = {(e.name, e.organisation) for e in (*self.experts, *self.gone)}
        free = [place for place in PLACES if (f"{first} {last}", place) not in names]
        place = self.rng.choice(free)
        return Expert(self.people, f"{first} {last}", place, handle, texts, anchor)

    def text(self) -> bytes:
        lines = ["# Round-up", ""]
        for number, expert in enumerate(self.experts, 1):
            lines += [f"## {f'{number}. ' * self.numbered}{expert.heading(self.form)}", ""]
            for text in expert.texts:
                words = text.format(name=expert.name, handle=expert.handle)
                lines += [f"### {words}" if text in HEADINGS else words, ""]
        for heading, texts in self.plain.items():
            lines += [f"## {heading}", "", *(f"{text}\n" for text in texts)]
        return "\n".join(lines).encode()


def _begin(rng: random.Random) -> RoundUp:
    roundup = RoundUp(rng, numbered=rng.random() < 0.5)
    if rng.random() < 0.5:
        roundup.form = rng.choice(FORMS)
    for _ in range(rng.randint(2, 12)):
        roundup.experts.append(roundup.expert())
    roundup.plain = {title: [roundup.sentence(), SHARED[0]] for title in ("Setup", "Usage")}
    return roundup


def _slip(rng: random.Random, word: str) -> str:
    """Change at most two letters behind the first of a word."""
    for _ in range(rng.randint(1, 2)):
        at = rng.randrange(1, len(word))
        word = rng.choice((word[:at] + word[at] + word[at:], word[:at] + "o" + word[at + 1 :]))
    return word


def _insert(roundup: RoundUp) -> None:
    place = roundup.rng.randint(0, len(roundup.experts))
    roundup.experts.insert(place, roundup.expert())


def _remove(roundup: RoundUp) -> None:
    if len(roundup.experts) > 1:
        expert = roundup.rng.choice(roundup.experts)
        roundup.experts.remove(expert)
        roundup.gone.append(expert)


def _bring_back(roundup: RoundUp) -> None:
    if roundup.gone:
        roundup.experts.append(roundup.gone.pop())


def _replace(roundup: RoundUp) -> None:
    new = roundup.expert()
    old = roundup.rng.choice(roundup.experts)
    new.anchor = old.anchor if roundup.rng.random() < 0.5 else ""
    new.anchor = new.anchor if any(digit in new.anchor for digit in "123456789") else ""
    roundup.experts[roundup.experts.index(old)] = new
    roundup.gone.append(old)


def _move(roundup: RoundUp) -> None:
    roundup.rng.shuffle(roundup.experts)


def _renumber(roundup: RoundUp) -> None:
    roundup.numbered = not roundup.numbered


def _correct_name(roundup: RoundUp) -> None:
    expert = roundup.rng.choice(roundup.experts)
    first, _, last = expert.name.partition(" ")
    expert.name = f"{first} {_slip(roundup.rng, last)}"


def _rename(roundup: RoundUp) -> None:
    expert = roundup.rng.choice(roundup.experts)
    first, _, last = expert.name.partition(" ")
    expert.name = f"{first} {roundup.rng.choice(LAST)}-{last}"


def _correct_handle(roundup: RoundUp) -> None:
    expert = roundup.rng.choice(roundup.experts)
    expert.handle = _slip(roundup.rng, expert.handle)


def _change_handle(roundup: RoundUp) -> None:
    expert = roundup.rng.choice(roundup.experts)
    expert.handle = f"@the_real_{expert.identity}"


def _change_organisation(roundup: RoundUp) -> None:
    roundup.rng.choice(roundup.experts).organisation = roundup.rng.choice(PLACES)


def _edit(roundup: RoundUp) -> None:
    texts = roundup.rng.choice([expert.texts for expert in roundup.experts])
    at = roundup.rng.randrange(len(texts))
    if texts[at].startswith("Number"):
        texts[at] = f"{texts[at][:-1]} and {roundup.rng.choice(WORDS)}s."


def _two_known(roundup: RoundUp) -> list[Expert]:
    """Return two experts who were there at the last merge, if there are so many.

    Nobody could tell a newcomer with the texts of another from that other with a new name.
    """
    here = [e for e in roundup.experts if e.identity not in roundup.newcomers]
    return roundup.rng.sample(here, 2) if len(here) > 1 else []


def _swap_texts(roundup: RoundUp) -> None:
    if pair := _two_known(roundup):
        one, other = pair
        one.texts, other.texts = other.texts, one.texts


def _give_text(roundup: RoundUp) -> None:
    if pair := _two_known(roundup):
        one, other = pair
        text = roundup.rng.choice(one.texts)
        if len(one.texts) > 1 and text not in other.texts:
            one.texts.remove(text)
            other.texts.append(text)


def _add_text(roundup: RoundUp) -> None:
    expert = roundup.rng.choice(roundup.experts)
    new = roundup.rng.choice((roundup.sentence(), *SHARED))
    if new not in expert.texts:
        expert.texts.append(new)


def _drop_text(roundup: RoundUp) -> None:
    expert = roundup.rng.choice(roundup.experts)
    if len(expert.texts) > 1:
        expert.texts.remove(roundup.rng.choice(expert.texts))


def _move_plain(roundup: RoundUp) -> None:
    one, other = roundup.rng.sample(sorted(roundup.plain), 2)
    if roundup.plain[one]:
        roundup.plain[other].append(roundup.plain[one].pop())
    roundup.plain = {title: list(dict.fromkeys(texts)) for title, texts in roundup.plain.items()}


EDITS: tuple[Callable[[RoundUp], None], ...] = (
    *(
        _insert,
        _insert,
        _remove,
        _bring_back,
        _replace,
        _move,
        _renumber,
        _correct_name,
        _correct_name,
    ),
    *(_rename, _correct_handle, _change_handle, _change_organisation, _edit, _edit),
    *(_swap_texts, _give_text, _add_text, _drop_text, _move_plain),
)


@dataclass
class Round:
    """One merge after some edits."""

    edits: list[str]
    before: Catalog
    after: Catalog
    source: bytes
    wrong: list[str]
    """Texts that are reviewed for somebody whose translation it is not."""
    lost: list[str]
    """Reviewed texts whose speaker and words did not change, and which are reviewed no longer."""
    vanished: list[str]
    """Reviewed texts that are neither in the article nor obsolete."""
    kept: int
    """Number of such texts that stayed reviewed."""


Said = dict[tuple[str, str], str]
"""Whose words each text is, by its key in the catalogue."""


def _template(roundup: RoundUp) -> tuple[Catalog, Said]:
    article = read_article(roundup.text(), "en.md")
    template = extract(article, "a")
    contexts = [section.slug for section in article.sections if section.expert]
    who = dict(zip(contexts, (str(e.identity) for e in roundup.experts), strict=True))
    return template, {unit.key: who.get(unit.context, "nobody") for unit in template.units}


def _reviewed(catalog: Catalog, said: Said) -> Catalog:
    def review(unit: Unit) -> Unit:
        if unit.state is State.REVIEWED:
            return unit
        target = f"{said[unit.key]} says {unit.source}"
        return unit._replace(target=target, state=State.REVIEWED, previous=None)

    return replace(catalog, units=tuple(map(review, catalog.units)))


def rounds(seed: int) -> Iterator[Round]:
    """Yield the merges of one round-up; a translator reviews all texts after most of them."""
    rng = random.Random(seed)
    roundup = _begin(rng)
    template, said = _template(roundup)
    catalog = _reviewed(Catalog("a", "fr", template.units), said)
    for _ in range(ROUNDS):
        people = {e.identity: (e.name, e.handle) for e in roundup.experts}
        roundup.newcomers.clear()
        edits = rng.choices(EDITS, k=rng.randint(1, 4))
        texts_before = _own(said)
        for edit in edits:
            edit(roundup)
        template, now = _template(roundup)
        merged = merge(catalog, template)
        untold = {
            str(e.identity)
            for e in roundup.experts
            if e.identity in people
            and people[e.identity][0] != e.name
            and people[e.identity][1] != e.handle
            and not texts_before.get(str(e.identity), set()) & _own(now)[str(e.identity)]
        }
        had = {(said[u.key], u.source) for u in catalog.units if u.state is State.REVIEWED}
        wrong, lost, kept = [], [], 0
        for unit in merged.units:
            who = now[unit.key]
            if unit.state is State.REVIEWED and unit.target != f"{who} says {unit.source}":
                wrong.append(f"{unit.key} → {unit.target}")
            elif (who, unit.source) in had and who not in untold:
                kept += unit.state is State.REVIEWED
                if unit.state is not State.REVIEWED:
                    lost.append(f"{unit.key} of {who}")
        names = [edit.__name__ for edit in edits]
        stays = _translations(merged)
        # What a mechanical edit changed is not lost.
        shapes = set(map(shape, stays))
        vanished = [t for t in _translations(catalog) - stays if shape(t) not in shapes]
        yield Round(names, catalog, merged, roundup.text(), wrong, lost, vanished, kept)
        catalog, said = (_reviewed(merged, now) if rng.random() < 0.7 else merged), now


def _translations(catalog: Catalog) -> set[str]:
    return {u.target for u in (*catalog.units, *catalog.obsolete) if u.state is State.REVIEWED}


def _own(said: Said) -> dict[str, set[str]]:
    """Return the texts that only one of the sections has, by person."""
    count = Counter(source for _, source in said)
    own: dict[str, set[str]] = {who: set() for who in said.values()}
    for (_, source), who in said.items():
        if count[source] == 1:
            own[who].add(source)
    return own


def main(count: int) -> int:
    """Print the figures of so many round-ups; return 1 if a translation went to somebody else."""
    total: Counter[str] = Counter()
    for seed in range(count):
        for merged in rounds(seed):
            total["merges"] += 1
            total["kept"] += merged.kept
            total["lost"] += len(merged.lost)
            total["wrong"] += len(merged.wrong)
            total["vanished"] += len(merged.vanished)
            for what in ("wrong", "lost", "vanished"):
                texts = getattr(merged, what)
                if texts and total[f"shown {what}"] < 5:
                    total[f"shown {what}"] += 1
                    print(f"seed {seed}, {what}: {texts[0]} after {', '.join(merged.edits)}")
    share = total["kept"] / max(1, total["kept"] + total["lost"])
    print(f"{total['merges']} merges: {total['wrong']} texts with another speaker's translation")
    print(f"{total['vanished']} reviewed translations are nowhere")
    print(f"{share:.3%} of {total['kept'] + total['lost']} unchanged reviewed texts stayed so")
    return int(total["wrong"] + total["vanished"] > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
