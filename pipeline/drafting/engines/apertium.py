"""Translate with Apertium, a rule-based translator on this machine that is kept running."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import sys
import threading
import time
import unicodedata
import weakref
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from select import select
from subprocess import DEVNULL, PIPE, Popen
from typing import TYPE_CHECKING, TypeVar

from pipeline.drafting.engines.contract import Answer, Traits
from pipeline.drafting.engines.forms import FORMS
from pipeline.errors import EngineRefused, EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Apertium", "installed_pairs"]

T = TypeVar("T")

_POSSESSIVE = re.compile(r"(Xqz\d+x)['’]s\b")
"""English possessives of tokens: "Xqz0x's book" would be read as "Xqz0x has book", and glued."""

_ISO: dict[str, str] = dict(
    re.findall(
        r"(\w+):(\w+)",
        "af:afr an:arg ar:ara be:bel bg:bul br:bre bs:hbs ca:cat cy:cym da:dan de:deu en:eng"
        " eo:epo es:spa eu:eus fr:fra gl:glg hi:hin hr:hbs id:ind is:isl it:ita kk:kaz mk:mkd"
        " ms:zlm mt:mlt nb:nob nl:nld nn:nno no:nob oc:oci pl:pol pt:por ro:ron ru:rus sc:srd"
        " se:sme sh:hbs sl:slv sr:hbs sv:swe tr:tur tt:tat uk:ukr ur:urd",
    )
)
"""ISO 639-3 codes, by which modes are named, of the languages that have pairs."""

_BOTH_WAYS = (
    "afr-nld arg-cat bel-rus cat-ita en-gl eng-cat eng-spa eo-en es-gl es-pt fr-es fra-cat "
    "fra-frp hbs-eng hbs-slv ind-zlm isl-swe mkd-bul nno-nob oc-ca oc-es oci-fra pol-szl "
    "por-cat pt-gl rus-ukr spa-arg spa-cat spa-ita swe-dan urd-hin"
)
"""Pairs of which Debian 12 has a package, ``apertium-`` with this name, for both directions."""
_SOME_WAYS = (
    "br-fr:br-fr cat-srd:cat-srd dan-nor:dan-nno,dan-nob,nno-dan,nob-dan eo-ca:ca-eo "
    "eo-es:es-eo eo-fr:fr-eo es-ro:ro-es eu-en:eu-en eu-es:eu-es hbs-mkd:hbs-mkd isl-eng:isl-eng "
    "mkd-eng:mkd-eng spa-ast:spa-ast srd-ita:ita-srd swe-nor:nno-swe,nob-swe,swe-nno,swe-nob"
)
"""Other packages of Debian 12, each with the directions that it has."""
_LONGEST_ROUTE = 2
"""Longest chain of pairs to advise; with each further one, more gets lost."""


def _packages() -> dict[tuple[str, str], str]:
    """Return the packages of Debian by the languages that they translate from and to."""
    names = {name: [name, "-".join(reversed(name.split("-")))] for name in _BOTH_WAYS.split()}
    for item in _SOME_WAYS.split():
        name, _, modes = item.partition(":")
        names[name] = modes.split(",")
    return {_languages(mode): f"apertium-{name}" for name, modes in names.items() for mode in modes}


def _languages(mode: str) -> tuple[str, str]:
    """Return the ISO 639-3 codes of the languages in the name of a mode."""
    start, _, end = mode.partition("-")
    return _ISO.get(start, start), _ISO.get(end, end)


class Apertium:
    """Rule-based translation without a network; ``timeout`` is in seconds, for each mode.

    The French tagger keeps some of its state: earlier texts can change a word.
    """

    name = "apertium"
    traits = Traits(network=False, form=FORMS["apertium"])

    def __init__(self, timeout: float = 20.0) -> None:
        self._timeout = timeout
        self._modes: dict[tuple[str, str], Path] = {}
        self._directions: dict[Path, _Direction] = {}
        self._lock = threading.Lock()

    def translate(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> Iterator[tuple[int, Answer | EngineRefused]]:
        """Yield a translation of each text, in order, through other languages where no pair exists.

        Glossaries are not applied.
        """
        route = self._route(source, target)
        yield from ((number, _answer(text, route)) for number, text in enumerate(texts))

    def close(self) -> None:
        """End all programs."""
        with self._lock:
            for direction in self._directions.values():
                direction.close()

    def _route(self, source: str, target: str) -> list[_Direction]:
        start, end = (_ISO.get(code := locale.split("_")[0], code) for locale in (source, target))
        with self._lock:
            self._modes = self._modes or installed_pairs()
            modes = _shortest_route(self._modes, start, end)
            if not modes:
                problem = (
                    f"has no language pair from {source} to {target}"
                    if self._modes
                    else "is not installed"
                )
                raise EngineUnavailable(f"Apertium {problem}{_advice(self._modes, start, end)}")
            for mode in modes:
                self._directions.setdefault(mode, _Direction(mode, self._timeout))
            return [self._directions[mode] for mode in modes]


def _advice(modes: Mapping[tuple[str, str], Path], start: str, end: str) -> str:
    """Return what to do where no route exists: packages to install, or another engine."""
    pairs = {**_packages(), **dict.fromkeys(modes, "")}
    route = _shortest_route(pairs, start, end)
    if not 0 < len(route) <= _LONGEST_ROUTE:
        return (
            ", and Debian has no package for it: name another engine in the setting 'engines', "
            "such as google or libretranslate"
        )
    return f": install {' '.join(filter(None, dict.fromkeys(['apertium', *route])))}"


def _answer(text: str, route: list[_Direction]) -> Answer | EngineRefused:
    """Return the translation of a text, with its outer white space as it is."""
    if "\0" in text:
        return EngineRefused("the source text contains a NUL character")
    core = text.strip()
    # str.partition refuses an empty separator.
    before, _, behind = text.partition(core) if core else (text, "", "")
    try:
        for direction in route:
            core = direction.translate(core)
    except EngineRefused as refusal:
        return refusal
    if not core and text.strip():
        return EngineRefused("Apertium's answer is empty")
    signature = "apertium " + "+".join(direction.name for direction in route)
    return Answer(before + core + behind, signature)


def installed_pairs() -> dict[tuple[str, str], Path]:
    """Return the mode files that ``apertium -l`` lists, by languages, without variants."""
    beside = Path(shutil.which("apertium") or "/usr/bin/apertium").parent.parent
    folder = Path(os.environ.get("APERTIUM_DATADIR", beside / "share/apertium"), "modes")
    modes: dict[tuple[str, str], Path] = {}
    # Old pairs name their modes by two letters; they yield to three.
    for file in sorted(folder.glob("*.mode"), key=lambda file: len(file.name)):
        if re.fullmatch(r"[a-z]{2,3}-[a-z]{2,3}", file.stem):
            modes[_languages(file.stem)] = file
    return modes


def _shortest_route(modes: Mapping[tuple[str, str], T], source: str, target: str) -> list[T]:
    """Return the shortest chain of modes, the first in the alphabet of equal ones; [] for none."""
    # A breadth-first search: the loop reads the list that it extends.
    paths: list[tuple[str, ...]] = [(source,)]
    seen = {source}
    for path in paths:
        if path[-1] == target:
            return [modes[step] for step in pairwise(path)]
        languages = [end for start, end in sorted(modes) if start == path[-1] and end not in seen]
        seen.update(languages)
        paths += [(*path, language) for language in languages]
    return []


class _StreamTable(dict[int, str]):
    """Table for `str.translate` that writes characters in Apertium's stream format.

    Characters with a meaning there are escaped. A superblank with the code point replaces
    characters that get lost or hang the programs even so, those that are no text, and the marks
    of unknown words, so that these can be told from an asterisk of the author.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        form = "\\" + char if char in "[]{}<>/$" else char
        if char in "\\^~*#@" or unicodedata.category(char)[0] == "C":
            form = f"[{code:x}]"
        return self.setdefault(code, form)


