"""An offer on its way to a household: accepted, delivered step by step with evidence, confirmed (A-11).

A match is {need, offer, household, quantity, status, steps, …}; states: proposed → accepted → delivering →
delivered → confirmed; or declined, failed. What is not delivered goes back to the offer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from shouwang.errors import Conflict, Refused

PROPOSED, ACCEPTED, DELIVERING = "proposed", "accepted", "delivering"
DELIVERED, CONFIRMED, DECLINED, FAILED = "delivered", "confirmed", "declined", "failed"
LABELS: Final = {
    PROPOSED: "待接受",
    ACCEPTED: "已接受",
    DELIVERING: "交付中",
    DELIVERED: "已交付待确认",
    CONFIRMED: "农户已确认",
    DECLINED: "未接受",
    FAILED: "未能交付",
}
OPEN: Final = (PROPOSED, ACCEPTED, DELIVERING)

Match = dict[str, Any]


def propose(need: str, offer: str, household: str, quantity: int, on: date) -> Match:
    """Return a match of a quantity of an offer with a need."""
    return {
        "need": need,
        "offer": offer,
        "household": household,
        "quantity": quantity,
        "status": PROPOSED,
        "proposed_on": on.isoformat(),
        "accepted_on": None,
        "steps": [],
        "confirmed_on": None,
        "ended": None,
    }


def accept(match: Match, on: date) -> Match:
    """Note that the giver stands by it."""
    _require(match, PROPOSED)
    return {**match, "status": ACCEPTED, "accepted_on": on.isoformat()}


def step(match: Match, quantity: int, evidence: Sequence[str], on: date) -> Match:
    """Record one delivery; evidence is needed, and no more is delivered than was promised (Refused)."""
    _require(match, ACCEPTED, DELIVERING)
    if not evidence:
        raise Refused("交付没有凭据", code="society.evidence", remedy="请附签收单、转账凭证或现场照片编号。")
    done = delivered(match) + quantity
    if done > match["quantity"]:
        raise Refused("交付数量超过对接数量", code="society.too_much", remedy=f"至多还可交付 {left(match)}。")
    status = DELIVERED if done == match["quantity"] else DELIVERING
    taken = {"on": on.isoformat(), "quantity": quantity, "evidence": list(evidence)}
    return {**match, "status": status, "steps": [*match["steps"], taken]}


def confirm(match: Match, on: date) -> Match:
    """Note the household's confirmation; only of what was delivered whole."""
    _require(match, DELIVERED)
    return {**match, "status": CONFIRMED, "confirmed_on": on.isoformat()}


def end(match: Match, reason: str, on: date) -> Match:
    """End a match that is not delivered: declined before it was accepted, failed after."""
    _require(match, *OPEN)
    status = DECLINED if match["status"] == PROPOSED else FAILED
    return {**match, "status": status, "ended": {"on": on.isoformat(), "reason": reason}}


def delivered(match: Match) -> int:
    """Return how much came in all steps."""
    return sum(one["quantity"] for one in match["steps"])


def left(match: Match) -> int:
    """Return how much is still to come."""
    return int(match["quantity"]) - delivered(match)


def _require(match: Match, *states: str) -> None:
    if match["status"] not in states:
        label = LABELS[match["status"]]
        raise Conflict(f"该对接{label}，不能这样办理", code="society.wrong_state", remedy="请核对对接编号。")
