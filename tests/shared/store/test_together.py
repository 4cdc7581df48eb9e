"""What many threads ask at the same moment goes together, and each gets its own answer."""

import threading
from collections.abc import Sequence

import eventlet
import pytest
from shouwang.errors import Unavailable
from shouwang.store.together import Together


class Work:
    """Answers twice the number; holds the first batch back until `go`, so that others gather behind it."""

    def __init__(self, wrong: int | None = None) -> None:
        self.batches: list[list[int]] = []
        self.go = threading.Event()
        self.wrong = wrong

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.batches.append(list(numbers))
        self.go.wait()
        if self.wrong in numbers:
            raise Unavailable("数据库没有应答", code="store.unavailable")
        return [2 * number for number in numbers]


def gathered(work: Work, count: int) -> list[eventlet.greenthread.GreenThread]:
    """Ask from so many threads; all but the first wait behind it."""
    together = Together(work)
    threads = [eventlet.spawn(together.ask, number) for number in range(count)]
    eventlet.sleep(0)
    return threads


def test_who_comes_while_one_is_under_way_goes_together():
    work = Work()
    threads = gathered(work, 5)
    work.go.set()
    assert [thread.wait() for thread in threads] == [0, 2, 4, 6, 8]
    assert work.batches == [[0], [1, 2, 3, 4]]


def test_an_error_reaches_everybody_of_its_batch_and_nobody_else():
    work = Work(wrong=3)
    threads = gathered(work, 5)
    work.go.set()
    assert threads[0].wait() == 0
    for thread in threads[1:]:
        with pytest.raises(Unavailable):
            thread.wait()


def test_who_is_ended_leaves_the_others_to_ask_for_themselves():
    work = Work()
    together = Together(work)
    first, second = eventlet.spawn(together.ask, 1), eventlet.spawn(together.ask, 2)
    eventlet.sleep(0)
    first.kill()
    work.go.set()
    assert second.wait() == 4
    assert together.ask(3) == 6


def test_one_alone_waits_for_nobody():
    work = Work()
    work.go.set()
    together = Together(work)
    assert [together.ask(number) for number in range(3)] == [0, 2, 4]
    assert work.batches == [[0], [1], [2]]
