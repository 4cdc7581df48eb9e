"""Reads the cases of the registry that officials can read; what a decision comes to."""

from pathlib import Path

from shouwang.testing.cases import case_params

FOLDER = Path("services/monitoring/cases/registry")


def cases(*rules: str):
    return [one for rule in rules for one in case_params(FOLDER, rule=rule)]
