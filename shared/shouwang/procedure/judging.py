"""Asking guards: every answer is a decision that is kept with the entry; no answer is an unknown one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from shouwang.decision import UNKNOWN, Decision, Ground
from shouwang.errors import UnknownValue
from shouwang.policy import Unknown, View
from shouwang.procedure.facts import Facts, MissingFact
from shouwang.procedure.reasons import GUARD_REFUSED, GUARD_UNKNOWN, Reason
from shouwang.procedure.registry import Guard


def judge(guard: Guard, facts: Facts, view: View, on: date) -> Decision:
    """Return what the guard decides; a missing fact or an unknown parameter makes it unknown."""
    try:
        found = guard(facts, view)
    except MissingFact as missing:
        name = str(missing.args[0])
        found = Decision(guard.rule, 0, UNKNOWN, on=on, grounds=[Ground("input", name, name, None)])
    except UnknownValue as error:
        parameter = Unknown(str(error.details.get("name", "")), error.message)
        found = Decision(guard.rule, 0, UNKNOWN, on=on, grounds=[Ground.of_parameter(parameter)])
    return found if found.on else replace(found, on=on)


def reasons_of(guard: Guard, decision: Decision, source: str) -> Iterator[Reason]:
    """Yield why a guard does not let through: it says no, or it cannot say."""
    cited = decision.source or "；".join(_sources(decision)) or source
    told = decision.sentence().rstrip("。")
    if decision.is_no:
        yield Reason(GUARD_REFUSED, told, cited, guard.name)
    elif decision.is_unknown:
        yield Reason(GUARD_UNKNOWN, f"尚不能判定，缺少：{_missing(decision)}。{told}", cited, guard.name)


def _sources(decision: Decision) -> list[str]:
    return list(dict.fromkeys(ground.source for ground in decision.grounds if ground.source))


def _missing(decision: Decision) -> str:
    return "、".join(ground.label for ground in decision.grounds if not ground.known) or "依据"
