"""Who is refused where: every role at every place, through the real entries, against tables written by hand.

Own: where the case lies in the actor's area. Other places: another village of the town, another town,
another county. A refusal is a typed error with a Chinese sentence.
"""

import re
from pathlib import Path

import pytest
from shouwang.access import roles
from shouwang.access.roles import ROLES, USUAL_LEVEL
from shouwang.errors import Forbidden, Refused, ShouwangError, StaleVersion
from shouwang.procedure.reasons import WHO
from shouwang.testing import actor
from shouwang.testing.procedures import read_table
from shouwang.yaml_lines import load_mapping

from tests.services.monitoring import steps
from tests.services.monitoring.proceedings.test_removal import HOUSEHOLD, propose
from tests.services.monitoring.proceedings.test_removal import check as check_removal
from tests.services.monitoring.sheet import VILLAGE, household
from tests.services.monitoring.steps import BETTER, COUNTY, TOWN, take

TABLES = Path(__file__).parent / "tables"
ENTRIES = load_mapping(TABLES / "entries.yaml")
CHINESE = re.compile(r"[\u4e00-\u9fff]{4,}")
PLACES = {"own": VILLAGE, "village": "430426100998", "town": "430426998001", "county": "439999100001"}
"""Where the actor is at home, seen from the case: its village, its town, its county, or nowhere near."""
DIGITS = {"household": 12, "village": 12, "town": 9}
NOWHERE = f"{VILLAGE}-9999"
CASE = {"case": f"{NOWHERE}-I1"}
PAPER = {"reference": "附件1", "on": "2021-07-05", "signed_by": f"{NOWHERE}-01"}
APPLIED = {"household": NOWHERE, "risks": ["illness"], "paper": PAPER}
PEOPLE = [steps.person("a", "town_officer"), steps.person("b", "village_team")]
ARGS = {
    "apply": APPLIED,
    "verify_anew": APPLIED | {"was": "marginal"},
    "verify_anew_list": {"village": VILLAGE, "sealed": "x"},
    "propose_removal": {"household": NOWHERE, "way": "helped", "record": {"collected_on": "2021-07-05"}},
    "request_comparison": CASE,
    "record_special_review": CASE
    | {"on": "2021-07-05", "people": PEOPLE, "grounds": [], "findings": "核对", "conclusion": "not_yet"}
    | {"reference": "r"},
    "correct_decision": CASE | {"reason": "复核"},
    "settle_debt": CASE | {"paper": {"name": "information_record"}},
    "case": CASE,
    "what_next": CASE,
    "explain": CASE,
    "cases": {"region": VILLAGE},
    "debts": {"region": VILLAGE},
    "follow_ups": {"region": VILLAGE},
    "follow_up_visit": {"household": NOWHERE, "on": "2021-07-05", "people": PEOPLE, "looked_at": []}
    | {"risks": [], "findings": "核对"},
    "national_export": {"region": VILLAGE, "since": "2021-07-01", "until": "2021-07-05", "reader_key": "x"},
    "confirm_national_entry": CASE | {"number": "N1", "on": "2021-07-05"},
    "national_outstanding": {"region": VILLAGE},
    "reconcile_national": {"region": VILLAGE, "sealed": "x"},
    "resolve_matter": {"reconciliation": f"{VILLAGE}-N1", "matter": 1, "how": "not_ours"},
    "reconciliations": {"region": VILLAGE},
}


def people_everywhere():
    """Every role at every place it can be at home: (role, place, actor)."""
    for role in sorted(ROLES):
        digits = DIGITS.get(USUAL_LEVEL[role], 6)
        homes = {}
        for place, code in PLACES.items():
            homes.setdefault(code[:digits], place)  # a town is at home in each of its villages
        for code, place in homes.items():
            yield role, place, actor(role, id=f"{role}-0", region=code)


def refusal(call, *args, **given):
    """Why the call is refused for who acts: "role", "service", "region", or nothing (let in)."""
    try:
        call(*args, **given)
    except ShouwangError as error:
        codes = {error.code, *(one["code"] for one in getattr(error, "reasons", ()))}
        found = codes & {"access.wrong_role", "access.wrong_service", "access.wrong_region", *WHO}
        assert not found or CHINESE.search(error.message), error
        return found
    return set()


