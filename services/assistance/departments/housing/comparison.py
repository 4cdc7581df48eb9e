"""What may be asked about named persons: houses on record, and help received for them (I-07)."""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import fact

from .tables import Appraisals, HelpedHouses


@fact("农房", shows={"houses": ("农房", "items"), "dangerous": ("其中 C、D 级", "items")}, absent=0)
def house(appraisals: Appraisals) -> Any:
    """Houses in the appraisal ledger; those that are dangerous apart."""
    dangerous = _.grade.isin(["C", "D"]).sum()
    return appraisals.latest().group_by("person").agg(houses=_.count(), dangerous=dangerous)


@fact("农村危房改造补助", shows={"times": ("享受次数", "times"), "subsidy": ("补助合计", "fen")}, absent=0)
def housing_help(helped_houses: HelpedHouses) -> Any:
    """How often and with how much the person was helped."""
    return helped_houses.latest().group_by("person").agg(times=_.count(), subsidy=_.subsidy.sum())
