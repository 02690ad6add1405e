"""Structure of the package: layers, faces, and imports of libraries."""

from __future__ import annotations

import ast
import importlib
import sys
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pytest

import pipeline

ROOT = Path(pipeline.__file__).parent
TESTS = Path(__file__).parent

FLOORS = """
cli
gate
commands
pages drafting importers babel_extractor
rules project
article alignment catalogue
markdown language services
model findings errors faces ranges
encodings
"""
"""Packages from top to bottom; each imports only from lower ones."""

FLOOR = {
    name: floor
    for floor, names in enumerate(reversed(FLOORS.strip().splitlines()))
    for name in names.split()
}
LOOSE = {
    "__init__", "__main__", "babel_extractor", "encodings", "errors", "faces", "findings", "model",
    "ranges",
}  # fmt: skip
"""Modules outside of any package."""

LIBRARIES = {
    "babel": "language.locales",
    "bs4": "importers",
    "deep_translator": "drafting.engines",
    "filelock": "project.workspace",
    "jinja2": "pages.html",
    "junitparser": "gate.formats.junit",
    "language_tool_python": "gate.grammar.languagetool",
    "lxml": "importers.archive importers.word_file",
    "mammoth": "importers.word_file",
    "markdownify": "importers.html_markdown",
    "lt_py": "gate.grammar.lingotweaker",
    "latex2mathml": "markdown.formulas",
    "markdown_it": "markdown.rich_boxes markdown.rich_html",
    "mdit_py_plugins": "markdown.rich_boxes markdown.rich_html",
    "nh3": "pages.sanitise",
    "openpyxl": "importers.form_table",
    "polib": "catalogue.po.file",
    "py3langid": "language.detect",
    "pypandoc": "pages.documents",
    "pyromark": "markdown.parser",
    "rapidfuzz": "language.similarity",
    "readability": "importers.html_page",
    "regex": "catalogue.po.wrapping drafting.engines.answer_checks",
    "requests": "services.request drafting.engines gate.grammar.client",
    "rich": "cli.terminal gate.formats.printable",
    "shtab": "cli.arguments",
    "snowballstemmer": "rules.terms.stems",
    "tenacity": "drafting.engines.connection",
    "translate": "drafting.tmx",
    "urllib3": "services.request",
    "watchfiles": "cli.watch",
    "yaml": "markdown.frontmatter",
}
"""Module or package in which each third-party library is imported."""

PURE = {
    "model", "findings", "errors", "ranges",
    "markdown", "language", "article", "alignment", "rules",
}  # fmt: skip
"""Packages whose functions take and return values only."""

WORLD = {
    "builtins", "glob", "http", "importlib", "io", "multiprocessing", "os", "pathlib", "random",
    "shutil", "signal", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time",
    "urllib",
}  # fmt: skip
"""Imports forbidden in pure functions: files, processes, network, clock, randomness."""


class Import(NamedTuple):
    """A name imported from a module; the module itself if the name is empty."""

    module: str
    name: str
    line: int


class Module:
    """A parsed module; it is not imported."""

    def __init__(self, path: Path) -> None:
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        self.is_face = parts[-1] == "__init__"
        self.dotted = ".".join(parts[:-1] if self.is_face else parts)
        self.name = self.dotted.removeprefix("pipeline").removeprefix(".") or "__init__"
        self.package = self.name.partition(".")[0]
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        folder = TESTS / path.relative_to(ROOT).parent
        self.test_file = folder / f"test_{parts[-2] if self.is_face else parts[-1]}.py"

    @property
    def has_behaviour(self) -> bool:
        """Return whether any function or method in it does anything, unlike Protocol members."""
        return any(
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_stub(node.body)
            for node in ast.walk(self.tree)
        )

    @cached_property
    def imports(self) -> list[Import]:
        """Return all imports anywhere in it, including those for types."""
        results = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                results += [Import(alias.name, "", node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.name}: relative import"
                results += [Import(node.module or "", a.name, node.lineno) for a in node.names]
        return results

    @cached_property
    def ours(self) -> list[Import]:
        """Return the imports of the pipeline's own modules; a whole module has an empty name."""
        imports = []
        for module, name, line in self.imports:
            if module.partition(".")[0] == "pipeline":
                inner = f"{module}.{name}" in DOTTED
                imports.append(
                    Import(f"{module}.{name}" if inner else module, "" if inner else name, line)
                )
        return imports

    @property
    def defined(self) -> set[str]:
        """Return the public functions and classes of the module."""
        kinds = ast.FunctionDef | ast.ClassDef
        nodes = [node for node in self.tree.body if isinstance(node, kinds)]
        return {node.name for node in nodes if not node.name.startswith("_")}

    @property
    def exported(self) -> list[str]:
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                return list(ast.literal_eval(node.value))
        return []


def _is_stub(body: list[ast.stmt]) -> bool:
    """Return whether a body contains nothing but docstrings and ellipses."""
    return all(isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant) for n in body)


PATHS = sorted(ROOT.rglob("*.py"))
DOTTED = {
    ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in PATHS
}
MODULES = [Module(path) for path in PATHS]
PACKAGES = sorted({m.package for m in MODULES} - LOOSE)
FACES = {m.package: importlib.import_module(m.dotted) for m in MODULES if m.name in PACKAGES}


def package_of(dotted: str) -> str:
    return dotted.removeprefix("pipeline").removeprefix(".").partition(".")[0] or "__init__"


