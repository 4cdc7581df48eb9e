"""The guards of the procedure regional_risk: what stands in the warning's facts, decided (S-08, S-10).

Facts: {drawn: {villages, of}, study: {complete, measures: [{status}]} or None}.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shouwang.decision import Decision, Ground, Verdict, above, all_of, at_least, outcome
from shouwang.decision.verdict import verdict_of
from shouwang.policy import View
from shouwang.procedure import guard

from services.monitoring.domain.regional.study import all_over

Facts = Mapping[str, Any]


@guard("affected_drawn", rule="S-08")
def affected_drawn(facts: Facts, policy: View) -> Decision:
    """Whether the households concerned are drawn up in every village of the warning."""
    drawn, of = facts["drawn"]["villages"], facts["drawn"]["of"]
    ground = Ground("input", "drawn", "已摸底的村", drawn, "items", phrase=f"{of} 个村中已摸底 {{value}}")
    verdict = at_least(drawn, of)
    return outcome(verdict, [ground], _word(verdict, "受影响农户摸清底数"))


@guard("studied_together", rule="S-10")
def studied_together(facts: Facts, policy: View) -> Decision:
    """Whether a joint study of this warning was held with every department that must take part."""
    study = facts["study"]
    complete = None if study is None else Verdict(study["complete"])
    verdict = all_of(study is not None, complete if study is not None else True)
    phrase = "已就本预警会商且部门齐全｜尚未就本预警会商，或会商部门不齐｜会商部门是否齐全不详"
    return outcome(
        verdict, [Ground("input", "study", "联合会商", verdict, phrase=phrase)], _word(verdict, "会商")
    )


@guard("measures_assigned", rule="S-10")
def measures_assigned(facts: Facts, policy: View) -> Decision:
    """Whether the study set measures, each with its department and day."""
    number = len(_measures(facts))
    ground = Ground("input", "measures", "化解措施", number, "items", phrase="会商确定化解措施 {value}")
    verdict = above(number, 0)
    return outcome(verdict, [ground], _word(verdict, "措施交办"))


@guard("measures_done", rule="S-10")
def measures_done(facts: Facts, policy: View) -> Decision:
    """Whether no measure of the study is open."""
    open_ones = sum(one["status"] == "open" for one in _measures(facts))
    over = verdict_of(all_over(_measures(facts)))
    ground = Ground("input", "open", "未完成措施", open_ones, "items", phrase="尚有未完成措施 {value}")
    return outcome(over, [ground], _word(over, "措施落实"))


def _measures(facts: Facts) -> list[Mapping[str, Any]]:
    return list(facts["study"]["measures"]) if facts["study"] else []


def _word(verdict: Verdict, matter: str) -> str:
    return {"yes": f"{matter}已完成", "no": f"{matter}未完成"}.get(verdict.value, "")
