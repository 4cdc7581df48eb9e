"""A plugin folder as a service on the bus: import, screening, comparison, measures, delivery, feedback.

monitoring and assistance are stand-ins that can seal, sign and listen; everything else is real.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shouwang.access import roles
from shouwang.department import authorisation, service_class
from shouwang.errors import BadRequest, ConfigurationError, Conflict, Forbidden, Refused
from shouwang.sealing import open_sealed
from shouwang.store import Entry
from shouwang.testing import actor, service_actor
from shouwang.testing.suite import EmbeddedSuite

from tests.shared.department.county import JUNE, OFFICER, Assistance, County, Monitoring
from tests.shared.department.water import id_number, row, write_plugin


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory, mongo_uri: str) -> Iterator[County]:
    """Return a county with the sample department and two months of tests in it."""
    folder = tmp_path_factory.mktemp("county")
    water = service_class(write_plugin(folder / "plugins" / "water"))
    with EmbeddedSuite(folder / "var", [Monitoring, Assistance, water], day=JUNE) as suite:
        made = County(suite)
        made.bring_in("2021-05", row(1, 检测日期="2021-05-10"))
        made.bring_in("2021-06", *(row(number, 浑浊度="9" if number < 4 else "3") for number in range(1, 7)))
        yield made


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


def _authorised(county: County, *numbers: int, **changes: Any) -> dict[str, str]:
    asked: dict[str, Any] = {
        "department": "water",
        "department_key": county.keys.sealing.public_text,
        "case": "c1",
        "purpose": "比对",
        "persons": [{"ref": f"m{number}", "id_number": id_number(number)} for number in numbers],
        "facts": ["supply"],
        "paper": date(2021, 6, 1),
    }
    token, sealed = authorisation.issue(authorisation.signing_key(county.monitoring), **{**asked, **changes})
    return {"authorisation": token, "persons": sealed}


@pytest.mark.rule("I-05")
@pytest.mark.rule("I-07")
def test_a_comparison_is_answered_sealed_and_on_record(county: County) -> None:
    asked = _authorised(county, 1, 99)
    answer = county.call(service_actor("monitoring"), "compare", **asked)
    assert {name: answer[name] for name in ("case", "department", "facts")} == {
        "case": "c1",
        "department": "water",
        "facts": ["supply"],
    }
    told = open_sealed(county.monitoring.sealing.private, answer["sealed"])
    (fact,) = told["facts"]
    assert (fact["fact"], fact["verdict"], fact["shows"]["tests"]["label"]) == ("supply", "known", "检测次数")
    assert fact["persons"] == {"m1": {"tests": 1}, "m99": {"tests": 0}}
    assert fact["used"] == {"water_tests": ["2021-06"]}
    reads = county.suite.runtime("water").reads.by_actor("service:monitoring")
    assert sum("案件 c1" in line["purpose"] for line in reads) == 2
    assert all(id_number(1) not in str(line) for line in reads)


@pytest.mark.rule("I-01")
def test_a_comparison_without_authorisation_is_refused(county: County) -> None:
    good = _authorised(county, 1)
    for wrong, code in (
        ({"authorisation": "none"}, "authorisation.unsigned"),
        (_authorised(county, 1, seconds=-5), "authorisation.expired"),
        ({"persons": _authorised(county, 1, case="c2")["persons"]}, "authorisation.other_case"),
        ({"persons": _authorised(county, 2)["persons"]}, "authorisation.person_not_named"),
        (_authorised(county, 1, facts=["balance"]), "authorisation.no_fact"),
    ):
        with pytest.raises(Forbidden) as refused:
            county.call(service_actor("monitoring"), "compare", **{**good, **wrong})
        assert refused.value.code == code
    with pytest.raises(Forbidden) as refused:
        county.call(OFFICER, "compare", **good)
    assert refused.value.code == "access.wrong_role"


@pytest.mark.rule("I-07")
def test_another_signing_key_than_at_first_contact_is_refused(county: County) -> None:
    county.call(service_actor("monitoring"), "compare", **_authorised(county, 1))
    known = _trusting(county, "00" * 32)
    with pytest.raises(Forbidden) as refused:
        county.call(service_actor("monitoring"), "compare", **_authorised(county, 1))
    assert refused.value.code == "authorisation.key_changed"
    _trusting(county, known)
    assert county.call(service_actor("monitoring"), "compare", **_authorised(county, 1))["case"] == "c1"


def _trusting(county: County, key: str) -> str:
    """Put another key on record; returns the one before."""
    store = county.suite.runtime("water").store
    trust = store.trust.get("monitoring")
    before = trust.state["verifies"]
    trust.state["verifies"] = key
    trust.record(Entry("key_replaced", OFFICER.to_dict(), JUNE))
    store.trust.save(trust)
    return str(before)


def test_measures_are_proposed_for_the_household(county: County) -> None:
    county.bring_in("2021-06", row(1, 浑浊度="9"), row(2, 浑浊度="3"))
    (proposal,) = county.propose(1, 2)
    assert {
        name: proposal[name] for name in ("measure", "title", "risks", "eligible", "amount_fen", "evidence")
    } == {
        "measure": "A44",
        "title": "饮水安全保障",
        "risks": ["water"],
        "eligible": "yes",
        "amount_fen": 30000,
        "evidence": ["验收单"],
    }
    assert [(one["ref"], one["eligible"]) for one in proposal["persons"]] == [("m1", "yes"), ("m2", "no")]
    first = proposal["persons"][0]["decision"]["grounds"][0]
    assert (first["label"], first["owner"]) == ("浑浊度", "样县水利局")


def test_a_person_without_data_is_unknown(county: County) -> None:
    (proposal,) = county.propose(98)
    assert (proposal["eligible"], proposal["amount_fen"]) == ("unknown", None)
    assert "浑浊度" in proposal["reason"]


def test_a_measure_that_answers_no_risk_of_the_household_is_not_proposed(county: County) -> None:
    assert county.propose(1, risks=["illness"]) == []


def test_only_assistance_and_the_department_itself_may_ask_for_measures(county: County) -> None:
    with pytest.raises(Forbidden) as refused:
        county.propose(1, by=service_actor("assets"))
    assert refused.value.code == "access.wrong_service"


@pytest.mark.rule("A-09")
def test_a_delivery_needs_its_papers_and_is_told_once(county: County) -> None:
    done = {"measure": "A44", "household": "h1", "amount_fen": 30000, "persons": county.persons(1)}
    with pytest.raises(Refused, match="验收单") as refused:
        county.call(OFFICER, "deliver_measure", task="t1", evidence=[], **done)
    assert (refused.value.code, refused.value.reasons[0]["code"]) == ("department.evidence", "evidence")
    told = county.suite.call(
        OFFICER, "water", "deliver_measure", request_id="r1", task="t1", evidence=["验收单"], **done
    )
    again = county.suite.call(
        OFFICER, "water", "deliver_measure", request_id="r1", task="t1", evidence=["验收单"], **done
    )
    assert told == again
    county.suite.settle()
    heard = [data for kind, data in Assistance.heard if kind == "measure.delivered"]
    assert heard == [
        {
            "task": "t1",
            "part": 1,
            "household": "h1",
            "measure": "A44",
            "amount_fen": 30000,
            "on": JUNE,
            "evidence": ["验收单"],
        }
    ]
    with pytest.raises(Conflict) as twice:
        county.call(OFFICER, "deliver_measure", task="t1", evidence=["验收单"], **done)
    assert twice.value.code == "department.already_delivered"
    with pytest.raises(BadRequest) as none:
        county.call(OFFICER, "deliver_measure", task="t2", evidence=["验收单"], **{**done, "measure": "A43"})
    assert none.value.code == "department.no_measure"


@pytest.mark.rule("A-09")
def test_what_is_paid_in_several_sums_is_told_sum_by_sum_in_order_each_once(county: County) -> None:
    done = {"task": "t7", "measure": "A44", "household": "h1", "amount_fen": 10000, "evidence": ["验收单"]}
    with pytest.raises(Conflict) as early:
        county.call(OFFICER, "deliver_measure", part=2, **done)
    assert early.value.code == "department.part_missing"
    county.call(OFFICER, "deliver_measure", **done)
    county.call(OFFICER, "deliver_measure", part=2, **done)
    with pytest.raises(Conflict, match="第 2 笔") as twice:
        county.call(OFFICER, "deliver_measure", part=2, **done)
    assert (twice.value.code, "part=3" in str(twice.value.remedy)) == ("department.already_delivered", True)
    with pytest.raises(BadRequest) as other:
        county.call(OFFICER, "deliver_measure", part=3, **{**done, "household": "h2"})
    assert other.value.code == "department.part_differs"
    county.suite.settle()
    heard = [data for kind, data in Assistance.heard if kind == "measure.delivered" and data["task"] == "t7"]
    assert [(one["part"], one["amount_fen"]) for one in heard] == [(1, 10000), (2, 10000)]


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
