"""Plantings of events, personal data, reads and history."""

from __future__ import annotations

from shouwang.store import Event

from tests.county.checker.pen import Json, Pen
from tests.county.checker.plantings import CASES, HOUSEHOLDS, NOTICES, PLANS, notice_of, plan_of, plants
from tests.county.checker.story import home
from tests.services.monitoring.sheet import VILLAGE

MESSAGES, CLUES, BATCHES = "notify/messages", "monitoring/clues", "civil_affairs/batches"
NUMBER = "13800000000"


@plants("event_unsent")
def an_event_that_waits(pen: Pen) -> None:
    events = [Event("case.step_taken", {"case": pen.told.stays})]
    pen.change(CASES, pen.told.stays, lambda state: None, events=events)


@plants("event_lost")
def a_delivery_of_which_the_task_does_not_know(pen: Pen) -> None:
    nothing = {"delivered": None, "confirmed_on": None, "status": "assigned", "escalated_on": "2021-10-29"}
    pen.change(PLANS, plan_of(pen, home(1)), lambda state: state["tasks"][0].update(nothing))


@plants("event_lost")
def a_plan_that_a_removal_did_not_end(pen: Pen) -> None:
    pen.change(PLANS, plan_of(pen, home(2)), lambda state: state.update(status="delivered"))


@plants("event_lost")
def an_objection_of_which_the_case_does_not_know(pen: Pen) -> None:
    unknown = {"id": "x" * 32, "raised_on": "2021-10-06", "closed_on": "2021-10-07", "upheld": False}
    notice = notice_of(pen, pen.told.removal)
    pen.change(NOTICES, notice, lambda state: state["objections"].append(unknown))


@plants("event_lost")
def a_message_that_went_to_nobody(pen: Pen) -> None:
    owed = next(id for id in pen.ids(MESSAGES) if pen.state(MESSAGES, id)["key"].startswith("clue/"))
    pen.change(MESSAGES, owed, lambda state: state.update(key="nobody"))


@plants("event_lost")
def a_message_that_never_reached_the_folder(pen: Pen) -> None:
    pen.remove(f"outbox/{pen.ids(MESSAGES)[0]}.json")


@plants("event_lost")
def a_clue_that_never_arrived(pen: Pen) -> None:
    pen.add(BATCHES, "A-06.lost/2021-10/00000", {"keys": ["k1"], "run": "A-06.lost/2021-10"}, "430426")


@plants("event_lost")
def a_result_that_the_department_never_heard(pen: Pen) -> None:
    pen.add(BATCHES, "A-06.lost/2021-10/00000", {"keys": ["k1"], "run": "A-06.lost/2021-10"}, "430426")
    pen.change(CLUES, pen.told.clue, lambda state: state.update(keys=["civil_affairs/k1"]))


@plants("event_handled_twice")
def two_plans_for_one_inclusion(pen: Pen) -> None:
    state = pen.state(PLANS, plan_of(pen, home(1))) | {"tasks": [], "task_ids": []}
    pen.add(PLANS, "p" * 32, state, VILLAGE)


@plants("event_handled_twice")
def one_event_twice_in_a_history(pen: Pen) -> None:
    request = f"assistance.record_delivery:{'0' * 32}"
    plan = plan_of(pen, home(1))
    pen.change(PLANS, plan, lambda state: None, action="task.delivered", request_id=request, times=2)


@plants("event_handled_twice")
def one_day_twice_in_a_history(pen: Pen) -> None:
    request = "monitoring.day_passed:2021-10-01"
    pen.change(CLUES, pen.told.clue, lambda state: None, action="clue.escalated", request_id=request, times=2)


@plants("event_handled_twice")
def a_notice_that_hangs_twice(pen: Pen) -> None:
    first = notice_of(pen, pen.told.removal)
    state = pen.state(NOTICES, first) | {"number": 2}
    pen.add(NOTICES, "n" * 32, state, VILLAGE)
    pen.change(CASES, pen.told.removal, lambda state: _hear(state, "n" * 32))


@plants("event_handled_twice")
def a_clue_taken_in_twice(pen: Pen) -> None:
    state = {"keys": ["k1"], "run": "A-06.lost/2021-10", "outcomes": {"k1": "no_risk"}}
    pen.add(BATCHES, "A-06.lost/2021-10/00000", state, "430426")
    pen.change(CLUES, pen.told.clue, lambda state: state.update(keys=["civil_affairs/k1"] * 2))


@plants("dead_letter")
def a_letter_that_nobody_could_take(pen: Pen) -> None:
    pen.letters.append({"queue": "assistance.make_plan", "id": "e1", "reason": "store.unavailable"})


@plants("personal_data_published")
def a_name_in_full(pen: Pen) -> None:
    notice = notice_of(pen, pen.told.stays)
    pen.change(NOTICES, notice, lambda state: state["content"].update(head="测试甲"))


@plants("personal_data_published")
def an_illness(pen: Pen) -> None:
    pen.change(MESSAGES, pen.ids(MESSAGES)[0], lambda state: state.update(text="该户因病返贫"))


@plants("personal_data_published")
def a_phone_number_in_a_message_to_people(pen: Pen) -> None:
    pen.write(f"outbox/{pen.ids(MESSAGES)[0]}.json", f'{{"text": "请拨 {NUMBER}"}}')


@plants("personal_data_in_clear")
def a_phone_number_in_a_plan(pen: Pen) -> None:
    def tell(state: Json) -> None:
        state["uses"][2]["text"] = f"联系 {NUMBER}"

    pen.change("assets/distributions", pen.told.distribution, tell)


@plants("personal_data_in_clear")
def an_id_number_in_a_log(pen: Pen) -> None:
    log = pen.settings.var_dir / "log"
    log.mkdir(exist_ok=True)
    pen.write("log/planted.log", '{"event": "someone", "who": "990000197001011230"}')


@plants("read_unrecorded")
def a_comparison_by_somebody_who_is_not_in_the_log(pen: Pen) -> None:
    pen.change(CASES, pen.told.stays, lambda state: None, action="case.compared")


@plants("read_unrecorded")
def a_department_that_answered_and_wrote_nothing_down(pen: Pen) -> None:
    answer = {"department": "health_insurance", "answered": True}
    pen.change(CASES, pen.told.stays, lambda state: state["comparison"].append(answer))


@plants("read_unrecorded")
def a_measure_by_a_department_that_read_nobody(pen: Pen) -> None:
    plan = plan_of(pen, home(3))
    pen.change(PLANS, plan, lambda state: state["tasks"][0].update(department="health_insurance"))


@plants("history_altered")
def a_state_altered_behind_the_store(pen: Pen) -> None:
    pen.behind_the_store(HOUSEHOLDS, home(6), {"$set": {"state.group": "第一组"}})


@plants("history_altered")
def a_sealed_field_of_another_household(pen: Pen) -> None:
    other = pen.repository(CASES).collection.find_one({"_id": pen.told.removed})
    assert other is not None
    pen.behind_the_store(CASES, pen.told.stays, {"$set": {"state.record": other["state"]["record"]}})


@plants("history_altered")
def a_clue_deleted(pen: Pen) -> None:
    pen.behind_the_store(CLUES, pen.told.clue, None)


def _hear(state: Json, notice: str) -> None:
    heard = next(one for one in state["case"]["entries"] if one["action"] == "notice_posted")
    place = state["case"]["entries"].index(heard) + 1
    state["case"]["entries"].insert(place, heard | {"detail": heard["detail"] | {"notice": notice}})
