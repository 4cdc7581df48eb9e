"""Plantings of steps: gates, order, actors, people, papers."""

from __future__ import annotations

from shouwang.access import roles
from shouwang.testing import actor

from tests.county.checker.pen import Json, Pen
from tests.county.checker.plantings import (
    CASES,
    DISTRIBUTIONS,
    HOUSEHOLDS,
    NOTICES,
    PLANS,
    PROJECTS,
    entry,
    in_step,
    notice_of,
    plan_of,
    plants,
)
from tests.county.checker.story import CADRE, home


@plants("gate_opened_early")
def a_notice_that_hung_a_day_less(pen: Pen) -> None:
    notice = notice_of(pen, pen.told.stays)
    pen.change(NOTICES, notice, lambda state: state.update(posted_on="2021-09-21"))


@plants("gate_opened_early")
def a_notice_for_six_days(pen: Pen) -> None:
    pen.change(NOTICES, notice_of(pen, pen.told.removal), lambda state: state.update(days=6))


@plants("gate_opened_early")
def a_second_round_behind_the_first_notice(pen: Pen) -> None:
    """The case was sent back and appraised anew; the notice of the first round does not count for it."""
    pen.change(NOTICES, notice_of(pen, pen.told.again), lambda state: state.update(posted_on="2021-09-23"))


@plants("gate_opened_early")
def a_project_behind_a_late_county_notice(pen: Pen) -> None:
    notice = notice_of(pen, pen.told.project, "county_notice")
    pen.change(NOTICES, notice, lambda state: state.update(posted_on="2021-10-15"))


@plants("gate_opened_on_objection")
def an_objection_answered_after_the_step(pen: Pen) -> None:
    notice = notice_of(pen, pen.told.stays)
    pen.change(NOTICES, notice, lambda state: state["objections"][0].update(closed_on="2021-09-29"))


@plants("gate_opened_on_objection")
def an_objection_that_was_right_and_changed_nothing(pen: Pen) -> None:
    notice = notice_of(pen, pen.told.stays)
    pen.change(NOTICES, notice, lambda state: state["objections"][0].update(upheld=True))


@plants("wrong_order")
def a_decision_without_the_town(pen: Pen) -> None:
    def skip(state: Json) -> None:
        state["case"]["entries"].remove(entry(state["case"], "town_review"))

    pen.change(CASES, pen.told.stays, skip)


@plants("wrong_order")
def a_day_that_goes_back(pen: Pen) -> None:
    def back(state: Json) -> None:
        decision = entry(state["case"], "county_decision")
        decision["on"] = "2021-10-11"
        entry(state["case"], "town_review")["on"] = "2021-10-13"

    pen.change(CASES, pen.told.removal, back)


@plants("wrong_order")
def an_end_that_nobody_decided(pen: Pen) -> None:
    pen.change(PROJECTS, pen.told.project, lambda state: state["case"].update(status="refused"))


@plants("wrong_order")
def a_leading_group_without_the_opinion_of_finance(pen: Pen) -> None:
    def skip(state: Json) -> None:
        state["case"]["entries"].remove(entry(state["case"], "finance_opinion"))

    pen.change(PROJECTS, pen.told.project, skip)


@plants("wrong_order")
def confirmed_before_it_was_delivered(pen: Pen) -> None:
    plan = plan_of(pen, home(1))
    pen.change(PLANS, plan, lambda state: state["tasks"][0].update(confirmed_on="2021-09-30"))


@plants("before_the_document")
def opened_before_the_document_was_issued(pen: Pen) -> None:
    def earlier(one: Json) -> None:
        one["on"] = one["papers"][0]["on"] = "2021-07-01"

    in_step(pen, pen.told.stays, "application", earlier)


@plants("wrong_actor")
def a_decision_by_the_finance_bureau(pen: Pen) -> None:
    in_step(pen, pen.told.stays, "county_decision", lambda one: one["by"].update(roles=["county_finance"]))


@plants("wrong_actor")
def a_town_step_by_the_village(pen: Pen) -> None:
    in_step(pen, pen.told.stays, "town_review", lambda one: one["by"].update(level="village"))


