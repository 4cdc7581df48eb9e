"""The list of indicators with the targets of a day (K-01, K-05)."""

from __future__ import annotations

from typing import Any

from shouwang.policy import Unknown, Value
from shouwang.service import Context

from services.monitoring.domain.reports.indicators import INDICATORS, Indicator

Json = dict[str, Any]


def indicators(ctx: Context, request: Json) -> list[Json]:
    """Return every indicator with the document of its target; a target past its time is None."""
    view = ctx.policy.at(request["on"] or ctx.today, request["region"])
    labels = {line.name: line.label for line in view.codes("k01_indicators")}
    return [_shown(one, labels[one.name], view.find(f"k01_target.{one.name}")) for one in INDICATORS]


def _shown(one: Indicator, label: str, target: Value | Unknown) -> Json:
    own = f"湘振局发〔2021〕18号 专栏1-2 第{one.number}项"
    return {
        "number": one.number,
        "name": one.name,
        "label": label,
        "unit": one.unit,
        "target": target.value,
        "source": target.source if isinstance(target, Value) else own,
        "computed": bool(one.computed),
    }
