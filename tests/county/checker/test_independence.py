"""The checker has its own reading of the rules: it imports nothing that it is to check."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path("deploy/demo/checker")
FILES = sorted(FOLDER.glob("*.py"))
NEVER = (
    *("services", "deploy.synth", "shouwang.policy", "shouwang.procedure", "shouwang.decision"),
    *("shouwang.department", "shouwang.vocabulary", "shouwang.periods", "shouwang.money"),
)
ONLY_FOR_THE_CHAIN = ("shouwang.service", "shouwang.clock")


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{one.name}" for one in node.names)


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_checker_imports_nothing_that_it_checks(file: Path) -> None:
    allowed = () if file.name == "chain.py" else ONLY_FOR_THE_CHAIN
    names = list(imported(file))
    assert [name for name in names if within(name, (*NEVER, *allowed))] == []
    own = [name for name in names if within(name, ("deploy",))]
    assert all(within(name, ("deploy.demo.checker",)) for name in own)


def test_there_is_a_checker_to_look_at() -> None:
    assert {"chain.py", "standing.py", "steps.py"} <= {file.name for file in FILES}


def test_the_look_itself_sees_a_service(tmp_path: Path) -> None:
    file = tmp_path / "wrong.py"
    file.write_text("from services.monitoring.domain import income\nimport shouwang.policy\n")
    assert [name for name in imported(file) if within(name, NEVER)] == [
        "services.monitoring.domain.income",
        "shouwang.policy",
    ]
