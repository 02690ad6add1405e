"""Local server: started late and always stopped, even when the pipeline is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from pipeline.errors import GrammarError
from pipeline.gate.grammar import server
from pipeline.gate.grammar.server import LocalServer
from tests.steps import until

STANDS = "echo $$ >> pids; echo Server started; exec sleep 300"
"""Script of the fake Java: report that it listens, then keep running."""


def _is_alive(pid: int) -> bool:
    """Return whether a process is alive; one that nobody waited for yet counts as dead."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _javas() -> set[int]:
    """Return the ids of this process's servers, which may include the shared one."""
    ask = ["ps", "--ppid", str(os.getpid()), "-o", "pid=,comm="]
    lines = subprocess.run(ask, capture_output=True, text=True, check=False).stdout.splitlines()
    return {int(line.split()[0]) for line in lines if line.split()[1] == "java"}


class FakeJava:
    """A shell script in place of Java, and a folder with the jars that are looked for."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self.jars = folder / "jars"
        self.jars.mkdir()
        self.scratch = folder / "scratch"
        self.scratch.mkdir()
        for name in ("languagetool-server-6.8.jar", "language-en-6.8.jar", "language-all-6.8.jar"):
            (self.jars / name).touch()
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setattr(tempfile, "tempdir", str(self.scratch))

    def does(self, script: str) -> None:
        """Set the script that runs when Java is started."""
        java = self._folder / "java"
        java.write_text(f'#!/bin/sh\ncd "{self._folder}"\necho "$*" >> calls\n{script}\n')
        java.chmod(0o755)

    def _lines(self, name: str) -> list[str]:
        path = self._folder / name
        return path.read_text().splitlines() if path.exists() else []

    @property
    def calls(self) -> list[str]:
        return self._lines("calls")

    @property
    def pids(self) -> list[int]:
        return [int(line) for line in self._lines("pids")]


@pytest.fixture
def java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeJava:
    return FakeJava(tmp_path, monkeypatch)


def test_nothing_is_started_before_a_text(java: FakeJava) -> None:
    java.does(STANDS)
    tool = LocalServer(java.jars)
    assert tool.version == "LanguageTool 6.8"
    assert [tool.supports(locale) for locale in ("en", "en_GB", "fr", "all")] == [
        True,
        True,
        False,
        False,
    ]
    assert list(tool.check([], "en")) == []
    with pytest.raises(GrammarError, match="does not support the language 'fr'"):
        list(tool.check(["Texte."], "fr"))
    tool.close()
    assert java.calls == []


@pytest.mark.parametrize(
    ("variants", "known"),
    [({"en": "en-GB"}, True), ({"en": "xx-GB"}, False), ({"fr": "en-GB"}, True)],
)
def test_variants(java: FakeJava, variants: dict[str, str], known: bool) -> None:
    locale = next(iter(variants))
    assert LocalServer(java.jars, variants).supports(locale) is known


def test_one_start_for_all_and_an_end(java: FakeJava) -> None:
    java.does(STANDS)
    tool = LocalServer(java.jars)
    addresses = []
    threads = [threading.Thread(target=lambda: addresses.append(tool.address)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(addresses)) == 1
    (call,) = java.calls
    port = addresses[0].rpartition(":")[2]
    assert f"org.languagetool.server.HTTPServer --port {port} --config " in call
    settings = Path(call.rpartition(" ")[2]).read_text()
    assert f"maxCheckThreads={os.cpu_count()}" in settings
    (pid,) = java.pids
    assert _is_alive(pid)
    tool.close()
    assert not _is_alive(pid)
    assert list(java.scratch.iterdir()) == []
    tool.close()


def test_a_server_that_ended_is_started_again(java: FakeJava) -> None:
    java.does(STANDS)
    tool = LocalServer(java.jars)
    assert tool.address
    os.kill(java.pids[0], signal.SIGKILL)
    until(lambda: not _is_alive(java.pids[0]))
    assert tool.address
    assert len(java.pids) == 2
    tool.close()
    assert not _is_alive(java.pids[1])


@pytest.mark.parametrize(
    ("script", "message"),
    [
        (
            "echo one; echo two >&2; exit 3",
            r"ended at start-up .*Java 17 or later\) with status 3; its output was:\n  one\n  two$",
        ),
        ("exit 1", r"with status 1; its output was:\n  nothing$"),
        ("kill -9 $$", "with status -9;"),
        ("printf '\\377\\n'; exit 1", "its output was:\n  �"),
        ("sleep 300", "did not start in 0.4 s"),
    ],
)
def test_a_server_that_does_not_start(
    java: FakeJava, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    monkeypatch.setattr(server, "_START", 0.4)
    java.does(f"echo $$ >> pids; {script.replace('sleep', 'exec sleep')}")
    tool = LocalServer(java.jars)
    with pytest.raises(GrammarError, match=message):
        list(tool.check(["Text."], "en"))
    assert not any(_is_alive(pid) for pid in java.pids)
    assert list(java.scratch.iterdir()) == []


def test_another_port_where_one_is_taken(java: FakeJava) -> None:
    taken = "echo java.net.BindException: Address already in use; exit 1"
    java.does(f"[ $(wc -l < calls) -lt 3 ] && {{ {taken}; }}; {STANDS}")
    tool = LocalServer(java.jars)
    assert tool.address
    assert len({call.partition("--port ")[2].split()[0] for call in java.calls}) == 3
    tool.close()


def test_ports_that_are_all_taken(java: FakeJava) -> None:
    java.does("echo java.net.BindException: Address already in use; exit 1")
    with pytest.raises(GrammarError, match="BindException"):
        list(LocalServer(java.jars).check(["Text."], "en"))
    assert len(java.calls) == 3


def test_no_java(java: FakeJava, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    tool = LocalServer(java.jars)
    assert tool.version == "LanguageTool 6.8"
    with pytest.raises(GrammarError, match=r"requires Java 17 or later.*default-jre-headless"):
        list(tool.check(["Text."], "en"))


@pytest.mark.parametrize(
    "end", ["", "raise SystemExit(3)", "raise ValueError", "os.kill(os.getpid(), 9)", "os._exit(1)"]
)
def test_it_ends_with_us(java: FakeJava, end: str) -> None:
    java.does(STANDS)
    code = (
        "import os, tempfile; from pathlib import Path\n"
        "from pipeline.gate.grammar.server import LocalServer\n"
        f"tempfile.tempdir = {str(java.scratch)!r}\n"
        f"print(LocalServer(Path({str(java.jars)!r})).address, flush=True)\n{end}\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout.startswith("http://127.0.0.1:"), run.stderr
    (pid,) = java.pids
    until(lambda: not _is_alive(pid))
    until(lambda: not list(java.scratch.iterdir()))


def test_the_thread_that_started_it_may_end(java: FakeJava) -> None:
    java.does(STANDS)
    tool = LocalServer(java.jars)
    thread = threading.Thread(target=lambda: tool.address)
    thread.start()
    thread.join()
    time.sleep(0.1)
    assert _is_alive(java.pids[0])
    tool.close()


def test_a_real_server_is_killed_in_the_middle(languagetool: Path) -> None:
    texts = [f"La casas es grande, {n}. " * 400 for n in range(12)]
    tool = LocalServer(languagetool)
    others = _javas()
    answers = tool.check(["La casas es grande.", *texts], "es")
    assert [match.rule for match in next(answers)][:1] == ["AGREEMENT_DET_NOUN"]
    (server,) = _javas() - others
    os.kill(server, signal.SIGKILL)
    with pytest.raises(GrammarError, match=r"ended during a check with status -9"):
        list(answers)
    tool.close()
