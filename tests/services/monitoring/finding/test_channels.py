"""Who saw an included household first, who missed it: by real clues and a real case (S-01…S-03)."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitoring.domain.finding import recapture, sightings
from tests.services.monitoring.finding.test_clues import found, report
from tests.services.monitoring.sheet import household, id_number
from tests.services.monitoring.steps import COUNTY, HOME, take, up_to_the_county

PERIOD = {"region": "430426", "since": "2021-07-01", "until": "2021-12-31"}


@pytest.mark.rule("S-01", "S-02", "S-03")
def test_the_household_that_was_included_tells_who_saw_it_and_who_missed_it(county):
    county.import_rows(household(1, 2) + household(2, 5))
    found(county, "k1")
    report(county)
    found(county, "k2", department="civil_affairs", number=id_number(20))
    case = up_to_the_county(county)
    take(county, COUNTY, case, "county_decision", "include")
    seen = county.call(COUNTY, "household_channels", **PERIOD)
    assert seen == [
        {
            "household": HOME,
            "seen": ["department:health_insurance", "household"],
            "first": ["department:health_insurance", "household"],
            "missed": ["department:civil_affairs", "inspection"],
        }
    ]
    assert county.call(COUNTY, "household_channels", after=HOME, **PERIOD) == []
    figures = county.call(COUNTY, "channels", **PERIOD)
    assert (figures["households"], figures["combined"]["total"]) == (1, None)
    assert "不作估计" in figures["combined"]["reason"] and len(figures["assumptions"]) == 5
    quality = {one["department"]: one for one in county.call(COUNTY, "department_quality", **PERIOD)}
    assert quality["civil_affairs"]["missed"] == 1


def simulated(truth: int, chances: list[float], seed: int) -> list[set[str]]:
    """Every household is seen by every list by chance alone: as the assumptions say."""
    drawn = random.Random(seed)
    return [
        {str(number) for number, chance in enumerate(chances) if drawn.random() < chance}
        for _ in range(truth)
    ]


SEEDS = st.integers(0, 10**6)
CHANCES = st.lists(st.sampled_from([0.3, 0.4, 0.5, 0.6]), min_size=2, max_size=4)


@settings(max_examples=60, deadline=None)
@given(SEEDS, CHANCES, st.integers(60, 400))
def test_an_estimate_never_says_less_than_was_seen_and_its_interval_holds_it(seed, chances, truth):
    histories = simulated(truth, chances, seed)
    seen = sum(bool(history) for history in histories)
    combined = recapture.chao(histories, len(chances), 7)
    pairs = [one["estimate"] for one in recapture.pairs(histories, 7)]
    assert combined.seen == seen
    for one in [combined.to_dict(), *pairs]:
        if one["total"] is None:
            assert one["overlap"] < 7 and one["reason"]
        else:
            assert one["seen"] <= one["low"] <= one["total"] <= one["high"]
            assert one["missed"] == one["total"] - one["seen"]


def test_the_interval_holds_the_simulated_truth_about_as_often_as_it_says():
    """Chapman with two independent lists of a known truth: nine times in ten at the least."""
    truth, hits = 300, 0
    for seed in range(200):
        histories = simulated(truth, [0.4, 0.5], seed)
        (pair,) = recapture.pairs(histories, 7)
        hits += pair["estimate"]["low"] <= truth <= pair["estimate"]["high"]
    assert hits >= 180


def test_the_estimate_is_near_the_truth_on_average_and_the_bound_stays_below_it():
    truth, runs = 300, 100
    totals, bounds = 0, 0
    for seed in range(runs):
        histories = simulated(truth, [0.4, 0.5, 0.3], seed)
        totals += recapture.pairs(histories, 7)[0]["estimate"]["total"]
        hard = [*histories, *simulated(100, [0.05, 0.05, 0.05], seed)]
        bounds += recapture.chao(hard, 3, 7).total or 0
    assert abs(totals / runs - truth) < 0.03 * truth
    assert bounds / runs < truth + 100  # some are far harder to see: a lower bound, and said to be one


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sets(st.sampled_from(["household", "inspection", "social"])), max_size=30))
def test_figures_add_up(histories):
    seen = [tuple(sorted(one)) for one in histories]
    listed = [sightings.Sighting(str(number), one, one[:1], ()) for number, one in enumerate(seen)]
    found_by = sightings.figures(listed, 7)
    assert found_by["households"] == sum(bool(one) for one in histories)
    assert sum(one["first"] for one in found_by["lists"]) == found_by["households"]
    for one in found_by["lists"]:
        assert one["alone"] <= one["found"] and one["first"] <= one["found"]
