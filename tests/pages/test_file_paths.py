"""Paths of files in pages that are built in another folder than their source."""

from __future__ import annotations

import pytest

from pipeline.pages.file_paths import file_paths, move_paths

THERE = frozenset(
    {
        "assets/a.png",
        "assets/é è.png",
        "docs/b.png",
        "docs/c.pdf",
        "docs/parts/One.jsx",
        "docs/parts/two/index.ts",
        "docs/other.md",
        "docs/both.png",
        "docs/fr/both.png",
    }
)
SAME = ("docs/a.md", "docs/z.md")
DEEPER = ("docs/a.md", "docs/fr/a.md")
BESIDE = ("docs/a.md", "i18n/fr/a.md")
PATHS = {
    "picture": ("![A](b.png)", "![A](../b.png)"),
    "picture with a title": ('![A](../assets/a.png "T")', '![A](../../assets/a.png "T")'),
    "link": ("[A](<c.pdf>) [b](c.pdf#x?y)", "[A](<../c.pdf>) [b](../c.pdf#x?y)"),
    "with signs": ("![A](../assets/%C3%A9%20%C3%A8.png)", "![A](../../assets/%C3%A9%20%C3%A8.png)"),
    "definition": ("[A]\n\n[A]: ./b.png", "[A]\n\n[A]: ../b.png"),
    "HTML": (
        "<img src='b.png'> <a href=\"./c.pdf\">",
        "<img src='../b.png'> <a href=\"../c.pdf\">",
    ),
    "import": ("import A from './parts/One'", "import A from '../parts/One'"),
    "import of a folder": ('export * from "./parts/two"', 'export * from "../parts/two"'),
    "import by a loader": ("import A from '!!raw!./b.png';", "import A from '!!raw!../b.png';"),
    "expression": ("<A b={require('./b.png')} />", "<A b={require('../b.png')} />"),
    "front matter": (
        "---\nfile: ../assets/a.png\nlist:\n  - ./b.png\n---\n",
        "---\nfile: ../../assets/a.png\nlist:\n  - ../b.png\n---\n",
    ),
}
LEFT = {
    "article": "[A](other.md) [b](./other.md#c)",
    "nothing is there": "![A](./d.png) [b](d/e.pdf)",
    "both are there": "![A](both.png)",
    "code": "`![A](b.png)` é ``<img src='b.png'>``",
    "block of code": "```\n![A](b.png)\n```\n\n    ![A](b.png)",
    "address": "![A](/docs/b.png) ![A](https://docs/b.png) <a href='#b.png'>",
    "no name of a file": "![A](b%00.png) ![A](%ff.png) <img src='\0.png'>",
    "words": "See ./b.png and (b.png).",
    "out of the project": "![A](../../b.png)",
}


@pytest.mark.parametrize(("source", "built"), PATHS.values(), ids=PATHS)
def test_paths_of_files_lead_where_they_led(source: str, built: str) -> None:
    assert move_paths(source.encode(), *DEEPER, THERE.__contains__).decode() == built
    assert move_paths(source.encode(), *SAME, THERE.__contains__).decode() == source


@pytest.mark.parametrize(("source", "built"), PATHS.values(), ids=PATHS)
def test_they_can_be_taken_back(source: str, built: str) -> None:
    there, back = DEEPER
    again = move_paths(built.encode(), back, there, THERE.__contains__)
    assert move_paths(again, there, back, THERE.__contains__).decode() == built
    assert [one.path.removeprefix("./") for one in file_paths(again)] == [
        one.path.removeprefix("./") for one in file_paths(source.encode())
    ]


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_other_paths_stay(text: str) -> None:
    assert move_paths(text.encode(), *DEEPER, THERE.__contains__).decode() == text


def test_paths_are_spelt_as_in_the_source() -> None:
    there, back = DEEPER
    for source in ("![A](./b.png)", "![A](b.png)", "![A](parts/../b.png)"):
        moved_page = move_paths(
            b"![B](../b.png)", back, there, THERE.__contains__, like=source.encode()
        )
        assert moved_page == source.replace("A", "B").encode()


def test_a_path_by_way_of_the_root_is_spelt_as_in_the_source() -> None:
    there, back = "source/salt/fr.md", "build/fr/salt.md"
    files = {"source/salt/cup.png"}
    built = move_paths(b"![A](cup.png)", there, back, files.__contains__)
    assert built == b"![A](../../source/salt/cup.png)"
    assert (
        move_paths(built, back, there, files.__contains__, like=b"![](cup.png)") == b"![A](cup.png)"
    )
    assert move_paths(built, back, there, files.__contains__) == built


def test_another_folder() -> None:
    there = move_paths(b"![A](b.png) ![B](../assets/a.png)", *BESIDE, THERE.__contains__)
    assert there == b"![A](../../docs/b.png) ![B](../../assets/a.png)"
