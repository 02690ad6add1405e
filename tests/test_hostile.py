"""Engines that damage tokens: no damaged draft is accepted and no undamaged one refused.

Ten thousand generated texts go through an engine that damages them. Each result is judged
without the package's code: markdown-it and an XML parser report what there is, and
the parts that the generator put in are counted.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import zip_longest
from random import Random
from typing import TYPE_CHECKING, ClassVar, NamedTuple
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from markdown_it import MarkdownIt

from pipeline.drafting.engines.contract import Answer
from pipeline.drafting.engines.pseudo import Pseudo
from pipeline.drafting.protect.protect import ProtectedText, protect, restore
from pipeline.drafting.protect.tokens import Damage
from pipeline.findings import Severity
from pipeline.rules.fidelity.comparison import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it.token import Token

SEGMENTS = 10_000
PORTIONS = 20

TERMS = ("Ada Byron", "Engine Ltd", "Core")
LABELS = frozenset({"ref"})
GLOSSARY = {"social media": "médias sociaux", "expert": "spécialiste"}

WORDS = [
    "salt",
    "pepper",
    "taste it",
    "weigh",
    "on the whole",
    "Cook well",
    "who knows",
    "R&D",
]
HANDLES = ["@ada_b", "@bo.li", "#Salt", "#cook2eat", "me@example.org", "https://example.org/a?b=1"]
PLACED = ["{name}", "{{ user }}", "%(count)d", "${cost}"]
IN_ORDER = ["%s", "%d", "{}", "</i>"]
SIGNS = ["`code`", "`a *b* [c]`", "[^1]", "&nbsp;", "\\*", "(:tada:)", "<br>", "<https://a.org/x>"]
NUMBERS = ["1,234", "2024", "7"]
FIGURES = ["50 %", "3.5kg", "€5", *NUMBERS]
KNOWN = [*HANDLES, *PLACED, *SIGNS[:5], *SIGNS[6:], *FIGURES, *TERMS, *GLOSSARY.values()]
KNOWN += [":tada:"]
KNOWN += [target.capitalize() for target in GLOSSARY.values()]
ADDRESSES = ["https://example.org/1", "/two", "three.html 'A title'", "<four>"]


class Generator:
    """Generator of texts from known parts."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def text(self) -> tuple[str, str]:
        """Return a text, and its expected draft in which only the terms are translated."""
        text = self.joined(self.chance.randint(1, 7), frozenset())
        text += self.chance.choice([".", "!", "", "", ".[^1]"])
        text = re.sub(r"\A(\W*)‹(.)", lambda m: f"{m[1]}‹{m[2].upper()}", text)
        return re.sub("[‹›]", "", text), re.sub("‹(.*?)›", translated, text)

    def joined(self, count: int, inside: frozenset[str]) -> str:
        """Join random parts with spaces or signs, or with nothing between them beside markup."""
        parts = [self.part(inside)]
        for _ in range(count - 1):
            part = self.part(inside)
            gaps = [" "] * 12 + [", ", " – ", ". ", " (", ") ", "\\\n"]
            gaps += [""] * (parts[-1][-1] in "`>)")
            parts += [self.chance.choice(gaps), part]
        return "".join(parts)

    def part(self, inside: frozenset[str]) -> str:
        pick = self.chance.choice
        plain: list[Callable[[], str]] = [
            lambda: pick(WORDS),
            lambda: pick(WORDS),
            lambda: pick(WORDS if inside else [*WORDS, "un*lik*ely"]),
            lambda: pick(HANDLES),
            lambda: pick(PLACED + IN_ORDER),
            lambda: pick(SIGNS),
            lambda: pick(FIGURES),
            lambda: pick(TERMS),
            lambda: f"‹{pick([*GLOSSARY])}›",
        ]
        marked = [kind for kind in self.marked if kind not in inside]
        if marked and len(inside) < 3 and self.chance.random() < 0.4:
            kind = pick(marked)
            forbidden = {kind, *({"link", "reference"} if kind in ("link", "reference") else ())}
            content = self.joined(self.chance.choice([1, 1, 2, 3]), inside | forbidden)
            return self.marked[kind](self, content)
        return pick(plain)()

    marked: ClassVar[dict[str, Callable[[Generator, str], str]]] = {
        "strong": lambda self, text: f"**{text}**",
        "emphasis": lambda self, text: f"*{text}*",
        "underscores": lambda self, text: f"_{text}_",
        "strike": lambda self, text: f"~~{text}~~",
        "link": lambda self, text: f"[{text}]({self.chance.choice(ADDRESSES)})",
        "reference": lambda self, text: f"[{text}][ref]",
        "image": lambda self, text: f"![{text}]({self.chance.choice(ADDRESSES)})",
        "tag": lambda self, text: f"<kbd>{text}</kbd>",
        "second tag": lambda self, text: f'<a href="/x">{text}</a>',
    }


