"""Recognise the titles of experts' sections, and find name, role, organisation and handle in them.

A title alone says little: "Fay Hill, Zeta" may be a person or two products. So each title is parsed
by itself, and then an article is taken to be consistent: what nearly all headings of one level look
like is what they are.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.article import expert_words as words_of
from pipeline.markdown import inline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = [
    "BOLD",
    "PLAIN",
    "Expert",
    "Title",
    "bare_name",
    "connector_end",
    "find_experts",
    "given_expert",
    "without_number",
]

BOLD, PLAIN = 7, 8
"""Kinds of titles besides the levels of headings: a bold line, and a plain one."""

_HONORIFICS = frozenset(words_of.HONORIFICS.split())
_CREDENTIALS = frozenset(words_of.CREDENTIALS.split())
_PARTICLES = frozenset(words_of.PARTICLES.split())
_OWNER_ROLES = frozenset(words_of.OWNER_ROLES.split())
_ROLE_BEGINNINGS = frozenset(words_of.ROLE_BEGINNINGS.split())
_SERVICES = frozenset(words_of.SERVICES.split())
_CLOSING_TITLES = frozenset(words_of.CLOSING_TITLES.split())
_FIRMS = frozenset(words_of.FIRMS.split())
_GIVEN_NAMES = frozenset(words_of.GIVEN_NAMES.split())
_HEADING_WORDS = frozenset(words_of.HEADING_WORDS.split())
_ROLE_WORDS = _OWNER_ROLES | frozenset(words_of.ROLE_WORDS.split())
_ROLE_ENDINGS = tuple(words_of.ROLE_ENDINGS.split())

_NO_FIRST_NAMES = _HEADING_WORDS - _GIVEN_NAMES - _PARTICLES - _HONORIFICS
_FIRST_WORD = re.compile(r"[\W\d_]*([^\W\d_]{2,})(?=[\s,:]|\Z)")
_MARKED = re.compile(r"[*_~`\[\]<>\\&{$]")
_LONGEST = 200
"""Maximum number of characters of a title that may name an expert."""
_DASHES = "–—―‒‐‑−-"
_NUMBER = re.compile(
    # Expert #1: …, No. 2 – …, 3) …, (4) …, 十一、…
    r"(?:(?:experte?|expertin|expert[oa]|voice|voix|voz|stimme|guest|interview)\s*(?=[#\d]))?"
    rf"(?:(?:[#№]|n[o°º]\.?|nr\.?)\s*\d{{1,3}}|\(?\d{{1,3}}(?=\s*[.)\]:、．#{_DASHES}]|\s+[|/])"
    r"|[一二三四五六七八九十百]{1,4}(?=[、．]))"
    rf"(?:[.)\]:、．#]+|\s*[|/{_DASHES}]+(?=\s))*+\s*+(?=\D)",
    re.I,
)
_LEADING_SIGNS = re.compile(r"[^\w(\[@]+")
_BRACKETED_HANDLE = re.compile(
    r"\s*[(（]\s*(?:[A-Za-z ]{1,15}:\s*)?"
    r"(?P<handle>@\w(?:[\w.·-]*\w)?_*(?:@[\w-]+(?:\.[\w-]+)+)?)[^()（）]*[)）]"
)
_LAST_HANDLE = re.compile(rf"[\s,;|{_DASHES}]+(?P<handle>@\w(?:[\w.·-]*\w)?_*)\s*[.:]?\Z")
_BRACKETED_ADDRESS = re.compile(
    r"\s*[(（]\s*(?:(?:https?://|www\.)[^\s()（）]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)?\s*[)）]", re.I
)
_BRACKETED_DOMAIN = re.compile(
    r"(?<=\w)\s*[(（](?:[a-z0-9-]+\.)+[a-z]{2,8}(?:/[^\s()]*)?[)）]", re.I
)
_LAST_ADDRESS = re.compile(rf"[\s,;|:{_DASHES}]+(?:https?://|www\.)\S+\Z", re.I)
_PRONOUNS = re.compile(
    r"\s*[(\[](?:she|he|they|elle|il|iel|sie|er|ella|él)/\w+(?:/\w+)?[)\]]", re.I
)
_BRACKETS = re.compile(r"\s*[(（](?P<inside>[^()（）]*)[)）]\s*")
_SEPARATOR = re.compile(
    rf"\s*(?P<comma>[,，、،;；])\s*|\s*(?P<bar>[|｜])\s*|\s+(?P<sign>[·•/]|//)\s+"
    rf"|\s+(?P<dash>[{_DASHES}]{{1,3}})\s+|\s*(?P<long>[—―])\s*|(?P<colon>\s?:|：)\s*"
)
_DIRECT = re.compile(r"\s+(?:at|from|chez|bei|presso|@)\s+")
_AT = "at|@|chez|bei|beim|presso|bij"
_OF = "en|em|na|no|på|hos|for|für|pour|of|de|del|di|du|da|do|von|van|der|des|d[’']"
_CONNECTOR = re.compile(rf"\s+(?:{_AT}|(?P<vague>{_OF}))(?:\s+|(?<=[’']))")
_NAME_WORD = re.compile(
    # O'Neill, D’Angelo, Jean-Luc, McDonald, J., J.K., ʻIolani
    r"(?:[^\W\d_][\u0300-\u036f]*[’'‘ʼ]?\.?[‐‑・･＝-]?)+",
    re.U,
)
_CASELESS = re.compile(
    r"[\u0590-\u08ff\u0900-\u109f\u10d0-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
    r"\ufb1d-\ufdff\ufe70-\ufefc]"
)
# A single range: sets of large ones take milliseconds to compile, with each start.
_IDEOGRAPHS = re.compile(r"[\u3040-\u9fff]")
_AND = re.compile(r"\s+(?:and|et|und|y|e|&|og|och|en|i)\s+")
_FIRM = re.compile(
    r"\b(?:inc|ltd|llc|llp|plc|corp|gmbh|ag|kg|se|sa|sas|sarl|s\.a|s\.l|sl|srl|spa|bv|nv|ab|oy|co)"
    r"\.?\Z",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?…。！？](?:\s|\Z)")
_REFERENCE = re.compile(r"\[(?P<label>[^\[\]]+)\](?:\[[^\[\]]*\])?")
_PLACES = frozenset({"en", "em", "na", "no", "på", "hos"})
"""Prepositions that stand before a firm, or before a place in it."""
_ROLE_LINKS = frozenset(words_of.ROLE_LINKS.split())
_SMALL_WORDS = frozenset(words_of.SMALL_WORDS.split())
_HAN = r"(?:[\u3400-\u9fff]|々)"
_IDEOGRAPHIC_NAME = re.compile(
    rf"{_HAN}{{2,5}}|{_HAN}{{1,4}} {_HAN}{{1,4}}|{_HAN}{{1,3}} ?[\u3041-\u3096\u30a1-\u30fa]{{2,4}}"
    r"|[\u30a1-\u30fc]{2,10}(?:[・･ ＝=][\u30a1-\u30fc]{1,10}){1,3}"
)
"""Chinese and Japanese names, and foreign ones in katakana."""
_CASELESS_PROSE = re.compile(
    r"[をがは]|です|ます|する|した|的|一个|一個|如何|什么|하기|세요|입니다|하는"
)
"""Grammar that the names of firms do not have."""
_CODE = re.compile(r"[A-Z]{1,5}(?:-\d+|\d{3,})(?:[.-]\d+)*")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_LONGEST_HANGUL = 5
_LONGEST_CASELESS_WORD = 14
_MOST_ROLE_WORDS = 9
_MOST_BETWEEN = 2
"""Maximum number of names alone between two experts."""
_RUN = 3
"""Number of titles in a row that look alike, with which an article has a form of its own."""
_MOST_NAME_WORDS = 6
_MOST_ORGANISATION_WORDS = 9


class Expert(NamedTuple):
    """Parts of a title that names an expert; parts may be empty."""

    name: str
    organisation: str = ""
    handle: str = ""
    roles: tuple[tuple[int, int], ...] = ()
    """Ranges of roles and job titles in the title, in code points."""


class Title(NamedTuple):
    """Heading, or line of its own, that may open an expert's section."""

    key: int
    """Offset of its first byte in the file."""
    text: str
    """Markdown of the title."""
    kind: int
    """Level of a heading, `BOLD` or `PLAIN`."""
    given: Expert | None = None
    """Parts as a pattern or a class gives them, if the author says that it is an expert's."""
    refused: bool = False
    """True if the author says that it is not."""


