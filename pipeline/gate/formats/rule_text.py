"""What a format needs to know of a rule; the rules themselves are the business of stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pipeline.findings import Severity

__all__ = ["RuleText"]


class RuleText(Protocol):
    """The texts of a `pipeline.rules.rule.Rule`, which is above this layer."""

    @property
    def severity(self) -> Severity:
        """How much it matters if the settings say nothing."""
        ...

    @property
    def summary(self) -> str:
        """What it finds, in a few words, without a full stop."""
        ...

    @property
    def why(self) -> str:
        """What harm it does."""
        ...
