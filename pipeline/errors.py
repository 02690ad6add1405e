"""Exceptions that the pipeline raises on purpose.

::

    PipelineError
    ├── UsageError          an impossible request on the command line or in the settings
    ├── InputError          a file of the project is invalid
    ├── MachineError        the machine refuses: no permission, disk full, a server is gone
    │   └── ConflictError   another program changed the file meanwhile
    ├── GrammarError        the grammar engine cannot run, and a check needs it
    └── EngineError         a translation engine did not deliver
        ├── EngineUnavailable   it cannot be used in this run
        └── EngineRefused       it will not translate this text
            └── EngineFailed        it answered, but not with a translation; it may do so later
"""

from __future__ import annotations

import shlex

__all__ = [
    "ConflictError",
    "EngineError",
    "EngineFailed",
    "EngineRefused",
    "EngineUnavailable",
    "GrammarError",
    "InputError",
    "MachineError",
    "PipelineError",
    "UsageError",
    "decode",
    "encoding_hint",
]


class PipelineError(Exception):
    """Base class of the pipeline's exceptions.

    The message names the expected and the actual value, and the remedy.
    """


class UsageError(PipelineError):
    """Impossible request on the command line or in the settings."""


class InputError(PipelineError):
    """Invalid file of the project.

    The message begins with ``path:line:`` where the place is known; lines from 1.
    """

    def __init__(self, message: str, path: str = "", line: int = 0) -> None:
        place = f"{path}:{line}: " if path and line else f"{path}: " if path else ""
        super().__init__(place + message)
        self.path = path
        self.line = line


def decode(
    data: bytes,
    path: str,
    charset: str = "utf-8-sig",
    *,
    expected: str = "UTF-8",
    remedy: str = "; save the file as UTF-8",
) -> str:
    """Return the text of a file, without a byte-order mark if the charset knows of one.

    Raises:
        InputError: with the line of the first byte that does not fit.
    """
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        # `error` counts in its own `object`, in which a byte-order mark is left out.
        line = error.object.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{error.object[error.start]:02X}"
        message = f"expected {expected}, found {found}{remedy}{encoding_hint(data, path)}"
        raise InputError(message, path, line) from error


def encoding_hint(data: bytes, path: str) -> str:
    """Return the end of a message about a file that is not UTF-8; empty if its encoding is unsure.

    ``path`` is that of the file, for the command that converts it.
    """
    from pipeline.encodings import is_mostly_utf8, likely_encoding  # here, as it is rare

    encoding = likely_encoding(data)
    if not encoding:
        advice = "; most of the file is UTF-8: write this character again"
        return advice if is_mostly_utf8(data) else ""
    command = f"iconv -f {encoding} -t UTF-8 {shlex.quote(path)} > converted"
    return f"; it is probably {encoding}: convert it, as with '{command}'"


class MachineError(PipelineError):
    """Refusal by the machine: no permission, disk full, a missing program or server."""


class ConflictError(MachineError):
    """Change of a file by another program between our reading and our writing it."""


class GrammarError(PipelineError):
    """Grammar engine that cannot run, or that does not know a language."""


class EngineError(PipelineError):
    """Failure of a translation engine to deliver."""


class EngineUnavailable(EngineError):
    """Engine that cannot be used for the rest of this run (not installed, no network)."""


class EngineRefused(EngineError):
    """Engine without a usable answer for this one text."""


class EngineFailed(EngineRefused):
    """Engine that fails at the moment; it may still translate the same text later."""
