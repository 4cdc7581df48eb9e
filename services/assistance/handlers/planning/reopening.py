"""A plan that ended runs on, because its case is included after all (docs/decisions/0264)."""

from __future__ import annotations

from typing import Any, Final

from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.planning.rules import thing
from services.assistance.domain.tasks import parts
from services.assistance.domain.tasks import task as tasks
from services.assistance.domain.tasks.owing import owed_of
from services.assistance.domain.tasks.progress import status_of
from services.assistance.handlers.holding import ENDED, assigned_events, put
from services.assistance.handlers.planning import making

Json = dict[str, Any]
REASON: Final = "计划终结期间同一项已由另一计划安排或落实，不重复"


def reopened(ctx: Context, agg: Aggregate) -> list[Any]:
    """Let a plan that ended run on; return what is told of the tasks that are owed again.

    What another plan of the household gave or owes meanwhile is stopped: nothing twice.
    """
    if agg.state["status"] != ENDED:
        return []
    agg.state |= {"status": status_of(agg.state["tasks"]), "ended_on": None}
    taken = making.held(ctx, agg.state["household"], [], agg.region, agg.id)
    put(agg, *(tasks.stop(one, REASON, ctx.actor.id, ctx.today) for one in _twice(agg, taken)))
    return assigned_events(ctx, agg, owed_of(agg.state))


def _twice(agg: Aggregate, taken: tuple[str, ...]) -> list[Json]:
    """Return the tasks of which nothing was delivered yet and the thing is held."""
    fresh = [one for one in owed_of(agg.state) if not parts.standing(one)]
    return [one for one in fresh if thing(one["department"], one["measure"]) in taken]
