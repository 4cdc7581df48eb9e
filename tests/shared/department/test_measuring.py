"""Measures: one proposal a household, unknown kept apart from no, and a decision that says what it read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from shouwang.decision import Decision
from shouwang.department import Group, Person, entitled
from shouwang.department.expressions import Duck, SampleSource
from shouwang.department.importing import arrow_type
from shouwang.department.measuring import Measuring, asked
from shouwang.department.plugin import Plugin
from shouwang.errors import ConfigurationError

from tests.shared.department.water import write_plugin

ONE, TWO, THREE = (f"00000000-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
Propose = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def propose(tmp_path: Path, duck: Duck) -> Propose:
    """Return a function that asks the sample plugin, changed where wanted, about tests of persons."""

    def run(
        turbidity: dict[str, int],
        *changes: tuple[str, str, str],
        on: date = date(2021, 6, 30),
        **question: Any,
    ) -> list[dict[str, Any]]:
        plugin = Plugin.load(write_plugin(tmp_path / "changed", *changes))
        table = plugin.tables["water_tests"]
        schema = pa.schema([(name, arrow_type(column)) for name, column in table.columns.items()])
        rows = [
            dict.fromkeys(table.columns) | {"person": who, "turbidity": n} for who, n in turbidity.items()
        ]
        given = {table.feed.parse("2021-06"): pa.Table.from_pylist(rows, schema=schema)}
        source = SampleSource(duck, {"water_tests": given if turbidity else {}})
        measuring = Measuring(plugin, duck, lambda: source, plugin.policy.at(on, "430426"))
        persons = [{"ref": f"m{n}", "pseudonym": who} for n, who in enumerate((ONE, TWO, THREE), start=1)]
        return measuring.propose(asked({"risks": ["water"], "category": None, "persons": persons} | question))

    return run


def test_amounts_of_persons_are_summed_and_the_rest_told(propose: Propose) -> None:
    (proposal,) = propose({ONE: 9, TWO: 9, THREE: 3})
    assert (proposal["eligible"], proposal["amount_fen"]) == ("yes", 60000)
    assert [one["eligible"] for one in proposal["persons"]] == ["yes", "yes", "no"]


def test_one_unknown_among_noes_is_unknown(propose: Propose) -> None:
    (proposal,) = propose({ONE: 3, TWO: 3})
    assert (proposal["eligible"], proposal["amount_fen"]) == ("unknown", None)
    assert "浑浊度" in proposal["reason"]


def test_noes_are_no_with_their_reason_once(propose: Propose) -> None:
    (proposal,) = propose({ONE: 1, TWO: 2, THREE: 3})
    assert (proposal["eligible"], proposal["amount_fen"], proposal["reason"]) == ("no", None, "水质合格")


def test_no_data_at_all_is_unknown_for_everybody(propose: Propose) -> None:
    (proposal,) = propose({})
    assert proposal["eligible"] == "unknown"
    assert "没有“水质检测”数据" in proposal["reason"]


def test_a_figure_past_its_time_is_unknown(propose: Propose) -> None:
    (proposal,) = propose({ONE: 9, TWO: 9, THREE: 9}, on=date(2023, 6, 30))
    assert proposal["eligible"] == "unknown"
    assert "浑浊度限值" in proposal["reason"]


def test_the_decision_says_what_was_read_and_the_sentence_follows(propose: Propose) -> None:
    (proposal,) = propose({ONE: 9, TWO: 3, THREE: 3})
    decision = Decision.from_dict(proposal["persons"][0]["decision"])
    assert [(ground.name, ground.value) for ground in decision.grounds] == [
        ("tested.turbidity", 9),
        ("turbidity_line", 3),
        ("filter_price", 30000),
    ]
    assert "可享受饮水安全保障 300 元" in decision.sentence()
    other = Decision.from_dict(proposal["persons"][1]["decision"])
    assert "不享受饮水安全保障：水质合格" in other.sentence()


def test_groups_are_unknown_until_somebody_says(propose: Propose) -> None:
    change = (
        "measures.py",
        "    if tested",
        "    from shouwang.department import Group\n    if person.is_any(Group.ORPHAN) and tested",
    )
    (proposal,) = propose({ONE: 9, TWO: 9, THREE: 9}, change)
    assert (proposal["eligible"], proposal["reason"]) == ("unknown", "缺少人员类别（特困、低保等）")


def test_a_member_of_a_monitored_household_is_monitored(propose: Propose) -> None:
    persons = [{"ref": "m1", "pseudonym": ONE, "groups": []}]
    change = (
        "measures.py",
        "    if tested",
        "    from shouwang.department import Group\n    if person.is_any(Group.MONITORED) and tested",
    )
    assert propose({ONE: 9}, change, persons=persons)[0]["eligible"] == "no"
    assert propose({ONE: 9}, change, persons=persons, category="marginal")[0]["eligible"] == "yes"


@pytest.mark.rule("A-03", "A-06")
def test_a_group_of_which_nobody_said_is_unknown_and_one_that_holds_is_enough(propose: Propose) -> None:
    change = (
        "measures.py",
        "    if tested",
        "    from shouwang.department import Group\n"
        "    if person.is_any(Group.ORPHAN, Group.DESTITUTE) and tested",
    )

    def asked_with(told: dict[str, bool] | None) -> tuple[str, str]:
        persons = [{"ref": "m1", "pseudonym": ONE, "groups": [], "groups_told": told}]
        (proposal,) = propose({ONE: 9}, change, persons=persons)
        return proposal["eligible"], proposal["reason"]

    assert asked_with({"destitute": False}) == ("unknown", "缺少人员类别（是否孤儿）")
    assert asked_with({}) == ("unknown", "缺少人员类别（是否特困、孤儿）")
    assert asked_with({"destitute": True})[0] == "yes"
    assert asked_with({"destitute": False, "orphan": False})[0] == "no"
    assert asked_with(None)[0] == "no", "an asker of before speaks of all groups"


@pytest.mark.rule("A-04", "A-06")
def test_who_has_no_number_is_unknown_and_so_is_a_household_of_nobody(propose: Propose) -> None:
    persons = [{"ref": "m1", "pseudonym": ONE, "groups": []}, {"ref": "m2", "groups": []}]
    (proposal,) = propose({ONE: 3}, persons=persons)
    assert [one["eligible"] for one in proposal["persons"]] == ["no", "unknown"]
    assert (proposal["eligible"], "没有身份证号" in proposal["reason"]) == ("unknown", True)
    (proposal,) = propose({ONE: 9}, persons=persons)
    assert (proposal["eligible"], proposal["amount_fen"]) == ("yes", 30000)
    assert "另有 1 人尚不能认定" in proposal["reason"]
    (proposal,) = propose({ONE: 9}, persons=[])
    assert (proposal["eligible"], proposal["reason"]) == ("unknown", "没有可以核对的家庭成员")


def test_asked_by_code_the_risks_do_not_matter_and_nothing_else_is_answered(propose: Propose) -> None:
    asked_for = {"risks": ["illness"], "measures": ["A44"]}
    assert [one["measure"] for one in propose({ONE: 9}, **asked_for)] == ["A44"]
    assert propose({ONE: 9}, measures=[]) == []


def test_who_has_it_already_is_no_obstacle_to_the_one_who_has_not(propose: Propose) -> None:
    change = ("measures.py", '"水质合格")', '"已改水", receiving=True)')
    (proposal,) = propose({ONE: 9, TWO: 3, THREE: 3}, change)
    assert (proposal["eligible"], proposal["amount_fen"], proposal["receiving"]) == ("yes", 30000, None)
    (proposal,) = propose({ONE: 3, TWO: 3, THREE: 3}, change)
    assert (proposal["eligible"], proposal["receiving"]) == ("no", True)


def test_of_whom_it_is_not_known_is_told_behind_a_yes(propose: Propose) -> None:
    (proposal,) = propose({ONE: 9})
    assert (proposal["eligible"], proposal["amount_fen"]) == ("yes", 30000)
    assert "另有 2 人尚不能认定" in proposal["reason"]


def test_a_measure_that_gives_no_entitlement_is_an_error_with_its_place(propose: Propose) -> None:
    with pytest.raises(ConfigurationError) as refused:
        propose({ONE: 9}, ("measures.py", "return entitled(policy.filter_price)", "return 300"))
    assert "measures.py" in refused.value.where


@pytest.mark.parametrize("amount", [0.5, Decimal("300"), True])
def test_an_amount_that_is_not_whole_fen_is_an_error_of_the_measure(amount: Any) -> None:
    with pytest.raises(TypeError, match="fen are whole"):
        entitled(amount)


def test_a_person_as_if_a_group_applied_keeps_the_others() -> None:
    person = Person("m1", frozenset({Group.DESTITUTE}), untold=frozenset({Group.ORPHAN, Group.RELAPSED}))
    also = person.if_also(Group.ORPHAN)
    assert (also.groups, also.untold) == ({Group.DESTITUTE, Group.ORPHAN}, {Group.RELAPSED})
