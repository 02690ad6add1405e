"""Find what surrounds an article in its text: repeated title, breadcrumbs, share lines, author box.

A pasted text has no tags that tell them apart, so only short blocks before the first paragraph and
after the last one are looked at, and the box about the author at the end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.importers.document import Block, Document, LeftOut

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["leave_out_furniture", "same_words"]

_PROSE = 140
"""Characters above which a paragraph is one of the article."""
_CJK = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_LONGEST_BOX = 1200
"""Characters of an author box."""
_MOST_BOX_BLOCKS = 8
_MOST_HEAD = 25
"""Blocks of which the first may be before an article."""
_MOST_CATEGORY_WORDS = 4
_LONGEST_TITLE = 250

_READING = re.compile(
    r"(?:vous (?:lisez|êtes en train de lire)|you(?:['’]re| are) (?:now )?reading|now reading|"
    r"(?:estás|está) leyendo|(?:sie|du) l(?:esen|iest)(?: gerade)?|stai leggendo|você está lendo)"
    r"\s*[:…]?\Z",
    re.I,
)
_TIME = re.compile(
    r"(?:temps de lecture|reading time|lesezeit|tiempo de lectura|lecture)?\s*[:·]?\s*(?:~|≈)?\d+"
    r"\s*-?(?:min(?:ute[sn]?|utos?|uti)?\.?)"
    r"(?:\s*(?:read|de lecture|de lectura|lesezeit|di lettura))?\Z",
    re.I,
)
_NETWORK = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|pinterest|reddit|telegram|e-?mail|mastodon|bluesky)"
)
_SHARE = re.compile(
    r"(?:partage[rz]?|share|compartir|teilen|condividi|compartilhar|tweet(?:er|ez)?|"
    r"pin it|suivez-nous|follow us|copier le lien|copy link|imprimer|print|"
    r"j['’]aime|like)(?: (?:this|cet article|"
    rf"l['’]article|on|sur|en|auf|su|via|par|the|post|article|{_NETWORK}))*\s*[:!]?\Z|"
    rf"{_NETWORK}(?:[\s,|·•/]+(?:et |and )?{_NETWORK})*\Z",
    re.I,
)
_HOME = re.compile(r"(?:accueil|home|inicio|startseite|início|blog)\s*[>›»/→|]\s*\S", re.I)
_SKIP = re.compile(
    r"(?:skip to (?:main )?content|aller au contenu(?: principal)?|zum inhalt(?: springen)?|"
    r"saltar al contenido|menu|navigation|table of contents|table des matières|sommaire|search|"
    r"rechercher?|s['’]abonner|subscribe|newsletter|se connecter|log ?in|sign (?:in|up))\Z",
    re.I,
)
_COOKIE = re.compile(
    r".{0,120}?\bcookies?\b.*\b(?:accept|consent|us(?:e|es|ing)|utilis|politique|policy|refus|autoris|"
    r"zustimm|verwend|aceptar|utiliza)|.{0,120}?\b(?:accept|utilis|us(?:e|ing)|verwend|utiliza)\w*\b.*\bcookies?\b",
    re.I,
)
_COMMENTS = re.compile(
    r"(?:\d+ )?(?:commentaires?|comments?|comentarios?|kommentare?)\Z|(?:laisser|écrire) un "
    r"commentaire\Z|leave a (?:comment|reply)\Z|deja un comentario\Z",
    re.I,
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright\b).{0,100}\Z|tous droits réservés|all rights reserved", re.I
)
_RELATED = re.compile(
    r"(?:à lire (?:aussi|également)|lire aussi|articles? (?:similaires?|liés|connexes)|vous "
    r"aimerez aussi|related (?:posts|articles|reading)|you (?:may|might) also like|read (?:next|"
    r"more|also)|también te puede interesar|artículos relacionados|das könnte (?:sie|dich) auch "
    r"interessieren|ähnliche (?:artikel|beiträge))\s*[:!]?\Z",
    re.I,
)
_PHRASES = {
    "“you are reading”": _READING,
    "reading time": _TIME,
    "share buttons": _SHARE,
    "breadcrumbs": _HOME,
    "navigation": _SKIP,
    "cookie notice": _COOKIE,
    "comments of readers": _COMMENTS,
    "copyright notice": _RIGHTS,
}
_BYLINE = re.compile(
    r"(?i:par|by|von|por|di|rédigé par|écrit par|publié par|written by|posted by|published by)"
    r"\s*:?\s+"
    r"(?P<name>[^\W\d_a-zà-ÿ][\w.’'-]*(?:\s+[\w.’'-]+){0,3}?)"
    r"(?:\s*[,|·•–—-]\s*.{0,60}|\s+(?:le|on|am|el|il|,)\s+.{0,60})?\Z",
)
_PUBLISHED = re.compile(
    r"(?:publié|mis à jour|posted|published|updated|publicado|actualizado|veröffentlicht|"
    r"pubblicato)\b.{0,60}\d{4}.{0,30}\Z",
    re.I,
)
_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NAME = re.compile(
    r"[^\W\d_a-zß-ÿ][\w.’'-]*(?:\s+(?:(?:de|du|des|la|le|von|van|der|di|da|del|dos|el)\s+)*"
    r"[^\W\d_a-zß-ÿ][\w.’'-]*){0,4}"
)
_ABOUT_AUTHOR = re.compile(
    r"(?:(?P<by>rédigé par|écrit par|publié par|article (?:rédigé|écrit) par|written by|posted by|"
    r"(?:an )?article by|geschrieben von|verfasst von|escrito por|scritto da|redatto da)|"
    r"(?:à propos de l['’]aut(?:eur|rice)|l['’]aut(?:eur|rice)|about the authors?|the author|"
    r"über den autor|über die autorin|der autor|die autorin|sobre (?:el autor|la autora)|"
    r"l['’]autore|l['’]autrice))\s*[:]?\s*(?P<name>.{0,60})\Z",
    re.I,
)


def same_words(text: str, other: str) -> bool:
    """Return whether two texts have the same letters and digits, whatever stands between them."""
    return bool(_letters(text)) and _letters(text) == _letters(other)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def leave_out_furniture(document: Document, *, keep: bool = False) -> Document:
    """Return a document with its title, author and category known, and without page furniture.

    With ``keep`` all blocks stay where they are.
    """
    blocks = list(document.blocks)
    head = _head_length(blocks)
    title = _title(document, blocks[: head + 1])
    out: dict[int, str] = {}
    copies = [n for n, b in enumerate(blocks[:head]) if title and same_words(b.plain, title)]
    for number in copies:
        is_first = number == copies[0]
        out[number] = "title, which is in the front matter" if is_first else "repeated title"
    document = document._replace(title=title)
    between = range(copies[0] + 1, copies[-1]) if copies else range(0)
    for number, block in enumerate(blocks[:head]):
        if number not in out and block.kind in ("paragraph", "heading", "list"):
            document, kind = _head_kind(document, block, is_between=number in between)
            out |= {number: kind} if kind else {}
        day = _DATE.search(block.plain) if number in out else None
        if day and not document.date:
            document = document._replace(date=day[0])
    document = _leave_out_tail(document, blocks, head, out)
    if keep:
        return document
    left_out = [
        LeftOut(kind, blocks[number].plain, can_stay="front matter" not in kind)
        for number, kind in sorted(out.items())
    ]
    return document._replace(
        blocks=tuple(block for number, block in enumerate(blocks) if number not in out),
        left_out=(*document.left_out, *left_out),
    )


def _head_kind(document: Document, block: Block, *, is_between: bool) -> tuple[Document, str]:
    """Return the kind of furniture that a block before an article is, and what it says of that.

    ``is_between`` is true for a block between two copies of the title.
    """
    text = block.plain
    if kind := _phrase(text):
        return document, kind
    if text and text == document.author:
        return document, "author, who is in the front matter"
    byline = _BYLINE.match(text)
    if byline and len(text) < _PROSE:
        return document._replace(author=document.author or byline["name"]), "byline"
    if _PUBLISHED.match(text) or _DATE.fullmatch(text):
        return document, "date of publication"
    if is_between and len(text.split()) <= _MOST_CATEGORY_WORDS:
        category = document.category or text
        return document._replace(category=category), "category, which is in the front matter"
    return document, ""


def _leave_out_tail(
    document: Document, blocks: Sequence[Block], head: int, out: dict[int, str]
) -> Document:
    """Find the furniture behind an article."""
    end = len(blocks)
    while end > head and blocks[end - 1].kind == "footnote":
        end -= 1
    document, start = _leave_out_author_box(document, blocks, head, end, out)
    related = next(
        (n for n in range(max(head, end - 12), start) if _RELATED.match(blocks[n].plain)), start
    )
    if all(len(b.plain) < _PROSE or b.kind == "list" for b in blocks[related:start]):
        for number in range(related, start):
            out[number] = "related articles"
        start = related
    for number in range(start - 1, head - 1, -1):
        block = blocks[number]
        kind = _phrase(block.plain) if block.kind != "table" else ""
        if not kind:
            break
        out[number] = kind
    return document


def _leave_out_author_box(
    document: Document, blocks: Sequence[Block], head: int, end: int, out: dict[int, str]
) -> tuple[Document, int]:
    """Find the box about the author at the end; return where it begins, too."""
    for number in range(max(head, end - _MOST_BOX_BLOCKS), end):
        match = _ABOUT_AUTHOR.match(blocks[number].plain)
        box = blocks[number:end]
        if not match or sum(len(block.plain) for block in box) > _LONGEST_BOX:
            continue
        following = blocks[number + 1].plain if number + 1 < end else ""
        name = next(filter(_NAME.fullmatch, (match["name"].strip(), following)), "")
        for place in range(number, end):
            out[place] = "author box"
        name = name or document.author
        if number > head and name and same_words(blocks[number - 1].plain, name):
            number -= 1
            out[number] = "signature of the author"
        return document._replace(author=document.author or name), number
    author = document.author
    is_about = author and end - head > 2 and blocks[end - 1].plain.startswith(author)
    if is_about and same_words(blocks[end - 2].plain, author):
        out[end - 2] = out[end - 1] = "author box"
        return document, end - 2
    return document, end


def _phrase(text: str) -> str:
    """Return the kind of furniture that a short text is; may be empty."""
    text = " ".join(text.split())
    if len(text) > 2 * _PROSE:
        return ""
    return next((kind for kind, pattern in _PHRASES.items() if pattern.match(text)), "")


def _is_aside(text: str) -> bool:
    """Return whether a short text is furniture, a byline or a date."""
    is_byline = len(text) < _PROSE and _BYLINE.match(text) is not None
    is_date = _PUBLISHED.match(text) is not None or _DATE.fullmatch(text) is not None
    return is_byline or is_date or bool(_phrase(text))


def _head_length(blocks: Sequence[Block]) -> int:
    """Return the number of blocks before the first that is surely one of the article."""
    for number, block in enumerate(blocks[:_MOST_HEAD]):
        length = len(block.plain) * (2 if _CJK.search(block.plain) else 1)
        if length >= _PROSE and not _phrase(block.plain) and block.kind != "heading":
            return number
        is_section = block.kind == "heading" and block.level > 1 and number > 0
        if (
            is_section
            or "(@" in block.plain
            or block.kind in ("table", "quote", "code", "footnote")
        ):
            is_title = number < 3 and any(
                same_words(block.plain, other.plain)
                for place, other in enumerate(blocks[:8])
                if place != number
            )
            if not is_title:
                return number
    return min(1, len(blocks))


def _title(document: Document, head: Sequence[Block]) -> str:
    """Return the title of a document; its first blocks may have it."""
    texts = [block.plain for block in head if block.kind in ("paragraph", "heading")]
    if document.title and any(same_words(document.title, text) for text in texts):
        return document.title
    first = [b.plain for b in head if b.kind == "heading" and b.level == 1]
    if first:
        return first[0]
    if document.title:
        return document.title
    short = [text for text in texts if len(text) <= _LONGEST_TITLE and not _is_aside(text)]
    for text in short:
        if sum(same_words(text, other) for other in texts) > 1:
            return text
    headings = [b.plain for b in head[:-1] if b.kind == "heading"]
    if headings:
        return headings[0]
    is_title = bool(short) and len(head) > 1 and len(short[0]) < _PROSE
    return short[0] if is_title and short[0][-1:] not in ".!…:;,»”" and "(@" not in short[0] else ""
