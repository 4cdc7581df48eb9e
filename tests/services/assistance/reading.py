"""Turns the words of a case in YAML into what the rules take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from shouwang.decision import Decision, Input, Verdict, replay
from shouwang.errors import ShouwangError
from shouwang.money import yuan
from shouwang.service.loading import load_policy
from shouwang.vocabulary import Risk, State

from services.assistance.service import Assistance

CASES = Path("services/assistance/cases")
POLICY = load_policy(Assistance)
REGION = "430426100001"
UNKNOWN = "不详"
YES_NO = {"是": True, "否": False, UNKNOWN: None, "有": True, "无": False}
WORDS = {Verdict.YES: "是", Verdict.NO: "否", Verdict.UNKNOWN: "不能判定"}
KNOWN = {True: "是", False: "否", None: UNKNOWN}


def risk(label: str) -> str:
    """The code of a risk or state by its Chinese label."""
    labels = {one.label: one.value for one in (*Risk, *State)}
    return labels[label]


def fen(value: Any) -> int | None:
    return None if value in (None, UNKNOWN) else yuan(str(value))


def yuan_text(amount: int | None) -> Any:
    if amount is None:
        return UNKNOWN
    whole, rest = divmod(amount, 100)
    return f"{whole}.{rest:02d}" if rest else whole


def said(value: Any, label: str = "", unit: str = "") -> Input:
    return Input(value, "入户核实组", None, label, unit)


def sound(decision: Decision) -> Decision:
    """A decision computes again to the same answer, and can be said."""
    assert replay(decision.to_dict()) == decision
    assert decision.sentence()
    return decision


def refusal(act: Callable[[], Any]) -> str | None:
    """The code of the refusal that an act meets, or None."""
    try:
        act()
    except ShouwangError as error:
        return error.code
    return None