class _Candidate(NamedTuple):
    """Title that may name an expert."""

    title: Title
    expert: Expert
    bracketed: bool
    """True if its handle stands in brackets."""
    certain: bool
    """True if it names an expert whatever the other titles are."""
    short: bool = False
    """True for a name of one word, which counts only beside longer ones."""
    alone: bool = False
    """True for a name and nothing else, which counts only between experts."""
    possible_role: tuple[int, int] | None = None
    """Range of the first of several parts, none of which is known as a role."""
    rest: str = ""
    """Organisation if that is a role."""


class _Shown(NamedTuple):
    """Title as a page shows it."""

    text: str
    places: Sequence[int]
    """Offset of each character in the Markdown."""


class _Part(NamedTuple):
    """Part of a shown title, between two separators."""

    start: int
    end: int
    text: str


def without_number(text: str) -> str:
    """Return a title without the number in front of it, unless nothing else has letters."""
    match = _NUMBER.match(text)
    rest = text[match.end() :] if match else text
    return rest if any(map(str.isalpha, rest)) else text


def given_expert(text: str, given: Expert) -> Expert:
    """Return the parts of a title of which the author says that it is an expert's.

    Where they cannot be told apart, they are as ``given`` by the pattern or the class.
    """
    candidate = _parse(text, 2) if len(text) <= _LONGEST else None
    return _as_given(candidate and candidate.expert, given)


