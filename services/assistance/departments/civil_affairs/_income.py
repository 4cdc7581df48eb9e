"""Income against the 低保 standard, exact until the one rounding at the end (A-06). Amounts are fen.

What the asker says of the household's income stands; else the bureau's own assessment of it (decision 0290).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shouwang.decision import YES
from shouwang.department import Household
from shouwang.errors import UnknownValue
from shouwang.money import Fen, round_half_up

from ._said import said

MONTHS = 12
Assessed = Mapping[str, Any]
"""The newest assessment of each member, by ref."""


def lacking_of(household: Household, assessed: Assessed, policy: Any) -> Fen:
    """Return what the household together lacks of the standard in a year, work costs of those employed
    taken off its income (fen; below 0: it has more).
    """
    workers = workers_of(household, assessed)
    a_head = policy.minimum_living.standard * MONTHS - income_of(household, assessed)
    lacking: Fen = a_head * household.size + policy.minimum_living.work_cost * MONTHS * workers
    return lacking


def workers_of(household: Household, assessed: Assessed) -> int:
    """Return how many members are employed; UnknownValue where nobody said."""
    if _asker_says(household):
        return int(household.get("workers", "就业人数"))
    return _of_family(household, assessed)[1]


def income_of(household: Household, assessed: Assessed) -> Fen:
    """Return the income a head of a year (fen); UnknownValue where nobody reckoned that of the family."""
    if _asker_says(household):
        return int(household.get("income_per_head_fen", "家庭人均年收入"))
    return _of_family(household, assessed)[0] * MONTHS


def family_below(household: Household, assessed: Assessed, policy: Any) -> bool:
    """Say whether the family itself is within 低保; where nobody reckoned its income, the register of margin
    families stands, which are above the standard.
    """
    try:
        return lacking_of(household, assessed, policy) > 0
    except UnknownValue:
        return False


def a_month(yearly: Fen, size: int) -> Fen:
    """Return the monthly part of what `size` times too much lacks in a year: rounded once (fen)."""
    return round_half_up(Decimal(yearly) / (MONTHS * size))


def _asker_says(household: Household) -> bool:
    return household.attributes.get("income_per_head_fen") is not None


def _of_family(household: Household, assessed: Assessed) -> tuple[Fen, int]:
    """Return income a head of a month, and how many are employed, as last assessed of the whole family.

    Any member's row says it; one that was assessed as a household of one speaks of the person only.
    """
    rows = [one for one in assessed.values() if said(lambda one=one: one.per_head >= 0) is YES]
    whole = [one for one in rows if not _of_one(household, one)]
    if not whole:
        _ = [one.per_head for one in assessed.values()]  # says what is missing
        raise UnknownValue("成员只按单人户核算过，没有整户的家庭月人均收入。", remedy="请按整户核算。")
    if len(_figures(whole)) > 1:
        newest = max(one.assessed_on for one in whole)
        whole = [one for one in whole if one.assessed_on == newest]
    if len(_figures(whole)) > 1:
        raise UnknownValue("成员最近一次整户核算的结果不一致。", remedy="请核对是否已分户，并更正核算。")
    return whole[0].per_head, whole[0].workers


def _of_one(household: Household, row: Any) -> bool:
    return household.size > 1 and said(lambda: row.counted == 1) is YES


def _figures(rows: list[Any]) -> set[tuple[Fen, int]]:
    return {(one.per_head, one.workers) for one in rows}
