"""低保, 单人户低保 and 特困 exclude one another, person by person (A-06, A-13; decision 0257).

Source: 湘振局发〔2021〕18号 第二章第五节二 (L1411); nobody has both 低保 and 特困 (附件6 A20, A21).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shouwang.department import Household
from shouwang.money import Fen

RECEIVING = ("active", "leaving")


def apart(
    household: Household, relief: Mapping[str, Any], support: Any, surely: Callable[[str], bool]
) -> int:
    """Return how many members the 低保 of the family does not count: supported as 特困, certainly to be, or
    with 低保 as a household of one.

    surely: says of a ref whether 特困 is certainly due.
    """
    return sum(
        support[one.ref].support != "none"
        or _alone(relief[one.ref])
        or (relief[one.ref].status not in RECEIVING and surely(one.ref))
        for one in household.persons
    )


def paid_to_family(relief: Mapping[str, Any], counted: int) -> Fen:
    """Return what the family receives as 低保 a month (fen), 0 when it has none.

    The 低保 of a household of one is the family's own only where nobody else is left to count.
    """
    own = [one.monthly_amount for one in relief.values() if one.status in RECEIVING and one.members > 1]
    alone = [one.monthly_amount for one in relief.values() if _alone(one)]
    return max(own, default=0) or (sum(alone) if counted == 0 else 0)


def _alone(relief: Any) -> bool:
    return relief.status in RECEIVING and relief.members == 1
