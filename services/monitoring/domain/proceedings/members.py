"""Who belongs to a household while its case runs: deaths and departures in mid-procedure (D-01).

A member who dies during identification stays on record as dead and counts no more in size, labour and
insurance. Source: 湘委乡振组发〔2021〕1号 附件2 注3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from services.monitoring.domain.registry.changes import TOLD

Json = dict[str, Any]
DIED, MOVED = "died", "moved"
_DEATHS: Final = frozenset({"death"})


def staying(members: Iterable[Mapping[str, Any]], left: Iterable[str]) -> list[Mapping[str, Any]]:
    """Return the members who have not left since the case was opened."""
    gone = set(left)
    return [one for one in members if one["ref"] not in gone]


def noted(changes: Iterable[Mapping[str, Any]], change: Mapping[str, Any]) -> list[Json]:
    """Return the changes of a case with one more; the same change twice stands once."""
    known = [dict(one) for one in changes]
    new = {name: change[name] for name in ("on", "kinds", "left")}
    return known if new in known else [*known, new]


def left_since(changes: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the refs of everybody who left during the case."""
    return sorted({ref for change in changes for ref in change["left"]})


def why_gone(changes: Iterable[Mapping[str, Any]]) -> str:
    """Return the reason for which a case of a household that is gone is aborted, by the newest change."""
    newest = list(changes)[-1]
    return DIED if _DEATHS & set(newest["kinds"]) else MOVED


def warning(change: Mapping[str, Any], signed_by: str | None) -> str:
    """Return the sentence that warns those who go on with the case."""
    what = "、".join(TOLD.get(kind, kind) for kind in change["kinds"])
    told = f"{change['on']} 家庭人口有变动（{what}），人口、劳动力和人均收入已按变动后计算，请复核。"
    if signed_by in change["left"]:
        told += "签署附件1 的成员已不在户，原签字仍然有效。"
    return told
