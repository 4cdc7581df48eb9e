"""One action of a procedure as a case in YAML says it: by whom, with what, when; asked of the engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from shouwang.access import Actor, roles
from shouwang.errors import Refused
from shouwang.periods import twelve_months_before
from shouwang.procedure import Case, Paper, Signature
from shouwang.testing import actor

from services.monitoring.domain.proceedings import facts as fact_rules
from tests.services.monitoring import sheet
from tests.services.monitoring.county import ENGINE

GIVEN: Final = (
    *("程序", "步骤", "动作", "经办", "地方", "材料", "参加", "公示后", "异议", "比对", "说明", "已结"),
)
BEGUN: Final = date(2021, 9, 1)
POSTED: Final = date(2021, 9, 3)
PROCEDURES: Final = {"识别": "identification", "消除": "removal"}
NEIGHBOUR: Final = "430426100998"
STAMP: Final = "原经办"
SAME: Final = "同一人"
PEOPLE: Final = {
    "application": ["household"],
    "proposal": [],
    "household_check": ["town_officer", "village_team"],
    "village_appraisal": ["village_team", "village_committee", "village_meeting"],
    "town_review": ["town_party_secretary", "town_head"],
    "county_decision": [],
}
FIRST: Final = {"识别": ("application", "submit"), "消除": ("proposal", "propose")}
ORDER: Final = ("household_check", "village_appraisal", "town_review", "county_decision")


def act(given: Mapping[str, Any]) -> tuple[str, list[str], int]:
    """Return whether the action may be taken, the codes against it, and the version of the procedure."""
    case = _before(given)
    try:
        case = _open(given) if case is None else _act(case, given)
    except Refused as refused:
        told = [one["code"].removeprefix("procedure.") for one in refused.reasons]
        return "不可以", told, 1 if case is None else case.version
    return "可以", [], case.version


def _act(case: Case, given: Mapping[str, Any]) -> Case:
    return _take(case, given["步骤"], given["动作"], given, _day(given))


def _day(given: Mapping[str, Any]) -> date:
    after = given.get("公示后")
    return POSTED + timedelta(days=after) if after else POSTED + timedelta(days=20)


def _before(given: Mapping[str, Any]) -> Case | None:
    """The case as it stands before the action, every earlier step taken as it should be."""
    step = given["步骤"]
    first, _ = FIRST[given["程序"]]
    if step == first:
        return None
    case = _open({"程序": given["程序"]})
    for earlier in ORDER[: ORDER.index(step)]:
        case = _earlier(case, earlier, given)
    if given.get("已结") == "是":
        case = _take(case, step, "withdraw", {"程序": given["程序"], "经办": "village_cadre"}, POSTED)
    return case


def _earlier(case: Case, step: str, given: Mapping[str, Any]) -> Case:
    sound = {"程序": given["程序"], "公示后": 8}
    if step == "town_review":
        case = _hung(case, sound)
        return _take(case, step, "pass", sound, _day(sound))
    case = _take(case, step, "pass", sound, POSTED)
    behind = step == "village_appraisal" and given["步骤"] == "town_review"
    return _hung(case, given) if behind and given.get("公示后") else case


def _hung(case: Case, given: Mapping[str, Any]) -> Case:
    case = ENGINE.notice_posted(case, "n", POSTED).case
    objection = given.get("异议")
    if objection is None:
        return case
    case = ENGINE.objection_raised(case, "o", POSTED, notice_id="n").case
    if objection == "未办结":
        return case
    return ENGINE.objection_closed(case, "o", POSTED, objection == "属实").case


def _open(given: Mapping[str, Any]) -> Case:
    step, action = FIRST[given["程序"]]
    procedure = PROCEDURES[given["程序"]]
    brought = {"papers": _papers(procedure, step, given), "people": _people(step, given)}
    who = _who(step, given)
    kept = {"id": "c", "region": sheet.VILLAGE, "on": BEGUN, "facts": facts(given)}
    return ENGINE.open(procedure, actor=who, action=action, **kept, **brought).case


def _take(case: Case, step: str, action: str, given: Mapping[str, Any], on: date) -> Case:
    brought = {"papers": _papers(case.procedure, step, given), "people": _people(step, given)}
    brought |= {"reason": given.get("说明")}
    return ENGINE.take(
        case, action, step=step, actor=_who(step, given), on=on, facts=facts(given), **brought
    ).case


def _papers(procedure: str, step: str, given: Mapping[str, Any]) -> list[Paper]:
    needed = ENGINE.library.versions(procedure)[0].step(step).papers
    return [Paper(name, "档案") for name in given.get("材料", needed)]


def _people(step: str, given: Mapping[str, Any]) -> list[Signature]:
    needed = [
        *PEOPLE[step],
        *(["household"] if given["程序"] == "消除" and step == "household_check" else []),
    ]
    return [_signature(one, f"{step}-{place}") for place, one in enumerate(given.get("参加", needed))]


def _signature(written: str, ref: str) -> Signature:
    role, _, note = written.partition(" ")
    if role == STAMP:
        return Signature("submitter", roles.VILLAGE_CADRE)
    return Signature(f"{ref.rpartition('-')[0]}-0" if note == SAME else ref, role)


def _who(step: str, given: Mapping[str, Any]) -> Actor:
    usual = {"application": "village_cadre", "proposal": "village_cadre", "household_check": "town_officer"}
    usual |= {"village_appraisal": "village_committee", "town_review": "town_officer"}
    role = given.get("经办", usual.get(step, "county_officer"))
    id = "submitter" if step in ("application", "proposal") else f"{role}-9"
    return actor(role, id=id, region=NEIGHBOUR if given.get("地方") == "邻村" else "")


def facts(given: Mapping[str, Any]) -> dict[str, Any]:
    """A household at 6,000 yuan a head and ill; of a removal at 11,000 yuan, everything delivered."""
    window = twelve_months_before(BEGUN)
    frame = {
        "from": window.start.isoformat(),
        "to": window.end.isoformat(),
        "on": "2021-09-02",
        "giver": "核实组",
    }
    wages = 3_300_000 if given["程序"] == "消除" else 1_800_000
    figures = {name: {"fen": 0, **frame} for name in fact_rules.MONEY_FIELDS} | {
        "wages": {"fen": wages, **frame}
    }
    judged = {name: fact_rules.answer(True, "核实组", "2021-09-02") for name in fact_rules.PROGRESS}
    known = fact_rules.of_case(sheet.collected_in(BEGUN), {"figures": figures, "answers": judged}, window)
    known["department_comparison"] = {"on": "2021-09-10"} if given.get("比对") == "齐全" else None
    known["early"] = {"clue": fact_rules.answer([], "", None), "warning": fact_rules.answer(False, "", None)}
    known["way"] = fact_rules.answer("helped", "村", None)
    known["assistance"] = {"total": 1, "confirmed": 1, "on": "2021-09-02"}
    return known


def reasons(refusal: Any) -> set[str]:
    """Return the codes of the reasons of a refusal that was caught."""
    return {one["code"] for one in refusal.value.reasons}
