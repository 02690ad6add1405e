"""A pretended translation, for rehearsals and tests; the same text always gives the same."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from pipeline.engines.contract import Answer, Traits
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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

_TOKEN = "⟦{n}⟧"
_TOKENS = re.compile(r"(⟦\d+⟧)")


def _accented(text: str) -> str:
    core = text.strip()
    if not core:
        return text
    before, _, behind = text.partition(core)
    parts = _TOKENS.split(core)
    parts[::2] = [part.translate(_ACCENTS) for part in parts[::2]]
    return f"{before}⟪{''.join(parts)}⟫{behind}"


def _replaced(text: str, number: int, token: Callable[[str], str]) -> str:
    """Replace one of the tokens, which ``number`` chooses."""
    parts = _TOKENS.split(text)
    if len(parts) > 1:
        at = 1 + 2 * (number % (len(parts) // 2))
        parts[at] = token(parts[at])
    return "".join(parts)


def _swapped(text: str, number: int) -> str:
    """Exchange a token with the next one."""
    parts = _TOKENS.split(text)
    if len(parts) > 3:
        at = 1 + 2 * (number % (len(parts) // 2 - 1))
        parts[at], parts[at + 2] = parts[at + 2], parts[at]
    return "".join(parts)


def _without_digits(text: str, number: int) -> str:
    """Leave out one number outside of the tokens."""
    found = [m.span() for m in re.finditer(r"⟦\d+⟧|(\d+)", text) if m[1]]
    if not found:
        return text
    start, end = found[number % len(found)]
    return text[:start] + text[end:]


_DAMAGE: dict[str, Callable[[str, int], str]] = {
    "drop": lambda text, number: _replaced(text, number, lambda _: ""),
    "double": lambda text, number: _replaced(text, number, lambda token: f"{token} {token}"),
    "swap": _swapped,
    "alter": lambda text, number: _replaced(text, number, lambda token: f"⟦no. {token[1:]}"),
    "space": lambda text, number: _replaced(text, number, lambda token: f"⟦ {token[1:-1]} ⟧"),
    "digits": _without_digits,
}
"""What can be done to a text, by name; each gives the text itself where it cannot be done."""


class Pseudo:
    """Accents on every letter, a third longer, with ``⟪`` and ``⟫`` at the ends.

    What cannot be read any more went around the catalogues; where an end is missing, a page
    cut it off. ``damage`` is the share (0 to 1) of the texts that come back with one of
    ``kinds`` done to them, ``seed`` chooses which; a text to which no kind can be done comes
    back whole.
    """

    name = "pseudo"
    traits = Traits(network=False, token=_TOKEN)

    def __init__(
        self, damage: float = 0.0, seed: int = 0, kinds: Sequence[str] = tuple(_DAMAGE)
    ) -> None:
        if unknown := [kind for kind in kinds if kind not in _DAMAGE]:
            raise UsageError(
                f"unknown kind of damage '{unknown[0]}': expected some of {', '.join(_DAMAGE)}"
            )
        self._damage = damage
        self._seed = seed
        self._kinds = kinds

    def translate(
        self, texts: Sequence[str], source: str, target: str
    ) -> Iterator[Answer | EngineRefused]:
        """Yield an answer to each text, whatever the locales."""
        for text in texts:
            yield Answer(_accented(self._harmed(text)), "pseudo")

    def close(self) -> None:
        """Nothing to end."""

    def _harmed(self, text: str) -> str:
        seeded = f"{self._seed}\0{text}".encode("utf-8", "surrogatepass")
        number = int.from_bytes(hashlib.blake2b(seeded, digest_size=16).digest())
        if number % 2**32 >= self._damage * 2**32:
            return text
        harmed = [_DAMAGE[kind](text, number >> 64) for kind in self._kinds]
        harmed = [result for result in harmed if result != text]
        return harmed[(number >> 32) % len(harmed)] if harmed else text
