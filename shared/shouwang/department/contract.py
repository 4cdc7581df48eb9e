"""Does the plugin hold together? Everything that is matched by name is checked before the service starts.

Runs in the worker: rules are tried on empty tables, every policy name in the source is looked up, every
promise of the manifest is compared with what was written. A problem names file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import duckdb
import ibis
from ibis.common.exceptions import IbisError

from shouwang.department.declarations import Declared, Fact, Indicator, Measure, PersonView, Rule, Signal
from shouwang.department.expressions import Duck, SampleSource
from shouwang.department.manifest import wrong
from shouwang.department.names import check_names
from shouwang.department.plugin import Plugin, last_line
from shouwang.department.probing import ProbeView
from shouwang.department.reports import AMOUNT, DAYS, VALUE
from shouwang.department.running import PERSON, REGION, Run, table_of
from shouwang.department.table import Table
from shouwang.errors import ConfigurationError, ShouwangError
from shouwang.suggestions import did_you_mean
from shouwang.vocabulary import (
    MEASURE_CODES,
    MEASURE_ITEMS,
    SIGNAL_KINDS,
    SIGNAL_UNITS,
    Risk,
    State,
    measure_label,
)

NUMBER: Final = re.compile(r"[A-Z]-\d{2}", re.ASCII)
MEASURE_WORDS: Final = ("person", "household", "policy", "on")
_ATTRIBUTE: Final = re.compile(r"has no attribute '(\w+)'")


def check(plugin: Plugin, duck: Duck) -> list[ConfigurationError]:
    """Return every problem of a plugin; empty when it may start."""
    return [
        *_collect(lambda: _promises(plugin)),
        *_collect(lambda: check_names(plugin)),
        *(problem for rule in plugin.rules.values() for problem in _collect(lambda rule=rule: _rule(rule))),
        *(problem for one in plugin.signals.values() for problem in _collect(lambda one=one: _signal(one))),
        *(problem for one in on_tables(plugin) for problem in _tried(plugin, one, duck)),
        *(
            problem
            for measure in plugin.measures.values()
            for problem in _collect(lambda measure=measure: _measure(plugin, measure))
        ),
    ]


def require(plugin: Plugin, duck: Duck) -> None:
    """Raise the first problem, with all of them in its details; the plugin does not start."""
    problems = check(plugin, duck)
    if problems:
        first = problems[0]
        raise ConfigurationError(
            first.message,
            code=first.code,
            where=first.where,
            remedy=f"{first.remedy}插件 {plugin.code} 未启动，共 {len(problems)} 处问题。",
            details={"problems": [problem.to_dict() for problem in problems]},
        )


def _collect(look: Any) -> list[ConfigurationError]:
    """Run a check that yields problems; one that raises is a problem too."""
    found: list[ConfigurationError] = []
    try:
        found.extend(look())
    except ConfigurationError as error:
        found.append(error)
    return found


def _promises(plugin: Plugin) -> Iterator[ConfigurationError]:
    manifest, offers = plugin.manifest, plugin.manifest.offers
    yield from _same(plugin, "feeds", manifest.feeds, plugin.tables, "tables.py 中的表")
    yield from _same(plugin, "screening", offers["screening"], plugin.rules, "rules.py 中的规则")
    yield from _same(plugin, "comparison", offers["comparison"], plugin.facts, "comparison.py 中的事实")
    yield from _same(plugin, "measures", offers["measures"], plugin.measures, "measures.py 中的措施代码")
    yield from _same(plugin, "signals", offers["signals"], plugin.signals, "reports.py 中的信号")
    yield from _same(plugin, "indicators", offers["indicators"], plugin.indicators, "reports.py 中的指标")
    emitted = (
        ("clues.found", plugin.rules),
        ("measure.delivered", plugin.measures),
        ("signals.found", plugin.signals),
        ("figures.reported", plugin.indicators),
    )
    for event, why in emitted:
        if why and event not in manifest.emits:
            yield wrong(f"插件会发出 {event}，但 emits 没有写", manifest.line("emits"), f"请加上 - {event}。")


def _same(
    plugin: Plugin, key: str, promised: Iterable[str], written: Iterable[str], what: str
) -> Iterator[ConfigurationError]:
    promised, written = list(promised), list(written)
    for name in promised:
        if name not in written:
            where = plugin.manifest.line(key, name)
            yield wrong(f"{key} 写了“{name}”，但没有这个{what}", where, did_you_mean(name, written))
    for name in written:
        if name not in promised:
            where = plugin.manifest.line(key)
            yield wrong(f"{what}“{name}”没有写进 department.yaml 的 {key}", where, f"请加上 - {name}。")


def _rule(rule: Rule) -> Iterator[ConfigurationError]:
    if not isinstance(rule.number, str) or not NUMBER.fullmatch(rule.number):
        remedy = '请写成 @rule("S-05", …)，编号见 docs/rules.yaml。'
        yield wrong(f"规则 {rule.name} 没有编号", rule.defined, remedy, "department.rule")
    if not isinstance(rule.risk, Risk | State):
        yield wrong(f"规则 {rule.name} 的 risk 不是 Risk 或 State", rule.defined, "", "department.rule")
    if rule.version < 1:
        yield wrong(f"规则 {rule.name} 的 version 应从 1 起", rule.defined, "", "department.rule")
    if not rule.text:
        remedy = "第一行文档字符串就是线索上的说明。"
        yield wrong(f"规则 {rule.name} 没有说明", rule.defined, remedy, "department.rule")


def _signal(signal: Signal) -> Iterator[ConfigurationError]:
    for word, given, known in (("kind", signal.kind, SIGNAL_KINDS), ("unit", signal.unit, SIGNAL_UNITS)):
        if given not in known:
            message = f"信号 {signal.name} 的 {word}“{given}”没有意义"
            yield wrong(message, signal.defined, did_you_mean(given, known), "department.signal")
    if signal.version < 1:
        yield wrong(f"信号 {signal.name} 的 version 应从 1 起", signal.defined, "", "department.signal")
    if not signal.text:
        remedy = "第一行文档字符串就是信号的说明。"
        yield wrong(f"信号 {signal.name} 没有说明", signal.defined, remedy, "department.signal")


OnTables = Rule | Fact | PersonView | Signal | Indicator


def on_tables(plugin: Plugin) -> list[OnTables]:
    """Return everything of a plugin that runs on tables."""
    groups: tuple[Mapping[str, OnTables], ...] = (plugin.rules, plugin.facts, plugin.views)
    groups += (plugin.signals, plugin.indicators)
    return [one for group in groups for one in group.values()]


def _tried(plugin: Plugin, declared: OnTables, duck: Duck) -> Iterator[ConfigurationError]:
    try:
        expression = Run(plugin, declared, SampleSource(duck), ProbeView(plugin.policy)).expression()
        columns = dict(expression.schema().items())
        yield from _columns(declared, columns)
        for _ in duck.batches(expression):
            pass
        if isinstance(declared, Rule):
            yield from _on_spark(declared, expression)
    except ConfigurationError as error:
        yield _explained(plugin, declared, error)
    except ShouwangError as error:
        yield wrong(f"{declared.name}：{error.message}", declared.defined, error.remedy, error.code)
    except (AttributeError, IbisError, duckdb.Error) as error:
        yield _explained(plugin, declared, wrong("", declared.defined), error)


def _on_spark(rule: Rule, expression: Any) -> Iterator[ConfigurationError]:
    """Refuse a rule that only DuckDB understands: a province screens the same rules on Spark."""
    try:
        ibis.to_sql(expression, dialect="pyspark")
    except IbisError as error:
        message = f"规则 {rule.name} 不能在 Spark 上运行：{type(error).__name__}: {error}"
        yield wrong(message, rule.defined, "请换一种两边都有的写法，见 docs/spark.md。", "department.spark")


def _columns(declared: OnTables, columns: dict[str, Any]) -> Iterator[ConfigurationError]:
    if isinstance(declared, Signal | Indicator):
        yield from _columns_of_places(declared, columns)
        return
    if not str(columns.get(PERSON, "")).startswith("uuid"):
        remedy = '请用 group_by("person") 或保留 person 列。'
        yield wrong(f"{declared.name} 的结果没有 person 列", declared.defined, remedy, "department.columns")
    allowed = {*declared.shows, PERSON, REGION} if isinstance(declared, Rule) else {*declared.shows, PERSON}
    for name in columns.keys() - allowed:
        remedy = f'请在 shows 里写 "{name}": 中文名称，或去掉这一列。'
        yield wrong(
            f"{declared.name} 的结果列“{name}”没有说明", declared.defined, remedy, "department.columns"
        )
    for name in declared.shows.keys() - columns.keys():
        remedy = did_you_mean(name, columns)
        yield wrong(
            f"{declared.name} 的 shows 写了没有的列“{name}”", declared.defined, remedy, "department.columns"
        )


def _columns_of_places(declared: Signal | Indicator, columns: dict[str, Any]) -> Iterator[ConfigurationError]:
    needed = {REGION, AMOUNT if isinstance(declared, Signal) else VALUE}
    allowed = {*needed, *declared.shows, *(DAYS if isinstance(declared, Signal) else ())}
    for name in sorted((needed | set(declared.shows)) - columns.keys()):
        remedy = did_you_mean(name, columns)
        yield wrong(f"{declared.name} 的结果没有 {name} 列", declared.defined, remedy, "department.columns")
    for name in sorted(columns.keys() - allowed):
        remedy = f'请在 shows 里写 "{name}": 中文名称，或去掉这一列。人员和文字不随信号离开部门。'
        message = f"{declared.name} 的结果列“{name}”没有说明"
        yield wrong(message, declared.defined, remedy, "department.columns")
    for name in sorted(columns.keys() & {AMOUNT, *declared.shows}):
        if not str(columns[name]).lstrip("!").startswith("int"):
            message = f"{declared.name} 的结果列“{name}”不是整数"
            yield wrong(message, declared.defined, "信号只带整数，没有文字。", "department.columns")


def _explained(
    plugin: Plugin, declared: Declared, error: ConfigurationError, cause: BaseException | None = None
) -> ConfigurationError:
    cause = cause or error.__cause__
    if cause is None:
        return error
    where = last_line(cause, plugin.folder) or declared.defined
    found = _ATTRIBUTE.search(str(cause))
    tables = _tables_of(plugin, declared)
    if isinstance(cause, AttributeError) and found and tables:
        column, known = found[1], [name for table in tables for name in table.columns]
        names = "、".join(table.__name__ for table in tables)
        message = f"规则 {declared.name} 引用了表 {names} 中不存在的列 “{column}”"
        return wrong(message, where, did_you_mean(column, known), "department.column")
    message = f"{declared.name} 不能在空表上运行：{type(cause).__name__}: {cause}"
    return wrong(message, where, "", "department.plugin")


def _tables_of(plugin: Plugin, declared: Declared) -> list[type[Table]]:
    names = [name for name in declared.parameters if name not in {"policy", "on"}]
    return [table_of(plugin, declared, name) for name in names]


def _measure(plugin: Plugin, measure: Measure) -> Iterator[ConfigurationError]:
    if measure_label(measure.code) is None:
        known = [*MEASURE_ITEMS, *MEASURE_CODES]
        message = f"措施 {measure.name} 的代码“{measure.code}”不在附件2 的 A39–A52 中"
        yield wrong(message, measure.defined, did_you_mean(measure.code, known), "department.measure")
    for risk in measure.risks:
        if not isinstance(risk, Risk | State):
            message = f"措施 {measure.name} 的 risks 含“{risk}”，不是 Risk 或 State"
            yield wrong(message, measure.defined, "", "department.measure")
    if not measure.evidence:
        message = f"措施 {measure.name} 没有写明落实后要交的凭证（evidence）"
        yield wrong(message, measure.defined, "", "department.measure")
    known = [*MEASURE_WORDS, *plugin.views]
    for name in measure.parameters:
        if name not in known:
            message = f"措施 {measure.name} 的参数“{name}”没有来源"
            yield wrong(message, measure.defined, did_you_mean(name, known), "department.parameter")
