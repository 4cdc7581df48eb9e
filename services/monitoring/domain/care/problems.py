"""The ledger of prominent problems 问题消化台账: who, by when, done, accepted by the level above (D-06).

State: {household, kind, source, level, org, due_on, status, escalated, opened_by, opened_on, text,
measures: [{on, by, text}], evidence, done_by, done_on, accepted_by, accepted_on, returns: [{on, by,
reason}]}. Source: 大委乡振组〔2023〕21号 三(一)
(对问题突出的制定问题消化台账，分层分级落实责任，限时帮扶补短).
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from shouwang.errors import BadRequest, Refused

from services.monitoring.domain.care.refusing import refused

State = dict[str, Any]

OPEN: Final = "open"
DONE: Final = "done"
ACCEPTED: Final = "accepted"
STATUSES: Final[dict[str, str]] = {OPEN: "整改中", DONE: "已整改、待验收", ACCEPTED: "已验收销号"}
KINDS: Final[dict[str, str]] = {
    "income": "收入短板",
    "housing": "住房安全",
    "school": "义务教育",
    "water": "饮水安全",
    "insurance": "基本医疗",
    "measures": "帮扶措施不落实",
    "records": "信息不准不实",
    "conduct": "工作作风",
    "funds": "资金资产",
    "other": "其他",
}
SOURCES: Final[dict[str, str]] = {
    "inspection": "排查走访",
    "evaluation": "季度评估",
    "audit": "审计督查",
    "petition": "信访舆情",
    "review": "研判调度",
}
LEVELS: Final[dict[str, str]] = {"village": "村", "town": "乡镇", "department": "部门", "county": "县"}
ABOVE: Final[dict[str, str]] = {
    "village": "town",
    "town": "county",
    "department": "county",
    "county": "county",
}
"""Who accepts what a level has put right; the county's own goes to its leading group."""
LEADING_GROUP: Final = "county_leading_group"
_SOURCE = "大委乡振组〔2023〕21号 三(一)"


def opened(given: State, by: str, on: date) -> State:
    """Return a new problem: given is {household, kind, source, level, org, due_on, text}."""
    if given["due_on"] < on:
        raise BadRequest("整改期限早于今天", code="care.due_past", remedy="请给出今天或以后的期限。")
    start = "village" if given["level"] == "village" else ("county" if given["level"] == "county" else "town")
    rest = dict.fromkeys(("evidence", "done_by", "done_on", "accepted_by", "accepted_on"))
    told = {"due_on": given["due_on"].isoformat(), "opened_by": by, "opened_on": on.isoformat()}
    return {**given, **rest, **told, "status": OPEN, "escalated": start, "measures": [], "returns": []}


def with_measure(state: State, text: str, by: str, on: date) -> State:
    """Return the problem with one more measure taken."""
    _check_status(state, OPEN, "登记措施")
    return {**state, "measures": [*state["measures"], {"on": on.isoformat(), "by": by, "text": text}]}


def finished(state: State, evidence: list[str], by: str, on: date) -> State:
    """Return the problem put right, with evidence; without any measure or evidence it is Refused."""
    _check_status(state, OPEN, "报完成")
    if not state["measures"] or not evidence:
        message = "没有整改措施或佐证材料，不能报完成。"
        raise refused(message, "D-06", _SOURCE, "请先登记措施，并附佐证编号。", code="care.no_evidence")
    return {**state, "status": DONE, "evidence": evidence, "done_by": by, "done_on": on.isoformat()}


def accepted(state: State, who: State, on: date) -> State:
    """Return the problem struck off. `who`: {id, org, level, roles}; nobody accepts their own."""
    _check_status(state, DONE, "验收")
    _check_above(state, who)
    return {**state, "status": ACCEPTED, "accepted_by": who["id"], "accepted_on": on.isoformat()}


def reopened(state: State, who: State, reason: str, due_on: date, on: date) -> State:
    """Return the problem sent back by the level above, with a new day."""
    if state["status"] == OPEN:
        _check_status(state, DONE, "退回")
    _check_above(state, who)
    if due_on < on:
        raise BadRequest("整改期限早于今天", code="care.due_past", remedy="请给出今天或以后的期限。")
    back = {"on": on.isoformat(), "by": who["id"], "reason": reason}
    told = {"due_on": due_on.isoformat(), "returns": [*state["returns"], back], "accepted_by": None}
    return {**state, **told, "status": OPEN, "accepted_on": None}


def may_work_on(state: State, who: State) -> bool:
    """Whether somebody is responsible: of the same level and organisation, or of the county."""
    same: bool = who["level"] == state["level"] and who["org"] == state["org"]
    return same or who["level"] == "county"


def _check_above(state: State, who: State) -> None:
    """Refuse who put it right or, within the county, entered it; and everybody not of the level above."""
    opener = state["opened_by"] if state["level"] == who["level"] else None
    if who["id"] in (state["done_by"], opener):
        raise _not_above("自己整改、自己登记的问题不能由本人验收。")
    if who["level"] != ABOVE[state["level"]]:
        raise _not_above(f"{LEVELS[state['level']]}级整改的问题应由上一级验收。")
    if state["level"] == "county" and LEADING_GROUP not in who["roles"]:
        raise _not_above("县级整改的问题由领导小组验收。")


def _not_above(message: str) -> Refused:
    return refused(message, "D-06", _SOURCE, "请由上一级其他人员验收。", code="care.not_above")


def _check_status(state: State, wanted: str, what: str) -> None:
    if state["status"] != wanted:
        message = f"该问题{STATUSES[state['status']]}，不能{what}。"
        raise refused(message, "D-06", _SOURCE, "请用 problem 查看其状态。", code="care.problem_status")
