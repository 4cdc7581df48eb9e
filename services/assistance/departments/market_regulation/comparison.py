"""What may be asked about named persons: the entities that they lead or own (I-07, 附件1 承诺3)."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _
from shouwang.department import fact

from .tables import RegisteredEntities

STANDING = ("active", "abnormal")
LEADING = ("owner", "legal_person")


@fact(
    "市场主体登记",
    shows={
        "enterprises": ("存续市场主体", "items"),
        "leads": ("其中任法定代表人或经营者", "items"),
        "abnormal": ("其中经营异常", "items"),
        "capital": ("所任主体注册资本合计", "fen"),
        "newest_on": "最近成立日期",
    },
    absent={"enterprises": 0, "leads": 0, "abnormal": 0, "capital": 0},
)
def registered_enterprises(registered_entities: RegisteredEntities) -> Any:
    """Entities that stand, each once; a member of a cooperative has no enterprise of his own.

    Capital is that of the entities that the person leads; unknown as long as one has none on record.
    """
    rows = registered_entities.latest().filter(_.status.isin(STANDING), _.role != "member")
    each = rows.group_by("person", "entity").agg(
        leads=_.role.isin(LEADING).any(),
        abnormal=(_.status == "abnormal").any(),
        capital=_.capital.max(),
        founded_on=_.founded_on.max(),
    )
    unsaid = (_.leads & _.capital.isnull()).any()
    capital = ibis.ifelse(unsaid, ibis.null("int64"), _.capital.sum(where=_.leads).fill_null(0))
    return each.group_by("person").agg(
        enterprises=_.count(),
        leads=_.leads.sum(),
        abnormal=_.abnormal.sum(),
        capital=capital,
        newest_on=_.founded_on.max(),
    )
