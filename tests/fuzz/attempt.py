"""Result of a call that may raise a pipeline error."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["attempt"]

T = TypeVar("T")


def attempt(action: Callable[..., T], *arguments: object) -> T | PipelineError:
    """Return the result of a call, or the PipelineError it raises; other errors pass through."""
    try:
        return action(*arguments)
    except PipelineError as error:
        return error
