"""A flag: one check of one quarter that a figure did not pass; the town confirms or has it corrected (D-05).

State: {id, quarter, check, status, opened_on, basis, decision, closed_on, by, evidence, earlier}. A flag
never changes a figure. What was confirmed stays confirmed while the figures are the same, and opens anew
when they change. Source: 大委乡振组〔2023〕21号 四(五).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from shouwang.decision import NO, YES, Decision
from shouwang.errors import BadRequest, Conflict

Flag = dict[str, Any]

OPEN, CONFIRMED, CORRECTED, CLEARED = "open", "confirmed", "corrected", "cleared"
STATUSES: Final = {OPEN: "待核实", CONFIRMED: "已核实属实", CORRECTED: "已更正", CLEARED: "复算后不再存疑"}
CHECKS: Final = {
    "work": "工资与务工月数",
    "production": "经营收入与种养规模",
    "paid": "转移性收入与部门发放",
    "claims": "理赔收入与部门发放",
    "round": "整数",
    "jump": "消除前突增",
    "village": "与本村相比",
    "identical": "各户雷同",
}


def flag_id(quarter: str, check: str) -> str:
    """Return "2021Q3-work"."""
    return f"{quarter}-{check}"


def examined(
    flags: Mapping[str, Flag], quarter: str, found: Mapping[str, Decision], basis: Any, on: date
) -> dict[str, Flag]:
    """Return the flags after the checks of a quarter (check → decision) were made.

    basis: the household's own figures of the quarter, by which a later change is seen.
    """
    after = dict(flags)
    for check, decision in found.items():
        id = flag_id(quarter, check)
        if decision.verdict is NO and id in after:
            after[id] = _cleared(after[id], on)
        if decision.verdict is YES:
            after[id] = _raised(after.get(id), {**_new(quarter, check, on), "basis": basis}, decision)
    return after


def _new(quarter: str, check: str, on: date) -> Flag:
    opened = {"id": flag_id(quarter, check), "quarter": quarter, "check": check, "status": OPEN}
    return {**opened, "opened_on": on.isoformat(), "earlier": []} | dict.fromkeys(
        ("closed_on", "by", "evidence")
    )


def _raised(before: Flag | None, new: Flag, decision: Decision) -> Flag:
    """What becomes of a flag whose check fails: opened, left as it is, told anew, or opened anew."""
    if before is not None and before["basis"] == new["basis"] and before["status"] != CLEARED:
        return before
    told = {"basis": new["basis"], "decision": decision.to_dict()}
    if before is None:
        return {**new, **told}
    if before["status"] == OPEN:
        return {**before, **told}
    return {**new, **told, "earlier": [*before["earlier"], {**before, "earlier": []}]}


def _cleared(before: Flag, on: date) -> Flag:
    return {**before, "status": CLEARED, "closed_on": on.isoformat()} if before["status"] == OPEN else before


def resolved(flag: Flag, outcome: str, evidence: str, by: str, on: date, collectors: set[str]) -> Flag:
    """Return the flag as the town found it: confirmed with evidence, or corrected.

    collectors: who gave the figures of that quarter. Conflict `income.flag_closed`, `income.own_figure`;
    BadRequest `income.evidence`.
    """
    if flag["status"] != OPEN:
        raise Conflict(
            f"该项{STATUSES[flag['status']]}", code="income.flag_closed", remedy="请用 income_flags 查看。"
        )
    if by in collectors:
        raise Conflict(
            "采集人不能核实自己采集的数字", code="income.own_figure", remedy="请由另一名乡镇干部核实。"
        )
    if not evidence.strip():
        raise BadRequest(
            "没有核实依据", code="income.evidence", remedy="请写明查看了什么（合同、流水、现场）。"
        )
    return {**flag, "status": outcome, "closed_on": on.isoformat(), "by": by, "evidence": evidence}


def open_flags(flags: Mapping[str, Flag]) -> list[Flag]:
    """Return the flags that nobody has answered, by quarter and check."""
    return [flags[id] for id in sorted(flags) if flags[id]["status"] == OPEN]
