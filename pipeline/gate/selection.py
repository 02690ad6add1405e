"""Select the findings to show, and set their severity."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import UsageError
from pipeline.findings import Severity
from pipeline.language import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.project import CheckScope, CheckSettings

__all__ = ["Selection", "covers", "require_codes", "select_findings"]

_CODE = re.compile(r"[A-Z]{2}\d{0,3}")


class Selection(NamedTuple):
    """Selection of one document's findings."""

    select: tuple[str, ...]
    """Patterns of the only findings shown; empty for all."""
    ignore: tuple[str, ...]
    severity: Mapping[str, str]

    def shows(self, code: str, rule: str) -> bool:
        """Return whether a finding is shown; an ignored one is not, even if it is selected."""
        if self.select and not any(covers(pattern, code, rule) for pattern in self.select):
            return False
        return not any(covers(pattern, code, rule) for pattern in self.ignore)

    def severity_of(self, code: str, rule: str, severity: Severity) -> Severity:
        """Return the severity that the settings have for a finding, or its own.

        The name of a rule goes before codes, and a longer beginning of a code before others.
        """
        patterns = [pattern for pattern in self.severity if covers(pattern, code, rule)]
        best_pattern = max(
            patterns, key=lambda pattern: (pattern == rule, len(pattern)), default=None
        )
        return Severity(self.severity[best_pattern]) if best_pattern else severity


def covers(pattern: str, code: str, rule: str) -> bool:
    """Return whether a pattern covers a finding: a code, the beginning of one, or a rule's name."""
    return pattern == rule or bool(_CODE.fullmatch(pattern) and code.startswith(pattern))


def select_findings(
    check: CheckSettings,
    locale: str,
    article: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> Selection:
    """Return the settings for all, for a locale and for an article, joined with the options.

    A selection on the command line goes before those in the settings; of these the one
    for the article goes first, then the locale's.
    """
    scopes = _scopes(check, locale, article)
    selected = select or next((s.select for s in reversed(scopes) if s.select), check.select)
    ignored_codes = (*check.ignore, *(code for scope in scopes for code in scope.ignore), *ignore)
    return Selection(selected, ignored_codes, check.severity)


def require_codes(
    patterns: Iterable[str], codes: Iterable[str], where: str, *, rules: bool = True
) -> None:
    """Check that each pattern begins a code or, if ``rules``, may be a rule's name.

    Nobody knows all rules of all engines. To ignore one that does not exist does no harm; to
    select one would hide everything, so only codes are selected.

    Raises:
        UsageError: a pattern is not valid; the nearest code is named.
    """
    all_codes = tuple(codes)
    expected = "a code such as TY101, or the beginning of one"
    for pattern in patterns:
        if _CODE.fullmatch(pattern):
            if not any(code.startswith(pattern) for code in all_codes):
                hint = suggestion(pattern, all_codes, otherwise="'pipeline rules' lists all")
                raise UsageError(f"{where}: no code begins with '{pattern}'{hint}")
        elif not (rules and re.fullmatch(r"[A-Z][A-Z0-9_]+", pattern)):
            or_rule = ", or a rule's name" if rules else ""
            raise UsageError(f"{where}: expected {expected}{or_rule}, found: '{pattern}'")


def _scopes(check: CheckSettings, locale: str, article: str) -> list[CheckScope]:
    scopes = (check.locale.get(locale), check.article.get(article))
    return [scope for scope in scopes if scope]
