"""Command line: arguments, terminal, exit codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.cli.program import console, main
else:
    __getattr__, __dir__, __all__ = lazy_face(
        __name__,
        {
            "program": "console main",
        },
    )
