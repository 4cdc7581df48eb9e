"""Who may be registered twice, and families under two numbers: found here, decided by a person (M-01).

Compared are persons of one region, in clear, inside the service only. Grounds: the same ID number; the same
name and birth date with another or no number; the same name with numbers that differ by one slip of the
hand (one digit wrong, or two neighbours exchanged); the same name where one has no number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Any, Final

Json = dict[str, Any]

SAME_NUMBER, SLIP, NAME_AND_BIRTH, NO_NUMBER = "same_number", "number_slip", "name_and_birth", "no_number"
GROUNDS: Final = {
    SAME_NUMBER: "证件号相同",
    SLIP: "姓名相同，证件号只差一位或相邻两位颠倒",
    NAME_AND_BIRTH: "姓名和出生日期相同，证件号不同或缺失",
    NO_NUMBER: "姓名相同，一方没有证件号",
}
SLIP_PLACES: Final = 2
FAMILY_FROM: Final = 2
"""Two pairs between the same two households: the family may be listed twice."""


@dataclass(frozen=True)
class Person:
    """One member as he is compared."""

    household: str
    ref: str
    name: str | None
    birth: str | None
    id_number: str | None


def persons_of(household: str, members: Iterable[Mapping[str, Any]]) -> Iterator[Person]:
    """Yield the members of a household as they are compared."""
    for one in members:
        yield Person(household, one["ref"], one["name"], one["birth"], one["id_number"])


def pairs_in(persons: Iterable[Person]) -> dict[tuple[str, str], list[Json]]:
    """Return (household, household) → [{refs: [ref, ref], ground}], for every two who may be one person.

    A pair of people in the same household is not compared: that is the roster's own check. Only people of the
    same name (or number) meet, so that a town takes no longer than its names.
    """
    found: dict[tuple[str, str], list[Json]] = defaultdict(list)
    listed = list(persons)
    for one, other in _meeting(listed):
        ground = ground_of(one, other)
        if ground is not None:
            first, second = sorted((one, other), key=lambda person: person.household)
            found[first.household, second.household].append(
                {"refs": [first.ref, second.ref], "ground": ground}
            )
    return {homes: sorted(pairs, key=lambda pair: pair["refs"]) for homes, pairs in found.items()}


def _meeting(persons: list[Person]) -> Iterator[tuple[Person, Person]]:
    by_name: dict[str, list[Person]] = defaultdict(list)
    by_number: dict[str, list[Person]] = defaultdict(list)
    for one in persons:
        if one.name:
            by_name[one.name].append(one)
        if one.id_number:
            by_number[one.id_number].append(one)
    met = set()
    for group in (*by_name.values(), *by_number.values()):
        for one, other in combinations(group, 2):
            if one.household != other.household and (one.ref, other.ref) not in met:
                met.add((one.ref, other.ref))
                yield one, other


def ground_of(one: Person, other: Person) -> str | None:
    """Return why two may be one person; None when nothing says so."""
    if one.id_number is not None and one.id_number == other.id_number:
        return SAME_NUMBER
    if one.name is None or one.name != other.name:
        return None
    if one.birth is not None and one.birth == other.birth:
        return NAME_AND_BIRTH
    if one.id_number is None or other.id_number is None:
        return None if one.birth is not None and other.birth is not None else NO_NUMBER
    return SLIP if one_slip(one.id_number, other.id_number) else None


def one_slip(one: str, other: str) -> bool:
    """Whether two numbers of equal length differ in one character, or in two neighbours exchanged.

    The last character checks the others: a slip in the body changes it too, so it is not compared.
    """
    left, right = one[:-1], other[:-1]
    if len(left) != len(right):
        return False
    differing = (place for place in range(len(left)) if left[place] != right[place])
    apart = list(
        islice(differing, SLIP_PLACES + 1)
    )  # a third one settles it: everybody of a name is compared
    if len(apart) <= 1:
        return True
    first, last = apart[0], apart[-1]
    exchanged = left[first] == right[last] and left[last] == right[first]
    return len(apart) == SLIP_PLACES and last - first == 1 and exchanged


def kind_of(pairs: Iterable[Mapping[str, Any]]) -> str:
    """Return "family" when two households share several people, else "person"."""
    return "family" if len(list(pairs)) >= FAMILY_FROM else "person"


def with_pairs(known: Iterable[Json], found: Iterable[Json]) -> list[Json]:
    """Return the pairs of a matter with those newly found; one that was decided is never asked again."""
    listed = list(known)
    there = {tuple(one["refs"]) for one in listed}
    new = [{**one, "decided": None} for one in found if tuple(one["refs"]) not in there]
    return [*listed, *new]


def still_open(pairs: Iterable[Mapping[str, Any]]) -> bool:
    """Whether somebody has still to decide one of the pairs."""
    return any(pair["decided"] is None for pair in pairs)
