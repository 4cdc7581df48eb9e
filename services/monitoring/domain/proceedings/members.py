"""A household changes while its case runs: what the case notes of it, and why it ends (D-01).

The registry takes a member who died or left out of the household; the case counts who is left. Source:
湘委乡振组发〔2021〕1号 附件2 注3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from services.monitoring.domain.registry.changes import JOINING, LEAVING, MOVING, TOLD

Json = dict[str, Any]
DIED, MOVED = "died", "moved"
_MEMBERS: Final = frozenset({*JOINING, *LEAVING, *MOVING, "return", "joined"})


def concerns_members(kinds: Iterable[str], left: Iterable[str]) -> bool:
    """Whether a change is about who belongs to the household, and not about what is known of them."""
    return bool(_MEMBERS & set(kinds)) or bool(list(left))


def noted(changes: Iterable[Mapping[str, Any]], change: Mapping[str, Any]) -> list[Json]:
    """Return the changes of a case with one more; the same change twice stands once."""
    known = [dict(one) for one in changes]
    new = {name: change[name] for name in ("on", "kinds", "left")}
    return known if new in known else [*known, new]


def why_gone(changes: Iterable[Mapping[str, Any]]) -> str:
    """Return the reason for which a case of a household that is gone is aborted, by the newest change."""
    newest = list(changes)[-1]
    return DIED if "death" in newest["kinds"] else MOVED


def warning(change: Mapping[str, Any], signed_by: str | None) -> str:
    """Return the sentence that warns those who go on with the case."""
    what = "、".join(TOLD.get(kind, kind) for kind in change["kinds"])
    told = f"{change['on']} 家庭人口有变动（{what}），人口、劳动力和人均收入已按变动后计算，请复核。"
    if signed_by in change["left"]:
        told += "签署附件1 的成员已不在户，原签字仍然有效。"
    return told
