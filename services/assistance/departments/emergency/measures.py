"""What the emergency bureau can do (A48-06): relief for the basic life of those whom a disaster hit.

Sources: 湘委乡振组发〔2021〕1号 三(二)5 (L2350), 衡办发〔2021〕7号 三(二)5 (L3081).
The standard a head is the county's. Amounts are fen.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import Entitlement, Risk, entitled, measure, not_entitled, view

from .tables import Relief, Victims


@view(
    shows={
        "events": ("受灾次数", "times"),
        "happened_on": "最近一次受灾",
        "persons": ("需救助人数", "persons"),
    },
    absent={"events": 0},
)
def hit(victims: Victims) -> Any:
    """How often the household was hit; of the newest event the day and how many need relief."""
    return (
        victims.latest()
        .group_by("person")
        .agg(events=_.count(), persons=_.persons.argmax(_.happened_on), happened_on=_.happened_on.max())
    )


@view(shows={"payments": ("救助发放次数", "times"), "paid_on": "最近一次救助发放"}, absent={"payments": 0})
def relieved(relief: Relief) -> Any:
    """How often relief was paid to the household, and when last."""
    return relief.latest().group_by("person").agg(payments=_.count(), paid_on=_.paid_on.max())


@measure(
    code="A48-06",
    title="受灾人员生活救助",
    risks=[Risk.DISASTER],
    evidence=["受灾核定表", "救助发放凭证"],
    rule="A-02",
)
def disaster_relief(hit: Any, relieved: Any, policy: Any, on: date) -> Entitlement:
    """登记为需要救助的受灾人员，按人发放一次生活救助；最近一次受灾后已发放的不重复."""
    hits = [one for one in hit.values() if one.events > 0]
    if not hits:
        return not_entitled("没有受灾登记")
    newest = max(hits, key=lambda one: one.happened_on)
    if newest.happened_on < on - timedelta(days=policy.disaster.relief_window_days):
        return not_entitled("最近一次受灾已超过救助期限")
    paid = [one.paid_on for one in relieved.values() if one.payments > 0]
    if any(day >= newest.happened_on for day in paid):
        return not_entitled("最近一次受灾后已发放救助", receiving=True)
    if newest.persons == 0:
        return not_entitled("核定没有需要救助的人")
    return entitled(policy.disaster.relief_per_person * newest.persons, receiving=False)
