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
