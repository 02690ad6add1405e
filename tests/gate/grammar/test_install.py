"""Installation of LanguageTool, complete or not at all, from Maven or a local copy."""

from __future__ import annotations

import os
import threading
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import GrammarError
from pipeline.gate.grammar.install import (
    install_languagetool,
    installed_folder,
    languages,
    languagetool_home,
    server_version,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

CLASS = "org/languagetool/server/HTTPServer.class"
PROPERTIES = "META-INF/maven/org.languagetool/languagetool-server/pom.properties"
MAVEN_JARS = ("languagetool-server-6.8.jar", "language-fr-6.8.jar", "language-en-6.8.jar")


def jar(path: Path, version: str = "6.8", entry: str = CLASS) -> None:
    """Write a minimal jar with the server."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, b"")
        if version:
            archive.writestr(PROPERTIES, f"groupId=x\nversion={version}\n")


def official(folder: Path) -> Path:
    """Make a folder with the layout of the official archive."""
    jar(folder / "languagetool-server.jar")
    jar(folder / "libs" / "language-es.jar", "", "x")
    (folder / "org" / "languagetool").mkdir(parents=True)
    (folder / "org" / "languagetool" / "rules.xml").write_text("<rules/>")
    (folder / "README.md").write_text("not needed")
    return folder


def zipped(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, f"LanguageTool-6.8/{file.relative_to(folder)}")
    return path


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


OFFICIAL = ["languagetool-server.jar", "libs/language-es.jar", "org/languagetool/rules.xml"]


@pytest.mark.parametrize("kind", ["folder", "folder above", "zip"])
def test_the_official_archive(tmp_path: Path, kind: str) -> None:
    folder = official(tmp_path / "mine" / "LanguageTool-6.8")
    sources = {"folder": folder, "folder above": folder.parent}
    source = sources.get(kind) or zipped(folder, tmp_path / "LanguageTool.zip")
    home, messages = tmp_path / "home", list[str]()
    folder = install_languagetool(source, home, messages.append)
    assert folder == home / "languagetool-6.8" == installed_folder(home)
    assert names(folder) == OFFICIAL
    assert [path.name for path in home.iterdir()] == ["languagetool-6.8"]
    assert messages == [f"copying LanguageTool from {source} …"]
    assert server_version(folder) == "6.8"
    assert languages(folder) == {"es"}


def test_a_folder_of_jars(tmp_path: Path) -> None:
    for name in MAVEN_JARS:
        jar(tmp_path / "lib" / name)
    folder = install_languagetool(tmp_path / "lib", tmp_path / "home", print)
    assert names(folder) == sorted(MAVEN_JARS)
    assert languages(folder) == {"en", "fr"}


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    folder = install_languagetool(official(tmp_path / "a"), tmp_path / "home", print)
    (folder / "mark").touch()
    messages: list[str] = []
    assert install_languagetool(tmp_path / "nowhere", tmp_path / "home", messages.append) == folder
    assert (folder / "mark").exists()
    assert messages == ["LanguageTool 6.8 is already installed"]


@pytest.mark.parametrize(
    ("version", "entry", "name", "message"),
    [
        ("6.8", "other.class", "languagetool-server.jar", "not a LanguageTool with a server"),
        ("6.6", CLASS, "languagetool-server.jar", "expected LanguageTool 6.8, found 6.6"),
        ("", CLASS, "languagetool-server-6.6.jar", "expected LanguageTool 6.8, found 6.6"),
        ("", CLASS, "languagetool-server.jar", "cannot find the version of"),
        ("6.8", CLASS, "languagetool.jar", "no languagetool-server.jar in "),
    ],
)
def test_something_else(tmp_path: Path, version: str, entry: str, name: str, message: str) -> None:
    jar(tmp_path / "a" / name, version, entry)
    with pytest.raises(GrammarError, match=message) as caught:
        install_languagetool(tmp_path / "a", tmp_path / "home", print)
    assert "mvn" in str(caught.value) or "Maven" in str(caught.value)
    assert "pipeline languagetool install PATH" in str(caught.value)
    assert installed_folder(tmp_path / "home") is None
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not a readable zip file"),
        (b"no zip", "is not a readable zip file"),
        (b"PK\x03\x04 and then nothing", "is not a readable zip file"),
    ],
)
def test_no_zip(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(GrammarError, match=message):
        install_languagetool(path, tmp_path / "home", print)
    assert list((tmp_path / "home").iterdir()) == []


def test_no_source(tmp_path: Path) -> None:
    with pytest.raises(GrammarError, match=r"cannot read .*nowhere"):
        install_languagetool(tmp_path / "nowhere", tmp_path / "home", print)


def test_a_damaged_zip(tmp_path: Path) -> None:
    path = zipped(official(tmp_path / "a"), tmp_path / "a.zip")
    data = bytearray(path.read_bytes())
    at = data.index(b"<rules/>")
    data[at : at + 4] = b"XXXX"
    path.write_bytes(data)
    with pytest.raises(GrammarError, match="is not a readable zip file"):
        install_languagetool(path, tmp_path / "home", print)
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../out", "a/../../out", "/out", "..\\out", "C:\\out", "c:/out", "a/..", "//out"]
)
def test_a_zip_that_would_write_elsewhere(tmp_path: Path, name: str) -> None:
    path = zipped(official(tmp_path / "a"), tmp_path / "a.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, b"")
    with pytest.raises(GrammarError, match=r"is not safe to unpack: .* is outside of the folder"):
        install_languagetool(path, tmp_path / "home", print)
    assert list(tmp_path.rglob("out")) == []
    assert list((tmp_path / "home").iterdir()) == []


def _maven(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    path = folder / "mvn"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo '[ERROR] no network' ; exit 1", r"Maven failed:\n  \[ERROR\] no network\n"),
        ("echo oh >&2; exit 1", r"Maven failed:\n  oh\n"),
        ("exit 1", r"Maven failed:\n  nothing\n"),
        ("kill -9 $$", "Maven failed"),
        ("exit 0", "not a LanguageTool with a server"),
        (
            "mkdir made; echo x > made/languagetool-server-6.8.jar",
            "not a LanguageTool with a server",
        ),
    ],
)
def test_maven_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    _maven(tmp_path / "bin", script, monkeypatch)
    with pytest.raises(GrammarError, match=message):
        install_languagetool(None, tmp_path / "home", print)
    assert list((tmp_path / "home").iterdir()) == []


def test_no_maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(
        GrammarError, match=r"'mvn' is not on the PATH: install Maven .*install PATH"
    ):
        install_languagetool(None, tmp_path / "home", print)


def test_what_maven_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jar(tmp_path / "languagetool-server-6.8.jar")
    script = (
        f'cp pom.xml "{tmp_path}"; echo "$*" > "{tmp_path}/call"; mkdir made\n'
        f'cp "{tmp_path}"/*.jar "${{4#-DoutputDirectory=}}"'
    )
    _maven(tmp_path / "bin", script, monkeypatch)
    folder = install_languagetool(None, tmp_path / "home", print)
    assert names(folder) == ["languagetool-server-6.8.jar"]
    pom = (tmp_path / "pom.xml").read_text()
    parts = ("languagetool-server", "language-en", "language-fr", "language-es")
    assert all(f"<artifactId>{part}</artifactId>" in pom for part in parts)
    assert "<languagetool>6.8</languagetool>" in pom
    assert (tmp_path / "call").read_text().startswith("-B -q dependency:copy-dependencies -D")


def test_two_at_once(tmp_path: Path) -> None:
    source = official(tmp_path / "a")
    folders: list[Path] = []
    threads = [
        threading.Thread(
            target=lambda: folders.append(install_languagetool(source, tmp_path / "home", print))
        )
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert folders == [tmp_path / "home" / "languagetool-6.8"] * 6
    assert names(folders[0]) == OFFICIAL
    assert len(list((tmp_path / "home").iterdir())) == 1


def test_a_name_that_is_taken(tmp_path: Path) -> None:
    occupied = tmp_path / "home" / "languagetool-6.8"
    occupied.mkdir(parents=True)
    (occupied / "mine").touch()
    with pytest.raises(GrammarError, match="delete this folder and try again"):
        install_languagetool(official(tmp_path / "a"), tmp_path / "home", print)
    assert names(occupied) == ["mine"]


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(GrammarError, match=r"cannot write to .*home"):
        install_languagetool(official(tmp_path / "a"), tmp_path / "home", print)


def test_nothing_is_installed(tmp_path: Path) -> None:
    assert installed_folder(tmp_path) is None
    assert installed_folder(tmp_path / "nowhere") is None
    (tmp_path / "languagetool-6.8").mkdir()
    assert installed_folder(tmp_path) is None
    with pytest.raises(GrammarError, match="no LanguageTool server in "):
        server_version(tmp_path)


@pytest.mark.parametrize(
    ("environment", "home"),
    [
        ({"PIPELINE_LANGUAGETOOL_HOME": "/a", "XDG_CACHE_HOME": "/b", "HOME": "/c"}, "/a"),
        ({"PIPELINE_LANGUAGETOOL_HOME": "", "XDG_CACHE_HOME": "/b", "HOME": "/c"}, "/b/pipeline"),
        ({"HOME": "/c"}, "/c/.cache/pipeline"),
        ({"XDG_CACHE_HOME": "", "HOME": "/c"}, "/c/.cache/pipeline"),
    ],
)
def test_default_home(environment: Mapping[str, str], home: str) -> None:
    assert languagetool_home(environment) == Path(home)
    assert languagetool_home({}).parts[-2:] == (".cache", "pipeline")
