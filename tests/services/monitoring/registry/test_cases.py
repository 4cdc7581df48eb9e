"""The cases of the registry that officials can read, run against the rules."""

from datetime import date
from pathlib import Path

import pytest
from shouwang.decision import Decision, Input, replay
from shouwang.errors import ShouwangError
from shouwang.testing.cases import case_params

from services.monitoring.domain.registry import (
    changes,
    checks,
    completeness,
    duplicates,
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
from tests.services.monitoring.sheet import POLICY, VILLAGE

DECIDES = (
    *(checks, household_checks, kinship_checks, person_checks),
    *(completeness, duplicates, earning, focus, history, register, resettlement, scope),
)
FOLDER = Path("services/monitoring/cases/registry")
SHORT = {code: message.rstrip("。") for code, (_, _, message) in CATALOGUE.items()}
SAID = {True: "是", False: "否", None: "不详"}
WORDS = {"yes": "是", "no": "否", "unknown": "不能判定"}


def sound(decision: Decision) -> str:
    """A decision computes again to the same answer and speaks."""
    assert replay(decision.to_dict(), POLICY) == decision
    assert decision.conclusion_text in decision.sentence()
    return WORDS[decision.verdict.value]


def cases(*rules: str):
    return [one for rule in rules for one in case_params(FOLDER, rule=rule)]


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


REGISTER_FIELDS = {"状态": "status", "村": "village", "户号": "household", "类别": "kind"}
REGISTERED = {"status": "registered", "village": VILLAGE, "household": "H7", "kind": "rural"}
REGISTERED |= {"since": "2021-05-09"}


def _told(given):
    return REGISTERED | {
        REGISTER_FIELDS[key]: None if value == "不详" else value for key, value in given.items()
    }


@pytest.mark.parametrize("case", cases("M-01.register"))
def test_the_household_register(case):
    given = case.given_of("主", "次", "户主", "县定", "认定", "已决定", "离户")
    relations = [None if given.get("户主") == "无" else "head", "spouse"]
    members = [{"ref": ref, "relation": one} for ref, one in zip(("01", "02"), relations, strict=True)]
    members[1] |= {"exception": {"decision": given["县定"]}} if "县定" in given else {}
    members[1] |= {"registration": {"register": given["认定"]}} if "认定" in given else {}
    told = {"01": _told(given.get("主", {}))}
    told |= {} if given.get("次") == "没有答" else {"02": _told(given.get("次", {}))}
    found = register.differences({"members": members}, VILLAGE, told)
    known = given.get("已决定")
    before = (
        [{"ref": "02", "kind": known["差异"], "since": str(known["自"]), "decided": {"by": "县"}}]
        if known
        else []
    )
    kept = register.merged({"differences": before}, found)
    here = [one for one in members if one["ref"] != given.get("离户")]
    open_ones = [
        one["ref"] for one in register.open_ones({"members": here, "register": {"differences": kept}})
    ]
    assert all(register.KINDS[one["kind"]] in register.warning(one) for one in found)
    shown = {
        ref: "、".join(register.KINDS[one["kind"]] for one in found if one["ref"] == ref)
        for ref in dict.fromkeys(one["ref"] for one in found)
    }
    case.check({"差异": shown, "待核实": open_ones})


@pytest.mark.parametrize("case", cases("M-01.settling"))
def test_a_difference_is_settled(case):
    given = case.given_of("差异", "决定", "成员", "办理", "认定", "认定为")
    listed = [
        {"ref": ref, "kind": kind, "since": None, "decided": {"by": "县"} if kind == "cancelled" else None}
        for ref, kind in given["差异"].items()
    ]
    compared = {"differences": listed} if listed else None
    if "办理" in given:
        after = register.settled(compared, [given["办理"]], {"by": "乡镇"})
    elif "认定" in given:
        member = {"ref": given["认定"], "registration": {"register": given["认定为"]}, "exception": None}
        after = register.settled_by_registration(compared, member, {"by": "乡镇"})
    else:
        made = {"decision": given["决定"], "by": "乡镇"}
        ref, kind = next(iter(given["成员"].items()))
        try:
            after = register.decided(compared, ref, kind, made)
        except ShouwangError as refused:
            case.check({"拒绝": refused.code})
            return
    case.check(
        {"了结": {one["ref"]: one["decided"] and one["decided"]["by"] for one in after["differences"]}}
    )


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


@pytest.mark.parametrize("case", cases("D-01"))
def test_history(case):
    state = _lived(case.given_of("变动", "无采集日期", "直接", "先变动"))
    on = history.as_of(state, case.as_of)
    if on is None:
        case.check({"在户": "不知道", "离户": "不知道", "终止": "否"})
        return
    people = {one["ref"][-2:]: one for one in on["members"]}
    case.check(
        {
            "在户": sorted(people),
            "离户": sorted(one["ref"][-2:] for one in on["former"]),
            "人口": on["size"],
            "终止": on["ended"]["on"] if on["ended"] else "否",
            "户主": "、".join(ref for ref, one in people.items() if one["relation"] == "head"),
            "关系": {ref: one["relation"] or words.UNKNOWN for ref, one in people.items()},
            "文化": {ref: one["education"] for ref, one in people.items()},
            "工资": on["figures"]["wages"]["fen"] // 100,
            "序号": [one["no"] for one in state["changes"]],
        }
    )


def _lived(given):
    state = village.registered()
    if given.get("无采集日期"):
        state |= {"collected_on": None, "known_from": "2021-07-05"}
        state["figures"]["wages"]["on"] = None
    first = [] if given.get("先变动") else [given.get("直接")]
    for told in [*filter(None, first), *given.get("变动", []), given.get("直接") if not first else None]:
        if told is not None:
            state = (
                _after(state, told) if "类" in told else {**state, "figures": state["figures"] | _wages(told)}
            )
    return state


def _wages(told):
    on = None if told.get("采集于") == "无" else str(told["日"])
    same = told["工资"] == 12000
    figure = {"fen": told["工资"] * 100, "from": "2020-07-01", "to": str(told["周期止"])}
    return {"wages": {**figure, "giver": "村信息采集人" if same else "入户核实组", "on": on}}


def _after(state, told):
    home, kind, on = village.HOME, told["类"], str(told["日"])
    if kind == "核实":
        return history.with_figures(state, _wages(told), on, "case")
    ref = f"{home}-{told.get('人')}"
    if kind in ("名册", "重做"):
        member = next(one for one in state["members"] if one["ref"] == ref)
        again = {"op": "add", "member": member}
        said = {"op": "member", "ref": ref, "values": {"relation": told.get("关系")}}
        effect = again if kind == "重做" else said
        return history.with_change(state, {"kind": "roster", "on": on, "effects": [effect]})
    newcomer = {**dict.fromkeys(state["members"][0]), "name": "测试新"}
    del newcomer["ref"]
    successor = next((one["ref"] for one in state["members"] if one["ref"] != ref), None)
    wanted = changes.Wanted(
        kind,
        told["日"],
        ref,
        person=newcomer if kind in changes.JOINING else {},
        values={"education": "senior_high"},
        head=f"{home}-{told['户主']}" if "户主" in told else successor,
        relations={f"{home}-{place}": name for place, name in told.get("关系", {}).items()},
    )
    effects = changes.effects_of(state, home, wanted, date(2021, 12, 31))
    return history.with_change(state, {"kind": kind, "on": on, "effects": effects})


@pytest.mark.parametrize("case", cases("M-01.duplicates"))
def test_duplicates(case):
    given = case.given_of("甲", "乙")
    one, other = (
        duplicates.Person(
            home, f"{home}-01", given[home].get("姓名"), _day(given[home]), given[home].get("证件")
        )
        for home in ("甲", "乙")
    )
    case.check({"理由": duplicates.ground_of(one, other) or "无"})
    assert duplicates.ground_of(one, other) == duplicates.ground_of(other, one)


@pytest.mark.parametrize("case", cases("M-01.pairs"))
def test_pairs(case):
    given = case.given_of("人", "已定")
    people = [
        duplicates.Person(one["户"], f"{one['户']}-{place}", one.get("姓名"), _day(one), one.get("证件"))
        for place, one in enumerate(given["人"])
    ]
    found = [pair for pairs in duplicates.pairs_in(people).values() for pair in pairs]
    known = [{**found[place], "decided": {"same": False}} for place in given.get("已定", [])]
    pairs = duplicates.with_pairs(known, found)
    open_still = "是" if duplicates.still_open(pairs) else "否"
    case.check({"对数": len(pairs), "类": duplicates.kind_of(pairs), "未决": open_still})


def _day(given):
    return str(given["生日"]) if "生日" in given else None


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
