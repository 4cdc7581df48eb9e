"""What may be asked about named persons: whether and where they are at school (附件1 承诺1: 学生在校证明)."""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import fact

from .rules import STAGES
from .tables import Roll

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
