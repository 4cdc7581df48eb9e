"""What a department says is due once more of what its plan gave: a person hears of it (A-01, 0253, 0263).

By itself a plan gives a thing once; without a word to the town a second admission would wait for whoever
reads the explanation.
"""

from __future__ import annotations

from typing import Any

from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.planning.rules import Offer, may_be_given, thing
from services.assistance.handlers.messages import due_again_message
from services.assistance.handlers.planning import making

Json = dict[str, Any]


def told(ctx: Context, agg: Aggregate, proposals: list[Json]) -> list[Any]:
    """Return the messages to the town about proposals that only `give_again` can make a task of.

    They are held by what this plan gave, and by nothing else.
    """
    asked = (ctx, agg.state["household"], proposals, agg.region)
    here, elsewhere = making.held(*asked, agg.id), making.held(*asked, making.NO_PLAN)
    found = [one for one in proposals if thing(one["department"], one["measure"]) in here]
    due = [one for one in found if may_be_given(Offer.of(one), elsewhere).is_yes]
    return [ctx.event("message.requested", due_again_message(agg, one, ctx.today.isoformat())) for one in due]
