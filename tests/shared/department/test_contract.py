"""A plugin that does not hold together does not start: the file, the line and the likely word are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from shouwang.department import contract
from shouwang.department.expressions import Duck
from shouwang.department.plugin import Plugin
from shouwang.errors import ConfigurationError

from tests.shared.department.water import write_plugin

Change = tuple[str, str, str]


def problems(folder: Path, duck: Duck) -> list[ConfigurationError]:
    """Return what the contract check says, also when the plugin cannot even be loaded."""
    try:
        return contract.check(Plugin.load(folder), duck)
    except ConfigurationError as error:
        return [error]


def test_the_sample_holds(folder: Path, duck: Duck) -> None:
    assert problems(folder, duck) == []


WRONG: dict[str, tuple[Change, str, str]] = {
    "a misspelt column": (
        ("rules.py", "_.turbidity.max()", "_.turbity.max()"),
        "rules.py:10",
        "引用了表 WaterTests 中不存在的列 “turbity”。 是否为 “turbidity”？",
    ),
    "a rule that Spark does not know": (
        ("rules.py", "_.turbidity.max()", "_.turbidity.mode()"),
        "rules.py:7",
        "规则 unsafe_water 不能在 Spark 上运行",
    ),
    "a misspelt column in a filter": (
        ("rules.py", "_.turbidity > policy", "_.turbidty > policy"),
        "rules.py:11",
        "是否为 “turbidity”？",
    ),
    "a misspelt policy name": (
        ("rules.py", "policy.turbidity_line", "policy.turbidity_lime"),
        "rules.py:11",
        "政策中没有参数“turbidity_lime”。 是否为 “turbidity_line”？",
    ),
    "a misspelt policy name in a branch not taken": (
        ("measures.py", "entitled(policy.filter_price)", "entitled(policy.filter_prize)"),
        "measures.py:15",
        "是否为 “filter_price”？",
    ),
    "a misspelt figure": (
        ("measures.py", "tested.turbidity", "tested.turbidty"),
        "measures.py:14",
        "tested 没有“turbidty”一项。 是否为 “turbidity”？",
    ),
    "a measure code that does not exist": (
        ("measures.py", 'code="A44"', 'code="A38"'),
        "measures.py:",
        "措施 filter_for 的代码“A38”不在附件2 的 A39–A52 中",
    ),
    "a measure without papers": (
        ("measures.py", '["验收单"]', "[]"),
        "measures.py:",
        "没有写明落实后要交的凭证",
    ),
    "a measure that asks for nothing known": (
        ("measures.py", "filter_for(person, tested, policy)", "filter_for(person, testd, policy)"),
        "measures.py:",
        "参数“testd”没有来源。 是否为 “tested”？",
    ),
    "a rule without a number": (
        ("rules.py", '@rule("S-05", ', '@rule("heavy", '),
        "rules.py:",
        "规则 unsafe_water 没有编号",
    ),
    "a rule that nobody explained": (
        ("rules.py", '    """饮水检测不合格，提示核实."""\n', ""),
        "rules.py:",
        "规则 unsafe_water 没有说明",
    ),
    "a result column that nobody explained": (
        ("rules.py", "agg(turbidity=", "agg(extra=_.count(), turbidity="),
        "rules.py:",
        "结果列“extra”没有说明",
    ),
    "a result without persons": (
        ("rules.py", 'group_by("person").agg', "aggregate"),
        "rules.py:",
        "结果没有 person 列",
    ),
    "a table that does not exist": (
        ("rules.py", "unsafe_water(water_tests: WaterTests,", "unsafe_water(water_test,"),
        "rules.py:",
        "参数“water_test”不是本插件的表",
    ),
    "a function that nobody calls": (
        ("rules.py", "@rule(", "def helper(): ...\n\n\n@rule("),
        "rules.py:7",
        "函数 helper 没有 @rule，没有人会调用它",
    ),
    "a file that nobody reads": (
        ("rule.py", "", "x = 1"),
        "rule.py",
        "没有人会读 rule.py。 是否为 “rules”？",
    ),
    "a misspelt word of a table": (
        ("tables.py", "unique =", "uniqe ="),
        "tables.py:4",
        "表 WaterTests 的“uniqe”没有意义。 是否为 “unique”？",
    ),
    "a table without its feed": (
        ("tables.py", "    feed = monthly(stale_after_days=45)\n", ""),
        "tables.py:4",
        "没有写明多久来一次",
    ),
    "a sum that refers to nothing": (
        ("tables.py", 'sum_at_most="due"', 'sum_at_most="dew"'),
        "tables.py:16",
        "sum_at_most 引用了表 WaterTests 中不存在的列“dew”。 是否为 “due”？",
    ),
    "a feed promised and not written": (
        ("department.yaml", "feeds: [water_tests]", "feeds: [water_test]"),
        "department.yaml:6",
        "feeds 写了“water_test”，但没有这个tables.py 中的表。 是否为 “water_tests”？",
    ),
    "a rule written and not promised": (
        ("department.yaml", "screening: [unsafe_water]", "screening: []"),
        "department.yaml:8",
        "rules.py 中的规则“unsafe_water”没有写进",
    ),
    "an event without a consumer": (
        ("department.yaml", "[clues.found, measure.delivered]", "[clues.found, measure.deliverd]"),
        "department.yaml:11",
        "事件“measure.deliverd”没有任何消费者，发出去不会有人处理。 是否为 “measure.delivered”？",
    ),
    "an event that is sent and not named": (
        ("department.yaml", "[clues.found, measure.delivered]", "[clues.found]"),
        "department.yaml:11",
        "插件会发出 measure.delivered，但 emits 没有写",
    ),
    "a contract too old": (
        ("department.yaml", 'contract: "1.0"', 'contract: "0.9"'),
        "department.yaml:5",
        "插件 water 未启动：契约版本 0.9，需要 1.0 至 1.0",
    ),
    "a contract too new": (
        ("department.yaml", 'contract: "1.0"', 'contract: "2.0"'),
        "department.yaml:5",
        "请更新本机的 shouwang",
    ),
    "a misspelt key": (
        ("department.yaml", "owner:", "ower:"),
        "department.yaml:3",
        "键“ower”未知。 是否为 “owner”？",
    ),
    "a figure without a source": (
        ("policy/water.yaml", "value: 3\n      source: 湘委乡振组发〔2021〕1号 三(二)", "value: 3"),
        "water.yaml:7",
        "缺少 source",
    ),
    "a broken import": (
        ("rules.py", "from .tables import WaterTests", "from .tables import WaterTest"),
        "rules.py:4",
        "rules.py 导入时出错：ImportError",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "where", "message"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_named(change: Change, where: str, message: str, tmp_path: Path, duck: Duck) -> None:
    found = problems(write_plugin(tmp_path / "water", change), duck)
    assert any(where in problem.where and message in str(problem) for problem in found), "\n".join(
        map(str, found)
    )


def test_no_manifest(tmp_path: Path) -> None:
    folder = write_plugin(tmp_path / "water", without=["department.yaml"])
    with pytest.raises(ConfigurationError, match=r"没有 department\.yaml"):
        Plugin.load(folder)


def test_require_tells_how_many_and_all_of_them(tmp_path: Path, duck: Duck) -> None:
    changes = [WRONG[name][0] for name in ("a misspelt column", "a measure without papers")]
    plugin = Plugin.load(write_plugin(tmp_path / "water", *changes))
    with pytest.raises(ConfigurationError, match="插件 water 未启动，共 2 处问题") as refused:
        contract.require(plugin, duck)
    assert len(refused.value.details["problems"]) == 2


def test_a_folder_is_found_again_after_it_changed_place(tmp_path: Path) -> None:
    first = Plugin.load(write_plugin(tmp_path / "one"))
    other = Plugin.load(write_plugin(tmp_path / "two", ("rules.py", "version=1", "version=2")))
    assert (first.rules["unsafe_water"].version, other.rules["unsafe_water"].version) == (1, 2)
