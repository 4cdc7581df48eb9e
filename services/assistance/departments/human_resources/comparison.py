"""What may be asked about named persons: their work, their public-welfare post (I-05)."""

from __future__ import annotations

from datetime import date
from typing import Any

from ibis import _
from shouwang.department import fact

from .rules import OUT
from .tables import Employment, Posts

STATUSES = {"working": "在岗", "flexible": "灵活就业", **OUT}
WORKPLACES = {"county": "县内", "province": "省内县外", "beyond": "省外"}


@fact(
    "务工",
    shows={"status": "务工状态", "workplace": "务工区域", "monthly_wage": ("月工资", "fen")},
    absent={"status": "没有务工登记", "workplace": "无", "monthly_wage": None},
)
def work(employment: Employment) -> Any:
    """The last job; a wage or a place that nobody noted is unknown."""
    status, where = _.status.cases(*STATUSES.items()), _.workplace.cases(*WORKPLACES.items())
    return employment.latest().select("person", "monthly_wage", status=status, workplace=where)


@fact("公益性岗位", shows={"posts": ("在岗", "items")}, absent=0)
def public_post(posts: Posts, on: date) -> Any:
    """The public-welfare posts that somebody holds."""
    held = posts.latest().filter(_.left_on.isnull() | (_.left_on > on))
    return held.group_by("person").agg(posts=_.count())
