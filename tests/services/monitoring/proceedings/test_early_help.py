"""The green channel (S-07): help first, papers owed with a deadline; cases of before keep their version."""

from datetime import date

import pytest
from shouwang.errors import BadRequest, Refused

from tests.services.monitoring import steps
from tests.services.monitoring.regional.county import signal, tell, warnings
from tests.services.monitoring.sheet import household, spoil
from tests.services.monitoring.steps import CADRE, COUNTY, HOME, POOR, TOWN

NOW = date(2024, 11, 1)
FLOOD = POOR | {"collected_on": "2024-11-01", "risks": ["disaster"]}


@pytest.fixture
def flooded(county):
    county.clock.advance_to(NOW)
    rows = spoil(household(1, 2), 0, risks="因自然灾害", disasters="洪涝灾害", collected_on="2024-10-20")
    county.import_rows(rows, as_of="2024-11-01")
    return county


def told(county, type):
    return [data for kind, data in county.events() if kind == type]


def with_clue(county, risks=("disaster",)):
    found = {"region": "430426100001", "channel": "inspection", "household": HOME, "risks": list(risks)}
    return county.call(CADRE, "report_clue", **found, found_on="2024-11-01")["clue"]


@pytest.mark.rule("S-07")
def test_a_disaster_with_a_clue_is_helped_first_and_owes_the_steps(flooded):
    with_clue(flooded)
    case = steps.apply(flooded, risks=["disaster"])
    assert (case["version"], case["debt_due_on"]) == (2, "2024-12-31")
    (event,) = told(flooded, "household.helped_first")
    assert event == {
        "household": HOME,
        "case": case["case"],
        "region": "430426100001",
        "category": None,
        "risks": ["disaster"],
        "able_to_work": True,
    }
    owed = flooded.call(COUNTY, "debts", region="430426")
    assert [(one["kind"], one["title"]) for one in owed] == [
        ("step", "入户核实"),
        ("step", "村（居）民主评议"),
        ("step", "乡镇（街道）审核"),
    ]
    assert len(told(flooded, "case.debt_owed")) == 3


def warn(county, kind="disaster", place="430426100001", **more):
    """A department reports what calls for a warning of a place; returns its number."""
    unit = "percent" if kind == "price_fall" else "households"
    told = {"kind": kind, "unit": unit, "started_on": "2024-09-01", **more}
    tell(county, signal(f"{kind}-{place}", 40, place, **told), batch=f"{kind}/{place}")
    (found,) = [
        one["warning"]
        for one in warnings(county, status="open")
        if one["kind"] == kind and place in one["areas"]
    ]
    return found


@pytest.mark.rule("S-07", "S-08")
def test_a_regional_warning_bears_it_out_too(flooded):
    case = steps.apply(flooded, risks=["disaster"], warning=warn(flooded))
    assert case["debt_due_on"] == "2024-12-31"


@pytest.mark.rule("S-07")
def test_a_warning_of_another_kind_of_risk_does_not(flooded):
    case = steps.apply(flooded, risks=["disaster"], warning=warn(flooded, "price_fall"))
    assert case["debt_due_on"] is None
    assert told(flooded, "household.helped_first") == []


@pytest.mark.rule("S-07")
def test_a_warning_that_is_none_or_elsewhere_or_over_is_not_taken(flooded):
    elsewhere = warn(flooded, place="430426101002")
    over = warn(flooded)
    agg = flooded.store.warnings.get(over)
    agg.state |= {"status": "closed", "outcome": "refused", "closed_on": "2024-11-01"}
    flooded.context(COUNTY).save(flooded.store.warnings, agg, "made over")
    for number, said in (("430426-2024-W1", "没有"), (elsewhere, "不涉及该户"), (over, "核实不属实")):
        with pytest.raises(BadRequest, match=said) as error:
            steps.apply(flooded, risks=["disaster"], warning=number)
        assert error.value.code == "case.warning"
    assert flooded.store.open_case(HOME) is None


