"""What a plugin may write without harm is taken as it was meant, not refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from shouwang.decision import Verdict
from shouwang.department import contract
from shouwang.department.columns import money, text
from shouwang.department.entitlements import Entitlement, Person, entitled
from shouwang.department.expressions import Duck, LakeSource
from shouwang.department.importing import Door, Import
from shouwang.department.lake import Lake
from shouwang.department.plugin import Plugin
from shouwang.department.running import screened
from shouwang.vocabulary import Group

from tests.shared.department.conftest import KEY
from tests.shared.department.water import row, write_csv, write_plugin

OUTCOMES = (
    "    if policy.turbidity_line > 99:\n        raise ValueError\n    for _ in range(2):\n        pass\n"
    "    match on.year:\n        case 2021:\n            return not_entitled(reason)\n"
    "        case _:\n            return entitled(policy.filter_price, per='once')\n"
)


def test_a_mark_in_front_of_a_file_is_no_letter(tmp_path: Path, duck: Duck) -> None:
    folder = write_plugin(tmp_path / "water")
    for path in folder.rglob("*.*"):
        path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert contract.check(Plugin.load(folder), duck) == []


def test_one_alias_is_one_heading() -> None:
    assert text("户名", aliases="户主姓名").aliases == ("户主姓名",)
    assert money("费用", aliases=["金额", "合计"]).aliases == ("金额", "合计")


@pytest.mark.parametrize(
    "changes",
    [
        [
            (
                "rules.py",
                "within(months=2)",
                'within(months=2).mutate(kind=_.sample.upper()).filter(_.kind == "A")',
            )
        ],
        [("rules.py", "within(months=2)", 'within(months=2).filter(_.kind.fill_null("none") != "none")')],
        [
            (
                "rules.py",
                "within(months=2)",
                'within(months=2).mutate(way=(_.kind == "tap").ifelse("a", "b")).filter(_.way == "b")',
            )
        ],
        [("rules.py", "within(months=2)", "within(months=2).filter(_.fee * policy.turbidity_line > 5)")],
        [("measures.py", "policy.filter_price", "policy.filter_price * policy.turbidity_line")],
        [
            (
                "rules.py",
                "months=2)",
                'months=2).rename(water="kind").filter(_.water == "tap", _["water"] != "spring")',
            )
        ],
        [("measures.py", "(person, tested, policy)", "(person, tested, policy, on)")],
        [("measures.py", '    return not_entitled("水质合格")\n', f'    reason = "水质合格"\n{OUTCOMES}')],
    ],
)
def test_names_that_are_made_on_the_way(
    tmp_path: Path, duck: Duck, changes: list[tuple[str, str, str]]
) -> None:
    if "match on" in changes[0][2]:
        changes = [*changes, ("measures.py", "(person, tested, policy)", "(person, tested, policy, on)")]
    changes = [(file, old, new.replace("_.sample.upper", '_["sample"].upper')) for file, old, new in changes]
    assert [
        str(one) for one in contract.check(Plugin.load(write_plugin(tmp_path / "water", *changes)), duck)
    ] == []


@pytest.mark.parametrize("amount", [-5, True, 3.5])
def test_an_answer_is_whole_fen_and_nothing_less(amount: float) -> None:
    with pytest.raises((TypeError, ValueError)):
        entitled(amount)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="per"):
        Entitlement(Verdict.YES, 5, per="mnth")  # type: ignore[arg-type]


def test_a_word_that_is_no_group_is_not_a_no() -> None:
    person = Person("m1", frozenset({Group.DESTITUTE}))
    assert person.is_any(Group.DESTITUTE)
    with pytest.raises(ValueError, match="低保户"):
        person.is_any("低保户")  # type: ignore[arg-type]


@pytest.mark.rule("S-02")
def test_a_rule_that_gives_two_rows_for_a_person_makes_one_clue(tmp_path: Path, duck: Duck) -> None:
    """A column named by a word of SQL is a key too; of two rows the same one is taken each time."""
    changes = [
        (
            "rules.py",
            '.group_by("person").agg(turbidity=_.turbidity.max())',
            '.select("person", "turbidity")',
        ),
        ("tables.py", 'sample = text("样品编号")', 'group = text("样品编号")'),
        ("tables.py", '("sample",)', '("group",)'),
        ("rules.py", "months=2", "months=1"),
    ]
    plugin = Plugin.load(write_plugin(tmp_path / "water", *changes))
    assert contract.check(plugin, duck) == []
    rows = [row(1, 样品编号="A", 浑浊度="9"), row(1, 样品编号="B", 浑浊度="7"), row(2), row(1, 样品编号="A")]
    lake, table = Lake(tmp_path / "data"), plugin.tables["water_tests"]
    june, file = table.feed.parse("2021-06"), write_csv(tmp_path / "in.csv", rows)
    staged = Import(table, june, Door(lake, KEY, lambda part: None)).stage(file)
    assert (staged.report["rows"], staged.report["accepted"]) == (4, 3), "the same sample twice"
    lake.publish(table, june, staged.path)
    source = LakeSource(duck, lake, date(2021, 6, 30))
    view, sent = plugin.policy.at(date(2021, 6, 30), "430426"), []
    told = screened(plugin, plugin.rules["unsafe_water"], duck, source, view, sent.append)
    worst = sorted(value for part in sent for value in part["values"][0])
    assert (told["found"], worst) == (2, [7, 9])
    assert "1 行与同一人的另一行重复" in told["reason"]
