"""The steps of a case as people take them: who, what papers, what signatures."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import Actor, roles
from shouwang.testing import actor, service_actor

from services.monitoring.service import Monitoring
from tests.services.monitoring.county import VILLAGE, County
from tests.services.monitoring.sheet import household

HOME = f"{VILLAGE}-0001"
HEAD = f"{HOME}-01"
CADRE = actor(roles.VILLAGE_CADRE)
COMMITTEE = actor(roles.VILLAGE_COMMITTEE)
TOWN = actor(roles.TOWN_OFFICER)
COUNTY = actor(roles.COUNTY_OFFICER)
PAPER = {"reference": "附件1/0001", "signed_by": HEAD}

POOR = {
    "collected_on": "2021-07-08",
    "figures": {
        "wages": 1200000,
        "business": 500000,
        "property": 0,
        "transfers": 300000,
        "business_costs": 200000,
        "claims": 0,
        "own_payments": 912000,
    },
    "givers": {"transfers": "县民政局"},
    "risks": ["illness"],
}
"""1800000 fen for three persons: 6,000 yuan a head."""

BETTER = {
    "collected_on": "2022-03-02",
    "figures": POOR["figures"] | {"wages": 2700000, "own_payments": 0},
    "measures_delivered": True,
    "fed_and_clothed": True,
    "income_stable": True,
    "spending_controlled": True,
}
"""3300000 fen for three persons: 11,000 yuan a head."""


def signed(*roles_of: str) -> list[dict[str, str]]:
    return [{"person_ref": f"{role}-{number}", "role": role} for number, role in enumerate(roles_of, 5)]


def person(ref: str, role: str) -> dict[str, str]:
    return {"person_ref": ref, "role": role}


CHECKERS = [person("town-7", roles.TOWN_OFFICER), person("team-7", roles.VILLAGE_TEAM)]
ASSEMBLY = signed(roles.VILLAGE_TEAM, roles.VILLAGE_COMMITTEE, roles.VILLAGE_MEETING)
ATTENDED = [
    {"person_ref": ASSEMBLY[0]["person_ref"], "function": "village_team"},
    {"person_ref": ASSEMBLY[1]["person_ref"], "function": "two_committees"},
    {"person_ref": ASSEMBLY[2]["person_ref"], "function": "group_leader"},
    {"person_ref": "member-8", "function": "party_member"},
]
LEADERS = signed(roles.TOWN_PARTY_SECRETARY, roles.TOWN_HEAD)


def papers(*names: str) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


def meeting(on: date, **changes: Any) -> dict[str, Any]:
    """The record of a sound appraisal meeting of that day: four were invited and came, all in favour."""
    record = {"held_on": on.isoformat(), "place": "村部", "reference": "会议记录/0001"}
    record |= {"chair": ASSEMBLY[1]["person_ref"], "attended": ATTENDED, "invited": 4}
    return record | {"in_favour": 4, "against": 0, "abstained": 0} | changes


def against(on: date) -> dict[str, Any]:
    """The record of a meeting that did not agree."""
    return meeting(on, in_favour=1, against=3)


def apply(county: County, *, home: str = HOME, **more: Any) -> dict[str, Any]:
    paper = {**PAPER, "signed_by": f"{home}-01", "on": str(county.clock.today())}
    given = {"household": home, "risks": ["illness"], "paper": paper} | more
    return county.call(CADRE, "apply", **given)


def take(county: County, who: Actor, case: str, step: str, action: str, **more: Any) -> dict[str, Any]:
    return county.call(who, "take_step", case=case, step=step, action=action, **more)


def check(county: County, case: str, record: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    action = more.pop("action", "pass")
    given = {"papers": papers("information_record"), "people": CHECKERS, "record": record or POOR} | more
    return take(county, TOWN, case, "household_check", action, **given)


def appraise(county: County, case: str, **changes: Any) -> dict[str, Any]:
    given = {"papers": papers("meeting_record"), "people": ASSEMBLY, "meeting": meeting(county.clock.today())}
    return take(county, COMMITTEE, case, "village_appraisal", "pass", **(given | changes))


def review_specially(county: County, case: str, *grounds: str, **changes: Any) -> dict[str, Any]:
    """The county's special review on these grounds, which finds that the risk may be removed."""
    people = [person("county-7", roles.COUNTY_OFFICER), person("bureau-7", roles.DEPARTMENT_OFFICER)]
    given = {"case": case, "on": county.clock.today().isoformat(), "people": people}
    given |= {"grounds": list(grounds), "findings": "逐项核对，风险已稳定消除"}
    given |= {"conclusion": "may_be_removed", "reference": "重点审查/0001"}
    return county.call(COUNTY, "record_special_review", **(given | changes))


