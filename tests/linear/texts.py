"""One odd text: protected, restored, and its draft checked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pipeline.drafting.protect.protect import ProtectedText, protect, restore
from pipeline.gate.document import CheckedText, Document
from pipeline.markdown.marks import Form, count_constructs, count_numbers
from pipeline.model import State, Unit
from tests.linear.odd import DIALECTS, INLINE

if TYPE_CHECKING:
    from tests.counting import Task, Work
    from tests.linear.odd import Odd

__all__ = ["TEXTS"]

_FORMS = (Form("Xq{n}z"), Form('<x id="{n}"/>', '<g id="{n}">', "</g>", True))
_LABELS = frozenset({"a1"})


def _handled(text: str) -> None:
    _protected(text)
    _checked(text)


def _protected(text: str) -> None:
    for form in _FORMS:
        protected = protect(text, form, ("One",), _LABELS, {"word": "mot"})
        if isinstance(protected, ProtectedText):
            restore(protected.text, protected)
    count_constructs(text, _LABELS)
    count_numbers(text)


def _checked(text: str) -> None:
    unit = Unit("a", text, text + " z?", State.REVIEWED)
    passage = CheckedText("a", unit.target, unit=unit)
    Document("fr", [passage], source_locale="en", terms=("One",), labels=_LABELS).problems({})


def _work(text: Odd, size: int) -> Task:
    return partial(_handled, text(size))


TEXTS: dict[str, Work] = {
    name: partial(_work, text)
    for name, text in {**INLINE, **DIALECTS}.items()
    if "\n" not in text(1000)
}
