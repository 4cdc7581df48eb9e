"""A village's list of households monitored before: one case each, a report by row, good rows go in."""

import base64
import csv
import io

import pytest
from shouwang.errors import BadRequest
from shouwang.sealing import seal

from services.monitoring.domain.proceedings.anew import NEEDED, OPTIONAL
from tests.services.monitoring.sheet import VILLAGE, household
from tests.services.monitoring.steps import CADRE, COUNTY, HEAD, HOME

HEADINGS = [*NEEDED, *OPTIONAL, "备注"]


def row(home="1", *, risks="因病", signed="01", on="2021-07-05", since="2020-05-01"):
    return [home, "边缘易致贫户", risks, f"附件1/{home}", on, signed, since, "原系统导出"]


def bring(county, *rows, headings=HEADINGS, **more):
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    content = base64.b64encode(text.getvalue().encode("utf-8-sig")).decode()
    sealed = seal(county.keys.sealing.public, {"name": "原监测对象.csv", "content": content})
    return county.call(CADRE, "verify_anew_list", village=VILLAGE, sealed=sealed, **more)


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2) + household(2, 5))
    return county


@pytest.mark.rule("I-06")
def test_good_rows_become_cases_and_bad_ones_are_named_with_column_and_remedy(village):
    told = bring(village, row("1"), row("2", risks="穷"), row("9"), row("2", signed="07"))
    assert (told["rows"], told["opened"], told["unchanged"], told["refused"]) == (4, 1, 0, 3)
    good, *bad = told["report"]
    assert (good["row"], good["status"], good["household"]) == (2, "opened", HOME)
    assert [(one["row"], one["column"], one["code"]) for one in bad] == [
        (3, "风险类型", "list.cell"),
        (4, "户编号", "list.cell"),
        (5, "", "case.not_a_member"),
    ]
    assert all(one["problem"] and one["remedy"] for one in bad)
    case = village.call(COUNTY, "case", case=good["case"])
    assert case["anew"] == {"was": "marginal", "since": "2020-05-01"}
    assert village.store.cases.get(good["case"]).state["signed_by"] == HEAD


@pytest.mark.rule("I-06")
def test_the_corrected_list_opens_what_was_wrong_and_nothing_twice(village):
    bring(village, row("1"), row("2", risks="穷"))
    told = bring(village, row("1"), row("2"))
    assert [one["status"] for one in told["report"]] == ["unchanged", "opened"]
    assert len(village.call(COUNTY, "cases", region=VILLAGE)) == 2
    changed = bring(village, row("1", risks="因残"))["report"][0]
    assert (changed["status"], changed["code"]) == ("refused", "case.parallel")


@pytest.mark.rule("I-06")
def test_a_list_that_is_none_is_refused_whole(village):
    with pytest.raises(BadRequest, match="签字成员编号") as error:
        bring(village, headings=[one for one in HEADINGS if one != "签字成员编号"])
    assert error.value.code == "list.columns"
    with pytest.raises(BadRequest) as error:
        bring(village, *(row(str(number)) for number in range(501)))
    assert error.value.code == "list.too_long"
    assert village.call(COUNTY, "cases", region=VILLAGE) == []
