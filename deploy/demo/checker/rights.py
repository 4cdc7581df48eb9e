"""What a department found due of right became a task: nothing that the law grants is withheld.

Written by hand from the document, not from the policy's file: A43–A48 are guarantees (湘委乡振组发〔2021〕1号
三(二)3–7, 附件6 (六)), student loans and the pilot for the injured over age are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]
GUARANTEES = ("A43", "A44", "A45", "A46", "A47", "A48")
NOT_OF_RIGHT = frozenset({("education", "A47-02"), ("human_resources", "A48-06")})
OTHER = frozenset({"A45-04", "A46-04", "A47-04", "A48-06"})
"""其他 of 附件6: of each department something of its own."""
HOUSING = "A43"
"""Several ways to one safe house: one of them is enough."""


def check_rights(stored: Stored) -> Iterator[Violation]:
    """Check every plan against what the departments answered."""
    given = _given(stored)
    for doc in stored.documents("assistance", "plans"):
        opened = stored.opened("assistance", "plans", doc["_id"])
        state: Json = opened["state"] if opened else doc["state"]
        for one in filter(_due, state["proposals"]):
            if (state["household"], _item(one)) not in given:
                what = f"{one['department']} {one['measure']} 符合条件，没有任务"
                yield Violation("right_withheld", f"assistance/{doc['_id']}", what)


def _due(proposal: Json) -> bool:
    code, department = proposal["measure"], proposal["department"]
    of_right = code.startswith(GUARANTEES) and (department, code) not in NOT_OF_RIGHT
    return of_right and proposal["eligible"] == "yes" and proposal["receiving"] is not True


def _given(stored: Stored) -> set[tuple[str, str]]:
    return {
        (doc["state"]["household"], _item(task))
        for doc in stored.documents("assistance", "plans")
        for task in doc["state"]["tasks"]
    }


def _item(one: Json) -> str:
    code: str = one["measure"]
    if code.startswith(HOUSING):
        return HOUSING
    return f"{one['department']}/{code}" if code in OTHER else code
