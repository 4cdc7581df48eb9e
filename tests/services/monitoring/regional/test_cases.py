"""The cases of regional risk that officials can read, run against the rules (S-08, S-10)."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import pytest
from shouwang.decision import replay
from shouwang.testing.cases import case_params

from services.monitoring.domain.regional import bearing, exposure, guards, signals, study, warnings
from services.monitoring.domain.regional.signals import Total
from tests.services.monitoring.county import POLICY
from tests.services.monitoring.finding.telling import refused, says, word
from tests.services.monitoring.reading import WORDS
from tests.services.monitoring.reading import word as said

CASES = Path("services/monitoring/cases/regional")
DECIDES = (bearing, exposure, guards, signals, study, warnings)
TELLING = ("_word", "_wanted")
_BETWEEN = "_next: len(place) < len(other) < len(one) → len(place) <= len(other) < len(one)"
HARMLESS = {_BETWEEN: "同级之中只有本地包含下级"}
PLACES = {
    "全县": "430426",
    **{"甲镇": "430426100", "乙镇": "430426101"},
    **{"甲村": "430426100001", "乙村": "430426100002", "丙村": "430426101001"},
}
NAMES = {code: name for name, code in PLACES.items()}
AGAIN, EVERY = 3, 92


def view(case):
    return POLICY.at(case.as_of, "430426")


def sound(decision, policy=POLICY):
    assert replay(decision.to_dict(), policy) == decision
    return decision


@pytest.mark.parametrize("case", case_params(CASES / "warning"))
def test_warning(case):
    given = case.given_of("种类", "信号")
    found = signals.totals(given["种类"], [_signal(*one) for one in enumerate(given["信号"])])
    decided = [(total, sound(warnings.decide(given["种类"], total, view(case)))) for total in found]
    widest = warnings.widest(decided)
    case.check(
        {
            **{NAMES[total.place]: WORDS[decision.verdict] for total, decision in decided},
            **{f"{NAMES[total.place]}数量".replace("全县", "县"): total.amount for total, _ in decided},
            "计量": decided[0][1].grounds[0].unit,
            "预警": [NAMES[total.place] for total, _ in widest],
            "涉及": [NAMES[area] for total, _ in widest[:1] for area in total.areas],
        }
    )


def _signal(number, told):
    who, place, amount, *unit = told
    return {
        "department": who,
        "key": str(number),
        "region": PLACES[place],
        "amount": None if amount == "不详" else amount,
        "unit": unit[0] if unit else "households",
    }


@pytest.mark.parametrize("case", case_params(CASES / "window"))
def test_window(case):
    given = case.given_of("开始", "结束", "报告", "须持续", "再报")
    told = {
        "key": "k",
        "kind": "disaster",
        "region": "430426",
        "amount": 5,
        "unit": "households",
        "facts": {},
    }
    told |= {"started_on": given["开始"], "ended_on": given.get("结束")}
    one = signals.signal(told, "emergency", "u", given["报告"])
    again = signals.signal({**told, **given.get("再报", {})}, "emergency", "u", case.as_of)
    counted = signals.counts(one, case.as_of, 30, given.get("须持续", 0))
    case.check({"计入": said(counted), "更正": said(signals.differs(one, again))})


@pytest.mark.parametrize("case", case_params(CASES / "levels"))
def test_levels(case):
    given = case.given_of("期限", "已提醒")
    state = {"escalations": given.get("已提醒", {})}
    due = None if given["期限"] == "无" else given["期限"]
    levels = warnings.overdue_levels(state, due, case.as_of, AGAIN)
    case.check({"提醒": levels, "记下": warnings.told(state, levels, case.as_of)["escalations"]})


@pytest.mark.parametrize("case", case_params(CASES / "exposure"))
def test_exposure(case):
    given = case.given_of("种类", "经营收入", "风险", "务工月", "搬迁")
    months, moved = given.get("务工月", []), given.get("搬迁", [])
    people = zip_longest(months, moved)
    members = [{"work_months": _known(month), "relocated": _yes(move)} for month, move in people]
    income = _known(given.get("经营收入", 0))
    figures = {} if income is None else {"business": {"fen": income}}
    household = {"members": members, "figures": figures, "risks": given.get("风险", [])}
    verdict = exposure.CONCERNED[given["种类"]](household)
    drawn = exposure.drawn(given["种类"], {"h": household})
    lists = {"是": drawn["concerned"], "不能判定": drawn["unknown"], "否": ["h"] * drawn["others"]}
    assert lists == {name: ["h"] if name == WORDS[verdict] else [] for name in lists}
    assert exposure.criterion(given["种类"])
    case.check({"涉及": WORDS[verdict]})


@pytest.mark.parametrize("case", case_params(CASES / "bearing", rule="S-07"))
def test_bearing(case):
    given = case.given_of("种类", "预警涉及", "户在", "经营收入", "结果")
    income = _known(given.get("经营收入", 0))
    household = {
        "members": [],
        "figures": {} if income is None else {"business": {"fen": income}},
        "risks": [],
    }
    warning = {"kind": given["种类"], "areas": [PLACES[one] for one in given["预警涉及"]]}
    warning["outcome"] = given.get("结果")
    asked = (warning, PLACES[given["户在"]], household)
    found = bearing.risks_borne_out(*asked)
    case.check({"涉及": WORDS[bearing.concerns(*asked)], "可依据的风险": "不详" if found is None else found})


def _known(value):
    return None if value == "不详" else value


def _yes(value):
    return None if value == "不详" else says(value)


@pytest.mark.parametrize("case", case_params(CASES / "composition"))
def test_composition(case):
    given = case.given_of("参加", "议题牵头")
    leads = tuple(given.get("议题牵头", []))
    found = sound(study.composition_complete(tuple(given["参加"]), leads, view(case)))
    case.check({"齐全": said(found), "缺席": found.value})


@pytest.mark.parametrize("case", case_params(CASES / "study"))
def test_study(case):
    given = case.given_of("会商", "期限", "跟踪", "已提醒", "从未会商")
    case.check(refused(lambda: _studied(given, case)))


def _studied(given, case):
    measures = [{"department": "health", "text": "送药", "due_on": due} for due in given["期限"]]
    told = {"held_on": given["会商"], "minutes": "m", "departments": [], "absent": {}, "warnings": []}
    composition = study.composition_complete((), (), view(case))
    state = study.held({**told, "conclusions": [], "measures": measures}, composition, case.as_of)
    for number, status in given.get("跟踪", []):
        state = study.followed(state, number, status, {"on": str(case.as_of), "note": "n", "by": "u"})
    state |= {"escalations": given.get("已提醒", {})}
    late = study.to_tell(state, case.as_of, AGAIN)
    last = None if says(given.get("从未会商")) else state["held_on"]
    return {
        "状态": state["status"],
        "逾期": [one["number"] for one in study.overdue(state, case.as_of)],
        "提醒": [one["number"] for one in late],
        "记下": list(study.told(state, late, case.as_of)["escalations"]),
        "跟踪次数": sum(len(one["follow_ups"]) for one in state["measures"]),
        "下次": str(study.next_due(last, case.as_of.replace(month=1, day=1), EVERY)),
    }


@pytest.mark.parametrize("case", case_params(CASES / "guards"))
def test_guards(case):
    given = case.given_of("村数", "已摸底", "会商", "措施")
    measures = [{"status": status} for status in given.get("措施", [])]
    held = {"complete": given["会商"], "measures": measures} if "会商" in given else None
    facts = {"drawn": {"villages": given.get("已摸底", 0), "of": given.get("村数", 0)}, "study": held}
    done = guards.measures_done(facts, None)
    case.check(
        {
            "摸清底数": said(guards.affected_drawn(facts, None)),
            "会商": said(guards.studied_together(facts, None)),
            "措施交办": said(guards.measures_assigned(facts, None)),
            "措施落实": said(done),
            "未完成": done.grounds[0].value,
        }
    )


@pytest.mark.parametrize("case", case_params(CASES / "widening"))
def test_widening(case):
    given = case.given_of("预警地点", "数量", "再来", "步骤", "销号", "再销号", "已自", "信号报于", "看")
    case.check(refused(lambda: _widened(given, case)))


def _widened(given, case):
    place = PLACES[given.get("预警地点", "甲村")]
    first = Total(place, given.get("数量", 12), True, (place,), ("s1",))
    state = warnings.opened("disaster", first, warnings.decide("disaster", first, view(case)), case.as_of)
    state |= {"case": {"step": given.get("步骤", "verification")}, "clues_from": given.get("已自")}
    before = state
    after = warnings.widened(state, *_more(given, place, case))
    for label in ("销号", "再销号"):
        if label in given:
            state = warnings.closed(state, given["销号"], case.as_of)
    able = warnings.is_verified(state)
    wanted = warnings.clues_wanted(state, False, case.as_of) if able else state
    refusal = refused(lambda: warnings.clues_wanted(state, False, case.as_of))["拒绝"]
    assert (refusal == "无") == able
    return {
        "变化": said(after != before),
        "已了结": said(_over(state, given)),
        "有关": said(warnings.concerns(after, PLACES[given.get("看", "甲村")])),
        "信号数": len(after["signals"]),
        "区域数": len(after["areas"]),
        "依据数量": after["decision"]["grounds"][0]["value"],
        "可并入": said(warnings.is_takeable(state)),
        "可生成线索": said(able),
        "线索自": word(wanted["clues_from"]),
    }


def _over(state, given):
    over = warnings.settled([state] if state["status"] == warnings.CLOSED else [])
    told = {"department": "应急", "key": "1", "reported_on": given.get("信号报于", "2021-07-01")}
    return warnings.is_settled(told, {f"应急/{id[1:]}": day for id, day in over.items()})


def _more(given, place, case):
    more = given.get("再来", {"地点": NAMES[place], "数量": 12})
    ids = tuple(more.get("信号", ["s1"]))
    total = Total(PLACES[more["地点"]], more["数量"], True, (PLACES[more["地点"]],), ids)
    return total, warnings.decide("disaster", total, view(case))
