"""Align an existing translation with its source, and fill a catalogue from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.alignment.doubts import is_copy
    from pipeline.alignment.filling import fill, find_own_values, is_outdated
    from pipeline.alignment.lattice import Alignment, Bead
    from pipeline.alignment.lexicon import Lexicon, learn_lexicon
    from pipeline.alignment.pairing import align
    from pipeline.alignment.splitting import LEAST_CONFIDENCE
else:
    __getattr__, __dir__, __all__ = lazy_face(
        __name__,
        {
            "doubts": "is_copy",
            "filling": "fill find_own_values is_outdated",
            "lattice": "Alignment Bead",
            "lexicon": "Lexicon learn_lexicon",
            "pairing": "align",
            "splitting": "LEAST_CONFIDENCE",
        },
    )
