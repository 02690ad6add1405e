"""Inputs of a command: versions, pages, catalogues, and skipped articles."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pipeline.cli.terminal import Terminal
from pipeline.commands.job import Job
from pipeline.commands.job_options import JobOptions
from pipeline.commands.unchanged import ArticleOutcome
from pipeline.errors import InputError, UsageError
from pipeline.findings import Finding, Severity
from pipeline.project.workspace import Workspace
from tests.sample_project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_a_command_alone_needs_no_other_before_it(project: Project) -> None:
    """Run each command without a catalogue: it uses the article's own texts."""
    assert "fr, français" in project.done("status").out
    assert project.run("check", "--no-grammar").out.startswith("0 findings, 8 notes (--verbose")
    assert (
        "salt fr: 0% of the words reviewed, publish_at requires 100%, and title"
        in project.done("build").err
    )
    assert "salt fr: pseudo drafted 7 of 7" in project.done("translate").err
    assert "nothing to do" in project.done("merge").err


BUILT = "build/fr/salt.md"
VERSION = "source/salt/fr.md"


@contextmanager
def opened(project: Project, *articles: str, take_over: bool = False) -> Iterator[Job]:
    with Workspace.open(project.root, {}) as workspace:
        names = articles or workspace.articles()
        job_options = JobOptions(take_over=take_over)
        output, now = Terminal(quiet=True), datetime.now(UTC)
        yield Job(workspace, names, workspace.settings.locales, now, {}, job_options, output)


def test_a_version_is_what_somebody_wrote(tmp_path: Path) -> None:
    """With one path for both, only a page that the pipeline did not build is a version."""
    project = Project(tmp_path, page_path="source/{article}/{lang}.md")
    with opened(project) as job:
        assert job.version("salt", "fr") is job.foreign_page("salt", "fr") is None
        assert job.record.put(VERSION, b"Built.\n")
        assert job.version("salt", "fr") is job.foreign_page("salt", "fr") is None
        project.write(VERSION, '<mark class="draft">Le sel.</mark>\n')
        version, page = job.version("salt", "fr"), job.foreign_page("salt", "fr")
        assert version
        assert version.data == b"Le sel.\n"
        assert page
        assert page.data == b'<mark class="draft">Le sel.</mark>\n'
        assert version.segments == page.segments
        assert job.version("salt", "fr") is version
        project.write(VERSION, "Du sel.\n")
        assert job.version("salt", "fr") is not version


READING: dict[str, tuple[str, dict[str, str | bytes], str, bool, bool]] = {
    "all well": ("run", {}, "", False, False),
    "source": ("extract", {"source/salt/en.md": b"\xff"}, "expected UTF-8", True, False),
    "version": ("align", {VERSION: b"\xff"}, "expected UTF-8", True, False),
    "version, not read": ("extract", {VERSION: b"\xff"}, "", False, False),
    "front matter of a version": (
        "run",
        {VERSION: "---\na: [\n---\n"},
        "front matter",
        True,
        False,
    ),
    "page": ("align", {BUILT: b"\xff"}, "expected UTF-8", True, True),
    "page, not taken over": ("align", {BUILT: b"\xff"}, "", False, False),
    "catalogue": ("merge", {"locales/fr/LC_MESSAGES/salt.po": "msgid"}, ".po:1: ", True, False),
    "catalogue, a finding": (
        "check",
        {"locales/fr/LC_MESSAGES/salt.po": "msgid"},
        "",
        False,
        False,
    ),
    "template": (
        "extract",
        {"locales/templates/LC_MESSAGES/salt.pot": "msgid"},
        ".pot:1: ",
        True,
        False,
    ),
}


@pytest.mark.parametrize(
    ("command", "files", "message", "fails", "take_over"), READING.values(), ids=READING
)
def test_an_article_that_a_command_could_not_read_is_left_out(
    command: str,
    files: dict[str, str | bytes],
    message: str,
    fails: bool,
    take_over: bool,
    tmp_path: Path,
) -> None:
    project = Project(tmp_path, "other", "salt")
    for path, content in files.items():
        project.write(path, content)
    with opened(project, take_over=take_over) as job:
        job.verify(command)
        assert job.articles == (("other",) if fails else ("other", "salt"))
        assert list(job.failures) == ["salt"] * fails
        assert all(message in str(error) for error in job.failures.values())
        assert job.has_all_articles


def test_only_some_articles_are_not_the_whole(tmp_path: Path) -> None:
    with opened(Project(tmp_path, "other", "salt"), "salt") as job:
        assert not job.has_all_articles


def test_other_errors_end_the_run(project: Project) -> None:
    with opened(project) as job:
        with pytest.raises(UsageError), job.guard("salt"):
            raise UsageError("no")
        with job.guard("salt"):
            raise InputError("first", "x", 1)
        job.leave_out("salt", InputError("second", "x", 1))
        assert [str(error) for error in job.failures.values()] == ["x:1: first"]


@pytest.mark.parametrize(
    ("source", "locale", "foreign"),
    [
        ("en", "fr", True),
        ("en", "en_GB", False),
        ("pt_BR", "pt", False),
        ("zh_Hant", "zh_Hans", False),
        ("en", "eo", True),
    ],
)
def test_variants_of_the_source_language_are_not_foreign(
    source: str, locale: str, foreign: bool, tmp_path: Path
) -> None:
    project = Project(tmp_path, source=source, locales=[locale])
    with opened(project, "salt") as job:
        assert job.has_other_language(locale) is foreign


def test_remarks_and_findings_remain_for_the_next_run(project: Project) -> None:
    finding = Finding("AL003", Severity.INFO, "in doubt")
    with opened(project) as job:
        job.tell_and_keep("salt", "one")
        job.keep_findings("salt", [finding])
        job.tell_and_keep("salt", "two")
        job.add_findings([finding])
        assert job.outcomes == {"salt": ArticleOutcome(("one", "two"), (finding,))}
        assert job.findings == [finding, finding]
