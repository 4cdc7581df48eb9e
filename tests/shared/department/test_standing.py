"""What stands in the lake is what reports tell: no memory is trusted without looking, nothing half done."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pyarrow.parquet as pq
import pytest
from shouwang.department import keeping, presence
from shouwang.errors import BadRequest, NotFound, ShouwangError

from tests.shared.cli.kit import shouwang
from tests.shared.department.bringing_in import at, keeping_a_year, refused_rows
from tests.shared.department.county import JUNE, OFFICER, County
from tests.shared.department.water import id_number, write_csv

Json = dict[str, Any]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    with keeping_a_year(tmp_path_factory.mktemp("standing")) as made:
        yield made


def rows_in(county: County, period: str) -> int | None:
    file = county.inbox.parent / "data" / "water_tests" / f"period={period}" / "part.parquet"
    return int(pq.read_metadata(file).num_rows) if file.exists() else None


def codes(report: Json) -> list[str]:
    return [one["code"] for one in report["warnings"]]


def bring_refused(county: County, period: str, *rows: Json, **args: Any) -> BadRequest:
    with pytest.raises(BadRequest) as caught:
        county.bring_in(period, *rows, **args)
    return caught.value


@pytest.mark.rule("S-03")
def test_a_file_named_after_a_person_changes_nothing(county: County) -> None:
    county.bring_in("2021-06", *(at("2021-06", number) for number in range(10)), request_id="A")
    name = f"0123456789ab-张三{id_number(5)}.csv"
    write_csv(county.inbox / name, [at("2021-06", 1)])
    with pytest.raises(BadRequest) as caught:
        place = {"table": "water_tests", "period": "2021-06", "request_id": "B"}
        county.call(OFFICER, "import_table", **place, file=name)
    error = caught.value
    assert (error.code, id_number(5) in str(error.message)) == ("import.personal_name", False)
    assert rows_in(county, "2021-06") == 10


def test_the_first_file_again_is_put_back_when_another_stands_in_its_place(county: County) -> None:
    first = [at("2021-05", number) for number in range(4)]
    county.bring_in("2021-05", *first, request_id="A")
    feeds = county.suite.runtime("water").store.feeds
    desk = county.suite.runtime("water").service_cls.desk
    other = write_csv(county.inbox / "other.csv", [at("2021-05", 1)])
    place = {"table": "water_tests", "period": "2021-05"}
    staged = desk.child.ask("stage", **place, file=str(other), key="00" * 32, on_part=lambda part: None)
    desk.child.ask("publish", **place, staged=staged["staged"])  # as a process leaves it that ends here
    assert feeds.get("water_tests:2021-05").state["accepted"] == 4
    assert rows_in(county, "2021-05") == 1
    assert county.bring_in("2021-05", *first, request_id="A")["accepted"] == 4
    assert rows_in(county, "2021-05") == 4


def test_a_lake_that_was_lost_is_filled_again_by_the_same_request(county: County) -> None:
    county.bring_in("2021-04", at("2021-04", 1), request_id="lost")
    shutil.rmtree(county.inbox.parent / "data" / "water_tests" / "period=2021-04")
    again = county.bring_in("2021-04", at("2021-04", 1), request_id="lost")
    assert (again["replaced"], rows_in(county, "2021-04")) == (False, 1)
    assert county.bring_in("2021-04", at("2021-04", 1), request_id="lost")["accepted"] == 1
    file = county.inbox.parent / "data" / "water_tests" / "period=2021-04" / "part.parquet"
    file.write_bytes(b"cut off")
    assert county.bring_in("2021-04", at("2021-04", 1), request_id="lost")["accepted"] == 1
    assert rows_in(county, "2021-04") == 1


def test_another_mapping_makes_another_period_of_the_same_file(county: County) -> None:
    rows, place = [at("2021-03", 1, 检测费="0.01")], "2021-03"
    plain = county.bring_in(place, *rows, request_id="m")
    given = {"file": "万元.yaml", "text": "table: water_tests\nunits: {检测费: 万元}\n"}
    county.bring_in(place, *rows, request_id="m", mapping=given)
    county.call(OFFICER, "set_mapping", table="water_tests", text=None)
    assert county.bring_in(place, *rows, request_id="m")["mapping"] == plain["mapping"] is None
    file = county.inbox.parent / "data" / "water_tests" / f"period={place}" / "part.parquet"
    assert pq.read_table(file).column("fee").to_pylist() == [1], "the lake was read in ten thousands before"


def test_a_mapping_given_with_a_file_is_in_force_after_it_only(county: County) -> None:
    text = "table: water_tests\ncolumns: {浑浊度: ' 浊度NTU '}\n"
    given = {"file": "水利.yaml", "text": text}
    error = bring_refused(county, "2021-06", at("2021-06", 1), mapping=given)
    assert error.code == "import.missing_column"
    assert "浊度NTU" in error.message
    assert "水利.yaml" in error.remedy
    assert county.call(OFFICER, "mapping", table="water_tests")["mapping"] is None
    theirs = {("浊度NTU" if name == "浑浊度" else name): cell for name, cell in at("2021-06", 1).items()}
    assert county.bring_in("2021-06", theirs, mapping=given)["mapping"]["file"] == "水利.yaml"
    assert county.call(OFFICER, "mapping", table="water_tests")["text"] == text
    county.call(OFFICER, "set_mapping", table="water_tests", text=None)


def test_what_is_doubtful_is_said_in_the_report(county: County) -> None:
    rows = [at("2021-02", number) for number in range(20)]
    assert codes(county.bring_in("2021-02", *rows)) == []
    assert codes(county.bring_in("2021-02", *rows[:10])) == []
    assert codes(county.bring_in("2021-02", rows[0])) == ["shrunk"]
    assert codes(county.bring_in("2021-03", rows[0])) == ["same_file"]


def test_a_first_file_of_half_the_period_before_is_pointed_out(county: County) -> None:
    county.bring_in("2020-10", *(at("2020-10", number) for number in range(20)))
    report = county.bring_in("2020-11", *(at("2020-11", number) for number in range(9)))
    assert codes(report) == ["fewer"]
    assert "（2020-10）有 20 行，本期只有 9 行" in report["warnings"][0]["text"]
    assert codes(county.bring_in("2020-11", *(at("2020-11", number) for number in range(10)))) == []


def test_a_period_that_has_not_begun_is_refused(county: County) -> None:
    assert bring_refused(county, "2021-07", at("2021-06", 1)).code == "import.future_period"
    assert bring_refused(county, "2031-06", at("2021-06", 1)).code == "import.future_period"
    assert bring_refused(county, "2021-13", at("2021-06", 1)).code == "periods.form"


@pytest.mark.rule("S-03")
def test_refused_rows_go_with_the_next_import_and_after_their_day(county: County) -> None:
    rows = county.suite.runtime("water").db.collection("private_rows")
    county.suite.runtime("water").store.refused.keep(
        "water_tests:2021-01:dead", [{"number": 2}], JUNE + timedelta(days=30)
    )
    county.bring_in("2021-01", at("2021-01", 1), at("2021-01", 2, 浑浊度="很浑"))
    assert rows.count_documents({"batch": "water_tests:2021-01:dead"}) == 0
    assert len(refused_rows(county, "2021-01")[1]) == 1
    rows.update_many({"batch": {"$regex": "2021-01"}}, {"$set": {"expires": "2021-06-29"}})
    with pytest.raises(NotFound):
        refused_rows(county, "2021-01")


@pytest.mark.usefixtures("county")
def test_the_command_line_refuses_names_and_encodings_and_says_what_is_doubtful(
    county: County, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ("water", "water_tests")
    named = write_csv(tmp_path / f"{id_number(6)}.csv", [at("2021-06", 1)])
    ran = shouwang(capsys, "import", "table", *place, str(named), "--period", "2021-06")
    assert (ran.code != 0, "文件名里" in ran.err, list(county.inbox.glob(f"*{id_number(6)}*"))) == (
        True,
        True,
        [],
    )
    good = write_csv(tmp_path / "好.csv", [at("2021-06", 1)])
    wrong = tmp_path / "对照.yaml"
    wrong.write_bytes("table: water_tests\ncolumns: {浑浊度: 浊度}\n".encode("gbk"))
    for command in (("table", *place, str(good), "--period", "2021-06", "--mapping"), ("mapping", *place)):
        ran = shouwang(capsys, "import", *command, str(wrong))
        assert (ran.code, "不是 UTF-8 编码" in ran.err) == (1, True), ran.err
    county.bring_in("2021-06", *(at("2021-06", number) for number in range(9)))
    ran = shouwang(capsys, "import", "table", *place, str(good), "--period", "2021-06")
    assert (ran.code, "请留意：本期原有 9 行" in ran.err) == (0, True), ran.err


@pytest.mark.rule("S-03")
def test_a_day_on_which_something_fails_deletes_what_is_past_its_day_first(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = county.suite.runtime("water").db.collection("private_rows")
    county.bring_in("2021-06", at("2021-06", 1), at("2021-06", 2, 浑浊度="很浑"))
    kept = rows.count_documents({})
    rows.update_many({}, {"$set": {"expires": "2021-06-29"}})

    def fails(*args: Any) -> None:
        raise OSError("x")

    for module, name in ((presence, "beat"), (keeping, "let_go")):
        monkeypatch.setattr(module, name, fails)
    with pytest.raises(ShouwangError, match="day_passed"):
        county.suite.pass_days(JUNE + timedelta(days=1))
    assert (kept > 0, rows.count_documents({})) == (True, 0)