def test_every_entry_of_the_proceedings_has_its_line_in_the_table():
    from shouwang.service import entry_points
    from shouwang.service.base import Service

    from services.monitoring.entries.proceedings import Proceedings

    made = type("Only", (Proceedings, Service), {"name": "only", "store": None})
    calls = {one.name for one in entry_points(made) if one.kind == "call"}
    assert calls == set(ENTRIES) | {"take_step"} == set(ARGS) | {"take_step"}


@pytest.mark.rule("I-01", "I-04", "I-05", "R-03", "R-04", "S-07")
def test_every_role_from_every_place_may_call_exactly_what_the_table_says(county):
    wrong = []
    for entry, listed in ENTRIES.items():
        for role, place, who in people_everywhere():
            let_in = not refusal(county.call, who, entry, **ARGS[entry])
            if let_in != (role in listed and place == "own"):
                wrong.append(f"{entry} {role} {place}: {'let in' if let_in else 'refused'}")
    assert wrong == []


def standing(county, procedure):
    """Cases of one household each, one standing at each step: {step: case}."""
    names = [step for step in read_table(TABLES / f"{procedure}.yaml") if step != "*"]
    return {name: _at(county, procedure, number, name) for number, name in enumerate(names, 1)}


def _at(county, procedure, number, step):
    home = f"{VILLAGE}-{number:04d}"
    order = ["household_check", "village_appraisal", "town_review", "county_decision"]
    done = order[: order.index(step)] if step in order else []
    opened = steps.apply if procedure == "identification" else _proposed
    case = opened(county, home=home)["case"]
    if "household_check" in done:
        _checked(county, procedure, case, home)
    if "village_appraisal" in done:
        steps.appraise(county, case)
    if "town_review" in done:
        county.clock.advance_to(steps.post_notice(county, case, f"n-{case}"))
        paper = "identification_approval" if procedure == "identification" else "removal_assessment"
        steps.review(county, case, paper)
    return case


def _proposed(county, *, home):
    agg = county.store.households.get(home)
    agg.state |= {"status": "monitored", "monitoring": {"since": "2021-07-05"}}
    county.context(COUNTY).save(county.store.households, agg, "made monitored for the table")
    record = {"collected_on": "2021-07-05", "income_stable": True, "spending_controlled": True}
    given = {"household": home, "way": "helped", "record": record}
    return county.call(steps.COMMITTEE, "propose_removal", **given)


def _checked(county, procedure, case, home):
    if procedure == "identification":
        steps.check(county, case)
        return
    signed = [*steps.CHECKERS, steps.person(f"{home}-01", roles.HOUSEHOLD)]
    low = BETTER["figures"] | {"wages": 1_000_000}  # so that the county needs a special review first
    given = {"people": signed, "papers": steps.papers("measures_record", "removal_assessment")}
    record = BETTER | {"collected_on": "2021-07-05", "figures": low}
    take(county, TOWN, case, "household_check", "pass", record=record, **given)


@pytest.mark.rule("I-01", "I-02", "I-03", "I-04", "I-05", "R-03")
@pytest.mark.parametrize("procedure", ["identification", "removal"])
def test_every_role_from_every_place_takes_exactly_the_steps_of_the_table(county, procedure):
    """Papers, people and reasons are left out: whoever may act is stopped by those, nothing is stored."""
    county.import_rows([row for n in range(1, 6) for row in household(n, n * 3)])
    table, cases = read_table(TABLES / f"{procedure}.yaml"), standing(county, procedure)
    wrong = []
    for step, case in cases.items():
        for action in [*table[step], "abort"]:
            listed = table["*"]["abort"] if action == "abort" else table[step][action]
            wrong += list(_differences(county, case, step, action, set(listed) - {roles.SERVICE}))
    assert wrong == []
    assert {county.store.cases.get(case).state["case"]["status"] for case in cases.values()} == {"open"}


