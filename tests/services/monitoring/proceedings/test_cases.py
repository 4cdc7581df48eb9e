"""The cases of the proceedings that officials can read, run against the rules; each decision also replays."""

from datetime import date
from typing import Any

import pytest
from shouwang.decision import RULES, Decision, Verdict, any_of, replay
from shouwang.errors import Refused
from shouwang.testing.cases import YamlCase

from services.monitoring.domain.proceedings import (
    category,
    early_help,
    follow_up,
    guards,
    measures,
    meeting,
    removal,
    review,
    risk,
)
from tests.services.monitoring import reading
from tests.services.monitoring.county import POLICY
from tests.services.monitoring.proceedings import acting
from tests.services.monitoring.proceedings.telling import CATEGORIES, of, view

DECIDES = (category, removal, risk, meeting, measures, early_help, review, follow_up)
FUNCTIONS = {
    "驻村干部": "village_team",
    "两委成员": "two_committees",
    "党员代表": "party_member",
    "组长": "group_leader",
}


GROUNDS = {
    "特困": "destitute",
    "低保": "minimum_living",
    "多种风险": "several_risks",
    "收入": "up_to_the_line",
}


CONCLUSIONS = {"可以消除": review.MAY, "暂不消除": review.NOT_YET}
WAYS = {"帮扶消除": measures.HELPED, "自然消除": measures.NATURAL}


def sound(decision: Decision) -> Decision:
    """A decision computes again to the same answer, and its sentence tells every figure."""
    assert replay(decision.to_dict(), POLICY) == decision
    sentence = decision.sentence()
    assert decision.conclusion_text in sentence
    for ground in decision.grounds:
        plain = ground.known and not isinstance(ground.value, bool) and ground.value is not Verdict.NO
        assert ground.text in sentence if plain else ground.label in sentence or ground.phrase
    return decision


@pytest.mark.parametrize("case", of("category", rule="M-08"))
def test_category(case):
    given = case.given_of(*reading.GIVEN)
    who = (reading.kind(given), reading.difficulty(given))
    found = sound(
        category.category_of(reading.income(given, case.as_of), reading.danger(given), *who, view(case))
    )
    case.check({"结果": reading.word(found), "类型": CATEGORIES[found.value], "结论": found.conclusion})


@pytest.mark.parametrize("case", of("category", rule="M-10"))
def test_risk(case):
    danger = reading.danger(case.given_of(*reading.GIVEN))
    insured = danger.check("insurance").value
    case.check({"有风险": reading.word(danger.verdict), "医保风险": reading.word(insured)})


@pytest.mark.parametrize("case", of("category", rule="M-12"))
def test_duty(case):
    given = case.given_of(*reading.GIVEN)
    picture = (reading.income(given, case.as_of), reading.danger(given))
    must = sound(RULES.version("M-12", on=case.as_of)(*picture, view(case)))
    may = sound(category.may_be_refused(*picture, view(case)))
    assert may.source == must.source
    told = {"必须纳入": reading.word(must), "可以不予通过": reading.word(may), "依据": must.source}
    case.check(told | {"结论": must.conclusion, "不予通过的结论": may.conclusion})


@pytest.mark.parametrize("case", of("removal", rule="R-06"))
def test_proposal(case):
    given = case.given_of(*reading.GIVEN)
    found = sound(removal.may_be_proposed(reading.labour(given), reading.progress(given)))
    case.check({"结果": reading.word(found), "结论": found.conclusion})


@pytest.mark.parametrize("case", of("removal", rule="R-01"))
def test_criteria(case):
    given = case.given_of(*reading.GIVEN)
    found = sound(removal.criteria_met(reading.progress(given), reading.danger(given)))
    case.check({"结果": reading.word(found), "结论": found.conclusion})


@pytest.mark.parametrize("case", of("removal", rule="R-02"))
def test_floor(case):
    given = case.given_of(*reading.GIVEN)
    floor = sound(removal.not_below_the_floor(reading.income(given, case.as_of), view(case)))
    able = sound(removal.somebody_can_work(reading.labour(given)))
    told = {"未触及底线": reading.word(floor), "有人能劳动": reading.word(able)}
    case.check(told | {"底线结论": floor.conclusion, "劳动结论": able.conclusion})


@pytest.mark.parametrize("case", of("removal", rule="R-03"))
def test_special_review(case):
    given = case.given_of(*reading.GIVEN, "成员低保")
    if "成员低保" in given:
        any_of_them = removal.any_member([reading.YES_NO[one] for one in given.pop("成员低保")])
        given["低保"] = {True: "是", False: "否", None: reading.UNKNOWN}[any_of_them]
    income = reading.income(given, case.as_of)
    found = sound(removal.specially_reviewed(reading.special(given), income, view(case)))
    case.check({"结果": reading.word(found), "结论": found.conclusion})


@pytest.mark.parametrize("case", of("meeting", rule="I-03"))
def test_meeting(case):
    given = case.given_of("到会", "应到", "同意", "不同意", "弃权")
    there = [(FUNCTIONS[word], persons) for word, persons in given["到会"].items()]
    attended = [{"person_ref": f"{name}-{n}", "function": name} for name, some in there for n in range(some)]
    votes = {"invited": given["应到"], "in_favour": given["同意"], "against": given["不同意"]}
    held = meeting.meeting_of({"attended": attended, **votes, "abstained": given["弃权"]})
    (in_order, agreed), policy = meeting.decisions("pass", held, view(case)), view(case)
    (_, rejected) = meeting.decisions("refuse", held, policy)
    told = {"会议有效": sound(in_order), "评议通过": sound(agreed), "可以不予通过": sound(rejected)}
    words = {f"{name}的结论": found.conclusion for name, found in told.items()}
    case.check({name: reading.word(found) for name, found in told.items()} | words | _shown(in_order))


