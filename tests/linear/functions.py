"""Functions that read one text, each with odd texts.

The texts are longer than those of the other tables: a regex that is quadratic takes few
instructions for each pair of characters, which texts of some hundred characters do not show.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pipeline.alignment.features import read_features
from pipeline.alignment.splitting import Division
from pipeline.article.damage import find_damage
from pipeline.article.reading import read_article
from pipeline.article.rebuilding import rebuild
from pipeline.catalogue.po.wrapping import wrap_field
from pipeline.drafting.engines.forms import FORMS
from pipeline.drafting.protect.protect import ProtectedText, protect, restore
from pipeline.rules.fidelity.comparison import compare
from pipeline.rules.typography.languages import habits
from pipeline.rules.typography.rules import check_typography
from tests.linear import odd

if TYPE_CHECKING:
    from pipeline.markdown.marks import Form
    from tests.counting import Task, Work
    from tests.linear.odd import Odd

__all__ = ["ALIGNMENT", "MARKUP", "PROTECTION", "READING", "TYPOGRAPHY", "WRAPPING"]

_LABELS = frozenset({"ref"})
_NOTES = frozenset({"1"})
_TIMES = 8
_MANY_TIMES = {"code": 6}
"""Factors by name; texts of many repaired marks thus begin above `differences._LONGEST`."""
_READ_TIMES = 128
_HUGE = (
    "experts",
    "items in one line",
    "nested lists",
    "nested quotes",
    "one long line",
    "open brackets",
    "nested braces",
    "shortcodes in one line",
)
"""Shapes of the huge files that `tests.test_linear` reads, here about ten thousand characters."""
_TWO_TEXTS = read_article(b"One is here.\n\nTwo is there.\n", "en.md")


def _read_whole(text: Odd, size: int) -> Task:
    def task() -> None:
        rebuild(read_article(data, ""), {})

    data = text(_READ_TIMES * size).encode()
    return task


def _features(text: Odd, size: int) -> Task:
    return partial(read_features, text(_TIMES * size), "paragraph")


def _divided(text: Odd, size: int) -> Task:
    version_text = text(_TIMES * size)
    version = read_article(version_text.encode(), "fr.md")
    return partial(Division(_TWO_TEXTS, version).divide, (0, 1), version_text)


def _damage(text: Odd, size: int) -> Task:
    return partial(find_damage, "a", text(_TIMES * size), _LABELS, _NOTES)


def _compared(texts: tuple[Odd, Odd], times: int, size: int) -> Task:
    source, target = (text(times * _TIMES * size) for text in texts)
    return partial(compare, source, target, ("Ada Byron", "@abc"), _LABELS, "en", "fr")


def _typography(text: Odd, size: int) -> Task:
    def task() -> None:
        for locale in ("fr", "es"):
            check_typography(odd_text, locale, habits([odd_text], locale))

    odd_text = text(_TIMES * size)
    return task


def _wrapped(text: Odd, size: int) -> Task:
    return partial(wrap_field, "msgid", text(_TIMES * size), 79, "")


def _protect(text: str, form: Form) -> ProtectedText:
    protected = protect(text, form, ("Core",), _LABELS, {"expert": "spécialiste"})
    assert isinstance(protected, ProtectedText)
    return protected


def _answered(answer: Odd, form: Form, size: int) -> Task:
    return partial(restore, answer(_TIMES * size), _protect("*a* `b`", form))


def _hidden(text: Odd, form: Form, size: int) -> Task:
    def task() -> None:
        protected = _protect(source, form)
        restore(protected.text.replace(" ", "  ").replace(">", ">  "), protected)
        restore(protected.text, protected)

    source = text(_TIMES * size)
    return task


_SHAPES = {**odd.LISTS, **odd.INLINE, **odd.BLOCKS, **odd.DIALECTS}
READING: dict[str, Work] = {n: partial(_read_whole, _SHAPES[n]) for n in _HUGE}
ALIGNMENT: dict[str, Work] = {
    **{f"features of {n}": partial(_features, text) for n, text in odd.RUNS.items()},
    **{f"divided at {n}": partial(_divided, text) for n, text in odd.SENTENCE_ENDS.items()},
}
MARKUP: dict[str, Work] = {
    **{f"damage by {n}": partial(_damage, text) for n, text in odd.DAMAGED.items()},
    **{
        f"{n}, compared": partial(_compared, both, _MANY_TIMES.get(n, 1))
        for n, both in odd.TRANSLATIONS.items()
    },
}
TYPOGRAPHY: dict[str, Work] = {n: partial(_typography, text) for n, text in odd.TYPOGRAPHY.items()}
WRAPPING: dict[str, Work] = {n: partial(_wrapped, text) for n, text in odd.WRAPPED.items()}
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