def _as_given(expert: Expert | None, given: Expert) -> Expert:
    handle = re.sub(r"\\(?=\W|_)", "", given.handle)
    if expert and (expert.organisation or expert.roles or not given.organisation):
        return expert._replace(handle=handle or expert.handle)
    return given._replace(name=without_number(given.name), handle=handle)


def bare_name(name: str) -> str:
    """Return a name without titles; empty if it has none, or fewer than two words are left."""
    words = name.split()
    kept = _without_titles(words)
    return " ".join(kept) if 1 < len(kept) < len(words) else ""


def connector_end(data: bytes, at: int) -> int:
    """Return the end of the preposition between a role, which ends at an offset, and a firm.

    Without one it is the offset itself.
    """
    match = _CONNECTOR.match(data[at : at + _LONGEST].decode("utf-8", "ignore"))
    return at + len(match[0].encode("utf-8")) if match else at


def find_experts(
    titles: Sequence[Title], common_words: Callable[[], frozenset[str]]
) -> dict[int, Expert]:
    """Return the experts of an article by the keys of their titles, given all titles in order.

    ``common_words`` returns the words that the article has in lower case; these are rarely names.
    """
    candidates = {t.key: candidate for t in titles if (candidate := _candidate(t))}
    named = [c for c in candidates.values() if not c.alone]
    accepted = {c.title.key for c in named if c.certain}
    if len(named) > len(accepted):
        alone = {c.title.key for c in candidates.values() if c.alone}
        others = [t for t in titles if t.key not in alone and not _is_closing(t)]
        accepted |= _accept_by_form(others, named, accepted, common_words)
    given = {title.key: title.given for title in titles if title.given}
    accepted |= given.keys()
    if len(candidates) > len(named) and len(accepted) > 1:
        accepted |= _accept_between(titles, candidates, accepted, common_words)
    found = [c for key, c in candidates.items() if key in accepted]
    experts = {key: _as_given(None, one) for key, one in given.items()}
    for candidate, expert in zip(found, _with_roles(found), strict=True):
        key = candidate.title.key
        if key in given:
            parts = _as_given(candidate.expert, given[key])
            is_better = expert.roles and not parts.roles
            expert = expert._replace(handle=parts.handle) if is_better else parts
        experts[key] = expert
    return experts


def _candidate(title: Title) -> _Candidate | None:
    """Return the parts of a title if it may name an expert."""
    text = title.text
    if title.refused or len(text) > _LONGEST:
        return None
    if not title.given:
        first = _FIRST_WORD.match(text)
        # Most titles are no names, and this shows it soonest.
        if first and first[1].casefold() in _NO_FIRST_NAMES:
            return None
    candidate = _parse(text, title.kind)
    if candidate is None or not (title.given or _is_plausible(candidate)):
        return None
    return candidate._replace(title=title)


