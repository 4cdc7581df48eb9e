"""The quarterly evaluation of a monitored household: what changed, what the help did, what follows (D-02).

State of one household and quarter: {household, quarter, status, due_on, escalated, figures, facts, effect,
suggested, conclusion, reason, by, on, earlier}. Source: 湘委乡振组发〔2021〕1号 二(四)
(每季度至少集中开展一次帮扶效果评估), 五(四); 大委乡振组〔2023〕21号 四(四).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from shouwang.decision import (
    NO,
    UNKNOWN,
    YES,
    Decision,
    Ground,
    Input,
    Verdict,
    all_of,
    any_of,
    at_least,
    not_,
    outcome,
    recordable,
    rule,
)
from shouwang.errors import Refused
from shouwang.periods import Quarter
from shouwang.policy import View

from services.monitoring.domain.care.refusing import refused

State = dict[str, Any]

DUE: Final = "due"
DONE: Final = "done"
VOID: Final = "void"
MISSED: Final = "missed"
STATUSES: Final[dict[str, str]] = {DUE: "待评估", DONE: "已评估", VOID: "不再评估", MISSED: "漏评"}
CONCLUSIONS: Final[dict[str, str]] = {
    "effective": "帮扶有效，继续落实",
    "change": "措施效果不足，调整措施",
    "risk_gone": "风险已消除，建议启动消除程序",
    "worse": "情况变差，按新线索核查",
}
FACTS: Final[dict[str, str]] = {
    "risk_stands": "纳入时的风险仍在｜纳入时的风险已解决｜纳入时的风险是否仍在不详",
    "secured": "三保障及饮水有保障｜三保障或饮水出现问题｜三保障及饮水情况不详",
    "income_stable": "收入稳定｜收入不稳定｜收入是否稳定不详",
    "measures_work": "帮扶措施有效｜帮扶措施效果不足｜帮扶措施成效不详",
    "new_risk": "发现新的风险｜没有发现新的风险｜有无新的风险不详",
}
_FROM = date(2021, 7, 2)
_SOURCE = "湘委乡振组发〔2021〕1号 二(四)"


def evaluation_id(household: str, quarter: Quarter) -> str:
    """Return the id of the evaluation of a household in a quarter."""
    return f"{household}-E{quarter}"


def first_quarter(included_on: date, grace_days: int) -> Quarter:
    """Return the first quarter in which a household is evaluated.

    Included within the last `grace_days` days of a quarter (policy), it is the next one: nothing can have
    worked yet.
    """
    quarter = Quarter.of(included_on)
    last = quarter.last - timedelta(days=grace_days)
    return quarter if included_on <= last else quarter.shift(1)


def wanted(household: str, quarter: Quarter) -> State:
    """Return an evaluation that is still to be made, by the last day of the quarter."""
    return {
        "household": household,
        "quarter": str(quarter),
        "status": DUE,
        "due_on": quarter.last.isoformat(),
        "escalated": "village",
        "earlier": [],
    } | dict.fromkeys(("figures", "facts", "effect", "suggested", "conclusion", "reason", "by", "on", "clue"))


@recordable("monitoring.evaluated")
@dataclass(frozen=True)
class Facts:
    """What the evaluators found: Inputs true, false or None by name of FACTS; income: A34 in fen."""

    risk_stands: Input
    secured: Input
    income_stable: Input
    measures_work: Input
    new_risk: Input
    income: Input

    def ground(self, name: str) -> Ground:
        """Return the clause of one finding."""
        return Ground.of_input(name, getattr(self, name), FACTS[name])


@rule("D-02", version=1, valid_from=_FROM, title="季度评估建议结论", source=_SOURCE)
def suggested_conclusion(facts: Facts, policy: View) -> Decision:
    """What the findings call for, the graver first: worse, risk gone, change of measures, else effective.

    Worse: a new risk, or a guarantee lost. Risk gone: nothing stands, all secured, income stable and not
    below the floor of removal (R-02), measures work. What cannot be told stays unknown, and a person decides.
    """
    floor = policy.find("removal_floor")
    enough = at_least(facts.income.value, floor.value if floor.known else None)
    worse = any_of(facts.new_risk.value, not_(facts.secured.value))
    standing = [facts.secured.value, facts.income_stable.value, facts.measures_work.value]
    gone = all_of(not_(facts.risk_stands.value), enough, *standing)
    ladder = (("worse", worse), ("risk_gone", gone), ("change", not_(facts.measures_work.value)))
    found = _first(ladder)
    grounds = [
        *(facts.ground(name) for name in FACTS),
        _income_ground(facts.income),
        Ground.of_parameter(floor, "消除底线 {value}"),
    ]
    if found is None:
        return outcome(UNKNOWN, grounds)
    return outcome(YES, grounds, f"建议：{CONCLUSIONS[found]}", value=found)


def _first(ladder: tuple[tuple[str, Verdict], ...]) -> str | None:
    """Return the first that holds; None as soon as one cannot be told; `effective` when none holds."""
    for name, verdict in ladder:
        if verdict is UNKNOWN:
            return None
        if verdict is not NO:
            return name
    return "effective"


def _income_ground(income: Input) -> Ground:
    return Ground.of_input("A34", income, "人均纯收入 {value}")


def income_change(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> State:
    """Return {before, now, change} of A34 in fen; change is None while either is unknown."""
    then = before["per_head"] if before else None
    known = then is not None and now["per_head"] is not None
    return {"before": then, "now": now["per_head"], "change": now["per_head"] - then if known else None}


def concluded(state: State, given: State, suggested: str | None, on: date) -> State:
    """Return the evaluation made: given is {conclusion, reason, by, facts, figures, effect, decision}.

    A conclusion other than the suggested one (or without one) needs a reason; outside its quarter, twice,
    or for a household that is not monitored it is Refused.
    """
    _check_open(state)
    _check_quarter(state, on)
    return _made(state, given, suggested, on)


def corrected(state: State, given: State, suggested: str | None, on: date) -> State:
    """Return the evaluation made anew: the earlier conclusion stays on record."""
    if state["status"] != DONE:
        raise refused(
            "本季度尚未评估，没有可更正的结论。",
            "D-02",
            _SOURCE,
            "请用 evaluate。",
            code="care.not_evaluated",
        )
    _check_quarter(state, on)
    kept = {name: state[name] for name in ("conclusion", "reason", "by", "on")}
    return _made({**state, "earlier": [*state["earlier"], kept]}, given, suggested, on)


def _made(state: State, given: State, suggested: str | None, on: date) -> State:
    if given["conclusion"] != suggested and not given["reason"]:
        told = CONCLUSIONS.get(str(suggested), "不能判定")
        message = f"结论与规则建议（{told}）不同，须写明理由。"
        raise refused(message, "D-02", _SOURCE, "请写明理由，说明依据。", code="care.reason_wanted")
    return {**state, **given, "suggested": suggested, "status": DONE, "on": on.isoformat()}


def _check_open(state: State) -> None:
    if state["status"] == DONE:
        message = f"该户 {state['quarter']} 已于 {state['on']} 评估，不能重复评估。"
        raise refused(message, "D-02", _SOURCE, "确需改正的，请以 correct=true 更正。", code="care.evaluated")
    if state["status"] == MISSED:
        raise _too_late(state["quarter"])
    if state["status"] == VOID:
        message = "该户已不是监测对象，不作季度评估。"
        raise refused(message, "D-02", _SOURCE, "消除后的回访请按回访办理。", code="care.not_monitored")


def _check_quarter(state: State, on: date) -> None:
    quarter = Quarter.parse(state["quarter"])
    if on < quarter.first:
        raise refused(
            f"{quarter} 尚未开始。", "D-02", _SOURCE, "请到该季度内评估。", code="care.not_in_quarter"
        )
    if is_missed(state["quarter"], on):
        raise _too_late(state["quarter"])


def is_missed(quarter: str, on: date) -> bool:
    """Whether the quarter and the next one, in which it may be made up for, are over (decision 0151)."""
    return on > Quarter.parse(quarter).shift(1).last


def _too_late(quarter: str) -> Refused:
    message = f"{quarter} 及其后一季度均已结束，不能再补作评估。"
    return refused(
        message, "D-02", _SOURCE, "请在本季度评估中说明，并登记问题台账。", code="care.not_in_quarter"
    )
