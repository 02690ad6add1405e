"""Write protected spans as tokens into a text for an engine, and read them from its answer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.markdown import Form

__all__ = ["Damage", "Token", "escape_xml", "read_tokens", "token_pattern", "write_token"]


class Damage(NamedTuple):
    """Reason why a text cannot be protected or restored."""

    reason: str


class Token(NamedTuple):
    """Placeholder that an engine carries instead of a span."""

    number: int
    """Number of the token, from 0, or -1 for one that was never sent."""
    role: int = 0
    """1 where markup around words begins, -1 where it ends, 0 for any other span."""
    spelling: str = ""
    """Text of the token in the answer."""


_ROLES = {"token": 0, "open": 1, "close": -1}
_QUOTE = r"[\\\"'‘’“”„«»]*+"
"""Pattern of a quotation mark, which engines exchange or drop; the values in it have no spaces."""
_PIECE = re.compile(r"\{n\}|[<>/=\"]|\s+|[^<>/=\"\s{]+")
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6}));|[&<]")
_CHARACTER = re.compile("[\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML allows (XML 1.0, Char), without most controls and without surrogates."""
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def write_token(form: Form, token: Token) -> str:
    """Return a token as it is written for an engine."""
    template = (form.token, form.open, form.close)[token.role]
    return template.format(n=token.number)


def escape_xml(text: str) -> str:
    """Return the text with XML's special characters as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=32)
def token_pattern(form: Form) -> re.Pattern[str]:
    """Return a pattern that matches the tokens of a form in all spellings that engines use.

    The last group that matched is the number, empty where there is none; it is named open or
    close where the token begins or ends markup around words.
    """
    if not form.open:
        strict = re.escape(form.token).replace(r"\{n\}", "([0-9]+)")
        return re.compile(form.loose or strict, re.I)
    templates = {"token": form.token, "open": form.open, "close": form.close}
    ways = [_element_pattern(template, name) for name, template in templates.items()]
    return re.compile("|".join([*ways, form.loose] if form.loose else ways), re.I)


def _element_pattern(template: str, name: str) -> str:
    """Return a pattern for a tag, with other quotes and spaces in it, whose number is a group."""
    empty = template.endswith("/>")
    ways = []
    gap = ""
    for piece in _PIECE.findall(template.removesuffix("/>")):
        if piece.isspace():
            gap = r"\s++"
            continue
        ways.append(gap)
        ways.append(_QUOTE if piece == '"' else re.escape(piece) if piece != "{n}" else piece)
        gap = r"\s*+"
    way = "".join(ways)
    if empty:
        # The patterns begin with a gap, "<", a gap and the name of the tag.
        way += rf"\s*+(?:/\s*+>|>\s*+<\s*+/\s*+{ways[3]}\s*+>)"
    way = way.replace("{n}", f"(?P<{name}>[0-9]+)")
    return way if f"?P<{name}>" in way else f"{way}(?P<{name}>)"


def read_tokens(answer: str, form: Form) -> list[str | Token] | Damage:
    """Split an answer into pieces: text, token, text and so on, with a text at both ends.

    Each token that ends markup has the number of the one that began it.
    """
    parts: list[str | Token] = []
    inside: list[Token] = []
    at = 0
    for match in token_pattern(form).finditer(answer):
        token = _token_of(match)
        if token.role < 0:
            if not inside or token.number not in (inside[-1].number, -1):
                return Damage(f"the engine wrote {token.spelling!r} without its opening tag")
            token = token._replace(number=inside.pop().number)
        elif token.role:
            inside.append(token)
        parts += [answer[at : match.start()], token]
        at = match.end()
    if inside:
        return Damage(f"the engine did not close {inside[-1].spelling!r}")
    parts.append(answer[at:])
    return _decode_texts(parts) if form.tags else parts


def _token_of(match: re.Match[str]) -> Token:
    digits = match[match.lastindex or 0]
    # Python refuses to read a number of more than 4,300 digits.
    plain = 0 < len(digits) < 7 and str(int(digits)) == digits
    return Token(int(digits) if plain else -1, _ROLES.get(match.lastgroup or "", 0), match[0])


def _decode_texts(parts: list[str | Token]) -> list[str | Token] | Damage:
    """Decode the texts between tokens from XML."""
    decoded: list[str | Token] = []
    for part in parts:
        text = part if isinstance(part, Token) else _decode_xml(part)
        if text is None:
            return Damage("the engine's answer is not well-formed XML")
        decoded.append(text)
    return decoded


def _decode_xml(xml: str) -> str | None:
    """Return the text of XML without tags; None if it is not well formed."""
    parts = []
    at = 0
    for match in _ENTITY.finditer(xml):
        code = int(match[2] or "0") or int(match[3] or "0", 16)
        sign = _NAMED.get(match[1]) or (chr(code) if code <= 0x10FFFF else "")
        if not _CHARACTER.match(sign):
            return None
        parts += [xml[at : match.start()], sign]
        at = match.end()
    return "".join(parts) + xml[at:]
