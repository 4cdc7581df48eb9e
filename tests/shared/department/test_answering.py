"""A department is asked on the bus: comparisons, measures, deliveries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from shouwang.department import authorisation
from shouwang.errors import BadRequest, Conflict, Forbidden, Refused
from shouwang.sealing import open_sealed
from shouwang.store import Entry
from shouwang.testing import service_actor

from tests.shared.department.county import JUNE, OFFICER, Assistance, County
from tests.shared.department.water import id_number, row


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
