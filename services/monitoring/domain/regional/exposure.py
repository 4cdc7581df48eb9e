"""Which households of a place a regional risk concerns (S-08: 第一时间摸清底数).

Yes, no, or unknown where the registry does not know: unknown ones are listed too, to be asked. Source:
湘委乡振组发〔2021〕1号 四(二).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from shouwang.decision import Verdict, above, any_of

Household = Mapping[str, Any]
FIELDS: Final = ("members", "figures", "risks", "status")
"""What of a household must be known."""


def everybody(household: Household) -> Verdict:
    """A disaster or an epidemic concerns everybody of the place."""
    return Verdict.YES


def earns_by_farming(household: Household) -> Verdict:
    """Whether the household has business income, or its industry is at risk already."""
    known = (household["figures"] or {}).get("business")
    return any_of("industry_failure" in (household["risks"] or []), above(known["fen"] if known else None, 0))


def works_away(household: Household) -> Verdict:
    """Whether somebody in the household did migrant work in the year (A16)."""
    return any_of(*(above(_months(member), 0) for member in household["members"]))


def _months(member: Mapping[str, Any]) -> Any:
    return member["work_months"]


def was_relocated(household: Household) -> Verdict:
    """Whether somebody in the household was relocated (A22)."""
    return any_of(*(member["relocated"] for member in household["members"]))


CONCERNED: Final[dict[str, Callable[[Household], Verdict]]] = {
    "disaster": everybody,
    "epidemic": everybody,
    "price_fall": earns_by_farming,
    "industry_failure": earns_by_farming,
    "unemployment": works_away,
    "relocation_site": was_relocated,
    "sector": everybody,
    "town_report": everybody,
}
CRITERIA: Final[dict[str, str]] = {
    "everybody": "所在区域全部农户",
    "earns_by_farming": "有生产经营性收入，或已有产业项目失败风险的农户",
    "works_away": "有成员外出务工的农户",
    "was_relocated": "有易地扶贫搬迁（同步搬迁）人口的农户",
}


def criterion(kind: str) -> str:
    """Return in words whom a kind concerns."""
    return CRITERIA[CONCERNED[kind].__name__]


def drawn(kind: str, households: Mapping[str, Household]) -> dict[str, Any]:
    """Return {concerned: [ids], unknown: [ids], others} of the households of a village, ids only."""
    test = CONCERNED[kind]
    found = {one: test(state) for one, state in households.items()}
    concerned = sorted(one for one, verdict in found.items() if verdict is Verdict.YES)
    unknown = sorted(one for one, verdict in found.items() if verdict is Verdict.UNKNOWN)
    return {"concerned": concerned, "unknown": unknown, "others": len(found) - len(concerned) - len(unknown)}