def _differences(county, case, step, action, listed):
    for role, place, who in at_home(case):
        given = {"case": case, "step": step, "action": action}
        let_in = not refusal(county.call, who, "take_step", **given)
        if let_in != (role in listed and place == "own"):
            yield f"{step}.{action} {role} {place}: {'let in' if let_in else 'refused'}"


def at_home(case):
    """Everybody everywhere; at home the household is the one of the case."""
    home = case.rpartition("-")[0]
    for role, place, who in people_everywhere():
        own = role == roles.HOUSEHOLD and place == "own"
        yield role, place, actor(role, org=home) if own else who


@pytest.mark.rule("R-05")
def test_a_withdrawal_is_the_households_or_the_villages(county):
    listed = read_table(TABLES / "identification.yaml")["*"]["withdraw"]
    county.import_rows([row for n in range(1, len(listed) + 1) for row in household(n, n * 3)])
    cases = [steps.apply(county, home=f"{VILLAGE}-{n:04d}")["case"] for n in range(1, len(listed) + 1)]
    may = {(role, "own") for role in listed}
    for role, place, who in at_home(cases[0]):
        if (role, place) not in may:
            assert refusal(take, county, who, cases[0], "household_check", "withdraw"), (role, place)
    for case, role in zip(cases, sorted(listed), strict=True):
        (who,) = [who for name, place, who in at_home(case) if (name, place) == (role, "own")]
        assert take(county, who, case, "household_check", "withdraw")["status"] == "withdrawn"


@pytest.mark.rule("I-02", "R-03")
def test_nobody_checks_what_they_proposed(county):
    steps.include(county)
    county.clock.advance_to(steps.date(2022, 3, 2))
    case = propose(county)["case"]
    people = [steps.CHECKERS[0], steps.person(steps.COMMITTEE.id, roles.VILLAGE_CADRE), *HOUSEHOLD]
    given = {"papers": steps.papers("measures_record", "removal_assessment"), "people": people}
    with pytest.raises(Refused) as error:
        take(county, TOWN, case, "household_check", "pass", record=BETTER, **given)
    assert error.value.code == "procedure.own_submission"
    assert CHINESE.search(error.value.message)
    assert check_removal(county, case)["step"] == "village_appraisal"


@pytest.mark.rule("I-01", "I-07")
def test_without_a_signed_authorisation_no_property_is_queried(county):
    county.import_rows(household(1, 2))
    case = steps.apply(county)["case"]
    agg = county.store.cases.get(case)
    agg.state["case"]["entries"][0]["people"] = []  # as if nobody had signed
    county.context(COUNTY).save(county.store.cases, agg, "made unsigned")
    with pytest.raises(Forbidden) as error:
        county.call(COUNTY, "request_comparison", case=case)
    assert error.value.code == "comparison.no_authorisation"
    assert CHINESE.search(error.value.message)
    assert not county.bus.called("assistance", "departments")


@pytest.mark.rule("I-03", "N-01")
def test_a_shut_gate_is_a_typed_refusal(county):
    county.import_rows(household(1, 2))
    case = steps.apply(county)["case"]
    steps.check(county, case)
    steps.appraise(county, case)
    with pytest.raises(Refused) as error:
        steps.review(county, case)
    assert error.value.code == "procedure.gate_shut"
    assert CHINESE.search(error.value.message)


def test_whoever_is_always_overtaken_is_told_so(county):
    """Each time the step is tried, somebody else has changed the case in between."""
    county.import_rows(household(1, 2))
    case = steps.apply(county)["case"]
    steps.check(county, case)
    steps.appraise(county, case)
    county.clock.advance_to(steps.post_notice(county, case))
    state = county.bus.answers["notify", "notice_of"]

    def overtaken(**_asked):
        agg = county.store.cases.get(case)
        county.context(COUNTY).save(county.store.cases, agg, "somebody else")
        return state

    county.bus.answer("notify", "notice_of", overtaken)
    with pytest.raises(StaleVersion) as error:
        steps.review(county, case)
    assert (error.value.code, error.value.status) == ("store.stale_version", 409)
    assert CHINESE.search(error.value.message)