def _is_plausible(candidate: _Candidate) -> bool:
    """Return whether name and organisation may be some."""
    expert, bracketed = candidate.expert, candidate.bracketed
    if not bracketed and _is_acronym(expert.organisation, expert.name):
        return False
    return _is_name(expert.name, handle=bracketed) and _is_organisation(
        expert.organisation, strict=not bracketed
    )


def _is_acronym(text: str, name: str) -> bool:
    """Return whether a text is the acronym of what would be a name, or a code with a number."""
    initials = "".join(word[:1] for word in re.split(r"[\s-]+", name)).upper()
    return bool(_CODE.fullmatch(text)) or (len(text) > 1 and text == initials)


def _accept_by_form(
    titles: Sequence[Title],
    named: Sequence[_Candidate],
    certain: set[int],
    common_words: Callable[[], frozenset[str]],
) -> set[int]:
    """Return the keys of candidates that look like most titles of their kind."""
    accepted: set[int] = set()
    for kind in sorted({c.title.kind for c in named}):
        group = [c for c in named if c.title.kind == kind]
        if len(group) == sum(c.title.key in certain for c in group):
            continue
        others = [t for t in titles if t.kind == kind]
        keys = {c.title.key for c in group}
        run = _longest_run(others, keys)
        several = len(group) > 1 or len(certain | accepted) > 1
        most = 2 * len(keys) > len(others) or run >= _RUN
        longer = [c for c in group if not c.short]
        if not (several and most and 2 * len(longer) >= len(group)):
            continue
        common = common_words()
        plain = [c for c in longer if _is_common(c.expert.name, common)]
        if 2 * len(plain) < len(longer):
            accepted |= {c.title.key for c in group if c.short or c not in plain}
    return accepted


def _accept_between(
    titles: Sequence[Title],
    candidates: dict[int, _Candidate],
    accepted: set[int],
    common_words: Callable[[], frozenset[str]],
) -> set[int]:
    """Return the keys of names alone that stand between two experts' titles of their kind."""
    found: set[int] = set()
    for kind in {c.title.kind for c in candidates.values() if c.alone}:
        between: list[int] = []
        inside = False
        for key in (title.key for title in titles if title.kind == kind):
            candidate = candidates.get(key)
            if key in accepted:
                found.update(between)
                inside, between = True, []
            elif inside and candidate and candidate.alone and len(between) < _MOST_BETWEEN:
                between.append(key)
            else:
                inside, between = False, []
    names = {key: candidates[key].expert.name for key in found}
    return {key for key, name in names.items() if not _is_common(name, common_words())}


def _with_roles(found: Sequence[_Candidate]) -> Iterator[Expert]:
    """Yield the experts; what stands where most others have a role is a role, too."""
    known = sum(bool(c.expert.roles) for c in found)
    unknown = sum(c.possible_role is not None for c in found)
    for candidate in found:
        expert = candidate.expert
        if candidate.possible_role and known >= unknown:
            roles = (candidate.possible_role,)
            expert = expert._replace(organisation=candidate.rest, roles=roles)
        yield expert


def _longest_run(titles: Sequence[Title], keys: set[int]) -> int:
    longest = run = 0
    for title in titles:
        run = run + 1 if title.key in keys else 0
        longest = max(longest, run)
    return longest


def _is_closing(title: Title) -> bool:
    words = title.text.casefold().split(maxsplit=1)
    return bool(words) and words[0].strip("*_:.?!") in _CLOSING_TITLES


def _is_common(name: str, common: frozenset[str]) -> bool:
    """Return whether all words of a name are ordinary words in the article."""
    words = [word.strip(".").casefold() for word in name.split()]
    return all(word in common or word in _PARTICLES for word in words)


