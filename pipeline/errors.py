"""Everything that the pipeline raises on purpose.

::

    PipelineError
    ├── UsageError          the command line or the settings ask for what cannot be
    ├── InputError          a file of the project cannot be read as what it should be
    ├── MachineError        the machine refuses: no permission, disk full, a server is gone
    │   └── ConflictError   another program changed the file meanwhile
    ├── GrammarError        the grammar engine cannot run: a check without it would be no check
    └── EngineError         a translation engine did not deliver
        ├── EngineUnavailable   it cannot be used at all in this run
        └── EngineRefused       it will not translate this text
            └── EngineFailed        it answered, but not with a translation; later it may
"""

from __future__ import annotations

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
]


class PipelineError(Exception):
    """Base of all; its text says what was expected, what was found, and what to do."""


class UsageError(PipelineError):
    """The command line or the settings ask for something that cannot be."""


class InputError(PipelineError):
    """A file of the project is not what it should be.

    The text begins with ``path:line:`` where the place is known; lines from 1.
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
        message = f"expected {expected}, found byte 0x{error.object[error.start]:02X}{remedy}"
        raise InputError(message, path, line) from error


class MachineError(PipelineError):
    """The machine refuses: no permission, disk full, a program that is missing."""


class ConflictError(MachineError):
    """Another program changed a file between our reading and our writing it."""


class GrammarError(PipelineError):
    """The grammar engine cannot run, or does not know a language."""


class EngineError(PipelineError):
    """A translation engine did not deliver."""


class EngineUnavailable(EngineError):
    """The engine cannot be used for the rest of this run (not installed, no network)."""


class EngineRefused(EngineError):
    """The engine has no usable answer for this one text."""


class EngineFailed(EngineRefused):
    """The engine is ill at the moment; nothing is known of the text."""
