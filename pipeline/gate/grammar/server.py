"""Run a LanguageTool server of our own, started when the first text comes."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import GrammarError
from pipeline.gate.grammar.codes import engine_code, unknown_language
from pipeline.gate.grammar.install import languages, server_version
from pipeline.gate.grammar.languagetool import LanguageTool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.gate.grammar.contract import Match

__all__ = ["LocalServer"]

_TIMEOUT = 300.0
"""Seconds for one text; the first French one takes 8 s, on a busy machine much more."""
_START = 120.0
"""Seconds until the server listens; 2 to 6 as measured."""
_ATTEMPTS = 3
"""Number of ports that are tried, where another program takes one before our server does."""

# The quick compiler and the plain collector: the server lives for seconds. A run of 20 texts
# took half the processor time (19 s for 40 s) and half the memory (0.6 GB) with them.
_JAVA = ("-Xmx2g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

# Without the cache of pipelines every check makes the rules anew: 20 more texts took 19 s in
# place of 0.9 s. Filling that cache before (pipelinePrewarming) takes 2.4 GB.
_SETTINGS = """\
pipelineCaching=true
maxPipelinePoolSize=100
pipelineExpireTimeInSeconds=86400
cacheSize=10000
maxCheckThreads={threads}
"""
_READY_TEXT = "Server started"
"""Text in the server's log when it listens; asking the port could find another program there."""
_WATCHER_SCRIPT = 'read -r _; kill -9 "$1"; rm -rf "$2"'
"""Shell script whose input is a pipe from us: its input ends when we end, in whatever way.

PR_SET_PDEATHSIG would not do: it fires when the thread that started the server ends.
"""


class LocalServer:
    """LanguageTool that is installed in a folder; Java runs from the first check to ``close``.

    ``variants`` maps a locale to the server's code, such as ``{"en": "en-GB"}``.
    """

    def __init__(
        self, folder: Path, variants: Mapping[str, str] | None = None, timeout: float = _TIMEOUT
    ) -> None:
        self._folder = folder
        self._variants = variants or {}
        self._timeout = timeout
        self._java: _Java | None = None
        self._client: LanguageTool | None = None
        self._lock = threading.Lock()

    @property
    def version(self) -> str:
        """Name and version, as in the jar."""
        return f"LanguageTool {server_version(self._folder)}"

    @property
    def address(self) -> str:
        """Address of the server, such as ``http://127.0.0.1:40123``; it is started for that.

        Raises:
            GrammarError: it does not start.
        """
        self._start_client()
        return self._java.address if self._java else ""

    def supports(self, locale: str) -> bool:
        """Return whether there is a jar for the language of a locale."""
        variant = self._variants.get(locale, locale)
        return engine_code(variant, {}, languages(self._folder)) is not None

    def check(self, texts: Sequence[str], locale: str) -> Iterator[tuple[Match, ...]]:
        """Yield the matches of each text, in order."""
        if not self.supports(locale):
            raise GrammarError(unknown_language("LanguageTool", locale, self._variants))
        if not texts:
            return
        client = self._start_client()
        java = self._java
        try:
            yield from client.check(texts, locale)
        except GrammarError as error:
            if java and java.has_ended(0.5):  # its end may be heard of before it can be seen
                raise GrammarError(java.ending_message("during a check")) from error
            raise

    def close(self) -> None:
        """End the server, and wait until it has ended."""
        with self._lock:
            self._stop()

    def _start_client(self) -> LanguageTool:
        with self._lock:
            if self._java and self._java.has_ended():
                self._stop()
            if self._client is None:
                self._java = _start(self._folder)
                atexit.register(self.close)
                self._client = LanguageTool(self._java.address, self._timeout, self._variants)
            return self._client

    def _stop(self) -> None:
        if self._client:
            self._client.close()
        if self._java:
            self._java.stop()
            atexit.unregister(self.close)
        self._client = self._java = None


class _Java:
    """Server process, with its folder of settings and log, and the shell that watches us."""

    def __init__(self, java: str, folder: Path) -> None:
        self.port = _free_port()
        self._scratch = Path(tempfile.mkdtemp(prefix="pipeline-languagetool-"))
        self._log = self._scratch / "log"
        settings = self._scratch / "settings"
        settings.write_text(_SETTINGS.format(threads=os.cpu_count() or 1), encoding="ascii")
        # The official archive has jars in libs/, and its rules beside them in org/.
        places = os.pathsep.join(map(str, (folder / "*", folder, folder / "libs" / "*")))
        command = [java, *_JAVA, "-cp", places, "org.languagetool.server.HTTPServer"]
        command += ["--port", str(self.port), "--config", str(settings)]
        with self._log.open("wb") as log:
            # A session of its own: an interrupt from the terminal is for us, and we end it.
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        try:
            self._watcher = _start_watcher(self._process.pid, self._scratch)
        except OSError:
            _end_process(self._process)
            raise

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def has_ended(self, patience: float = 0) -> bool:
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            return False
        return True

    def listens(self) -> bool:
        return _READY_TEXT in self._output()

    def port_was_taken(self) -> bool:
        return "BindException" in self._output()

    def ending_message(self, when: str) -> str:
        """Return the message that the process ended, with the last lines of its log."""
        lines = [line.strip() for line in self._output().splitlines() if line.strip()]
        excerpt = "\n  ".join(lines[-5:]) or "nothing"
        code = self._process.poll()
        message = f"the local LanguageTool server ended {when} with status {code}"
        return f"{message}; its output was:\n  {excerpt}"

    def stop(self) -> None:
        # The watcher first: it must not kill a number that is another's by then.
        _end_process(self._watcher)
        if self._watcher.stdin:
            self._watcher.stdin.close()
        _end_process(self._process)
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _output(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")


def _start(folder: Path) -> _Java:
    program = shutil.which("java")
    if program is None:
        raise GrammarError(
            "LanguageTool requires Java 17 or later, but 'java' is not on the PATH: install Java "
            "(Debian: apt install default-jre-headless), or use the engine 'lingotweaker'"
        )
    for attempt in range(_ATTEMPTS):
        java = _Java(program, folder)
        try:
            if _wait_until_it_listens(java):
                return java
            if attempt + 1 == _ATTEMPTS or not java.port_was_taken():
                raise GrammarError(
                    java.ending_message("at start-up (it requires Java 17 or later)")
                )
        except BaseException:
            java.stop()
            raise
        java.stop()
    raise AssertionError("not reached")


def _wait_until_it_listens(java: _Java) -> bool:
    """Wait until the server listens; return False if it ends before.

    Raises:
        GrammarError: it does neither within `_START` seconds.
    """
    limit = time.monotonic() + _START
    while not java.has_ended():
        if java.listens():
            return True
        if time.monotonic() > limit:
            raise GrammarError(f"the local LanguageTool server did not start in {_START:g} s")
        time.sleep(0.05)
    return False


def _start_watcher(pid: int, scratch: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["/bin/sh", "-c", _WATCHER_SCRIPT, "sh", str(pid), str(scratch)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _end_process(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
