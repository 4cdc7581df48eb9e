"""What may be asked about named persons: where they are at school, what they were paid (I-05)."""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import fact

from .rules import STAGES
from .tables import Roll, Subsidies

STATUSES = {
    "studying": "在读",
    "suspended": "休学",
    "graduated": "毕业",
    "left": "退学",
    "in_transfer": "转出未接收",
}


@fact(
    "学籍",
    shows={"status": "学籍状态", "stage": "学段", "county": "就读县代码"},
    absent={"status": "无学籍记录", "stage": "无", "county": "无"},
)
def schooling(roll: Roll) -> Any:
    """Whether somebody is on the roll, at which stage, in which county."""
    status, stage = _.status.cases(*STATUSES.items()), _.stage.cases(*STAGES.items())
    return roll.latest().select("person", "county", status=status, stage=stage)


@fact(
    "学生资助",
    shows={"amount": ("近十二个月资助金额", "fen"), "payments": ("发放次数", "times")},
    absent=0,
)
def aid_received(subsidies: Subsidies) -> Any:
    """What was paid within twelve months; a month that did not come makes it unknown."""
    return subsidies.within(months=12).group_by("person").agg(amount=_.amount.sum(), payments=_.count())
