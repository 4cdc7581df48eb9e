"""The cases of social help that officials can read (A-11)."""

from datetime import date

import pytest
from shouwang.testing.cases import case_params

from services.assistance.domain.society import following, matching, things
from tests.services.assistance.reading import CASES, KNOWN, REGION, WORDS, YES_NO, refusal, risk, sound

DECIDES = (matching, following, things)
PLAIN = {"kind": "goods", "item": "rice", "unit": "袋"}
FOLDER = CASES / "society"
ON = date(2021, 9, 1)


def having(key):
    return [one for one in case_params(FOLDER, rule="A-11") if key in one.values[0].given]


def thing(words):
    """Kind, code and unit of "轮椅 辆"; 培训的其他: the other of a kind, else of goods."""
    name, unit = words.split()
    of, _, label = name.rpartition("的")
    kinds = {one for one, label_of in things.KINDS.items() if label_of == of} or {*things.KINDS}
    found = [
        (kind, code)
        for kind in things.KINDS
        if kind in kinds
        for code, one in things.THINGS[kind].items()
        if one == label
    ]
    return *found[0], unit


@pytest.mark.parametrize("case", having("余量"))
def test_fits(case):
    given = case.given_of("需求", "供给", "余量", "期限", "财政已覆盖", "风险", "条件", "放行")
    lacking = risk(given["风险"]) if "风险" in given else None
    released = ("o",) if YES_NO[given.get("放行", "否")] else ()
    reached = YES_NO[given["财政已覆盖"]]
    need = matching.Need(REGION, *thing(given["需求"]), 1, lacking, reached, released)
    until, amount = given.get("期限"), given["余量"]
    offer = matching.SocialOffer("o", REGION, *thing(given["供给"]), amount, given.get("条件", ""), until)
    stored = {name: getattr(offer, name) for name in ("kind", "item", "unit", "left", "condition")}
    stored["until"] = until.isoformat() if until else None
    assert matching.SocialOffer.of(stored, REGION, "o") == offer
    earned, fitting = (
        sound(matching.earned_or_relief(need, offer)),
        sound(matching.fits(need, offer, case.as_of)),
    )
    same = next(one.value for one in fitting.grounds if one.name == "same")
    told = {"给付": earned.conclusion_text, "条件": earned.grounds[1].text, "物品": KNOWN[same]}
    case.check(told | {"对接": WORDS[fitting.verdict]})


@pytest.mark.parametrize("case", having("需求地"))
def test_nearest(case):
    given = case.given_of("需求地", "需求量", "供给", "需求")
    need = PLAIN | {"quantity": given["需求量"], "risk": None, "reached": False}
    need |= {"item": given.get("需求", "rice")}
    plain = PLAIN | {"condition": "", "until": None}
    offers = [
        (one["名称"], one["地"], plain | {"left": one["余量"], "item": one.get("物品", "rice")})
        for one in given["供给"]
    ]
    found = matching.ranked(need, given["需求地"], offers, case.as_of)
    told = {"待放行": [one["to_release"] for one in found]}
    case.check(told | {"顺序": [one["offer"] for one in found], "远近": [one["nearness"] for one in found]})


@pytest.mark.parametrize("case", having("登记"))
def test_a_thing_is_registered_by_its_code(case):
    given = case.given_of("登记", "单位", "说明")
    found = things.problems("goods", given["登记"], given["单位"], given.get("说明", ""))
    case.check({"有误": sorted(found)})


@pytest.mark.parametrize("case", having("从前登记"))
def test_what_was_written_before_the_codes(case):
    given = case.given_of("从前登记", "单位")
    found = things.coded({"kind": "goods", "item": given["从前登记"], "unit": given["单位"]})
    label = things.label_of("goods", found["item"])
    case.check({"物品": label, "单位": found["unit"], "说明": found["detail"]})


def follow(match, step):
    word, _, amount = step.partition(" ")
    steps = {
        "接受": lambda: following.accept(match, ON),
        "交付": lambda: following.step(match, int(amount), ["签收单"], ON),
        "无凭据交付": lambda: following.step(match, int(amount), [], ON),
        "确认": lambda: following.confirm(match, ON),
        "结束": lambda: following.end(match, "停产", ON),
    }
    return steps[word]()


@pytest.mark.parametrize("case", having("经过"))
def test_following(case):
    given = case.given_of("数量", "经过")
    match = following.propose("n", "o", f"{REGION}-0001", given["数量"], ON)
    for step in given["经过"]:
        if code := refusal(lambda m=match, s=step: follow(m, s)):
            case.check({"拒绝": code})
            return
        match = follow(match, step)
    told = {"已交付": following.delivered(match), "尚欠": following.left(match)}
    case.check({"状态": following.LABELS[match["status"]]} | told)
