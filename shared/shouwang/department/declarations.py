"""The decorators of a plugin: `@rule`, `@fact`, `@view`, `@measure`, `@signal`, `@indicator`: they only note.

Nothing heavy is imported here: the functions run in the worker process, and whoever only lists them needs no
Ibis. A declaration is found again by its attribute, so that a plugin can be loaded any number of times.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from shouwang.vocabulary import Risk, State

ATTRIBUTE: Final = "__shouwang_declared__"
Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Declared:
    """What every declaration has: the function, its name and place (file:line), its first line as title."""

    function: Callable[..., Any] = field(repr=False)

    @property
    def name(self) -> str:
        """Name of the function."""
        return self.function.__name__

    @property
    def defined(self) -> str:
        """file:line of the function itself (below its decorators)."""
        return _place(self.function)

    @property
    def text(self) -> str:
        """First line of the docstring, without its full stop."""
        return (inspect.getdoc(self.function) or "").partition("\n")[0].rstrip("。. ")

    @property
    def parameters(self) -> dict[str, inspect.Parameter]:
        """Parameters of the function by name."""
        return dict(inspect.signature(self.function).parameters)


@dataclass(frozen=True)
class Shown:
    """A column of a result as people read it: label and unit (of `policy.units`)."""

    label: str
    unit: str = ""


@dataclass(frozen=True)
class Rule(Declared):
    """A screening rule: number of the register, risk or state it warns of, version, what its columns mean."""

    number: str
    risk: Risk | State
    version: int
    shows: Mapping[str, Shown]

    def describe(self) -> dict[str, Any]:
        """Return the JSON form for the announcement."""
        return {
            "rule": self.number,
            "name": self.name,
            "risk": self.risk.value,
            "version": self.version,
            "title": self.text,
        }


@dataclass(frozen=True)
class Fact(Declared):
    """A comparison fact: per person the columns in `shows`; no row means `absent`."""

    title: str
    shows: Mapping[str, Shown]
    absent: Any

    def describe(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"name": self.name, "title": self.title}


@dataclass(frozen=True)
class PersonView(Declared):
    """Figures per person that measures use; no row means `absent` in each column of `shows`."""

    shows: Mapping[str, Shown]
    absent: Any


@dataclass(frozen=True)
class Signal(Declared):
    """A sign of regional risk (S-08): amounts by place, of a kind and in a unit that monitoring knows.

    standing: it tells how things stand, so that each month replaces the one before; else what is new in it.
    """

    kind: str
    unit: str
    version: int
    shows: Mapping[str, Shown]
    standing: bool = False

    def describe(self) -> dict[str, Any]:
        """Return the JSON form for the announcement."""
        told = {"name": self.name, "kind": self.kind, "unit": self.unit, "standing": self.standing}
        return told | {"version": self.version, "title": self.text}


@dataclass(frozen=True)
class Indicator(Declared):
    """A figure of a place that the county reports (K-01): `code` of the indicator, unit of its value."""

    code: str
    unit: str
    shows: Mapping[str, Shown] = field(default_factory=dict)

    def describe(self) -> dict[str, Any]:
        """Return the JSON form for the announcement."""
        return {"name": self.name, "indicator": self.code, "unit": self.unit, "title": self.text}


@dataclass(frozen=True)
class Measure(Declared):
    """Something the department can do, by code of 附件2 (A39–A52)."""

    code: str
    title: str
    risks: tuple[Risk | State, ...]
    evidence: tuple[str, ...]
    number: str
    version: int
    condition: str = ""

    @property
    def per_household(self) -> bool:
        """Whether the household as a whole is asked about (the function takes no `person`)."""
        return "person" not in self.parameters

    def describe(self) -> dict[str, Any]:
        """Return the JSON form for the announcement."""
        risks = [risk.value for risk in self.risks]
        return {"code": self.code, "title": self.title, "risks": risks, "evidence": list(self.evidence)}


def rule(
    number: str, *, risk: Risk | State, version: int, shows: Mapping[str, Shown | tuple[str, str] | str]
) -> Callable[[Function], Function]:
    """Declare a screening rule.

    The function takes tables (by name or annotation) and, if wanted, `policy`; it returns an Ibis table with
    `person` and one column for each name in `shows` (label, or label and unit): the grounds of the clue. A
    column `region` (division code) tells where the household is looked for.
    """
    return lambda function: _note(function, Rule(function, number, risk, version, _shown(shows)))


def fact(
    title: str, *, shows: Mapping[str, Shown | tuple[str, str] | str], absent: Any = None
) -> Callable[[Function], Function]:
    """Declare a comparison fact: an Ibis table with `person` and the columns in `shows`.

    absent: what every column says of a person without a row (0: nothing is registered), or a value for each
    column by name; None: unknown.
    """
    return lambda function: _note(function, Fact(function, title, _shown(shows), absent))


def view(
    *, shows: Mapping[str, Shown | tuple[str, str] | str], absent: Any = None
) -> Callable[[Function], Function]:
    """Declare figures per person for measures: an Ibis table with `person` and the columns in `shows`.

    absent: as for `fact`.
    """
    return lambda function: _note(function, PersonView(function, _shown(shows), absent))


def signal(
    kind: str,
    *,
    unit: str,
    version: int,
    shows: Mapping[str, Shown | tuple[str, str] | str] | None = None,
    standing: bool = False,
) -> Callable[[Function], Function]:
    """Declare a sign of regional risk: an Ibis table with `region`, `amount` and the columns in `shows`.

    kind, unit: as monitoring knows them ("price_fall", "percent"). amount: a whole number, NULL when nobody
    counted. `started_on`, `ended_on`: days, where the table has them; else since the first of the month.
    The columns in `shows` are numbers: nothing that could name a person leaves with a signal. standing: the
    amount is how things stand (households without work), not what the month brought (households hit): told
    anew each month it takes the place of what was told, so that the months do not add up.
    """
    columns = _shown(shows or {})
    return lambda function: _note(function, Signal(function, kind, unit, version, columns, standing))


def indicator(code: str, *, unit: str) -> Callable[[Function], Function]:
    """Declare a figure that the county reports (K-01): an Ibis table with `region` and `value`."""
    return lambda function: _note(function, Indicator(function, code, unit))


def measure(
    *,
    code: str,
    title: str,
    risks: Sequence[Risk | State],
    evidence: Sequence[str],
    rule: str = "",
    version: int = 1,
    condition: str = "",
) -> Callable[[Function], Function]:
    """Declare a measure: (person or household, views by name, policy, on) -> Entitlement.

    risks: those it answers (empty: it is due to every monitored household). evidence: papers to hand in
    when it is delivered. rule: number in the register that it carries out. condition: what the household does
    for the money (以奖代补); money for development (A39–A42) without one is not given (A-08).
    """

    def mark(function: Function) -> Function:
        several = _several(risks), _several(evidence)
        made = Measure(function, code, title, *several, rule, version, condition)
        return _note(function, made)

    return mark


def declared(function: Any) -> Declared | None:
    """Return what a function was declared to be, or None."""
    return getattr(function, ATTRIBUTE, None)


def _note(function: Function, declaration: Declared) -> Function:
    setattr(function, ATTRIBUTE, declaration)
    return function


def _several(given: Any) -> tuple[Any, ...]:
    """Return a list as it is, and a single word as one: a text is not a list of its characters."""
    return (given,) if isinstance(given, str) else tuple(given)


def _shown(shows: Mapping[str, Shown | tuple[str, str] | str]) -> dict[str, Shown]:
    return {name: _as_shown(value) for name, value in shows.items()}


def _as_shown(value: Shown | tuple[str, str] | str) -> Shown:
    if isinstance(value, Shown):
        return value
    return Shown(value) if isinstance(value, str) else Shown(*value)


def _place(function: Callable[..., Any]) -> str:
    code = function.__code__
    return f"{code.co_filename}:{code.co_firstlineno}"
