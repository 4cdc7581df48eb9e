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

SEPARATOR = "、"
"""Between the numbers of events."""


@view(
    shows={
        "events": ("受灾次数", "times"),
        "happened_on": "最近一次受灾",
        "event": "最近一次灾害编号",
        "persons": ("需救助人数", "persons"),
    },
    absent={"events": 0},
)
def hit(victims: Victims) -> Any:
    """How often the household was hit; of the newest event its number, day and how many need relief."""
    newest = {name: _[name].argmax(_.happened_on) for name in ("event", "persons")}
    of_person = victims.latest().group_by("person")
    return of_person.agg(events=_.count(), happened_on=_.happened_on.max(), **newest)


@view(shows={"relieved_for": "已发放生活救助的灾害编号"}, absent="")
def relieved(relief: Relief) -> Any:
    """For which events relief for living was paid; money to rebuild a house feeds nobody (decision 0271)."""
    living = relief.latest().filter(_.kind != "rebuilding")
    return living.group_by("person").agg(relieved_for=_.event.group_concat(SEPARATOR))


@measure(
    code="A48-06",
    title="受灾人员生活救助",
    risks=[Risk.DISASTER],
    evidence=["受灾核定表", "救助发放凭证"],
    rule="A-02",
)
def disaster_relief(hit: Any, relieved: Any, policy: Any, on: date) -> Entitlement:
    """登记为需要救助的受灾人员，按人发放一次生活救助；最近一次受灾已发放的不重复."""
    hits = [one for one in hit.values() if one.events > 0]
    if not hits:
        return not_entitled("没有受灾登记")
    newest = max(hits, key=lambda one: one.happened_on)
    if newest.happened_on < on - timedelta(days=policy.disaster.relief_window_days):
        return not_entitled("最近一次受灾已超过救助期限")
    if any(newest.event in one.relieved_for.split(SEPARATOR) for one in relieved.values()):
        return not_entitled("最近一次受灾已发放救助", receiving=True)
    if newest.persons == 0:
        return not_entitled("核定没有需要救助的人")
    return entitled(policy.disaster.relief_per_person * newest.persons, receiving=False)
