"""Cases, read before the start: every word of them must mean something, and everything that decides has one.

Whether a case holds is for the contract kit; a case that could never be run is a promise nobody can check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final

from shouwang.department.caserows import rows_by_table, rows_given
from shouwang.department.caserunning import answer, check_given, question, supposed_policy
from shouwang.department.cases import Case, cases_of, in_unit, wrong
from shouwang.department.declarations import Fact, Measure, Rule
from shouwang.department.feeds import Period
from shouwang.department.known import RULE_NUMBERS
from shouwang.department.manifest import wrong as missing
from shouwang.department.plugin import Plugin
from shouwang.errors import BadRequest, ConfigurationError
from shouwang.suggestions import did_you_mean

OUTCOMES: Final = {
    "measure": ("entitled", "not_entitled", "unknown"),
    "rule": ("clue", "no_clue", "unknown"),
    "fact": ("answered", "unknown"),
    "places": ("places", "unknown"),
}

KINDS: Final = {"measure": Measure, "rule": Rule, "fact": Fact}


def case_problems(plugin: Plugin) -> Iterator[ConfigurationError]:
    """Yield what is wrong with the cases of a plugin."""
    cases = cases_of(plugin)
    yield from _twice(cases)
    for case in cases:
        try:
            _check(plugin, case)
        except ConfigurationError as error:
            yield error
    shown = {case.about.name for case in cases}
    decide = (plugin.rules, plugin.facts, plugin.measures, plugin.signals, plugin.indicators)
    for one in chain.from_iterable(named.values() for named in decide):
        if one.name not in shown:
            remedy = f"请在 cases/{one.name}.yaml 里写给业务人员核对的案例。"
            yield missing(f"{one.name} 没有案例", one.defined, remedy, "department.case")


def _twice(cases: list[Case]) -> Iterator[ConfigurationError]:
    first: dict[tuple[str, str], Case] = {}
    for case in cases:
        same = first.setdefault((case.about.name, case.name), case)
        if same is not case:
            message = f"案例“{case.name}”写了两次，前一次在 {same.where}"
            yield wrong(message, case.where, "请改名或删去一处。")


def _check(plugin: Plugin, case: Case) -> None:
    number = case.data["rule"]
    if number not in RULE_NUMBERS:
        message = f"案例的 rule “{number}”不在规则登记簿中"
        raise wrong(message, case.data.where("rule"), did_you_mean(str(number), RULE_NUMBERS))
    own = getattr(case.about, "number", "")
    if own and number != own:
        message = f"案例的 rule 是 {number}，{case.about.name} 却是 {own}"
        raise wrong(message, case.data.where("rule"), f"请写 rule: {own}。")
    _check_outcome(case)
    _check_periods(plugin, case)
    supposed_policy(plugin, case)
    if isinstance(case.about, Measure):
        check_given(plugin, case.about, case)
        question(case)
        rows_given(plugin, case)
    else:
        rows_by_table(plugin, case)
    if isinstance(case.about, Rule):
        _check_clue(case, case.about)
    if isinstance(case.about, Fact):
        _check_answer(case, case.about)


def _check_outcome(case: Case) -> None:
    outcome, wanted = case.expected
    kind = next((name for name, of in KINDS.items() if isinstance(case.about, of)), "places")
    if outcome not in OUTCOMES[kind]:
        message = f"{case.about.name} 的案例不能期望 {outcome}"
        raise wrong(message, case.data["expect"].where(outcome), did_you_mean(outcome, OUTCOMES[kind]))
    if outcome == "no_clue" and wanted is not True:
        message = f"no_clue 应为 true，现在是 {wanted}"
        raise wrong(message, case.data["expect"].where(outcome), "有线索的写 clue: {列: 值}。")
    if outcome == "answered" and not isinstance(wanted, Mapping):
        message = f"answered 应写出每一列和值，现在是 {wanted}"
        raise wrong(message, case.data["expect"].where(outcome), "请照 comparison.py 的 shows 写。")
    if outcome == "clue" and wanted is not True and not (isinstance(wanted, Mapping) and wanted):
        message = f"clue 应写出列和值，现在是 {wanted}"
        raise wrong(message, case.data["expect"].where(outcome), "没有线索的写 no_clue: true。")


def _check_periods(plugin: Plugin, case: Case) -> None:
    """A row of a month that had not begun on the day asked about could not have been there."""
    for name, rows in case.given.items():
        for row in rows if name in plugin.tables and isinstance(rows, list) else ():
            period = _period(plugin, name, row)
            if period is not None and period.first > case.day:
                message = f"案例的一行属于 {period}，比 as_of（{case.day}）还晚"
                raise wrong(message, row.where("period"), "请核对 period 和 as_of。")


def _period(plugin: Plugin, table: str, row: Any) -> Period | None:
    try:
        return plugin.tables[table].feed.parse(str(row["period"]))
    except (BadRequest, KeyError, TypeError):
        return None  # said where the rows are read


def _check_answer(case: Case, fact: Fact) -> None:
    outcome, wanted = case.expected
    if outcome == "answered":
        answer(fact, case, wanted)


def _check_clue(case: Case, rule: Rule) -> None:
    outcome, wanted = case.expected
    if outcome != "clue" or not isinstance(wanted, Mapping):
        return
    told: Any = wanted
    for column, value in told.items():
        if column not in rule.shows:
            message = f"期望的列“{column}”不在规则 {rule.name} 的 shows 里"
            raise wrong(message, told.where(column), did_you_mean(column, rule.shows))
        in_unit(value, rule.shows[column].unit, told.where(column))
