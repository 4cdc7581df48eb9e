"""Money that reached a household is told once per sum; what turns out not to have reached it is taken back.

Both events of a sum name it by the same number and the household under which it was told first, so that they
find each other in whatever order they arrive (docs/decisions/0195, 0282).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.tasks import parts, withdrawing
from services.assistance.domain.tasks.payment import kind_of_payment, payment_id
from services.assistance.domain.tasks.withdrawing import Finding
from services.assistance.handlers.holding import judged_anew

Json = dict[str, Any]


def paid_events(ctx: Context, agg: Aggregate, task: Json, number: int, part: Json) -> list[Any]:
    """Return what is told of a sum with its number; nothing where it is no income."""
    told = _told(ctx, agg, task, number, part)
    return [ctx.event("measure.paid", told)] if told else []


def take_back(
    ctx: Context,
    agg: Aggregate,
    task: Json,
    numbers: Collection[int],
    found: Finding,
    instead: Json | None = None,
) -> tuple[Json, list[Any]]:
    """Return the task without these sums, and what is told of them and of what was paid in their place.

    What was evaluated with them and is not decided yet is evaluated anew.
    """
    days = ctx.figures(agg.region).find("objection_answer_days").value
    there = parts.standing(task)
    kept = {**instead, "household": agg.state["household"]} if instead else None
    after = withdrawing.withdraw(task, numbers, found, days, kept)
    judged_anew(agg)
    told = [one for number in sorted(numbers) for one in _withdrawn(ctx, agg, task, number, there, found)]
    if kept:
        told += paid_events(ctx, agg, task, len(parts.parts_of(task)) + 1, kept)
    return after, told


def _withdrawn(
    ctx: Context, agg: Aggregate, task: Json, number: int, there: Mapping[int, Json], found: Finding
) -> list[Any]:
    told = _told(ctx, agg, task, number, there[number])
    if not told:
        return []
    return [
        ctx.event(
            "measure.payment_withdrawn", told | {"reason": found.reason, "withdrawn_on": found.on.isoformat()}
        )
    ]


def _told(ctx: Context, agg: Aggregate, task: Json, number: int, part: Json) -> Json | None:
    """Return what both events say of a sum; None where it is no income."""
    figures = ctx.policy.at(date.fromisoformat(task["assigned_on"]), agg.region)  # late is no less paid
    kind = kind_of_payment(task, part["amount_fen"], figures.claim_measures, figures.not_income_measures)
    if kind is None:
        return None
    return {
        "payment": payment_id(task["id"], number),
        "household": part.get("household", (*agg.state["before"], agg.state["household"])[0]),
        "region": agg.region,
        "case": agg.state["case"],
        "department": task["department"],
        "measure": task["measure"],
        "kind": kind,
        "fen": part["amount_fen"],
        "on": part["on"],
    }
