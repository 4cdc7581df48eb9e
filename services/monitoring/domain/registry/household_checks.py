"""Cross-checks of the household as a whole: risks, resettlement, school, income (M-02, M-10, M-15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from services.monitoring.domain.registry.ages import age
from services.monitoring.domain.registry.person_checks import NOT_A_STUDENT

State = Mapping[str, Any]


def risks(state: State) -> Iterator[str]:
    """Yield what contradicts itself between A27, A27a and the health of the members."""
    disaster = "disaster" in state["risks"]
    if state["disasters"] and not disaster:
        yield "risk.disaster_kind_without"
    if disaster and not state["disasters"]:
        yield "risk.disaster_without_kind"
    if "illness" in state["risks"] and all(one["health"] == "healthy" for one in state["members"]):
        yield "risk.illness_nobody_ill"
    if "disability" in state["risks"] and not any(_may_be_disabled(one) for one in state["members"]):
        yield "risk.disability_nobody"


def _may_be_disabled(member: State) -> bool:
    return member["disability"] is not None or member["health"] in ("disabled", None)


def resettlement(state: State, large_sites: Mapping[str, bool]) -> Iterator[str]:
    """Yield what contradicts itself between A1, A2, A22 and what is known of the site (M-15).

    large_sites: name of a site → whether it holds enough people to be a large one; a site not named is
    unknown.
    """
    large, site = state["large_resettlement"], state.get("resettlement_site")
    if large is False and site:
        yield "resettlement.site_without"
    if large and all(one["relocated"] is False for one in state["members"]):
        yield "resettlement.nobody_relocated"
    if large and large_sites.get(site or "") is False:
        yield "resettlement.small_site"


def schooling(state: State, on: date, school_from: int, school_to: int) -> Iterator[str]:
    """Yield what contradicts itself between A24 and the children of school age (both ends count)."""
    ages = [(age(one, on), one["student"]) for one in state["members"]]
    of_age = [student for years, student in ages if years is not None and school_from <= years <= school_to]
    out = NOT_A_STUDENT in of_age
    if out and state["school_dropout"] is False:
        yield "student.not_at_school"
    known = all(years is not None for years, _ in ages) and None not in of_age
    if state["school_dropout"] and known and not out:
        yield "student.dropout_without_child"


def income(state: State) -> Iterator[str]:
    """Yield what contradicts itself between the figures, work and benefits; a missing figure says nothing."""
    figures = {name: one["fen"] for name, one in state["figures"].items()}
    if figures.get("business_costs", 0) > 0 and figures.get("business") == 0:
        yield "income.costs_without_business"
    worked = any(one["work_months"] not in (None, "0") for one in state["members"])
    if worked and figures.get("wages") == 0:
        yield "income.months_without_wages"
    helped = any(one["minimum_living"] or one["destitute"] for one in state["members"])
    if helped and figures.get("transfers") == 0:
        yield "income.minimum_without_transfers"