def translated(term: re.Match[str]) -> str:
    target = GLOSSARY[term[1].lower()]
    return target.capitalize() if term[1][0].isupper() else target


# What another parser sees.

MARKDOWN = MarkdownIt("commonmark").enable("strikethrough")
REFERENCES = {"references": {"REF": {"href": "/ref", "title": ""}}}
TAG = re.compile(r"<(/?)(kbd|a)\b[^>]*>")
HALVES = re.compile(r"[⟦⟧]|</?[gx]\b|&lt;")


class Seen:
    """Features that must be the same in a source and its draft."""

    def __init__(self, text: str, swapped: bool = False) -> None:
        self.constructs: Counter[tuple[str, ...]] = Counter()
        """Counts of a construct with all its parents; code and the like only with its image."""
        self.sizes: dict[str, list[int]] = {}
        """Content sizes of a construct by name: 0 nothing, 1 signs, 2 words or more."""
        self.breaks = 0
        self.doubtful_breaks = 0
        """Breaks at the end of markup, which some parsers see and others do not."""
        self._path = [""]
        self._size = [0]
        tokens = MARKDOWN.parseInline(text, {**REFERENCES})[0].children or []
        tokens = [token for token in tokens if token.type != "text" or token.content]
        self._walk(in_other_order(tokens) if swapped else tokens)
        self.counts = Counter({part: standing(part, text) for part in KNOWN})
        self.counts.update(re.findall(r"\d+", text))
        self.halves = HALVES.findall(text)
        bare = re.sub(r"`[^`]*`", "", text)
        self.order = re.findall(r"%[sd](?![^\W_])|(?<!\{)\{\}|</i>", bare)

    def _walk(self, tokens: list[Token]) -> None:
        for token, behind in zip_longest(tokens, tokens[1:]):
            tag = TAG.fullmatch(token.content)
            if token.type == "text":
                self._text(token.content.strip())
            elif token.info == "auto":
                linked = any(name.startswith("link") for name in self._path)
                self.constructs["address", str(token.attrGet("href")), str(linked)] += 1
                self._grow(2)
            elif token.nesting == 1 or (tag and not tag[1]):
                self._begin(f"{token.type} {token.attrGet('href') or token.content}".strip())
            elif token.nesting == -1 or (tag and f"<{tag[2]}" in self._path[-1]):
                self._end()
            elif token.type == "image":
                self._begin(f"image {token.attrGet('src')}")
                for part in set(KNOWN + IN_ORDER) - {*NUMBERS}:
                    self.constructs[self._path[-1], part] += standing(part, token.content)
                self._walk(token.children or [])
                self._end()
            elif token.type == "hardbreak" and not self._image():
                self.breaks += 1
                self.doubtful_breaks += not behind or behind.nesting < 0
            else:
                self.constructs[*self._image(), token.type, token.content] += 1
                self._grow(2 if token.type == "code_inline" else 1)

    def _text(self, content: str) -> None:
        words = re.search(r"[^\W_]|\{\}", content.replace("[^1]", ""))
        self._grow(2 if words else bool(content))
        self.constructs.update(("sign", sign) for sign in content if sign in "*_~`[]")
        for name in self._path:
            if name.startswith("link"):
                self.constructs["note in a link", name] += content.count("[^1]")

    def _image(self) -> list[str]:
        return [name for name in self._path if name.startswith("image")]

    def _begin(self, name: str) -> None:
        self.constructs[*self._path, name] += 1
        self._path.append(name)
        self._size.append(0)

    def _end(self) -> None:
        size = self._size.pop()
        self.sizes.setdefault(self._path.pop(), []).append(size)
        self._grow(size)

    def _grow(self, size: int) -> None:
        self._size[-1] = max(self._size[-1], size)