def test_no_module_stands_outside_a_package() -> None:
    assert {m.name for m in MODULES if m.package == m.name} - set(PACKAGES) == LOOSE
    assert set(PACKAGES) | LOOSE == set(FLOOR) | {"__init__", "__main__"}


def test_imports_go_down() -> None:
    up = [
        f"{m.name}:{line} imports {dotted}"
        for m in MODULES
        for dotted, _, line in m.ours
        if m.package in FLOOR
        and package_of(dotted) in FLOOR
        and package_of(dotted) != m.package
        and FLOOR[package_of(dotted)] >= FLOOR[m.package]
    ]
    assert up == []


def test_packages_take_from_each_other_what_the_face_offers() -> None:
    private = [
        f"{m.name}:{line} takes {dotted} {name}"
        for m in MODULES
        for dotted, name, line in m.ours
        if package_of(dotted) in PACKAGES and package_of(dotted) != m.package
        # The face itself may be taken; of it only what it offers.
        if dotted.count(".") > 1 or (name and name not in FACES[package_of(dotted)].__all__)
    ]
    assert private == []


def test_modules_of_a_package_do_not_take_from_its_face() -> None:
    through_the_face = [
        f"{m.name}:{line}"
        for m in MODULES
        for dotted, _, line in m.ours
        if dotted == f"pipeline.{m.package}" and m.name != m.package
    ]
    assert through_the_face == []


def test_imports_make_no_circle() -> None:
    # A face loads its modules when somebody asks, so its arrows are not looked at.
    rest = {
        m.dotted: {dotted for dotted, _, _ in m.ours} - {m.dotted}
        for m in MODULES
        if m.name not in PACKAGES
    }
    while rest:
        free = {name for name, needs in rest.items() if not needs & set(rest)}
        assert free, f"a circle among {sorted(rest)}"
        rest = {name: needs for name, needs in rest.items() if name not in free}


def test_faces_tell_types_and_offer_the_same_names() -> None:
    for name, face in FACES.items():
        module = next(m for m in MODULES if m.name == name)
        typed = {i.name: i.module for i in module.ours if i.name and i.module != "pipeline.faces"}
        assert sorted(typed) == face.__all__, name
        for offered, home in typed.items():
            assert getattr(face, offered) is getattr(importlib.import_module(home), offered)


def test_no_module_bears_the_name_of_what_a_face_offers() -> None:
    offered = {name for face in FACES.values() for name in face.__all__}
    assert {part for m in MODULES for part in m.name.split(".")} & offered == set()


def test_a_library_is_imported_in_its_room() -> None:
    provided = sys.stdlib_module_names | {"pipeline"}
    strays = [
        f"{m.name}:{line} imports {module}"
        for m in MODULES
        for module, _, line in m.imports
        if (library := module.partition(".")[0]) not in provided
        and not any(
            f"{m.name}.".startswith(f"{room}.") for room in LIBRARIES.get(library, "").split()
        )
    ]
    assert strays == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_room_has_its_library(library: str) -> None:
    for room in LIBRARIES[library].split():
        texts = [
            (ROOT.parent / m.dotted.replace(".", "/")).with_suffix(".py").read_text("utf-8")
            for m in MODULES
            if f"{m.name}.".startswith(f"{room}.") and not m.is_face
        ]
        ways = (
            f"import {library}",
            f"from {library}",
            f'"{library}.',
            f'import_module("{library}")',
        )
        assert any(way in text for text in texts for way in ways), room


def test_pure_packages_know_nothing_of_the_world() -> None:
    worldly = [
        f"{m.name}:{line} imports {module}"
        for m in MODULES
        if m.package in PURE
        for module, _, line in m.imports
        if module != "urllib.parse" and module.partition(".")[0] in WORLD
    ]
    assert worldly == []


def test_public_names_are_listed() -> None:
    for m in MODULES:
        if not m.is_face or m.defined:
            assert m.defined <= set(m.exported), m.name
            assert [n for n, count in Counter(m.exported).items() if count > 1] == [], m.name


def test_only_listed_names_are_taken() -> None:
    exported = {m.dotted: set(m.exported) for m in MODULES if m.name not in PACKAGES}
    private = [
        f"{m.name}:{line} takes {dotted}.{name}"
        for m in MODULES
        for dotted, name, line in m.ours
        if name and dotted in exported and dotted != "pipeline" and name not in exported[dotted]
    ]
    assert private == []


def test_only_the_terminal_prints() -> None:
    printing = {
        m.name
        for m in MODULES
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "sys.stdout.write")
    }
    assert printing == {"cli.terminal"}


def test_each_module_with_behaviour_has_a_test_file() -> None:
    missing = [
        str(m.test_file.relative_to(TESTS))
        for m in MODULES
        if m.has_behaviour and not m.test_file.exists()
    ]
    assert missing == []


def test_a_test_file_is_named_by_where_its_module_stands() -> None:
    files = {m.name: m.test_file.relative_to(TESTS).as_posix() for m in MODULES}
    assert files["faces"] == "test_faces.py"
    assert files["rules.terms.stems"] == "rules/terms/test_stems.py"
    assert files["drafting.engines"] == "drafting/engines/test_engines.py"
    behaving = {m.name for m in MODULES if m.has_behaviour}
    assert {"faces", "model", "drafting.engines", "project.workspace"} <= behaving
    assert not {"drafting.engines.contract", "rules.rule", "rules.drafts", "language"} & behaving
