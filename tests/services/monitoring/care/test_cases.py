"""The cases of care that officials can read, run against the rules; each decision also replays."""

from datetime import date, timedelta
from typing import Any

import pytest
from shouwang.decision import Decision, Input, replay
from shouwang.money import yuan
from shouwang.testing.cases import YamlCase, case_params

from services.monitoring.domain.care import (
    contacts,
    escalation,
    evaluation,
    problems,
    reviews,
)
from services.monitoring.domain.proceedings.follow_up import ends_on
from tests.services.monitoring.care.telling import CASES, REGION, figures, of_file, tried
from tests.services.monitoring.county import POLICY
from tests.services.monitoring.reading import YES_NO, word

DECIDES = (contacts, evaluation, problems, reviews)
FACTS = {
    "原风险仍在": "risk_stands",
    "有保障": "secured",
    "收入稳定": "income_stable",
    "措施有效": "measures_work",
    "新风险": "new_risk",
}


USUAL = {"原风险仍在": "是", "有保障": "是", "收入稳定": "是", "措施有效": "是", "新风险": "否"}


def sound(decision: Decision) -> Decision:
    """A decision computes again to the same answer and says something."""
    assert replay(decision.to_dict(), POLICY) == decision
    assert decision.sentence()
    return decision


def named(person: str) -> dict[str, Any]:
    return {"person": person, "org": "某单位", "level": "county", "card": None}


def _contact_steps(given: dict[str, Any], on: date) -> list[Any]:
    view = figures(given["纳入于"])
    days = view.contact_visit_days
    steps = []
    if day := given.get("联系人到岗"):
        steps.append(lambda state: contacts.assigned(state, named("甲"), day, days))
    if person := given.get("再次指定"):
        steps.append(lambda state: contacts.assigned(state, named(person), on, days))
    for one in given.get("走访于", []):
        visit = {
            "on": one.isoformat(),
            "by": "甲",
            "looked": ["income"],
            "change": "same",
            "note": "",
            "next_on": None,
        }
        steps.append(lambda state, visit=visit: contacts.visited(state, visit, days))
    if person := given.get("更换为"):
        steps.append(lambda state: contacts.replaced(state, named(person), given["原因"], on, days))
    if removed := given.get("消除于"):
        steps.append(lambda state: contacts.risk_gone(state, ends_on(removed, view.follow_up_months)))
    if again := given.get("再次纳入于"):
        steps.append(lambda state: contacts.risk_again(state, again, view.contact_assign_days))
    if "解除" in given:
        steps.append(lambda state: contacts.released(state, on))
    return steps


@pytest.mark.parametrize("case", of_file("contacts", "D-03"))
def test_contacts(case: YamlCase) -> None:
    known = (
        "纳入于",
        "联系人到岗",
        "再次指定",
        "走访于",
        "更换为",
        "原因",
        "消除于",
        "再次纳入于",
        "解除",
        "已结对户数",
    )
    given, on = case.given_of(*known), case.as_of
    view = figures(date(2021, 7, 5))
    load = Input(given.get("已结对户数", 0), label="已结对户数", unit="households")
    may = sound(contacts.may_take_another(load, figures(on)))
    fresh = contacts.wanting(f"{REGION}-0001", given["纳入于"], view.contact_assign_days)
    state, code = tried(
        fresh, *_contact_steps({**given, "纳入于": min(given["纳入于"], date(2025, 1, 1))}, on)
    )
    start = "town" if state["status"] == contacts.MISSING else "village"
    terms = (view.overdue_to_town_days, view.overdue_to_county_days)
    case.check(
        {
            "状态": contacts.STATUSES[state["status"]],
            "期限": state["due_on"],
            "逾期": word(escalation.is_overdue(state["due_on"], on)),
            "层级": escalation.level_of("village", state["due_on"], on, *terms),
            "起始层级": start,
            "可以结对": word(may),
            "拒绝": code,
            "前任数": len(state["history"]),
            "走访次数": state["visited"],
        }
    )


@pytest.mark.parametrize("case", case_params(CASES, rule="S-09"))
def test_apart(case: YamlCase) -> None:
    given = case.given_of("信息采集人", "联系人")
    names = [None if given[one] == "不详" else given[one] for one in ("信息采集人", "联系人")]
    case.check({"分开": word(sound(contacts.apart(*names)))})


def _suggested(given: dict[str, Any], on: date) -> Decision:
    said = {
        field: Input(YES_NO[{**USUAL, **given}[name]], "评估组", on, name) for name, field in FACTS.items()
    }
    income = given.get("人均纯收入", 10000)
    fen = None if income == "不详" else yuan(str(income))
    found = evaluation.Facts(**said, income=Input(fen, label="人均纯收入", unit="fen"))
    return sound(evaluation.suggested_conclusion(found, figures(on)))


