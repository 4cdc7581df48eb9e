"""Removal, project entry, distribution, disposal and registration run on the same engine."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from shouwang.errors import Refused
from shouwang.procedure import Engine

from tests.shared.procedure.kit import (
    CHECKERS,
    COUNTY,
    DAY,
    LEADERS,
    TOWN,
    VILLAGE,
    Walk,
    actor,
    codes,
    engine,
    papers,
    people,
)

LATER = date(2021, 11, 1)


@pytest.fixture(scope="module")
def run() -> Engine:
    return engine()


def begun(run: Engine, procedure: str, role: str, *names: str, on: date = LATER, **given: Any) -> Walk:
    opened = run.open(
        procedure, id="c1", region=VILLAGE, on=on, actor=actor(role), papers=papers(*names), **given
    )
    return Walk(run, opened, on)


def refused(call: Any, *args: Any, **given: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        call(*args, **given)
    return codes(caught.value)


@pytest.mark.rule("R-06")
def test_the_village_may_not_propose_who_cannot_work(run: Engine) -> None:
    facts = {"somebody_can_work": False}
    assert refused(begun, run, "removal", "village_committee", facts=facts) == ["guard_refused"]
    assert refused(begun, run, "removal", "village_committee") == ["guard_unknown"]


@pytest.mark.rule("R-03")
def test_removal_is_signed_by_both_sides_and_waits_seven_days(run: Engine) -> None:
    walk = begun(run, "removal", "village_committee", on=DAY, facts={"somebody_can_work": True})
    given = {"papers": papers("measures_record", "removal_assessment")}
    town = actor("town_officer")
    assert refused(walk.take, "pass", "household_check", town, people=CHECKERS, **given) == [
        "missing_signature"
    ]
    household = people("h-1:household")
    one_and_household = [*CHECKERS[:1], *household]
    assert refused(walk.take, "pass", "household_check", town, people=one_and_household, **given) == [
        "too_few_people"
    ]
    walk.take("pass", "household_check", town, people=[*CHECKERS, *household], **given)
    walk.take("pass", "village_appraisal", actor("village_committee"), papers=papers("meeting_record")).post()
    assert refused(walk.later(7).take, "pass", "town_review", town, people=LEADERS) == ["gate_shut"]
    walk.later(1).take("pass", "town_review", town, people=LEADERS)
    county = actor("county_officer")
    low = {"special_review": "已复核", "not_below_floor": False}
    assert refused(walk.take, "remove", "county_decision", county, facts=low) == ["guard_refused"]
    walk.take("remove", "county_decision", county, facts={**low, "not_below_floor": True})
    assert walk.case.status == "removed"


@pytest.mark.rule("R-06")
def test_what_fails_the_appraisal_is_not_published(run: Engine) -> None:
    walk = begun(run, "removal", "village_committee", on=DAY, facts={"somebody_can_work": True})
    walk.take(
        "pass",
        "household_check",
        actor("town_officer"),
        people=[*CHECKERS, *people("h-1:household")],
        papers=papers("measures_record", "removal_assessment"),
    )
    walk.take("refuse", "village_appraisal", actor("village_committee"), reason="风险未消除")
    assert walk.case.notice is None
    assert not any(effect.kind == "notice_requested" for effect in walk.outcome.effects)


def test_an_upheld_objection_goes_to_the_last_actor_when_nothing_else_is_written(run: Engine) -> None:
    walk = begun(run, "project_entry", "village_committee", "meeting_record").post().later(2).object()
    assert walk.answer(upheld=True).case.step == "village_application"


def at_opinions(run: Engine) -> Walk:
    walk = begun(run, "project_entry", "village_committee", "meeting_record").post().later(11)
    walk.take("pass", "town_review", actor("town_officer")).post("n2")
    return walk.later(11)


@pytest.mark.rule("P-02")
def test_ten_days_in_village_and_in_town(run: Engine) -> None:
    walk = begun(run, "project_entry", "village_committee", "meeting_record").post()
    town, county = actor("town_officer"), actor("county_officer")
    assert refused(walk.later(10).take, "pass", "town_review", town) == ["gate_shut"]
    walk.later(1).take("pass", "town_review", town)
    assert walk.outcome.effects[-1].data["place"] == "town"
    given = {"papers": papers("opinion")}
    assert refused(walk.later(99).take, "pass", "revitalisation_opinion", county, **given) == ["gate_shut"]
    walk.post("n2").later(11).take("pass", "revitalisation_opinion", county, **given)


OPINIONS = {
    "revitalisation_opinion": "county_officer",
    "finance_opinion": "county_finance",
    "industry_opinion": "county_industry",
}


@pytest.mark.rule("P-02")
@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)], ids=str)
def test_three_opinions_in_any_order_but_all_of_them(run: Engine, order: tuple[int, ...]) -> None:
    walk, opinions = at_opinions(run), list(OPINIONS.items())
    group = actor("county_leading_group")
    for number in order:
        step, role = opinions[number]
        assert refused(walk.take, "pass", "leading_group", group, papers=papers("meeting_record"))[:1] == [
            "wrong_step"
        ]
        walk.take("pass", step, actor(role), papers=papers("opinion"))
    assert walk.case.step == "leading_group"


def test_an_opinion_is_due_from_the_open_gate_whoever_comes_first(run: Engine) -> None:
    walk = at_opinions(run)
    opened = walk.day
    walk.later(3).take("pass", "industry_opinion", actor("county_industry"), papers=papers("opinion"))
    due = run.due(walk.case, walk.day)
    assert [(one.step, one.due_on) for one in due] == [("finance_opinion", opened + timedelta(days=5))]


@pytest.mark.rule("P-02")
def test_one_opinion_cannot_be_given_twice(run: Engine) -> None:
    walk = at_opinions(run).take("pass", "finance_opinion", actor("county_finance"), papers=papers("opinion"))
    assert refused(
        walk.take, "pass", "finance_opinion", actor("county_finance"), papers=papers("opinion")
    ) == ["wrong_step"]


def at_leading_group(run: Engine) -> Walk:
    walk = at_opinions(run)
    for step, role in OPINIONS.items():
        walk.take("pass", step, actor(role), papers=papers("opinion"))
    return walk


@pytest.mark.rule("P-02")
def test_entry_after_the_county_notice_is_published_for_good(run: Engine) -> None:
    walk = at_leading_group(run)
    walk.take("pass", "leading_group", actor("county_leading_group"), papers=papers("meeting_record"))
    walk.post("n3")
    county = actor("county_officer")
    assert refused(walk.later(10).take, "enter", "entry", county) == ["gate_shut"]
    walk.later(1).take("enter", "entry", county)
    assert walk.case.status == "entered"
    assert [effect.kind for effect in walk.outcome.effects] == [
        "step_taken",
        "publication_requested",
        "ended",
    ]
    assert walk.outcome.effects[1].data["place"] == "county"


def test_sent_back_to_one_opinion_the_others_stand(run: Engine) -> None:
    walk, group = at_leading_group(run), actor("county_leading_group")
    walk.take("send_back", "leading_group", group, reason="资金未落实", to="finance_opinion")
    finance = actor("county_finance")
    assert refused(
        walk.take, "pass", "industry_opinion", actor("county_industry"), papers=papers("opinion")
    ) == ["wrong_step"]
    walk.take("pass", "finance_opinion", finance, papers=papers("opinion"))
    assert walk.case.step == "leading_group"


def test_an_opinion_sent_back_undoes_the_whole_round(run: Engine) -> None:
    walk = at_opinions(run).take("pass", "finance_opinion", actor("county_finance"), papers=papers("opinion"))
    walk.take("send_back", "revitalisation_opinion", actor("county_officer"), reason="内容不全")
    assert (walk.case.step, walk.case.passed) == ("town_review", ())
    walk.take("pass", "town_review", actor("town_officer")).post("n4").later(11)
    assert set(walk.may(None)) >= {(step, "pass") for step in OPINIONS}


@pytest.mark.rule("P-02")
def test_who_gave_an_opinion_does_not_sit_in_the_group(run: Engine) -> None:
    walk = at_leading_group(run)
    group = actor("county_leading_group", "county_finance-1")
    assert refused(walk.take, "pass", "leading_group", group, papers=papers("meeting_record")) == [
        "own_submission"
    ]


@pytest.mark.rule("X-07")
def test_a_notice_that_the_village_closes_itself(run: Engine) -> None:
    walk = begun(
        run, "income_distribution", "village_committee", "meeting_record", facts={"uses_allowed": True}
    )
    village, given = actor("village_committee"), {"papers": papers("notice_record")}
    assert refused(walk.take, "pass", "plan_notice", village, **given) == ["gate_shut"]
    walk.post().later(10)
    assert refused(walk.take, "pass", "plan_notice", village, **given) == ["gate_shut"]
    assert refused(walk.take, "pass", "town_review", actor("town_officer")) == [
        *("wrong_step", "gate_shut", "guard_unknown")
    ]
    walk.object()
    assert refused(walk.take, "refuse", "plan_notice", village, reason="方案作废") == ["open_objection"]
    walk.answer(upheld=False).later(1).take("pass", "plan_notice", village, **given)
    assert walk.case.step == "town_review"


@pytest.mark.rule("X-07")
def test_the_village_may_take_its_plan_back_while_the_notice_runs(run: Engine) -> None:
    walk = begun(
        run, "income_distribution", "village_committee", "meeting_record", facts={"uses_allowed": True}
    )
    walk.post().later(2).take("send_back", "plan_notice", actor("village_committee"), reason="重拟")
    assert walk.case.step == "village_proposal" and walk.case.notice is None


@pytest.mark.rule("X-07")
def test_a_distribution_for_forbidden_uses_does_not_pass(run: Engine) -> None:
    given = {"facts": {"uses_allowed": False}}
    assert refused(begun, run, "income_distribution", "village_committee", "meeting_record", **given) == [
        "guard_refused"
    ]


@pytest.mark.rule("X-08")
def test_a_working_asset_is_not_disposed_of(run: Engine) -> None:
    files = ("disposal_plan", "valuation")
    assert refused(begun, run, "disposal", "village_committee", *files, facts={"no_longer_works": False}) == [
        "guard_refused"
    ]
    walk = begun(run, "disposal", "village_committee", *files, facts={"no_longer_works": True})
    walk.take("pass", "town_review", actor("town_officer"))
    walk.take("approve", "county_approval", actor("county_officer"))
    assert walk.case.status == "approved"


@pytest.mark.rule("X-03")
def test_a_right_is_registered_after_survey_and_notice(run: Engine) -> None:
    surveyors = people("a:department_officer", "b:department_officer")
    walk = begun(run, "right_registration", "department_officer", "survey_record", people=surveyors)
    county = actor("county_officer")
    walk.post().later(11).take("certify", "certificate", county)
    signed = people("v:village_committee", "a:department_officer")
    village = actor("village_committee")
    walk.take("confirm", "hand_over", village, papers=papers("hand_over_record"), people=signed)
    assert walk.case.status == "registered"


def test_a_department_acts_county_wide_but_not_elsewhere(run: Engine) -> None:
    surveyors = people("a:department_officer", "b:department_officer")
    opening: dict[str, Any] = {"id": "c", "on": LATER, "papers": papers("survey_record"), "people": surveyors}
    seated = actor("department_officer", region=TOWN)
    assert run.open("right_registration", region="430426200001", actor=seated, **opening).case.is_open
    with pytest.raises(Refused) as caught:
        run.open("right_registration", region="430424100001", actor=seated, **opening)
    assert codes(caught.value) == ["wrong_region"]
    assert COUNTY == "430426"
