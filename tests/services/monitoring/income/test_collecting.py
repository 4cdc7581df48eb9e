"""Collection on a real store: what is taken, what is refused, what is known (D-02, M-05, M-06)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Forbidden
from shouwang.testing import actor

from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.income.books import CADRE, COUNTY, TOWN, collect, figures, one
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import HEAD, HOME

OTHER = f"{VILLAGE}-0002"
YEAR = ("2020Q3", "2020Q4", "2021Q1", "2021Q2")


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2) + household(2, 5))
    return county


def income(county, home=HOME, who=CADRE, **more):
    return county.call(who, "income", household=home, **more)


@pytest.mark.rule("D-02", "M-06")
def test_four_quarters_make_the_window(village):
    for quarter in YEAR:
        collect(village, one(quarter, figures=figures(wages=300000, business_costs=1000)))
    seen = income(village)
    assert (seen["start"], seen["end"], seen["missing"]) == ("2020-07-01", "2021-06-30", [])
    assert seen["figures"]["wages"] == {"fen": 1200000, "giver": "村干部", "on": "2021-07-01"}
    assert seen["per_head"] == round((1200000 - 4000) / 3)


@pytest.mark.rule("M-05", "D-02")
def test_a_quarter_that_nobody_collected_makes_the_window_unknown(village):
    for quarter in YEAR[:3]:
        collect(village, one(quarter))
    seen = income(village)
    assert (seen["figures"], len(seen["missing"]), seen["per_head"]) == ({}, 7, None)


@pytest.mark.rule("M-06")
def test_a_kind_that_was_left_out_is_unknown_and_the_others_are_known(village):
    for quarter in YEAR:
        collect(village, one(quarter, figures={"wages": 100}))
    seen = income(village)
    assert seen["figures"].keys() == {"wages"}
    assert "claims" in seen["missing"]


@pytest.mark.rule("D-02")
def test_a_correction_keeps_the_old_figure_and_may_come_twice(village):
    collect(village, one("2021Q2", figures={"wages": 300000}))
    right = one("2021Q2", figures={"wages": 310000}, reason="漏记一个月")
    assert collect(village, right)["corrected"] == 1
    assert collect(village, right) == {"household": HOME, "taken": 0, "unchanged": 1, "corrected": 0}
    entries = income(village, year=2021)["entries"]
    assert [(each["fen"], each["replaced_by"]) for each in entries] == [
        (300000, "2021Q2/wages/2"),
        (310000, None),
    ]
    assert entries[1]["reason"] == "漏记一个月"


@pytest.mark.rule("D-02")
def test_the_same_request_again_changes_nothing(village):
    given = one("2021Q2", figures={"wages": 300000})
    first = collect(village, given, request_id="r-1")
    assert collect(village, given, request_id="r-1") == first == {**first, "taken": 1}
    assert len(income(village, year=2021)["entries"]) == 1


def refused(county, given, who=CADRE):
    with pytest.raises(BadRequest) as error:
        collect(county, given, who=who)
    assert error.value.remedy or error.value.message
    return error.value.code


REFUSED = [
    ({"period": "2021Q3", "on": "2021-07-05"}, "income.future"),
    ({"period": "2021Q2", "on": "2021-07-06"}, "income.future"),
    ({"period": "2021Q2", "on": "2021-06-30"}, "income.day"),
    ({"period": "2021Q1", "on": "2021-07-01", "reason": None}, "income.late"),
    ({"period": "2021-13", "on": "2021-07-01"}, "income.period"),
    ({"period": "2021-04to06", "on": "2021-07-01"}, "request.invalid"),
    ({"figures": {"wages": -1}}, "income.negative"),
    ({"figures": {"gifts": 1}}, "request.invalid"),
    ({"figures": {}}, "income.empty"),
    ({"months": {HEAD: "3.5"}}, "income.months"),
    ({"period": "2021-06", "months": {HEAD: "1.5"}}, "income.months"),
    ({"months": {f"{OTHER}-01": "1"}}, "income.not_a_member"),
]


@pytest.mark.rule("D-02", "D-05")
def test_what_cannot_be_is_refused_and_leaves_nothing(village):
    for changes, code in REFUSED:
        given = one("2021Q2", figures={"wages": 300000}) | changes
        assert refused(village, given) == code
    assert income(village, year=2021)["entries"] == []


@pytest.mark.rule("D-02")
def test_another_figure_without_a_reason_is_refused(village):
    collect(village, one("2021Q2", figures={"wages": 300000}))
    assert refused(village, one("2021Q2", figures={"wages": 300001}, reason=None)) == "income.collected"


@pytest.mark.rule("D-02")
def test_the_last_day_of_collection_needs_no_reason(village):
    village.clock.advance_to(date(2021, 8, 14))
    assert collect(village, one("2021Q2", reason=None))["taken"] == 7
    village.clock.advance_to(date(2021, 8, 15))
    with pytest.raises(BadRequest):
        collect(village, one("2021Q2", reason=None), home=OTHER)


@pytest.mark.rule("M-06")
def test_months_beside_their_quarter_agree_or_are_refused(village):
    collect(village, one("2021Q2", figures={"wages": 300}))
    collect(village, one("2021-04", on="2021-05-01", figures={"wages": 100}))
    collect(village, one("2021-05", on="2021-06-01", figures={"wages": 100}))
    june = one("2021-06", on="2021-07-01", figures={"wages": 101})
    assert refused(village, june) == "income.months_differ"
    together = [one("2021Q2", figures={"wages": 301}), june]
    assert collect(village, *together)["corrected"] == 1


@pytest.mark.rule("D-02")
def test_a_village_sheet_takes_good_rows_and_reports_bad_ones_by_number(village):
    rows = [
        {"row": 2, "household": HOME, **one("2021Q2", figures=figures(wages=5))},
        {"row": 3, "household": OTHER, **one("2021Q2", figures={"wages": "五百"})},
        {"row": 4, "household": f"{VILLAGE}-0009", **one("2021Q2")},
        {"row": 5, "household": "430426100002-0001", **one("2021Q2")},
        {"row": 6, "household": OTHER, **one("2021Q3")},
        {"row": 7, "household": OTHER, **one("2021Q1", figures={"wages": 7})},
        {"row": 8, "household": OTHER, **one("2021Q1", figures={"wages": 8}, reason=None, on="2021-05-01")},
        {"household": HOME},
    ]
    report = village.call(CADRE, "collect_village_income", village=VILLAGE, rows=rows)
    told = [(each["row"], each["code"]) for each in report["rejected"]]
    assert told == [
        (None, "request.invalid"),
        (3, "request.invalid"),
        (4, "income.no_such_household"),
        (5, "income.wrong_village"),
        (6, "income.future"),
        (8, "income.late"),
    ]
    assert (report["rows"], report["households"], report["taken"]) == (8, 2, 8)
    again = village.call(CADRE, "collect_village_income", village=VILLAGE, rows=rows)
    assert (again["taken"], again["unchanged"], again["rejected"]) == (0, 8, report["rejected"])


@pytest.mark.rule("D-02")
def test_rows_of_one_household_that_contradict_each_other_are_reported_alone(village):
    rows = [
        {"row": 2, "household": HOME, **one("2021Q2", figures={"wages": 10})},
        {"row": 3, "household": HOME, **one("2021-04", on="2021-05-01", figures={"wages": 11})},
        {"row": 4, "household": HOME, **one("2020Q4", figures={"wages": 3})},
    ]
    report = village.call(CADRE, "collect_village_income", village=VILLAGE, rows=rows)
    assert [(each["row"], each["code"]) for each in report["rejected"]] == [(3, "income.months_differ")]
    assert (report["taken"], report["households"]) == (2, 1)


@pytest.mark.rule("D-02")
def test_who_is_not_collected_yet_is_listed(village):
    due = village.call(TOWN, "income_due", region=VILLAGE, quarter="2021Q2")
    assert [each["household"] for each in due["households"]] == [HOME, OTHER]
    assert (due["until"], due["overdue"]) == ("2021-08-14", False)
    collect(village, one("2021Q2"))
    collect(village, one("2021Q2", figures={"wages": 1}), home=OTHER)
    (left,) = village.call(TOWN, "income_due", region=VILLAGE, quarter="2021Q2")["households"]
    assert (left["household"], "wages" in left["missing"], len(left["missing"])) == (OTHER, False, 6)
    village.day()
    (counted,) = village.call(COUNTY, "income_due", region="430426", quarter="2021Q2")["villages"]
    assert counted == {"village": VILLAGE, "scope": 2, "collected": 1}
    (unknown,) = village.call(COUNTY, "income_due", region="430426", quarter="2021Q1")["villages"]
    assert (unknown["scope"], unknown["collected"]) == (None, None)


@pytest.mark.rule("D-02")
def test_after_the_transition_period_no_deadline_is_known_and_collecting_goes_on(village):
    village.clock.advance_to(date(2026, 7, 1))
    assert collect(village, one("2025Q4", reason=None))["taken"] == 7
    due = village.call(TOWN, "income_due", region=VILLAGE, quarter="2025Q4")
    assert (due["until"], due["overdue"], len(due["households"])) == (None, None, 1)


@pytest.mark.rule("D-02")
def test_only_those_who_gather_collect_and_a_household_sees_only_its_own(village):
    with pytest.raises(Forbidden):
        collect(village, one("2021Q2"), who=actor(roles.AUDITOR))
    with pytest.raises(Forbidden):
        collect(village, one("2021Q2"), who=actor(roles.VILLAGE_CADRE, region="430426100002"))
    collect(village, one("2021Q2"), who=actor(roles.CONTACT_PERSON))
    own = actor(roles.HOUSEHOLD, org=HOME, region=VILLAGE)
    assert income(village, who=own, year=2021)["entries"][0]["role"] == "帮扶联系人"
    with pytest.raises(Forbidden):
        income(village, home=OTHER, who=own)
    assert "查看收支" in {line["purpose"] for line in village.reads.of_subject(HOME)}


@pytest.mark.rule("D-04", "M-06")
def test_what_departments_paid_stands_beside_and_counts_once(village):
    paid = {"payment": "p-1", "household": HOME, "region": VILLAGE, "department": "civil_affairs"}
    paid |= {"case": "c", "measure": "A48", "kind": "transfer", "fen": 60000, "on": "2021-05-10"}
    for _ in range(2):
        village.hear("assistance", "measure.paid", "income_paid", paid)
    village.hear(
        "assistance", "measure.paid", "income_paid", paid | {"payment": "p-2", "kind": "reimbursement"}
    )
    collect(village, one("2021Q2", figures={"transfers": 90000}))
    seen = income(village, before="2021-07-01")
    assert [(each["payment"], each["fen"]) for each in seen["payments"]] == [("p-1", 60000)]
    assert known(village, "transfers") == (90000, "村干部")
    apart = one("2021Q2", figures={"transfers": 30000}, apart=True, reason="改按不含部门发放填报")
    collect(village, apart)
    assert known(village, "transfers") == (90000, "村干部、civil_affairs")
    with pytest.raises(BadRequest):
        village.hear("assistance", "measure.paid", "income_paid", paid | {"fen": 1})


def known(county, kind, quarter="2021Q2"):
    from shouwang.periods import Quarter

    from services.monitoring.handlers.income.windows import known_figures

    found = known_figures(county.context(CADRE), HOME, Quarter.parse(quarter).window)[kind]
    return found["fen"], found["giver"]
