"""The five steps of identification, and everything that must not happen on the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from shouwang.errors import BadRequest, Refused
from shouwang.procedure import Case, Engine, Paper

from tests.shared.procedure.kit import (
    CHECKERS,
    COUNTY,
    DAY,
    FACTS,
    LEADERS,
    VILLAGE,
    actor,
    applied,
    appraise,
    checked,
    codes,
    engine,
    included,
    noticed,
    papers,
    people,
    review,
    reviewed,
)


@pytest.fixture(scope="module")
def run() -> Engine:
    return engine()


def refused(call: Any, *args: Any, **given: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        call(*args, **given)
    assert caught.value.code == caught.value.reasons[0]["code"]
    return codes(caught.value)


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


@pytest.mark.rule("N-01")
@pytest.mark.parametrize(("days", "shut"), [(0, True), (6, True), (7, True), (8, False), (30, False)])
def test_the_gate_opens_on_the_eighth_day(run: Engine, days: int, shut: bool) -> None:
    walk = noticed(run).later(days)
    if shut:
        assert refused(review, walk) == ["gate_shut"]
    else:
        assert review(walk).case.step == "county_decision"


@pytest.mark.rule("N-01")
def test_a_notice_not_yet_posted_keeps_the_gate_shut(run: Engine) -> None:
    walk = appraise(checked(run)).later(60)
    assert refused(review, walk) == ["gate_shut"]


@pytest.mark.rule("R-03")
def test_behind_the_notice_every_level_waits(run: Engine) -> None:
    walk = noticed(run).later(7)
    assert refused(
        walk.take, "refuse", "town_review", actor("town_officer", "t"), people=LEADERS, reason="不"
    ) == ["gate_shut"]
    found = refused(walk.take, "include", "county_decision", actor("county_officer"), facts=FACTS)
    assert found == ["wrong_step", "gate_shut"]


def test_the_notice_itself_is_passed_by_nobody(run: Engine) -> None:
    walk = noticed(run).later(8)
    assert refused(walk.take, "pass", "village_notice", actor("village_committee")) == ["wrong_step"]


@pytest.mark.rule("N-01")
def test_an_open_objection_holds_the_gate_after_the_days(run: Engine) -> None:
    walk = noticed(run).later(3).object().later(20)
    assert refused(review, walk) == ["open_objection"]
    walk.answer(upheld=False)
    assert review(walk).case.step == "county_decision"


def test_days_and_objections_are_both_told(run: Engine) -> None:
    assert refused(review, noticed(run).later(3).object()) == ["gate_shut", "open_objection"]


@pytest.mark.rule("I-03")
def test_an_upheld_objection_sends_back_and_a_new_notice_starts_anew(run: Engine) -> None:
    walk = noticed(run).later(5).object().later(1).answer(upheld=True)
    assert walk.case.step == "village_appraisal" and walk.case.notice is None
    assert [effect.kind for effect in walk.outcome.effects] == ["sent_back"]
    appraise(walk.later(1))
    assert walk.outcome.effects[-1].kind == "notice_requested"
    assert refused(review, walk.later(30)) == ["gate_shut"]
    walk.post("n2").later(7)
    assert refused(review, walk) == ["gate_shut"]
    assert review(walk.later(1)).case.step == "county_decision"


def test_the_same_notice_fact_twice_changes_nothing(run: Engine) -> None:
    walk = noticed(run).later(1).object()
    once = walk.case
    assert walk.object().case is once
    assert run.notice_posted(once, "n1", DAY).case is once
    answered = walk.answer(upheld=False).case
    assert walk.answer(upheld=False).case is answered


def test_an_objection_after_the_gate_stood_open_is_refused(run: Engine) -> None:
    walk = noticed(run).later(8)
    assert refused(walk.object) == ["notice_closed"]
    assert refused(review(walk).object) == ["notice_closed"]
    assert refused(included(run).object) == ["closed_case"]


def test_an_objection_that_arrives_late_counts_from_its_own_day(run: Engine) -> None:
    walk = noticed(run).later(5).object("o1")
    walk.outcome = run.objection_raised(walk.case, "o2", DAY + timedelta(days=3))
    assert [one.id for one in walk.case.notice.objections] == ["o1", "o2"]  # type: ignore[union-attr]
    assert walk.case.entries[-1].on == DAY + timedelta(days=5)
    assert walk.case.notice.objections[1].raised_on == DAY + timedelta(days=3)  # type: ignore[union-attr]


def test_an_objection_before_the_posting_or_to_another_notice_is_refused(run: Engine) -> None:
    waiting = appraise(checked(run))
    assert refused(waiting.object) == ["gate_shut"]
    walk = waiting.later(2).post()
    with pytest.raises(Refused) as caught:
        run.objection_raised(walk.case, "o1", DAY)
    assert codes(caught.value) == ["backdated"]
    with pytest.raises(Refused) as caught:
        run.objection_raised(walk.case, "o1", walk.day, notice_id="n0")
    assert codes(caught.value) == ["notice_closed"]
    with pytest.raises(Refused):
        run.objection_closed(walk.case, "never", walk.day, upheld=True)


def test_an_objection_open_when_another_was_upheld_is_still_answered_on_record(run: Engine) -> None:
    walk = noticed(run).later(2).object("o1").object("o2").answer(upheld=True, objection="o1")
    walk.later(1).answer(upheld=True, objection="o2")
    assert walk.case.step == "village_appraisal"
    assert walk.case.entries[-1].detail["earlier_notice"] is True


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


@pytest.mark.rule("M-12")
def test_under_the_line_nobody_may_refuse(run: Engine) -> None:
    walk, county = reviewed(run), actor("county_officer")
    assert refused(walk.take, "refuse", "county_decision", county, facts=FACTS, reason="名额已满") == [
        "guard_refused"
    ]
    walk.take("refuse", "county_decision", county, facts={"income": 660000}, reason="超过基准线")
    assert walk.case.status == "refused"
    assert [effect.kind for effect in walk.outcome.effects] == ["step_taken", "ended"]


@pytest.mark.rule("I-05")
@pytest.mark.parametrize("reason", [None, "", "  "])
@pytest.mark.parametrize("action", ["send_back", "refuse"])
def test_sending_back_and_refusing_need_a_reason(run: Engine, action: str, reason: str | None) -> None:
    walk, given = applied(run), {"people": CHECKERS, "reason": reason}
    assert refused(walk.take, action, "household_check", actor("town_officer"), **given) == ["missing_reason"]


def test_a_refusal_needs_the_same_people_and_signatures(run: Engine) -> None:
    town, given = actor("town_officer", "town-7"), {"reason": "不符合条件", "facts": {"income": 660000}}
    assert refused(applied(run).take, "refuse", "household_check", town, **given) == ["too_few_people"]
    walk = noticed(run).later(8)
    assert refused(walk.take, "refuse", "town_review", town, **given) == ["missing_signature"] * 2
    assert walk.take("refuse", "town_review", town, people=LEADERS, **given).case.status == "refused"


def test_what_was_sent_back_is_done_anew(run: Engine) -> None:
    walk = noticed(run).later(8)
    town = actor("town_officer", "town-7")
    walk.take("send_back", "town_review", town, reason="评议记录不全")
    assert walk.case.step == "village_appraisal" and walk.case.notice is None
    assert refused(review, walk) == ["wrong_step"]
    old = papers("meeting_record", on=DAY)
    village = actor("village_committee")
    assert refused(walk.take, "pass", "village_appraisal", village, papers=old) == ["missing_paper"]
    assert refused(walk.take, "pass", "village_appraisal", village) == ["missing_paper"]
    appraise(walk)
    assert refused(review, walk.later(30)) == ["gate_shut"]


def test_one_may_choose_where_to_send_back(run: Engine) -> None:
    town = actor("town_officer", "town-7")
    walk = noticed(run).later(8).take("send_back", "town_review", town, reason="重核", to="household_check")
    assert walk.case.step == "household_check"
    again = noticed(run).later(8)
    assert refused(again.take, "send_back", "town_review", town, reason="重核", to="application") == [
        "wrong_step"
    ]


@pytest.mark.parametrize("who", [actor("household", "h-7"), actor("village_cadre", "v-5")])
def test_withdrawing_is_possible_at_any_step(run: Engine, who: Any) -> None:
    for walk in (applied(run), noticed(run).later(2).object(), reviewed(run)):
        assert walk.take("withdraw", None, who).case.status == "withdrawn"
    assert refused(applied(run).take, "withdraw", None, actor("town_officer")) == ["wrong_role"]


def test_who_submitted_may_withdraw_it(run: Engine) -> None:
    assert applied(run).take("withdraw", None, actor("village_cadre")).case.status == "withdrawn"


def test_a_case_ends_when_the_household_is_gone(run: Engine) -> None:
    town = actor("town_officer")
    assert refused(applied(run).take, "abort", None, town) == ["missing_reason"]
    assert refused(applied(run).take, "abort", None, town, reason="deceasd") == ["missing_reason"]
    walk = applied(run).take("abort", None, town, reason="deceased")
    assert walk.case.status == "aborted" and walk.case.entries[-1].reason == "deceased"


def test_nothing_happens_in_a_closed_case(run: Engine) -> None:
    walk = included(run)
    for action, who in (("include", actor("county_officer")), ("withdraw", actor("household", "h-7"))):
        assert refused(walk.take, action, "county_decision", who, facts=FACTS) == ["closed_case"]
    assert run.possibilities(walk.case, None, {}, walk.day) == []
    assert run.due(walk.case, walk.day) == []


def test_days_never_go_backwards(run: Engine) -> None:
    walk = checked(run).later(-1)
    with pytest.raises(Refused) as caught:
        appraise(walk)
    assert codes(caught.value) == ["backdated"]


def test_effects_hold_no_person(run: Engine) -> None:
    walk = (
        noticed(run).later(8).take("send_back", "town_review", actor("town_officer", "t9"), reason="张三丰")
    )
    data = str([effect.data for effect in walk.outcome.effects])
    assert "t9" not in data and "张三丰" not in data


def test_asking_for_a_notice(run: Engine) -> None:
    data = appraise(checked(run)).outcome.effects[-1].data
    asked = {"case": "c1", "step": "village_notice", "place": "village", "days": 7, "region": VILLAGE}
    assert asked.items() <= data.items()


def test_a_county_actor_of_the_next_county_is_refused(run: Engine) -> None:
    other = actor("county_officer", region="430424")
    assert refused(reviewed(run).take, "include", "county_decision", other, facts=FACTS) == ["wrong_region"]
    assert COUNTY == "430426"


def test_a_paper_without_a_date_counts_as_of_the_action(run: Engine) -> None:
    walk = applied(run, papers=[Paper("application_and_authorisation")])
    assert walk.case.entries[0].papers[0].on is None
    assert walk.case.opened_on == date(2021, 8, 2)