def _parse(title: str, kind: int) -> _Candidate | None:
    """Return the parts of the Markdown of a title, whatever they are; None if it has none."""
    shown = _shown(title)
    if shown is None:
        return None
    text, handle, bracketed = _without_addresses(shown.text)
    if text.rstrip()[-1:] in (":", "："):
        return None
    if kind == PLAIN and not bracketed:
        return None
    number = _NUMBER.match(text)
    start = number.end() if number else 0
    signs = _LEADING_SIGNS.match(text, start)
    start = signs.end() if signs else start
    parts, sign = _split(text, start)
    name, *rest = parts
    while rest and _is_credential(rest[0].text):
        del rest[0]
    roles, firms = _sort(rest)
    organisation = text[firms[0].start : firms[-1].end] if firms else ""
    if sign == "colon" and not (roles or bracketed):
        return None
    words = name.text.split()
    short = len(words) == 1 and len(name.text) > 1 and not _IDEOGRAPHS.match(name.text)
    role_ranges = tuple(_ranges(roles, shown, title))
    possible, behind = None, ""
    if not roles and len(firms) > 1 and not _FIRM.search(firms[-1].text):
        possible = next(_ranges(firms[:1], shown, title), None)
        behind = text[firms[1].start : firms[-1].end]
    heading = kind < BOLD
    certain = not short and (
        (bracketed and kind != PLAIN)
        or bool(
            heading and organisation and sign != "colon" and any(_is_role(r.text) for r in roles)
        )
    )
    return _Candidate(
        Title(0, title, kind),
        Expert(" ".join(name.text.split()), " ".join(organisation.split()), handle, role_ranges),
        bracketed,
        certain,
        short,
        not (rest or handle),
        possible,
        behind,
    )


def _shown(text: str) -> _Shown | None:
    """Return a title without its markup; None for one with code, images or foreign syntax."""
    if not _MARKED.search(text):
        return _Shown(text, range(len(text) + 1))
    hidden: list[tuple[int, int]] = []
    for item in inline(text):
        if item.kind in ("code", "image", "placeholder", "break"):
            return None
        if item.kind == "escape":
            hidden.append((item.start, item.start + 1))
        elif item.inner_start == item.end:
            hidden.append((item.start, item.end))
        else:
            hidden += ((item.start, item.inner_start), (item.inner_end, item.end))
    covered = {at for start, end in hidden for at in range(start, end)}
    for match in _REFERENCE.finditer(text):  # its definition is not known here
        if match.start() not in covered:
            covered |= {match.start(), *range(match.end("label"), match.end())}
            covered |= set(range(*match.span())) if match["label"].startswith("^") else set()
    places = [at for at in range(len(text)) if at not in covered]
    return _Shown("".join(text[at] for at in places), [*places, len(text)])


def _without_addresses(text: str) -> tuple[str, str, bool]:
    """Blank out handle, addresses and pronouns; return the handle, and whether it has brackets."""
    handle, bracketed = "", False
    if "@" in text:
        match = _BRACKETED_HANDLE.search(text)
        bracketed = match is not None
        match = match or _LAST_HANDLE.search(text)
        if match:
            handle = match["handle"]
            text = _blank(text, match)
    if "." in text or "/" in text or "(" in text:
        for pattern in (_BRACKETED_ADDRESS, _PRONOUNS, _LAST_ADDRESS):
            for match in pattern.finditer(text):
                text = _blank(text, match)
        # Alone behind a name it is the organisation: Ann Lee (acme.com)
        domain = _BRACKETED_DOMAIN.search(text)
        if domain and _SEPARATOR.search(text, 0, domain.start()):
            text = _blank(text, domain)
    return text, handle, bracketed


def _blank(text: str, match: re.Match[str]) -> str:
    """Return a text of the same length with spaces in place of a match."""
    return text[: match.start()] + " " * len(match[0]) + text[match.end() :]


