"""What the bureau tells of places: labour that lost its work (S-08, 湘委乡振组发〔2021〕1号 四(一))."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import signal

from .rules import OUT
from .tables import Employment, Posts


@signal("unemployment", unit="persons", version=1)
def unemployed(employment: Employment, posts: Posts, policy: Any, on: date) -> Any:
    """近期返乡或失业、没有公益性岗位的农村劳动力，按村."""
    since = on - timedelta(days=policy.unemployment_days)
    out = employment.latest().filter(_.status.isin(list(OUT)), _.ended_on > since)
    held = posts.latest().filter(_.left_on.isnull() | (_.left_on > on))
    places = out.anti_join(held, "person").group_by(region=_.village)
    return places.agg(amount=_.count(), started_on=_.ended_on.min())
