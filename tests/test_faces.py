"""Faces of packages, whose names are loaded once, on first use."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = "a_package_for_this_test"


@pytest.fixture
def face() -> Iterator[ModuleType]:
    """Yield a package whose face offers names of two modules that are not loaded yet."""
    package = ModuleType(HOME)
    sys.modules[HOME] = package
    for name, value in (("one", 1), ("two", 2)):
        module = ModuleType(f"{HOME}.{name}")
        vars(module).update({name.upper(): value, f"_{name}": value})
        sys.modules[module.__name__] = module
    package.__getattr__, package.__dir__, package.__all__ = lazy_face(  # type: ignore[method-assign,attr-defined]
        HOME, {"one": "ONE", "two": "TWO LOST"}
    )
    yield package
    for name in (HOME, f"{HOME}.one", f"{HOME}.two"):
        del sys.modules[name]


def test_a_face_lists_what_it_offers(face: ModuleType) -> None:
    assert face.__all__ == ["LOST", "ONE", "TWO"]


def test_a_name_is_looked_up_once(face: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    load = face.__getattr__

    def note(name: str) -> object:
        asked.append(name)
        return load(name)

    monkeypatch.setattr(face, "__getattr__", note)
    assert [face.ONE, face.ONE, face.TWO, face.ONE] == [1, 1, 2, 1]
    assert asked == ["ONE", "TWO"]


@pytest.mark.parametrize("name", ["three", "one", "_one", "Three", "__path__"])
def test_a_name_that_is_not_offered(face: ModuleType, name: str) -> None:
    with pytest.raises(AttributeError) as caught:
        getattr(face, name)
    assert str(caught.value) == f"module {HOME!r} has no attribute {name!r}"
    assert not hasattr(face, name)


def test_a_name_that_its_module_lacks(face: ModuleType) -> None:
    with pytest.raises(AttributeError, match=f"module '{HOME}.two' has no attribute 'LOST'"):
        face.LOST  # noqa: B018 - the look-up is what is tested


def loaded(program: str) -> set[str]:
    """Return the language modules that are loaded when a program ends."""
    program += "\nimport sys; print(*(m for m in sys.modules if m.startswith('pipeline.language')))"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return {name.removeprefix("pipeline.language").lstrip(".") for name in run.stdout.split()}


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    assert loaded("import pipeline.language") == {""}
    assert loaded("from pipeline import language; language.__all__") == {""}
    assert loaded("import pipeline.language\nhasattr(pipeline.language, 'parse')") == {""}
    assert loaded("from pipeline.language import parse_tag") == {"", "tags"}
    assert loaded("import pipeline.language\npipeline.language.parse_tag") == {"", "tags"}
