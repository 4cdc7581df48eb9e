"""Plantings of money: books, settlements, distributions, deliveries, funds."""

from __future__ import annotations

from copy import deepcopy

from shouwang.store.segments import KEPT

from tests.county.checker.pen import Json, Pen
from tests.county.checker.plantings import DISTRIBUTIONS, PLANS, PROJECTS, plants
from tests.services.monitoring.sheet import VILLAGE

BOOK = f"{VILLAGE}-2021"
BOOKS, ASSETS, DELIVERIES = "assets/books", "assets/assets", "civil_affairs/deliveries"


@plants("ledger_unbalanced")
def one_fen_more_on_one_side(pen: Pen) -> None:
    pen.change(BOOKS, BOOK, lambda state: _add(state["entries"][0]["lines"][0], "debit_fen", 1))


@plants("cash_overdrawn")
def spent_before_it_came_in(pen: Pen) -> None:
    pen.change(BOOKS, BOOK, lambda state: state["entries"].append(state["entries"].pop(1)))


@plants("money_does_not_sum")
def a_plan_of_more_than_was_booked(pen: Pen) -> None:
    pen.change(DISTRIBUTIONS, pen.told.distribution, lambda state: _add(state["uses"][2], "amount_fen", 1))


@plants("money_does_not_sum")
def a_settlement_of_more_than_was_booked(pen: Pen) -> None:
    def settle(state: Json) -> None:
        _add(state["settlements"][0], "received_fen", 1)
        _add(state["settlements"][0], "due_fen", 1)

    pen.change(ASSETS, pen.told.asset, settle)


@plants("money_does_not_sum")
def a_settlement_that_forgets_what_is_short(pen: Pen) -> None:
    pen.change(ASSETS, pen.told.asset, lambda state: _add(state["settlements"][0], "due_fen", 1))


@plants("money_does_not_sum")
def an_entry_from_nowhere(pen: Pen) -> None:
    def book(state: Json) -> None:
        state["entries"].append(deepcopy(state["entries"][1]) | {"id": "nobody/2021/received"})

    pen.change(BOOKS, BOOK, book)


@plants("money_does_not_sum")
def an_asset_of_another_value_than_was_accepted(pen: Pen) -> None:
    pen.change(ASSETS, pen.told.asset, lambda state: _add(state, "value_fen", 1))


@plants("money_does_not_sum")
def funds_without_a_source(pen: Pen) -> None:
    pen.change(PROJECTS, pen.told.project, lambda state: _add(state["contents"]["funds"], "total_fen", 1))


@plants("paid_twice")
def an_entry_booked_twice(pen: Pen) -> None:
    pen.change(BOOKS, BOOK, lambda state: state["entries"].append(deepcopy(state["entries"][0])))


@plants("paid_twice")
def a_distribution_paid_again(pen: Pen) -> None:
    pen.change(DISTRIBUTIONS, pen.told.distribution, lambda state: None, action="distribution.paid")


@plants("paid_twice")
def a_distribution_paid_again_long_ago(pen: Pen) -> None:
    """Both payments have moved from the document to a segment of its history."""
    pen.change(DISTRIBUTIONS, pen.told.distribution, lambda state: None, action="distribution.paid")
    for _ in range(KEPT):
        pen.change(DISTRIBUTIONS, pen.told.distribution, lambda state: None)


@plants("paid_unapproved")
def paid_before_the_county_filed_it(pen: Pen) -> None:
    pen.change(DISTRIBUTIONS, pen.told.distribution, lambda state: state.update(paid_on="2021-11-04"))


@plants("forbidden_use")
def a_bonus(pen: Pen) -> None:
    pen.change(DISTRIBUTIONS, pen.told.distribution, lambda state: state["uses"][2].update(use="bonus"))


@plants("forbidden_use")
def the_same_for_every_household(pen: Pen) -> None:
    pen.change("monitoring/villages", VILLAGE, lambda state: state.update(households=2))


@plants("at_risk_left_out")
def relief_that_forgets_one(pen: Pen) -> None:
    def forget(state: Json) -> None:
        state["uses"][1].update(use="public_works", household=None)

    pen.change(DISTRIBUTIONS, pen.told.distribution, forget)


@plants("delivered_unevenly")
def a_department_that_paid_one_fen_more(pen: Pen) -> None:
    task = pen.ids(DELIVERIES)[0]
    pen.change(DELIVERIES, task, lambda state: _add(state, "amount_fen", 1))


def _add(values: Json, name: str, fen: int) -> None:
    values[name] += fen


@plants("right_withheld")
def a_right_that_no_task_gives(pen: Pen) -> None:
    open_one = next(id for id in pen.ids(PLANS) if pen.state(PLANS, id)["tasks"][0]["delivered"] is None)
    nothing = {"tasks": [], "task_ids": [], "status": "nothing_to_deliver"}
    pen.change(PLANS, open_one, lambda state: state.update(nothing))
