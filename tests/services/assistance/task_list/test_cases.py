"""The cases of the 97 tasks that officials can read (A-10)."""

from datetime import date

import pytest
from shouwang.testing.cases import case_params

from services.assistance.domain.task_list import progress
from services.assistance.handlers.task_list.listing import printed
from tests.services.assistance.reading import CASES, POLICY, REGION, refusal

DECIDES = (progress,)
FOLDER = CASES / "task_list"
STATES = {label: state for state, label in progress.STATES.items()}


def having(key):
    return [one for one in case_params(FOLDER, rule="A-10") if key in one.values[0].given]


def a_task(given, due="2025-12-31"):
    return {"number": 1, "lead": given["牵头"], "responsible": given["责任"], "due_on": due}


@pytest.mark.parametrize("case", having("报告"))
def test_progress(case):
    given, issued = case.given_of("牵头", "责任", "报告", "报告于"), printed()["issued"]
    view = POLICY.at(issued, REGION)
    task = a_task(given, view.task_list_due_on)
    days = {unit: on.isoformat() for unit, on in given.get("报告于", {}).items()}
    reports = {
        unit: {"state": STATES[label], "on": days.get(unit, case.as_of.isoformat())}
        for unit, label in given["报告"].items()
    }
    state = progress.state_of(task, reports)
    asked = (task, reports, issued, case.as_of, view.task_list_report_days)
    silent = [unit for unit in progress.silent_units(*asked) if unit in days or not reports]
    late = "是" if progress.is_overdue(task, state, case.as_of) else "否"
    case.check({"状态": progress.STATES[state], "逾期": late, "欠报告": silent})


@pytest.mark.parametrize("case", having("报告单位"))
def test_reports(case):
    given = case.given_of("牵头", "责任", "报告单位", "本单位", "状态", "凭据")
    asked = (given["报告单位"], {given["本单位"]}, STATES[given["状态"]])
    evidence = ["文件"] if given["凭据"] == "有" else []
    code = refusal(lambda: progress.check_report(a_task(given), *asked, evidence))
    case.check({"结果": code or "收下"})


@pytest.mark.parametrize("case", having("任务"))
def test_units(case):
    views = [
        {
            "lead": one["牵头"],
            "responsible": one["责任"],
            "state": STATES[one["状态"]],
            "overdue": one["逾期"] == "是",
            "silent": one["欠报告"],
            "units": {unit: STATES[label] for unit, label in one["各单位"].items()},
        }
        for one in case.given_of("任务")["任务"]
    ]

    def told(counts):
        return {progress.STATES[state]: number for state, number in counts.items()}

    found = {
        one["unit"]: {
            "牵头": told(one["lead"]),
            "负责": told(one["responsible"]),
            "逾期": one["overdue"],
            "欠报告": one["to_report"],
        }
        for one in progress.by_unit(views)
    }
    case.check(found)
    assert date(2021, 11, 1) == printed()["issued"]
