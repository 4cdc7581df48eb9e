"""What callers and emitters of every kind do alike, so that only what they do it with differs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from statistics import median
from time import monotonic, perf_counter
from typing import Any, Final

REGION: Final = "430426"
TEXT: Final = "一户人家需要核实的情况" * 4
MS: Final = 1000.0
Call = Callable[[int], Any]


def request(number: int) -> dict[str, Any]:
    """Return the arguments of one call; the answer holds the same."""
    return {"region": REGION, "number": number, "text": TEXT}


def p50_ms(call: Call, calls: int) -> float:
    """Call one after another; return the median duration in milliseconds."""
    taken = []
    for number in range(calls):
        started = perf_counter()
        check(call(number), number)
        taken.append(perf_counter() - started)
    return median(taken) * MS


def a_second(call: Call, calls: int, at_once: int) -> float:
    """Call with so many in flight; return the calls answered a second."""
    started = perf_counter()
    spread(lambda number: check(call(number), number), calls, at_once)
    return calls / (perf_counter() - started)


def check(answer: Any, number: int) -> None:
    """ValueError unless this is the answer to call `number`: a wrong one must not count as fast."""
    if answer["number"] != number or answer["text"] != TEXT:
        raise ValueError(f"call {number} got another answer")


def spread(work: Callable[[int], Any], count: int, at_once: int) -> None:
    """Do work(0) … work(count - 1) in so many (green) threads; raise what the first of them raised."""
    numbers, failed = iter(range(count)), []

    def run() -> None:
        try:
            for number in numbers:
                work(number)
        except BaseException as error:  # noqa: BLE001 (raised again below, in the caller's thread)
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(at_once)]
    for each in [*threads]:
        each.start()
    for each in threads:
        each.join()
    if failed:
        raise failed[0]


class Tally:
    """Counts what arrived, and tells the moment at which so many were there (one clock for all processes)."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0
        self._last = 0.0

    def add(self) -> None:
        """Count one."""
        with self._changed:
            self._count += 1
            self._last = monotonic()
            self._changed.notify_all()

    def wait(self, count: int, seconds: float) -> float:
        """Wait until `count` have arrived since the last wait; return when the last did, and begin anew."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._count >= count, seconds):
                raise TimeoutError(f"{self._count} of {count} events arrived")
            self._count -= count
            return self._last
