"""Documents compared with the code, and their commands run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import pytest
import yaml

import pipeline
from docs import hooks, reference
from docs.picture import PICTURE, draw
from pipeline import __version__
from pipeline.alignment.lattice import DOUBTS
from pipeline.cli import arguments, exit_codes
from pipeline.cli.program import main
from pipeline.drafting.engines import ENGINES
from pipeline.gate.formats import FORMATS
from pipeline.pages.heading_ids import github_slug
from pipeline.project.settings import load_settings
from pipeline.project.settings_reader import setting_names
from pipeline.project.sites import PRESETS
from pipeline.rules.codes import RULES, explain
from tests.test_architecture import FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

PAGES = sorted(path.relative_to(ROOT).as_posix() for path in DOCS.rglob("*.md"))
FOR_USERS = ["README.md", *PAGES]
DOCUMENTS = [*sorted(path.name for path in ROOT.glob("*.md")), *PAGES]
"""All documents; those for users are compared with the code in more ways."""


def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


# The generated pages


def test_the_reference_has_every_setting_of_every_table() -> None:
    shown = reference.settings()
    for prefix, (_, table) in reference.TABLES.items():
        for name in setting_names(table()):
            nested = any(f"{prefix}{name}." == other for other in reference.TABLES)
            assert nested is (f"### `{prefix}{name}`" not in shown), name


def test_a_setting_is_shown_with_its_docstring_default_type_and_variable() -> None:
    assert (
        "### `locales`\n\nLocales to translate into.\n\n- Default: none\n- Type: list of texts\n"
        "- Environment variable: `PIPELINE_LOCALES`\n\n"
    ) in reference.settings()


def test_the_reference_has_every_engine_with_its_options() -> None:
    shown = reference.settings()
    for name in ENGINES:
        assert f"### `engine.{name}`\n\n" in shown
    assert "Key: `DEEPL_API_KEY`\n\n| option | default |" in shown
    assert "| `formality` | `default` |" in shown


def test_the_reference_has_every_code_with_all_that_the_command_says() -> None:
    shown = reference.codes()
    assert re.findall(r"^### ([A-Z]{2}\d+)$", shown, re.M) == sorted(
        RULES, key=lambda code: (list(reference.FAMILIES).index(code[:2]), code)
    )
    words = _words(shown)
    for code in RULES:
        for paragraph in explain(code).partition(": ")[2].split("\n\n"):
            assert _words(paragraph) in words


def _words(text: str) -> str:
    """Return the words of a text, without its Markdown, and without characters nobody sees."""
    seen = "".join(c for c in text if c == "\n" or c.isprintable())
    return " ".join(re.findall(r"\w+", re.sub(r"~~~~text|\\|\[U\+\w+\]", "", seen)))


def test_the_reference_has_every_family_of_codes() -> None:
    assert set(reference.FAMILIES) == {code[:2] for code in RULES}


def test_an_example_is_in_a_fence_and_hides_no_character() -> None:
    shown = reference.codes()
    assert "Bad:\n\n~~~~text\nPourquoi? Parce que.\n~~~~" in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", shown)


def test_the_reference_has_every_command_with_every_option() -> None:
    shown = reference.commands()
    _, parsers = arguments.build_parsers()
    sections = dict(
        re.findall(r"^## pipeline ([\w-]+) \{#[\w-]+\}\n(.*?)(?=^## |\Z)", shown, re.M | re.S)
    )
    assert sections.keys() == parsers.keys()
    for name, parser in parsers.items():
        for action in parser._actions:
            for option in action.option_strings or [str(action.metavar or action.dest)]:
                assert option in sections[name] or not action.option_strings
            assert reference._cell(action.help or "") in sections[name]


def test_the_reference_has_every_exit_code() -> None:
    shown = reference.exit_code_table()
    codes = {getattr(exit_codes, name) for name in exit_codes.__all__}
    assert {int(code) for code in re.findall(r"^\| (\d+) \| \w", shown, re.M)} == codes


def test_the_reference_has_every_name_of_the_library() -> None:
    shown = re.findall(r"^::: pipeline\.(\w+)$", reference.library(), re.M)
    assert sorted(shown) == sorted(pipeline.__all__)


def test_every_generated_text_has_a_page_and_every_page_its_text() -> None:
    pages = {page: text_of(page) for page in PAGES}
    asked = re.findall(r"<!-- begin (generated|included): (.+?) -->", "".join(pages.values()))
    assert sorted(name for kind, name in asked if kind == "generated") == sorted(
        reference.GENERATED
    )
    included = {name for kind, name in asked if kind == "included"}
    assert included == set(hooks.INCLUDED) - {"README.md"}
    for page, text in pages.items():
        assert "<!-- begin" not in hooks.fill(text, page.removeprefix("docs/"))


@pytest.mark.parametrize(
    ("link", "path", "page", "expected"),
    [
        ("README.md", "ARCHITECTURE.md", "explanation/architecture.md", "../index.md"),
        ("DECISIONS.md#1-a", "ARCHITECTURE.md", "explanation/architecture.md", "decisions.md#1-a"),
        ("docs/guides/ci.md", "CHANGELOG.md", "project/changelog.md", "../guides/ci.md"),
        ("../CONTRIBUTING.md", "docs/index.md", "index.md", "project/contributing.md"),
        (
            "../../.pre-commit-hooks.yaml",
            "docs/guides/ci.md",
            "guides/ci.md",
            "../files/pre-commit-hooks.yaml",
        ),
        ("editors.md#glossary", "docs/guides/ci.md", "guides/ci.md", "editors.md#glossary"),
        ("#glossary", "docs/guides/ci.md", "guides/ci.md", "#glossary"),
        (
            "https://example.org/README.md",
            "ARCHITECTURE.md",
            "explanation/architecture.md",
            "https://example.org/README.md",
        ),
        ("../../LICENSE", "docs/guides/ci.md", "guides/ci.md", "../../LICENSE"),
    ],
)
def test_links_of_the_repository_become_links_of_the_site(
    link: str, path: str, page: str, expected: str
) -> None:
    assert hooks.map_links(f"See [it]({link}).", path, page) == f"See [it]({expected})."


def test_a_text_that_there_is_not_cannot_be_asked_for() -> None:
    with pytest.raises(KeyError, match="nothing"):
        hooks.fill("<!-- begin generated: nothing -->\n<!-- end -->", "index.md")


# The site


def _build(*options: str) -> subprocess.CompletedProcess[str]:
    """Build the documentation with the words of `make docs`, and these options."""
    (words,) = re.findall(r"^docs:.*\n.* -m (mkdocs build .*)$", text_of("Makefile"), re.M)
    return subprocess.run(
        [sys.executable, "-m", *words.split(), *options],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def built(tmp_path: Path) -> Path:
    run = _build("--site-dir", str(tmp_path / "site"))
    assert run.returncode == 0, run.stderr
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("[it](nowhere.md)", "contains a link 'nowhere.md'"),
        ("[it](b.md#nowhere)", "does not contain an anchor '#nowhere'"),
        ("[it](#nowhere)", "there is no such anchor on this page"),
        ("[it](/b/)", "contains an absolute link '/b/'"),
        ("[it](b/)", "contains an unrecognized relative link 'b/'"),
        ("![it](nowhere.svg)", "contains a link 'nowhere.svg'"),
    ],
)
@pytest.mark.slow("builds a site")
def test_a_dead_link_fails_the_build(text: str, warning: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(f"# A\n\n{text}\n", "utf-8")
    (tmp_path / "docs" / "b.md").write_text("# B\n", "utf-8")
    own = f"INHERIT: {ROOT / 'mkdocs.yml'}\nnav: [index.md, b.md]\nhooks: []\nplugins: []\n"
    (tmp_path / "mkdocs.yml").write_text(own + "docs_dir: docs\nsite_dir: site\n", "utf-8")
    run = _build("--config-file", str(tmp_path / "mkdocs.yml"))
    assert run.returncode == 1, run.stderr
    assert warning in run.stderr


@pytest.mark.slow("builds the documentation")
def test_the_site_needs_nothing_of_other_hosts(built: Path) -> None:
    pages = list(built.rglob("*.html"))
    assert len(pages) == len(PAGES) + 1
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<(?:script|img|iframe)[^>]*\ssrc=[\"']?(?:https?:)?//", text), page
        assert not re.search(
            r"<link[^>]*rel=.?(?:stylesheet|preconnect)[^>]*href=.?(?:https?:)?//", text
        )
        assert "googleapis" not in text
    assert "begin generated" not in (built / "reference" / "codes" / "index.html").read_text(
        "utf-8"
    )


def test_the_navigation_has_every_page() -> None:
    text = text_of("mkdocs.yml")
    assert sorted(re.findall(r"[\w/-]+\.md$", text, re.M)) == [
        p.removeprefix("docs/") for p in PAGES
    ]
    settings = yaml.safe_load(text)
    assert settings["strict"] is True
    assert settings["theme"]["font"] is False
    assert set(settings["validation"].values()) == {"warn"}


# What the documents say, compared with the code


_FENCE = re.compile(r"^( *)(```|~~~~)(\w*)\n(.*?)^\1\2$", re.M | re.S)


def _with_plain_spaces(text: str) -> str:
    """Return a text with the spaces that a reader of the documents sees."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


