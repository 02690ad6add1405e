"""Output of commands: streams and colours."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pipeline.cli.terminal import Terminal
from pipeline.errors import InputError
from tests.cli.situations import WRITING, done, source_changed
from tests.sample_project import ENVIRONMENT, Project

if TYPE_CHECKING:
    from pathlib import Path


PROGRAM = [sys.executable, "-m", "pipeline"]


COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("command", WRITING)
def test_quiet_says_nothing(command: str, tmp_path: Path) -> None:
    assert source_changed(tmp_path).done(command, "--quiet")[1:] == ("", "")


def test_quiet_still_gives_results_and_errors(tmp_path: Path) -> None:
    project = done(tmp_path)
    project.edit(project.po(), "Î ţååšţéé 3 ţîɱééš", "Î ţååšţéé ţîɱééš")
    assert "MK108" in project.run("check", "--no-grammar", "--quiet").out
    assert project.run("check", "--no-grammar", "--quiet", "--ignore", "MK").out == ""
    assert project.run("status", "--quiet").out == project.run("status").out
    assert project.run("merge", "--quiet", "--article", "x").err.startswith("error: ")


def test_verbose_names_every_finding_and_file(tmp_path: Path) -> None:
    many = [f"article-{number}" for number in range(13)]
    project = Project(tmp_path, *many, engines=[])
    assert "wrote 13 files; --verbose lists them" in project.done("extract").err
    for path in project.tree():
        if path.endswith(".pot"):
            (tmp_path / path).unlink()
    written = project.done("extract", "--verbose").err
    assert written.count("wrote locales/templates/LC_MESSAGES/article-") == 13

    messages = project.done("translate", "--article", many[0]).err
    assert "7 of 7 have no draft; --verbose shows the reasons" in messages
    assert "MT101" not in messages
    messages = project.done("translate", "--article", many[0], "--verbose").err
    assert messages.count("MT101 info: no draft: no engine is available") == 7

    output = project.run("check", "--no-grammar", "--article", many[0]).out
    assert output.startswith("0 findings, 8 notes (--verbose shows them)\n")
    output = project.run("check", "--no-grammar", "--article", many[0], "--verbose").out
    assert output.count("CO101 info: not translated yet") == 7


def test_status_as_json(tmp_path: Path) -> None:
    project = done(tmp_path)
    project.edit(project.po(), '#, fuzzy\nmsgctxt "introduction"', 'msgctxt "introduction"')
    status = json.loads(project.done("status", "--json").out)
    assert status["version"] == 1
    first, second, *_ = status["sections"]
    assert first["context"] == "front-matter"
    assert second == {
        "article": "salt",
        "locale": "fr",
        "context": "introduction",
        "speaker": "introduction",
        "reviewed": 1,
        "draft": 0,
        "empty": 0,
        "words": 8,
        "words_reviewed": 8,
        "original": 0,
        "names": 0,
        "omitted": 0,
        "stale": 0,
        "waiting": 0,
    }
    assert [row["speaker"] for row in status["sections"]][2:] == ["Ana Ruiz", "Ben Cole"]


def process(
    project: Project, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command line in its own process, with its streams connected to pipes."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=project.root,
        env={**os.environ, **ENVIRONMENT, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def on_terminal(project: Project, *arguments: str, **environment: str) -> str:
    """Run a command line with both streams on a terminal; return the terminal output."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=project.root,
        env={**os.environ, **ENVIRONMENT, "TERM": "xterm-256color", **environment},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    output = b""
    try:
        while part := os.read(ours, 65536):
            output += part
    except OSError:  # Linux's way to say that the other end is closed
        pass
    finally:
        os.close(ours)
    assert child.wait(timeout=60) == 0, output
    return output.decode()


def test_colours_only_on_a_terminal_that_wants_them(tmp_path: Path) -> None:
    project = Project(tmp_path)
    piped = process(project, "run", "--drafts")
    assert piped.returncode == 0, piped
    assert "\x1b" not in piped.stdout + piped.stderr
    assert COLOUR.search(on_terminal(project, "status"))
    (tmp_path / project.po()).unlink()
    output = on_terminal(project, "run", NO_COLOR="1")
    assert "pseudo drafted 7 of 7" in output
    assert not COLOUR.search(output)


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    project = done(tmp_path)
    ours, theirs = os.pipe()
    os.close(ours)
    for arguments in (["status"], ["check", "--json", "--no-grammar"]):
        child = subprocess.run(
            [*PROGRAM, *arguments],
            cwd=project.root,
            stdout=theirs,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
        assert (child.returncode, child.stderr) == (130, "")
    os.close(theirs)


def test_names_are_shown_as_they_are(tmp_path: Path) -> None:
    """Check that rich's markup and emoji codes have no meaning in the output."""
    project = Project(tmp_path, "a [red]b[/] :smile:", locales=["fr", "es"])
    outcome = project.done("run", "--drafts")
    assert "a [red]b[/] :smile: fr: pseudo drafted 7 of 7" in outcome.err
    assert "a [red]b[/] :smile:: fr" in outcome.out
    assert "':smile:'" in project.run("merge", "--article", ":smile:").err


MANY = [f"file {number}" for number in range(13)]
CHANGES: list[tuple[dict[str, bool], bool, list[str], list[str]]] = [
    ({}, False, [], ["nothing to do"]),
    ({}, True, [], ["nothing would change"]),
    ({}, False, ["b", "a", "b"], ["wrote b", "wrote a"]),
    ({}, True, ["a"], ["would change a"]),
    ({}, False, MANY, ["wrote 13 files; --verbose lists them"]),
    ({}, False, MANY[1:], [f"wrote {name}" for name in MANY[1:]]),
    ({}, True, MANY, [f"would change {name}" for name in MANY]),
    ({"verbose": True}, False, MANY, [f"wrote {name}" for name in MANY]),
    ({"quiet": True}, False, MANY, []),
]


@pytest.mark.parametrize(("options", "rehearsed", "paths", "messages"), CHANGES)
def test_files_are_named_unless_they_are_many(
    options: dict[str, bool],
    rehearsed: bool,
    paths: list[str],
    messages: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    Terminal(**options).changes(paths, rehearsed=rehearsed)
    output = capsys.readouterr()
    assert (output.out, output.err.splitlines()) == ("", messages)


@pytest.mark.parametrize(
    ("verbose", "lines", "last"),
    [
        (False, 13, "error: and 1 more are left out; --verbose lists them"),
        (True, 13, "error: [no] (file 12 is left out)"),
    ],
)
def test_even_quiet_names_what_was_left_out(
    verbose: bool, lines: int, last: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Terminal(quiet=True, verbose=verbose).list_left_out({name: InputError("[no]") for name in MANY})
    messages = capsys.readouterr().err.splitlines()
    assert (len(messages), messages[0], messages[-1]) == (
        lines,
        "error: [no] (file 0 is left out)",
        last,
    )


@pytest.mark.parametrize("quiet", [False, True])
def test_markup_in_a_line_is_text(quiet: bool, capsys: pytest.CaptureFixture[str]) -> None:
    terminal, line = Terminal(quiet=quiet), "[red]a[/] :smile: " + "long " * 40
    terminal.tell(line)
    terminal.warn(line)
    terminal.error(line)
    terminal.result(line)
    output = capsys.readouterr()
    assert output.out == f"{line}\n"
    assert output.err == ("" if quiet else f"{line}\nwarning: {line}\n") + f"error: {line}\n"
