"""The rows of one region follow each other without gap and without overlap."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from shouwang.policy.parameter import WHOLE_COUNTRY, Parameter, Row
from shouwang.policy.reading import wrong

ONE_DAY = timedelta(days=1)


def check_rows(parameter: Parameter) -> None:
    """Refuse an overlap or a gap between neighbours of the same region (ConfigurationError file:line)."""
    for region in parameter.regions():
        rows = sorted((row for row in parameter.rows if row.region == region), key=lambda row: row.start)
        for earlier, later in pairwise(rows):
            _check_pair(parameter, earlier, later)


def _check_pair(parameter: Parameter, earlier: Row, later: Row) -> None:
    here = f"参数 {parameter.name}（地区 {earlier.region or WHOLE_COUNTRY or '全国'}）"
    if later.start == earlier.start or (earlier.until is not None and earlier.until >= later.start):
        remedy = "请改其中一行的起止日期（与随系统发布的重叠时，改本县的）"
        raise wrong(f"{here}的 {later.start} 与 {earlier.where} 的时段重叠，{remedy}", later.where)
    ends = earlier.ends
    if ends is not None and ends + ONE_DAY < later.start:
        remedy = "请补一行，文件确无规定时写 unknown 及原因"
        raise wrong(f"{here}在 {ends + ONE_DAY} 至 {later.start - ONE_DAY} 无值，{remedy}", later.where)