class Block(NamedTuple):
    """Fenced block of a document."""

    language: str
    text: str


def blocks(text: str) -> list[Block]:
    found = []
    for indent, _, language, block in _FENCE.findall(text):
        lines = [line.removeprefix(indent) for line in block.splitlines()]
        found.append(Block(language, "\n".join(lines) + "\n"))
    return found


def _commands(document: str) -> Iterator[list[str]]:
    for block in blocks(text_of(document)):
        if block.language in ("console", "sh"):
            for line in block.text.splitlines():
                words = line.removeprefix("$ ").partition(" ||")[0]
                if words.startswith("pipeline "):
                    yield shlex.split(words, comments=True)[1:]


@pytest.mark.parametrize("document", FOR_USERS)
def test_commands_are_commands_of_the_program(document: str) -> None:
    for words in _commands(document):
        assert arguments.parse(words).command == words[0]


@pytest.mark.parametrize("document", FOR_USERS)
def test_options_in_running_text_exist(document: str) -> None:
    known = {"--help", "--version", "--load-only"}
    parser, parsers = arguments.build_parsers()
    for one in (parser, *parsers.values()):
        known |= {option for action in one._actions for option in action.option_strings}
    prose = _FENCE.sub("", text_of(document))
    assert set(re.findall(r"(?<=`)--[a-z-]+|(?<= )--[a-z-]+(?=[ `])", prose)) <= known


