"""Turns the words of the finding cases into what the rules take, and what they answer back into words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from shouwang.errors import ShouwangError

from services.monitoring.domain.finding import clues, following, handover, posts, rounds
from services.monitoring.domain.registry import dissolved

State = dict[str, Any]
YES = ("是", True)
TOLD_AGAIN, CLOSE_DAYS, PEOPLE, SECOND = 7, 30, 2, 10
OPENS, CLOSES = date(2021, 7, 5), date(2021, 7, 31)


def says(value: Any) -> bool:
    """是 or 否, as YAML gives them."""
    return value in YES


def refused(tell: Callable[[], State]) -> State:
    """What a story comes to, or the code of its refusal."""
    try:
        return {"拒绝": "无", **tell()}
    except ShouwangError as error:
        return {"拒绝": error.code}


def word(value: Any) -> Any:
    return "不详" if value is None else value


def clue_of(given: Mapping[str, Any], on: date) -> State:
    """Live the story of a clue, step by step in the order of the office."""
    found = given["发现于"]
    home = None if says(given.get("未匹配")) else "h"
    first = clues.source("self_report", found, ["illness"], reporter="h")
    terms = (None, None) if says(given.get("期限待定")) else (given.get("响应天数", 0), CLOSE_DAYS)
    clue = clues.opened(home, first, *terms) | {"escalated_on": None}
    for one in _sources(given, on):
        clue = clues.joined(clue, one)
    clue = _after(clue, given, on)
    return clues.dated(clue, *given["补定"]) if "补定" in given else clue


def _sources(given: Mapping[str, Any], on: date) -> list[State]:
    names = {"又由部门发现": "医保", "又由住建发现": "住建"}
    sent = [
        clues.source("department", on, ["housing"], department=who, key=key)
        for label, who in names.items()
        for key in given.get(label, [])
    ]
    told = [clues.source("self_report", day, ["illness"], reporter="h") for day in given.get("又自报于", [])]
    letters = [clues.source("petition", on, ["water"], reference=one) for one in given.get("来件", [])]
    return [*sent, *told, *letters]


def _after(clue: State, given: Mapping[str, Any], on: date) -> State:
    if "响应于" in given:
        clue = clues.responded(clue, given["响应于"], {})
    if says(given.get("已进程序")) and "办结" not in given:
        clue = clues.in_case(clue, "c1")
    if "核查" in given:
        clue = clues.checked(clue, _check(given["核查"]), PEOPLE, on)
    if says(given.get("已进程序")) and clue["status"] != clues.IN_CASE and "再进" not in given:
        return _closed_then_entered(clue, given, on)
    return _ended(clue, given, on)


def _closed_then_entered(clue: State, given: Mapping[str, Any], on: date) -> State:
    """A clue in a case that is closed by hand; or, answered first, closed and then entered."""
    if clue["status"] == clues.OPEN:
        return _ended(clues.in_case(clue, "c1"), given, on)
    return clues.in_case(_ended(clue, given, on), "c1")


def _ended(clue: State, given: Mapping[str, Any], on: date) -> State:
    for label in ("办结", "再办结"):
        if label in given:
            clue = clues.closed(clue, given[label], "理由", on)
    if "程序办结" in given:
        clue = clues.closed(clue, given["程序办结"], "理由", on, by_case=True)
    if says(given.get("登记终止")):
        clue = clues.closed(clue, clues.GONE, "理由", on, by_case=True)
    if says(given.get("改挂")):
        clue = clues.reassigned(clue, on)
    for one in given.get("答复", []):
        answer = {
            "channel": "petition",
            "reference": one,
            "on": str(given.get("答复于", on)),
            "way": "letter",
            "by": "u",
        }
        clue = clues.reporter_answered(clue, answer, on)
    return clue


def left(given: Mapping[str, Any]) -> str:
    """Where a household went whose members left one by one: [day, to whom]."""
    former = [{"left": {"on": str(day), "to": None if to == "无" else to}} for day, to in given["离开"]]
    ended = {"on": str(given["登记终止于"]), "kind": "k"} if "登记终止于" in given else None
    return dissolved.went_to({"ended": ended, "former": former}) or "无"


def _check(given: Mapping[str, Any]) -> State:
    people = [{"person_ref": one, "role": "town_officer"} for one in given["人员"]]
    return {"on": given["于"].isoformat(), "people": people, "finding": given["结论"], "note": "", "by": "u"}


def followed(given: Mapping[str, Any], on: date) -> State:
    """Whom a clue concerns today, whom to tell, and since when it was put up."""
    clue = clue_of({name: given[name] for name in given if name != "已提醒"}, on)
    told = given.get("已提醒", {})
    clue |= {"escalations": dict(told), "escalated_on": told.get("town")}
    levels = following.to_tell(clue, on, TOLD_AGAIN)
    after = following.told(clue, levels, on)
    return {
        "涉及": [following.LEVELS[one] for one in following.concerned(clue, on)],
        "今日提醒": [following.LEVELS[one] for one in levels],
        "首次上报": after["escalated_on"] or "无",
        "记下": [
            following.LEVELS[one] for one in after["escalations"] if after["escalations"][one] == str(on)
        ],
    }


def listed(given: Mapping[str, Any], on: date) -> State:
    """Hand a list over, let it be received, send more."""
    batch = {"department": "医保", "batch": "b", "rule": "S-05", "period": "2021-08"}
    days = None if says(given.get("期限待定")) else 1
    state = handover.with_items(handover.handed(batch, given["交办于"], days), _items(given["清单"]))
    state = handover.dated(state, given["补定"]) if "补定" in given else state
    for _ in range(given.get("签收", 0)):
        state = handover.received(state, "u", on)
    state = handover.with_items(state, _items(given.get("又送来", {})))
    state |= {"told_on": given.get("提醒过")}
    last = state["receipts"][-1] if state["receipts"] else {"total": None, "unmatched": None}
    return {
        "状态": handover.STATUSES[state["status"]],
        "期限": state["due_on"] or "待定",
        "总数": len(state["items"]),
        "未匹配": handover.unmatched(state),
        "签收次数": len(state["receipts"]),
        "签收总数": last["total"],
        "签收未匹配": last["unmatched"],
        "逾期": "是" if handover.is_overdue(state, on) else "否",
        "提醒": "是" if handover.to_remind(state, on, TOLD_AGAIN) else "否",
    }


def _items(given: Mapping[str, str]) -> list[State]:
    return [
        {"key": key, "clue": key, "household": None if home == "无" else home} for key, home in given.items()
    ]


def inspected(given: Mapping[str, Any], on: date) -> State:
    """Open a ledger, visit, and see who was not."""
    if "期" in given:
        rounds.check_days(*given["期"])
        return {}
    households = given["名册"]
    ledger = rounds.ledger("2021-2", "v1", OPENS, CLOSES, given.get("开始时", households))
    for one in given["走访"]:
        ledger = rounds.with_visits(ledger, [_visit(*one)], SECOND)
    seen = rounds.coverage(ledger, households, on)
    (total,) = rounds.summed([ledger], {"v1": len(households), **_neighbours(given)}, 0)
    year = given.get("一年应有", 2)
    return {
        "户数": seen["households"],
        "已走访": seen["visited"],
        "未走访": seen["not_visited"],
        "新增": seen["added_later"],
        "再访": [f"{one['household']} {one['again_by']}" for one in seen["second_visits"]],
        "再访逾期": sum(one["overdue"] for one in seen["second_visits"]),
        "不在": ledger["count"]["absent"],
        "拒访": ledger["count"]["refused"],
        "有风险": seen["at_risk"],
        "不完整": seen["incomplete"],
        "合计": _sum(total),
        "还缺轮数": rounds.rounds_missing({2021: 1}, 2021, year),
        "缺的半年": [one["half"] for one in rounds.halves_missing(["v1"], [("v1", "2021-2")], 2021)],
        **{one["group"]: f"{one['visited']}/{one['households']}" for one in seen["groups"]},
    }


def _visit(household: str, on: date, result: str = "seen", checked: Any = (), risks: Any = ()) -> State:
    return {
        "household": household,
        "on": on,
        "result": result,
        "checked": list(checked),
        "risks": list(risks),
    }


def _neighbours(given: Mapping[str, Any]) -> dict[str, int]:
    return {f"w{number}": homes for number, homes in enumerate(given.get("邻村户数", []))}


def _sum(total: State) -> str:
    numbers = [total[name] for name in ("villages", "households", "seen", "not_visited", "without_ledger")]
    return "{} 村 {} 户，已走访 {}，未走访 {}，无台账 {}".format(*numbers)


def posted(given: Mapping[str, Any], on: date) -> State:
    """Take a post, leave it, be replaced."""
    state = posts.post(given["职务"], "u-1", given["地点"], given["任职"])
    for label in ("离任", "再离任"):
        if label in given:
            state = posts.ended(state, given[label], "调动")
    if "接替" in given:
        new = given["接替"]
        posts.check_same_post(state, posts.post(new["职务"], "u-2", new["地点"], new["于"]))
        state = posts.replaced(state, new["于"], "退休", "p-2")
    vacant = [one["role"] for one in posts.vacancies([given["地点"]], [state], on)]
    mine = [role for role in vacant if role == given["职务"]]
    return {"在任": "是" if posts.holds_on(state, on) else "否", "空缺": mine, "前任至": state["to"]}
