"""A policy view for the contract check: any value a parameter ever had will do, a wrong name won't."""

from __future__ import annotations

from datetime import date

from shouwang.policy import CodeTable, Policy, Unknown, Value
from shouwang.policy.view import View


class ProbeView(View):
    """Answers the newest value on file, whatever the day, so that a rule can be tried."""

    def __init__(self, policy: Policy) -> None:
        super().__init__(date.max, "")
        self._policy = policy

    def find(self, name: str) -> Value | Unknown:
        """Return the newest row with a value; a wrong name is a ConfigurationError."""
        parameter = self._policy.parameter(name)
        rows = [row for row in parameter.rows if row.value is not None]
        if not rows:
            return Unknown(name, f"{parameter.title}没有任何数值", parameter.title)
        row = max(rows, key=lambda row: row.start)
        return Value(name, parameter.title, row.value, parameter.unit, row.source, row.start)

    def codes(self, name: str) -> CodeTable:
        """Return the newest code table; a wrong name is a ConfigurationError."""
        parameter = self._policy.parameter(name)
        row = max(parameter.rows, key=lambda row: row.start)
        return CodeTable(name, parameter.title, row.value, row.source, row.start)

    def is_group(self, name: str) -> bool:
        """Say whether dotted names begin with `name`."""
        return any(other.startswith(f"{name}.") for other in self._policy.names())
