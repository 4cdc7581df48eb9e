"""How good a department's clues are, by what the household checks found (S-03: 真实性、准确性、完整性).

True: the household was included, or the check found it at risk, or its trouble was solved on the spot.
Known: it was monitored already. Wrong: not the person, or nobody of that name. What is still open says
nothing. Source: 湘委乡振组发〔2021〕1号 二(二)1 三 (各级行业部门对其推送的本部门数据真实性、准确性、
完整性负责).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

State = dict[str, Any]
TRUE, KNOWN, NO_RISK, WRONG, ELSEWHERE, OPEN = "true", "known", "no_risk", "wrong", "elsewhere", "open"
JUDGED: Final = (TRUE, KNOWN, NO_RISK, WRONG)
KINDS: Final = (*JUDGED, ELSEWHERE, OPEN)
_OF_OUTCOME: Final[dict[str | None, str]] = {
    "included": TRUE,
    "solved": TRUE,
    "already_monitored": KNOWN,
    "refused": NO_RISK,
    "no_risk": NO_RISK,
    "wrong_person": WRONG,
    "not_found": WRONG,
    "not_here": ELSEWHERE,
    "gone": ELSEWHERE,
}
PLACES: Final = Decimal("0.001")


def judged(outcome: str | None, finding: str | None) -> str:
    """Return what a clue proved to be, by its outcome, else by what the check found."""
    if outcome in _OF_OUTCOME:
        return _OF_OUTCOME[outcome]
    return TRUE if finding == "at_risk" else OPEN


def share(part: int, whole: int) -> str | None:
    """Return a share to three places, None of nothing."""
    return str((Decimal(part) / whole).quantize(PLACES)) if whole else None


def of_departments(clues: Iterable[Mapping[str, Any]]) -> list[State]:
    """Return figures by department and rule; each household counts once for a rule, however often it was
    sent.

    clues: {sources, outcome, finding}. A figure: {department, rule, sent, true, known, no_risk, wrong,
    elsewhere, open, precision}; precision: share of true and known among what was judged, None while
    nothing was.
    """
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for clue in clues:
        kind = judged(clue["outcome"], clue["finding"])
        for who in {
            (one["department"], one.get("rule") or "") for one in clue["sources"] if one.get("department")
        }:
            of_one = counts.setdefault(who, dict.fromkeys(KINDS, 0))
            of_one[kind] += 1
    return [_figure(department, rule, counts[department, rule]) for department, rule in sorted(counts)]


def _figure(department: str, rule: str, counts: Mapping[str, int]) -> State:
    proved = counts[TRUE] + counts[KNOWN]
    figure = {"department": department, "rule": rule, "sent": sum(counts.values()), **counts}
    return {**figure, "precision": share(proved, sum(counts[kind] for kind in JUDGED))}
