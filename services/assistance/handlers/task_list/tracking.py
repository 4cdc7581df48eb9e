"""The 97 tasks in the county: reports of the units, how each task stands, the view by unit (A-10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from shouwang.access import roles
from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.task_list import progress
from services.assistance.handlers.task_list.listing import listed, printed

Json = dict[str, Any]
COUNTY_DIGITS: Final = 6
OF_THE_COUNTY: Final = ("counties", "rural_revitalisation")
"""What the county's revitalisation bureau reports for: 各县市区, and itself."""
OWN_COUNTY: Final = {"430426": "qidong_county", "430421": "hengyang_county"}


def report_progress(ctx: Context, request: Json) -> Json:
    """Keep what a unit reports on a task; its newest report stands, the older ones are history."""
    task = listed(request["number"], _due(ctx, request))
    asked = (request["unit"], _own_units(ctx), request["state"], request["evidence"])
    progress.check_report(task, *asked)
    agg = _document(ctx, request)
    if not agg.carried_out(ctx.request_id):
        told = {name: request[name] for name in ("state", "evidence", "note")}
        told |= {"on": ctx.today.isoformat(), "by": ctx.actor.id}
        agg.state["reports"] = {**agg.state["reports"], request["unit"]: told}
        detail = {name: request[name] for name in ("unit", "state", "evidence")}
        ctx.save(ctx.store.reported_tasks, agg, "task_list.reported", detail)
    return _view(ctx, task, agg.state["reports"], request["region"])


def listed_tasks(ctx: Context, request: Json) -> list[Json]:
    """Return the tasks of the list, of a unit or in a state when asked, by number."""
    return [one for one in _all(ctx, request) if _wanted(one, request)]


def task_list_by_unit(ctx: Context, request: Json) -> list[Json]:
    """Return for each unit how the tasks stand that it leads and shares."""
    units = printed()["units"]
    return [one | {"title": units[one["unit"]]} for one in progress.by_unit(_all(ctx, request))]


def _all(ctx: Context, request: Json) -> list[Json]:
    known = ctx.store.all_reports(request["region"][:COUNTY_DIGITS])
    due = _due(ctx, request)
    return [
        _view(ctx, listed(number, due), _reports(known.get(number)), request["region"])
        for number in sorted(printed()["tasks"])
    ]


def _view(ctx: Context, task: Json, reports: Mapping[str, Any], region: str) -> Json:
    read, state = printed(), progress.state_of(task, reports)
    days = ctx.figures(region).find("task_list_report_days").value
    units = dict.fromkeys([*task["lead"], *task["responsible"], *task["data_from"]])
    return {
        **task,
        "source": f"{read['document']} 任务 {task['number']}",
        "titles": {code: read["units"][code] for code in units},
        "state": state,
        "overdue": progress.is_overdue(task, state, ctx.today),
        "silent": progress.silent_units(task, reports, read["issued"], ctx.today, days) if days else None,
        "units": {unit: one["state"] for unit, one in reports.items()},
        "reports": dict(reports),
    }


def _wanted(one: Json, request: Json) -> bool:
    unit, state, overdue = request["unit"], request["state"], request["overdue"]
    return (
        unit in (None, *one["lead"], *one["responsible"])
        and state in (None, one["state"])
        and overdue in (None, one["overdue"])
    )


def _own_units(ctx: Context) -> set[str]:
    """Return the units for which the caller reports: a department for itself, the bureau for the county."""
    if ctx.actor.level == "department":
        return {ctx.actor.org}
    if ctx.actor.has(roles.COUNTY_OFFICER):
        own = OWN_COUNTY.get(ctx.actor.region[:COUNTY_DIGITS])
        return {*OF_THE_COUNTY, *([own] if own else [])}
    return set()


def _document(ctx: Context, request: Json) -> Aggregate:
    county = request["region"][:COUNTY_DIGITS]
    id = f"{county}-{request['number']:02d}"
    agg: Aggregate | None = ctx.store.reported_tasks.get_or_none(id)
    if agg is None:
        state = {"number": request["number"], "reports": {}}
        agg = ctx.store.reported_tasks.new(id, region=county, state=state)
    return agg


def _due(ctx: Context, request: Json) -> str:
    """Return the day that was set when the list was issued: it does not lapse when it is past."""
    return str(ctx.policy.at(printed()["issued"], request["region"]).task_list_due_on)


def _reports(agg: Aggregate | None) -> Json:
    return agg.state["reports"] if agg is not None else {}
