"""Runs the cases of a plugin: figures and rows as written, the plugin's own rules and measures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from shouwang.department.caserows import OTHER, OTHER_PERSON, PERSON, labelled, rows_by_table, rows_given
from shouwang.department.cases import RECEIVING, Case, in_unit, wrong
from shouwang.department.declarations import Fact, Measure, PersonView, Rule, Shown
from shouwang.department.entitlements import Entitlement, Household, Person
from shouwang.department.expressions import Engine, SampleSource
from shouwang.department.measuring import Asked, Measuring
from shouwang.department.plugin import Plugin
from shouwang.department.reports import AMOUNT, VALUE, rows_by_place
from shouwang.department.running import REGION as PLACE
from shouwang.department.running import Run, absent, row_or_absent, rows_of, table_of
from shouwang.errors import UnknownValue
from shouwang.policy import PolicyView
from shouwang.suggestions import did_you_mean
from shouwang.vocabulary import CATEGORIES, RISKS, STATES, Category, Group
from shouwang.yaml_lines import LinedDict

UNTOLD: Final = "untold"
NUMBERED: Final = "with_number"
HOUSEHOLD: Final = (*("person", UNTOLD, "category", "able_to_work", "risks", "size", NUMBERED, "attributes"),)
REGION: Final = "430426"
OWN_PARAMETERS: Final = ("policy", "on")
OUTCOME: Final = {"yes": "entitled", "no": "not_entitled", "unknown": "unknown"}


def run(plugin: Plugin, case: Case, engine: Engine, region: str = REGION) -> str:
    """Return "" when the case holds, else what came out instead."""
    view = supposed_policy(plugin, case, region)
    if isinstance(case.about, Rule):
        return _run_rule(plugin, case, case.about, engine, view)
    if isinstance(case.about, Measure):
        return _run_measure(plugin, case, case.about, engine, view)
    if isinstance(case.about, Fact):
        return _run_fact(plugin, case, case.about, engine, view)
    return _run_places(plugin, case, engine, view)


def _run_places(plugin: Plugin, case: Case, engine: Engine, view: PolicyView) -> str:
    outcome, wanted = case.expected
    source = SampleSource(engine, rows_by_table(plugin, case))
    try:
        rows = rows_by_place(Run(plugin, case.about, source, view), engine)
    except UnknownValue as error:
        told = outcome == "unknown" and str(wanted) in error.message
        return "" if told else f"应为 {outcome}，却是 unknown（{error.message}）"
    came = {row[PLACE]: row.get(AMOUNT, row.get(VALUE)) for row in rows}
    return "" if outcome == "places" and came == dict(wanted) else f"应为 {wanted}，却是 {came}"


def supposed_policy(plugin: Plugin, case: Case, region: str = REGION) -> PolicyView:
    """Return the policy of a case: that of its day, with the figures that it supposes."""
    given, policy = case.given, plugin.policy
    supposed = {
        name: in_unit(given[name], policy.parameter(name).unit, given.where(name))
        for name in given
        if name in policy.names()
    }
    return policy.overlay(supposed).at(case.day, region)


def _run_measure(plugin: Plugin, case: Case, measure: Measure, engine: Engine, view: PolicyView) -> str:
    check_given(plugin, measure, case)
    source = SampleSource(engine, rows_given(plugin, case))
    measuring = _Supposed(plugin, engine, lambda: source, view)
    views = [name for name in measure.parameters if name in plugin.views]
    told = [name for name in views if not _tables(plugin, plugin.views[name]) & set(case.given)]
    both = (PERSON, OTHER)
    measuring.supposed = {name: dict.fromkeys(both, _columns(plugin, name, case)) for name in told}
    next(measuring.answers(measure, question(case)))
    return _compare(case, measuring.found)


class _Supposed(Measuring):
    """Measures on figures written in a case; views whose tables have rows there are computed from these."""

    supposed: dict[str, dict[str, dict[str, Any]]]
    found: Entitlement

    def _rows(self, name: str, persons: Any) -> Any:
        return self.supposed[name] if name in self.supposed else super()._rows(name, persons)

    def _decide(self, *arguments: Any) -> Entitlement:
        self.found = super()._decide(*arguments)
        return self.found


def check_given(plugin: Plugin, measure: Measure, case: Case) -> None:
    """Refuse a key of `given` that the measure does not read."""
    views = [plugin.views[name] for name in measure.parameters if name in plugin.views]
    known = [*HOUSEHOLD, *(column for view in views for column in view.shows), *plugin.policy.names()]
    known += sorted({table for view in views for table in _tables(plugin, view)})
    for key in case.given:
        if key not in known:
            raise wrong(f"given 的“{key}”没有意义", case.given.where(key), did_you_mean(key, known))


def _tables(plugin: Plugin, view: PersonView) -> set[str]:
    """Return the names of the tables that a view reads."""
    return {table_of(plugin, view, name).name for name in view.parameters if name not in OWN_PARAMETERS}


def _columns(plugin: Plugin, name: str, case: Case) -> dict[str, Any]:
    view = plugin.views[name]
    return {column: _column(plugin, view, column, shown, case) for column, shown in view.shows.items()}


def _column(plugin: Plugin, view: PersonView, column: str, shown: Shown, case: Case) -> Any:
    if column not in case.given:
        return absent(view, column)
    return labelled(plugin, column, in_unit(case.given[column], shown.unit, case.given.where(column)))


def question(case: Case) -> Asked:
    """Return the household that a case of a measure supposes; ConfigurationError on an unknown word."""
    given = case.given
    labels = given.get("person")
    groups = None if labels is None else frozenset(_group(case, label) for label in labels)
    attributes = dict(given.get("attributes", {}))
    untold = frozenset(_group(case, label, UNTOLD) for label in given.get(UNTOLD, ()))
    persons = [
        Person(f"m{at}", groups, attributes, untold=untold) for at in range(1, given.get("size", 1) + 1)
    ]
    category = (
        Category(_one_of(case, "category", given["category"], CATEGORIES)) if "category" in given else None
    )
    risks = tuple(_one_of(case, "risks", risk, (*RISKS, *STATES)) for risk in given.get("risks", ()))
    household = Household(tuple(persons), category, given.get("able_to_work"), risks, attributes)
    others = OTHER if _tells_of_another(case) else PERSON
    known = {"m1": PERSON} | {person.ref: others for person in persons[1:]}
    numbered = given.get(NUMBERED, len(persons))
    return Asked(
        household, {ref: of if at < numbered else None for at, (ref, of) in enumerate(known.items())}
    )


def _group(case: Case, label: str, key: str = "person") -> Group:
    return Group.from_label(_one_of(case, key, label, [group.label for group in Group]))


def _one_of(case: Case, key: str, word: str, known: Collection[str]) -> str:
    if word not in known:
        raise wrong(f"{key} 的“{word}”不认识", case.given.where(key), did_you_mean(str(word), known))
    return word


def _tells_of_another(case: Case) -> bool:
    """Whether a row is about 另一人: then the members after the first are that person."""
    rows = (row for rows in case.given.values() if isinstance(rows, list) for row in rows)
    return any(isinstance(row, Mapping) and row.get("person") == OTHER_PERSON for row in rows)


def _compare(case: Case, found: Entitlement) -> str:
    outcome, wanted = case.expected
    came = OUTCOME[found.verdict.value]
    if outcome != came:
        return f"应为 {outcome}，却是 {came}（{found.reason or found.amount_fen}）"
    if RECEIVING in case.data["expect"] and found.receiving is not case.data["expect"][RECEIVING]:
        return f"正在享受应为 {case.data['expect'][RECEIVING]}，却是 {found.receiving}"
    if outcome == "entitled":
        return _compare_amount(case, found, wanted)
    return "" if str(wanted) in found.reason else f"理由应含“{wanted}”，却是“{found.reason}”"


def _compare_amount(case: Case, found: Entitlement, wanted: Any) -> str:
    if wanted == "yes":
        return "" if found.amount_fen is None else f"不应有金额，却是 {found.amount_fen} 分"
    fen = in_unit(wanted, "fen", case.where)
    return "" if found.amount_fen == fen else f"应为 {fen} 分，却是 {found.amount_fen} 分"


def _run_rule(plugin: Plugin, case: Case, rule: Rule, engine: Engine, view: PolicyView) -> str:
    outcome, wanted = case.expected
    source = SampleSource(engine, rows_by_table(plugin, case))
    try:
        found = rows_of(Run(plugin, rule, source, view), engine, [PERSON]).get(PERSON)
    except UnknownValue as error:
        told = outcome == "unknown" and str(wanted) in error.message
        return "" if told else f"应为 {outcome}，却是 unknown（{error.message}）"
    came = "no_clue" if found is None else "clue"
    if outcome != came:
        return f"应为 {outcome}，却是 {came}（{found}）"
    return "" if found is None else _compare_columns(case, rule, found, wanted)


def _compare_columns(case: Case, rule: Rule, found: dict[str, Any], wanted: Any) -> str:
    shown = {} if wanted is True else dict(wanted)
    expected = {name: in_unit(value, rule.shows[name].unit, case.where) for name, value in shown.items()}
    came = {name: found[name] for name in expected}
    return "" if came == expected else f"应为 {expected}，却是 {came}"


def _run_fact(plugin: Plugin, case: Case, fact: Fact, engine: Engine, view: PolicyView) -> str:
    outcome, wanted = case.expected
    source = SampleSource(engine, rows_by_table(plugin, case))
    try:
        found = rows_of(Run(plugin, fact, source, view), engine, [PERSON])
    except UnknownValue as error:
        told = outcome == "unknown" and str(wanted) in error.message
        return "" if told else f"应为 {outcome}，却是 unknown（{error.message}）"
    came = row_or_absent(fact, found, PERSON)
    if outcome != "answered":
        return f"应为 {outcome}，却是 answered（{came}）"
    expected = answer(fact, case, wanted)
    same = all(came[column] in (value, labelled(plugin, column, value)) for column, value in expected.items())
    return "" if same else f"应为 {expected}，却是 {came}"


def answer(fact: Fact, case: Case, wanted: LinedDict) -> dict[str, Any]:
    """Return the answer that a case of a fact expects, money in fen; ConfigurationError on a wrong column."""
    for column in wanted:
        if column not in fact.shows:
            message = f"期望的列“{column}”不在事实 {fact.name} 的 shows 里"
            raise wrong(message, wanted.where(column), did_you_mean(column, fact.shows))
    if left_out := [column for column in fact.shows if column not in wanted]:
        message = f"事实 {fact.name} 的案例没有写 {'、'.join(left_out)}"
        raise wrong(message, case.where, "回答的每一列都要写；不知道的写 null。")
    return {column: _answered(shown, column, wanted) for column, shown in fact.shows.items()}


def _answered(shown: Shown, column: str, wanted: LinedDict) -> Any:
    value = wanted[column]
    return None if value is None else in_unit(value, shown.unit, wanted.where(column))
