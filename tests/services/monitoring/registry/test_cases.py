"""The cases of the registry that officials can read, run against the rules."""

from datetime import date

import pytest
from shouwang.decision import Decision, Input, replay

from services.monitoring.domain.registry import (
    checks,
    completeness,
    earning,
    focus,
    history,
    household_checks,
    kinship_checks,
    person_checks,
    register,
    resettlement,
    roster_household,
    scope,
)
from services.monitoring.domain.registry.findings import CATALOGUE
from services.monitoring.domain.registry.labour import LABELS
from services.monitoring.handlers.registry.limits import limits_of
from tests.services.monitoring.registry import village, words
from tests.services.monitoring.registry.telling import FOLDER, cases
from tests.services.monitoring.sheet import POLICY, VILLAGE

DECIDES = (
    checks,
    household_checks,
    kinship_checks,
    person_checks,
    completeness,
    earning,
    focus,
    resettlement,
    scope,
)

SHORT = {code: message.rstrip("。") for code, (_, _, message) in CATALOGUE.items()}
SAID = {True: "是", False: "否", None: "不详"}
WORDS = {"yes": "是", "no": "否", "unknown": "不能判定"}


def sound(decision: Decision) -> str:
    """A decision computes again to the same answer and speaks."""
    assert replay(decision.to_dict(), POLICY) == decision
    assert decision.conclusion_text in decision.sentence()
    return WORDS[decision.verdict.value]


@pytest.mark.parametrize(
    "case", cases("M-02.checks", "M-03.checks", "M-04.checks", "M-10.checks", "M-15.checks", "K-05.checks")
)
def test_checks(case):
    given = case.given_of(*words.HOUSEHOLD)
    state = words.household(given, case.as_of)
    large = {site: words.YES_NO[answer] for site, answer in given.get("大中型", {}).items()}
    found = checks.findings(state, case.as_of, limits_of(POLICY.at(case.as_of, VILLAGE)), large)
    assert all(one.to_dict()["severity"] == "clarify" for one in found)
    case.check({"待核实": [SHORT[one.code] for one in found]})


@pytest.mark.parametrize("case", cases("M-01"))
def test_scope(case):
    given = case.given_of("户籍", "搬迁", "城镇待遇", "县定")
    register = given.get("户籍")
    member = {"relocated": words.YES_NO[given.get("搬迁", "否")], "registration": None, "exception": None}
    by = {"by": "县", "on": "2021-07-08"}
    if register is not None:
        benefits = words.YES_NO[given.get("城镇待遇", "不详")]
        known = None if register == words.UNKNOWN else register
        member["registration"] = {"register": known, "urban_benefits": benefits, **by}
    if "县定" in given:
        member["exception"] = {"decision": given["县定"], **by}
    found = scope.counts(**scope.facts_of(member, "2021-06-10"))
    case.check({"计入": sound(found), "说明": found.sentence()})


@pytest.mark.parametrize("case", cases("M-09.illness", "M-09.disability", "M-09.child", "M-09.elder"))
def test_focus(case):
    state = words.household(case.given_of("人", "合规自付支出"), case.as_of)
    decided = focus.focus_groups(state, case.as_of, POLICY.at(case.as_of, VILLAGE))
    answers = {name: sound(one) for name, one in decided.items()}
    case.check({"属": answers[case.rule.removeprefix("M-09.")]})


@pytest.mark.parametrize("case", cases("M-15"))
def test_resettlement(case):
    persons_there = case.given_of("安置人数")["安置人数"]
    given = Input(
        None if persons_there == words.UNKNOWN else persons_there, "县", date(2021, 7, 1), "安置人数"
    )
    case.check({"大中型": sound(resettlement.large_site(given, POLICY.at(case.as_of, VILLAGE)))})


@pytest.mark.parametrize("case", cases("M-13"))
def test_completeness(case):
    given = case.given_of("状态", "类型", "空", "安置区", "风险", "帮扶", "纳入于", "消除")
    found = completeness.completeness(_filled_in(given))
    words_of = {True: "完整", False: "不完整", None: "未到"}
    told = {key: words_of[one["complete"]] for key, one in zip("一二三", found, strict=True)}
    lacking = [missing for one in found for missing in one["missing"]]
    told["缺"] = [one["item"] for one in lacking]
    case.check(told | {"谁": [one["ref"] or "户" for one in lacking]})


def _filled_in(given):
    state = village.registered()
    state |= {"status": given["状态"], "category": given.get("类型"), "measures": [{}] * given.get("帮扶", 0)}
    state["large_resettlement"] = words.YES_NO[given.get("安置区", "否")]
    state["risks"] = given.get("风险", state["risks"])
    ended = {name: str(value) for name, value in given.get("消除", {}).items()}
    state["monitoring"] = {"since": str(given.get("纳入于", "")), **ended}
    for path in given.get("空", []):
        _blank(state, path)
    return history.counted(state)


def _blank(state, path):
    _, _, rest = path.partition("members.")
    if rest:
        place, _, field = rest.partition(".")
        state["members"][int(place) - 1][field] = None
    elif path in state["figures"]:
        del state["figures"][path]
    else:
        state[path] = [] if isinstance(state[path], list) else None


def test_every_check_of_the_catalogue_has_a_case():
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*_checks.yaml"))
    unseen = {code for code, message in SHORT.items() if f'"{message}"' not in text}
    of_the_register = {f"register.{kind}" for kind in register.KINDS}  # test_the_household_register
    assert unseen - of_the_register == {
        "member.still_listed",
        "member.listed_though_left",
    }  # of a roster: test_reimport.py


def test_what_is_never_missing_is_not_asked_for():
    assert roster_household._NEVER_MISSING == ("address", "sex")


@pytest.mark.parametrize("case", [one for one in cases("A-06") if "劳动技能" in one.values[0].given])
def test_stable_income(case):
    given = case.given_of("劳动技能", "评估认为收入稳定", "工资性收入", "生产经营性收入")
    told = {"wages": given["工资性收入"], "business": given["生产经营性收入"]}
    figures = {kind: {"fen": yuan * 100} for kind, yuan in told.items() if yuan != "不详"}
    labour = {label: code for code, label in LABELS.items()}.get(given["劳动技能"])
    judged = {"是": True, "否": False}.get(given["评估认为收入稳定"])
    case.check({"稳定收入": SAID[earning.stable_income(labour, judged, figures)]})


@pytest.mark.parametrize("case", [one for one in cases("A-06") if "务工月数" in one.values[0].given])
def test_workers(case):
    months = [None if one == "不详" else one for one in case.given_of("务工月数")["务工月数"]]
    found = earning.workers(months)
    case.check({"务工人数": "不详" if found is None else found})


@pytest.mark.parametrize("case", [one for one in cases("A-06") if "收支" in one.values[0].given])
def test_income_a_head(case):
    given = case.given_of("人口", "收支")
    figures = {kind: {"fen": yuan * 100} for kind, yuan in given["收支"].items()}
    found = earning.net_income_a_head(figures, given["人口"])
    case.check({"人均纯收入": "不详" if found is None else found // 100})
