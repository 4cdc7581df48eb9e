"""A plugin folder as a service on the bus: import, screening, feedback, its days.

monitoring and assistance are stand-ins that can seal, sign and listen; everything else is real.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from shouwang.access import roles
from shouwang.department import service_class
from shouwang.errors import BadRequest, ConfigurationError, Forbidden
from shouwang.sealing import open_sealed
from shouwang.testing import actor
from shouwang.testing.suite import EmbeddedSuite

from tests.shared.department.county import JUNE, OFFICER, Assistance, County, Monitoring
from tests.shared.department.water import id_number, row, write_plugin


def test_it_makes_itself_known(county: County) -> None:
    county.suite.settle()
    announced = next(data for kind, data in Assistance.heard if kind == "announced")
    assert announced["code"] == "water"
    assert announced["public_key"] == county.keys.sealing.public_text
    assert announced["calls"] == [
        "describe",
        "import_table",
        "screen",
        "compare",
        "propose_measures",
        "deliver_measure",
    ]
    assert ("heartbeat", {"code": "water", "on": JUNE}) in Assistance.heard
    assert county.call(OFFICER, "describe") == announced


def test_a_period_can_be_imported_again_and_a_repeat_changes_nothing(county: County) -> None:
    first = county.bring_in("2021-04", row(1, 检测日期="2021-04-01"), request_id="one")
    assert (first["replaced"], first["accepted"]) == (False, 1)
    (county.inbox / "in.csv").unlink()
    again = county.call(
        OFFICER, "import_table", table="water_tests", period="2021-04", file="in.csv", request_id="one"
    )
    assert again == first
    other = county.bring_in("2021-04", row(2, 检测日期="2021-04-01"), request_id="two")
    assert (other["replaced"], other["digest"] == first["digest"]) == (True, False)
    back = county.bring_in("2021-04", row(1, 检测日期="2021-04-01"), request_id="one")
    assert (back["replaced"], back["digest"] == first["digest"]) == (True, True), (
        "put back, not taken for a repeat"
    )


def test_imports_of_others_and_elsewhere_are_refused(county: County) -> None:
    with pytest.raises(Forbidden) as refused:
        county.call(
            actor(roles.DEPARTMENT_OFFICER, org="health_insurance"),
            "import_table",
            table="water_tests",
            period="2021-06",
            file="a.csv",
        )
    assert refused.value.code == "access.wrong_department"
    for file in ("../../keys/issuer.pem", "/etc/passwd", "a/b.csv"):
        with pytest.raises(BadRequest):
            county.call(OFFICER, "import_table", table="water_tests", period="2021-06", file=file)
    with pytest.raises(BadRequest, match="是否为 “water_tests”") as wrong:
        county.call(OFFICER, "import_table", table="water_test", period="2021-06", file="a.csv")
    assert wrong.value.code == "import.no_table"


def test_an_id_number_stands_nowhere_in_clear(county: County) -> None:
    data = county.suite.settings.var_dir / "departments" / "water" / "data"
    files = [path for path in data.rglob("*") if path.is_file()]
    assert files
    assert all(id_number(1).encode() not in path.read_bytes() for path in files)
    raw = county.suite.runtime("water").db.collection("vault").find({})
    assert all(id_number(1) not in str(document) for document in raw)


@pytest.mark.rule("S-05")
@pytest.mark.rule("S-03")
def test_screening_sends_each_clue_once_sealed_to_monitoring(county: County) -> None:
    told, (batch,) = county.screen()
    assert (told["verdict"], told["found"], told["sent"], told["already"]) == ("known", 3, 3, 0)
    assert {"department": "water", "period": "2021-06", "rule": "S-05.unsafe_water"}.items() <= batch.items()
    people = {
        open_sealed(county.monitoring.sealing.private, clue["sealed"])["id_number"] for clue in batch["clues"]
    }
    assert people == {id_number(number) for number in (1, 2, 3)}
    text = json.dumps(batch, ensure_ascii=False)
    assert not any(number in text for number in people)
    clue = batch["clues"][0]
    assert clue["risk"] == "water"
    assert [ground["label"] for ground in clue["grounds"]["grounds"]] == ["浑浊度", "浑浊度限值"]
    again, none = county.screen()
    assert (again["sent"], again["already"], none) == (0, 3, [])


@pytest.mark.rule("S-05")
def test_without_newer_data_the_next_month_sends_nothing(county: County) -> None:
    county.screen("2021-06")
    told, none = county.screen("2021-07")
    assert (told["found"], told["sent"], none) == (3, 0, [])


@pytest.mark.rule("S-05")
def test_a_correction_sends_only_who_is_new(county: County) -> None:
    county.screen()
    county.bring_in("2021-06", *(row(number, 浑浊度="9") for number in range(1, 6)))
    told, (batch,) = county.screen()
    assert (told["found"], told["sent"]) == (5, 2)
    numbers = {
        open_sealed(county.monitoring.sealing.private, clue["sealed"])["id_number"] for clue in batch["clues"]
    }
    assert numbers == {id_number(4), id_number(5)}


@pytest.mark.rule("S-05")
def test_stale_or_missing_data_is_unknown_and_never_no_risk(county: County) -> None:
    told, none = county.screen("2022-05")
    assert (told["verdict"], told["code"], none) == ("unknown", "department.stale", [])
    told, none = county.screen("2020-01")
    assert (told["verdict"], told["code"]) == ("unknown", "department.no_data")
    from prometheus_client import generate_latest

    counted = generate_latest().decode()
    assert (
        'shouwang_department_rule_unknown_total{department="water",reason="department.stale",rule="S-05.unsafe_water"}'
        in counted
    )


@pytest.mark.rule("S-03")
def test_what_came_of_a_clue_comes_back(county: County) -> None:
    county.bring_in("2021-06", *(row(number, 浑浊度="9") for number in range(1, 7)))
    county.screen()
    stored = county.suite.runtime("water").store.batches.find({"run": "S-05.unsafe_water/2021-06"})[0]
    key = stored.state["keys"][0]
    county.suite.call(
        actor(roles.COUNTY_OFFICER), "monitoring", "close", department="water", key=key, outcome="no_risk"
    )
    county.suite.settle()
    stored = county.suite.runtime("water").store.batches.get(stored.id)
    assert stored.state["outcomes"] == {key: "no_risk"}


def test_every_day_it_is_heard_and_old_files_go(county: County) -> None:
    county.bring_in("2021-03", row(1, 检测日期="2021-03-01"))
    Assistance.heard.clear()
    county.suite.pass_days(date(2021, 8, 2))
    county.suite.settle()
    beats = [data["on"] for kind, data in Assistance.heard if kind == "heartbeat"]
    assert beats[-1] == date(2021, 8, 2)
    assert beats == sorted(beats)
    assert not (county.inbox / "in.csv").exists(), "30 days after the import"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("rules.py", "_.turbidity.max()", "_.turbity.max()"), r"rules\.py:10：.*是否为 “turbidity”"),
        (("policy/water.yaml", "unit: points", "unit: pionts"), r"water\.yaml:3：.*是否为 “points”"),
    ],
    ids=["rule", "policy"],
)
def test_a_plugin_that_does_not_hold_stops_the_start(
    change: tuple[str, str, str], told: str, tmp_path: Path, mongo_uri: str
) -> None:
    wrong = service_class(write_plugin(tmp_path / "water", change))
    suite = EmbeddedSuite(tmp_path / "var", [Monitoring, wrong])
    with pytest.raises(ConfigurationError, match=told), suite:
        pass


def test_a_wrong_manifest_is_refused_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"契约版本 0\.9"):
        service_class(write_plugin(tmp_path / "water", ("department.yaml", '"1.1"', '"0.9"')))
