"""Guards of a distribution: uses allowed, within the income, households at risk first (X-07).

Facts: {"uses": [...], "available_fen": int, "at_risk": [household] or None when monitoring did not answer,
        "households": how many the village has, or None}.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shouwang.decision import Decision, Ground, all_of, outcome, rule
from shouwang.procedure import GuardRegistry, PaperRegistry, paper

from services.assets.domain import distribution

OPINION_OF_2021 = date(2021, 10, 25)
INCOME_USES = "湘振局联〔2021〕5号 二(六)"
FORBIDDEN_USES = "湘扶办联〔2021〕2号 五"

GUARDS = GuardRegistry()
PAPERS = PaperRegistry(paper("collective_decision_record", "村集体民主决策会议记录"))


@rule("X-07.uses", version=1, valid_from=OPINION_OF_2021, title="收益用途", source=FORBIDDEN_USES)
def only_allowed_uses(uses: list[dict[str, Any]], households: int | None, policy: Any) -> Decision:
    """Say whether no use is forbidden and relief is not an equal split among everybody."""
    forbidden = distribution.forbidden(uses)
    equal = None if households is None else distribution.is_equal_split(uses, households)
    grounds = [Ground("input", "forbidden", "所列禁止用途", forbidden, phrase="方案所列禁止用途：{value}")]
    clauses = "帮困资金平均分给全村各户｜帮困资金没有平均分配｜村内户数不详，不能判断是否平均分配"
    grounds.append(Ground("input", "equal", "平均分配", equal, phrase=clauses))
    fair = None if equal is None else not equal
    holds = all_of(not forbidden, fair)
    return outcome(holds, grounds, "用途合规" if not forbidden and fair else "不得分配")


@rule("X-07.income", version=1, valid_from=OPINION_OF_2021, title="分配总额", source=INCOME_USES)
def within_income_received(uses: list[dict[str, Any]], available_fen: int, policy: Any) -> Decision:
    """Say whether the plan spends no more than the income that came in and is not spent yet (fen)."""
    planned = distribution.total(uses)
    grounds = [
        Ground("input", "planned", "方案总额", planned, unit="fen", phrase="方案总额 {value}"),
        Ground(
            "input", "available", "可分配收益", available_fen, unit="fen", phrase="已到账可分配收益 {value}"
        ),
    ]
    fits = planned <= available_fen
    return outcome(fits, grounds, "总额可行" if fits else "超出已到账收益，不得分配")


@rule("X-07.first", version=1, valid_from=OPINION_OF_2021, title="优先有返贫风险的户", source=INCOME_USES)
def households_at_risk_are_seen_to(
    uses: list[dict[str, Any]], at_risk: list[str] | None, policy: Any
) -> Decision:
    """Say whether every household at risk in the village gets relief; none named is unknown."""
    if at_risk is None:
        return outcome(None, [Ground("input", "at_risk", "村内有返贫风险的户", None, owner="监测服务")])
    left_out = distribution.left_out(uses, at_risk)
    grounds = [
        Ground("input", "at_risk", "有返贫风险的户数", len(at_risk), phrase="村内有返贫风险的 {value} 户"),
        Ground("input", "left_out", "未安排的户数", len(left_out), phrase="方案未安排 {value} 户"),
    ]
    return outcome(not left_out, grounds, "应先安排" if left_out else "已优先安排")


@GUARDS.guard("uses_allowed", rule="X-07")
def uses_allowed(facts: Mapping[str, Any], policy: Any) -> Decision:
    """Ask X-07 about the uses."""
    return only_allowed_uses(list(facts["uses"]), facts.get("households"), policy)


@GUARDS.guard("within_income", rule="X-07")
def within_income(facts: Mapping[str, Any], policy: Any) -> Decision:
    """Ask X-07 about the sum."""
    return within_income_received(list(facts["uses"]), facts["available_fen"], policy)


@GUARDS.guard("at_risk_first", rule="X-07")
def at_risk_first(facts: Mapping[str, Any], policy: Any) -> Decision:
    """Ask X-07 about the households at risk."""
    return households_at_risk_are_seen_to(list(facts["uses"]), facts.get("at_risk"), policy)
