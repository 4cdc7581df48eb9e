"""The cases of tasks that officials can read (A-09)."""

from datetime import date, timedelta

import pytest
from shouwang.testing.cases import case_params

from services.assistance.domain.planning.rules import word_of
from services.assistance.domain.tasks import (
    ageing,
    dating,
    escalation,
    owing,
    parts,
    payment,
    progress,
    withdrawing,
)
from services.assistance.domain.tasks import task as tasks
from tests.services.assistance.reading import CASES, POLICY, REGION, fen, refusal, risk, yuan_text

DECIDES = (ageing, dating, escalation, owing, parts, payment, progress, tasks, withdrawing)
TELLING = ("said",)
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
    given, view = case.given_of("期限", "已报", "状态", "变更过", "有过异议"), POLICY.at(case.as_of, REGION)
    days = {level: view.find(f"overdue_to_{level}_days").value for level in escalation.LEVELS}
    past = {"changes": [{}] if "变更过" in given else [], "disputed": [{}] if "有过异议" in given else []}
    task = a_task(due_on=given["期限"].isoformat(), status=STATES[given.get("状态", "待落实")], **past)
    for label in given.get("已报", []):
        task = escalation.escalate(task, LEVELS[label], case.as_of)
    due = escalation.levels_due(task, case.as_of, days)
    keys = [escalation.key_of(task, level) for level in due]
    for level in due:
        task = escalation.escalate(task, level, case.as_of)
    assert escalation.levels_due(task, case.as_of, days) == []
    assert (task["escalated_on"] is None) is (not task["escalations"])
    late = "是" if tasks.is_overdue(task, case.as_of) else "否"
    told = [escalation.LEVEL_LABELS[level] for level in due]
    case.check({"逾期": late, "上报": told, "消息": keys})


@pytest.mark.parametrize(
    "case", [one for one in having("期限") if isinstance(one.values[0].given["期限"], list)]
)
def test_owed(case):
    given = case.given_of("期限", "金额", "无人承办", "有异议", "状态")
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
            "status": STATES[given.get("状态", "待落实")],
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


@pytest.mark.parametrize("case", having("发放日"))
def test_dating(case):
    given = case.given_of("发放日", "派单日", "比对天数")
    days = (given["发放日"], given["派单日"])
    words = {dating.FITS: "可以", dating.TO_COME: "未到", dating.TOO_OLD: "太早"}
    found = dating.day_of(*days, case.as_of, given.get("比对天数"))
    told = dating.WORDS.get(found, "").format(on=days[0], assigned_on=days[1])
    assert str(days[0]) in told or found == dating.FITS
    case.check({"登记": words[found], "查重": "是" if dating.is_earlier(*days) else "否"})


@pytest.mark.parametrize("case", having("各项任务"))
def test_owing(case):
    given = case.given_of("各项任务", "计划已终结")
    listed = [kept(one, number) for number, one in enumerate(given["各项任务"], start=1)]
    plan = {"status": "ended" if given.get("计划已终结") == "是" else "running", "tasks": listed}
    told = {"还欠": [one["id"] for one in owing.owed_of(plan)]}
    told |= {"到户": [yuan_text(owing.given_fen(one)) for one in listed]}
    case.check(told | {"凭据": [owing.given_evidence(one) for one in listed]})


def kept(given, number):
    """A task as a plan keeps it: what was delivered of it, what is disputed, what came after its end."""
    paid = lambda one: {"on": "2021-09-01", "amount_fen": fen(one[0]), "evidence": one[1:]}  # noqa: E731
    late = [{"what": parts.AFTER_END, **paid(one)} for one in given.get("终止后付", [])]
    told = {"id": number, "status": STATES[given["状态"]], "changes": [{"what": "stopped"}, *late]}
    told |= {"delivered": paid(given["付"]) if "付" in given else None}
    return a_task(**told, disputed=[{}] if given.get("有过异议") == "是" else [])


@pytest.mark.parametrize("case", having("任务"))
def test_progress(case):
    given = case.given_of("任务", "有异议", "无人承办", "任务的风险", "户的风险")
    risks = [[risk(one)] for one in given.get("任务的风险", [])] or [[]] * len(given["任务"])
    found = [
        a_task(
            risks=risks[number - 1],
            status=STATES[label],
            disputed=[{}] if number in given.get("有异议", []) else [],
            orphaned_on="2021-12-01" if number in given.get("无人承办", []) else None,
        )
        for number, label in enumerate(given["任务"], start=1)
    ]
    made = progress.progress(found)
    lacking = progress.uncovered([risk(one) for one in given.get("户的风险", [])], found)
    told = {"无人覆盖": [word_of(one) for one in lacking]}
    told |= {"进度": progress.LABELS[made["stage"]], "计划": progress.status_of(found)}
    names = {"已终止": "ended", "有异议": "disputed", "无人承办": "orphaned", "待落实": "assigned"}
    names |= {"已落实": "delivered", "已确认": "confirmed"}
    case.check(told | {label: made[name] for label, name in names.items()})


PAPER = {"department": "甲", "measure": "A45-03", "title": "救助", "amount_fen": 900_00, "risks": []}
BY = ("理由", "officer-1")
PAID = (0, 400, 499, 500, 501, 901)


