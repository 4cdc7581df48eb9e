"""The checker's own arithmetic, by hand: income a head, the window, what is unknown."""

from __future__ import annotations

from typing import Any

import pytest

from deploy.demo.checker.figures import Standing, a_head, twelve_months_before

Json = dict[str, Any]
WINDOW = {"start": "2020-06-01", "end": "2021-05-31"}
PARTS = {
    **{"wages": 1_000, "business": 2_000, "property": 30, "transfers": 400},
    **{"business_costs": 500, "claims": 60, "own_payments": 1_000},
}


def figure(fen: int, **window: str) -> Json:
    return {"fen": fen, "from": WINDOW["start"], "to": WINDOW["end"]} | window


def standing(record: Json, registry: Json | None = None, decisions: list[Json] | None = None) -> Standing:
    members = [{"ref": f"m-{number}", "labour": None, "medical_insurance": None} for number in (1, 2)]
    entries = [{"on": "2021-06-10", "decisions": decisions or []}]
    case = {"window": WINDOW, "record": record, "case": {"entries": entries}}
    household = {"figures": registry or {}, "members": members, "risks": []}
    return Standing(case, household | dict.fromkeys(("housing_unsafe", "school_dropout", "water_unsafe")), [])


@pytest.mark.rule("M-05")
@pytest.mark.parametrize(
    ("total", "size", "expected"),
    [(1_000, 3, 333), (1_001, 2, 501), (-1_001, 2, -501), (0, 4, 0), (None, 2, None), (5, 0, None)],
)
def test_halves_go_away_from_zero_and_unknown_stays_unknown(
    total: int | None, size: int, expected: int | None
) -> None:
    assert a_head(total, size) == expected


@pytest.mark.rule("M-05")
def test_income_is_the_sum_of_its_parts() -> None:
    whole = standing({"figures": {name: figure(fen) for name, fen in PARTS.items()}})
    assert whole.net == (1_000 + 2_000 + 30 + 400 - 500) / 2
    assert whole.reference == (2_930 + 60 - 1_000) / 2


@pytest.mark.rule("M-06")
def test_a_figure_of_another_year_answers_nothing() -> None:
    figures = {name: figure(fen) for name, fen in PARTS.items()}
    figures["wages"] = figure(9_999, to="2021-04-30")
    assert standing({"figures": figures}).net is None
    assert standing({"figures": figures}, {"wages": figure(1_000)}).net == 1_465


@pytest.mark.rule("M-06")
@pytest.mark.parametrize(
    ("opened_on", "start", "end"),
    [("2021-05-31", "2020-05-01", "2021-04-30"), ("2022-03-01", "2021-03-01", "2022-02-28")],
)
def test_the_window_is_the_twelve_whole_months_before(opened_on: str, start: str, end: str) -> None:
    assert twelve_months_before(opened_on) == {"start": start, "end": end}


@pytest.mark.rule("M-10", "M-04")
def test_what_nobody_looked_at_is_unknown() -> None:
    blank = standing({})
    assert (blank.at_risk, blank.able_to_work, blank.net) == (None, None, None)
    insured = {"insured": {"m-1": {"value": False}}, "labour": {"m-2": {"value": "weak"}}}
    assert (standing(insured).at_risk, standing(insured).able_to_work) == (True, True)
