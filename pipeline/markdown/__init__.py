"""Markdown and its dialects, front matter, HTML, and the constructs in their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.markdown.dialects.attributes import text_attributes
    from pipeline.markdown.dialects.foreign import find_opaque
    from pipeline.markdown.dialects.view import is_mdx, mask_foreign, parser_view
    from pipeline.markdown.formulas import formula_html
    from pipeline.markdown.frontmatter import (
        FrontMatter,
        FrontMatterValue,
        front_matter_flag,
        locate_front_matter,
        markdown_body,
        quote_value,
        scalar_metadata,
        yaml_mapping,
    )
    from pipeline.markdown.html import (
        INLINE_TAGS,
        HtmlTag,
        html_attributes,
        html_block,
        html_pieces,
        html_tags,
    )
    from pipeline.markdown.marks import (
        EMAIL,
        URL,
        VOID_TAGS,
        Form,
        Mark,
        Marked,
        count_constructs,
        count_numbers,
        find_marks,
        term_pattern,
    )
    from pipeline.markdown.parser import Block, Run, blocks, definitions, inline, raw_parts, to_html
    from pipeline.markdown.plain_text import Plain, plain, visible
    from pipeline.markdown.rendering import render_html
    from pipeline.markdown.rich_boxes import Label
    from pipeline.markdown.spans import APART, Piece, Span, find_spans
    from pipeline.markdown.version_values import (
        OwnValues,
        front_matter_entries,
        own_values,
        with_own_values,
    )
else:
    __getattr__, __dir__, __all__ = lazy_face(
        __name__,
        {
            "dialects.attributes": "text_attributes",
            "dialects.foreign": "find_opaque",
            "dialects.view": "is_mdx mask_foreign parser_view",
            "frontmatter": "FrontMatter FrontMatterValue front_matter_flag locate_front_matter "
            "markdown_body quote_value scalar_metadata yaml_mapping",
            "version_values": "OwnValues front_matter_entries own_values with_own_values",
            "formulas": "formula_html",
            "html": "HtmlTag INLINE_TAGS html_attributes html_block html_pieces html_tags",
            "marks": "EMAIL Form Mark Marked URL VOID_TAGS count_constructs "
            "count_numbers find_marks term_pattern",
            "parser": "Block Run blocks definitions inline raw_parts to_html",
            "plain_text": "Plain plain visible",
            "rendering": "render_html",
            "rich_boxes": "Label",
            "spans": "APART Piece Span find_spans",
        },
    )
