"""A parser of arguments that raises, names the nearest choice and prints completion scripts."""

from __future__ import annotations

import argparse
from typing import Any

from pipeline.cli.terminal import Terminal
from pipeline.errors import UsageError
from pipeline.language import nearest

__all__ = ["Completion", "Parser", "unknown"]


class Parser(argparse.ArgumentParser):
    """Raises instead of exiting, and names the nearest choice; takes no shortened options."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> None:  # type: ignore[override]  # it raises instead
        raise UsageError(f"{message}; see '{self.prog} --help'")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        known = [str(choice) for choice in action.choices]
        close = nearest(value, known, 0.5)
        hint = f"did you mean '{close}'?" if close else f"there are: {', '.join(known)}"
        what = "command" if action.dest == "command" else "/".join(action.option_strings)
        raise UsageError(f"unknown {what} '{value}'; {hint}")


def unknown(parser: argparse.ArgumentParser, argument: str) -> str:
    """Say that an argument means nothing, and which option may have been meant."""
    see = f"see '{parser.prog} --help'"
    if not argument.startswith("-"):
        return f"unexpected argument '{argument}'; {see}"
    options = [option for action in parser._actions for option in action.option_strings]
    close = nearest(argument.partition("=")[0], options, 0.7)
    return f"unknown option '{argument}'; " + (f"did you mean '{close}'?" if close else see)


class Completion(argparse.Action):
    """Prints a completion script for the shell that is named, and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *values: Any, **_: Any) -> None:
        import shtab  # here, since it takes a sixth of the start-up time of every command

        Terminal().result(shtab.complete(parser, values[1]))
        parser.exit()
