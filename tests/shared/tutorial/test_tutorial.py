"""The tutorial, followed word for word by a reader who has nothing but Python and the SDK."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.shared.tutorial.page import Block, blocks
from tests.shared.tutorial.reader import Reader

PAGE = Path(__file__).parents[3] / "docs/tutorial/new-department.zh.md"
HERE = Path(sys.executable).parent
CONTAINER = """
from deploy.tools.compose import DEPARTMENTS, SERVICES, compose, named
written = compose([*named(SERVICES), *named(DEPARTMENTS)])["services"]
print(*(name for name in written if name == "red_cross"))
"""
DOERS = {"run", "fails", "background", "county", "stop"}


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    made = Reader(tmp_path)
    yield made
    made.stop()


@pytest.mark.e2e
@pytest.mark.timeout(600)
@pytest.mark.rule("S-05")
def test_the_tutorial_does_what_it_says(reader: Reader) -> None:
    steps = list(blocks(PAGE))
    assert {word for step in steps for word in step.words} >= DOERS
    for at, step in enumerate(steps):
        if step.file:
            reader.write(step.file, step.text)
        elif "shows" in step.words:
            must_show(reader, step)
        else:
            follow(reader, step, steps[at + 1])
    assert reader.run(f"python -W ignore -c '{CONTAINER}'", **county(reader)) == 0, reader.said
    assert reader.said.strip() == "red_cross", "make compose writes its container"


def follow(reader: Reader, step: Block, following: Block) -> None:
    """Do what a block says."""
    if "stop" in step.words:
        reader.stop()
    elif "background" in step.words:
        reader.keep_running(step.text, following.text.splitlines()[0])
    elif "county" in step.words:
        if not reader.busy:
            begin_county(reader)
        assert reader.run(step.text, **county(reader)) == 0, f"{step.where}\n{reader.said}"
    else:
        refused = reader.run(step.text) != 0
        assert refused == ("fails" in step.words), f"{step.where}\n{reader.said}"
    if "venv" in step.words:
        reader.link_dependencies()


def must_show(reader: Reader, step: Block) -> None:
    """Every line of the block was printed, in its order."""
    rest = reader.said
    for line in filter(None, step.text.splitlines()):
        _, found, rest = rest.partition(line)
        assert found, f"{step.where}：没有看到“{line}”，看到的是\n{reader.said}"


def county(reader: Reader) -> dict[str, str]:
    """Return the environment in which the suite runs, with the department's package beside it."""
    return {
        "PATH": f"{HERE}:/usr/bin:/bin",
        "PYTHONPATH": str(reader.home / "beside"),
        "SHOUWANG_VAR_DIR": str(reader.home / "county"),
    }


def begin_county(reader: Reader) -> None:
    """Run the county's services with this department, installed from its wheel, found by its entry point."""
    (wheel,) = (reader.cwd / "dist").glob("*.whl")
    with ZipFile(wheel) as packed:
        packed.extractall(reader.home / "beside")
    reader.keep_running(
        "shouwang up --departments red_cross --day 2021-07-05", "守望已启动", **county(reader)
    )
