"""`shouwang synth` on the command line: what it takes, what it refuses, what it never touches."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import deploy.synth
from deploy.synth.calendar import Calendar
from deploy.synth.command import app
from deploy.synth.errors import SynthError
from deploy.synth.plan import Rates, read_rates

SMALL = ["--size", "village", "--households", "40"]
SOURCES = sorted(Path(deploy.synth.__file__).parent.glob("*.py"))


def _run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output


def test_writes_a_village_and_replaces_it(tmp_path: Path) -> None:
    """A second run into the same folder replaces the first one whole."""
    out = tmp_path / "out"
    assert _run(str(out), *SMALL)[0] == 0
    (out / "roster" / "left-over.xlsx").write_bytes(b"old")
    code, text = _run(str(out), *SMALL, "--seed", "8")
    assert code == 0
    assert "40 户" in text
    assert json.loads((out / "manifest.json").read_text("utf-8"))["seed"] == 8
    assert not (out / "roster" / "left-over.xlsx").exists()


def test_never_touches_what_it_did_not_make(tmp_path: Path) -> None:
    """A folder of something else is refused and stays as it was; strange files in ours stay too."""
    (tmp_path / "manifest.json").write_text('{"name": "a web page"}')
    code, text = _run(str(tmp_path), *SMALL)
    assert (code, [path.name for path in tmp_path.iterdir()]) == (2, ["manifest.json"])
    assert "不是空的" in text
    out = tmp_path / "ours"
    _run(str(out), *SMALL)
    (out / "notes.txt").write_text("mine")
    assert _run(str(out), *SMALL)[0] == 0
    assert (out / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--start", "2021-13"], "起始月"),
        (["--months", "3"], "月数"),
        (["--place", "110101001"], "不是 430426"),
        (["--size", "county", "--households", "10"], "户"),
        (["--size", "town", "--place", "430426106001"], "乡镇"),
    ],
)
def test_refuses_what_cannot_be(tmp_path: Path, arguments: list[str], message: str) -> None:
    """Each with a line that says what is wrong, and exit code 2."""
    code, text = _run(str(tmp_path / "out"), *arguments)
    assert code == 2
    assert message in text


def test_rates_can_be_changed_and_are_checked(tmp_path: Path) -> None:
    """More risks a hundred; an unknown rate and a negative one are refused."""
    path = tmp_path / "rates.toml"
    path.write_text("real = 12\nfalse_friends = 0\n")
    assert read_rates(path) == Rates(real=12.0, false_friends=0.0)
    out = tmp_path / "out"
    assert _run(str(out), "--size", "village", "--households", "100", "--rates", str(path))[0] == 0
    counts = json.loads((out / "truth.json").read_text("utf-8"))["counts"]
    assert (counts["planted"], counts["false_friends"]) == (12, 0)
    for wrong in ("reel = 1", "real = -1", "real = 90", "real ="):
        path.write_text(wrong)
        with pytest.raises(SynthError):
            read_rates(path)


def test_knows_neither_policy_nor_rules() -> None:
    """Of the suite it imports the divisions and nothing else: it cannot plant what the rules look for."""
    assert len(SOURCES) > 30
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for name in _imported(node):
                allowed = name.startswith(("deploy.synth", "shouwang.places"))
                assert allowed or name.split(".")[0] not in ("deploy", "services", "shouwang"), (path, name)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [one.name for one in node.names] if isinstance(node, ast.Import) else []


def test_functions_and_files_stay_small() -> None:
    """Files under 300 lines, functions under 50."""
    for path in SOURCES:
        text = path.read_text("utf-8")
        assert text.count("\n") < 300, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 50, (path, node.name)


def test_calendar_counts_from_the_year_before() -> None:
    """Index 12 is the opening; rounds fall in the fourth and the tenth month."""
    calendar = Calendar.parse("2021-06", 12)
    assert [calendar.label(index) for index in (0, 12, 23)] == ["2020-06", "2021-06", "2022-05"]
    assert [calendar.label(month) for month in calendar.rounds] == ["2021-09", "2022-03"]
    assert calendar.index(calendar.opens_on) == 12
    assert calendar.closes_on.isoformat() == "2022-05-31"
