"""What may be asked about named persons: real estate on record (I-07, 附件1 承诺3 “住房”)."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _
from shouwang.department import fact

from .tables import Titles

DWELLINGS = ("homestead", "market", "public", "resettlement", "other")
AWAY = ("town", "outside")


@fact(
    "不动产登记",
    shows={
        "houses": ("房屋", "items"),
        "market": ("其中购买的商品房", "items"),
        "away": ("其中在县城或县外购买", "items"),
        "shops": ("商业用房", "items"),
        "area": ("房屋建筑面积合计", "平方米"),
        "newest_on": "最近登记日期",
    },
    absent={"houses": 0, "market": 0, "away": 0, "shops": 0, "area": 0},
)
def real_estate(titles: Titles) -> Any:
    """Dwellings and shops; what was bought apart from what was built, inherited or given in resettlement.

    The area is unknown as long as one dwelling has none on record.
    """
    bought, dwelling = _.way == "bought", _.kind.isin(DWELLINGS)
    unsaid = (dwelling & _.area.isnull()).any()
    nothing = ibis.null("decimal(18, 2)")
    area = _.area.sum(where=dwelling).cast("decimal(18, 2)").fill_null(0)
    return (
        titles.latest()
        .group_by("person")
        .agg(
            houses=dwelling.sum(),
            market=(bought & (_.kind == "market")).sum(),
            away=(bought & dwelling & _.where.isin(AWAY)).sum(),
            shops=(_.kind == "shop").sum(),
            area=ibis.ifelse(unsaid, nothing, area),
            newest_on=_.registered_on.max(),
        )
    )
