"""How long the periods of a table are kept, and which of them go. Runs in the worker.

A policy figure in months: the plugin's own `retention.<table>` or `retention.months`, else the one beside
this file. Never shorter than the longest window of a rule (the plugin does not start); the two newest
periods stay whatever their age, because rules compare them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from shouwang.department.declarations import Declared
from shouwang.department.feeds import Period
from shouwang.department.lake import Lake
from shouwang.department.manifest import wrong
from shouwang.department.plugin import Plugin
from shouwang.department.probing import ProbeView
from shouwang.department.table import Table
from shouwang.errors import ConfigurationError
from shouwang.periods import Month
from shouwang.policy import Policy, Unknown, Value
from shouwang.suggestions import did_you_mean

ALL_TABLES: Final = "retention.months"
ALWAYS: Final = 2


def months_kept(plugin: Plugin, table: str, on: date, region: str) -> Value | Unknown:
    """Return for how many months the periods of a table are kept."""
    policy, name = _policy(plugin, table)
    return policy.value(name, on=on, region=region)


def expired(table: type[Table], lake: Lake, months: int, on: date) -> list[Period]:
    """Return the periods that ended before the months kept began, oldest first.

    A period that has not begun is none of the two newest.
    """
    begins = Month.of(on).shift(-months).first
    begun = [period for period in lake.periods(table) if period.first <= on]
    return [period for period in begun[:-ALWAYS] if period.last < begins]


def too_short(plugin: Plugin, declared: Declared, windows: Mapping[str, int]) -> Iterator[ConfigurationError]:
    """Yield a refusal for each table of which a rule looks further back than is kept."""
    for table, months in windows.items():
        policy, name = _policy(plugin, table)
        kept = ProbeView(policy).find(name)
        if kept.value is not None and kept.value < months:
            message = f"{declared.name} 要看“{table}”近 {months} 个月，而 {name} 只保存 {kept.value} 个月"
            yield wrong(
                message, declared.defined, "请延长保存月数，或缩短规则的期数。", "department.retention"
            )


def misnamed(plugin: Plugin) -> Iterator[ConfigurationError]:
    """Yield a refusal for each figure under `retention` that no table would ever be kept by."""
    known = {ALL_TABLES, *(f"retention.{table}" for table in plugin.tables)}
    for name in plugin.policy.names():
        parameter = plugin.policy.parameter(name)
        if name.startswith("retention.") and name not in known:
            message = f"保存期限 {name} 不是本插件的表"
            yield wrong(message, parameter.where, did_you_mean(name, known), "department.retention")
        elif name in known and parameter.unit != "months":
            message = f"保存期限 {name} 的单位是 {parameter.unit}"
            yield wrong(message, parameter.where, "请写 unit: months。", "department.retention")


def describe_kept(plugin: Plugin, on: date, region: str) -> list[dict[str, Any]]:
    """Return for each table its name, months kept (None: unknown, with reason) and the document."""
    return [_described(name, months_kept(plugin, name, on, region)) for name in plugin.tables]


def _described(table: str, kept: Value | Unknown) -> dict[str, Any]:
    if isinstance(kept, Unknown):
        return {"table": table, "months": None, "parameter": kept.name, "reason": kept.reason}
    return {"table": table, "months": kept.value, "parameter": kept.name, "source": kept.source}


def _policy(plugin: Plugin, table: str) -> tuple[Policy, str]:
    own = plugin.policy.names()
    for name in (f"retention.{table}", ALL_TABLES):
        if name in own:
            return plugin.policy, name
    return plugin.common, ALL_TABLES
