"""Versions side by side, pinned parameters, and correction of a decision found wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shouwang.errors import ConfigurationError, Refused, UnknownValue
from shouwang.procedure import Case, Engine

from tests.shared.procedure.kit import (
    DAY,
    FACTS,
    LEADERS,
    VILLAGE,
    actor,
    applied,
    checked,
    codes,
    engine,
    engine_of,
    included,
    noticed,
    papers,
    reviewed,
)

FIRST = """
id: simple
version: 1
valid: {from: 2021-07-02}
title: 简单程序
source: 测试
steps:
  - {id: ask, title: 提出, by: {level: village}}
  - {id: decide, title: 决定, by: {level: county}, ends: {pass: done}}
"""
SECOND = FIRST.replace("version: 1", "version: 2").replace("2021-07-02", "2022-01-01, to: 2022-06-30")
SECOND = SECOND.replace(
    "  - {id: decide", "  - {id: review, title: 审核, by: {level: town}}\n  - {id: decide"
)


def refused(call: Any, *args: Any, **given: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        call(*args, **given)
    return codes(caught.value)


def opened(run: Engine, on: date) -> Case:
    return run.open("simple", id="c", region=VILLAGE, on=on, actor=actor("village_cadre")).case


def test_a_new_case_takes_the_version_of_its_day(tmp_path: Path) -> None:
    run = engine_of(tmp_path, FIRST, SECOND)
    old, new = opened(run, date(2021, 12, 31)), opened(run, date(2022, 1, 1))
    assert (old.version, old.step) == (1, "decide") and (new.version, new.step) == (2, "review")


def test_a_running_case_keeps_its_version(tmp_path: Path) -> None:
    run = engine_of(tmp_path, FIRST, SECOND)
    old, later = opened(run, date(2021, 12, 31)), date(2022, 9, 1)
    assert run.take(old, "pass", step="decide", actor=actor("county_officer"), on=later).case.status == "done"


@pytest.mark.parametrize("on", [date(2021, 7, 1), date(2022, 7, 1)])
def test_no_case_opens_while_no_version_is_valid(tmp_path: Path, on: date) -> None:
    run = engine_of(tmp_path, FIRST, SECOND)
    assert refused(opened, run, on) == ["not_valid"]


def test_a_version_taken_away_is_missed_loudly(tmp_path: Path) -> None:
    old = opened(engine_of(tmp_path, FIRST), date(2021, 12, 31))
    (tmp_path / "p0.yaml").unlink()
    run = engine_of(tmp_path, SECOND)
    with pytest.raises(ConfigurationError, match="第 1 版"):
        run.due(old, date(2022, 2, 1))
    with pytest.raises(ConfigurationError, match="simple"):
        run.open("simpel", id="c", region=VILLAGE, on=DAY, actor=actor("village_cadre"))


def test_two_files_may_not_claim_the_same_version_or_day(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"p0\.yaml"):
        engine_of(tmp_path, FIRST, SECOND.replace("version: 2", "version: 1"))
    with pytest.raises(ConfigurationError, match="生效日"):
        engine_of(tmp_path, FIRST, SECOND.replace("2022-01-01", "2021-07-02"))


@pytest.mark.rule("M-07")
def test_a_case_keeps_the_line_it_began_with() -> None:
    run = engine()
    walk = reviewed(run)
    walk.day = date(2022, 3, 1)
    pin = walk.case.pinned["monitoring_line"]
    assert (pin["value"], pin["source"]) == (650000, "湘委乡振组发〔2021〕1号 二(一)1")
    county, between = actor("county_officer"), {**FACTS, "income": 680000}
    assert refused(walk.take, "include", "county_decision", county, facts=between) == ["guard_refused"]
    fresh = applied(run, id="c2", on=date(2022, 3, 1)).case
    assert run.view(fresh, walk.day)["monitoring_line"].value == 700000
    again = Case.from_dict(walk.case.to_dict())
    assert run.view(again, walk.day).monitoring_line == 650000


def test_what_is_not_pinned_is_asked_of_the_day() -> None:
    run = engine()
    view = run.view(applied(run).case, DAY)
    assert view.household_check_days == 5
    with pytest.raises(UnknownValue):
        view["future_days"]


UNKNOWN_DAYS = """
id: waiting
version: 1
valid: {from: 2021-07-02}
title: 参数未知
source: 测试
pins: [future_days]
steps:
  - {id: ask, title: 提出, by: {level: village}}
  - {id: town, title: 审核, by: {level: town}, due_days: policy.future_days}
  - {id: hang, title: 公示, notice: {place: village, days: policy.future_days}}
  - {id: decide, title: 决定, by: {level: county}, ends: {pass: done}}