_STREAM = _StreamTable({0xAD: "\xad"})  # a soft hyphen: without it the word is found
_PART = re.compile(r"\\(.)|\[([0-9a-f]*)\]|[*#@\0]", re.DOTALL)


def _decode_part(part: re.Match[str]) -> str:
    """Return the character of a part of the stream format; "" for the mark of an unknown word."""
    return part[1] or (chr(int(part[2], 16)) if part[2] else "")


def _tidy(answer: str, source: str) -> str:
    """Repair frequent faults of answers: spaces, apostrophes, capitals."""
    answer = answer.strip()
    if "  " not in source:  # a pronoun that Spanish leaves out leaves its space
        answer = re.sub(" {2,}", " ", answer)
    if not re.search(r" [.,)]", source):
        answer = re.sub(r" +(?=[.,)])", "", answer)
    if "’" in source and "'" not in source:
        answer = answer.replace("'", "’")
    return _restore_case(answer, source)


_FIRST = re.compile(r"[\W_]*(\w+)")
_OPENING = re.compile(r"(?:^|[.!?…]\s)\W{0,9}(\w{3}\S*) ([^\W\d_])")


def _restore_case(answer: str, source: str) -> str:
    source_word, answer_word = _FIRST.match(source), _FIRST.match(answer)
    if source_word and answer_word and not re.search(r"\d", source_word[1] + answer_word[1]):
        at = answer_word.start(1)
        if source_word[1][0].isupper():
            answer = answer[:at] + answer[at].upper() + answer[at + 1 :]
        elif source_word[1][0].islower() and answer_word[1] not in source:
            answer = answer[:at] + answer[at].lower() + answer[at + 1 :]
    # Where a sentence begins with an unknown word, the next one gets its capital.
    for word in {word for word, following in _OPENING.findall(source) if following.islower()}:
        for match in re.finditer(rf"\b{re.escape(word)} (\w+)", answer):
            if match[1] not in source:
                at = match.start(1)
                answer = answer[:at] + answer[at].lower() + answer[at + 1 :]
    return answer


