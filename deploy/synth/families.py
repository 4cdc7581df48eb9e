"""Who lives together: kinds of families, as lists of (relation to the head, man or woman, age)."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from deploy.synth.people import HEAD, SPOUSE
from deploy.synth.streams import chance, pick

Member = tuple[str, bool, int]
Family = list[Member]

FATHER, MOTHER = "之父", "之母"


def _couple(rng: Random, age: int) -> Family:
    return [(HEAD, True, age), (SPOUSE, False, max(20, age - rng.randint(-1, 5)))]


def _children(rng: Random, ages: list[int], labels: tuple[str, str] = ("之子", "之女")) -> Family:
    sexes = [chance(rng, 0.53) for _ in ages]
    return [(labels[0] if male else labels[1], male, age) for male, age in zip(sexes, ages, strict=True)]


def nuclear(rng: Random) -> Family:
    """Parents and one to three children."""
    head = rng.randint(30, 50)
    oldest = min(head - 22, 21)
    return _couple(rng, head) + _children(rng, _spaced(rng, oldest, rng.choice((1, 2, 2, 2, 3))))


def _spaced(rng: Random, oldest: int, count: int) -> list[int]:
    first = rng.randint(max(oldest - 8, 0), oldest)
    return [age for age in (first - gap for gap in (0, 3, 7)[:count]) if age >= 0]


def three_generations(rng: Random) -> Family:
    """A couple, a grown son with his wife, their children."""
    head = rng.randint(50, 63)
    son = rng.randint(25, head - 22)
    young = [("之子", True, son), ("之儿媳", False, max(21, son - rng.randint(0, 4)))]
    oldest = max(min(son - 22, 12), 1)
    kids = _children(rng, _spaced(rng, oldest, rng.choice((1, 2, 2))), ("之孙子", "之孙女"))
    return _couple(rng, head) + young + kids


def with_elders(rng: Random) -> Family:
    """Parents, children, and one of the grandparents."""
    head = rng.randint(34, 48)
    elder = (MOTHER, False) if chance(rng, 0.6) else (FATHER, True)
    ages = _spaced(rng, min(head - 23, 17), rng.choice((1, 2)))
    return _couple(rng, head) + _children(rng, ages) + [(*elder, head + rng.randint(22, 30))]


def grown(rng: Random) -> Family:
    """A couple with grown, unmarried children."""
    head = rng.randint(46, 58)
    return _couple(rng, head) + _children(rng, [rng.randint(20, head - 23)])


def old_couple(rng: Random) -> Family:
    """Two old people on their own."""
    return _couple(rng, rng.randint(62, 82))


def alone(rng: Random) -> Family:
    """One old person."""
    return [(HEAD, chance(rng, 0.5), rng.randint(62, 86))]


def single(rng: Random) -> Family:
    """An unmarried adult with an old parent."""
    head = rng.randint(35, 55)
    return [(HEAD, True, head), (MOTHER, False, head + rng.randint(20, 28))]


def with_pupil(rng: Random) -> Family:
    """Parents with a child of the age of the junior school."""
    return _couple(rng, rng.randint(36, 46)) + _children(rng, [rng.randint(12, 14), rng.randint(5, 9)])


def with_students(rng: Random) -> Family:
    """Parents with two children at college."""
    return _couple(rng, rng.randint(42, 50)) + _children(rng, [20, 18])


def one_provider(rng: Random) -> Family:
    """A grown son who provides for old parents and his children."""
    head = rng.randint(66, 74)
    kids = _children(rng, [rng.randint(8, 13), rng.randint(4, 7)], ("之孙子", "之孙女"))
    return [*_couple(rng, head), ("之子", True, rng.randint(32, 44)), *kids]


def lone_adult(rng: Random) -> Family:
    """An adult with an old mother, nobody else who could work."""
    head = rng.randint(40, 54)
    return [(HEAD, True, head), (MOTHER, False, head + rng.randint(24, 28))]


ORDINARY: dict[Callable[[Random], Family], float] = {
    nuclear: 0.30,
    three_generations: 0.27,
    with_elders: 0.10,
    grown: 0.09,
    old_couple: 0.12,
    alone: 0.06,
    single: 0.06,
}


def ordinary(rng: Random) -> Family:
    """Return a family as they come."""
    return pick(rng, ORDINARY)(rng)
