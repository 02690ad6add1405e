"""Functions that read one text, each with texts that are odd for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pipeline.alignment.features import read
from pipeline.alignment.splitting import Division
from pipeline.article.damage import find_damage
from pipeline.article.reading import read_article
from pipeline.drafting.engines.forms import FORMS
from pipeline.drafting.protect.protect import Protected, protect, restore
from pipeline.rules.fidelity.comparison import compare
from pipeline.rules.typography.languages import habits
from pipeline.rules.typography.rules import check_typography
from tests.linear import odd

if TYPE_CHECKING:
    from pipeline.markdown.marks import Form
    from tests.counting import Task, Work
    from tests.linear.odd import Odd

__all__ = ["ALIGNMENT", "MARKUP", "PROTECTION", "TYPOGRAPHY"]

_LABELS = frozenset({"ref"})
_NOTES = frozenset({"1"})
_TIMES = {"code": 48}
"""Texts of many damaged marks, each of which is repaired, begin above `differences._LONGEST`."""
_TWO_TEXTS = read_article(b"One is here.\n\nTwo is there.\n", "en.md")


def _features(text: Odd, size: int) -> Task:
    return partial(read, text(size), "paragraph")


def _divided(text: Odd, size: int) -> Task:
    version = read_article(text(size).encode(), "fr.md")
    return partial(Division(_TWO_TEXTS, version).shares, (0, 1), text(size))


def _damage(text: Odd, size: int) -> Task:
    return partial(find_damage, "a", text(size), _LABELS, _NOTES)


def _compared(texts: tuple[Odd, Odd], times: int, size: int) -> Task:
    source, target = (text(times * size) for text in texts)
    return partial(compare, source, target, ("Ada Byron", "@abc"), _LABELS, "en", "fr")


def _typography(text: Odd, size: int) -> Task:
    def task() -> None:
        for locale in ("fr", "es"):
            check_typography(odd_text, locale, habits([odd_text], locale))

    odd_text = text(size)
    return task


def _protect(text: str, form: Form) -> Protected:
    protected = protect(text, form, ("Core",), _LABELS, {"expert": "spécialiste"})
    assert isinstance(protected, Protected)
    return protected


def _answered(answer: Odd, form: Form, size: int) -> Task:
    return partial(restore, answer(size), _protect("*a* `b`", form))


def _hidden(text: Odd, form: Form, size: int) -> Task:
    def task() -> None:
        protected = _protect(source, form)
        restore(protected.text.replace(" ", "  ").replace(">", ">  "), protected)
        restore(protected.text, protected)

    source = text(size)
    return task


ALIGNMENT: dict[str, Work] = {
    **{f"features of {n}": partial(_features, text) for n, text in odd.RUNS.items()},
    **{f"divided at {n}": partial(_divided, text) for n, text in odd.SENTENCE_ENDS.items()},
}
MARKUP: dict[str, Work] = {
    **{f"damage by {n}": partial(_damage, text) for n, text in odd.DAMAGED.items()},
    **{
        f"{n}, compared": partial(_compared, both, _TIMES.get(n, 1))
        for n, both in odd.TRANSLATIONS.items()
    },
}
TYPOGRAPHY: dict[str, Work] = {n: partial(_typography, text) for n, text in odd.TYPOGRAPHY.items()}
PROTECTION: dict[str, Work] = {
    **{
        f"{n}, answered by {engine}": partial(_answered, answer, FORMS[engine])
        for engine in ("google", "pseudo", "deepl", "chatgpt")
        for n, answer in odd.ANSWERS.items()
    },
    **{
        f"{n}, hidden from {engine}": partial(_hidden, text, FORMS[engine])
        for engine in ("pseudo", "deepl")
        for n, text in odd.HIDDEN.items()
    },
}