@pytest.mark.rule("S-07", "I-01")
def test_an_application_takes_no_clue_of_somebody_else_and_none_that_is_closed(flooded):
    """Nothing is left half done: refused, no case is open and the clue is as it was."""
    flooded.import_rows(household(2, 5), as_of="2024-11-01", digest="ef" * 8)
    found = {"region": "430426100001", "channel": "inspection", "household": f"{HOME[:-4]}0002"}
    theirs = flooded.call(CADRE, "report_clue", **found, risks=["disaster"], found_on="2024-11-01")["clue"]
    ours = with_clue(flooded)
    flooded.call(CADRE, "respond_clue", clue=ours, visit_on="2024-11-01", note="")
    flooded.call(CADRE, "close_clue", clue=ours, outcome="no_risk", reason="入户核实无风险")
    for clue in (theirs, ours, f"{HOME}-C99"):
        with pytest.raises(BadRequest) as error:
            steps.apply(flooded, risks=["disaster"], clue=clue)
        assert error.value.code == "case.clue"
    assert flooded.store.open_case(HOME) is None
    assert flooded.call(COUNTY, "clue", clue=theirs)["status"] == "open"


@pytest.mark.rule("S-07")
@pytest.mark.parametrize("risks", [None, ["illness"]])
def test_without_a_clue_that_says_so_everything_goes_its_usual_way(flooded, risks):
    if risks:
        with_clue(flooded, risks)
    case = steps.apply(flooded, risks=["disaster"])
    assert case["debt_due_on"] is None
    assert told(flooded, "household.helped_first") == []
    assert flooded.call(COUNTY, "debts", region="430426") == []


@pytest.mark.rule("S-07", "I-02")
def test_the_form_of_the_check_may_come_later_and_is_handed_in(flooded):
    with_clue(flooded)
    case = steps.apply(flooded, risks=["disaster"])["case"]
    checked = steps.check(flooded, case, FLOOD, papers=[])
    assert checked["step"] == "village_appraisal"
    titles = [one["title"] for one in flooded.call(COUNTY, "debts", region="430426")]
    assert "《防止返贫监测对象信息采集表》（附件2）" in titles
    paper = {"name": "information_record", "reference": "附件2/0001"}
    flooded.call(TOWN, "settle_debt", case=case, paper=paper)
    titles = [one["title"] for one in flooded.call(COUNTY, "debts", region="430426")]
    assert titles == ["村（居）民主评议", "乡镇（街道）审核"]
    with pytest.raises(Refused) as error:
        flooded.call(TOWN, "settle_debt", case=case, paper=paper)
    assert error.value.code == "procedure.no_such_debt"


@pytest.mark.rule("S-07", "I-01")
def test_the_signed_application_is_never_owed(flooded):
    with_clue(flooded)
    paper = {**steps.PAPER, "on": "2024-11-01", "signed_by": f"{HOME}-09"}
    with pytest.raises(BadRequest) as error:
        steps.apply(flooded, risks=["disaster"], paper=paper)
    assert error.value.code == "case.not_a_member"


@pytest.mark.rule("S-07", "N-03")
def test_what_is_owed_past_its_day_is_told_to_town_and_county_once(flooded):
    with_clue(flooded)
    steps.apply(flooded, risks=["disaster"])
    flooded.clock.advance_to(date(2025, 1, 1))
    assert all(one["overdue"] for one in flooded.call(COUNTY, "debts", region="430426"))
    steps.proceedings_day(flooded)
    steps.proceedings_day(flooded)
    late = [data for data in told(flooded, "message.requested") if data["title"] == "绿色通道手续逾期"]
    assert sorted(one["role"] for one in late) == ["county_officer", "town_officer"]


@pytest.mark.rule("S-07")
def test_a_case_of_before_keeps_the_version_of_its_first_day(county):
    county.clock.advance_to(date(2024, 10, 20))
    county.import_rows(household(1, 2), as_of="2024-10-20")
    case = steps.apply(county, risks=["disaster"])
    assert case["version"] == 1
    county.clock.advance_to(NOW)
    with pytest.raises(Refused) as error:
        steps.check(county, case["case"], FLOOD, papers=[])
    assert error.value.code == "procedure.missing_paper"