@plants("wrong_actor")
def a_step_by_nobody(pen: Pen) -> None:
    in_step(pen, pen.told.distribution, "county_filing", lambda one: one.update(by=None), DISTRIBUTIONS)


@plants("wrong_actor")
def a_step_by_another_town(pen: Pen) -> None:
    in_step(pen, pen.told.stays, "town_review", lambda one: one["by"].update(region="430426101"))


@plants("wrong_actor")
def a_withdrawal_by_another_household(pen: Pen) -> None:
    in_step(pen, pen.told.withdrawn, "household_check", lambda one: one["by"].update(org=home(1)))


@plants("wrong_actor")
def a_history_entry_of_another_village(pen: Pen) -> None:
    stranger = actor(roles.VILLAGE_CADRE, region="430426100002")
    pen.change(HOUSEHOLDS, home(6), lambda state: None, by=stranger)


@plants("too_few_people")
def a_check_by_one(pen: Pen) -> None:
    in_step(pen, pen.told.stays, "household_check", lambda one: one["people"].pop())


@plants("too_few_people")
def a_refusal_after_a_check_by_one(pen: Pen) -> None:
    in_step(pen, pen.told.refused, "household_check", lambda one: one["people"].pop())


@plants("too_few_people")
def a_review_without_the_head_of_town(pen: Pen) -> None:
    in_step(pen, pen.told.removal, "town_review", lambda one: one["people"].pop())


@plants("too_few_people")
def one_who_signs_for_both_leaders(pen: Pen) -> None:
    def sign(one: Json) -> None:
        one["people"][1]["person_ref"] = one["people"][0]["person_ref"]

    in_step(pen, pen.told.stays, "town_review", sign)


@plants("too_few_people")
def an_application_signed_by_another_household(pen: Pen) -> None:
    in_step(
        pen, pen.told.stays, "application", lambda one: one["people"][0].update(person_ref=f"{home(9)}-01")
    )


@plants("own_review")
def a_check_by_who_submitted(pen: Pen) -> None:
    in_step(pen, pen.told.stays, "household_check", lambda one: one["by"].update(id=CADRE.id))


@plants("missing_paper")
def a_meeting_without_a_record(pen: Pen) -> None:
    in_step(pen, pen.told.stays, "village_appraisal", lambda one: one["papers"].clear())


@plants("missing_paper")
def a_second_meeting_with_the_record_of_the_first(pen: Pen) -> None:
    in_step(
        pen,
        pen.told.again,
        "village_appraisal",
        lambda one: one["papers"][0].update(on="2021-09-20"),
    )


@plants("missing_paper")
def an_approval_dated_after_the_review(pen: Pen) -> None:
    in_step(pen, pen.told.stays, "town_review", lambda one: one["papers"][0].update(on="2021-09-29"))


@plants("missing_paper")
def a_measure_without_its_evidence(pen: Pen) -> None:
    plan = plan_of(pen, home(1))
    pen.change(PLANS, plan, lambda state: state["tasks"][0]["delivered"].update(evidence=[]))


@plants("incomplete_project")
def a_project_without_linkage(pen: Pen) -> None:
    pen.change(PROJECTS, pen.told.project, lambda state: state["contents"].update(linkage=""))


@plants("incomplete_project")
def a_project_about_which_nobody_was_asked(pen: Pen) -> None:
    pen.change(PROJECTS, pen.told.project, lambda state: state.update(consultation=None))


@plants("notice_elsewhere")
def a_notice_in_another_village(pen: Pen) -> None:
    notice = notice_of(pen, pen.told.stays)
    pen.change(NOTICES, notice, lambda state: state.update(region="430426100002"))


@plants("notice_elsewhere")
def a_notice_about_another_household(pen: Pen) -> None:
    notice = notice_of(pen, pen.told.stays)
    pen.change(NOTICES, notice, lambda state: state["content"].update(household=home(2)))


@plants("notice_elsewhere")
def a_town_notice_that_hangs_in_the_village(pen: Pen) -> None:
    notice = notice_of(pen, pen.told.project, "town_notice")
    pen.change(NOTICES, notice, lambda state: state.update(place="village"))
