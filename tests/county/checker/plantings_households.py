"""Plantings of households: who was included, refused, removed, compared; clues and measures left lying."""

from __future__ import annotations

from tests.county.checker.pen import Json, Pen
from tests.county.checker.plantings import CASES, HOUSEHOLDS, PLANS, earn, entry, plan_of, plants
from tests.county.checker.story import POOR, home

CLUES = "monitoring/clues"
RICH, POORER = 5_100_000, 600_000
"""Wages in fen of three persons: far over the line, and below the floor of removal."""


@plants("included_without_cause")
def included_with_income_over_the_line_and_no_hardship(pen: Pen) -> None:
    pen.change(CASES, pen.told.stays, lambda state: earn(state, RICH))


@plants("included_without_cause")
def included_without_risk(pen: Pen) -> None:
    pen.change(CASES, pen.told.stays, lambda state: state["record"].update(risks=[]))


@plants("included_without_cause")
def included_on_an_income_that_nobody_knows(pen: Pen) -> None:
    def forget(state: Json) -> None:
        state["record"]["figures"].pop("wages")
        state["case"]["entries"][-1]["decisions"] = []

    def forget_there(state: Json) -> None:
        state["figures"].pop("wages")

    pen.change(CASES, pen.told.stays, forget)
    pen.change(HOUSEHOLDS, home(1), forget_there)


@plants("wrong_category")
def an_ex_poor_household_as_marginal(pen: Pen) -> None:
    pen.change(CASES, pen.told.stays, lambda state: state.update(category="marginal"))
    pen.change(HOUSEHOLDS, home(1), lambda state: state.update(category="marginal"))


@plants("refused_against_duty")
def refused_below_the_line_with_risk(pen: Pen) -> None:
    def poor(state: Json) -> None:
        for name, fen in POOR.items():
            state["record"]["figures"][name]["fen"] = fen
        state["record"]["risks"] = [{"risk": "accident", "by": "入户核实组", "on": "2021-09-20"}]

    pen.change(CASES, pen.told.refused, poor)


@plants("income_miscounted")
def a_decision_that_saw_another_income(pen: Pen) -> None:
    def count(state: Json) -> None:
        state["record"]["figures"]["wages"]["fen"] += 300

    pen.change(CASES, pen.told.stays, count)


@plants("income_miscounted")
def a_decision_that_saw_another_size(pen: Pen) -> None:
    """A member more in the registry, without anybody having changed it since."""

    def grow(state: Json) -> None:
        state["members"].append(state["members"][-1] | {"ref": f"{home(2)}-04", "id_number": None})

    pen.change(HOUSEHOLDS, home(2), grow)


@plants("wrong_window")
def an_income_of_another_year(pen: Pen) -> None:
    window = {"start": "2020-08-01", "end": "2021-07-31"}
    pen.change(CASES, pen.told.stays, lambda state: state.update(window=window))


@plants("removed_below_floor")
def removed_below_the_floor(pen: Pen) -> None:
    def poorer(state: Json) -> None:
        earn(state, POORER)
        _reviewed(state)

    pen.change(CASES, pen.told.removal, poorer)


@plants("removed_unable")
def removed_without_anybody_who_can_work(pen: Pen) -> None:
    lost = {"value": "lost", "by": "入户核实组", "on": "2021-10-04"}
    labour = {f"{home(2)}-0{number}": lost for number in (1, 2, 3)}
    pen.change(CASES, pen.told.removal, lambda state: state["record"].update(labour=labour))


@plants("removed_unmet")
def removed_although_spending_runs_on(pen: Pen) -> None:
    pen.change(CASES, pen.told.removal, lambda state: _answer(state, "spending_controlled", False))


@plants("removed_unmet")
def removed_although_the_house_is_unsafe(pen: Pen) -> None:
    pen.change(CASES, pen.told.removal, lambda state: _answer(state, "housing_unsafe", True))


@plants("no_special_review")
def removed_with_two_risks_and_no_review(pen: Pen) -> None:
    second = {"risk": "illness", "by": "入户核实组", "on": "2021-10-04"}
    pen.change(CASES, pen.told.removal, lambda state: state["record"]["risks"].append(second))


@plants("no_special_review")
def removed_while_a_member_is_on_minimum_living(pen: Pen) -> None:
    pen.change(HOUSEHOLDS, home(2), lambda state: state["members"][1].update(minimum_living=True))


@plants("no_comparison")
def included_without_a_comparison(pen: Pen) -> None:
    pen.change(CASES, pen.told.stays, lambda state: state.update(compared_on=None, comparison=None))


@plants("no_comparison")
def included_while_a_department_was_silent(pen: Pen) -> None:
    pen.change(CASES, pen.told.stays, lambda state: state["comparison"][0].update(answered=False))


@plants("compared_without_consent")
def compared_without_the_signed_authorisation(pen: Pen) -> None:
    pen.change(CASES, pen.told.removal, lambda state: state.update(compared_on="2021-10-12"))


@plants("two_open_cases")
def a_removal_that_began_before_the_inclusion(pen: Pen) -> None:
    pen.change(CASES, pen.told.removal, lambda state: state["case"].update(opened_on="2021-09-25"))


@plants("status_mismatch")
def monitored_without_a_case(pen: Pen) -> None:
    pen.change(HOUSEHOLDS, home(6), lambda state: state.update(status="monitored"))


@plants("status_mismatch")
def monitored_under_another_category(pen: Pen) -> None:
    pen.change(HOUSEHOLDS, home(1), lambda state: state.update(category="marginal"))


@plants("status_mismatch")
def a_clue_that_does_not_end_as_its_case(pen: Pen) -> None:
    pen.change(CLUES, f"{home(1)}-C1", lambda state: state.update(outcome="refused"))


@plants("clue_unanswered")
def a_clue_closed_without_an_answer(pen: Pen) -> None:
    pen.change(CLUES, pen.told.clue, lambda state: state.update(responded_on=None))


@plants("clue_unanswered")
def a_clue_left_lying(pen: Pen) -> None:
    left = dict.fromkeys(("responded_on", "response", "outcome", "reason", "closed_on"))
    pen.change(CLUES, pen.told.clue, lambda state: state.update(status="open", **left))


@plants("clue_unanswered")
def a_clue_answered_late_and_nobody_told(pen: Pen) -> None:
    pen.change(CLUES, pen.told.clue, lambda state: state.update(responded_on="2021-09-22"))


@plants("overdue_untold")
def an_overdue_measure_of_which_nobody_was_told(pen: Pen) -> None:
    def forget(state: Json) -> None:
        assert state["tasks"][0]["escalated_on"] == "2021-11-02"
        state["tasks"][0]["escalated_on"] = None

    pen.change(PLANS, plan_of(pen, home(3)), forget)


def _answer(state: Json, name: str, value: bool) -> None:
    state["record"]["answers"][name] = {"value": value, "by": "入户核实组", "on": "2021-10-04"}


def _reviewed(state: Json) -> None:
    papers = entry(state["case"], "county_decision")["papers"]
    papers.append({"name": "special_review_record", "reference": "档案", "on": None})
