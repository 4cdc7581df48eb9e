"""Reads the cases of care that officials can read; what a decision and a refusal come to."""

from datetime import date
from pathlib import Path
from typing import Any

from shouwang.errors import ShouwangError
from shouwang.testing.cases import case_params

from tests.services.monitoring.county import POLICY

CASES = Path("services/monitoring/cases/care")
REGION = "430426100001"


def of_file(name: str, rule: str | None = None) -> list[Any]:
    """The cases of one file, of one rule or of all."""
    return [one for one in case_params(CASES, rule=rule) if f"/{name}.yaml:" in one.values[0].where]


def figures(on: date) -> Any:
    return POLICY.at(on, REGION)


def tried(state: dict[str, Any], *steps: Any) -> tuple[dict[str, Any], str]:
    """The state after the steps, up to the first that is refused, and its code (无: none was)."""
    for step in steps:
        try:
            state = step(state)
        except ShouwangError as error:
            assert error.remedy
            return state, error.code
    return state, "无"
