"""The cases of tasks that officials can read (A-09)."""

from datetime import date

import pytest
from shouwang.testing.cases import case_params

from services.assistance.domain.tasks import ageing, escalation, payment, progress
from services.assistance.domain.tasks import task as tasks
from tests.services.assistance.reading import CASES, POLICY, REGION, fen, yuan_text

DECIDES = (ageing, escalation, payment, progress)
FOLDER = CASES / "tasks"
KINDS = {"transfer": "转移性收入", "claim": "理赔收入", None: "不计"}
STATES = {label: state for state, label in tasks.STATUS_LABELS.items()}
LEVELS = {label: level for level, label in escalation.LEVEL_LABELS.items()}
MEASURE = {"department": "甲", "measure": "A48-03", "title": "", "amount_fen": 0, "evidence": [], "risks": []}


def having(*keys):
    return [one for one in case_params(FOLDER, rule="A-09") if set(keys) <= set(one.values[0].given)]


def a_task(**more):
    return tasks.assign("t", MEASURE, "", date(2021, 8, 20), 30) | more


@pytest.mark.parametrize("case", having("代码"))
def test_paid(case):
    given, view = case.given_of("部门", "代码", "金额"), POLICY.at(case.as_of, REGION)
    task = {"department": given["部门"], "measure": given["代码"]}
    lists = (view.claim_measures, view.not_income_measures)
    case.check({"类别": KINDS[payment.kind_of_payment(task, fen(given["金额"]), *lists)]})


@pytest.mark.parametrize(
    "case", [one for one in having("期限") if not isinstance(one.values[0].given["期限"], list)]
)
def test_overdue(case):
    given, view = case.given_of("期限", "已报", "状态"), POLICY.at(case.as_of, REGION)
    days = {level: view[f"overdue_to_{level}_days"].value for level in escalation.LEVELS}
    task = a_task(due_on=given["期限"].isoformat(), status=STATES[given.get("状态", "待落实")])
    for label in given.get("已报", []):
        task = escalation.escalate(task, LEVELS[label], case.as_of)
    due = escalation.levels_due(task, case.as_of, days)
    for level in due:
        task = escalation.escalate(task, level, case.as_of)
    assert escalation.levels_due(task, case.as_of, days) == []
    assert (task["escalated_on"] is None) is (not task["escalations"])
    late = "是" if tasks.is_overdue(task, case.as_of) else "否"
    case.check({"逾期": late, "上报": [escalation.LEVEL_LABELS[level] for level in due]})


@pytest.mark.parametrize(
    "case", [one for one in having("期限") if isinstance(one.values[0].given["期限"], list)]
)
def test_owed(case):
    given = case.given_of("期限", "金额", "无人承办", "有异议")
    amounts = given.get("金额", [0] * len(given["期限"]))
    found = []
    for number, (due, amount) in enumerate(zip(given["期限"], amounts, strict=True)):
        lost = "2021-12-01" if number < given.get("无人承办", 0) else None
        disputed = [{}] if number < given.get("有异议", 0) else []
        more = {
            "due_on": due.isoformat(),
            "amount_fen": fen(amount),
            "orphaned_on": lost,
            "disputed": disputed,
        }
        found.append(a_task(**more))
    age = POLICY.at(case.as_of, REGION).owed_age
    (owed,) = ageing.owed(found, case.as_of, (age.first_days, age.second_days, age.third_days))
    classes = ("未到期", "一至七天", "八至三十天", "三十一至九十天", "九十天以上")
    told = dict(zip(classes, (one["tasks"] for one in owed["classes"]), strict=True))
    told |= {"件数": owed["open"], "金额": yuan_text(owed["amount_fen"]), "金额不详": owed["unpriced"]}
    case.check(
        told | {"无人承办": owed["orphaned"], "有异议": owed["disputed"], "最早": owed["oldest_due_on"]}
    )


@pytest.mark.parametrize("case", having("任务"))
def test_progress(case):
    given = case.given_of("任务", "有异议", "无人承办")
    found = [
        a_task(
            status=STATES[label],
            disputed=[{}] if number in given.get("有异议", []) else [],
            orphaned_on="2021-12-01" if number in given.get("无人承办", []) else None,
        )
        for number, label in enumerate(given["任务"], start=1)
    ]
    made = progress.progress(found)
    told = {"进度": progress.LABELS[made["stage"]], "计划": progress.status_of(found)}
    names = {"已终止": "ended", "有异议": "disputed", "无人承办": "orphaned", "待落实": "assigned"}
    names |= {"已落实": "delivered", "已确认": "confirmed"}
    case.check(told | {label: made[name] for label, name in names.items()})
