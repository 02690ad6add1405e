"""Pages that the pipeline owns, and hand-written pages that must stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.pages.ownership import Record
from pipeline.project.atomic_write import digest
from pipeline.project.workspace import Workspace
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path


def test_a_page_that_a_person_edited_is_theirs(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("run", "--drafts")
    page = project.read("preview/fr/salt.md") + "\nMine.\n"
    project.write("preview/fr/salt.md", page)
    project.edit("source/salt/en.md", "3 times", "4 times")
    outcome = project.done("run", "--drafts")
    assert (
        "preview/fr/salt.md not replaced: the pipeline did not write it, or it was changed since"
        in outcome.err
    )
    assert project.read("preview/fr/salt.md") == page
    assert "4 times" in project.read("preview/en/salt.md")
    assert "4 times" in project.read("build/en/salt.md")
    assert "preview/fr/salt.md not replaced" in project.done("run", "--drafts").err
    (tmp_path / "preview/fr/salt.md").unlink()
    project.done("run", "--drafts")
    assert "Mine." not in project.read("preview/fr/salt.md")


def test_pages_of_a_language_that_was_withdrawn_are_removed_if_they_are_ours(
    tmp_path: Path,
) -> None:
    project = Project(tmp_path, locales=["fr", "es"])
    project.done("run", "--drafts")
    project.edit("pipeline.toml", '["fr", "es"]', '["fr"]')
    project.write("preview/es/salt.html", "Mine.")
    outcome = project.done("run", "--drafts")
    assert "removed: preview/es/salt.md: its language is not in the settings" in outcome.err
    assert "preview/es/salt.html: its language is not in the settings, but the page was" in (
        outcome.err
    )
    assert {path for path in project.tree() if "/es/" in path and "locales" not in path} == {
        "preview/es/salt.html"
    }


def test_pages_of_other_settings_are_named(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("run")
    project.write(
        "pipeline.toml",
        'page_path = "build/{lang}/of/{article}.md"\n' + project.read("pipeline.toml"),
    )
    outcome = project.done("run")
    assert "build/en/salt.md: is no page by the present settings; delete it if" in outcome.err
    assert {"build/en/salt.md", "build/en/of/salt.md"} <= set(project.tree())


@pytest.mark.parametrize("drafts", [(), ("--drafts",)], ids=["reviewed", "drafts"])
def test_what_a_person_wrote_into_a_page_is_not_lost(
    tmp_path: Path, drafts: tuple[str, ...]
) -> None:
    project = Project(tmp_path, publish_at=0.5, locales=["fr"])
    project.done("run", "--drafts")
    if not drafts:
        project.review()
        project.done("run")
    path = "preview/fr/salt.md" if drafts else "build/fr/salt.md"
    page = project.read(path)
    old = next(u.target for u in project.catalog().units if u.source == "I never weigh it.")
    project.edit(path, old, old + " Really.")
    edited = project.read(path) + "\nThe sea has enough of it.\n"
    project.write(path, edited)
    assert "not replaced" in project.done("run", *drafts).err
    outcome = project.done("run", "--take-over", *drafts)
    assert f"the original is saved as {path}.~1~" in outcome.err
    assert project.read(f"{path}.~1~") == edited
    assert f"“The sea has enough of it.” in {path} has no counterpart" in outcome.err
    # A draft of a machine gives way; what a person took does not, and that is told.
    lost = f"Really.” in {path} is in no catalogue entry: built pages will not have it"
    assert (lost in outcome.err) is not bool(drafts)
    assert ("Really." in project.read(path)) is bool(drafts)
    assert (project.read(path) == page) is not bool(drafts)
    assert "<mark" not in project.read("locales/fr/LC_MESSAGES/salt.po")


def test_pages_of_an_older_version_that_are_as_they_would_be_are_ours(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("run", "--drafts")
    (tmp_path / "preview/.pipeline-pages").unlink()
    project.done("run", "--drafts")
    project.edit("source/salt/en.md", "3 times", "4 times")
    assert "not replaced" not in project.done("run", "--drafts").err


def test_a_killed_run_forgets_no_page(tmp_path: Path) -> None:
    """The journal holds the run's pages, though they never reached the record."""
    project = Project(tmp_path)
    project.done("run", "--drafts")
    record = project.read("preview/.pipeline-pages").splitlines(keepends=True)
    (tmp_path / "preview/.pipeline-pages").unlink()
    project.write(".pipeline/pages.journal", "".join(record) + "half a li")
    project.edit("source/salt/en.md", "3 times", "4 times")
    assert "not replaced" not in project.done("run", "--drafts").err
    assert project.read("preview/.pipeline-pages").count("\n") == len(record)


