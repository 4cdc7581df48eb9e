"""The cases of finding that officials can read, run against the rules (S-01…S-04, S-06, S-09)."""

from __future__ import annotations

from pathlib import Path

import pytest
from shouwang.decision import Input, replay
from shouwang.testing.cases import case_params

from services.monitoring.domain.finding import (
    clues,
    following,
    handover,
    posts,
    quality,
    recapture,
    responses,
    rounds,
    sightings,
)
from services.monitoring.domain.registry import dissolved
from tests.services.monitoring import reading
from tests.services.monitoring.finding import telling

CASES = Path("services/monitoring/cases/finding")
DECIDES = (clues, dissolved, following, handover, posts, quality, recapture, responses, rounds, sightings)
HARMLESS = {"check_days: half == 1 → half != 1": "只是句子里的“上”“下”半年"}
CLUE = (
    "发现于",
    "响应于",
    "又由部门发现",
    "又由住建发现",
    "又自报于",
    "来件",
    "未匹配",
    "核查",
    "办结",
    "再办结",
    "期限待定",
    "补定",
)


@pytest.mark.parametrize("case", case_params(CASES / "clues"))
def test_clues(case):
    given = case.given_of(*CLUE, "程序办结", "登记终止", "已进程序", "改挂", "答复", "答复于", "响应天数")

    def told():
        clue = telling.clue_of(given, case.as_of)
        return {
            "状态": clues.STATUSES[clue["status"]],
            "期限": clue["due_on"] or "待定",
            "逾期": reading.word(clues.is_overdue(clue, case.as_of)),
            "办结期限": clue["close_by"] or "待定",
            "超期未结": reading.word(clues.is_late(clue, case.as_of)),
            "来源数": len(clue["sources"]),
            "风险数": len(clue["risks"]),
            "响应于": clue["responded_on"],
            "核查结论": clue["check"] and clue["check"]["finding"],
            "结论": clue["outcome"],
            "应反馈部门数": len(clues.answers(clue)),
            "待答复数": len(clues.owed_answers(clue)),
        }

    case.check(telling.refused(told))


@pytest.mark.parametrize("case", case_params(CASES / "dissolved", rule="D-01"))
def test_dissolved(case):
    case.check({"去向": telling.left(case.given_of("登记终止于", "离开"))})


@pytest.mark.parametrize("case", case_params(CASES / "following"))
def test_following(case):
    case.check(telling.followed(case.given_of("发现于", "响应于", "已提醒", "未匹配"), case.as_of))


@pytest.mark.parametrize("case", case_params(CASES / "handover"))
def test_handover(case):
    given = case.given_of("交办于", "清单", "签收", "又送来", "提醒过", "期限待定", "补定")
    case.check(telling.refused(lambda: telling.listed(given, case.as_of)))


@pytest.mark.parametrize("case", case_params(CASES / "quality"))
def test_quality(case):
    found = quality.of_departments(_judged(one) for one in case.given_of("线索")["线索"])
    last = found[0]
    names = {"推送": "sent", "属实": "true", "已监测": "known", "无风险": "no_risk", "有误": "wrong"}
    names |= {"不在本地": "elsewhere", "未结": "open", "准确率": "precision", "规则": "rule"}
    case.check({"部门数": len(found), **{label: telling.word(last[name]) for label, name in names.items()}})


def _judged(one):
    sources = [{"channel": "department", "department": name, "rule": one.get("规则")} for name in one["部门"]]
    own = [{"channel": "self_report", "department": None}] if telling.says(one.get("自报")) else []
    return {"sources": [*sources, *own], "outcome": one.get("结论"), "finding": one.get("核查")}


@pytest.mark.parametrize("case", case_params(CASES / "speed"))
def test_speed(case):
    listed = [_timed(one) for one in case.given_of("线索")["线索"]]
    found = responses.measured(listed, case.as_of)
    total = found["total"]
    assert found["by_channel"]["self_report"] == total
    first = found["by_village"][listed[0]["region"]]
    names = {"线索数": "clues", "及时": "in_time", "迟": "late", "逾期": "overdue", "未到期": "waiting"}
    case.check(
        {
            **{label: total[name] for label, name in names.items()},
            "及时率": telling.word(total["share"]),
            "甲村及时率": telling.word(first["share"]),
            "发现天数": found["days"]["with_clues"],
            "全部及时天数": found["days"]["all_in_time"],
        }
    )