def _split(text: str, start: int) -> tuple[list[_Part], str]:
    """Return the parts of a title, and the kind of separator behind the name."""
    parts: list[_Part] = []
    first = ""
    end = len(text.rstrip(" ,;|" + _DASHES))
    brackets = _last_brackets(text, start, end)
    cut = brackets.start() if brackets else end
    at = start
    for match in _SEPARATOR.finditer(text, start, cut):
        if match.lastgroup == "colon" and (parts or match.start() == start):
            continue
        if match.start() > at:
            first = first or match.lastgroup or ""
            parts.append(_part(text, at, match.start()))
            at = match.end()
    parts.append(_part(text, at, cut))
    direct = _DIRECT.search(parts[0].text) if len(parts) == 1 else None
    if direct:
        behind = parts[0].start + direct.end()
        parts = [_part(text, at, at + direct.start()), _part(text, behind, parts[0].end)]
        first = "direct"
    if brackets:
        inner = [_part(text, *span) for span in _inner_parts(text, *brackets.span("inside"))]
        if all(part.text.casefold() in _SERVICES for part in inner):
            pass
        elif len(parts) == 1 or _split_role(parts[-1])[1] is None:
            parts += inner
            first = first or "brackets"
        else:  # Acme (UK)
            parts[-1] = _part(text, parts[-1].start, end)
    return [p for n, p in enumerate(parts) if p.text or not n], first


