"""The score counts what was found against what was planted, and says why the rest was missed."""

from __future__ import annotations

from typing import Any

from deploy.synth.score import score

from .conftest import Town


def _found(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"household": one["household"], "on": "2022-05-01", "risks": one["risks"]} for one in events]


def test_perfect_county_finds_all_that_can_be_found(town: Town) -> None:
    """Every miss is one that the truth foresees."""
    expected = [event for event in town.truth["events"] if event["expected"] == "identified"]
    result = score(town.truth, _found(expected))
    assert (result["planted"], result["found"], result["missed"], result["false_alarms"]) == (90, 75, 15, 0)
    assert sum(result["missed_by_reason"].values()) == 15
    assert "unexplained" not in result["missed_by_reason"]
    assert result["missed_events"] == []


def test_blind_county_has_no_excuse(town: Town) -> None:
    """What could have been found and was not is unexplained, by name."""
    result = score(town.truth, [])
    assert (result["found"], result["missed"], result["missed_by_reason"]["unexplained"]) == (0, 90, 75)
    assert len(result["missed_events"]) == 75
    assert sum(kind["planted"] for kind in result["by_kind"].values()) == 90


def test_false_alarms_are_told_by_kind(town: Town) -> None:
    """A false friend and a household where nothing happened."""
    friend = next(one for one in town.truth["false_friends"] if one["kind"] == "rich_bill")
    planted = {one["household"] for one in town.truth["events"] + town.truth["false_friends"]}
    quiet = next(key for key in town.households if key not in planted)
    found: list[dict[str, Any]] = [
        {"household": key, "on": "2022-01-01", "risks": []} for key in (friend["household"], quiet)
    ]
    result = score(town.truth, found)
    assert result["false_alarms"] == 2
    assert result["false_alarm_kinds"] == {"nothing_planted": 1, "rich_bill": 1}


def test_identified_before_it_happened_is_a_false_alarm(town: Town) -> None:
    """Right by chance is not right."""
    event = next(one for one in town.truth["events"] if one["on"] > "2021-09-01")
    early = {"household": event["household"], "on": "2021-07-01", "risks": event["risks"]}
    assert score(town.truth, [early])["false_alarms"] == 1
    again = {**early, "on": "2022-05-01"}
    assert score(town.truth, [early, again])["found"] == 1


def test_finding_what_should_be_missed_is_told(town: Town) -> None:
    """A county that finds the unfindable is to be looked at."""
    event = next(one for one in town.truth["events"] if one["expected"] == "missed" and one["on"] < "2022-05")
    assert score(town.truth, _found([event]))["unexpectedly_found"] == [event["id"]]