@pytest.mark.parametrize("document", FOR_USERS)
def test_settings_in_examples_are_settings(document: str) -> None:
    for block in blocks(text_of(document)):
        if block.language == "toml":
            load_settings(block.text, document, ())


@pytest.mark.parametrize("document", FOR_USERS)
def test_settings_in_running_text_are_settings(document: str) -> None:
    known = {
        f"{prefix}{name}"
        for prefix, (_, table) in reference.TABLES.items()
        for name in setting_names(table())
    }
    named = set(
        re.findall(r"`((?:check|grammar)\.(?!LOCALE)[a-z_]+)(?: = [^`]*)?`", text_of(document))
    )
    assert named <= known


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_have_only_what_github_shows_as_well(document: str) -> None:
    assert not re.search(r"^(?:!!!|\?\?\?|===|:::) ", text_of(document), re.M)


@pytest.mark.parametrize("document", FOR_USERS)
def test_targets_of_make_exist(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", text_of("Makefile"), re.M))
    assert set(re.findall(r"(?:`|\$ )make ([a-z-]+)", text_of(document))) <= targets


@pytest.mark.parametrize("document", DOCUMENTS)
def test_codes_that_are_named_exist(document: str) -> None:
    codes = set(re.findall(r"\b[A-Z]{2}\d{3}\b", text_of(document)))
    assert codes <= set(RULES) or document in ("CHANGELOG.md", "CONTRIBUTING.md", "DECISIONS.md")


def _first_cells(document: str, heading: str) -> list[str]:
    """Return the code in the first cell of each row of the table whose first column is named."""
    (table,) = re.findall(rf"^\| {heading} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text_of(document), re.M)
    return re.findall(r"^\| `([^`]+)`", table, re.M)


@pytest.mark.parametrize(
    ("document", "heading", "expected"),
    [
        ("docs/guides/editors.md", "family", list(reference.FAMILIES)),
        ("docs/guides/sites.md", "preset", list(PRESETS)),
        ("docs/guides/ci.md", "format", list(FORMATS)),
        ("docs/guides/translators.md", "word", [*DOUBTS, "joined", "split"]),
    ],
)
def test_a_table_of_a_guide_has_all_and_no_other(
    document: str, heading: str, expected: list[str]
) -> None:
    assert _first_cells(document, heading) == expected


def test_the_guide_has_every_engine_and_no_other() -> None:
    text = text_of("docs/guides/engines.md")
    section = text.partition("## Translation engines")[2].partition("**Which one?**")[0]
    assert set(re.findall(r"^\| `(\w+)`", section, re.M)) == {"memory", *ENGINES}


def test_the_guide_has_the_settings_that_init_writes_for_a_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The guide leaves out the last lines, which any project has."""
    (tmp_path / "hugo.toml").write_text("[languages.en]\n[languages.fr]\n", "utf-8")
    for language in ("en", "fr"):
        (tmp_path / "content" / language).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    found = blocks(text_of("docs/guides/sites.md"))
    told = next(block.text for block in found if block.language == "console")
    assert told.split("\n", 1)[1] == capsys.readouterr().err
    written = (tmp_path / "pipeline.toml").read_text("utf-8")
    assert written.startswith(next(block.text for block in found if block.language == "toml"))


@pytest.mark.slow("proofreads an article")
def test_the_finding_in_the_guide_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _copy_of_our_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    found = blocks(text_of("docs/guides/editors.md"))
    at, command = next(
        (n, block.text) for n, block in enumerate(found) if "six-social" in block.text
    )
    assert main(shlex.split(command.removeprefix("$ "))[1:]) == 1
    assert found[at + 1].text in _with_plain_spaces(capsys.readouterr().out)


def _copy_of_our_project(folder: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in ("source", "locales"):
        shutil.copytree(ROOT / name, folder / name)


# Links between documents, as GitHub follows them


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_to_files_and_headings(document: str) -> None:
    prose = _FENCE.sub("", text_of(document))
    prose = re.sub(r"`[^`\n]*`", "", prose)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / document).parent / unquote(path) if path else ROOT / document
        assert file.exists(), target
        assert file.resolve().is_relative_to(ROOT), target
        assert not anchor or anchor in _anchors(file.read_text("utf-8")), target


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.*?)(?: \{#.*\})?$", _FENCE.sub("", text), re.M)
    return {github_slug(heading.replace("`", "")) for heading in headings}


# The README


def test_the_readme_is_short() -> None:
    assert len(README.encode()) <= 8_000


def test_the_picture_of_the_readme_is_what_the_command_prints() -> None:
    """Otherwise `make picture` draws it anew."""
    assert PICTURE.relative_to(ROOT).as_posix() in README
    assert PICTURE.read_text(encoding="utf-8") == draw()


def test_the_picture_needs_nothing_of_other_hosts() -> None:
    named = re.findall(r"https?://[^\"' )]+", PICTURE.read_text(encoding="utf-8"))
    assert named == ["http://www.w3.org/2000/svg"]
    assert "@import" not in PICTURE.read_text(encoding="utf-8")


def _sample() -> str:
    (sample,) = [block.text for block in blocks(README) if block.language == "markdown"]
    return sample


def _steps() -> list[list[tuple[str, str]]]:
    """Return the commands of each of the six steps, each with the output shown in the README."""
    section = README.partition("## Your own article")[2].partition("\n## ")[0]
    steps = []
    for step in re.split(r"^\d\. ", section, flags=re.M)[1:]:
        (block,) = [block.text for block in blocks(step) if block.language == "console"]
        found = []
        for part in block.split("$ ")[1:]:
            command, _, shown = part.partition("\n")
            found.append((command, shown))
        steps.append(found)
    return steps


@pytest.mark.usefixtures("kept_engines")
def test_the_six_steps_of_the_readme_work_for_its_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Run each command in an empty folder; its output is the README's."""
    home, work = tmp_path / "home", tmp_path / "work"
    for folder in (home, work):
        folder.mkdir()
    assert len(_sample().splitlines()) <= 15
    (home / "salt.md").write_text(_sample(), "utf-8")
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PIPELINE_OFFLINE", "1")
    monkeypatch.setenv("COLUMNS", "80")
    steps = _steps()
    assert len(steps) == 6
    printed = {}
    for number, commands in enumerate(steps, 1):
        assert commands, number
        for command, shown in commands:
            if not command.startswith("pipeline "):
                subprocess.run(command, shell=True, check=True)  # it is ours
                continue
            assert main(shlex.split(command)[1:]) == 0
            printed[number] = "".join(capsys.readouterr())
            for line in shown.splitlines():
                assert line in printed[number]
    status = printed[4].partition("salt: fr")[2].partition("salt: es")[0]
    speakers = re.findall(r"^│ (.*?) +│", status, re.M)[:-1]
    assert speakers == ["front-matter", "introduction", "Ana Ruiz", "Ben Okoye"]
    assert (work / "preview" / "fr" / "salt.html").exists()
    assert (work / "build" / "en" / "salt.html").exists()


# The tutorial


@pytest.mark.slow("starts the program ten times, as a newcomer does")
def test_the_tutorial_works(tmp_path: Path) -> None:
    """Paste its blocks into a shell; each prints the lines that the next block shows."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PIPELINE_")}
    environment |= {"COLUMNS": "80", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    program = f'pipeline() {{ "{sys.executable}" -m pipeline "$@"; }}\n'
    found = blocks(text_of("docs/tutorial.md"))
    script, shown = program + "set -e\n", []
    for number, block in enumerate(found):
        if block.language == "sh":
            script += f"echo @@{number}\n{block.text}"
        else:
            shown.append((number - 1, block.text.splitlines()))
    assert len(shown) == 7
    run = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stdout
    printed = dict(re.findall(r"^@@(\d+)\n(.*?)(?=^@@|\Z)", run.stdout, re.M | re.S))
    for number, lines in shown:
        for line in lines:
            assert line in _with_plain_spaces(printed[str(number)])
    assert (tmp_path / "salt" / "build" / "fr" / "salt.html").exists()


# ARCHITECTURE, CHANGELOG


def test_architecture_has_each_package_on_its_floor() -> None:
    rows = re.findall(r"^\| (\d) \| (`.*?) \|", ARCHITECTURE, re.M)
    told = {name: int(floor) for floor, cell in rows for name in re.findall(r"`(\w+)", cell)}
    assert told == {name: floor + 1 for name, floor in FLOOR.items()}


def test_architecture_names_places_that_there_are() -> None:
    questions = ARCHITECTURE.partition("## Where to look")[2]
    named = re.findall(r"`((?:\w+/)+(?:\w+\.\w+)?|\w+\.py)`", questions)
    assert len(named) > 30
    for place in named:
        inside = list((ROOT / "pipeline").glob(place)) or list((ROOT / "pipeline").rglob(place))
        assert inside or (ROOT / place).exists(), place


def test_the_program_is_installed() -> None:
    program = Path(sys.executable).with_name("pipeline")
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"pipeline {__version__}\n"


def test_changelog_keeps_its_form() -> None:
    assert re.search(r"^## \[Unreleased\]$", CHANGELOG, re.M)
    headings = re.findall(r"^### (.*)$", CHANGELOG, re.M)
    assert set(headings) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_changelog_has_the_version_as_its_newest_release() -> None:
    releases = re.findall(r"^## \[(.*)$", CHANGELOG, re.M)
    assert releases[0] == "Unreleased]"
    assert re.fullmatch(re.escape(__version__) + r"\] - \d{4}-\d{2}-\d{2}", releases[1])
