"""Role × step × region: what the engine carries out equals what was written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from shouwang.testing.procedures import access_table, check_access, differences, read_table

from tests.shared.procedure.kit import HERE, engine, engine_of

TABLES = HERE / "tables"


@pytest.mark.parametrize("procedure", ["identification", "project_entry"])
def test_the_engine_carries_out_the_table_written_by_hand(procedure: str) -> None:
    check_access(engine(), procedure, TABLES / f"{procedure}.yaml")


def test_one_role_too_many_is_seen(tmp_path: Path) -> None:
    text = (HERE / "procedures" / "identification.yaml").read_text(encoding="utf-8")
    wider = engine_of(
        tmp_path, text.replace("roles: [village_committee]", "roles: [village_committee, hotline]")
    )
    expected = read_table(TABLES / "identification.yaml")
    found = differences(access_table(wider, "identification"), expected)
    assert found == [
        f"village_appraisal.{action} hotline: engine says own, table says nobody"
        for action in ("pass", "refuse", "send_back")
    ]
    with pytest.raises(AssertionError, match="hotline"):
        check_access(wider, "identification", TABLES / "identification.yaml")


def test_one_role_missing_is_seen() -> None:
    expected = read_table(TABLES / "project_entry.yaml")
    expected["entry"]["enter"]["auditor"] = "own"
    actual = access_table(engine(), "project_entry")
    assert differences(actual, expected) == ["entry.enter auditor: engine says nobody, table says own"]


def test_a_reach_too_wide_is_seen() -> None:
    expected = read_table(TABLES / "project_entry.yaml")
    expected["town_review"]["pass"]["town_officer"] = "own neighbour"
    found = differences(access_table(engine(), "project_entry"), expected)
    assert found == ["town_review.pass town_officer: engine says own, table says own neighbour"]
