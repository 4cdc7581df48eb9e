"""The timeline, the answers and the projects: in order, complete, and within the time."""

from __future__ import annotations

from collections import Counter
from datetime import date

from deploy.synth.visit import visit

from .conftest import Town


def test_timeline_is_in_order_and_names_files_that_are_there(town: Town) -> None:
    """Day by day, and every roster and table that is handed over stands in the folder."""
    days = [line["on"] for line in town.timeline]
    assert days == sorted(days)
    assert (days[0], days[-1] <= "2022-05-31") == ("2021-06-01", True)
    handed = [line["file"] for line in town.timeline if "file" in line]
    assert len(handed) == len(set(handed))
    assert all((town.folder / name).is_file() for name in handed)
    assert Counter(line["kind"] for line in town.timeline)["roster"] == 15


def test_two_rounds_reach_every_village_and_list_every_household_once(town: Town) -> None:
    """Full coverage; who was away stands there as away."""
    for number in (1, 2):
        lines = [line for line in town.timeline if line["kind"] == "inspection" and line["round"] == number]
        listed = [f"{line['village']}-{one}" for line in lines for one in line["visited"] + line["away"]]
        assert sorted(listed) == sorted(town.households)
        assert {line["on"][:7] for line in lines} == {("2021-09", "2022-03")[number - 1]}
        away = sum(len(line["away"]) for line in lines)
        assert 100 < away < 250


def test_findings_are_of_households_that_were_at_home(town: Town) -> None:
    """Nobody sees anything where the door was shut; each finding falls on the day of the visit."""
    at_home = {
        (line["on"], f"{line['village']}-{number}")
        for line in town.timeline
        if line["kind"] == "inspection"
        for number in line["visited"]
    }
    findings = [line for line in town.timeline if line["kind"] == "finding"]
    assert len(findings) > 30
    assert all((line["on"], line["household"]) in at_home for line in findings)
    assert all(line["risks"] for line in findings)


def test_whoever_is_to_be_found_is_spoken_of_or_settled(town: Town) -> None:
    """Each expected identification has its channel in the data."""
    spoken = {line["household"]: line for line in town.timeline if "risks" in line}
    for event in town.truth["events"]:
        by_people = [one for one in event["detectable_by"] if not one.startswith("department:")]
        if event["expected"] == "identified" and by_people:
            line = spoken[event["household"]]
            assert line["on"] == event["found_on"]
            assert set(line["risks"]) == set(event["risks"])
            assert line["states"] == event["states"]


def test_visit_on_the_day_of_the_report_shows_what_was_reported(town: Town) -> None:
    """A real risk is there when the checkers come: risks and states, also months later."""
    for event in town.truth["events"]:
        if event["expected"] == "identified":
            line = town.households[event["household"]]
            found = visit(line, date.fromisoformat(event["found_on"]), "2021-06")
            assert found["risks"] == event["risks"]
            assert found["school_dropout"] == ("school" in event["states"])
            assert found["uninsured"] == ("insurance" in event["states"])
            assert found["housing_unsafe"] == ("housing" in event["states"])
            assert found["size"] == len(found["members"]) > 0


def test_answers_are_given_where_the_truth_needs_them(town: Town) -> None:
    """One refuses to sign, two withdraw; objections on real and on hidden cases, some upheld."""
    kinds = Counter(line["kind"] for line in town.reactions)
    assert kinds == {"refuses_to_sign": 1, "withdraws": 2, "objection": 6}
    upheld = {line["household"] for line in town.reactions if line.get("upheld")}
    hidden = {one["household"] for one in town.truth["false_friends"] if one["kind"] == "hidden_wealth"}
    assert len(upheld) == 2
    assert upheld < hidden
    unsigned = [one for one in town.truth["events"] if one["reason"] == "no_authorisation"]
    assert [town.households[one["household"]]["signs_authorisation"] for one in unsigned] == [False]


def test_deaths_are_told_and_change_the_household(town: Town) -> None:
    """Who dies within the year is gone from that day on."""
    told = [line for line in town.timeline if line["kind"] == "death"]
    assert len(told) > 20
    for line in told:
        household, day = town.households[line["household"]], date.fromisoformat(line["on"])
        refs = {member["ref"] for member in visit(household, day, "2021-06")["members"]}
        assert line["person"] not in refs


def test_projects_add_up_and_follow_each_other(town: Town) -> None:
    """Sources sum to the funds, shares to a hundred, and nothing happens before what it needs."""
    outcomes = Counter(project["expected"] for project in town.projects)
    assert outcomes == {"entered": 8, "refused": 1, "not_accepted": 1}
    for project in town.projects:
        funds = project["contents"]["funds"]
        assert funds["total_fen"] == sum(one["amount_fen"] for one in funds["sources"])
        if project["distribution"]:
            days = [project["proposed_on"], *(project[name]["on"] for name in ("acceptance", "contract"))]
            days += [project["income"]["on"], project["distribution"]["on"]]
            assert days == sorted(days)
            assert sum(one["parts"] for one in project["distribution"]["uses"]) == 100
            assert project["income"]["received_fen"] == project["contract"]["rent_fen"]
