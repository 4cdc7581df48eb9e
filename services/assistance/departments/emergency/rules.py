"""Whom a disaster hit, as far as the emergency bureau can see (S-05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import Risk, of_newest, rule

from .tables import KINDS, Relief, Victims

LABELS = [(value, label) for label, value in KINDS.items()]


@rule(
    "S-05",
    risk=Risk.DISASTER,
    version=1,
    shows={"loss": ("直接经济损失合计", "fen"), "happened_on": "最近一次受灾", "kind": "灾害种类"},
)
def loss_over_standard(victims: Victims, policy: Any, on: date) -> Any:
    """提示期内受灾损失合计超过标准，提示核实（预警标准由县定）."""
    since = on - timedelta(days=policy.disaster.warning_days)
    hit = victims.latest().filter(_.happened_on >= since).group_by("person")
    summed = hit.agg(
        loss=_.loss.sum(),
        kind=of_newest(_.kind, _.happened_on).cases(*LABELS),
        happened_on=_.happened_on.max(),
        region=_.village.max(),
    )
    return summed.filter(_.loss > policy.disaster.loss_line)


@rule(
    "S-05",
    risk=Risk.DISASTER,
    version=1,
    shows={"happened_on": "受灾日期", "persons": ("需救助人数", "persons")},
)
def hit_without_relief(victims: Victims, relief: Relief, policy: Any, on: date) -> Any:
    """需要救助的受灾户超过期限没有任何救助发放记录，提示核实基本生活."""
    since = on - timedelta(days=policy.disaster.warning_days)
    until = on - timedelta(days=policy.disaster.relief_days)
    hit = victims.latest().filter(_.persons > 0, _.happened_on >= since, _.happened_on < until)
    waiting = hit.anti_join(relief.latest(), ["event", "person"])
    return waiting.group_by("person").agg(
        happened_on=_.happened_on.min(), persons=_.persons.max(), region=_.village.max()
    )
