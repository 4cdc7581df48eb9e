"""What of 附件2 is missing, phase by phase (M-13).

Phase 1, at the household check: parts 1–5 and A55. Phase 2, once included: A3 and what help is given (part
6). Phase 3, at the removal: income anew, A53 and A54. Choices that nobody ticked are not missing (附件6
一2(3)), and neither is what does not apply; what is derived is missing when its parts are. Source: 附件6
一1, L2563–2577.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from services.monitoring.domain.registry.form import BY_NAME, CHECK, INCLUDED, PHASES, REMOVAL

Json = dict[str, Any]
State = Mapping[str, Any]

MONITORED, REMOVED = "monitored", "removed"
_AFTER_INCLUSION: Final = (MONITORED, REMOVED)
_INCOME: Final = ("wages", "business", "property", "transfers", "business_costs", "claims", "own_payments")


def completeness(state: State) -> list[Json]:
    """Return for each phase {phase, title, due, complete, missing: [{item, field, ref}]}.

    A phase that is not due yet names nothing as missing; `complete` is None then.
    """
    phases = {
        CHECK: (True, _check(state)),
        INCLUDED: (state["status"] in _AFTER_INCLUSION, _included(state)),
        REMOVAL: (state["status"] == REMOVED, _removal(state)),
    }
    return [_phase(number, due, list(missing) if due else []) for number, (due, missing) in phases.items()]


def _phase(number: int, due: bool, missing: list[Json]) -> Json:
    complete = not missing if due else None
    return {"phase": number, "title": PHASES[number], "due": due, "complete": complete, "missing": missing}


def _check(state: State) -> Iterator[Json]:
    for path in state["unknown"]:
        _, _, rest = path.partition("members.")
        place, _, field = rest.partition(".")
        yield _missing(field or path, place or None)


def _included(state: State) -> Iterator[Json]:
    """Part 6 has one entry at least: every monitored household is to be helped (二(一)2)."""
    if state["category"] is None:
        yield _missing("category", None)
    if not state["measures"]:
        yield {"item": "A39–A52", "field": "measures", "ref": None}


def _removal(state: State) -> Iterator[Json]:
    monitoring = state["monitoring"] or {}
    if monitoring.get("way") is None:
        yield _missing("removal_way", None)
    if monitoring.get("removed_on") is None:
        yield _missing("removal_on", None)
    since = monitoring.get("since") or ""
    for name in _INCOME:
        figure = state["figures"].get(name)
        if figure is None or (figure["on"] or "") <= since:
            yield _missing(name, None)


def _missing(field: str, place: str | None) -> Json:
    return {"item": BY_NAME[field].item, "field": field, "ref": place}
