"""The list of indicators with the targets of a day (K-01, K-05)."""

from __future__ import annotations

from typing import Any

from shouwang.service import Context

from services.monitoring.domain.reports.indicators import INDICATORS

Json = dict[str, Any]


def indicators(ctx: Context, request: Json) -> list[Json]:
    """Return every indicator; a target past its time is None."""
    view = ctx.policy.at(request["on"] or ctx.today, request["region"])
    labels = {line.name: line.label for line in view.codes("k01_indicators")}
    return [
        {
            "number": one.number,
            "name": one.name,
            "label": labels[one.name],
            "unit": one.unit,
            "target": view.find(f"k01_target.{one.name}").value,
            "source": f"湘振局发〔2021〕18号 专栏1-2 第{one.number}项",
            "computed": bool(one.computed),
        }
        for one in INDICATORS
    ]