def _evaluation_steps(given: dict[str, Any], on: date) -> list[Any]:
    def conclude(name: str, make: Any) -> Any:
        told = {"conclusion": given[name], "reason": given.get("理由", ""), "by": "甲"}
        return lambda state: make(state, told, "effective", on)

    makers = {"结论": evaluation.concluded, "再评": evaluation.concluded, "更正": evaluation.corrected}
    return [conclude(name, make) for name, make in makers.items() if name in given]


def _review(given: dict[str, Any], on: date) -> dict[str, Any]:
    joint = given["每月次数"] == "季调度"
    period, due_on = reviews.joint_period(on) if joint else reviews.period_of(on, given["每月次数"])
    name = reviews.title("county", period)
    held = [lambda state: reviews.held(state, {"by": "甲", "people": 3, "note": "已研判", "seen": {}}, on)]
    state, code = tried(reviews.wanted("town", period, due_on), *held * given.get("登记", 0))
    return {
        "名称": name,
        "研判期": period,
        "研判期限": state["due_on"],
        "研判状态": state["status"],
        "拒绝": code,
    }


def _change(given: dict[str, Any]) -> Any:
    def fen(name: str) -> int | None:
        return None if given.get(name, "不详") == "不详" else yuan(str(given[name]))

    before = {"per_head": fen("上次人均")} if "上次人均" in given else None
    change = evaluation.income_change(before, {"per_head": fen("本次人均")})["change"]
    return "不详" if change is None else change // 100


@pytest.mark.parametrize("case", of_file("evaluation", "D-02"))
def test_evaluation(case: YamlCase) -> None:
    known = (
        *FACTS,
        "人均纯收入",
        "纳入于",
        "结论",
        "再评",
        "更正",
        "理由",
        "状态",
        "上次人均",
        "本次人均",
        "每月次数",
        "登记",
    )
    given, on = case.given_of(*known), case.as_of
    if "每月次数" in given:
        case.check(_review(given, on))
        return
    found = _suggested(given, on)
    told = {"建议": evaluation.CONCLUSIONS.get(found.value, "不能判定"), "收入变化": _change(given)}
    quarter = evaluation.first_quarter(given.get("纳入于", on), figures(on).evaluation_grace_days)
    fresh = evaluation.wanted(f"{REGION}-0001", quarter) | (
        {"status": given["状态"]} if "状态" in given else {}
    )
    state, code = tried(fresh, *_evaluation_steps(given, on))
    told |= {
        "首评季度": state["quarter"],
        "期限": state["due_on"],
        "状态": evaluation.STATUSES[state["status"]],
    }
    told |= {
        "逾期": word(escalation.is_overdue(state["due_on"], on)),
        "拒绝": code,
        "更正次数": len(state["earlier"]),
    }
    case.check(told | {"漏评": word(evaluation.is_missed(state["quarter"], on))})


def _who(text: str) -> dict[str, Any]:
    level, id, org = text.split("/")
    name, _, group = level.partition("+")
    return {"level": name, "id": id, "org": org, "roles": ["county_leading_group"] if group else []}


def _problem_step(text: str, on: date, due_on: date) -> Any:
    name, _, rest = text.partition(":")
    return {
        "措施": lambda state: problems.with_measure(state, "翻修", "整改人", on),
        "完成": lambda state: problems.finished(state, ["照片/1"], "整改人", on),
        "无证完成": lambda state: problems.finished(state, [], "整改人", on),
        "验收": lambda state: problems.accepted(state, _who(rest), on),
        "退回": lambda state: problems.reopened(state, _who(rest), "仍漏", due_on, on),
    }[name]


@pytest.mark.parametrize("case", of_file("problems", "D-06"))
def test_problems(case: YamlCase) -> None:
    given, on = case.given_of("责任", "步骤", "新期限", "期限", "办理人"), case.as_of
    level, org = given["责任"].split("/")
    told = {
        "household": None,
        "kind": "housing",
        "source": "audit",
        "level": level,
        "org": org,
        "text": "漏雨",
    }
    told["due_on"] = given.get("期限", on + timedelta(days=30))
    steps = [_problem_step(one, on, given.get("新期限", on)) for one in given["步骤"]]
    state, code = tried({}, lambda _: problems.opened(told, "登记人", on), *steps)
    worker = _who(given.get("办理人", f"{level}/某/{org}"))
    case.check(
        {
            "拒绝": code,
            "状态": problems.STATUSES.get(state.get("status", "")),
            "退回次数": len(state.get("returns", [])),
            "起始层级": state.get("escalated"),
            "可以办理": word(problems.may_work_on(state, worker)) if state else None,
        }
    )
