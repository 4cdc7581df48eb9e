"""What may be asked about named persons: the vehicles registered to them (I-07, 附件1 承诺3)."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _
from shouwang.department import fact

from .tables import RegisteredVehicles

OF_VALUE = ("car", "heavy")


@fact(
    "机动车登记",
    shows={
        "cars": ("汽车（不含摩托车、农用车）", "items"),
        "all": ("全部机动车", "items"),
        "worth": ("汽车评估价值合计", "fen"),
        "newest_on": "最近登记日期",
    },
    absent={"cars": 0, "all": 0, "worth": 0},
)
def motor_vehicles(registered_vehicles: RegisteredVehicles) -> Any:
    """Vehicles that are not scrapped; the worth of cars is unknown as long as one has none on record."""
    owned = registered_vehicles.latest().filter(_.state != "scrapped").group_by("person")
    of_value = _.kind.isin(OF_VALUE)
    known = ~(of_value & _.worth.isnull()).any()
    worth = ibis.ifelse(known, _.worth.sum(where=of_value).fill_null(0), ibis.null("int64"))
    return owned.agg(cars=of_value.sum(), all=_.count(), worth=worth, newest_on=_.registered_on.max())
