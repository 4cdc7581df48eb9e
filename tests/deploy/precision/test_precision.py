"""Every screening rule against a known truth: what is found, missed and false is just what was planted."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from deploy.precision import __main__ as command
from deploy.precision.kinds import KIND_OF
from deploy.precision.scoring import not_covered, scores
from deploy.precision.screening import Screened, screening

Measured = tuple[dict[str, Any], Screened]
RULES = [f"{code}/{name}" for code, plugin in screening().items() for name in plugin.rules]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the county is written."""
    return tmp_path_factory.mktemp("precision")


@pytest.fixture(scope="module")
def measured(folder: Path) -> Measured:
    """A town of 300 households, imported and screened by every department's own plugin."""
    return command.measure(folder, 300, "2021-11", 7)


def test_nobody_real_is_in_the_tables(folder: Path, measured: Measured) -> None:
    files = list((folder / "county/offices").rglob("*.csv"))
    assert len(files) > 40
    for file in files:
        found = re.findall(r"\d{17}[\dX]", file.read_text("gb18030"))
        assert all(number.startswith("430499") for number in found), file.name


def test_every_rule_of_every_installed_department_has_cases_with_a_known_truth(measured: Measured) -> None:
    assert not_covered(RULES, measured[0]) == [], "plant them in deploy/synth/offices, name them in kinds.py"
    assert set(KIND_OF) <= set(RULES), "a rule that is gone"


@pytest.mark.rule("S-05")
@pytest.mark.rule("A-04")
@pytest.mark.rule("A-05")
@pytest.mark.rule("A-08")
@pytest.mark.rule("A-14")
def test_each_rule_finds_what_its_tables_show_and_nothing_else(measured: Measured) -> None:
    truth, found = measured
    assert found.unknown == {}
    told = scores(truth, found.found)
    assert {one.rule: one.unexplained for one in told if one.unexplained} == {}
    for one in told:
        assert one.precision and one.recall and one.hits >= 5, one
        assert set(one.missed) <= {"row_spoilt", "never_registered"}, one
        assert set(one.alarms) <= {"row_spoilt", "register_wrong"}, one


def test_the_figures_are_not_those_of_a_county_without_dirt(measured: Measured) -> None:
    truth, found = measured
    told = scores(truth, found.found)
    assert found.rejected > 50
    assert sum(one.recall < 1 for one in told if one.recall) > len(told) // 2
    assert sum(one.precision < 1 for one in told if one.precision) > len(told) // 2
    kinds = {case["kind"] for case in truth["cases"] if not case["so"] and not case["seen"]}
    assert kinds >= set(KIND_OF.values()), "what looks like it and is too little to speak of"


def test_a_rule_that_misses_or_finds_too_much_is_told(measured: Measured) -> None:
    truth, found = measured
    rule = "financial_affairs/overdue_loan"
    good = next(one for one in scores(truth, found.found) if one.rule == rule)
    lost, *_ = sorted(
        case["household"]
        for case in truth["cases"]
        if case["kind"] == "loan_overdue" and case["so"] and case["seen"]
    )
    changed = {rule: (found.found[rule] - {lost}) | {"430426001001-9999"}}
    (bad,) = scores(truth, changed)
    assert bad.unexplained == tuple(sorted({lost, "430426001001-9999"}))
    assert bad.alarms["nothing_planted"] == 1
    assert (bad.precision, bad.recall) != (good.precision, good.recall)
    assert dataclasses.replace(good, hits=0, missed={}, alarms={}).precision is None


def test_a_rule_without_a_known_truth_is_named(measured: Measured) -> None:
    assert not_covered(["financial_affairs/new_rule", "financial_affairs/overdue_loan"], measured[0]) == [
        "financial_affairs/new_rule"
    ]


def test_the_command_fails_on_what_is_not_explained(
    measured: Measured, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    truth, found = measured
    monkeypatch.setattr(command, "measure", lambda *_: (truth, found))
    assert command.main([]) == 0
    assert f"{len(RULES)} rules" in capsys.readouterr().out
    nothing = dataclasses.replace(found, found={**found.found, "financial_affairs/overdue_loan": set()})
    monkeypatch.setattr(command, "measure", lambda *_: (truth, nothing))
    assert command.main([]) == 1
    assert "unexplained" in capsys.readouterr().out
