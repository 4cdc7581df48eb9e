"""Everything that a form needs of a household: case, facts, plan, places, figures (K-02)."""

from __future__ import annotations

from typing import Any

from shouwang.access.roles import TITLES
from shouwang.errors import NotFound, ShouwangError
from shouwang.periods import Window, twelve_months_before
from shouwang.places import Places
from shouwang.procedure import desk
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.documents.material import Material, together
from services.monitoring.domain.proceedings import facts as fact_rules
from services.monitoring.handlers.documents.forms import MEMBER_TABLES, labels
from services.monitoring.handlers.income.windows import with_known_figures

Json = dict[str, Any]
LEVELS = {"city": 4, "county": 6, "town": 9, "village": 12}
_PLACES: list[Places] = []


def material(ctx: Context, household: Aggregate, case: Aggregate | None, common: Json) -> Material:
    """Return what is known of a household and its case; `common` comes from `common_of` once a page."""
    figures = case_figures(ctx, household.region, case)
    return Material(
        id=household.id,
        household=household.state,
        case=case.state if case else None,
        facts=_facts(ctx, household, case),
        line=figures.get("monitoring_line"),
        notice_days=figures.get("removal_notice_days"),
        plan=common["plans"].get(household.id),
        asked=common["asked"],
        places=common["places"],
        labels=common["labels"],
        roles=TITLES,
        contact=contact_of(ctx, household.id) if common["helped"] else {},
    )


def common_of(ctx: Context, region: str, *, helped: bool) -> Json:
    """Return what the sheets of one village share: place names, labels, and the plans of its households."""
    plans, asked = _plans(ctx, region) if helped else ({}, True)
    return {
        "places": place_names(region),
        "labels": labels(ctx, region, MEMBER_TABLES),
        "plans": plans,
        "asked": asked,
        "helped": helped,
    }


def contact_of(ctx: Context, household: str) -> dict[str, str | None]:
    """Return name and post of the contact person (D-03); blank where the card does not say."""
    agg = ctx.store.contacts.get_or_none(household)
    card = (agg.state["card"] if agg else None) or {}
    post = card.get("post") or (agg.state["org"] if agg else None)
    return {"name": card.get("name"), "post": post}


def _facts(ctx: Context, household: Aggregate, case: Aggregate | None) -> Json:
    record = household.state.get("last_record") or {} if case is None else case.state["record"]
    window = twelve_months_before(ctx.today) if case is None else Window.from_dict(case.state["window"])
    return fact_rules.of_case(with_known_figures(ctx, household, window), record, window)


def case_figures(ctx: Context, region: str, case: Aggregate | None) -> Json:
    """Return the figures that a form prints: those pinned with the case, else today's; None when unknown."""
    view: Any = ctx.figures(region)
    if case is not None:
        view = ctx.engine.view(desk.case_of(case), ctx.today)
    return {name: view.find(name).value for name in ("monitoring_line", "removal_notice_days")}


def place_names(region: str) -> dict[str, str | None]:
    """Return {city, county, town, village}; None for one that the divisions do not have."""
    if not _PLACES:
        _PLACES.append(Places.load())
    return {kind: _name(region[:digits]) for kind, digits in LEVELS.items()}


def _name(code: str) -> str | None:
    try:
        return _PLACES[0].get(code).name
    except NotFound:
        return None


def _plans(ctx: Context, region: str) -> tuple[dict[str, Json], bool]:
    """Return the plan of each household of a village, and whether assistance answered."""
    try:
        plans = ctx.bus.call("assistance", "plans", region=region)
    except ShouwangError as error:
        ctx.log.warning("assistance gave no plans", code=error.code)
        return {}, False
    found: dict[str, list[Json]] = {}
    for one in sorted(plans, key=lambda one: (one["made_on"], one["plan"])):
        found.setdefault(one["household"], []).append(one)
    return {home: together(own) for home, own in found.items()}, True
