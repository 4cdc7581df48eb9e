"""The cases of the household register, of doubles and of the history, run against the rules."""

from datetime import date

import pytest
from shouwang.errors import ShouwangError

from services.monitoring.domain.registry import (
    changes,
    duplicates,
    history,
    register,
)
from tests.services.monitoring.registry import village, words
from tests.services.monitoring.registry.telling import cases
from tests.services.monitoring.sheet import VILLAGE

DECIDES = (duplicates, history, register)
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
