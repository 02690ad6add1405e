"""Parts of a page in another language than the page: marked in Markdown, labelled in HTML.

A text of a paragraph is put into a ``<span>``. Where no tag can be, in front matter or in the text
of an image, a mark of private-use characters says the language until the HTML is made.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from pipeline.language import direction, language_tag, require_locale, script_of
from pipeline.markdown import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Article
    from pipeline.pages.interface import Words
    from pipeline.pages.planning import PlannedText

__all__ = [
    "box_labels",
    "label_marks",
    "language_attributes",
    "mark_part",
    "quoted_languages",
    "split_mark",
]

_SIGN = "\uf8e3"
_MARK = re.compile(f"{_SIGN}([A-Za-z0-9_@]*){_SIGN}")
_ALT = re.compile(rf"<img\b[^<>]*?\balt=\"{_MARK.pattern}[^<>]*>")
_BEGINNING = re.compile(rf"<(?P<tag>[a-z]\w*)(?P<rest>(?: [^<>]*)?)>{_MARK.pattern}")
_LANGUAGE = re.compile(r"\slang=")


def mark_part(text: str, locale: str, *, in_block: bool) -> str:
    """Return a text marked as that of a locale; ``in_block`` tells whether a tag can be there."""
    if in_block:
        return f'<span class="untranslated" lang="{language_tag(locale)}">{text}</span>'
    return f"{_SIGN}{locale}{_SIGN}{text}"


def quoted_languages(
    article: Article, texts: Sequence[PlannedText], source: str
) -> tuple[str, ...]:
    """Return the locales from which what experts say was translated, in the order of the page.

    ``texts`` are the words at each segment of the article, which is in ``source``.
    """
    experts = {section.slug for section in article.sections if section.expert}
    return tuple(
        dict.fromkeys(
            segment.language or source
            for segment, text in zip(article.segments, texts, strict=True)
            if segment.context in experts
            and segment.kind != "job title"
            and text.standing.is_translation
        )
    )


def split_mark(text: str) -> tuple[str, str]:
    """Return the locale of a marked text, empty without a mark, and the text."""
    match = _MARK.search(text)
    return match[1] if match else "", _MARK.sub("", text)


def language_attributes(locale: str, page_locale: str) -> dict[str, str]:
    """Return the attributes of a part in a locale; none if it is in the page's language."""
    if not locale or _is_same_language(locale, page_locale):
        return {}
    return {"lang": language_tag(locale), "dir": direction(locale)}


def _is_same_language(locale: str, other: str) -> bool:
    languages = {re.split("[_@]", one)[0] for one in (locale, other)}
    return len(languages) == 1 and script_of(locale) == script_of(other)


def label_marks(raw: str) -> str:
    """Return HTML whose marks have become attributes of pictures and of the elements they begin."""
    if _SIGN not in raw:
        return raw
    raw = _ALT.sub(lambda m: _with_language(m[0], m[1]), raw)
    raw = _BEGINNING.sub(lambda m: _with_language(m[0], m[3]), raw)
    return _MARK.sub("", raw)


def _with_language(tag: str, locale: str) -> str:
    """Return a tag with the language of a locale, unless it says one itself."""
    if _LANGUAGE.search(tag):
        return tag
    locale = require_locale(locale)
    written = "".join(
        f' {name}="{html.escape(value)}"' for name, value in language_attributes(locale, "").items()
    )
    name = re.match(r"<\w+", tag)
    assert name, "a tag has a name"
    return f"{name[0]}{written}{tag[name.end() :]}"


def box_labels(words: Words, locale: str) -> dict[str, Label]:
    """Return the words that a page adds to the boxes and footnotes of an article."""
    phrases = {
        "note": words.say("Note"),
        "tip": words.say("Tip"),
        "important": words.say("Important"),
        "warning": words.say("Warning"),
        "text": words.say("To the text"),
    }
    return {
        name: Label(phrase.text, tuple(language_attributes(phrase.locale, locale).items()))
        for name, phrase in phrases.items()
    }
