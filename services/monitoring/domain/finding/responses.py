"""How quickly clues are answered: in time, late, not yet; by channel, by village, by day (S-06).

Source: 湘振局发〔2021〕18号 第四章第二节三(3) (“当天发现、当天响应”).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from services.monitoring.domain.finding.quality import share

State = dict[str, Any]
IN_TIME, LATE, OVERDUE, WAITING, UNSET = "in_time", "late", "overdue", "waiting", "unset"
KINDS: Final = (IN_TIME, LATE, OVERDUE, WAITING, UNSET)
NOT_JUDGED: Final = (WAITING, UNSET)


def kind_of(clue: Mapping[str, Any], on: date) -> str:
    """Return in_time or late of an answered clue, overdue or waiting of one that nobody has answered.

    unset: nobody has said by when (decision 0294).
    """
    if clue["due_on"] is None:
        return UNSET
    answered = clue["responded_on"] or clue["closed_on"]
    if answered is not None:
        return IN_TIME if answered <= clue["due_on"] else LATE
    return OVERDUE if on.isoformat() > clue["due_on"] else WAITING


def measured(clues: Sequence[Mapping[str, Any]], on: date) -> State:
    """Return {total, by_channel, by_village, days} of clues {first_channel, region, found_on, due_on, …}.

    Each figure: {clues, in_time, late, overdue, waiting, unset, share}; share: of those whose time has come.
    days: on how many days clues were found, and on how many of them all were answered in time.
    """
    kinds = [(clue, kind_of(clue, on)) for clue in clues]
    return {
        "total": _figure([kind for _, kind in kinds]),
        "by_channel": _by(kinds, lambda clue: clue["first_channel"]),
        "by_village": _by(kinds, lambda clue: clue["region"]),
        "days": _days(kinds),
    }


def _by(
    kinds: Iterable[tuple[Mapping[str, Any], str]], of: Callable[[Mapping[str, Any]], str]
) -> dict[str, State]:
    groups: dict[str, list[str]] = {}
    for clue, kind in kinds:
        groups.setdefault(of(clue), []).append(kind)
    return {name: _figure(groups[name]) for name in sorted(groups)}


def _figure(kinds: Sequence[str]) -> State:
    counts = {kind: kinds.count(kind) for kind in KINDS}
    came = sum(kind not in NOT_JUDGED for kind in kinds)
    return {"clues": len(kinds), **counts, "share": share(counts[IN_TIME], came)}


def _days(kinds: Iterable[tuple[Mapping[str, Any], str]]) -> State:
    days: dict[str, set[str]] = {}
    for clue, kind in kinds:
        days.setdefault(clue["found_on"], set()).add(kind)
    kept = sum(found == {IN_TIME} for found in days.values())
    return {"with_clues": len(days), "all_in_time": kept}
