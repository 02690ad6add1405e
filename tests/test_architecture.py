"""The shape of the package: layers, borders to libraries, sizes, names."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import pipeline

ROOT = Path(pipeline.__file__).parent
SELF = "pipeline"

LAYERS = {
    5: "cli parser options checking terminal watch __main__",
    4: "commands comparing parallel rerun settled drafting job gate subjects repair chain pages"
    " outputs scaffold presets babel_extractor",
    3: "extract align beads division doubts evidence fill lexicon marks order sections merge"
    " translate check build copies windows damage bones status suggestions rules noise proofread"
    " selection baseline",
    2: "workspace layout project files record versions catalogues pofile poblocks poentry poplain"
    " poread memory answers verdicts store tmx tmxmarkup revisions exchange excerpts engines"
    " grammar report",
    1: "article markdown dialects dialect_lines dialect_code dialect_shapes"
    " components formulas opaque folding anchors relative notation frontmatter structured"
    " htmltext rebuild markup settings similar languages plain places setting_values"
    " setting_meanings glossary protection tokens nesting spans blanks languagetags",
    0: "model findings errors __init__",
}
LAYER = {name: layer for layer, names in LAYERS.items() for name in names.split()}

LIBRARIES = {
    "babel": {"languages"},
    "deep_translator": {
        f"engines.{name}"  # each asks the wire for the module of its service
        for name in ("chatgpt", "deepl", "google", "libretranslate", "microsoft", "mymemory")
    },
    "jinja2": {"report.page"},
    "junitparser": {"report.formats.as_junit"},
    "language_tool_python": {"grammar.languagetool"},
    "lt_py": {"grammar.lingotweaker"},
    "nh3": {"report.sanitise"},
    "polib": {"poread", "poentry", "poplain"},  # read in one, written in one, escapes in one
    "pyromark": {"markdown"},
    "rapidfuzz": {"similar"},
    "regex": {"engines.judgement"},
    "requests": {"engines.google", "engines.wire", "exchange", "grammar.client"},
    "rich": {"terminal", "report.formats.screen"},
    "shtab": {"parser"},
    "snowballstemmer": {"rules.stems"},
    "tenacity": {"engines.wire"},
    "translate": {"tmx"},
    "urllib3": {"exchange"},
    "watchfiles": {"watch"},
    "yaml": {"frontmatter"},
}

OUTSIDE = {
    "builtins", "fcntl", "glob", "http", "importlib", "io", "multiprocessing", "os", "pathlib",
    "random", "shutil", "signal", "socket", "sqlite3", "subprocess", "sys", "tempfile",
    "threading", "time", "urllib",
}  # fmt: skip
"""What a stage has no business with: files, processes, the network, the clock, chance."""

LINES = 300


class Module:
    """A module as its text says, without importing it."""

    def __init__(self, path: Path) -> None:
        parts = path.relative_to(ROOT).with_suffix("").parts
        self.name = ".".join(parts)
        self.top = parts[0] if parts[-1] != "__init__" or len(parts) > 1 else "__init__"
        self.lines = path.read_text(encoding="utf-8").splitlines()
        self.tree = ast.parse("\n".join(self.lines))
        self.exported = self._exported()

    def imports(self) -> set[tuple[str, str]]:
        """Give what is imported anywhere in it, for types too: module and name in it."""
        found = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {(alias.name, "") for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.name}: relative import"
                found |= {(node.module or "", alias.name) for alias in node.names}
        return found

    def ours(self) -> set[tuple[str, str]]:
        """Give the modules of the package that are imported, each with a name, if one is taken."""
        found = set()
        for module, name in self.imports():
            if module == SELF:
                found.add((name if name in LAYER else "__init__", ""))
            elif module.startswith(f"{SELF}."):
                found.add((module.removeprefix(f"{SELF}."), name))
        return found

    def defined(self) -> set[str]:
        """Give the functions and classes of the module that have a public name."""
        kinds = ast.FunctionDef | ast.ClassDef
        nodes = [node for node in self.tree.body if isinstance(node, kinds)]
        return {node.name for node in nodes if not node.name.startswith("_")}

    def _exported(self) -> list[str] | None:
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                names = ast.literal_eval(node.value)
                assert isinstance(names, list)
                return names
        return None


MODULES = {module.name: module for module in map(Module, sorted(ROOT.rglob("*.py")))}
"""All modules of the package by name, such as ``engines.google``."""

each = pytest.mark.parametrize("module", MODULES.values(), ids=list(MODULES))


def test_every_module_has_a_layer() -> None:
    assert {module.top for module in MODULES.values()} == set(LAYER)


@each
def test_imports_go_down(module: Module) -> None:
    mine = LAYER[module.top]
    up = {name for name, _ in module.ours() if LAYER[name.partition(".")[0]] > mine}
    assert not up, f"layer {mine} imports {up}"


def test_imports_make_no_circle() -> None:
    rest = {
        name: {other for other, _ in module.ours() if other in MODULES and other != name}
        for name, module in MODULES.items()
    }
    while rest:
        free = {name for name, needs in rest.items() if not needs & set(rest)}
        assert free, f"a circle among {sorted(rest)}"
        rest = {name: needs for name, needs in rest.items() if name not in free}


@each
def test_a_library_is_imported_in_one_place(module: Module) -> None:
    known = sys.stdlib_module_names | {SELF}
    tops = {name.partition(".")[0] for name, _ in module.imports()}
    foreign = tops - known
    assert foreign <= set(LIBRARIES), "a library without a border"
    assert {name for name in foreign if module.name not in LIBRARIES[name]} == set()


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_border_of_a_library_is_where_we_say(library: str) -> None:
    for name in LIBRARIES[library]:
        text = "\n".join(MODULES[name].lines)
        ways = (
            f"import {library}",
            f"from {library}",
            f'"{library}.',
            f'import_module("{library}")',
        )
        assert any(way in text for way in ways)


@pytest.mark.parametrize(
    "module", [m for m in MODULES.values() if LAYER.get(m.top) in (0, 1, 3)], ids=lambda m: m.name
)
def test_a_stage_knows_nothing_of_the_world(module: Module) -> None:
    used = {name.partition(".")[0] for name, _ in module.imports() if name != "urllib.parse"}
    assert used & OUTSIDE == set()


@each
def test_a_module_holds_one_thing(module: Module) -> None:
    assert len(module.lines) <= LINES


@each
def test_public_names_are_listed(module: Module) -> None:
    if module.exported is None:
        assert not module.defined()
        return
    assert len(set(module.exported)) == len(module.exported)
    assert module.defined() <= set(module.exported)


@each
def test_only_listed_names_are_taken(module: Module) -> None:
    private = {
        f"{other}.{name}"
        for other, name in module.ours()
        if name
        and f"{other}.{name}" not in MODULES
        and other in MODULES
        and name not in (MODULES[other].exported or ())
    }
    assert private == set()


def test_only_the_terminal_prints() -> None:
    printing = {
        name
        for name, module in MODULES.items()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "sys.stdout.write")
    }
    assert printing == {"terminal"}
