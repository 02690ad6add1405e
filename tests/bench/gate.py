"""`pipeline check` on French prose, beside one language-tool-python call per paragraph.

Both ways use the same LanguageTool. The naive server runs with its default properties, ours
as `pipeline check` starts it. A run is all that a user waits for: the server's start, its
first text, which is slow, and all others. The second run of ours has nothing new to read.
"""

from __future__ import annotations

import html
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import language_tool_python
import requests

from pipeline.gate.grammar.install import installed_folder, languagetool_home

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PACKAGE", "measure"]

PACKAGE = "debian-handbook"
"""Debian package with the prose, which was edited and translated by people."""
_BOOK = Path("/usr/share/doc/debian-handbook/html/fr-FR")
_PARAGRAPH = re.compile(r'<div class="para">(.*?)</div>', re.S)
_TAG = re.compile(r"<[^<>]*>")


def measure(paragraphs: int) -> None:
    """Print the seconds of both ways and their ratio."""
    texts = _prose(paragraphs)
    if len(texts) < paragraphs:
        raise SystemExit(f"expected {paragraphs} paragraphs in {_BOOK}, found {len(texts)}")
    words = sum(len(text.split()) for text in texts)
    print(f"corpus: {len(texts)} paragraphs, {words} words of French prose ({PACKAGE})")
    home = languagetool_home(os.environ)
    folder = installed_folder(home)
    if folder is None:
        raise SystemExit("LanguageTool is not installed: pipeline languagetool install")
    start, naive = _naive(folder, texts)
    print(f"naive, one check per paragraph       {start + naive:7.2f} s ({start:.2f} s to start)")
    for engine in ("languagetool", "lingotweaker"):
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            project = _project(Path(name), engine, texts)
            cold, warm = _ours(project), _ours(project)
            bare = _seconds("-c", "import pipeline.cli.program, pipeline.cli.check_command")
        print(f"pipeline check, {engine:12}, cold    {cold:7.2f} s")
        print(f"pipeline check, {engine:12}, again   {warm:7.2f} s ({bare:.2f} s to start)")
        print(f"ratio: {(start + naive) / cold:.1f} times the naive way")


def _prose(count: int) -> list[str]:
    """Return ``count`` distinct paragraphs without code."""
    found: dict[str, None] = {}
    for page in sorted(_BOOK.glob("*.html")):
        for raw in _PARAGRAPH.findall(page.read_text("utf-8")):
            if "<code" in raw or "<pre" in raw:
                continue
            text = " ".join(html.unescape(_TAG.sub("", raw)).split())
            if 20 < len(text.split()) < 200 and re.fullmatch(r"[^|*_`<>\\\[\]{}@#$]+", text):
                found.setdefault(text)
    return list(found)[:count]


def _project(folder: Path, engine: str, texts: list[str]) -> Path:
    (folder / "source/book").mkdir(parents=True)
    (folder / "source/book/fr.md").write_text("\n\n".join(texts) + "\n", "utf-8")
    settings = f'source = "fr"\n[grammar]\nengine = {json.dumps(engine)}\n'
    (folder / "pipeline.toml").write_text(settings, "utf-8")
    return folder


def _ours(project: Path) -> float:
    return _seconds("-m", "pipeline", "check", "--exit-zero", "--quiet", folder=project)


def _seconds(*arguments: str, folder: Path | None = None) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _naive(folder: Path, texts: list[str]) -> tuple[float, float]:
    """Return the start-up seconds of a server with default properties, and those of the texts."""
    began = time.perf_counter()
    with _server(folder) as url:
        tool = language_tool_python.LanguageTool("fr", remote_server=url)
        started = time.perf_counter()
        for text in texts:
            tool.check(text)
        return started - began, time.perf_counter() - started


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    jars = next(folder.rglob("languagetool-server*.jar")).parent
    java = ["java", "-Xmx2g", "-cp", f"{jars}/*:{jars}/libs/*"]
    command = [*java, "org.languagetool.server.HTTPServer", "--port", str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            while process.poll() is None:
                try:
                    requests.get(f"{url}/v2/healthcheck", timeout=1).raise_for_status()
                    break
                except requests.RequestException:
                    time.sleep(0.05)
            yield url
        finally:
            process.terminate()
