"""A long import on the command line: watched, waited for when the call is too short, never begun twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from shouwang.cli import table_import
from shouwang.cli.table_import import with_bar
from shouwang.errors import BadRequest, Conflict, Unavailable

ASKED = {"table": "settlements", "period": "2021-06", "file": "a.csv", "request_id": "one"}
REPORT = {"rows": 7}
UNDER_WAY = {"running": True, "stage": "reading", "percent": 40, "rows": 3}
OVER = {"running": False}


class Department:
    """Answers calls with what is laid out for it, in order; an error is raised."""

    def __init__(self, answers: list[Any], progress: list[dict[str, Any]]) -> None:
        self._answers: Iterator[Any] = iter(answers)
        self._progress = progress
        self.asked: list[dict[str, Any]] = []

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        assert service == "health_insurance"
        if method == "import_progress":
            return self._progress.pop(0) if self._progress else OVER
        self.asked.append(args)
        answer = next(self._answers)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look every hundredth of a second."""
    monkeypatch.setattr(table_import, "EVERY", 0.01)


LATE = Unavailable("没有应答", code="bus.timeout")
RUNNING = Conflict("正在导入", code="import.running")


@pytest.mark.parametrize("first", [LATE, RUNNING])
def test_an_import_that_goes_on_is_waited_for_and_asked_again(first: Exception) -> None:
    department = Department([first, REPORT], [UNDER_WAY, UNDER_WAY, OVER])
    assert with_bar(department, "health_insurance", ASKED) == REPORT
    assert department.asked == [ASKED, ASKED], "the same request both times"


def test_one_that_ended_meanwhile_is_asked_again_too() -> None:
    assert with_bar(Department([RUNNING, REPORT], []), "health_insurance", ASKED) == REPORT


@pytest.mark.parametrize("error", [LATE, BadRequest("空的", code="import.empty")])
def test_what_did_not_begin_is_told(error: Exception) -> None:
    department = Department([error], [])
    with pytest.raises(type(error)):
        with_bar(department, "health_insurance", ASKED)
    assert len(department.asked) == 1