def post_notice(county: County, case: str, notice: str = "n-1") -> date:
    """notify hangs the notice today, says so, and tells it when asked; returns when the gate opens."""
    today = county.clock.today()
    opens = date.fromordinal(today.toordinal() + 8)
    subject = {"service": "monitoring", "kind": "case", "id": case}
    state = {"subject": subject, "step": "village_notice", "notice": notice, "posted_on": today.isoformat()}
    state |= {"opens_on": opens.isoformat(), "ended_on": None, "objections": []}
    county.bus.answer("notify", "notice_of", state)
    told = {name: state[name] for name in ("subject", "step", "notice", "opens_on")}
    county.hear("notify", "notice.posted", "notice_posted", {**told, "on": today.isoformat()})
    return opens


def review(county: County, case: str, paper: str = "identification_approval") -> dict[str, Any]:
    return take(county, TOWN, case, "town_review", "pass", papers=papers(paper), people=LEADERS)


def answer_comparison(county: County) -> None:
    """One department offers comparison and answers."""
    from shouwang.department import authorisation
    from shouwang.sealing import KeyPair, open_sealed, seal

    pair = KeyPair.generate()
    offered = {"code": "civil_affairs", "title": "县民政局", "public_key": pair.public_text}
    offered |= {"comparisons": [{"name": "vehicles"}], "measures": []}
    county.bus.answer("assistance", "departments", [offered])

    def compare(authorisation: str, persons: str) -> dict[str, Any]:
        listed = open_sealed(pair.private, persons)
        granted = verify(authorisation, listed)
        facts = [{"fact": "vehicles", "persons": {one["ref"]: {"count": 0} for one in listed}}]
        answer = {"case": granted.case, "department": "civil_affairs", "on": "2021-08-01", "facts": facts}
        return {"case": granted.case, "sealed": seal(county.keys.sealing.public, answer)}

    def verify(token: str, listed: list[dict[str, Any]]) -> authorisation.Authorisation:
        key = county.call(COUNTY, "public_key")["authorisation_key"]
        given = {"department": "civil_affairs", "persons": listed, "today": county.clock.today()}
        return authorisation.verify(token, key, **given)

    county.bus.answer("civil_affairs", "compare", compare)


def up_to_the_county(county: County, *, home: str = HOME, record: dict[str, Any] | None = None) -> str:
    """A case that stands at the county's decision, comparison answered."""
    case: str = apply(county, home=home)["case"]
    check(county, case, record)
    appraise(county, case)
    county.clock.advance_to(post_notice(county, case))
    review(county, case)
    answer_comparison(county)
    county.call(COUNTY, "request_comparison", case=case)
    return case


def proceedings_day(county: County) -> None:
    """Let the day's own work of the proceedings run, and of no other topic."""
    ctx = county.context(service_actor("monitoring"))
    Monitoring(ctx).proceedings_day(county.clock.today())


def include(county: County, *, home: str = HOME) -> str:
    """A household that is monitored; returns its case."""
    county.import_rows(household(1, 2))
    case = up_to_the_county(county, home=home)
    take(county, COUNTY, case, "county_decision", "include")
    return case
