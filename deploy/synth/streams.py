"""One stream of random numbers for every place and purpose.

A village, a household, a month draws from a stream named by what it is, never by how many were drawn before:
so the first 200 households of a village are the same whether it has 200 or 800.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def stream(seed: int, *path: object) -> Random:
    """Return the stream of this seed and path; the same on every machine and Python version."""
    return Random("/".join(str(part) for part in (seed, *path)))


def pick(rng: Random, weights: Mapping[T, float]) -> T:
    """Return one key, drawn by its weight."""
    point = rng.random() * sum(weights.values())
    for key, weight in weights.items():
        point -= weight
        if point < 0:
            return key
    return list(weights)[-1]


def between(rng: Random, bounds: Sequence[int]) -> int:
    """Return a whole number from the first to the second bound, both included."""
    return rng.randint(bounds[0], bounds[1])


def chance(rng: Random, probability: float) -> bool:
    """Return whether something of this probability happens."""
    return rng.random() < probability
