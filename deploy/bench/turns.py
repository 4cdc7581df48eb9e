"""Measuring in turns: ours, peer, ours, peer …, so that what else the machine does meets both."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter
from typing import Any

Work = Callable[[], Any]


def in_turns(rounds: int, works: Mapping[str, Work]) -> dict[str, float]:
    """Do every work once unmeasured, then each once a round; return the median seconds of each by name."""
    for work in works.values():
        work()
    taken = [{name: seconds_of(work) for name, work in works.items()} for _ in range(rounds)]
    return {name: median(one[name] for one in taken) for name in works}


def medians(rounds: int, works: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """As `in_turns`, of works that measure themselves: they return a number, or a tuple of numbers."""
    for work in works.values():
        work()
    told = [{name: work() for name, work in works.items()} for _ in range(rounds)]
    return {name: _median([one[name] for one in told]) for name in works}


def seconds_of(work: Work) -> float:
    """Return how long it takes, with no garbage left from before."""
    gc.collect()
    started = perf_counter()
    work()
    return perf_counter() - started


def _median(values: list[Any]) -> Any:
    if isinstance(values[0], tuple):
        return tuple(median(column) for column in zip(*values, strict=True))
    return median(values)