"""


def test_unknown_days_are_told_and_start_no_notice(tmp_path: Path) -> None:
    run = engine_of(tmp_path, UNKNOWN_DAYS)
    case = run.open("waiting", id="c", region=VILLAGE, on=DAY, actor=actor("village_cadre")).case
    assert case.pinned == {}
    due = run.due(case, DAY)
    assert due[0].due_on is None and due[0].unknown and not due[0].overdue
    town = actor("town_officer")
    assert refused(run.take, case, "pass", step="town", actor=town, on=DAY) == ["guard_unknown"]
    later = run.take(case, "pass", step="town", actor=town, on=date(2030, 1, 1)).case
    assert later.notice is not None and later.notice.days == 3


def test_a_wrong_decision_is_corrected_by_a_new_case_that_names_it() -> None:
    run = engine()
    old, on = included(run).case, date(2022, 2, 1)
    out = run.correct(old, id="c9", actor=actor("county_officer"), on=on, reason="收入漏计")
    assert (out.case.id, out.case.supersedes, out.case.step, out.case.status) == (
        *("c9", "c1", "county_decision"),
        "open",
    )
    assert out.case.entries[:-1] == old.entries and out.case.entries[-1].detail["corrects"] == "c1"
    assert out.superseded is not None and out.superseded.superseded_by == "c9"
    assert out.superseded.entries[:-1] == old.entries and out.superseded.status == "included"
    assert out.case.pinned == old.pinned and Case.from_dict(out.case.to_dict()) == out.case
    assert out.effects[0].kind == "corrected"
    facts = {"income": 680000}
    new = run.take(
        *(out.case, "refuse"),
        step="county_decision",
        actor=actor("county_officer"),
        on=on,
        facts=facts,
        reason="超线",
    )
    assert new.case.status == "refused"


def test_a_correction_may_go_back_further_and_waits_again() -> None:
    run = engine()
    out = run.correct(
        included(run).case,
        id="c9",
        actor=actor("village_committee"),
        on=date(2021, 9, 1),
        reason="评议有误",
        step="village_appraisal",
    )
    assert out.case.step == "village_appraisal" and out.case.notice is None
    case = run.take(
        out.case,
        "pass",
        step="village_appraisal",
        actor=actor("village_committee"),
        on=date(2021, 9, 1),
        papers=papers("meeting_record"),
    ).case
    town = actor("town_officer", "t7")
    given = {"step": "town_review", "actor": town, "on": date(2021, 12, 1), "people": LEADERS}
    assert refused(run.take, case, "pass", **given) == ["gate_shut"]


def test_what_may_not_be_corrected() -> None:
    run, county = engine(), actor("county_officer")
    old = included(run).case
    given: dict[str, Any] = {"id": "c9", "actor": county, "on": date(2022, 2, 1), "reason": "有误"}
    assert refused(run.correct, noticed(run).case, **given | {"actor": actor("town_officer")}) == [
        *("still_open", "wrong_step")
    ]
    assert refused(run.correct, checked(run).case, **given, step="county_decision") == [
        *("still_open", "wrong_step")
    ]
    assert refused(run.correct, old, **given | {"reason": " "}) == ["missing_reason"]
    assert refused(run.correct, old, **given | {"on": DAY}) == ["backdated"]
    assert refused(run.correct, old, **given | {"actor": actor("town_officer")}) == [
        "wrong_level",
        "wrong_role",
    ]
    assert refused(run.correct, old, **given, step="village_notice") == ["wrong_step"]
    marked = run.correct(old, **given).superseded
    assert marked is not None
    assert refused(run.correct, marked, **given) == ["closed_case"]


def test_a_procedure_may_name_who_corrects(tmp_path: Path) -> None:
    run = engine_of(
        tmp_path, FIRST.replace("steps:", "correct: {by: {roles: [county_leading_group]}}\nsteps:")
    )
    case = run.take(opened(run, DAY), "pass", step="decide", actor=actor("county_officer"), on=DAY).case
    given: dict[str, Any] = {"id": "c2", "on": DAY, "reason": "有误"}
    assert refused(run.correct, case, actor=actor("county_officer"), **given) == ["wrong_role"]
    assert run.correct(case, actor=actor("county_leading_group"), **given).case.step == "decide"


def test_a_rebound_names_the_case_before() -> None:
    assert applied(engine(), id="c2", supersedes="c1").case.supersedes == "c1"
