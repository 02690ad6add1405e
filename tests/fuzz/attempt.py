"""What came of something that may be refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["attempt"]

T = TypeVar("T")


def attempt(action: Callable[..., T], *arguments: object) -> T | PipelineError:
    """Give what a call gives, or the error of ours that it raises; others pass."""
    try:
        return action(*arguments)
    except PipelineError as error:
        return error
