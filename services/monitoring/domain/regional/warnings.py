"""When signals become a warning, for whom, and how it is followed (S-08). Source: 湘委乡振组发〔2021〕1号 四.

State: {kind, level, place, areas, signals, departments, opened_on, verify_by, decision, case, study,
raised_to, outcome, closed_on, escalations, clues_from}. One open warning a kind and place; a wider one
takes narrower ones in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from shouwang.decision import Decision, Ground, Input, any_of, at_least, outcome, rule
from shouwang.decision.ground import against
from shouwang.errors import Refused
from shouwang.policy import View

from services.monitoring.domain.regional.kinds import KINDS, LEVEL_LABELS, PERCENT, level_of
from services.monitoring.domain.regional.signals import Total

State = dict[str, Any]
OPEN: Final = "open"
CLOSED: Final = "closed"
RAISED: Final = "raised"
UNVERIFIED: Final = ("signalled", "verification")
OUTCOMES: Final[dict[str, str]] = {
    "resolved": "风险化解，已销号",
    "refused": "核实不属实",
    RAISED: "并入更大范围的预警",
}
COUNTY, LEADING_GROUP = "county", "leading_group"


@rule(
    "S-08",
    version=1,
    valid_from=date(2021, 7, 2),
    title="区域性规模性返贫风险预警",
    source="湘委乡振组发〔2021〕1号 四(一)",
)
def is_warned(kind: str, level: str, amount: Input, complete: bool, policy: View) -> Decision:
    """Yes when what is known of a place reaches its threshold; unknown while it does not and something is
    missing.

    amount: households or persons, of a price fall the ratio. complete: every signal told its amount.
    """
    threshold = policy.find(f"regional.{kind}.{level}")
    reached = at_least(amount.value, threshold.value if threshold.known else None)
    verdict = any_of(reached, False if complete else None)
    phrase = f"{KINDS[kind].label}信号合计 {{value}}"
    grounds = [Ground.of_input("amount", amount, phrase), against(amount.value, threshold)]
    words = {"yes": f"发出{LEVEL_LABELS[level]}风险预警", "no": "未达到预警标准"}
    return outcome(verdict, grounds, words.get(verdict, ""), subject="该区域")


def measured(kind: str, total: Total, on: date) -> Input:
    """Return the total of a place as the rule takes it: percent as a ratio."""
    percent = KINDS[kind].unit == PERCENT
    value = Decimal(total.amount) / 100 if percent else total.amount
    unit = "ratio" if percent else KINDS[kind].unit
    return Input(value, f"{KINDS[kind].lead}、乡镇报告", on, "风险信号", unit)


def decide(kind: str, total: Total, policy: View) -> Decision:
    """Decide one place."""
    return is_warned(kind, level_of(total.place), measured(kind, total, policy.on), total.complete, policy)


def widest(decided: Iterable[tuple[Total, Decision]]) -> list[tuple[Total, Decision]]:
    """Return the places to be warned of, the widest first; what lies in one of them is covered by it."""
    found: list[tuple[Total, Decision]] = []
    for total, decision in sorted(decided, key=lambda one: (len(one[0].place), one[0].place)):
        covered = any(total.place.startswith(one.place) for one, _ in found)
        if decision.is_yes and not covered:
            found.append((total, decision))
    return found


def opened(kind: str, total: Total, decision: Decision, on: date) -> State:
    """Return a new warning; its procedure is put in by who opens it."""
    return {
        "kind": kind,
        "level": level_of(total.place),
        "place": total.place,
        "status": OPEN,
        "areas": list(total.areas),
        "signals": list(total.signals),
        "opened_on": on.isoformat(),
        "decision": decision.to_dict(),
        "escalations": {},
        "with_unknown": False,
    } | dict.fromkeys(("case", "raised_to", "outcome", "closed_on", "clues_from"))


def widened(state: State, total: Total, decision: Decision) -> State:
    """Return the warning with what has come to it since; the same again changes nothing.

    The decision is renewed only by that of the whole place, not by that of a part of it.
    """
    areas, signals = {*state["areas"], *total.areas}, {*state["signals"], *total.signals}
    if areas == set(state["areas"]) and signals == set(state["signals"]):
        return state
    grown = {"areas": sorted(areas), "signals": sorted(signals)}
    renewed = {"decision": decision.to_dict()} if total.place == state["place"] else {}
    return {**state, **grown, **renewed}


def closed(state: State, result: str, on: date, raised_to: str | None = None) -> State:
    """Return the warning closed: resolved or refused by its procedure, or taken in by a wider one."""
    if state["status"] == CLOSED:
        raise refused("closed", "预警已经销号")
    told = {"outcome": result, "closed_on": on.isoformat(), "raised_to": raised_to}
    return {**state, "status": CLOSED, **told}


def concerns(state: Mapping[str, Any], region: str) -> bool:
    """Whether one of the warning's areas lies in a region, or the region in one of them."""
    return any(area.startswith(region) or region.startswith(area) for area in state["areas"])


def settled(closed_warnings: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return signal → the day on which a warning made of it was over (not: went on in a wider one)."""
    over = [one for one in closed_warnings if one["outcome"] != RAISED]
    return {signal: one["closed_on"] for one in over for signal in one["signals"]}


def is_settled(signal: Mapping[str, Any], days: Mapping[str, str]) -> bool:
    """Whether a signal was dealt with, and nothing new was told of it since."""
    told: str = signal["reported_on"]
    return told <= days.get(f"{signal['department']}/{signal['key']}", "")


def step_of(state: Mapping[str, Any]) -> str:
    """Return the step at which the warning stands."""
    return str(state["case"]["step"])


def is_verified(state: Mapping[str, Any]) -> bool:
    """Whether somebody has confirmed that it is so, and it is not over."""
    return state["status"] == OPEN and step_of(state) not in UNVERIFIED


def clues_wanted(state: State, with_unknown: bool, on: date) -> State:
    """Return the warning whose households are each to become a clue; only of one that was verified.

    with_unknown: also those of whom the registry does not know whether it concerns them.
    """
    if not is_verified(state):
        raise refused("not_verified", "预警尚未核实属实，或已经销号，不能逐户生成线索")
    return {**state, "clues_from": state["clues_from"] or on.isoformat(), "with_unknown": with_unknown}


def is_takeable(state: Mapping[str, Any]) -> bool:
    """Whether a wider warning may take it in: nobody has begun to handle it."""
    return state["status"] == OPEN and step_of(state) in UNVERIFIED


def overdue_levels(state: Mapping[str, Any], due_on: str | None, on: date, again_days: int) -> list[str]:
    """Return whom a warning that nobody moves concerns today: the county first, the leading group from then
    on.

    due_on: until when its next step was to be taken (None: nothing is due).
    """
    if due_on is None or on.isoformat() <= due_on:
        return []
    again = (on - timedelta(days=again_days)).isoformat()
    told = state["escalations"]
    if COUNTY not in told or told[COUNTY] < due_on:
        return [COUNTY]
    waiting = told[COUNTY] <= again
    return [LEADING_GROUP] if waiting and told.get(LEADING_GROUP, "") <= again else []


def told(state: State, levels: list[str], on: date) -> State:
    """Return the warning with the day on which these were told."""
    return {**state, "escalations": {**state["escalations"], **dict.fromkeys(levels, on.isoformat())}}


def refused(code: str, message: str) -> Refused:
    """Return the refusal of a warning's matter."""
    return Refused(message, code=f"warning.{code}", remedy="请用 warning 查看其状态。")