def in_other_order(tokens: list[Token]) -> list[Token]:
    """Swap strong emphasis and emphasis around the same words, as in ***a***."""
    inside: list[int] = []
    for at, token in enumerate(tokens):
        if token.nesting == 1:
            inside.append(at)
        elif token.nesting == -1:
            start = inside.pop()
            outer = tokens[start - 1 : start] + tokens[at + 1 : at + 2]
            if token.type == "strong_close" and [t.type for t in outer] == ["em_open", "em_close"]:
                tokens[start - 1 : start + 1] = tokens[start], tokens[start - 1]
                tokens[at : at + 2] = tokens[at + 1], tokens[at]
    return tokens


def standing(part: str, text: str) -> int:
    """Count a part as a separate word, not as a part of another word."""
    if part[0] == ":":
        return len(re.findall(rf"(?<![^\W_]){part}(?![^\W_])", text))
    if not (part[0] in "@#" or part[-1].isalnum()):
        return text.count(part)
    if "@" in part[1:] or "/" in part:
        return len(re.findall(rf"(?<![^\W_]){re.escape(part)}(?![^\s<>()\[\]⟫*_~]*[^\W_])", text))
    before = r"(?<![^\W_])" + r"(?<![@#/.&])" * (part[0] in "@#")
    # A term may get an ending.
    longest = "{5}" * (part.lower() in GLOSSARY.values() or part in TERMS)
    return len(re.findall(rf"{before}{re.escape(part)}(?![^\W_]{longest})", text))


ENDING = re.compile(f"(?:{'|'.join(TERMS)})[^\\W_]")


def damage(expected: str, draft: str, in_doubt: str = "") -> str:
    """Return the difference of two texts; empty if there is none."""
    here, there = Seen(expected), Seen(draft)
    doubt = in_doubt if there.doubtful_breaks or ENDING.search(draft) else ""
    return (difference(here, there) and difference(here, Seen(draft, True))) or doubt


def difference(here: Seen, there: Seen) -> str:
    if not there.breaks - there.doubtful_breaks <= here.breaks <= there.breaks:
        return "breaks"
    if lost := (here.counts - there.counts) or (there.counts - here.counts):
        return f"known part: {lost}"
    if moved := (here.constructs - there.constructs) or (there.constructs - here.constructs):
        return f"construct: {moved}"
    if here.order != there.order:
        return f"order: {there.order}"
    for name, sizes in here.sizes.items():
        pairs = zip(sorted(sizes), sorted(there.sizes[name]), strict=True)
        if any(now < was for was, now in pairs):
            return f"empty: {name}"
    return f"half a token: {there.halves}" if there.halves else ""


# A second way back from an answer, which repairs nothing.


def simply_restored(answer: str, protected: ProtectedText) -> str | None:
    """Restore the spans; return None if tokens or their nesting changed."""
    assert protected.form
    tags = bool(protected.form.open)
    trees = []
    for text in (protected.text, answer):
        try:
            trees.append(ET.fromstring(f"<r>{text if tags else as_xml(text, protected)}</r>"))
        except ET.ParseError:
            return None
    counts = [Counter((e.tag, str(e.get("id"))) for e in tree.iter()) for tree in trees]
    if counts[0] != counts[1] or nests(trees[0], protected) != nests(trees[1], protected):
        return None
    for element in trees[1].iter() if tags else ():
        if number := element.get("id"):
            hidden = protected.hidden[int(number)]
            element.text = "".join(span.text for span in hidden.spans) + (element.text or "")
            ET.SubElement(element, "end").text = "".join(span.text for span in hidden.ends)
    return "".join(trees[1].itertext())


def nests(tree: ET.Element, protected: ProtectedText) -> Counter[tuple[str, str]]:
    """Count the pairs of an element and its parent."""

    def named(element: ET.Element) -> str:
        if not (number := element.get("id")):
            return element.tag
        hidden = protected.hidden[int(number)]
        return element.tag + "".join(span.text for span in hidden.spans + hidden.ends)

    return Counter(
        (named(outer), named(inner)) for outer in tree.iter() for inner in outer if inner.tag != "x"
    )