def _shown(in_order: Decision) -> dict[str, str]:
    complete = reading.word("成员齐全" in in_order.sentence())
    return {"缺席": in_order.grounds[0].text, "到会情况": in_order.grounds[1].text, "说成员齐全": complete}


@pytest.mark.parametrize("case", of("measures", rule="R-01"))
def test_measures(case):
    given = case.given_of("方式", "措施", "已确认", "现场研判", "已结束计划")
    tasks = guards.tasks_of({"assistance": measures.tasks_of(_plans(given), str(case.as_of))})
    judged = reading.said(reading.YES_NO[given["现场研判"]], "帮扶措施")
    found = sound(measures.measures_confirmed(judged, tasks, reading.said(WAYS[given["方式"]], "消除方式")))
    told = {"结果": reading.word(found), "结论": found.conclusion}
    counted = reading.word(any(one.name == "planned" for one in found.grounds))
    warned = "".join(measures.warnings(measures.tasks_of(_plans(given), str(case.as_of)))).partition("（")[0]
    case.check(told | {"台账": found.grounds[1].text, "说明台账是否落实": counted, "提名时提示": warned})


def _plans(given: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The plans that assistance tells: one that runs, and one that ended; None where it does not answer."""
    if given["措施"] == reading.UNKNOWN:
        return None
    states = [measures.CONFIRMED] * given["已确认"] + ["assigned"] * (given["措施"] - given["已确认"])
    ended = [{"status": "assigned"}] * given.get("已结束计划", 0)
    running = {"status": "running", "tasks": [{"status": one} for one in states]}
    return [running, {"status": measures.ENDED, "tasks": ended}]


@pytest.mark.parametrize("case", of("green", rule="S-07"))
def test_early_help(case):
    given = case.given_of("风险", "线索", "预警")
    seen = [reading.said(reading.YES_NO[given[word]], word) for word in ("线索", "预警")]
    found = sound(early_help.may_be_helped_first(reading.danger(given), *seen, view(case)))
    told = {"结果": reading.word(found), "结论": found.conclusion}
    case.check(told | {"适用风险": found.grounds[0].text})


@pytest.mark.parametrize("case", of("review", rule="R-03"))
def test_review_record(case):
    given = case.given_of(*reading.GIVEN, "审查情形", "审查结论")
    special = reading.special(given | {"重点审查": "否"})
    called = review.called_for(special, reading.income(given, case.as_of), view(case))
    record = None
    if "审查情形" in given:
        grounds = [GROUNDS[one] for one in given["审查情形"]]
        record = {"grounds": grounds, "conclusion": CONCLUSIONS[given["审查结论"]]}
    words = {name: word for word, name in GROUNDS.items()}
    lacking = review.uncovered(called, record["grounds"] if record else [])
    case.check(
        {
            "应审查": [words[name] for name, verdict in called.items() if verdict is Verdict.YES],
            "未涉及": [words[name] for name in lacking],
            "算已审查": reading.word(review.counts(record, called)),
        }
    )


def _followed(case: YamlCase) -> dict[str, Any]:
    given = case.given_of("消除日期", "回访", "漏看")
    policy = view(case)
    span = (policy.follow_up_interval_months, policy.follow_up_months)
    state = follow_up.opened("h", "c", "helped", given["消除日期"], *span)
    seen = [name for name, title in follow_up.LOOKED_AT.items() if title not in given.get("漏看", [])]
    for on in given.get("回访", []):
        state = follow_up.visited(state, {"on": on.isoformat(), "looked_at": seen, "risks": []})
    return state


@pytest.mark.parametrize("case", of("follow_up", rule="R-04"))
def test_follow_up(case):
    try:
        state = _followed(case)
    except Refused:
        case.check({"状态": "不收"})
        return
    case.check(
        {
            "状态": follow_up.STATUSES[state["status"]],
            "下次回访": date.fromisoformat(state["next_on"]) if state["next_on"] else "无",
            "逾期": reading.word(follow_up.is_overdue(state, case.as_of)),
        }
    )


STEPS = [
    one
    for rule in ("I-01", "I-02", "I-03", "I-04", "I-05", "I-06", "I-07", "R-03", "R-05", "R-06")
    for one in of("steps", rule=rule)
]


@pytest.mark.parametrize("case", STEPS)
def test_steps(case):
    result, reasons, version = acting.act(case.given_of(*acting.GIVEN))
    case.check({"结果": result, "理由": reasons, "版本": version})


@pytest.mark.parametrize("case", of("borne_out", rule="S-07"))
def test_borne_out(case):
    given = case.given_of("所报", "在案", "所列")
    told, kinds = (None if given[one] == reading.UNKNOWN else given[one] for one in ("所报", "所列"))
    found = early_help.borne_out(told, set(given["在案"]), kinds)
    case.check({"可依据": reading.WORDS[Verdict.UNKNOWN if found is None else any_of(found)]})
