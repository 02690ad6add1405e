"""Laws of settings, and of whole runs over hostile projects."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError, PipelineError, UsageError
from pipeline.project.settings import Settings, has_table, load_settings, with_environment
from tests.fuzz.attempt import attempt
from tests.fuzz.fewer import fewer
from tests.sample_project import Project
from tests.strategies import (
    any_bytes,
    damaged_po_files,
    environments,
    settings_texts,
    wild_articles,
)


@fewer
@given(settings_texts(), st.sampled_from([(), ("tool", "pipeline")]))
def test_settings_are_read_or_refused_with_their_file(text: str, table: tuple[str, ...]) -> None:
    head = "[tool.pipeline]\n" if table else ""
    has_table(text, ("check",))
    settings = attempt(load_settings, head + text, "x.toml", table)
    if isinstance(settings, PipelineError):
        assert isinstance(settings, InputError)
        assert settings.path == "x.toml"
        assert 0 <= settings.line <= (head + text).count("\n") + 1
        return
    assert settings.source not in settings.locales
    assert settings.rules.keys == frozenset(settings.keys)


@fewer
@given(environments)
def test_variables_are_taken_or_refused_by_name(environment: dict[str, str]) -> None:
    settings = attempt(with_environment, Settings(), environment)
    if isinstance(settings, PipelineError):
        assert isinstance(settings, UsageError)
        assert "PIPELINE_" in str(settings) or "'" in str(settings)
    else:
        assert settings.source not in settings.locales


_TRACE = re.compile("Traceback|Error\\(|internal", re.I)


@fewer
@given(wild_articles())
def test_a_second_run_writes_nothing(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        project = Project(Path(folder))
        project.write("source/salt/en.md", data)
        first = project.run("run", "--drafts")
        assert first.code in (0, 1, 2), first
        assert not _TRACE.search(first.err), first
        before = project.written()
        second = project.run("run", "--drafts")
        assert second.code == first.code, second
        assert project.written() == before
        checked = project.run("check", "--no-grammar", "--json")
        assert checked.code in (0, 1) if first.code < 2 else 2, checked


@fewer
@given(
    st.one_of(any_bytes, st.just(b"One.\n\n## Ada, X (@ada)\n\nTwo.\n")),
    damaged_po_files(),
    any_bytes,
    settings_texts(),
    st.sampled_from(("run", "check", "status", "align", "merge", "build")),
)
def test_a_hostile_project_ends_in_an_exit_code(
    article: bytes, po: bytes, version: bytes, settings: str, command: str
) -> None:
    with TemporaryDirectory() as folder:
        project = Project(Path(folder))
        project.write("source/salt/en.md", article)
        project.write("source/salt/fr.md", version)
        project.write("locales/fr/LC_MESSAGES/salt.po", po)
        project.write("locales/fr/glossary.csv", version[:60])
        text = project.read("pipeline.toml")
        project.write("pipeline.toml", text + ("\n" + settings if len(settings) % 2 else ""))
        options = ("--no-grammar",) if command == "check" else ()
        outcome = project.run(command, *options)
        assert outcome.code in (0, 1, 2), outcome
        assert not _TRACE.search(outcome.err), outcome
