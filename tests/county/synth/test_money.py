"""The money of the world file: short where a risk is real, ample where nothing is, and it adds up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from deploy.synth.stories import REAL
from deploy.synth.visit import figures, visit

from .conftest import Town, headed

LINE, FLOOR = 6_500_00, 5_000_00
SAFE = 8_500_00
OPENING = "2021-06"
MONTHS = [date(2021 + (month > 12), (month - 1) % 12 + 1, 10) for month in range(6, 18)]


def _per_head(line: dict[str, Any], on: date) -> tuple[int, int]:
    """Net income and reference (A34, A38) in fen a head, by the formulae of 附件2."""
    found = visit(line, on, OPENING)
    one = found["figures_fen"]
    net = one["wages"] + one["business"] + one["property"] + one["transfers"] - one["business_costs"]
    return net // found["size"], (net + one["claims"] - one["own_payments"]) // found["size"]


def _days_from(event: dict[str, Any]) -> list[date]:
    """The day in the month when it is knowable and in the two months after it, as far as they are lived."""
    first = date.fromisoformat(event["knowable_from"]).replace(day=10)
    return [day for day in MONTHS if first <= day][:3]


def test_every_real_risk_that_can_be_found_is_short_of_money(town: Town) -> None:
    """From the day on which it is knowable until the case is decided, whichever month the case begins in."""
    for event in town.truth["events"]:
        if event["expected"] == "identified":
            line = town.households[event["household"]]
            for day in _days_from(event):
                net, reference = _per_head(line, day)
                assert reference < LINE, (event["id"], day)
                assert (net > LINE) == (event["category"] == "sudden_hardship"), (event["id"], day)


def test_whoever_is_in_no_trouble_never_comes_near_the_line(town: Town) -> None:
    """2,880 households, twelve months: an identification among them is a false alarm beyond doubt."""
    planted = {one["household"] for one in town.truth["events"] + town.truth["false_friends"]}
    quiet = [line for key, line in town.households.items() if key not in planted]
    assert len(quiet) == 2_880
    assert min(_per_head(line, day)[1] for line in quiet for day in MONTHS) > SAFE


@pytest.mark.parametrize(
    ("kind", "poor"),
    [("rich_bill", False), ("insured_bill", False), ("support_ended", False), ("investment_year", True)],
)
def test_false_friends_are_what_they_are(town: Town, kind: str, poor: bool) -> None:
    """Money is ample, or short with no risk at all: never both short and at risk, unless it is pretended."""
    for friend in (one for one in town.truth["false_friends"] if one["kind"] == kind):
        line = town.households[friend["household"]]
        day = _days_from(friend)[0]
        assert (_per_head(line, day)[1] < LINE) == poor
        assert visit(line, day, OPENING)["risks"] == []


def test_hidden_wealth_pretends(town: Town) -> None:
    """The checker sees a risk and a low income; only registers and neighbours know better."""
    friends = [one for one in town.truth["false_friends"] if one["kind"] == "hidden_wealth"]
    assert {one["hidden"] for one in friends} == {"payroll", "deposits", "vehicles", "houses", "business"}
    for friend in friends:
        line = town.households[friend["household"]]
        day = _days_from(friend)[0]
        assert _per_head(line, day)[1] < LINE
        assert visit(line, day, OPENING)["risks"] == ["unstable_employment"]
        assert line["risks"][0]["pretended"]


def test_removals_meet_the_floor_or_do_not(town: Town) -> None:
    """Each course leaves the income of the year before the proposal where it says."""
    seen = set()
    for event in town.truth["events"]:
        if event["removal"] is None:
            continue
        day = date.fromisoformat(event["removal"]["proposed_on"])
        line = town.households[event["household"]]
        found, (_, reference) = visit(line, day, OPENING), _per_head(line, day)
        seen.add(event["course"])
        if event["course"] == "thin":
            assert reference < FLOOR
            assert found["income_stable"]
        elif event["course"] == "between":
            assert FLOOR <= reference <= LINE
        else:
            assert reference > LINE
        assert found["able_to_work"] == (event["course"] != "unable")
        assert (found["risks"] == []) == (event["course"] != "relapsing")
    assert seen == {story.course for story in REAL} - {"lasting", "dies"}


def test_figures_are_the_twelve_whole_months_before(town: Town) -> None:
    """The month of the visit itself does not count; a month outside the generated time is refused."""
    line = next(iter(town.households.values()))
    wages = line["flows"]["wages"]
    assert figures(line, date(2021, 6, 30), OPENING)["wages"] == 100 * sum(wages[:12])
    assert figures(line, date(2022, 5, 1), OPENING)["wages"] == 100 * sum(wages[11:23])
    with pytest.raises(ValueError, match="十二个整月"):
        figures(line, date(2021, 5, 31), OPENING)


def test_roster_states_the_first_twelve_months(town: Town) -> None:
    """A28–A36 of the workbook are the flows of the year before the opening."""
    code = town.manifest["villages"][0]["code"]
    dirty = {row["households"][0] for row in town.truth["dirty_rows"] + _listed(town.truth["blanks"])}
    compared = 0
    for _, cells in headed(town.folder / f"roster/{code}.xlsx", "户编号"):
        key = f"{code}-{cells['户编号']}"
        if cells["与户主关系"] == "本人或户主" and key not in dirty:
            flows = town.households[key]["flows"]
            assert cells["工资性收入（元）"] == sum(flows["wages"][:12])
            assert cells["合规自付支出（元）"] == sum(flows["own_payments"][:12])
            compared += 1
    assert compared > 150


def _listed(blanks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"households": [one["household"]]} for one in blanks]


def test_settled_claims_are_the_own_payments_of_the_household(town: Town) -> None:
    """What the insurance bureau settles for a patient is what the household says it paid."""
    ids = {person["id_number"]: key for key, line in town.households.items() for person in line["persons"]}
    spoilt = {(row["file"], row["row"]) for row in town.truth["dirty_rows"]}
    told: dict[str, float] = {}
    for path in sorted((town.folder / "tables/health_insurance").glob("settlements-*.xlsx")):
        name = path.relative_to(town.folder).as_posix()
        for number, cells in headed(path, "结算单号"):
            key = ids.get(cells["身份证号"])
            if key and (name, number) not in spoilt and not cells["结算单号"].endswith("90"):
                paid = sum(
                    float(cells[part] or 0) for part in ("基本医保支付", "大病保险支付", "医疗救助支付")
                )
                told[key] = told.get(key, 0) + cells["政策范围内费用"] - paid
    heavy = [
        one["household"] for one in town.truth["events"] if one["kind"] == "illness" and not one["reason"]
    ]
    assert len(heavy) == 14
    for key, own in told.items():
        assert own == pytest.approx(sum(town.households[key]["flows"]["own_payments"]), abs=0.05)
    assert set(heavy) <= told.keys()
