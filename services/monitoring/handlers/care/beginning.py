"""What begins by itself: a contact person from inclusion on, an evaluation every quarter (D-02, D-03).

Everything here may be repeated: what is there already is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any, Final

from shouwang.access.roles import TOWN_OFFICER, VILLAGE_CADRE
from shouwang.periods import Quarter
from shouwang.service import Context, IncomingEvent
from shouwang.store import Aggregate, Event

from services.monitoring.domain.care import contacts as contact_rules
from services.monitoring.domain.care import evaluation as rules
from services.monitoring.domain.proceedings.follow_up import ends_on
from services.monitoring.handlers.care.watching import end_by_case
from services.monitoring.handlers.messages import message
from services.monitoring.handlers.places import region_of_id
from services.monitoring.handlers.recording import record

Json = dict[str, Any]
TOWN_DIGITS: Final = 9
AT_ONCE: Final = 1000


def household_included(ctx: Context, event: IncomingEvent) -> None:
    """From inclusion on the household has a contact record and an evaluation of the quarter."""
    household = event.data["household"]
    _want_contact(ctx, household, event.on)
    _want_evaluation(ctx, household, event.on)
    end_by_case(ctx, household)


def _want_contact(ctx: Context, household: str, since: date) -> None:
    days = ctx.figures(region_of_id(household)).contact_assign_days
    agg = ctx.store.contacts.get_or_none(household)
    if agg is not None:
        again = contact_rules.risk_again(agg.state, since, days)
        if again != agg.state:
            agg.state = again
            ctx.save(ctx.store.contacts, agg, "contact.again")
        return
    agg = _new_contact(ctx, household, since, days)
    due = date.fromisoformat(agg.state["due_on"])
    text = f"户 {household} 已纳入监测，请于 {due} 前落实帮扶联系人。"
    data = message(ctx.service, agg, TOWN_OFFICER, "请落实联系人", text, due)
    ctx.save(ctx.store.contacts, agg, "contact.wanted", events=[ctx.event("message.requested", data)])


def _new_contact(ctx: Context, household: str, since: date, days: int) -> Aggregate:
    state = contact_rules.wanting(household, since, days)
    agg: Aggregate = ctx.store.contacts.new(household, region=region_of_id(household), state=state)
    return agg


def _want_evaluation(ctx: Context, household: str, included_on: date) -> None:
    quarter = rules.first_quarter(included_on, ctx.figures(region_of_id(household)).evaluation_grace_days)
    if quarter > Quarter.of(ctx.today):
        return  # it begins with its own quarter
    agg = ctx.store.evaluations.get_or_none(rules.evaluation_id(household, quarter))
    if agg is None:
        agg = _new_evaluation(ctx, household, quarter)
    elif agg.state["status"] == rules.VOID:
        agg.state = rules.wanted(household, quarter)
    else:
        return
    ctx.save(ctx.store.evaluations, agg, "evaluation.wanted")


def _new_evaluation(ctx: Context, household: str, quarter: Quarter) -> Aggregate:
    id = rules.evaluation_id(household, quarter)
    place = region_of_id(household)
    agg: Aggregate = ctx.store.evaluations.new(id, region=place, state=rules.wanted(household, quarter))
    return agg


def household_removed(ctx: Context, event: IncomingEvent) -> None:
    """After removal the contact person stays while it is revisited; no evaluation is due any more."""
    household = event.data["household"]
    agg = ctx.store.contacts.get_or_none(household)
    if agg is not None and agg.state["status"] in (contact_rules.MISSING, contact_rules.HELD):
        until = ends_on(event.on, ctx.figures(agg.region).follow_up_months)
        agg.state = contact_rules.risk_gone(agg.state, until)
        ctx.save(ctx.store.contacts, agg, "contact.risk_gone")
    quarter = Quarter.of(event.on)
    for one in (quarter.shift(-1), quarter):
        _void(ctx, rules.evaluation_id(household, one))


def _void(ctx: Context, id: str) -> None:
    agg = ctx.store.evaluations.get_or_none(id)
    if agg is not None and agg.state["status"] == rules.DUE:
        agg.state["status"] = rules.VOID
        ctx.save(ctx.store.evaluations, agg, "evaluation.void")


def begin_quarter(ctx: Context) -> None:
    """Once a quarter and town: an evaluation for every monitored household, a word to each village."""
    quarter = Quarter.of(ctx.today)
    for town in towns(ctx):
        marker = ctx.store.quarters.get_or_none(f"{town}-{quarter}")
        if marker is None:
            _begin_town(ctx, town, quarter)


def towns(ctx: Context) -> list[str]:
    """Return the towns that have villages in the registry."""
    return sorted(
        {
            row["id"][:TOWN_DIGITS]
            for row in ctx.store.villages.rows(["households"], region=ctx.actor.region[:6])
        }
    )


def _begin_town(ctx: Context, town: str, quarter: Quarter) -> None:
    monitored = list(_monitored(ctx, town, quarter))
    known = {
        row["household"]
        for row in ctx.store.evaluations.rows(["household"], {"quarter": str(quarter)}, region=town)
    }
    new = [_new_evaluation(ctx, one, quarter) for one, _ in monitored if one not in known]
    _insert(ctx, ctx.store.evaluations, new, "evaluation.wanted")
    _want_contacts(ctx, town, monitored)
    _miss(ctx, town)
    marker = ctx.store.quarters.new(f"{town}-{quarter}", region=town, state={"evaluations": len(new)})
    told = list(_told(ctx, marker, quarter, [one for one, _ in monitored]))
    ctx.save(ctx.store.quarters, marker, "quarter.begun", {"evaluations": len(new)}, events=told)


def _monitored(ctx: Context, town: str, quarter: Quarter) -> Iterator[tuple[str, date]]:
    """Return the households whose first quarter has come, with the day of inclusion."""
    grace = ctx.figures(town).evaluation_grace_days
    for row in ctx.store.households.rows(["monitoring"], {"status": "monitored"}, region=town):
        since = date.fromisoformat(row["monitoring"]["since"])
        if rules.first_quarter(since, grace) <= quarter:
            yield row["id"], since


def _want_contacts(ctx: Context, town: str, monitored: list[tuple[str, date]]) -> None:
    """Whoever was monitored before contact persons were kept here is wanting one from today on."""
    known = {row["id"] for row in ctx.store.contacts.rows(["status"], region=town)}
    days = ctx.figures(town).contact_assign_days
    new = [_new_contact(ctx, one, ctx.today, days) for one, _ in monitored if one not in known]
    _insert(ctx, ctx.store.contacts, new, "contact.wanted")


def _miss(ctx: Context, town: str) -> None:
    """What nobody made up for in the quarter after its own stays on record as missed."""
    while page := _missed(ctx, town):
        for agg in page:
            agg.state["status"] = rules.MISSED
            ctx.save(ctx.store.evaluations, agg, "evaluation.missed")


def _missed(ctx: Context, town: str) -> list[Aggregate]:
    last = Quarter.of(ctx.today).shift(-1).first.isoformat()
    where = {"state.status": rules.DUE, "state.due_on": {"$lt": last}}
    found: list[Aggregate] = ctx.store.evaluations.find(where, region=town, limit=AT_ONCE)
    return [agg for agg in found if rules.is_missed(agg.state["quarter"], ctx.today)]


def _insert(ctx: Context, repo: Any, new: list[Aggregate], action: str) -> None:
    for agg in new:
        record(ctx, agg, action)
    for start in range(0, len(new), AT_ONCE):
        repo.insert_many(new[start : start + AT_ONCE])


def _told(ctx: Context, marker: Aggregate, quarter: Quarter, households: Iterable[str]) -> Iterator[Event]:
    """Return one message a village: how many evaluations are due, by when."""
    for village, of_village in groupby(sorted(households), key=region_of_id):
        text = (
            f"{quarter} 季度帮扶成效评估：本村 {len(list(of_village))} 户，请于 {quarter.last} 前逐户评估。"
        )
        data = message(ctx.service, marker, VILLAGE_CADRE, "季度评估", text, quarter.last, mark=village)
        yield ctx.event("message.requested", {**data, "region": village})
