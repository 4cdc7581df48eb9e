"""The policy: every parameter of the folders it was loaded from, answered by day and region."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from shouwang.errors import ConfigurationError
from shouwang.policy.checks import check_rows
from shouwang.policy.parameter import CODES, WHOLE_COUNTRY, Parameter, Row
from shouwang.policy.reading import read_file, wrong
from shouwang.policy.units import UNITS
from shouwang.policy.values import CodeTable, Unknown, Value
from shouwang.policy.view import View
from shouwang.suggestions import did_you_mean
from shouwang.telemetry.metrics import count_unknown_policy

SUPPOSED = "假设值，仅用于推算"


class Policy:
    """Dated parameters and code tables; immutable."""

    def __init__(
        self,
        parameters: Mapping[str, Parameter],
        on_unknown: Callable[[str], None] = count_unknown_policy,
    ) -> None:
        self._parameters = dict(parameters)
        self._on_unknown = on_unknown

    @classmethod
    def load(cls, places: Iterable[Path | str]) -> Policy:
        """Load every *.yaml of these folders (with their subfolders), or these files.

        Raises ConfigurationError with `where` "file:line" on anything that could be misread.
        """
        found: dict[str, Parameter] = {}
        for path in _files(places):
            for parameter in read_file(path):
                if parameter.name in found:
                    first = found[parameter.name].where
                    raise wrong(f"参数 {parameter.name} 已在 {first} 定义，请删去一处", parameter.where)
                check_rows(parameter)
                found[parameter.name] = parameter
        return cls(found)

    def with_parameters(self, parameters: Iterable[Parameter]) -> Policy:
        """Return a policy in which these stand in the place of those of the same name."""
        changed = {parameter.name: parameter for parameter in parameters}
        return Policy({**self._parameters, **changed}, self._on_unknown) if changed else self

    def names(self) -> list[str]:
        """Return every name, parameters and code tables."""
        return sorted(self._parameters)

    def parameter(self, name: str) -> Parameter:
        """Return a parameter with all its rows; a wrong name is ConfigurationError `policy.no_such_name`."""
        if name not in self._parameters:
            raise ConfigurationError(
                f"政策中没有参数“{name}”。",
                code="policy.no_such_name",
                remedy=did_you_mean(name, self.names()),
            )
        return self._parameters[name]

    def value(self, name: str, *, on: date, region: str) -> Value | Unknown:
        """Return the value that holds on a day in a region (division code), with its source, or unknown."""
        parameter = self.parameter(name)
        if parameter.unit == CODES:
            raise ConfigurationError(
                f"“{name}”是代码表，请用 codes()。",
                code="policy.is_table",
                remedy="代码表没有单一的数值，请改为按代码读取。",
            )
        found = parameter.on(on, region)
        if isinstance(found, Unknown):
            self._on_unknown(name)
        return found

    def codes(self, name: str, on: date, region: str | None = None) -> CodeTable:
        """Return a code table as of a day; UnknownValue when none held then.

        Without a region the table must be the same everywhere.
        """
        parameter = self.parameter(name)
        if parameter.unit != CODES:
            raise ConfigurationError(
                f"“{name}”不是代码表，请用 value()。",
                code="policy.is_value",
                remedy="单一数值没有代码可查，请改为按日期读取数值。",
            )
        found = parameter.on(on, region if region is not None else _only_region(parameter))
        if isinstance(found, Unknown):
            self._on_unknown(name)
            raise found.error()
        return CodeTable(name, found.title, found.value, found.source, found.since)

    def at(self, on: date, region: str) -> PolicyView:
        """Return the policy of one day in one region."""
        return PolicyView(self, on, region)

    def overlay(self, values: Mapping[str, Any]) -> Policy:
        """Return a policy with other values, always and everywhere (for what-if and tests).

        A plain value keeps title and unit of the parameter; a new name needs {"value": …, "unit": …}.
        """
        supposed = {name: self._supposed(name, value) for name, value in values.items()}
        return Policy({**self._parameters, **supposed}, self._on_unknown)

    def references(self) -> list[dict[str, str]]:
        """Return name, title, region, since and source of every row: every figure has one."""
        return [
            _reference(parameter, row)
            for _, parameter in sorted(self._parameters.items())
            for row in parameter.rows
        ]

    def _supposed(self, name: str, given: Any) -> Parameter:
        fields = given if isinstance(given, Mapping) else {"value": given}
        if name not in self._parameters and "unit" not in fields:
            self.parameter(name)
        known = self._parameters.get(name, Parameter(name, name, "", "county", ()))
        unit = fields.get("unit", known.unit)
        row = Row(WHOLE_COUNTRY, date.min, _read(name, unit, fields["value"]), fields.get("source", SUPPOSED))
        return replace(known, unit=unit, title=fields.get("title", known.title), rows=(row,))


class PolicyView(View):
    """The policy on one day in one region."""

    def __init__(self, policy: Policy, on: date, region: str) -> None:
        super().__init__(on, region)
        self._policy = policy

    def find(self, name: str) -> Value | Unknown:
        """Return the value or unknown."""
        return self._policy.value(name, on=self.on, region=self.region)

    def is_group(self, name: str) -> bool:
        """Say whether dotted names begin with `name`."""
        return any(other.startswith(f"{name}.") for other in self._policy.names())

    def codes(self, name: str) -> CodeTable:
        """Return a code table of this day and region."""
        return self._policy.codes(name, self.on, self.region)


def _files(places: Iterable[Path | str]) -> Iterable[Path]:
    for place in map(Path, places):
        if place.is_dir():
            yield from sorted(place.rglob("*.yaml"))
        elif place.is_file():
            yield place
        else:
            raise ConfigurationError(
                "没有这个政策文件夹或文件。",
                code="policy.load",
                where=str(place),
                remedy="请核对路径，或先建好文件夹并放入政策文件（docs/sdk/policy.md）。",
            )


def _only_region(parameter: Parameter) -> str:
    regions = parameter.regions()
    if len(regions) > 1:
        raise ConfigurationError(
            f"代码表“{parameter.name}”各地不同，请给出地区。",
            code="policy.region",
            remedy="请调用 codes(名称, 日期, 地区)，写明县的区划代码。",
        )
    return regions.pop()


def _read(name: str, unit: str, value: Any) -> Any:
    if unit == CODES:
        return value
    try:
        return UNITS[unit].read(value)
    except (KeyError, ValueError) as error:
        raise ConfigurationError(
            f"参数 {name} 的假设值与单位 {unit} 不符：{error}。",
            code="policy.overlay",
            remedy='金额写整数分，比例写成 "0.60"，其他按该参数的单位写。',
        ) from error


def _reference(parameter: Parameter, row: Row) -> dict[str, str]:
    return {
        "name": parameter.name,
        "title": parameter.title,
        "origin": parameter.origin,
        "region": row.region,
        "since": row.start.isoformat(),
        "source": row.source,
        "where": row.where,
    }
