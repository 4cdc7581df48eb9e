"""How needs, offers and matches are shown: to staff, and to everybody."""

from __future__ import annotations

from typing import Any, Final

from shouwang.masking import mask_name
from shouwang.store import Aggregate

from services.assistance.domain.society.following import delivered
from services.assistance.domain.society.things import label_of

Json = dict[str, Any]
TOWN_DIGITS: Final = 9
NEED: Final = (
    "household",
    "kind",
    "item",
    "detail",
    "quantity",
    "unit",
    "risk",
    "reached",
    "status",
    "source",
)
OFFER: Final = (
    *(
        "giver_kind",
        "kind",
        "item",
        "detail",
        "quantity",
        "left",
        "unit",
        "amount_fen",
        "condition",
        "until",
        "status",
    ),
)
MATCH: Final = (
    *("need", "offer", "household", "quantity", "status", "proposed_on", "accepted_on", "steps"),
    "confirmed_on",
)


def need_view(agg: Aggregate) -> Json:
    """Return a need as staff see it."""
    return {"need": agg.id, **_where_and_what(agg)} | {name: agg.state[name] for name in NEED}


def public_need_view(agg: Aggregate) -> Json:
    """Return a need as everybody may see it: the town, the label of its code, how much (N-02).

    No household, no risk, and nothing that somebody wrote: a household can be known by it.
    """
    shown = {name: agg.state[name] for name in ("kind", "quantity", "unit")}
    return {"need": agg.id, "place": agg.region[:TOWN_DIGITS], "label": _label(agg), **shown}


def offer_view(agg: Aggregate) -> Json:
    """Return an offer without who gives."""
    return {"offer": agg.id, **_where_and_what(agg)} | {name: agg.state[name] for name in OFFER}


def match_view(agg: Aggregate) -> Json:
    """Return a match and how far it is."""
    shown = {name: agg.state[name] for name in MATCH}
    return {"match": agg.id, "region": agg.region, "delivered": delivered(agg.state), **shown}


def public_giver(state: Json) -> str:
    """Return how a giver stands on the published list: a person masked."""
    return mask_name(state["giver"]) if state["giver_kind"] == "person" else str(state["giver"])


def _where_and_what(agg: Aggregate) -> Json:
    return {"region": agg.region, "label": _label(agg)}


def _label(agg: Aggregate) -> str:
    return label_of(agg.state["kind"], agg.state["item"])
