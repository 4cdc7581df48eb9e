"""Rules, facts and views, run: parameters filled by name, results as rows, each hit with its decision.

Runs in the worker.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import chain, compress
from operator import ne
from typing import Any, Final

from shouwang.decision import YES, Decision, Ground
from shouwang.decision.codec import encode
from shouwang.decision.recording import RecordingView
from shouwang.department.declarations import Declared, Fact, PersonView, Rule, Shown
from shouwang.department.expressions import Engine, LakeSource, SampleSource, batches
from shouwang.department.plugin import Plugin, last_line
from shouwang.department.table import Table
from shouwang.department.taking import Columns
from shouwang.errors import ConfigurationError, ShouwangError, UnknownValue
from shouwang.periods import Window
from shouwang.policy import Value
from shouwang.policy.view import View
from shouwang.suggestions import did_you_mean

PERSON: Final = "person"
REGION: Final = "region"
Source = LakeSource | SampleSource


class Run:
    """One declaration on one source: gives an Ibis expression, and afterwards what was used."""

    def __init__(self, plugin: Plugin, declared: Declared, source: Source, view: View) -> None:
        self.plugin, self.declared, self.source = plugin, declared, source
        self.view = RecordingView(view)

    def expression(self) -> Any:
        """Call the function; UnknownValue: data or parameters are missing; ConfigurationError: it breaks."""
        try:
            return self.declared.function(**self._arguments())
        except ShouwangError:
            raise
        except (Exception, SystemExit) as error:
            raise broken(self.plugin, self.declared, error) from error

    def _arguments(self) -> dict[str, Any]:
        return {name: self._argument(name) for name in self.declared.parameters}

    def _argument(self, name: str) -> Any:
        if name == "policy":
            return self.view
        if name == "on":
            return self.view.on
        return table_of(self.plugin, self.declared, name)(self.source)


def table_of(plugin: Plugin, declared: Declared, parameter: str) -> type[Table]:
    """Return the table that a parameter asks for, by annotation or by its own name."""
    annotation = declared.parameters[parameter].annotation
    named = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    wanted = named.rpartition(".")[2]
    for table in plugin.tables.values():
        if table.__name__ == wanted or table.name == parameter:
            return table
    raise ConfigurationError(
        f"{declared.name} 的参数“{parameter}”不是本插件的表。",
        code="department.parameter",
        where=declared.defined,
        remedy=did_you_mean(parameter, [*plugin.tables, "policy", "on"]),
    )


def broken(plugin: Plugin, declared: Declared, error: BaseException) -> ConfigurationError:
    """Return what to say when a plugin's own code raises; its text is not repeated (it may hold data)."""
    return ConfigurationError(
        f"插件 {plugin.code} 的 {declared.name} 运行出错：{type(error).__name__}。",
        code="department.plugin",
        where=last_line(error, plugin.folder) or declared.defined,
        remedy="请由该部门插件的维护人员检查。",
    )


def screened(
    plugin: Plugin, rule: Rule, engine: Engine, source: LakeSource, view: View, send: Callable[[Any], None]
) -> dict[str, Any]:
    """Run a rule over a lake; returns {rule, risk, verdict, reason, found, used, missing}.

    Parts sent: as `hits.unpacked` reads them. Missing data make the rule unknown.
    """
    run = Run(plugin, rule, source, view)
    named = {"rule": rule_id(rule), "risk": rule.risk.value}
    found, answer = 0, {**named, "verdict": "known", "reason": ""}
    try:
        told = Told(run, view.on)
        persons = OnePerson()
        for batch in engine.columns(_in_order(run.expression())):
            columns = persons.once(batch)
            if one := len(columns[PERSON]):
                found += one
                send({**named, "period": str(source.newest), **told.packed(columns)})
        answer["reason"] = persons.said()
    except UnknownValue as error:
        answer |= {"verdict": "unknown", **unknown_reason(error)}
    return {**answer, "found": found, "used": source.used, "missing": source.missing}


def _in_order(expression: Any) -> Any:
    """Sort by person, and then by everything else, so that of two rows the same one comes first each time."""
    return expression.order_by([PERSON, *(name for name in expression.columns if name != PERSON)])


