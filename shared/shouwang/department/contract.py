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

from shouwang.department.amounts import amount_problems
from shouwang.department.answers import answer_problems
from shouwang.department.breaking import api, explained
from shouwang.department.casechecks import case_problems
from shouwang.department.codewords import code_problems
from shouwang.department.comparisons import comparison_problems
from shouwang.department.declarations import Declared, Fact, Indicator, PersonView, Rule, Signal
from shouwang.department.declaring import declaration_problems
from shouwang.department.deferred import deferred_problems
from shouwang.department.expressions import Duck, SampleSource
from shouwang.department.lineage import lineage_problems
from shouwang.department.manifest import wrong
from shouwang.department.names import check_names
from shouwang.department.plugin import Plugin, last_line
from shouwang.department.probing import ProbeView
from shouwang.department.reports import AMOUNT, DAYS, VALUE
from shouwang.department.result_types import check_types, check_types_of_places
from shouwang.department.retention import misnamed, too_short
from shouwang.department.running import PERSON, REGION, Run, table_of
from shouwang.department.table import Table
from shouwang.department.undefined import check_undefined
from shouwang.errors import ConfigurationError, ShouwangError
from shouwang.suggestions import did_you_mean

_COLUMN: Final = re.compile(r"[Cc]olumn '(\w+)' is not found")
COLUMN: Final = "department.column"
CODE: Final = "department.code"
_WORDS: Final = {Rule: "规则", Fact: "事实", PersonView: "视图", Signal: "信号", Indicator: "指标"}


def check(plugin: Plugin, duck: Duck) -> list[ConfigurationError]:
    """Return every problem of a plugin; empty when it may start."""
    return _each_once(
        *_collect(lambda: _promises(plugin)),
        *_collect(lambda: check_names(plugin)),
        *_collect(lambda: check_undefined(plugin.folder)),
        *_collect(lambda: answer_problems(plugin)),
        *_collect(lambda: amount_problems(plugin)),
        *_collect(lambda: code_problems(plugin)),
        *_collect(lambda: declaration_problems(plugin)),
        *_collect(lambda: misnamed(plugin)),
        *(problem for one in on_tables(plugin) for problem in _tried(plugin, one, duck)),
        *_collect(lambda: deferred_problems(plugin)),
        *_collect(lambda: case_problems(plugin)),
    )


def _each_once(*problems: ConfigurationError) -> list[ConfigurationError]:
    """Return problems without what reading and trying both find: a column by its line, a code by name."""
    kept: dict[Any, ConfigurationError] = {}
    for at, one in enumerate(problems):
        twice = {COLUMN: one.where, CODE: (one.where, one.message)}
        kept.setdefault(twice.get(one.code, at), one)
    return list(kept.values())


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
    yield from _same(plugin, "feeds", manifest.feeds, plugin.tables, ("tables.py", "表"))
    yield from _same(plugin, "screening", offers["screening"], plugin.rules, ("rules.py", "规则"))
    yield from _same(plugin, "comparison", offers["comparison"], plugin.facts, ("comparison.py", "事实"))
    yield from _same(plugin, "measures", offers["measures"], plugin.measures, ("measures.py", "措施代码"))
    yield from _same(plugin, "signals", offers["signals"], plugin.signals, ("reports.py", "信号"))
    yield from _same(plugin, "indicators", offers["indicators"], plugin.indicators, ("reports.py", "指标"))
    emitted = (
        ("clues.found", plugin.rules),
        ("measure.delivered", plugin.measures),
        ("signals.found", plugin.signals),
        ("figures.reported", plugin.indicators),
    )
    for event, why in emitted:
        if why and event not in manifest.emits:
            yield wrong(f"插件会发出 {event}，但 emits 没有写", manifest.line("emits"), f"请加上 - {event}。")
        # Figures can be handed in by an officer (report_figures) where nothing computes them.
        if not why and event in manifest.emits and event != "figures.reported":
            message = f"emits 写了 {event}，但插件里没有什么会发出它"
            yield wrong(message, manifest.line("emits", event), "请删去，或写出相应的规则、措施或信号。")


def _same(
    plugin: Plugin, key: str, promised: Iterable[str], written: Iterable[str], what: tuple[str, str]
) -> Iterator[ConfigurationError]:
    promised, written, (file, word) = list(promised), list(written), what
    for name in promised:
        if name not in written:
            where = plugin.manifest.line(key, name)
            yield wrong(
                f"{key} 写了“{name}”，但 {file} 里没有这样的{word}", where, did_you_mean(name, written)
            )
    for name in written:
        if name not in promised:
            where = plugin.manifest.line(key)
            message = f"{file} 里的{word}“{name}”没有写进 department.yaml 的 {key}"
            yield wrong(message, where, f"请加上 - {name}。")


OnTables = Rule | Fact | PersonView | Signal | Indicator


