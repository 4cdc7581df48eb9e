"""How callers see a department."""

from __future__ import annotations

from typing import Any

from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.registry.announcement import KEPT
from services.assistance.domain.registry.presence import PRESENT, presence

Json = dict[str, Any]


def presence_of(ctx: Context, agg: Aggregate) -> str:
    """Return whether a department is present, silent or gone today; not known after how long: it is asked."""
    figures = ctx.figures(agg.region)
    limits = [figures.find(f"department_{name}_days").value for name in ("silent", "gone")]
    return presence(agg.state, ctx.today, *limits)


def department_view(ctx: Context, agg: Aggregate) -> Json:
    """Return a department that announced itself soundly, silent when it was not heard of for too long."""
    state = presence_of(ctx, agg)
    said = {name: agg.state["announced"][name] for name in KEPT}
    kept = {name: agg.state[name] for name in ("last_heard_on", "left_on", "refused")}
    return {**said, **kept, "presence": state, "silent": state != PRESENT}


def never_sound_view(agg: Aggregate) -> Json:
    """Return a department of which nothing sound was ever heard: it offers nothing, and says why."""
    nothing = {"title": agg.id, "contract": "", "public_key": "", "measures": [], "comparisons": []}
    kept = {name: agg.state[name] for name in ("last_heard_on", "left_on", "refused")}
    return {"code": agg.id, **nothing, **kept, "presence": "silent", "silent": True}
