"""Documents of people in: Word, HTML, plain text, Markdown and answers of forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.importers.conversion import (
        MOST_BYTES,
        ImportOptions,
        read_document,
        render_article,
    )
    from pipeline.importers.document import FIELDS, Document, LeftOut
else:
    __getattr__, __dir__, __all__ = lazy_face(
        __name__,
        {
            "conversion": "ImportOptions MOST_BYTES read_document render_article",
            "document": "Document FIELDS LeftOut",
        },
    )