def as_xml(answer: str, protected: ProtectedText) -> str:
    """Replace tokens by their spans, in an element where they are around words."""
    texts: dict[int, str] = {}
    for hidden in protected.hidden:
        for span in hidden.spans:
            texts[abs(span.pair)] = texts.get(abs(span.pair), "") + span.kind + span.text
    alike = list(texts.values())
    xml = escape(answer)
    for number, hidden in enumerate(protected.hidden):
        token = f"⟦{number}⟧"
        if xml.count(token) != 1:
            xml += "<lost>"
        parts = []
        for span in hidden.spans:
            name = f"p{alike.index(texts[abs(span.pair)])}"
            begin, end = f"<{name}>" * (span.pair > 0), f"</{name}>" * (span.pair < 0)
            parts.append(begin + escape(span.text) + end)
        xml = re.sub(" ?" * hidden.before + token + " ?" * hidden.behind, "\0", xml)
        xml = xml.replace("\0", "".join(parts))
    return xml


# The engine, and what becomes of its answers.

FORMS = ("token", "tags")
HARMLESS = ("", "space", "pad")
KINDS = (
    "",
    "drop",
    "double",
    "swap",
    "cross",
    "move",
    "alter",
    "renumber",
    "space",
    "pad",
    "escape",
    "digits",
)


class Case(NamedTuple):
    """A text after its round trip through the engine."""

    form: str
    kind: str
    """Requested kind of damage; empty if this text cannot be damaged so."""
    source: str
    answer: str
    draft: str | None
    """Draft; None if refused."""
    reason: str
    """Reason for the refusal; empty if accepted."""
    damage: str
    """Damage that was accepted, or that justifies the refusal; empty if there is none."""


def cases(first: int, last: int) -> Iterator[Case]:
    for number in range(first, last):
        source, expected = Generator(number).text()
        form, kind = FORMS[number % 2], KINDS[number // 2 % len(KINDS)]
        yield case(source, expected, form, kind)


def case(source: str, expected: str, form: str, kind: str) -> Case:
    engine = Pseudo(damage=1.0, kinds=[kind], form=form) if kind else Pseudo(form=form)
    assert engine.traits.form
    protected = protect(source, engine.traits.form, TERMS, LABELS, GLOSSARY)
    assert isinstance(protected, ProtectedText), source
    whole, answer = said(Pseudo(form=form), protected.text), said(engine, protected.text)
    kind = kind if answer != whole else ""
    draft = restore(answer, protected)
    reason = draft.reason if isinstance(draft, Damage) else refusal(source, draft)
    if not reason:
        assert isinstance(draft, str)
        return Case(form, kind, source, answer, draft, "", damage(expected, draft))
    simple = simply_restored(answer if kind not in HARMLESS else whole, protected)
    wrong = "tokens" if simple is None else damage(expected, simple, "in doubt")
    return Case(form, kind, source, answer, None, reason, wrong)


def said(engine: Pseudo, text: str) -> str:
    [(_, answer)] = engine.translate([text], "en", "ja", {})
    assert isinstance(answer, Answer)
    return answer.text


def refusal(source: str, draft: str) -> str:
    """Return the first error or warning about a draft; empty if it would be written."""
    problems = compare(source, draft, TERMS, LABELS, "en", "ja")
    return next((p.message for p in problems if p.severity is not Severity.INFO), "")


def figures(first: int = 0, last: int = SEGMENTS) -> dict[tuple[str, str], Counter[str]]:
    """Count the outcomes by form and kind of damage."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for one in cases(first, last):
        of = counts.setdefault((one.form, one.kind), Counter())
        accepted, damaged = one.draft is not None, bool(one.damage)
        of.update(
            texts=1,
            damaged=damaged,
            refused=not accepted,
            falsely_accepted=accepted and damaged,
            falsely_refused=not accepted and not damaged,
        )
    return counts


_MORE = pytest.mark.slow("thousands of texts")


@pytest.mark.parametrize(
    "portion", [n if n < 3 else pytest.param(n, marks=_MORE) for n in range(PORTIONS)]
)
def test_no_damaged_draft_is_accepted_and_no_undamaged_one_refused(portion: int) -> None:
    size = SEGMENTS // PORTIONS
    wrong = [
        one
        for one in cases(portion * size, (portion + 1) * size)
        if (one.draft is not None) == bool(one.damage)
    ]
    assert not wrong, wrong[:3]


def test_each_kind_does_harm_as_it_should() -> None:
    for (form, kind), counts in figures(0, 1200).items():
        some, every = counts["refused"] > 0, counts["refused"] == counts["texts"]
        expected = (kind not in HARMLESS, kind not in (*HARMLESS, "swap", "cross", "move"))
        assert (some, every) == expected, (form, kind)
