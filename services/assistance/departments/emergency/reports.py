"""Disasters and whom they hit, village by village (S-08): the emergency bureau leads this watch."""

from __future__ import annotations

from datetime import date
from typing import Any

from ibis import _
from shouwang.department import signal
from shouwang.periods import Month

from .tables import Disasters


@signal(
    "disaster",
    unit="households",
    version=1,
    shows={"events": ("灾害", "items"), "collapsed": ("倒塌房屋", "households")},
)
def disaster(disasters: Disasters, on: date) -> Any:
    """当月发生的自然灾害和火灾，按村合计受灾户数；有一次没有统计，该村就不详，不少报."""
    new = disasters.latest().filter(_.happened_on >= Month.of(on).first)
    known = _.households.count() == _.count()
    return new.group_by("region").agg(
        amount=known.ifelse(_.households.sum(), None),
        started_on=_.happened_on.min(),
        events=_.count(),
        collapsed=_.collapsed.sum(),
    )
