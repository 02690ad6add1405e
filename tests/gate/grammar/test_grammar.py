"""Choice of the grammar engine to open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.errors import GrammarError, UsageError
from pipeline.gate.grammar import open_grammar
from pipeline.gate.grammar.languagetool import LanguageTool
from pipeline.gate.grammar.lingotweaker import LingoTweaker
from pipeline.gate.grammar.server import LocalServer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "address", "made"),
    [
        ("auto", "", LingoTweaker),
        ("auto", "http://localhost:8081", LanguageTool),
        ("lingotweaker", "http://localhost:8081", LingoTweaker),
        ("languagetool", "http://localhost:8081", LanguageTool),
        ("languagetool", "", LocalServer),
    ],
)
def test_opening(tmp_path: Path, name: str, address: str, made: type) -> None:
    folder = tmp_path / "languagetool-6.8"
    folder.mkdir()
    (folder / "languagetool-server-6.8.jar").touch()
    engine = open_grammar(name, server=address, home=tmp_path, variants={})
    assert isinstance(engine, made)
    engine.close()


@pytest.mark.parametrize(
    ("name", "address", "error", "message"),
    [
        ("langagetool", "", UsageError, "'langagetool': .*did you mean 'languagetool'"),
        ("", "", UsageError, "expected one of auto, languagetool, lingotweaker"),
        ("languagetool", "", GrammarError, "run 'pipeline languagetool install'"),
        ("auto", "ftp://x", UsageError, "is not the address of"),
    ],
)
def test_what_cannot_be_opened(
    tmp_path: Path, name: str, address: str, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        open_grammar(name, server=address, home=tmp_path, variants={})
