"""All laws: the property tests of this folder, and those of the design."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import is_hypothesis_test

from tests import test_laws
from tests.fuzz import test_articles, test_catalogues, test_projects, test_texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

__all__ = ["laws"]

_MODULES = (test_laws, test_articles, test_catalogues, test_texts, test_projects)


def laws() -> dict[str, Callable[[], None]]:
    """Return the laws by name, such as ``articles.a_mark_comes_back_in_every_place``."""
    return {
        f"{_short(module)}.{name.removeprefix('test_')}": law
        for module in _MODULES
        for name, law in vars(module).items()
        if name.startswith("test_") and is_hypothesis_test(law)
    }


def _short(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2].removeprefix("test_")
