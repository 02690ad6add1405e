"""Check articles and catalogues: documents, grammar engines, formats of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.gate.baseline import (
        BASELINE_MARK,
        Baseline,
        compare_with_baseline,
        parse_baseline,
        render_baseline,
    )
    from pipeline.gate.formats import FORMATS, render_report
    from pipeline.gate.formats.text import engine_line, render_text, statistics
    from pipeline.gate.gate import CheckOptions, check_files
    from pipeline.gate.grammar import open_grammar
    from pipeline.gate.grammar.contract import Grammar, Match
    from pipeline.gate.grammar.install import install_languagetool, languagetool_home
    from pipeline.gate.repairing import repair
    from pipeline.gate.translation import check
else:
    __getattr__, __dir__, __all__ = lazy_face(
        __name__,
        {
            "baseline": "BASELINE_MARK Baseline compare_with_baseline parse_baseline "
            "render_baseline",
            "formats": "FORMATS render_report",
            "formats.text": "engine_line render_text statistics",
            "gate": "CheckOptions check_files",
            "grammar": "open_grammar",
            "grammar.contract": "Grammar Match",
            "grammar.install": "install_languagetool languagetool_home",
            "repairing": "repair",
            "translation": "check",
        },
    )
