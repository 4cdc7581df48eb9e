"""Whose income is collected every quarter, and who is followed before being monitored (D-02, D-07).

Collected: 脱贫户与监测户 (大委乡振组〔2023〕21号 三(一)). Followed: 脱贫户, 低收入人口 (低保, 特困) and
relocated people who are not monitored (国乡振发〔2023〕8号 一). What nobody has said is unknown, and
unknown is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from shouwang.decision import Input, Verdict, any_of, verdict_of

Home = Mapping[str, Any]
"""What the registry says: {kind, status, ended, collected_on, members: [{minimum_living, destitute,
relocated}]}."""

EX_POOR: Final = "ex_poor"
MONITORED: Final = "monitored"
REGISTRY: Final = "村信息采集人"


def collected_quarterly(home: Home, last: date) -> bool:
    """Whether income is collected for a quarter that ends on a day; unknown kind counts as yes.

    Of a household whose registration ended by then nobody is left to be asked.
    """
    if home["ended"] is not None and home["ended"]["on"] <= last.isoformat():
        return False
    return home["status"] == MONITORED or home["kind"] in (EX_POOR, None)


def groups(home: Home) -> dict[str, Input]:
    """Return to which groups of D-07 the household belongs: True, False or None."""
    kind = None if home["kind"] is None else home["kind"] == EX_POOR
    low = any_of(*(one[name] for one in home["members"] for name in ("minimum_living", "destitute")))
    moved = any_of(*(one["relocated"] for one in home["members"]))
    answers = {"ex_poor": kind, "low_income": _answer(low), "relocated": _answer(moved)}
    given = home.get("collected_on")
    on = date.fromisoformat(given) if given else None
    return {name: Input(value, REGISTRY, on) for name, value in answers.items()}


def _answer(verdict: Verdict) -> bool | None:
    return {verdict_of(True): True, verdict_of(False): False}.get(verdict)
