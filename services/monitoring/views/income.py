"""How callers see income: figures of a window, entries, payments, flags, growth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shouwang.decision import Decision

from services.monitoring.domain.income import flags as flag_rules
from services.monitoring.domain.income import growth as rules
from services.monitoring.domain.income.figures import LABELS, NET

Json = dict[str, Any]


def flag_view(household: str, flag: Mapping[str, Any]) -> Json:
    """Return one flag with why it stands."""
    kept = ("quarter", "check", "status", "opened_on", "closed_on", "evidence")
    return {
        "household": household,
        **{name: flag[name] for name in kept},
        "title": flag_rules.CHECKS[flag["check"]],
        "status_label": flag_rules.STATUSES[flag["status"]],
        "sentence": Decision.from_dict(flag["decision"]).sentence(),
    }


def payments_view(payments: Mapping[str, Mapping[str, Any]]) -> list[Json]:
    """Return what departments paid, oldest first; `withdrawn` tells of what was not paid after all."""
    shown = [{"payment": id, "withdrawn": None, **one} for id, one in payments.items()]
    return sorted(shown, key=lambda one: (one["on"], one["payment"]))


def growth_view(total: rules.Summary) -> Json:
    """Return a summary with amounts per head and growth."""
    now, before = rules.per_head(total, "now"), rules.per_head(total, "before")
    compared = total["compared"]
    return {
        **{name: total[name] for name in ("scope", "known", "compared", "falling", "bands")},
        "per_head": now,
        "per_head_before": before,
        "growth": _text(rules.rate(now, before)),
        "falling_share": _text(rules.portion(total["falling"], compared)),
        "kinds": [_kind(total, kind) for kind in NET],
    }


def _kind(total: rules.Summary, kind: str) -> Json:
    now, before = total["now"][kind], total["before"][kind]
    grown = _text(rules.rate(now, before))
    return {"kind": kind, "label": LABELS[kind], "now": now, "before": before, "growth": grown}


def _text(ratio: Any) -> str | None:
    return None if ratio is None else str(ratio)
