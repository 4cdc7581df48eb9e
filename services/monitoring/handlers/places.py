"""Where a call belongs: the number of a household, clue, case or ledger begins with its division code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shouwang.access import require_region
from shouwang.errors import Forbidden, NotFound
from shouwang.service import Context

_OF_A_HOUSEHOLD = ("household", "case", "clue")
_OF_A_PLACE = ("ledger", "reconciliation", "inquiry", "handover", "post", "warning", "study")


def region_of(ctx: Context, request: dict[str, Any]) -> str:
    """Resolve the region of a call about one household, case, clue, ledger or the like.

    Whoever names several (a clue and the household to which it goes) must be at home where each lies. A
    place's own matters count only where no household's is named: a village may refer to a county's warning.
    """
    named = _named(request, _OF_A_HOUSEHOLD) or _named(request, _OF_A_PLACE)
    if not named:
        raise NotFound("没有说明是哪一户或哪一案", remedy="请给出 household 或 case。")
    for code in named[1:]:
        require_region(ctx.actor, code)
    return named[0]


def _named(request: dict[str, Any], names: Iterable[str]) -> list[str]:
    return [region_of_id(request[name]) for name in names if request.get(name)]


def region_of_report(ctx: Context, request: dict[str, Any]) -> str:
    """Resolve the region of a clue: that of the household when it is named."""
    return region_of_id(request["household"]) if request.get("household") else str(request["region"])


def region_of_id(id: str) -> str:
    """Return the division code with which an id begins."""
    return id.partition("-")[0]


def own_household_only(ctx: Context, household: str | None) -> None:
    """Let a household act only on itself (its actor's `org` is its number)."""
    if ctx.actor.level == "household" and ctx.actor.org != household:
        raise Forbidden(
            "农户只能办理本户事项",
            code="access.not_own_household",
            remedy="代他人申报请用“他人代报”渠道，或由村干部办理。",
        )