def withdrawals(task, on):
    """Steps that take sums back: one of them, the only one, all, or less than told."""
    found = lambda reason: withdrawing.Finding(reason, "查银行流水", "t-1", on)  # noqa: E731

    def take(number, paid_fen=0):
        chosen = withdrawing.chosen(task, number)
        rest = withdrawing.rest_of(task, chosen, paid_fen)
        reason = withdrawing.WRONG_SUM if rest else withdrawing.NOT_PAID
        return withdrawing.withdraw(task, [chosen], found(reason), 10, rest)

    return {
        "撤唯一一笔": lambda: take(None),
        "撤全部": lambda: withdrawing.withdraw(
            task, list(parts.standing(task)), found(withdrawing.NOT_RECEIVED), 10
        ),
        "无期撤第1笔": lambda: withdrawing.withdraw(task, [1], found(withdrawing.RETURNED), None),
        **{f"撤第{number}笔": lambda n=number: take(n) for number in (1, 2, 3)},
        **{f"第1笔实付{yuan}": lambda y=yuan: take(1, y * 100) for yuan in (1, 300, 500, 900)},
        "第2笔实付100": lambda: take(2, 100_00),
        "终止后付100": lambda: (
            task | {"changes": [*task["changes"], {"what": parts.AFTER_END, **parts.part_of(100_00, [], on)}]}
        ),
        "评为有效": lambda: task | {"effect": "有效"},
    }


def live(task, step, on):
    """One step of a task's life."""
    papers = {"无据": [], "多据": ["审批表", "回单"]}
    evidence = papers.get(step[:2], ["审批表"])
    steps = {
        **{
            f"付{yuan}": lambda y=yuan: tasks.deliver(task, parts.part_of(y * 100, evidence, on))
            for yuan in PAID
        },
        **{
            f"改为{yuan}": lambda y=yuan: tasks.change(task, {"amount_fen": y * 100}, *BY, on)
            for yuan in PAID
        },
        "落实": lambda: tasks.deliver(task, parts.part_of(900_00, evidence, on)),
        "确认": lambda: tasks.confirm(task, on),
        "无期异议": lambda: tasks.object_to(task, *BY, on, None),
        "异议": lambda: tasks.object_to(task, *BY, on, 10),
        "答复": lambda: tasks.answer_objection(task, evidence, on),
        "上报": lambda: escalation.escalate(task, "department", on),
        "期限": lambda: tasks.change(task, {"due_on": "2021-10-08", "person": None}, *BY, on),
        "承办人": lambda: tasks.change(task, {"due_on": None, "person": "甲-1"}, *BY, on),
        "空变更": lambda: tasks.change(task, {"due_on": None, "person": None}, *BY, on),
        "名称": lambda: tasks.change(task, {"title": "别的"}, *BY, on),
        "停止": lambda: tasks.stop(task, *BY, on),
        "更换": lambda: tasks.replace(task, "t2", *BY, on),
        "次日离开": lambda: tasks.orphan(task, on + timedelta(days=1)),
        "离开": lambda: tasks.orphan(task, on),
        **withdrawals(task, on),
        "回来": lambda: tasks.adopted(task),
    }
    return next(act for word, act in steps.items() if step.endswith(word))()


def sum_said(one):
    """A sum as people see it: how much, and why it does not count."""
    mark = one["withdrawn"]
    reason = f" {withdrawing.REASONS[mark['reason']]} {mark['on']}" if mark else ""
    return f"{yuan_text(one['amount_fen'])}{reason}"


@pytest.mark.parametrize("case", having("经过"))
def test_life(case):
    on = case.as_of
    task = tasks.assign("t", PAPER | {"evidence": ["审批表"]}, "", date(2021, 8, 20), 30)
    for step in case.given_of("经过")["经过"]:
        if code := refusal(lambda t=task, s=step: live(t, s, on)):
            case.check({"拒绝": code})
            return
        task = live(task, step, on)
    told = {"状态": tasks.STATUS_LABELS[task["status"]], "期限": task["due_on"]}
    told |= {
        "待办": "是" if tasks.is_open(task) else "否",
        "逾期": "是" if tasks.is_overdue(task, on) else "否",
    }
    told |= {"有争议的登记": len(task["disputed"]), "确认于": task["confirmed_on"] or "无"}
    told |= {"已上报": len(task["escalations"]), "变更次数": len(task["changes"])}
    told |= {"接替": "是" if task["replaced_by"] else "否", "无人承办自": task["orphaned_on"] or "无"}
    paid = task["delivered"]["amount_fen"] if task["delivered"] else None
    told |= {"还欠": yuan_text(tasks.owed_fen(task)), "登记次数": len(parts.parts_of(task))}
    told |= {"落实日": [str(day) for day in parts.delivered_on(task)]}
    told |= {"待答复": "是" if tasks.is_disputed(task) else "否", "成效": task.get("effect") or "无"}
    told |= {"到户": yuan_text(owing.given_fen(task) or 0)}
    told |= {"各笔": [sum_said(one) for one in parts.sums_of(task)]}
    case.check(told | {"金额": yuan_text(paid)})
