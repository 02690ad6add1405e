"""Machine drafts: parallel requests, Apertium kept running, and a run with nothing to ask.

The server is on this machine and answers after 100 ms. A run is a whole process, its start
included; the start alone is shown beside it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.drafting.engines.apertium import Apertium
from tests.drafting.engines.servers import GoogleServer

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["measure"]

_TEXTS = 160
_UNITS = 5000
_SENTENCES = 40


def measure() -> None:
    """Print drafts per second and ratios."""
    _side_by_side()
    _kept_running()
    _nothing_to_ask()


def _side_by_side() -> None:
    print(f"drafts of {_TEXTS} texts by a service that answers after 100 ms")
    alone = 0.0
    for threads in (1, 4, 8):
        with tempfile.TemporaryDirectory(prefix="bench-") as name, GoogleServer() as server:
            server.delay = lambda: 0.1
            options = {"base_url": f"{server.url}/m", "threads": threads, "rate": 0}
            _project(Path(name), _TEXTS, options)
            _run(Path(name), "merge")
            seconds = _run(Path(name), "translate")
            assert len(server.asked) == _TEXTS
        rate = _TEXTS / seconds
        alone = alone or rate
        print(f"  {threads} at a time   {rate:6.1f} drafts a second   {rate / alone:4.1f} times")


def _kept_running() -> None:
    texts = [f"The house number {n} of my brother is very big." for n in range(_SENTENCES)]
    begun = time.perf_counter()
    for text in texts:
        command = ["apertium", "-u", "eng-spa"]
        subprocess.run(command, input=text, text=True, capture_output=True, check=True)
    apart = (time.perf_counter() - begun) / _SENTENCES
    engine = Apertium()
    list(engine.translate(texts[:1], "en", "es", {}))
    begun = time.perf_counter()
    assert len(list(engine.translate(texts * 25, "en", "es", {}))) == _SENTENCES * 25
    kept = (time.perf_counter() - begun) / _SENTENCES / 25
    engine.close()
    print(f"apertium eng-spa, a process for each sentence   {apart * 1000:7.1f} ms a sentence")
    print(f"pipeline, kept running                          {kept * 1000:7.1f} ms a sentence")
    print(f"ratio: {apart / kept:.0f} times")


def _nothing_to_ask() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as name, GoogleServer() as server:
        root = Path(name)
        _project(root, _UNITS, {"base_url": f"{server.url}/m", "threads": 8, "rate": 0})
        _run(root, "run")
        asked = len(server.asked)
        again = _run(root, "translate")
        for catalogue in root.glob("locales/*/LC_MESSAGES/*.po"):
            catalogue.unlink()
        _run(root, "merge")
        stored = _run(root, "translate")
        assert len(server.asked) == asked
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import pipeline.cli.program"], check=True)
    start = time.perf_counter() - begun
    print(f"{_UNITS} units, all filled           {again:6.2f} s ({start:.2f} s to start), no call")
    print(f"{_UNITS} units, all answers stored   {stored:6.2f} s, no call")


def _project(root: Path, texts: int, options: Mapping[str, object]) -> None:
    words = "\n\n".join(f"Sentence number {n} of a long article." for n in range(texts))
    (root / "source/long").mkdir(parents=True)
    (root / "source/long/en.md").write_text(words + "\n", "utf-8")
    table = "".join(f"{name} = {json.dumps(value)}\n" for name, value in options.items())
    settings = f'locales = ["fr"]\nengines = ["google"]\n[engine.google]\n{table}'
    (root / "pipeline.toml").write_text(settings, "utf-8")


def _run(root: Path, command: str) -> float:
    environment = os.environ | {"PIPELINE_OFFLINE": "0"}
    begun = time.perf_counter()
    program = [sys.executable, "-m", "pipeline", command, "--quiet"]
    subprocess.run(program, cwd=root, env=environment, check=True)
    return time.perf_counter() - begun
