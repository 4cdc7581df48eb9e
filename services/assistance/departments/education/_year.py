"""A yearly standard against what was paid of it in the school year, in fen (decisions 0258, 0274)."""

from __future__ import annotations

from typing import Any

from shouwang.department import Entitlement, entitled, not_entitled, unknown
from shouwang.money import Fen, format_yuan


def elsewhere(enrolment: Any, policy: Any) -> bool:
    """Say whether the school is of another county than the place asked about (county or village)."""
    return not policy.region.startswith(enrolment.county)


def rest_of_the_year(standard: Fen, given: Fen, what: str, away: bool) -> Entitlement:
    """Grant the yearly standard less what was paid in the school year, so that no year exceeds it.

    away: the place of the school pays, and what it paid is not known here (decision 0274).
    """
    if given >= standard:
        return not_entitled(f"本学年{what}已足额发放", receiving=True)
    if away:
        return unknown(f"在外县就读，{what}由就读地发放，是否已发请向就读学校核实")
    return entitled(standard - given, per="year", reason=_given_so_far(standard, given), receiving=False)


def _given_so_far(standard: Fen, given: Fen) -> str:
    return f"本学年标准 {format_yuan(standard)}，已发 {format_yuan(given)}，只补余额" if given > 0 else ""