def on_tables(plugin: Plugin) -> list[OnTables]:
    """Return everything of a plugin that runs on tables."""
    groups: tuple[Mapping[str, OnTables], ...] = (plugin.rules, plugin.facts, plugin.views)
    groups += (plugin.signals, plugin.indicators)
    return [one for group in groups for one in group.values()]


def _tried(plugin: Plugin, declared: OnTables, duck: Duck) -> Iterator[ConfigurationError]:
    try:
        source = SampleSource(duck)
        expression = Run(plugin, declared, source, ProbeView(plugin.policy)).expression()
        yield from too_short(plugin, declared, source.windows)
        if not isinstance(expression, ibis.Table):
            remedy = "函数最后要 return 一张表：return found.filter(…)。"
            yield _of_columns(declared, f"{declared.name} 没有返回表", remedy)
            return
        yield from _columns(declared, dict(expression.schema().items()))
        yield from lineage_problems(plugin, declared, expression)
        yield from comparison_problems(plugin, declared, expression)
        for _ in duck.columns(expression):
            pass
        if isinstance(declared, Rule):
            yield from _on_spark(declared, expression)
    except ConfigurationError as error:
        yield _explained(plugin, declared, _placed(plugin, declared, error))
    except ShouwangError as error:
        yield wrong(f"{declared.name}：{error.message}", declared.defined, error.remedy, error.code)
    except (AttributeError, IbisError, duckdb.Error) as error:
        yield _explained(plugin, declared, wrong("", declared.defined, ""), error)


def _placed(plugin: Plugin, declared: Declared, error: ConfigurationError) -> ConfigurationError:
    """Give a refusal of the suite's own the line of the plugin that asked for it."""
    error.where = error.where or last_line(error, plugin.folder) or declared.defined
    return error


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
        yield _of_columns(declared, f"{declared.name} 的结果没有 person 列", remedy)
    allowed = {*declared.shows, PERSON, REGION} if isinstance(declared, Rule) else {*declared.shows, PERSON}
    for name in columns.keys() - allowed:
        remedy = f'请在 shows 里写 "{name}": 中文名称，或去掉这一列。'
        yield _of_columns(declared, f"{declared.name} 的结果列“{name}”没有说明", remedy)
    for name in declared.shows.keys() - columns.keys():
        message = f"{declared.name} 的 shows 写了没有的列“{name}”"
        yield _of_columns(declared, message, did_you_mean(name, columns))
    yield from check_types(declared, columns)


def _columns_of_places(declared: Signal | Indicator, columns: dict[str, Any]) -> Iterator[ConfigurationError]:
    needed = {REGION, AMOUNT if isinstance(declared, Signal) else VALUE}
    allowed = {*needed, *declared.shows, *(DAYS if isinstance(declared, Signal) else ())}
    for name in sorted((needed | set(declared.shows)) - columns.keys()):
        remedy = did_you_mean(name, columns)
        yield _of_columns(declared, f"{declared.name} 的结果没有 {name} 列", remedy)
    for name in sorted(columns.keys() - allowed):
        remedy = f'请在 shows 里写 "{name}": 中文名称，或去掉这一列。人员和文字不随信号离开部门。'
        yield _of_columns(declared, f"{declared.name} 的结果列“{name}”没有说明", remedy)
    yield from check_types_of_places(declared, columns)


def _of_columns(declared: OnTables, message: str, remedy: str) -> ConfigurationError:
    return wrong(message, declared.defined, remedy, "department.columns")


def _explained(
    plugin: Plugin, declared: Declared, error: ConfigurationError, cause: BaseException | None = None
) -> ConfigurationError:
    cause = cause or error.__cause__
    if cause is None:
        return error
    where = last_line(cause, plugin.folder) or declared.defined
    tables, column = _tables_of(plugin, declared), _column_of(cause)
    if column and tables:
        known = [name for table in tables for name in table.columns]
        names = "、".join(table.__name__ for table in tables)
        message = f"{_WORDS[type(declared)]} {declared.name} 引用了表 {names} 中不存在的列 “{column}”"
        return wrong(message, where, did_you_mean(column, known), "department.column")
    problem, remedy = explained(cause, api())
    return wrong(f"{declared.name} 不能在空表上运行：{problem}", where, remedy, "department.plugin")


def _column_of(cause: BaseException) -> str:
    """Return the column that an expression asked for in vain; "" when the trouble is another."""
    if isinstance(cause, AttributeError):
        return cause.name or "" if isinstance(cause.obj, ibis.Table) else ""
    found = _COLUMN.search(str(cause))
    return found[1] if found else ""


def _tables_of(plugin: Plugin, declared: Declared) -> list[type[Table]]:
    names = [name for name in declared.parameters if name not in {"policy", "on"}]
    return [table_of(plugin, declared, name) for name in names]