class _Direction:
    """One mode, such as ``eng-spa``; its programs start with the first text."""

    def __init__(self, mode: Path, timeout: float) -> None:
        self.name = mode.stem
        self._mode = mode
        self._timeout = timeout
        self._questions = 0
        self._programs: list[Popen[bytes]] = []
        self._lock = threading.Lock()
        weakref.finalize(self, _kill, self._programs)

    def translate(self, text: str) -> str:
        """Return the translation of a text without NUL and outer white space."""
        plain = _POSSESSIVE.sub(r"\1", text) if self.name.startswith("en") else text
        with self._lock:
            answer = self._ask_twice(plain.translate(_STREAM))
        return _tidy(_PART.sub(_decode_part, answer), plain)

    def close(self) -> None:
        """End the programs."""
        with self._lock:
            _kill(self._programs)

    def _ask_twice(self, stream: str) -> str:
        # Twice, as programs that died since the last text are started anew.
        for _ in range(2):
            try:
                if not self._programs:
                    self._start()
                return self._ask(stream, self._timeout)
            except BaseException as problem:
                _kill(self._programs)  # half of a text is in the pipes
                if not isinstance(problem, EOFError | OSError):
                    raise
        raise EngineRefused(f"Apertium ({self.name}) did not answer within {self._timeout:g} s")

    def _start(self) -> None:
        # Not the locale of the user: with one that is not installed the programs stop.
        env = {**os.environ, "LC_ALL": "C.UTF-8"}
        try:
            for command in _commands(self._mode):
                stdin = self._programs[-1].stdout if self._programs else PIPE
                # In process groups of their own: Ctrl-C is not for them.
                program = Popen(
                    command, stdin=stdin, stdout=PIPE, stderr=DEVNULL, env=env, process_group=0
                )
                self._programs.append(program)
            self._ask("", max(self._timeout, 20.0))  # they read their dictionaries first
        except (EOFError, LookupError, OSError, ValueError) as error:
            problem = f"Apertium ({self.name}) does not start: reinstall apertium and this pair"
            raise EngineUnavailable(problem) from error

    def _ask(self, stream: str, timeout: float) -> str:
        """Return the programs' output; after any exception they can no longer be used.

        ``lt-proc`` answers only where a superblank is before the NUL. A second one with a
        number marks the end for sure, whatever NULs a program adds.
        """
        if sys.platform == "win32":
            raise EngineUnavailable("Apertium does not run on Windows")
        stdin, stdout = self._programs[0].stdin, self._programs[-1].stdout
        assert stdin
        assert stdout
        os.set_blocking(stdin.fileno(), False)
        self._questions += 1
        end = f"[next{self._questions}]\0".encode()
        data = memoryview(f"{stream}[]\0".encode() + end)
        answer = bytearray()
        deadline = time.monotonic() + timeout
        # Only the end is searched: the whole after each part would take quadratic time.
        while end not in answer[-100:]:
            if (remaining := deadline - time.monotonic()) <= 0:
                raise TimeoutError
            readable, writable, _ = select([stdout], [stdin] if data else [], [], remaining)
            if writable:
                data = data[os.write(stdin.fileno(), data[:65536]) :]
            part = os.read(stdout.fileno(), 65536) if readable else None
            if part == b"":
                raise EOFError
            answer += part or b""
        return answer.rpartition(end)[0].decode("utf-8", "replace")


def _commands(mode: Path) -> list[list[str]]:
    """Return the commands of a mode, with the options to flush at NUL and not to mark words.

    The script ``apertium -z`` itself cannot be kept running: it pipes through gawk with a
    regular expression as the end of a record, which waits for the characters after the NUL.
    """
    text = mode.read_text("utf-8").replace("$1", "-n").replace("$2", "")
    commands = [shlex.split(part) for part in text.split("|")]
    for command in commands:
        if not re.search(r"(vislcg3|cg-mwesplit|hfst-tokeni[sz]e|divvun-suggest)$", command[0]):
            command.insert(1, "-z")  # those flush by themselves
    return commands


def _kill(programs: list[Popen[bytes]]) -> None:
    """Kill the programs, which have nothing to save."""
    if sys.platform == "win32":
        return  # nothing was started
    for program in programs:
        with program, suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
    programs.clear()