def _timed(one):
    days = {"found_on": one["发现于"], "due_on": one["应于"]}
    ends = {"responded_on": one.get("响应于"), "closed_on": one.get("办结于")}
    return {"first_channel": "self_report", "region": one["村"], **days, **ends}


@pytest.mark.parametrize("case", case_params(CASES / "rounds"))
def test_rounds(case):
    given = case.given_of("名册", "走访", "开始时", "邻村户数", "一年应有", "期")
    case.check(telling.refused(lambda: telling.inspected(given, case.as_of)))


@pytest.mark.parametrize("case", case_params(CASES / "estimates"))
def test_estimates(case):
    given = case.given_of("甲", "乙", "重复", "至少重复", "各户", "渠道数")
    found = _of_many(given) if "各户" in given else _of_two(given)
    names = {
        "发现": "seen",
        "重复": "overlap",
        "估计": "total",
        "都漏": "missed",
        "下限": "low",
        "上限": "high",
    }
    case.check(
        {**{label: telling.word(getattr(found, name)) for label, name in names.items()}, "说明": found.reason}
    )


def _of_two(given):
    """Both ways to the same estimate: by counts, and by the history of each household."""
    first, second, both, least = given["甲"], given["乙"], given["重复"], given["至少重复"]
    histories = [["a"]] * (first - both) + [["b"]] * (second - both) + [["a", "b"]] * both
    found = recapture.chapman(first, second, both, least)
    if len(recapture.pairs(histories, least)) == 1:
        (pair,) = recapture.pairs(histories, least)
        assert pair["estimate"] == found.to_dict()
        assert (pair["only_first"], pair["only_second"], pair["both"]) == (first - both, second - both, both)
    return found


def _of_many(given):
    sizes = {"零": [], "一": ["a"], "二": ["a", "b"], "三": ["a", "b", "c"]}
    histories = [sizes[size] for size, times in given["各户"].items() for _ in range(times)]
    return recapture.chao(histories, given["渠道数"], given["至少重复"])


@pytest.mark.parametrize("case", case_params(CASES / "sightings"))
def test_sightings(case):
    given = case.given_of("风险", "来源", "找过", "户")
    case.check(_summed(given["户"]) if "户" in given else _sighted(given))


def _sighted(given):
    sources = [
        {"channel": channel, "on": str(on), "department": (more or [None])[0], "risks": given["风险"]}
        for channel, on, *more in given["来源"]
    ]
    others = [
        {"channel": "regional" if who == "区域" else "department", "department": who, "risks": risks}
        for who, risks in given.get("找过", {}).items()
    ]
    able = sightings.looked_for([*sources, *others])
    found = sightings.sighting("h", sources, given["风险"], able)
    return {"发现": "、".join(found.seen), "最先": "、".join(found.first), "漏了": "、".join(found.missed)}


def _summed(households):
    listed = [
        sightings.Sighting(str(number), tuple(one["发现"]), tuple(one["最先"]), tuple(one["漏了"]))
        for number, one in enumerate(households)
    ]
    found = sightings.figures(listed, 7)
    lines = {
        one["list"]: f"发现 {one['found']}，最先 {one['first']}，独家 {one['alone']}，漏 {one['missed']}"
        for one in found["lists"]
    }
    return {
        "户数": found["households"],
        "自报": lines["household"],
        "走访": lines["inspection"],
        "渠道对": len(found["pairs"]),
        "假设条数": len(found["assumptions"]),
    }


@pytest.mark.parametrize("case", case_params(CASES / "posts"))
def test_posts(case):
    given = case.given_of("职务", "地点", "任职", "离任", "再离任", "接替", "联系人", "采集员")
    case.check(telling.refused(lambda: _posted(given, case.as_of)))


def _posted(given, on):
    if "采集员" not in given:
        return telling.posted(given, on)
    contact = Input(None if given["联系人"] == "不详" else given["联系人"], "登记", on, "帮扶联系人")
    found = posts.collector_apart(contact, tuple(given["采集员"]))
    assert replay(found.to_dict()) == found
    return {"结果": reading.word(found), "另有采集员": telling.word(found.grounds[0].value)}
