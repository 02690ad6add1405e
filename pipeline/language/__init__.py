"""Languages: locales and their data, numbers, glossaries, similarity of strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.language.detect import certain_language, detect_language, has_own_words
    from pipeline.language.digits import Number, ascii_digits, find_numbers
    from pipeline.language.glossary import (
        NO_GLOSSARY,
        EntryKind,
        Glossary,
        GlossaryEntry,
        glossary_words,
        kept_terms,
        parse_glossary,
        required_renderings,
    )
    from pipeline.language.locales import (
        base_locale,
        direction,
        is_locale,
        is_regional,
        is_same_language,
        join_names,
        language_code,
        language_tag,
        locale_named,
        long_date,
        name_in,
        nearest_locale,
        number_symbols,
        own_name,
        percent,
        plural_category,
        plural_forms,
        require_locale,
        script_of,
    )
    from pipeline.language.number_words import (
        certain_numbers,
        knows_number_words,
        language_of,
        spelt_numbers,
    )
    from pipeline.language.similarity import (
        UNSPACED,
        SimilarityIndex,
        best_match,
        character_ratio,
        edits_within,
        one_slip,
        suggestion,
        words_ratio,
    )
    from pipeline.language.tags import LanguageTag, parse_tag, tag_distance
else:
    __getattr__, __dir__, __all__ = lazy_face(
        __name__,
        {
            "detect": "certain_language detect_language has_own_words",
            "digits": "Number ascii_digits find_numbers",
            "glossary": "EntryKind Glossary GlossaryEntry NO_GLOSSARY glossary_words "
            "kept_terms parse_glossary required_renderings",
            "locales": "base_locale direction is_locale is_regional is_same_language join_names "
            "language_code language_tag locale_named long_date name_in nearest_locale "
            "number_symbols own_name percent plural_category plural_forms require_locale "
            "script_of",
            "number_words": "certain_numbers knows_number_words language_of spelt_numbers",
            "similarity": "SimilarityIndex UNSPACED best_match character_ratio "
            "edits_within one_slip suggestion words_ratio",
            "tags": "LanguageTag parse_tag tag_distance",
        },
    )
