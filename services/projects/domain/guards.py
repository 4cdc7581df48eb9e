"""Guards of project entry: contents complete (P-01, P-03), households consulted (P-02).

Facts: {"project": the eleven contents,
        "consultation": {"ex_poor", "monitored", "in_favour", "against"} in households, or None}.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shouwang.decision import Decision, Ground, outcome, rule
from shouwang.procedure import GuardRegistry, PaperRegistry, paper

from services.projects.domain.content import missing, unsound

NOTICE_OF_2021 = date(2021, 7, 12)
ALL_THERE = "项目十一项内容齐全且相符｜项目内容不全或不相符｜项目内容是否齐全不详"

GUARDS = GuardRegistry()
PAPERS = PaperRegistry(
    paper("village_meeting_record", "村两委会或村民代表大会会议记录"),
    paper("revitalisation_opinion", "乡村振兴部门审核意见"),
    paper("finance_opinion", "财政部门资金保障意见"),
    paper("feasibility_opinion", "行业主管部门论证意见"),
    paper("leading_group_minutes", "县委实施乡村振兴战略领导小组会议纪要"),
)


@rule(
    "P-01",
    version=1,
    valid_from=NOTICE_OF_2021,
    title="入库项目内容",
    source="湘委乡振组办发〔2021〕1号 二(二)、三(三)",
)
def contents_are_complete(project: dict[str, Any], policy: Any) -> Decision:
    """Say whether all eleven contents are there and hold together; an incomplete project never enters."""
    wrong = [f"缺{label}" for label in missing(project)] + unsound(project)
    grounds = [Ground("input", "contents", "项目内容", not wrong, phrase=ALL_THERE)]
    if wrong:
        grounds.append(Ground("input", "wrong", "问题", wrong, phrase="问题为：{value}"))
    return outcome(not wrong, grounds, "一律不得纳入项目库" if wrong else "内容可以入库")


@rule(
    "P-02",
    version=1,
    valid_from=NOTICE_OF_2021,
    title="村级申报征求群众意见",
    source="湘委乡振组办发〔2021〕1号 三(一)",
)
def households_agree(consultation: dict[str, int] | None, policy: Any) -> Decision:
    """Say whether ex-poor or monitored households were asked and most agreed; unrecorded is unknown."""
    if consultation is None:
        return outcome(None, [Ground("input", "consultation", "征求脱贫人口和监测对象意见的记录", None)])
    asked = consultation["ex_poor"] + consultation["monitored"]
    agreed = asked > 0 and consultation["in_favour"] > consultation["against"]
    return outcome(agreed, _asked(consultation), "可以申报" if agreed else "群众意见不足，不能申报")


@GUARDS.guard("contents_complete", rule="P-01")
def contents_complete(facts: Mapping[str, Any], policy: Any) -> Decision:
    """Ask P-01 of the facts."""
    return contents_are_complete(dict(facts["project"]), policy)


@GUARDS.guard("households_consulted", rule="P-02")
def households_consulted(facts: Mapping[str, Any], policy: Any) -> Decision:
    """Ask P-02 of the facts."""
    return households_agree(facts.get("consultation"), policy)


def _asked(consultation: Mapping[str, int]) -> list[Ground]:
    labels = {
        "ex_poor": "征求脱贫户",
        "monitored": "征求监测对象",
        "in_favour": "同意",
        "against": "不同意",
    }
    return [
        Ground("input", name, label, consultation[name], phrase="{label} {value} 户")
        for name, label in labels.items()
    ]
