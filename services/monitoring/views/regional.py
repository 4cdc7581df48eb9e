"""How callers see a signal, a warning, a joint study."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from shouwang.decision import Decision
from shouwang.store import Aggregate

from services.monitoring.domain.regional import exposure
from services.monitoring.domain.regional import study as study_rules
from services.monitoring.domain.regional.kinds import KINDS, LEVEL_LABELS

Json = dict[str, Any]


def signal_view(agg: Aggregate) -> Json:
    """Return what was told of a place."""
    kind = KINDS[agg.state["kind"]]
    return {"signal": agg.id, "kind_label": kind.label, "region": agg.region, **agg.state}


def warning_view(agg: Aggregate, lists: Iterable[Json], due_on: str | None, studies: list[str]) -> Json:
    """Return a warning with its sentence, its step and the counts of its lists."""
    state, drawn = agg.state, list(lists)
    kept = (
        "kind",
        "level",
        "place",
        "status",
        "areas",
        "opened_on",
        "outcome",
        "closed_on",
        "raised_to",
        "clues_from",
    )
    return {
        "warning": agg.id,
        **{name: state[name] for name in kept},
        "kind_label": KINDS[state["kind"]].label,
        "level_label": LEVEL_LABELS[state["level"]],
        "signals": len(state["signals"]),
        "sentence": Decision.from_dict(state["decision"]).sentence(),
        "step": state["case"]["step"],
        "due_on": due_on,
        "studies": studies,
        "criterion": exposure.criterion(state["kind"]),
        "villages": len(drawn),
        "concerned": sum(len(one["concerned"]) for one in drawn),
        "unknown": sum(len(one["unknown"]) for one in drawn),
        "clues": sum(len(one["clues"]) for one in drawn),
    }


def study_view(agg: Aggregate, on: date) -> Json:
    """Return a study: who took part, whether all were there, measures with how far they are."""
    state = agg.state
    composition = Decision.from_dict(state["composition"])
    late = {one["number"] for one in study_rules.overdue(state, on)}
    measures = [{**one, "overdue": one["number"] in late} for one in state["measures"]]
    kept = ("held_on", "minutes", "departments", "absent", "warnings", "conclusions", "status", "complete")
    return {
        "study": agg.id,
        "region": agg.region,
        **{name: state[name] for name in kept},
        "composition": composition.sentence(),
        "lacking": list(composition.value or []),
        "measures": measures,
    }
