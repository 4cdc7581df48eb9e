"""Refused rows of an import: kept sealed for their officer, corrected, forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Forbidden, NotFound
from shouwang.testing import actor

from tests.shared.department.bringing_in import at, keeping_a_year, refused_rows
from tests.shared.department.county import OFFICER, County
from tests.shared.department.water import id_number, write_csv

OTHERS = actor(roles.DEPARTMENT_OFFICER, org="health_insurance")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    with keeping_a_year(tmp_path_factory.mktemp("data_in")) as made:
        yield made


@pytest.mark.rule("S-03")
def test_refused_rows_are_kept_sealed_and_given_to_their_officer_only(county: County) -> None:
    report = county.bring_in("2021-03", at("2021-03", 1), at("2021-03", 2, 浑浊度="很浑"))
    assert (report["rejected_rows"], report["rejected_kept"]) == (1, 1)
    told, (kept,) = refused_rows(county, "2021-03")
    assert (kept["row"], kept["cells"]["身份证号"], kept["cells"]["浑浊度"]) == (3, id_number(2), "很浑")
    assert (told["total"], told["next"], told["expires"]) == (1, None, "2021-07-30")
    for doc in county.suite.runtime("water").db.collection("private_rows").find({}):
        assert id_number(2) not in str(doc)
    reads = county.suite.runtime("water").reads.by_actor(OFFICER.id)
    assert any("查看被拒的行 water_tests 2021-03" in line["purpose"] for line in reads)
    for other in (OTHERS, actor(roles.COUNTY_OFFICER)):
        with pytest.raises(Forbidden):
            county.call(other, "rejected_rows", table="water_tests", period="2021-03", key=told["source"])


@pytest.mark.rule("S-03")
def test_a_clean_import_of_the_period_deletes_them(county: County) -> None:
    county.bring_in("2021-02", at("2021-02", 1), at("2021-02", 2, 浑浊度="很浑"))
    refused_rows(county, "2021-02")
    county.bring_in("2021-02", at("2021-02", 1), at("2021-02", 2))
    with pytest.raises(NotFound) as none:
        refused_rows(county, "2021-02")
    assert none.value.code == "import.none_rejected"
    assert (
        county.suite.runtime("water")
        .db.collection("private_rows")
        .count_documents({"batch": {"$regex": "2021-02"}})
        == 0
    )


def test_a_file_that_is_refused_as_a_whole_leaves_no_row_behind(county: County) -> None:
    count = county.suite.runtime("water").db.collection("private_rows").count_documents
    before = count({})
    with pytest.raises(BadRequest):
        county.bring_in("2021-01", at("2021-01", 1, 浑浊度="很浑"))
    assert count({}) == before


def test_corrections_and_repeats(county: County) -> None:
    good, wrong = at("2021-04", 1), at("2021-04", 2, 浑浊度="很浑")
    first = county.bring_in("2021-04", good, wrong, request_id="c1")
    cells = {"原行号": 3, "原文件": first["digest"][:12], **at("2021-04", 2, 浑浊度="8")}
    write_csv(county.inbox / "fix.csv", [cells])
    fixed = county.bring_in("2021-04", good, wrong, corrections="fix.csv", request_id="c2")
    assert (fixed["accepted"], fixed["corrected"], fixed["replaced"]) == (2, 1, True)
    with pytest.raises(NotFound):
        refused_rows(county, "2021-04")
    again = county.bring_in("2021-04", good, wrong, request_id="c1")
    assert (again["accepted"], again["replaced"]) == (1, True), "without its corrections it is another period"
