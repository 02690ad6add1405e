"""Make an engine of a network service: batches, pace, threads, and checks of the answers."""

from __future__ import annotations

import threading
import time
from collections import deque
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from pipeline.drafting.engines.answer_checks import about_itself, judge, out_of_quota
from pipeline.drafting.engines.batching import Pieces, packed
from pipeline.drafting.engines.codes import NoSuchLanguage
from pipeline.drafting.engines.contract import Answer
from pipeline.errors import EngineFailed, EngineRefused, EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from pipeline.drafting.engines.connection import Wire
    from pipeline.drafting.engines.contract import Service

    _Said: TypeAlias = str | EngineRefused
    _Ask: TypeAlias = Callable[[list[str]], list[_Said]]
    _Heard: TypeAlias = list[tuple[str, _Said]] | BaseException | None

__all__ = ["Networked"]

_FAILURES = 3
"""Number of failures in a row after which the service is not asked again."""
_REQUESTS = 4
"""Number of requests that one answer may need: the languages, a token, a repetition."""


class Networked:
    """Engine of a network service; ``rate`` is in requests per second, 0 for no limit.

    Each piece of a text is sent once, or once more alone if a request with several is refused,
    from at most ``threads`` daemon threads. Once the service cannot be used, or failed three times
    in a row, it is not asked again.
    """

    def __init__(self, service: Service, wire: Wire, *, threads: int, rate: float) -> None:
        self.name = service.name
        self.traits = service.traits
        self._service = service
        self._wire = wire
        self._threads = threads
        self._pace = _Pace(rate)
        self._failures = 0
        self._ended = ""
        self._lock = threading.Lock()

    def translate(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> Iterator[tuple[int, Answer | EngineRefused]]:
        """Yield an answer to each text; closed early, it sends no further request.

        Raises:
            EngineUnavailable: the service cannot be used, or no longer.
        """
        bounds, form = self._service.bounds, self.traits.form
        pieces = Pieces(texts, bounds, form)
        for number, known in pieces.known:
            yield number, self._answer(known)

        def ask(some: list[str]) -> list[_Said]:
            answers = self._wire.shielded(lambda: self._service.ask(some, source, target, glossary))
            if len(answers) != len(some):
                raise EngineFailed(f"{self.name} gave {len(answers)} answers to {len(some)} texts")
            pairs = zip(some, answers, strict=True)
            return [self._judged(text, answer, target) for text, answer in pairs]

        for piece, said in self._heard([*packed(pieces.asked, bounds)], ask):
            for number, known in pieces.put(piece, said):
                yield number, self._answer(known)

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()

    def _answer(self, known: _Said) -> Answer | EngineRefused:
        return Answer(known, self.name) if isinstance(known, str) else known

    def _judged(self, text: str, answer: str | None, target: str) -> _Said:
        if answer is not None and out_of_quota(text, answer):
            raise EngineUnavailable(f"{self.name} {about_itself(text, answer)}")
        if reason := about_itself(text, answer):
            return EngineFailed(f"{self.name} {reason}")
        if reason := judge(text, answer, target, self.traits.form):
            return EngineRefused(f"{self.name} {reason}")
        assert answer is not None, "an empty answer is none that is about the text"
        return answer

    def _heard(self, requests: list[list[str]], ask: _Ask) -> Iterator[tuple[str, _Said]]:
        """Yield each piece with its answer, in the order of the answers."""
        waiting, stopped = deque(requests), threading.Event()
        heard: SimpleQueue[_Heard] = SimpleQueue()

        def work() -> None:
            try:
                while waiting and not stopped.wait(self._pace.delay()):
                    heard.put(self._asked(waiting, ask))
            except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
                stopped.set()
                heard.put(error)
            heard.put(None)

        working = min(self._threads, len(requests))
        for _ in range(working):
            # Daemons: one that hangs is left behind.
            threading.Thread(target=work, daemon=True).start()
        try:
            yield from self._until_done(heard, working)
        finally:
            stopped.set()

    def _until_done(self, heard: SimpleQueue[_Heard], working: int) -> Iterator[tuple[str, _Said]]:
        """Yield the answers of the threads until all are done, then raise the first error."""
        problem: BaseException | None = None
        while working:
            try:
                item = heard.get(timeout=self._wire.bound * _REQUESTS + self._pace.gap)
            except Empty:
                problem = problem or EngineUnavailable(f"{self.name} does not answer")
                break
            if item is None:
                working -= 1
            elif isinstance(item, BaseException):
                problem = problem or item
            else:
                yield from item
        if problem:
            raise problem

    def _asked(self, waiting: deque[list[str]], ask: _Ask) -> list[tuple[str, _Said]]:
        """Send the next request; put the pieces of a refused one back, to be sent one by one."""
        try:
            some = waiting.popleft()
        except IndexError:  # another thread was faster
            return []
        if self._ended:
            raise EngineUnavailable(self._ended)
        together = False
        try:
            said = ask(some)
        except EngineRefused as refusal:
            said = [refusal for _ in some]
            together = len(some) > 1
        except EngineUnavailable as problem:
            if not isinstance(problem, NoSuchLanguage):  # which ends nothing else
                self._ended = str(problem)
            raise
        self._count(said)
        if together:
            waiting.extendleft([text] for text in reversed(some))
        return [] if together else [*zip(some, said, strict=True)]

    def _count(self, said: Sequence[_Said]) -> None:
        """Count failures in a row, over all threads.

        Raises:
            EngineUnavailable: there were too many.
        """
        failures = [one for one in said if isinstance(one, EngineFailed)]
        with self._lock:
            self._failures = self._failures + 1 if len(failures) == len(said) else 0
            if self._failures >= _FAILURES:
                self._ended = f"{self.name} no longer translates: {failures[0]}"
                raise EngineUnavailable(self._ended)


class _Pace:
    """Timer that spaces requests evenly; ``gap`` is in seconds."""

    def __init__(self, rate: float) -> None:
        self.gap = 1 / rate if rate else 0.0
        self._next = 0.0
        self._lock = threading.Lock()

    def delay(self) -> float:
        """Reserve the next time and return the seconds until then."""
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next)
            self._next = at + self.gap
            return at - now
