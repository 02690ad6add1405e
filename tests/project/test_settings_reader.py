"""Setting values checked against their defaults; `test_settings` covers each setting's values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.errors import UsageError
from pipeline.project.settings_reader import SettingError, override, read, setting_names

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Inner:
    name: str = "a"
    share: float = 0.5


@dataclass(frozen=True)
class Outer:
    words: tuple[str, ...] = ()
    quiet: bool = False
    inner: Inner = Inner()
    tables: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)


def shout(name: str, value: str) -> str:
    if not value:
        raise UsageError(f"'{name}' is empty")
    return value.upper()


MEANT = {"inner.name": shout}


def test_names_are_in_the_order_of_the_table() -> None:
    assert setting_names(Outer()) == ("words", "quiet", "inner", "tables", "folders")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, Outer()),
        ({"words": ["a", "b"], "quiet": True}, Outer(("a", "b"), True)),
        ({"inner": {"name": "b"}}, Outer(inner=Inner("B"))),
        ({"inner": {"share": 1}}, Outer(inner=Inner(share=1.0))),
        ({"tables": {"x": {"y": 1}}}, Outer(tables={"x": {"y": 1}})),
        ({"folders": {"fr": "x"}}, Outer(folders={"fr": "x"})),
    ],
)
def test_values_go_in_the_place_of_defaults(data: dict[str, object], expected: Outer) -> None:
    default = Outer()
    assert read(default, data, MEANT) == expected
    assert default == Outer()


@pytest.mark.parametrize(
    ("data", "path", "message"),
    [
        ({"word": []}, ("word",), "unknown setting 'word'; did you mean 'words'?"),
        ({"inner": {"xyz": 1}}, ("inner", "xyz"), "'inner.xyz'; available: name, share"),
        ({"words": "a"}, ("words",), "setting 'words' must be a list of strings, found: 'a'"),
        ({"words": [1]}, ("words",), "must be a list of strings, found: [1]"),
        ({"quiet": 1}, ("quiet",), "must be true or false, found: 1"),
        ({"inner": 1}, ("inner",), "must be a table, such as [inner], found: 1"),
        ({"inner": {"name": 1}}, ("inner", "name"), "setting 'inner.name' must be a string"),
        ({"inner": {"name": ""}}, ("inner", "name"), "'inner.name' is empty"),
        ({"inner": {"share": True}}, ("inner", "share"), "a number from 0 to 1, found: True"),
        ({"inner": {"share": 1.1}}, ("inner", "share"), "a number from 0 to 1, found: 1.1"),
        ({"tables": {"x": 1}}, ("tables",), "must be a table of tables, such as [tables.…]"),
        ({"folders": {"x": 1}}, ("folders",), "must be a table of strings, such as [folders.…]"),
    ],
)
def test_what_does_not_fit_is_named(
    data: dict[str, object], path: tuple[str, ...], message: str
) -> None:
    with pytest.raises(SettingError) as caught:
        read(Outer(), data, MEANT)
    assert message in str(caught.value)
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (("quiet",), "yes", Outer(quiet=True)),
        (("quiet",), "TRUE", Outer(quiet=True)),
        (("quiet",), "0", Outer()),
        (("words",), "a, b,,", Outer(("a", "b"))),
        (("words",), "", Outer()),
        (("inner", "name"), "b", Outer(inner=Inner("B"))),
        (("inner", "share"), "0.25", Outer(inner=Inner(share=0.25))),
    ],
)
def test_a_variable_of_the_environment(path: tuple[str, ...], text: str, expected: Any) -> None:
    assert override(Outer(), path, text, MEANT) == expected


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        (("quiet",), "perhaps", "must be true or false, found: 'perhaps'"),
        (("inner", "share"), "much", "must be a number from 0 to 1, found: 'much'"),
        (("inner", "share"), "nan", "must be a number from 0 to 1, found: nan"),
        (("inner", "name"), "", "'inner.name' is empty"),
    ],
)
def test_a_variable_that_does_not_fit(path: tuple[str, ...], text: str, message: str) -> None:
    with pytest.raises(SettingError) as caught:
        override(Outer(), path, text, MEANT)
    assert message in str(caught.value)
    assert caught.value.path == path
