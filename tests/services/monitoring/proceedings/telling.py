"""Reads the cases of proceedings that officials can read; what a decision comes to."""

from pathlib import Path
from typing import Any

from shouwang.testing.cases import YamlCase, case_params
from shouwang.vocabulary import Category

from tests.services.monitoring.county import POLICY

CASES = Path("services/monitoring/cases/proceedings")
REGION = "430426100001"
CATEGORIES = {one.value: one.label for one in Category} | {None: "无"}


def of(*files: str, rule: str) -> list[Any]:
    """The cases of these files (all, when none is named) for a rule."""
    found = case_params(CASES, rule=rule)
    wanted = {f"{name}.yaml" for name in files}
    return [one for one in found if Path(one.values[0].where.rpartition(":")[0]).name in wanted]


def view(case: YamlCase) -> Any:
    assert case.as_of is not None
    return POLICY.at(case.as_of, REGION)
