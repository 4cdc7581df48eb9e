"""What the emergency bureau can do (A48-06): relief for the basic life of those whom a disaster hit.

Sources: 湘委乡振组发〔2021〕1号 三(二)5 (L2350), 衡办发〔2021〕7号 三(二)5 (L3081).
The standard a head is the county's. Amounts are fen.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import Entitlement, Risk, entitled, measure, not_entitled, of_newest, view

from .tables import Relief, Victims

SEPARATOR = "、"
"""Between the numbers of events."""


@view(
    shows={"events": ("受灾次数", "times"), "hit_on": "最近一次受灾", "last_event": "最近一次灾害编号"},
    absent={"events": 0},
)
def hit(victims: Victims) -> Any:
    """How often the household was hit, and when last."""
    of_person = victims.latest().group_by("person")
    last = of_newest(_.event, _.happened_on)
    return of_person.agg(events=_.count(), hit_on=_.happened_on.max(), last_event=last)


@view(shows={"waiting": "没有领过生活救助的受灾（日期 灾害编号 需救助人数）"}, absent="")
def waiting(victims: Victims, relief: Relief, policy: Any, on: date) -> Any:
    """Each disaster of the term that left somebody in need and brought the person no relief, oldest first."""
    since = on - timedelta(days=policy.disaster.relief_window_days)
    in_need = victims.latest().filter(_.persons > 0, _.happened_on >= since)
    open_ones = in_need.anti_join(_for_living(relief), ["event", "person"])
    told = _.happened_on.cast("string") + " " + _.event + " " + _.persons.cast("string")
    of_person = open_ones.mutate(told=told).group_by("person")
    return of_person.agg(waiting=_.told.group_concat(SEPARATOR, order_by=_.told))


@view(shows={"relieved_for": "已发放生活救助的灾害编号"}, absent="")
def relieved(relief: Relief) -> Any:
    """For which events relief for living was paid."""
    of_person = _for_living(relief).group_by("person")
    return of_person.agg(relieved_for=_.event.group_concat(SEPARATOR, order_by=_.event))


def _for_living(relief: Relief) -> Any:
    """Return payments to live on: money to rebuild a house feeds nobody (decision 0271)."""
    return relief.latest().filter(_.kind != "rebuilding")


@measure(
    code="A48-06",
    title="受灾人员生活救助",
    risks=[Risk.DISASTER],
    evidence=["受灾核定表", "救助发放凭证"],
    rule="A-02",
    version=2,
)
def disaster_relief(hit: Any, waiting: Any, relieved: Any, policy: Any, on: date) -> Entitlement:
    """登记为需要救助的受灾人员，每次受灾按人发放一次生活救助；已发放的不重复，先前一次没有发放的补发."""
    paid = {event for one in relieved.values() for event in one.relieved_for.split(SEPARATOR)}
    open_ones = {told for one in waiting.values() for told in one.waiting.split(SEPARATOR) if told}
    due = sorted(one for one in map(_parted, open_ones) if one[1] not in paid)
    if not due:
        return _why_not(hit, paid, on - timedelta(days=policy.disaster.relief_window_days))
    persons = due[-1][2]
    return entitled(policy.disaster.relief_per_person * persons, receiving=False)


def _parted(told: str) -> tuple[str, str, int]:
    """Return day, event and persons in need of a disaster as `waiting` tells it."""
    day, _blank, rest = told.partition(" ")
    event, _blank, persons = rest.rpartition(" ")
    return day, event, int(persons)


def _why_not(hit: Any, paid: set[str], since: date) -> Entitlement:
    hits = [one for one in hit.values() if one.events > 0]
    if not hits:
        return not_entitled("没有受灾登记")
    last = max(hits, key=lambda one: one.hit_on)
    if last.hit_on < since:
        return not_entitled("最近一次受灾已超过救助期限")
    if last.last_event in paid:
        return not_entitled("最近一次受灾已发放救助", receiving=True)
    return not_entitled("核定没有需要救助的人")
