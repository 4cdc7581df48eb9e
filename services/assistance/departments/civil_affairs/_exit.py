"""Gradual exit from 低保 after work lifted the income over the standard (A-06; decision 0290).

Amounts are fen. It begins when income a head exceeds the standard, not when work was taken up.
Sources: 湖南省有效衔接实施意见（2021-05-17） 三(十二) (L1098), 湘振局发〔2021〕18号 第二章第五节二 (L1411).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from shouwang.decision import UNKNOWN, YES
from shouwang.department import Entitlement, Household, entitled, not_entitled, unknown
from shouwang.money import Fen
from shouwang.periods import Month

from ._income import Assessed, workers_of
from ._said import said


def gradual_exit(
    household: Household, relief: Assessed, assessed: Assessed, current: Fen, policy: Any, on: date
) -> Entitlement:
    """Say whether a family with 低保, whose income exceeds the standard now, goes on receiving `current`."""
    leaving = [one for one in relief.values() if one.status == "leaving"]
    if leaving:
        goes_on = _within(household, leaving, policy, on)
        return _granted(current) if goes_on else not_entitled("渐退期已满")
    if workers_of(household, assessed) == 0:
        return unknown("收入超过低保标准，是否因就业所致须核实；因就业的给予渐退期")
    return _granted(current)


def _granted(current: Fen) -> Entitlement:
    return entitled(current, per="month", reason="就业后收入超过标准，渐退期内继续享受", receiving=True)


def _within(household: Household, leaving: Sequence[Any], policy: Any, on: date) -> bool:
    """Whether the exit still runs: by the register; where that has no day, who has worked for less than its
    time cannot be past it.
    """
    limit = policy.minimum_living.gradual_exit_months

    def by_register() -> bool:
        return _months(max(one.leaving_since for one in leaving), on) < limit

    def by_work() -> bool:
        return _months(household.get("employed_since", "就业起始日期"), on) < limit

    if said(by_register) is UNKNOWN and said(by_work) is YES:
        return True
    return by_register()


def _months(since: Any, on: date) -> int:
    return Month.of(date.fromisoformat(str(since))).months_until(Month.of(on))
