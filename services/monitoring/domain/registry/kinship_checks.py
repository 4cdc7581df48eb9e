"""Cross-checks between the members of a household: who is whose spouse, parent and child (M-02, A8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

State = Mapping[str, Any]
Found = tuple[str, str]
"""Code and ref."""

SEXES: Final = {
    "male": (
        *("son", "son_in_law", "grandson", "daughters_son", "father", "wifes_father", "husbands_father"),
        *("grandfather", "mothers_father"),
    ),
    "female": (
        *("daughter", "daughter_in_law", "granddaughter", "daughters_daughter", "mother", "wifes_mother"),
        *("husbands_mother", "grandmother", "mothers_mother"),
    ),
}
OLDER: Final = ("father", "mother", "grandfather", "grandmother", "mothers_father", "mothers_mother")
YOUNGER: Final = ("son", "daughter", "grandson", "granddaughter", "daughters_son", "daughters_daughter")
OF_A_WIFE: Final = ("wifes_father", "wifes_mother")
OF_A_HUSBAND: Final = ("husbands_father", "husbands_mother")
ONCE: Final = {
    "spouse": "relation.two_spouses",
    "father": "relation.two_parents",
    "mother": "relation.two_parents",
}


def kinship(members: list[State]) -> Iterator[Found]:
    """Yield (code, ref) of every relation that does not fit the head, the sex or the age of somebody."""
    yield from _once(members)
    head = next((one for one in members if one["relation"] == "head"), None)
    for member in members:
        yield from ((code, member["ref"]) for code in _of_sex(member))
        if head is not None:
            yield from ((code, member["ref"]) for code in _to_head(member, head))


def _once(members: list[State]) -> Iterator[Found]:
    seen = set()
    for member in members:
        relation = member["relation"]
        if relation in seen and relation in ONCE:
            yield ONCE[relation], member["ref"]
        seen.add(relation)


def _of_sex(member: State) -> Iterator[str]:
    for sex, relations in SEXES.items():
        if member["relation"] in relations and member["sex"] not in (None, sex):
            yield "relation.sex"


def _to_head(member: State, head: State) -> Iterator[str]:
    relation = member["relation"]
    if relation == "spouse" and member["sex"] is not None and member["sex"] == head["sex"]:
        yield "relation.spouse_sex"
    if relation in OF_A_WIFE and head["sex"] == "female":
        yield "relation.in_law"
    if relation in OF_A_HUSBAND and head["sex"] == "male":
        yield "relation.in_law"
    if member["birth"] is None or head["birth"] is None:
        return
    if relation in OLDER and not member["birth"] < head["birth"]:
        yield "relation.not_older"
    if relation in YOUNGER and not member["birth"] > head["birth"]:
        yield "relation.not_younger"