def test_the_record_is_sorted_and_forgets_pages_that_are_gone(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", "a/pepper")
    project.done("run", "--drafts")
    paths = [line.split("  ")[1] for line in project.read("preview/.pipeline-pages").splitlines()]
    assert paths == sorted(paths)
    assert len(paths) == 8
    built = [line.split("  ")[1] for line in project.read("build/.pipeline-pages").splitlines()]
    pages = [
        f"build/en/{name}.{ending}" for name in ("a/pepper", "salt") for ending in ("html", "md")
    ]
    assert built == sorted([*pages, "build/en/index.html"])
    (tmp_path / "preview/fr/salt.html").unlink()
    project.edit("source/a/pepper/en.md", "3 times", "4 times")
    project.done("run")
    record = project.read("preview/.pipeline-pages")
    assert "preview/fr/salt.html" not in record
    assert "preview/fr/salt.md" in record


def test_pages_of_an_article_that_is_gone_are_removed_if_they_are_ours(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", "a/pepper")
    project.done("run", "--drafts")
    project.write("preview/fr/salt.html", "Mine.")
    project.write("preview/fr/old.md", "Mine.")
    (tmp_path / "source/salt/en.md").unlink()
    lines: list[str] = []
    with Workspace.open(tmp_path, {}, check=True) as workspace:
        Record(workspace).remove_abandoned(lines.append)
    assert lines[0] == "would remove: build/en/salt.html: its article is gone"
    assert (tmp_path / "preview/en/salt.html").exists()
    lines.clear()
    record = opened(project)
    record.remove_abandoned(lines.append)
    assert lines == [
        "removed: build/en/salt.html: its article is gone",
        "removed: build/en/salt.md: its article is gone",
        "removed: preview/en/salt.html: its article is gone",
        "removed: preview/en/salt.md: its article is gone",
        "preview/fr/salt.html: its article is gone, but the page was changed since it was built; "
        "delete it if nobody needs it",
        "removed: preview/fr/salt.md: its article is gone",
    ]
    record.merge_journal()
    lines_left = project.read("preview/.pipeline-pages").splitlines()
    assert [line.split("  ")[1] for line in lines_left if "salt" in line] == [
        "preview/fr/salt.html"
    ]
    assert project.read("preview/fr/old.md") == "Mine."


def test_a_page_that_was_renamed_with_its_article_stays_ours(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("run", "--drafts")
    for path in ("preview/fr/salt.md", "preview/en/salt.md"):
        (tmp_path / path).rename(tmp_path / path.replace("salt", "sugar"))
    project.edit("preview/en/sugar.md", "3 times", "4 times")
    record = opened(project)
    record.follow_rename("salt", "sugar")
    data = {
        path: (tmp_path / path).read_bytes()
        for path in ("preview/fr/sugar.md", "preview/en/sugar.md")
    }
    assert [record.owns(path, data[path]) for path in data] == [True, False]


PAGE = "build/fr/salt.md"


def opened(project: Project) -> Record:
    return Record(Workspace.open(project.root, {}))


THERE: dict[str, tuple[str | None, str | None, bool]] = {
    "nothing": (None, None, True),
    "ours": ("ours", "ours", True),
    "ours, edited since": ("ours", "edited", False),
    "ours, deleted since": ("ours", None, True),
    "somebody's": (None, "theirs", False),
    "somebody's, the same": (None, "new", True),
}


@pytest.mark.parametrize(("ours", "there", "replaced"), THERE.values(), ids=THERE)
@pytest.mark.parametrize("folded", [False, True], ids=["in the journal", "in the record"])
def test_a_page_of_somebody_is_not_replaced(
    ours: str | None, there: str | None, replaced: bool, folded: bool, tmp_path: Path
) -> None:
    project = Project(tmp_path)
    record = opened(project)
    if ours is not None:
        assert record.put(PAGE, ours.encode())
    if folded:
        record.merge_journal()
    (tmp_path / PAGE).unlink(missing_ok=True)
    if there is not None:
        project.write(PAGE, there)
    record = opened(project)
    assert there is None or record.owns(PAGE, there.encode()) is (ours == there)
    assert record.put(PAGE, b"new") is replaced
    assert project.read(PAGE) == ("new" if replaced else there)
    assert opened(project).owns(PAGE, b"new") is replaced


def test_the_record_has_one_digest_for_each_page_that_is_there(tmp_path: Path) -> None:
    project = Project(tmp_path)
    for data in (b"one", b"two"):
        for name in ("b", "a", "gone"):
            assert opened(project).put(f"build/fr/{name}.md", data)
    (tmp_path / "build/fr/gone.md").unlink()
    record = opened(project)
    record.merge_journal()
    lines = [f"{digest(b'two')}  build/fr/{name}.md\n" for name in "ab"]
    assert project.read("build/.pipeline-pages") == "".join(lines)
    assert not (tmp_path / ".pipeline/pages.journal").exists()
    assert record.owns("build/fr/a.md", b"two")
    assert not record.owns("build/fr/a.md", b"one")
    stamps = project.stamps()
    record.merge_journal()
    assert project.stamps() == stamps


def test_lines_of_another_form_are_ignored(tmp_path: Path) -> None:
    project = Project(tmp_path)
    text = f"<<<<<<< ours\n\n{digest(b'one')} {PAGE}\n{digest(b'two')}  {PAGE}\n"
    project.write("build/.pipeline-pages", b"\xff\n" + text.encode())
    record = opened(project)
    assert record.owns(PAGE, b"two")
    assert not record.owns(PAGE, b"one")


def test_copies_of_taken_pages_are_numbered(tmp_path: Path) -> None:
    project = Project(tmp_path)
    copies = []
    for data in (b"one", b"two", b"one"):
        project.write(PAGE, data)
        record = opened(project)
        copies.append(record.take_over(PAGE, data))
        assert record.put(PAGE, b"new")
    assert copies == [f"{PAGE}.~1~", f"{PAGE}.~2~", f"{PAGE}.~1~"]
    assert [project.read(copy) for copy in copies[:2]] == ["one", "two"]


def test_a_rehearsal_records_nothing(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write(PAGE, "theirs")
    assert opened(project).put("build/fr/other.md", b"ours")
    stamps = project.stamps()
    with Workspace.open(tmp_path, {}, check=True) as workspace:
        record = Record(workspace)
        assert not record.put(PAGE, b"new")
        record.take_over(PAGE, b"theirs")
        assert record.put(PAGE, b"new")
        assert record.owns(PAGE, b"new")
        record.merge_journal()
    assert project.stamps() == stamps
