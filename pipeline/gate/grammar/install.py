"""Install LanguageTool on this machine, find it, and read its version and languages."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import zipfile
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pipeline.errors import GrammarError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "install_languagetool",
    "installed_folder",
    "languages",
    "languagetool_home",
    "server_version",
]

_VERSION = "6.8"
_SERVER_CLASS = "org/languagetool/server/HTTPServer.class"
_PROPERTIES = "META-INF/maven/org.languagetool/languagetool-server/pom.properties"
_INSTALLATION_PARTS = ("*.jar", "libs", "org", "META-INF")
"""Parts of an installation, in our form (all jars in one folder) or the official archive's."""
_ADVICE = (
    "install Maven (Debian: apt install maven) and run 'pipeline languagetool install', or install "
    "a copy of your own with 'pipeline languagetool install PATH' (a folder or zip)"
)


def languagetool_home(environment: Mapping[str, str]) -> Path:
    """Return the folder that holds installations.

    It is ``PIPELINE_LANGUAGETOOL_HOME``, else ``pipeline`` in the user's cache.
    """
    if home := environment.get("PIPELINE_LANGUAGETOOL_HOME"):
        return Path(home)
    if cache := environment.get("XDG_CACHE_HOME"):
        return Path(cache) / "pipeline"
    return Path(environment.get("HOME") or Path.home()) / ".cache" / "pipeline"


def installed_folder(home: Path) -> Path | None:
    """Return the folder of LanguageTool in ``home``, or None where there is none.

    It is complete or missing: it gets its name when all files are in it.
    """
    folder = home / f"languagetool-{_VERSION}"
    return folder if _server_jar(folder) else None


def install_languagetool(source: Path | None, home: Path, tell: Callable[[str], None]) -> Path:
    """Install LanguageTool into ``home`` and return its folder; an installed one is not changed.

    It comes from a folder or zip of the user's (the official archive, or jars), or through
    Maven, about 250 MB.

    Raises:
        GrammarError: there is no Maven, it fails, the source is no LanguageTool of our version,
            or ``home`` cannot be written.
    """
    folder = installed_folder(home)
    if folder:
        tell(f"LanguageTool {server_version(folder)} is already installed")
        return folder
    target = home / f"languagetool-{_VERSION}"
    try:
        home.mkdir(parents=True, exist_ok=True)
        # Beside the target, so that a rename puts it in place: whole or not at all.
        with tempfile.TemporaryDirectory(prefix=".languagetool-", dir=home) as scratch:
            new_folder = Path(scratch) / "made"
            if source is None:
                _fetch_with_maven(new_folder, tell)
            else:
                _copy_installation(source, new_folder, tell)
            _require_version(new_folder)
            _move_into_place(new_folder, target)
    except OSError as error:
        raise GrammarError(f"cannot write to {home}: {error.strerror or error}") from error
    return target


def server_version(folder: Path) -> str:
    """Return the version of the server in a folder, such as ``6.8``.

    Raises:
        GrammarError: it is no folder with a server, or its version is unknown.
    """
    jar = _server_jar(folder)
    if jar is None:
        raise GrammarError(f"no LanguageTool server in {folder}: {_ADVICE}")
    try:
        with zipfile.ZipFile(jar) as archive:
            properties = archive.read(_PROPERTIES).decode("utf-8", "replace")
    except (KeyError, OSError, zipfile.BadZipFile):
        properties = ""
    match = re.search(r"^version=(\S+)", properties, re.MULTILINE) or re.search(
        r"-(\d[\w.-]*)\.jar$", jar.name
    )
    if match is None:
        raise GrammarError(f"cannot find the version of {jar}: {_ADVICE}")
    return match[1]


def languages(folder: Path) -> frozenset[str]:
    """Return the languages that have a jar in a folder, such as ``fr``; all without a country."""
    names = (jar.name for place in (folder, folder / "libs") for jar in place.glob("*.jar"))
    # The jar language-all holds no rules; it only requires the others.
    matches = (re.match(r"language-([a-z]{2,3})(?:-\d[^/]*)?\.jar$", name) for name in names)
    return frozenset(match[1] for match in matches if match) - {"all"}


def _server_jar(folder: Path) -> Path | None:
    return next(iter(sorted(folder.glob("languagetool-server*.jar"))), None)


def _require_version(folder: Path) -> None:
    jar = _server_jar(folder)
    try:
        with zipfile.ZipFile(jar or "") as archive:
            is_server = _SERVER_CLASS in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        is_server = False
    if not is_server:
        raise GrammarError(f"not a LanguageTool with a server: {_ADVICE}")
    version = server_version(folder)
    if version != _VERSION:
        raise GrammarError(f"expected LanguageTool {_VERSION}, found {version}: {_ADVICE}")


def _move_into_place(folder: Path, target: Path) -> None:
    try:
        folder.rename(target)
    except OSError as error:
        if not _server_jar(target):  # else another run was faster
            raise GrammarError(
                f"cannot install LanguageTool in {target}: {error.strerror}; "
                "delete this folder and try again"
            ) from error


def _fetch_with_maven(folder: Path, tell: Callable[[str], None]) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise GrammarError(f"'mvn' is not on the PATH: {_ADVICE}")
    tell(f"fetching LanguageTool {_VERSION} with Maven, about 250 MB …")
    project = folder.parent / "pom.xml"
    project.write_bytes((files("pipeline.gate.grammar") / "pom.xml").read_bytes())
    run = subprocess.run(
        [maven, "-B", "-q", "dependency:copy-dependencies", f"-DoutputDirectory={folder}"],
        cwd=folder.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if run.returncode:
        output = (run.stdout + run.stderr).decode("utf-8", "replace").strip().splitlines()
        # Maven names the cause first; advice on its options follows.
        excerpt = "\n  ".join(output[:5]) or "nothing"
        raise GrammarError(
            f"Maven failed:\n  {excerpt}\nCheck the network connection. Otherwise: {_ADVICE}"
        )


def _copy_installation(source: Path, folder: Path, tell: Callable[[str], None]) -> None:
    """Copy an installation from a folder or zip, at its top or one level below."""
    tell(f"copying LanguageTool from {source} …")
    try:
        top = source if source.is_dir() else _unpack(source, folder.parent / "unpacked")
        folders = [top, *sorted(path for path in top.iterdir() if path.is_dir())]
        installation = next((path for path in folders if _server_jar(path)), None)
        if installation is None:
            raise GrammarError(f"no languagetool-server.jar in {source}: {_ADVICE}")
        folder.mkdir()
        for path in (path for name in _INSTALLATION_PARTS for path in installation.glob(name)):
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, folder / path.name)
    except (OSError, shutil.Error) as error:
        raise GrammarError(f"cannot read {source}: {error}") from error


def _unpack(source: Path, folder: Path) -> Path:
    try:
        with zipfile.ZipFile(source) as archive:
            for name in archive.namelist():
                path = PurePosixPath(name.replace("\\", "/"))
                if (
                    path.is_absolute()
                    or ".." in path.parts
                    or any(":" in part for part in path.parts[:1])
                ):
                    raise GrammarError(
                        f"{source} is not safe to unpack: '{name}' is outside of the folder"
                    )
            archive.extractall(folder)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise GrammarError(f"{source} is not a readable zip file: {error}") from error
    return folder
