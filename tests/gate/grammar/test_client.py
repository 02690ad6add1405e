"""Address of a server, and work in several threads; answers are in `test_languagetool`."""

from __future__ import annotations

import threading

import pytest

from pipeline.errors import UsageError
from pipeline.gate.grammar.client import Client, in_time


@pytest.mark.parametrize(
    ("url", "base", "name"),
    [
        ("http://localhost:8081", "http://localhost:8081/", "http://localhost:8081"),
        (" https://x.org/lt/v2/ ", "https://x.org/lt/", "https://x.org/lt"),
        ("http://x.org/v2", "http://x.org/", "http://x.org"),
        ("http://x.org/v2x/", "http://x.org/v2x/", "http://x.org/v2x"),
        ("http://me:se@cret@x.org", "http://me:se@cret@x.org/", "http://x.org"),
    ],
)
def test_an_address_and_its_name_without_a_password(url: str, base: str, name: str) -> None:
    client = Client(url, 1.0)
    assert (client.base, client.name) == (base, name)
    assert f"the LanguageTool server at {name} is late; start it" in str(client.failure("is late"))


@pytest.mark.parametrize(
    "url", ["", "x.org", "ftp://x.org", "http://", "http://x:0", "http://x/?a"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(UsageError, match="is not the address of a LanguageTool server"):
        Client(url, 1.0)


def test_a_client_that_was_asked_nothing_can_be_closed() -> None:
    client = Client("http://x.org", 1.0)
    client.close()
    client.close()


@pytest.mark.parametrize("threads", [1, 3, 99])
def test_answers_are_in_the_order_of_the_items(threads: int) -> None:
    items = list(range(50))
    assert list(in_time(lambda n: n * n, items, threads, 60)) == [n * n for n in items]
    assert list(in_time(str, [], threads, 60)) == []


def test_what_work_raises_is_raised_in_its_place() -> None:
    def work(number: int) -> int:
        if number == 2:
            raise KeyError(number)
        return number

    answers = in_time(work, range(9), 3, 60)
    assert [next(answers), next(answers)] == [0, 1]
    with pytest.raises(KeyError):
        next(answers)


def test_work_that_hangs_is_left_behind_and_no_more_is_begun() -> None:
    go_on = threading.Event()
    begun: list[int] = []
    workers: set[threading.Thread] = set()

    def work(number: int) -> int:
        begun.append(number)
        workers.add(threading.current_thread())
        if number == 1:
            go_on.wait()
        return number

    answers = in_time(work, range(9), 1, 0.05)
    assert next(answers) == 0
    with pytest.raises(TimeoutError):
        next(answers)
    go_on.set()
    for worker in workers:
        worker.join()
    assert begun == [0, 1]
