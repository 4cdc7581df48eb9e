"""Whose small business closed (S-05: 因产业项目失败)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import Risk, of_newest, rule

from .tables import KINDS, Closures

LABELS = [(value, label) for label, value in KINDS.items()]


@rule("S-05", risk=Risk.INDUSTRY_FAILURE, version=1, shows={"closed_on": "注销吊销日期", "kind": "主体类型"})
def business_closed(closures: Closures, policy: Any, on: date) -> Any:
    """经营的个体工商户或企业近期注销、吊销（变更形式的除外），提示核实收入."""
    since = on - timedelta(days=policy.closure_warning_days)
    changed = (_.why == "changed").fill_null(False)
    shut = closures.latest().filter(_.closed_on > since, ~changed).group_by("person")
    kind = of_newest(_.kind, _.closed_on).cases(*LABELS)
    return shut.agg(closed_on=_.closed_on.max(), kind=kind, region=_.village.max())
