"""The cases of the quarterly evaluation that officials can read (A-09)."""

import pytest
from shouwang.testing.cases import case_params

from services.assistance.domain.evaluation import effect, income, quarters
from tests.services.assistance.reading import (
    CASES,
    KNOWN,
    POLICY,
    REGION,
    UNKNOWN,
    WORDS,
    YES_NO,
    fen,
    refusal,
    said,
    sound,
    yuan_text,
)

DECIDES = (effect, income, quarters)
TELLING = ("grounds_of", "secured_ground", "_risks")
FOLDER = CASES / "evaluation"


def having(key):
    return [one for one in case_params(FOLDER, rule="A-09") if key in one.values[0].given]


@pytest.mark.parametrize("case", having("代码"))
def test_effect(case):
    given = case.given_of("代码", "已落实", "此前", "现在", "风险消除", "针对该户风险")
    before, now = (said(fen(given[name]), name, "fen") for name in ("此前", "现在"))
    delivered, secured = YES_NO[given["已落实"]], said(YES_NO[given["风险消除"]], "风险消除")
    answers = YES_NO[given.get("针对该户风险", "是")]
    decision = sound(effect.effect(given["代码"], delivered, before, now, secured, answers))
    case.check({"有效": WORDS[decision.verdict], "建议": effect.SUGGESTIONS[decision.value]})


@pytest.mark.parametrize("case", having("制定于"))
def test_quarters(case):
    given = case.given_of("制定于", "终结于", "已决定", "仅评估", "评估")
    ended = given["终结于"].isoformat() if "终结于" in given else None
    made = [{"quarter": one, "decided": {"by": "x"}} for one in given.get("已决定", [])]
    made += [{"quarter": one, "decided": None} for one in given.get("仅评估", [])]
    plan = {"made_on": given["制定于"].isoformat(), "ended_on": ended, "evaluations": made}
    owed = quarters.quarters_owed(plan, case.as_of)
    days = POLICY.at(case.as_of, REGION).evaluation_days
    told = {"欠": owed, "期限": [quarters.due_on(one, days).isoformat() for one in owed]}
    if "评估" in given:
        code = refusal(lambda: quarters.check_quarter(plan, given["评估"], case.as_of))
        told["可以评估"] = code or "是"
    case.check(told)


@pytest.mark.parametrize("case", having("工资"))
def test_per_head(case):
    names = {"工资": "wages", "经营": "business", "财产": "property", "转移": "transfers"}
    names |= {"经营支出": "business_costs"}
    given = case.given_of(*names, "人口")
    amounts = {field: fen(given[label]) for label, field in names.items()}
    figures = {field: {"fen": amount} for field, amount in amounts.items() if amount is not None}
    size = None if given["人口"] == UNKNOWN else given["人口"]
    case.check({"人均": yuan_text(income.per_head(figures, size))})


@pytest.mark.parametrize("case", having("参保"))
def test_secured(case):
    given = case.given_of("住房有问题", "失学", "饮水有问题", "参保")
    fields = {"housing_unsafe": "住房有问题", "school_dropout": "失学", "water_unsafe": "饮水有问题"}
    household = {field: YES_NO[given[label]] for field, label in fields.items()}
    members = [{"medical_insurance": YES_NO[one]} for one in given["参保"]]
    found = income.secured(household | {"members": members})
    labels = {"住房": "housing", "义务教育": "school", "饮水": "water", "参保情况": "insurance"}
    case.check({label: KNOWN[found[name]] for label, name in labels.items()})
    assert income.all_secured(list(found), found) is not True or set(found.values()) == {True}
