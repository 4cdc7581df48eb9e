"""Concentrated hand-over (集中交办): what a department found goes as one list to each town, with a receipt
(S-03).

State: {department, batch, rule, period, handed_on, due_on, items: [{key, clue, household}], receipts:
[{by, on, total, unmatched}], status}. Source: 湘委乡振组发〔2021〕1号 二(二)1 三.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from shouwang.errors import Refused

from services.monitoring.domain.finding.clues import after

State = dict[str, Any]
WAITING: Final = "waiting"
RECEIVED: Final = "received"
STATUSES: Final[dict[str, str]] = {WAITING: "待乡镇签收", RECEIVED: "已签收"}


def handed(batch: State, on: date, receipt_days: int | None) -> State:
    """Return the empty list of a batch: {department, batch, rule, period}, to be taken over by a day.

    Days that nobody has set (None) leave the term open: `due_on` None (decision 0294).
    """
    kept = {name: batch[name] for name in ("department", "batch", "rule", "period")}
    due = after(on.isoformat(), receipt_days)
    return {
        **kept,
        "handed_on": on.isoformat(),
        "due_on": due,
        "items": [],
        "receipts": [],
        "status": WAITING,
        "told_on": None,
    }


def dated(state: State, receipt_days: int | None) -> State:
    """Return the list with the term that was open, counted from the day it was handed over."""
    return {**state, "due_on": state["due_on"] or after(state["handed_on"], receipt_days)}


def with_items(state: State, items: Sequence[State]) -> State:
    """Return the list with what it did not hold yet; then it waits for a receipt again."""
    known = {one["key"] for one in state["items"]}
    new = [one for one in items if one["key"] not in known]
    return {**state, "items": [*state["items"], *new], "status": WAITING} if new else state


def unmatched(state: State) -> int:
    """Return how many of the list have no household in the registry."""
    return sum(one["household"] is None for one in state["items"])


def received(state: State, by: str, on: date) -> State:
    """Return the list taken over: who, when, how many, how many without a household."""
    if state["status"] == RECEIVED:
        raise Refused(
            "这批线索已经签收", code="handover.received", remedy="请用 handovers 查看待签收的批次。"
        )
    receipt = {"by": by, "on": on.isoformat(), "total": len(state["items"]), "unmatched": unmatched(state)}
    return {**state, "status": RECEIVED, "receipts": [*state["receipts"], receipt]}


def to_remind(state: State, on: date, again_days: int | None) -> bool:
    """Whether the town is to be told once more: overdue, and not told within `again_days`.

    None: nobody has set the interval; the first reminder needs none.
    """
    again = "" if again_days is None else (on - timedelta(days=again_days)).isoformat()
    return is_overdue(state, on) and (state["told_on"] or "") <= again


def is_overdue(state: State, on: date) -> bool:
    """Whether the town has not taken it over in time; while the term is open: not yet."""
    due = state["due_on"]
    return state["status"] == WAITING and due is not None and on.isoformat() > due