class OnePerson:
    """Keeps one row of each person: a rule that gives two would make two clues of one household."""

    def __init__(self) -> None:
        self._last: Any = None
        self._doubled = 0

    def once(self, columns: Columns) -> Columns:
        """Return the first row of each person; rows come in the order of persons, batch by batch."""
        persons = columns[PERSON]
        first = list(map(ne, persons, chain((self._last,), persons)))
        self._last = persons[-1]
        if all(first):
            return columns
        self._doubled += first.count(False)
        return {name: list(compress(values, first)) for name, values in columns.items()}

    def said(self) -> str:
        """Return how many rows were left out and what to do; "" when none."""
        if not self._doubled:
            return ""
        return f'有 {self._doubled} 行与同一人的另一行重复，每人只发一条线索；规则里请用 group_by("person")'


def rows_of(run: Run, engine: Engine, persons: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Run a fact or view for some persons; returns pseudonym -> columns. Two rows for one are refused."""
    expression = run.expression()
    wanted = expression.filter(expression[PERSON].isin([uuid.UUID(person) for person in persons]))
    found: dict[str, dict[str, Any]] = {}
    for batch in batches(engine, wanted):
        for row in batch:
            person = str(row.pop(PERSON))
            if person in found:
                raise broken(run.plugin, run.declared, ValueError("two rows for one person"))
            found[person] = row
    return found


def row_or_absent(
    declared: Fact | PersonView, found: Mapping[str, Mapping[str, Any]], person: str
) -> dict[str, Any]:
    """Return the columns of a person; without a row every column says what `absent` says of it."""
    row = found.get(person)
    return dict(row) if row else {column: absent(declared, column) for column in declared.shows}


def absent(declared: Fact | PersonView, column: str) -> Any:
    """Return what a column says of a person without a row; None is unknown."""
    if isinstance(declared.absent, Mapping):
        return declared.absent.get(column)
    return declared.absent


class Told:
    """Turns rows of a rule into decisions: grounds from the columns shown and the parameters read.

    All decisions of a run are alike but for their values: one is made and checked.
    """

    def __init__(self, run: Run, on: date) -> None:
        rule = run.declared
        assert isinstance(rule, Rule)
        self._rule, self._run, self._on = rule, run, on
        self._model: dict[str, Any] | None = None

    def packed(self, columns: Columns) -> dict[str, Any]:
        """Return rows (at least one) as `hits.unpacked` reads them: {decision, persons, regions, values}."""
        if self._model is None:
            self._model = self._decision({name: values[0] for name, values in columns.items()}).to_dict()
        persons = list(map(str, columns[PERSON]))
        return {
            "decision": self._model,
            "persons": persons,
            "regions": columns.get(REGION) or [None] * len(persons),
            "values": [list(map(encode, columns[name])) for name in self._rule.shows],
        }

    def _decision(self, row: Mapping[str, Any]) -> Decision:
        manifest, rule, view = self._run.plugin.manifest, self._rule, self._run.view
        shown = [self._ground(name, shown, row[name]) for name, shown in rule.shows.items()]
        return Decision(
            rule=rule_id(rule),
            version=rule.version,
            verdict=YES,
            value=rule.risk.value,
            on=self._on,
            grounds=[*shown, *parameters_of(view)],
            conclusion=f"{rule.text}{self._gaps()}",
            title=manifest.title,
            source=manifest.legal_basis[0],
            region=view.region,
            parameters=view.used,
        )

    def _ground(self, name: str, shown: Shown, value: Any) -> Ground:
        owner, window = self._run.plugin.manifest.owner, getattr(self._run.source, "window", None)
        return input_ground(name, shown, value, owner, self._on, window)

    def _gaps(self) -> str:
        missing = sorted({period for periods in self._run.source.missing.values() for period in periods})
        return f"（缺 {'、'.join(missing)} 数据，所列为下限）" if missing else ""


def parameters_of(view: RecordingView) -> list[Ground]:
    """Return the parameters that were read and known, as grounds."""
    return [Ground.of_parameter(Value.from_dict(used)) for used in view.used.values() if "unit" in used]


def input_ground(
    name: str, shown: Shown, value: Any, owner: str, on: date, window: Window | None = None
) -> Ground:
    """Return something a rule or measure read as a ground."""
    return Ground("input", name, shown.label, value, shown.unit, owner, on, period=window)


def rule_id(declared: Rule) -> str:
    """Return the rule's number with its name: "S-05.heavy_own_share"."""
    return f"{declared.number}.{declared.name}"


def unknown_reason(error: UnknownValue) -> dict[str, str]:
    """Return why an answer is unknown, for results and metrics."""
    return {"code": error.code, "reason": error.message}
