"""The cases of points and honours that officials can read (A-12)."""

from datetime import date

import pytest
from shouwang.errors import Refused
from shouwang.testing.cases import case_params

from services.assistance.domain.honours import points, rule_set
from tests.services.assistance.reading import CASES, POLICY, REGION, refusal

DECIDES = (points, rule_set)
FOLDER = CASES / "honours"
ON = date(2021, 9, 1)
RULES = {
    "actions": [
        {"code": "整洁", "title": "庭院整洁", "points": 10, "a_year": 2},
        {"code": "乱倒", "title": "乱倒垃圾", "points": -5, "a_year": None},
    ],
    "rewards": [{"code": "洗衣粉", "title": "洗衣粉一袋", "points": 15}],
}


def having(key):
    return [one for one in case_params(FOLDER, rule="A-12") if key in one.values[0].given]


@pytest.mark.parametrize("case", having("会议记录"))
def test_rules(case):
    given = case.given_of("标题", "通过日期", "会议记录", "记分项", "奖励", "黑榜", "代码重复")
    actions = [{"code": f"a{n}", "title": one, "points": 1} for n, one in enumerate(given["记分项"])]
    rewards = [{"code": f"r{n}", "title": one, "points": 1} for n, one in enumerate(given["奖励"])]
    rules = {
        "title": given.get("标题", "积分制细则"),
        "adopted_on": given["通过日期"].isoformat(),
        "minutes": "记录" if given["会议记录"] == "有" else " ",
        "actions": actions * (2 if given.get("代码重复") == "是" else 1),
        "rewards": rewards,
        "blacklist": given["黑榜"] == "是",
    }
    words = POLICY.at(case.as_of, REGION).entitlement_words
    try:
        rule_set.check(rules, words, case.as_of.isoformat())
    except Refused as refused:
        case.check({"采用": [one["code"] for one in refused.reasons]})
    else:
        case.check({"采用": "是"})


def act(account, step, number):
    word, _, which = step.partition(" ")
    if word == "撤销":
        return points.withdraw(account, which, "cadre", "记错", ON)
    if word == "兑换":
        return points.reward(account, RULES, which or "洗衣粉", str(number), ON)
    return points.give(account, RULES, word, str(number), "cadre", "检查", ON)


@pytest.mark.parametrize("case", having("经过"))
def test_points(case):
    account = points.opened(f"{REGION}-0001", 2021)
    for number, step in enumerate(case.given_of("经过")["经过"], start=1):
        if code := refusal(lambda a=account, s=step, n=number: act(a, s, n)):
            case.check({"拒绝": code})
            return
        account = act(account, step, number)
    listed = points.honours([account], 20, 20)
    told = {"累计": points.earned(account), "可用": points.balance(account), "上榜": "是" if listed else "否"}
    case.check(told | {"星级": "是" if listed and listed[0]["star"] else "否"})


@pytest.mark.parametrize("case", having("各户积分"))
def test_lists(case):
    given = case.given_of("各户积分", "至多")
    accounts = []
    for household, earned in given["各户积分"].items():
        entry = {"id": "1", "action": "整洁", "points": earned, "withdrawn": None}
        accounts.append(points.opened(household, 2021) | {"entries": [entry]})
    case.check({"榜": [one["household"] for one in points.honours(accounts, 20, given["至多"])]})
