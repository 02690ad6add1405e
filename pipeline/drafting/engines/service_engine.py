"""Make an engine of a network service: batches, pace, threads, and checks of the answers."""

from __future__ import annotations

import threading
import time
from collections import deque
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from pipeline.drafting.engines.answer_checks import find_notice, is_quota_notice, judge
from pipeline.drafting.engines.batching import Pieces, pack_requests
from pipeline.drafting.engines.codes import NoSuchLanguage
from pipeline.drafting.engines.contract import Answer
from pipeline.errors import EngineFailed, EngineRefused, EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from pipeline.drafting.engines.connection import Connection
    from pipeline.drafting.engines.contract import Service

    _Result: TypeAlias = str | EngineRefused
    _Ask: TypeAlias = Callable[[list[str]], list[_Result]]
    _Report: TypeAlias = list[tuple[str, _Result]] | BaseException | None

__all__ = ["NetworkEngine"]

_FAILURES = 3
"""Number of failures in a row after which the service is not asked again."""
_REQUESTS = 4
"""Number of requests that one answer may need: the languages, a token, a repetition."""


class NetworkEngine:
    """Engine of a network service; ``rate`` is in requests per second, 0 for no limit.

    Each piece of a text is sent once, or once more alone if a request with several is refused,
    from at most ``threads`` daemon threads. Once the service cannot be used, or failed three times
    in a row, it is not asked again.
    """

    def __init__(
        self, service: Service, connection: Connection, *, threads: int, rate: float
    ) -> None:
        self.name = service.name
        self.traits = service.traits
        self._service = service
        self._connection = connection
        self._threads = threads
        self._pace = _Pace(rate)
        self._failures = 0
        self._end_reason = ""
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
        for number, result in pieces.immediate:
            yield number, self._answer(result)

        def ask(some: list[str]) -> list[_Result]:
            answers = self._connection.shield(
                lambda: self._service.ask(some, source, target, glossary)
            )
            if len(answers) != len(some):
                raise EngineFailed(
                    f"{self.name} returned {len(answers)} answers to {len(some)} texts"
                )
            pairs = zip(some, answers, strict=True)
            return [self._judge(text, answer, target) for text, answer in pairs]

        for piece, piece_result in self._collect([*pack_requests(pieces.to_send, bounds)], ask):
            for number, result in pieces.put(piece, piece_result):
                yield number, self._answer(result)

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def _answer(self, result: _Result) -> Answer | EngineRefused:
        return Answer(result, self.name) if isinstance(result, str) else result

    def _judge(self, text: str, answer: str | None, target: str) -> _Result:
        if answer is not None and is_quota_notice(text, answer):
            raise EngineUnavailable(f"{self.name} {find_notice(text, answer)}")
        if reason := find_notice(text, answer):
            return EngineFailed(f"{self.name} {reason}")
        if reason := judge(text, answer, target, self.traits.form):
            return EngineRefused(f"{self.name} {reason}")
        assert answer is not None, "an empty answer was refused above"
        return answer

    def _collect(self, requests: list[list[str]], ask: _Ask) -> Iterator[tuple[str, _Result]]:
        """Yield each piece with its answer, in the order of the answers."""
        waiting, stopped = deque(requests), threading.Event()
        reports: SimpleQueue[_Report] = SimpleQueue()

        def work() -> None:
            try:
                while waiting and not stopped.wait(self._pace.delay()):
                    reports.put(self._send_next(waiting, ask))
            except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
                stopped.set()
                reports.put(error)
            reports.put(None)

        working = min(self._threads, len(requests))
        for _ in range(working):
            # Daemons: one that hangs is left behind.
            threading.Thread(target=work, daemon=True).start()
        try:
            yield from self._until_done(reports, working)
        finally:
            stopped.set()

    def _until_done(
        self, reports: SimpleQueue[_Report], working: int
    ) -> Iterator[tuple[str, _Result]]:
        """Yield the answers of the threads until all are done, then raise the first error."""
        problem: BaseException | None = None
        while working:
            try:
                # Longer than any request can take: only a thread that hangs is silent for so long.
                item = reports.get(timeout=self._connection.bound * _REQUESTS + self._pace.gap)
            except Empty:
                problem = problem or EngineUnavailable(f"{self.name} did not answer")
                break
            if item is None:
                working -= 1
            elif isinstance(item, BaseException):
                problem = problem or item
            else:
                yield from item
        if problem:
            raise problem

    def _send_next(self, waiting: deque[list[str]], ask: _Ask) -> list[tuple[str, _Result]]:
        """Send the next request; put the pieces of a refused one back, to be sent one by one."""
        try:
            batch = waiting.popleft()
        except IndexError:  # another thread was faster
            return []
        if self._end_reason:
            raise EngineUnavailable(self._end_reason)
        split = False
        try:
            results = ask(batch)
        except EngineRefused as refusal:
            results = [refusal for _ in batch]
            split = len(batch) > 1
        except EngineUnavailable as problem:
            if not isinstance(problem, NoSuchLanguage):  # which ends nothing else
                self._end_reason = str(problem)
            raise
        self._count_failures(results)
        if split:
            waiting.extendleft([text] for text in reversed(batch))
        return [] if split else [*zip(batch, results, strict=True)]

    def _count_failures(self, results: Sequence[_Result]) -> None:
        """Count failures in a row, over all threads.

        Raises:
            EngineUnavailable: there were too many.
        """
        failures = [one for one in results if isinstance(one, EngineFailed)]
        with self._lock:
            self._failures = self._failures + 1 if len(failures) == len(results) else 0
            if self._failures >= _FAILURES:
                self._end_reason = f"{self.name} failed {_FAILURES} times in a row: {failures[0]}"
                raise EngineUnavailable(self._end_reason)


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
