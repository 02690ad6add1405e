"""Pseudo-translate for rehearsals and tests; the same text always has the same translation."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from pipeline.drafting.engines.contract import Answer, Traits
from pipeline.drafting.engines.forms import FORMS
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pipeline.errors import EngineRefused

__all__ = ["Pseudo"]

_ACCENTS = str.maketrans(
    dict(
        zip(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž",
            strict=True,
        )
    )
    # Every a, e, o and u twice: English gets a third longer, as most languages do.
    | dict(zip("AEOUaeou", ("ÅÅ", "ÉÉ", "ÖÖ", "ÛÛ", "åå", "éé", "öö", "ûû"), strict=True))
)

_FORMS = {"token": FORMS["pseudo"], "tags": FORMS["deepl"]}
_TOKENS = re.compile(r"(⟦\d+⟧|<[^<>]*>)")
"""Tokens, and tags; such characters of an article are in protected spans or entities."""
_UNCHANGED = re.compile(rf"{_TOKENS.pattern}|&#?\w+;")


def _accent(text: str) -> str:
    core = text.strip()
    if not core:
        return text
    before, _, behind = text.partition(core)
    parts = []
    at = 0
    for match in _UNCHANGED.finditer(core):
        parts += [core[at : match.start()].translate(_ACCENTS), match[0]]
        at = match.end()
    return f"{before}⟪{''.join(parts)}{core[at:].translate(_ACCENTS)}⟫{behind}"


def _change_token(text: str, number: int, change: Callable[[str], str]) -> str:
    """Change one of the tokens that ``change`` changes; ``number`` chooses which."""
    parts = _TOKENS.split(text)
    if places := [at for at in range(1, len(parts), 2) if change(parts[at]) != parts[at]]:
        at = places[number % len(places)]
        parts[at] = change(parts[at])
    return "".join(parts)


def _swap_tokens(text: str, number: int, distance: int) -> str:
    """Exchange a token with the one ``distance`` further on; ``number`` chooses which."""
    parts = _TOKENS.split(text)
    distance *= 2
    if len(parts) > distance + 1:
        at = 1 + 2 * (number % ((len(parts) - distance) // 2))
        parts[at], parts[at + distance] = parts[at + distance], parts[at]
    return "".join(parts)


def _move_token(text: str, number: int) -> str:
    """Move a token behind the words that follow it; ``number`` chooses which."""
    parts = _TOKENS.split(text)
    if places := [at for at in range(1, len(parts), 2) if re.search(r"\w", parts[at + 1])]:
        at = places[number % len(places)]
        words = parts[at + 1].rstrip()
        behind = parts[at + 1][len(words) :]
        gap = " " * (parts[at - 1][-1:].isalnum() and words[0].isalnum())
        parts[at : at + 2] = [f"{gap}{words} {parts[at]}", behind]
    return "".join(parts)


def _alter(token: str) -> str:
    return re.sub(r"(?=\d|\w+>)", "no. ", token, count=1)


def _renumber(token: str) -> str:
    return re.sub(r"\d+", lambda match: str(int(match[0]) + 1), token, count=1)


def _add_spaces(token: str) -> str:
    return re.sub(r"([⟦</=])|(?=[/⟧>])", r"\1 ", token)


def _pad(token: str) -> str:
    return f" {token} "


def _escape(token: str) -> str:
    return token.replace("<", "&lt;").replace(">", "&gt;")


def _remove_number(text: str, number: int) -> str:
    """Remove one number outside of the tokens; ``number`` chooses which."""
    numbers = [m.span() for m in re.finditer(rf"{_UNCHANGED.pattern}|(\d+)", text) if m[2]]
    if not numbers:
        return text
    start, end = numbers[number % len(numbers)]
    return text[:start] + text[end:]


_DAMAGE: dict[str, Callable[[str, int], str]] = {
    "drop": lambda text, number: _change_token(text, number, lambda _: ""),
    "double": lambda text, number: _change_token(text, number, lambda token: f"{token} {token}"),
    "swap": lambda text, number: _swap_tokens(text, number, 1),
    "cross": lambda text, number: _swap_tokens(text, number, 2),
    "move": _move_token,
    "alter": lambda text, number: _change_token(text, number, _alter),
    "renumber": lambda text, number: _change_token(text, number, _renumber),
    "space": lambda text, number: _change_token(text, number, _add_spaces),
    "pad": lambda text, number: _change_token(text, number, _pad),
    "escape": lambda text, number: _change_token(text, number, _escape),
    "digits": _remove_number,
}
"""Changes of a text, by name; each returns the text itself where it is not possible.

Not all are damage: spaces in and around a token can be taken back, and a token that is
not around words may move.
"""


class Pseudo:
    """Engine that accents Latin letters, makes texts a third longer, and adds ``⟪`` and ``⟫``.

    Text without accents on a page did not come from a catalogue; where an end is missing, the
    page cut it off. ``damage`` is the share (0 to 1) of the texts that are returned with a change
    of one of the ``kinds``, and ``seed`` chooses which; a text that no kind can change is returned
    whole. With ``form`` "tags" it is an engine that keeps tags around words, else "token".
    """

    name = "pseudo"

    def __init__(
        self,
        damage: float = 0.0,
        seed: int = 0,
        kinds: Sequence[str] = tuple(_DAMAGE),
        form: str = "token",
    ) -> None:
        _require_known("kind of damage", kinds, _DAMAGE)
        _require_known("form", (form,), _FORMS)
        self.traits = Traits(network=False, form=_FORMS[form], variant=form)
        self._damage = damage
        self._seed = seed
        self._kinds = kinds

    def translate(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> Iterator[tuple[int, Answer | EngineRefused]]:
        """Yield an answer to each text, in order, whatever the locales."""
        for number, text in enumerate(texts):
            yield number, Answer(_accent(self._damage_text(text)), "pseudo")

    def close(self) -> None:
        """Do nothing: nothing is open."""

    def _damage_text(self, text: str) -> str:
        seeded = f"{self._seed}\0{text}".encode("utf-8", "surrogatepass")
        number = int.from_bytes(hashlib.blake2b(seeded, digest_size=16).digest())
        # Three parts of one hash: whether a text is damaged, in which way, and where.
        if number % 2**32 >= self._damage * 2**32:
            return text
        results = [_DAMAGE[kind](text, number >> 64) for kind in self._kinds]
        results = [result for result in results if result != text]
        return results[(number >> 32) % len(results)] if results else text


def _require_known(kind: str, names: Sequence[str], choices: Mapping[str, object]) -> None:
    if unknown := [name for name in names if name not in choices]:
        raise UsageError(f"unknown {kind} '{unknown[0]}': expected any of {', '.join(choices)}")
