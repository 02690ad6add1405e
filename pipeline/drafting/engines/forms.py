"""Formats of protected spans for each engine, with the reasons for them.

Three kinds are in use. *Tags around words* need an engine that knows markup, and are the best
there: the words in them are translated in their sentence, and the tags are set around the right
ones. *Words in brackets* survive where the text is plain. *A word without a sign* survives where
signs would be taken for the engine's own.
"""

from __future__ import annotations

from pipeline.markdown import Form

__all__ = ["FORMS"]

_BRACKETS = Form("[X{n}X]", loose=r"\[\s*+[Xx]\s*+([0-9]+)\s*+[Xx]\s*+\]")
"""Weblate sends such words to all services that have no form of their own
(``machinery/base.py``), and takes them back with a space before the last bracket."""

FORMS: dict[str, Form] = {
    # The public page takes plain text; tags come back with spaces in and around them
    # (Animenosekai/translate issue 19). Google puts spaces into anything with signs, as in
    # "{$ name}" (mozilla/pontoon issue 2181) and "[9 ]" (vibgyj/WPTranslationFiller issue 67), and
    # may put two tokens beside each other that had words between them (the same, issue 61): the
    # first is taken back, the second refused.
    "google": _BRACKETS,
    # A memory in front of other engines: tags are lost or moved where a memory's entry is used,
    # and signs come back as entities, of which the brackets have none.
    "mymemory": _BRACKETS,
    # With textType=html, what stands in class="notranslate" is documented to stay as it is
    # (learn.microsoft.com, "How to prevent translation"); nothing is said of empty elements, so
    # there is a word in it, with the number. <b> is an element that any reader of HTML has inside
    # a sentence.
    "microsoft": Form('<span class="notranslate">X{n}X</span>', '<b id="{n}">', "</b>", tags=True),
    # With tag_handling=xml, tags around words are documented to be set around their translation,
    # and empty ones beside the word beside which they stood (developers.deepl.com, "Translating
    # XML"). Weblate sends <x id="7"></x>. Words in attributes get translated (tolgee-platform
    # issue 3330), so there are numbers only. Empty tags may move to the start of the sentence
    # (deepl-python issue 93), which harms no markup.
    "deepl": Form('<x id="{n}"/>', '<g id="{n}">', "</g>", tags=True),
    # In text mode. In HTML mode the text between two tags is a sentence of its own
    # (LibreTranslate issues 288 and 806), and in text mode "<" and ">" are translated (issue
    # 123). Of "###T01###" the signs are squeezed (issue 944); the models have no signs such as ⟦.
    "libretranslate": _BRACKETS,
    # Models are at home in XML, and were seen to keep tags where translation models did not
    # (Opus-MT issue 78). They write "&" and "<" as they mean them, hence no entities. Weblate
    # sends @@PH7@@, takes it back with spaces in it, and has to forbid \@\@PH7\@\@
    # (``machinery/llm.py``); and there is no pair around words in that.
    "chatgpt": Form('<x id="{n}"/>', '<g id="{n}">', "</g>"),
    # An unknown word; no rule moves, inflects or re-cases it. Measured for eng-spa and
    # eng-cat+cat-fra: of 436 single tokens in 262 sentences all stayed, in order, with their spaces
    # and brackets; of 1,012 pairs around some words 99.6 % and 99.7 %. (Numbers 97.9 % and
    # 98.1 %, as they move with the noun behind them; superblanks 97.3 % and 95.5 %, as words
    # move around them; capitals and other scripts are no better and no worse.)
    "apertium": Form("Xqz{n}x"),
    # No language has these brackets, so that damage is seen at once.
    "pseudo": Form("⟦{n}⟧", loose=r"⟦\s*+([0-9]+)\s*+⟧"),
}
"""Forms by the name of the engine."""
