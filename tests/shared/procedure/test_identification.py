"""The five steps of identification, and everything that must not happen on the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from shouwang.errors import BadRequest, Refused
from shouwang.procedure import Case, Engine, Paper

from tests.shared.procedure.identifying import refused
from tests.shared.procedure.kit import (
    CHECKERS,
    COUNTY,
    DAY,
    FACTS,
    actor,
    applied,
    checked,
    included,
    noticed,
    papers,
    people,
    reviewed,
)


@pytest.mark.rule("I-05")
def test_the_whole_way_ends_included(run: Engine) -> None:
    case = included(run).case
    assert case.status == "included"
    steps = [(entry.step, entry.action) for entry in case.entries]
    assert steps == [
        ("application", "pass"),
        ("household_check", "pass"),
        ("village_appraisal", "pass"),
        ("village_notice", "notice_posted"),
        ("village_notice", "pass"),
        ("town_review", "pass"),
        ("county_decision", "include"),
    ]


@pytest.mark.rule("R-05")
def test_every_entry_says_who_when_with_what_and_on_what_grounds(run: Engine) -> None:
    case = included(run).case
    check, decision = case.entries[1], case.entries[-1]
    assert check.by is not None and check.by["id"] == "town_officer-1" and check.on == DAY
    assert check.people == tuple(CHECKERS) and check.papers[0].name == "information_record"
    assert decision.decisions[0]["rule"] == "M-08" and decision.decisions[0]["verdict"] == "yes"


def test_a_case_survives_json(run: Engine) -> None:
    for walk in (included(run), noticed(run).object(), checked(run)):
        assert Case.from_dict(walk.case.to_dict()) == walk.case


def test_a_case_is_never_changed_in_place(run: Engine) -> None:
    before = applied(run)
    frozen = before.case.to_dict()
    after = checked(run)
    assert before.case.to_dict() == frozen and after.case.step == "village_appraisal"
    with pytest.raises(AttributeError):
        before.case.step = "county_decision"  # type: ignore[misc]


@pytest.mark.rule("I-01")
def test_no_application_without_the_signed_form(run: Engine) -> None:
    assert refused(applied, run, papers=[]) == ["missing_paper"]


def test_a_paper_nobody_knows_is_a_bad_request(run: Engine) -> None:
    with pytest.raises(BadRequest, match="application_and_authorisation"):
        applied(run, papers=papers("aplication_and_authorisation"))


def test_a_paper_from_the_future_is_not_there(run: Engine) -> None:
    later = papers("application_and_authorisation", on=DAY + timedelta(days=1))
    assert refused(applied, run, papers=later) == ["missing_paper"]


def test_the_household_itself_may_apply(run: Engine) -> None:
    assert applied(run, actor=actor("household", "h-7")).case.step == "household_check"


@pytest.mark.rule("I-02")
@pytest.mark.parametrize(
    ("present", "missing"),
    [
        ([], True),
        (["town_officer-1:town_officer"], True),
        (["a:town_officer", "a:village_cadre"], True),
        (["a:town_officer", "b:contact_person"], True),
        (["a:town_officer", "b:village_cadre"], False),
    ],
)
def test_the_check_needs_two_different_people_of_the_right_kind(
    run: Engine, present: list[str], missing: bool
) -> None:
    walk = applied(run)
    given = {"people": people(*present), "papers": papers("information_record"), "facts": FACTS}
    if missing:
        assert refused(walk.take, "pass", "household_check", actor("town_officer"), **given) == [
            "too_few_people"
        ]
    else:
        walk.take("pass", "household_check", actor("town_officer"), **given)
        assert walk.case.step == "village_appraisal"


def test_nobody_checks_what_they_submitted(run: Engine) -> None:
    walk = applied(run)
    given = {"papers": papers("information_record"), "facts": FACTS}
    signed = people("town_officer-1:town_officer", "village_cadre-1:village_cadre")
    as_helper = refused(walk.take, "pass", "household_check", actor("town_officer"), people=signed, **given)
    assert as_helper == ["own_submission"]
    same = actor("town_officer", "village_cadre-1")
    assert refused(walk.take, "pass", "household_check", same, people=CHECKERS, **given) == ["own_submission"]
    assert refused(walk.take, "refuse", "household_check", same, reason="理由", people=CHECKERS) == [
        "own_submission"
    ]


def test_a_service_acts_as_the_person_it_acts_for(run: Engine) -> None:
    walk = applied(run)
    behind = actor("town_officer", "gateway").acting_for("village_cadre-1")
    given = {"papers": papers("information_record"), "people": CHECKERS}
    assert refused(walk.take, "pass", "household_check", behind, **given) == ["own_submission"]


def test_a_refusal_tells_every_reason(run: Engine) -> None:
    walk = applied(run)
    stranger = actor("village_cadre", region="430426200001")
    found = refused(walk.take, "pass", "town_review", stranger, on=DAY - timedelta(days=1))
    assert found == [
        *("wrong_step", "backdated", "wrong_level", "wrong_role", "wrong_region"),
        *("missing_signature", "missing_signature"),
    ]


def test_every_reason_carries_message_and_source(run: Engine) -> None:
    with pytest.raises(Refused) as caught:
        applied(run).take("pass", "household_check", actor("town_officer"))
    for reason in caught.value.reasons:
        assert reason["message"] and "湘委乡振组发〔2021〕1号" in reason["source"]
    assert "附件2" in str(caught.value)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (actor("town_officer", region="430426200"), ["wrong_region"]),
        (actor("town_officer", level="county"), ["wrong_level"]),
        (actor("town_head"), ["wrong_role"]),
        (actor("village_cadre", "x"), ["wrong_level", "wrong_role"]),
    ],
)
def test_level_role_and_region(run: Engine, who: Any, expected: list[str]) -> None:
    given = {"people": CHECKERS, "papers": papers("information_record"), "facts": FACTS}
    assert refused(applied(run).take, "pass", "household_check", who, **given) == expected


def test_an_unknown_step_and_an_unknown_action(run: Engine) -> None:
    walk = applied(run)
    with pytest.raises(Refused, match="household_check"):
        walk.take("pass", "houshold_check", actor("town_officer"))
    given = {"people": CHECKERS, "papers": papers("information_record")}
    assert refused(walk.take, "include", "household_check", actor("town_officer"), **given) == [
        "unknown_action"
    ]


@pytest.mark.rule("I-04")
@pytest.mark.parametrize(
    ("signed", "missing"),
    [
        ([], 2),
        (["s:town_party_secretary"], 1),
        (["s:town_party_secretary", "s:town_head"], 1),
        (["s:town_party_secretary", "h:town_head"], 0),
    ],
)
def test_both_town_leaders_sign_each_for_himself(run: Engine, signed: list[str], missing: int) -> None:
    walk, who = noticed(run).later(8), actor("town_officer", "town-7")
    if missing:
        found = refused(walk.take, "pass", "town_review", who, people=people(*signed))
        assert found == ["missing_signature"] * missing
    else:
        walk.take("pass", "town_review", who, people=people(*signed))


@pytest.mark.rule("I-05")
def test_the_county_needs_the_comparison_and_an_answer(run: Engine) -> None:
    walk, county = reviewed(run), actor("county_officer")
    assert refused(walk.take, "include", "county_decision", county) == ["missing_fact", "guard_unknown"]
    unknown = {"department_comparison": {"verdict": "unknown"}, "income": 700000}
    found = refused(walk.take, "include", "county_decision", county, facts=unknown)
    assert found == ["missing_fact", "guard_refused"]


def test_what_is_missing_is_named(run: Engine) -> None:
    with pytest.raises(Refused, match="人均纯收入"):
        reviewed(run).take(
            "include", "county_decision", actor("county_officer"), facts={"department_comparison": {}}
        )
    with pytest.raises(Refused, match="缺少：income"):
        reviewed(run).take("refuse", "county_decision", actor("county_officer"), reason="不符")


def test_effects_hold_no_person(run: Engine) -> None:
    walk = (
        noticed(run).later(8).take("send_back", "town_review", actor("town_officer", "t9"), reason="张三丰")
    )
    data = str([effect.data for effect in walk.outcome.effects])
    assert "t9" not in data and "张三丰" not in data


def test_a_county_actor_of_the_next_county_is_refused(run: Engine) -> None:
    other = actor("county_officer", region="430424")
    assert refused(reviewed(run).take, "include", "county_decision", other, facts=FACTS) == ["wrong_region"]
    assert COUNTY == "430426"


def test_a_paper_without_a_date_counts_as_of_the_action(run: Engine) -> None:
    walk = applied(run, papers=[Paper("application_and_authorisation")])
    assert walk.case.entries[0].papers[0].on is None
    assert walk.case.opened_on == date(2021, 8, 2)
