"""The worker process: the hub goes on while it computes, a crash is told and mended, nothing leaks in."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import eventlet
import pytest
from shouwang.department.child import Child
from shouwang.errors import BadRequest, ConfigurationError, Unavailable

from tests.shared.department.conftest import KEY
from tests.shared.department.water import row, write_csv, write_plugin

ODD = """\
    import os, time
    if policy.on.month == 3:
        os._exit(3)
    if policy.on.month == 4:
        raise ValueError("430426199001011234")
    if policy.on.month == 5:
        time.sleep(60)
    worst ="""
LOOK = """\
import os
import sys

print('{"result": "what a plugin prints does not disturb the protocol"}')
assert not {name for name in os.environ if "URI" in name or "SHOUWANG" in name}, "addresses and passwords"
assert not {"eventlet", "nameko", "pymongo"} & set(sys.modules), "neither broker nor store nor green threads"
from ibis import _
"""


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """Return the worker of a sample plugin that looks around when it is loaded."""
    folder = tmp_path_factory.mktemp("plugin")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AMQP_URI", "amqp://user:secret@broker")
        patch.setenv("SHOUWANG_VAR_DIR", str(folder))
        write_plugin(folder / "water", ("rules.py", "from ibis import _\n", LOOK))
        made = Child(folder / "water", folder / "data", "430426")
        made.ask("describe")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """Return the worker of a plugin that dies in March, raises in April and never ends in May."""
    folder = tmp_path_factory.mktemp("odd")
    made = Child(write_plugin(folder / "water", ("rules.py", "    worst =", ODD)), folder / "data", "430426")
    yield made
    made.stop()


def stage(worker: Child, tmp_path: Path, *rows: dict[str, Any], period: str = "2021-06") -> dict[str, str]:
    """Import rows as a period; returns the persons handed over."""
    persons: dict[str, str] = {}
    place = {"table": "water_tests", "period": period}
    file = write_csv(tmp_path / "in.csv", rows)

    def take(part: dict[str, Any]) -> None:
        persons.update(part.get("persons", {}))

    staged = worker.ask("stage", on_part=take, file=str(file), key=KEY.hex(), **place)
    worker.ask("publish", staged=staged["staged"], **place)
    return persons


def test_it_describes_the_plugin(worker: Child) -> None:
    told = worker.ask("describe")
    rule = {"rule": "S-05", "name": "unsafe_water", "risk": "water", "version": 1}
    assert told["rules"] == [{**rule, "title": "饮水检测不合格，提示核实"}]
    measure = {"code": "A44", "title": "饮水安全保障", "risks": ["water"], "evidence": ["验收单"]}
    assert told["measures"] == [measure]


def test_the_hub_goes_on_while_it_computes(worker: Child, tmp_path: Path) -> None:
    ticks: list[float] = []

    def tick() -> None:
        while True:
            ticks.append(time.monotonic())
            eventlet.sleep(0.005)

    beating = eventlet.spawn(tick)
    begun = time.monotonic()
    stage(worker, tmp_path, *(row(number) for number in range(1, 20_000)))
    spent = time.monotonic() - begun
    beating.kill()
    gaps = [later - earlier for earlier, later in pairwise(ticks)]
    assert max(gaps) < spent / 2, "the hub stood still while the worker worked"


def test_parts_come_before_the_result(worker: Child, tmp_path: Path) -> None:
    stage(worker, tmp_path, row(3, 检测日期="2021-05-10"), period="2021-05")
    persons = stage(worker, tmp_path, row(1), row(2, 浑浊度="3"), row(4))
    parts: list[dict[str, Any]] = []
    (told,) = worker.ask("screen", on_part=parts.append, period="2021-06")
    found = {hit["person"]: hit["decision"] for part in parts for hit in part["hits"]}
    assert (told["rule"], told["verdict"], told["found"]) == ("S-05.unsafe_water", "known", 3)
    assert told["used"] == {"water_tests": ["2021-05", "2021-06"]}
    assert len(found.keys() & persons.keys()) == 2
    assert {one["grounds"][0]["value"] for one in found.values()} == {9}
    packed: list[dict[str, Any]] = []
    assert worker.screen("2021-06", packed.append) == [told]
    assert packed == parts, "what all hits have in common is told once, and nothing is lost"


def test_typed_errors_come_through_and_the_worker_lives_on(worker: Child, tmp_path: Path) -> None:
    place = {"table": "water_tests", "period": "2021-06", "key": KEY.hex()}
    pid = worker.pid
    with pytest.raises(BadRequest) as refused:
        worker.ask("stage", file=str(tmp_path / "none.csv"), **place)
    assert refused.value.code == "import.no_file"
    worker.ask("describe")
    assert worker.pid == pid


def test_a_receiver_that_fails_does_not_leave_half_an_answer(worker: Child, tmp_path: Path) -> None:
    def refuse(part: Any) -> None:
        raise BadRequest("no room", code="test.full")

    file = write_csv(tmp_path / "in.csv", [row(1)])
    place = {"table": "water_tests", "period": "2021-06", "key": KEY.hex(), "file": str(file)}
    with pytest.raises(BadRequest) as refused:
        worker.ask("stage", on_part=refuse, **place)
    assert refused.value.code == "test.full"
    assert worker.ask("describe")["code"] == "water"


def test_a_killed_worker_starts_again(worker: Child) -> None:
    first = worker.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert worker.ask("describe")["code"] == "water"
    assert worker.pid != first


def test_a_plugin_that_does_not_hold_is_refused_with_file_and_line(tmp_path: Path) -> None:
    folder = write_plugin(tmp_path / "water", ("rules.py", "_.turbidity.max()", "_.turbity.max()"))
    broken = Child(folder, tmp_path / "data", "430426")
    with pytest.raises(ConfigurationError, match="是否为 “turbidity”？") as refused:
        broken.ask("describe")
    broken.stop()
    assert refused.value.where.endswith("rules.py:10")


def test_a_crash_in_the_plugin_is_told(odd: Child, tmp_path: Path) -> None:
    stage(odd, tmp_path, row(1, 检测日期="2021-03-01"), period="2021-03")
    with pytest.raises(Unavailable, match="退出码 3") as told:
        odd.ask("screen", period="2021-03")
    assert told.value.code == "department.worker_died"
    assert odd.ask("describe")["code"] == "water"


def test_an_exception_in_the_plugin_names_the_line_and_no_data(odd: Child) -> None:
    with pytest.raises(ConfigurationError) as refused:
        odd.ask("screen", period="2021-04")
    assert refused.value.where.endswith("rules.py:14")
    assert "430426199001011234" not in json.dumps(refused.value.to_dict(), ensure_ascii=False)


def test_a_question_that_takes_too_long_ends_the_worker(odd: Child) -> None:
    odd.ask("describe")
    with pytest.raises(Unavailable) as refused:
        odd.ask("screen", period="2021-05", seconds=0.3)
    assert (refused.value.code, odd.pid) == ("department.worker_timeout", None)


def test_stopping_ends_the_process(worker: Child) -> None:
    worker.ask("describe")
    pid = worker.pid
    assert pid is not None
    worker.stop()
    worker.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
