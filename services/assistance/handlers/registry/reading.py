"""Which departments there are, what they offer, whether they are there."""

from __future__ import annotations

from typing import Any

from shouwang.service import Context

from services.assistance.domain.registry.presence import GONE
from services.assistance.views.registry import department_view, never_sound_view

Json = dict[str, Any]


def departments(ctx: Context, request: Json) -> list[Json]:
    """Return the departments that offer what was asked for, the silent ones marked.

    Asked for an offering, those that are gone are left out; asked for all, nothing is left out.
    """
    found = ctx.store.all_departments()
    views = [department_view(ctx, agg) for agg in found if agg.state["announced"] is not None]
    key = {"comparison": "comparisons", "measures": "measures"}.get(request["offering"] or "")
    if key is None:
        return views + [never_sound_view(agg) for agg in found if agg.state["announced"] is None]
    return [view for view in views if view[key] and view["presence"] != GONE]