def _last_brackets(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the brackets at the end of a title."""
    if text[end - 1 : end] not in (")", "）"):
        return None
    found = [m for m in _BRACKETS.finditer(text, start, end) if m.end() == end]
    return found[0] if found and found[0].start() > start else None


def _inner_parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _SEPARATOR.finditer(text, start, end):
        yield at, match.start()
        at = match.end()
    yield at, end


def _part(text: str, start: int, end: int) -> _Part:
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    return _Part(start, start + len(raw.strip()), raw.strip())


def _sort(parts: Sequence[_Part]) -> tuple[list[_Part], list[_Part]]:
    """Return the roles among the parts behind a name, and the parts of the organisation."""
    roles: list[_Part] = []
    firms: list[_Part] = []
    for part in parts:
        role, firm = _split_role(part)
        if role:
            # "Founder, CEO" is one role.
            joined = roles and not firms
            start = roles[-1].start if joined else role.start
            if joined:
                roles[-1] = _Part(start, role.end, role.text)
            else:
                roles.append(role)
        if firm and (not firms or not role):
            firms.append(firm)
    return roles, firms


def _split_role(part: _Part) -> tuple[_Part | None, _Part | None]:
    """Return the role and the organisation in a part, as "CMO at Acme" has them."""
    for match in _CONNECTOR.finditer(part.text):
        before, behind = part.text[: match.start()].strip(), part.text[match.end() :].strip()
        if not behind or (not _is_role(before) and match["vague"]):
            continue
        if match["vague"] or not _is_role(before):
            owner = re.split(r"[\s/&]+", before.casefold())[-1] in _OWNER_ROLES
            capital = behind[:1].isupper() or behind[:1].isdigit() or _CASELESS.match(behind)
            place = not match["vague"] or match["vague"] in _PLACES
            if not capital or not (owner or place):
                continue
        role = _Part(part.start, part.start + len(before), before)
        return role, _Part(part.start + match.end(), part.end, behind)
    return (part, None) if _is_role(part.text) else (None, part)


@lru_cache(maxsize=4096)
def _is_role(text: str) -> bool:
    """Return whether a text is a role or job title."""
    if _FIRM.search(text) or len(text.split()) > _MOST_ROLE_WORDS:
        return False
    words = [word.strip(".,()&+/").casefold() for word in re.split(r"[\s/]+", text)]
    words = [word for word in words if word]
    if not words:
        return False
    if words[-1] in _ROLE_WORDS or words[-1].endswith(_ROLE_ENDINGS):
        return True
    if words[0] in _ROLE_BEGINNINGS and len(words) > 1:
        return True
    # Professor of Physics, Chargée de communication, Directrice générale
    linked = any(word in _ROLE_LINKS for word in words[1:])
    if (words[0] in _ROLE_WORDS or words[0].endswith(_ROLE_ENDINGS)) and (
        linked or len(words) == 2
    ):
        return True
    return any(word in _ROLE_WORDS for word in words) and linked and len(words) <= 6


def _ranges(parts: Iterable[_Part], shown: _Shown, text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of parts in the Markdown, without those that have markup inside."""
    for part in parts:
        start, end = shown.places[part.start], shown.places[part.end - 1] + 1
        if end - start == part.end - part.start and "@" not in text[start:end]:
            yield start, end


def _is_credential(text: str) -> bool:
    words = re.split(r"[\s,/&]+", text.replace(".", "").casefold())
    return all(word in _CREDENTIALS for word in words)


@lru_cache(maxsize=4096)
def _is_name(text: str, *, handle: bool) -> bool:
    """Return whether a text looks like the name of a person, or like names joined by "and".

    Beside a handle it may begin with a small letter.
    """
    names = _AND.split(text)
    if len(names) > 1 and all(len(name.split()) > 1 for name in names):
        return all(_is_name(name, handle=False) for name in names)
    words = text.replace("“", " ").replace("”", " ").replace('"', " ").split()
    if not words or len(words) > _MOST_NAME_WORDS + 2:
        return False
    named = _without_titles(words)
    honoured = words[0] != named[0] and words[0].casefold() not in ("don", "san", "m", "me")
    words = named
    if len(words) > _MOST_NAME_WORDS or not all(map(_NAME_WORD.fullmatch, words)):
        return False
    if any(map(_CASELESS.search, words)):
        return _is_caseless_name(words)
    capitals = sum(_is_capitalised(word) for word in words)
    small = [w for w in words if not _is_capitalised(w) and w.casefold() not in _PARTICLES]
    if (small or not capitals) and not (handle and len(words) <= 3 and words[0].islower()):
        return False
    if not (words[0][:1].isupper() or words[0].casefold() in _PARTICLES or handle):
        return False
    return honoured or not _has_heading_words(words)


def _without_titles(words: list[str]) -> list[str]:
    """Return the words of a name without titles before and behind it, at least one."""
    start, end = 0, len(words)
    while end > start + 1 and _is_credential(words[end - 1]):
        end -= 1
    while end > start + 1 and words[start].strip(".").casefold() in _HONORIFICS:
        start += 1
    return words[start:end]


def _is_capitalised(word: str) -> bool:
    # d’Angelo, al-Rashid, O'Neill
    return any(piece[:1].isupper() for piece in re.split(r"[’'‘ʼ‐‑-]", word))


def _is_caseless_name(words: Sequence[str]) -> bool:
    text = "".join(words)
    if text in _CLOSING_TITLES or words[0] in _CLOSING_TITLES:
        return False
    if _IDEOGRAPHS.search(text):
        return bool(_IDEOGRAPHIC_NAME.fullmatch(" ".join(words)))
    if _HANGUL.search(text):
        return len(words) < 3 and len(text) <= _LONGEST_HANGUL
    return all(len(word) <= _LONGEST_CASELESS_WORD for word in words)


def _has_heading_words(words: Sequence[str]) -> bool:
    """Return whether the first word, or more than half of them, is one of headings."""
    known = [word.strip(".").casefold() for word in words if len(word) > 1 and word[-1] != "."]
    if not known:
        return False
    first = known[0] if len(words[0]) > 1 and words[0][-1] != "." else ""
    given = first in _GIVEN_NAMES
    common = sum(word in _HEADING_WORDS - _PARTICLES for word in known) - given
    return 2 * common > len(known) or (first in _HEADING_WORDS and not given)


@lru_cache(maxsize=4096)
def _is_organisation(text: str, *, strict: bool) -> bool:
    """Return whether a text may be an organisation, or is empty."""
    words = text.split()
    if not words:
        return True
    brand = text.rstrip(".!") if len(words) < 3 else text.rstrip(".")  # Yahoo!
    if len(words) > _MOST_ORGANISATION_WORDS or _SENTENCE_END.search(brand):
        return False
    if not strict:
        return True
    if not any(map(str.isalpha, text)) or text[0] in "$€£¥" or _CASELESS_PROSE.search(text):
        return False
    if len(words) > 2 and text[-1] == "." and "." not in words[-1][:-1] and not _FIRM.search(text):
        return False
    letters = [word.strip("(),.&+-/:;'’“”\"").casefold() for word in words]
    small = [
        letter
        for word, letter in zip(words, letters, strict=True)
        if letter and word.lstrip("(“\"'’")[:1].islower() and letter not in _SMALL_WORDS
    ]
    known = [letter for letter in letters if letter]
    if not known or all(word in _HEADING_WORDS and word not in _FIRMS for word in known):
        return False
    if len(words) == 1:
        return True
    return len(small) <= 1 and not (small and words[0][:1].islower() and letters[0] in small)
