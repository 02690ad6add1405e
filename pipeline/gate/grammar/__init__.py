"""Open a grammar engine by name."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline.errors import GrammarError, UsageError
from pipeline.gate.grammar.install import installed_folder
from pipeline.gate.grammar.languagetool import LanguageTool
from pipeline.gate.grammar.lingotweaker import LingoTweaker
from pipeline.gate.grammar.server import LocalServer
from pipeline.language import suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.gate.grammar.contract import Grammar

__all__ = ["open_grammar"]

_NAMES = ("auto", "languagetool", "lingotweaker")


def open_grammar(
    name: str = "auto",
    *,
    server: str = "",
    home: Path = Path(),
    variants: Mapping[str, str] = MappingProxyType({}),
) -> Grammar:
    """Return the engine of a name; it starts and loads nothing before it is used.

    ``auto`` is the LanguageTool at ``server`` where one is given, else LingoTweaker;
    ``languagetool`` is the one at ``server``, else the one that is installed in ``home``.

    Raises:
        UsageError: there is no such engine, or ``server`` is no address.
        GrammarError: ``languagetool`` without an address, and none is installed.
    """
    if name not in _NAMES:
        hint = suggestion(name, _NAMES)
        expected = ", ".join(_NAMES)
        raise UsageError(f"unknown grammar engine '{name}': expected one of {expected}{hint}")
    if name == "lingotweaker" or (name == "auto" and not server):
        return LingoTweaker(variants)
    if server:
        return LanguageTool(server, variants=variants)
    folder = installed_folder(home)
    if folder is None:
        raise GrammarError(
            f"LanguageTool is not installed in {home}: run 'pipeline languagetool install', "
            "or set the address of a server (PIPELINE_LANGUAGETOOL_URL)"
        )
    return LocalServer(folder, variants)
