"""The household register answers for a case: a person decides what differs, nothing changes by itself."""

from __future__ import annotations

from typing import Any

import pytest
from shouwang.department import authorisation
from shouwang.errors import Conflict, Forbidden
from shouwang.register import REGISTER_FACT
from shouwang.sealing import KeyPair, open_sealed, seal

from tests.services.monitoring import steps
from tests.services.monitoring.county import VILLAGE, County
from tests.services.monitoring.registry.village import CADRE, HOME, OFFICER, SECOND, THIRD, TOWN, change
from tests.services.monitoring.sheet import household

PAIR = KeyPair.generate()
HERE = {"status": "registered", "since": "2001-05-01", "kind": "rural", "village": VILLAGE, "household": "H7"}
DEAD = {"status": "death", "since": "2021-06-20", "kind": None, "village": None, "household": None}
PAPER = {"reason": "入户核实", "paper": "核实记录/1"}


@pytest.fixture
def village(county: County) -> County:
    county.import_rows(household(1, 2))
    return county


def register_says(county: County, verdict: str = "known", **by_place: dict[str, Any]) -> None:
    """A department of whatever code offers the fact; who is not named is registered here."""
    offered = {"code": "anybody", "title": "县公安局", "public_key": PAIR.public_text, "measures": []}
    county.bus.answer("assistance", "departments", [offered | {"comparisons": [{"name": REGISTER_FACT}]}])

    def compare(authorisation: str, persons: str) -> dict[str, Any]:
        granted = verified(county, authorisation, open_sealed(PAIR.private, persons))
        told = {ref: by_place.get(f"m{ref[-2:]}", HERE) for ref in granted.persons}
        fact = {"fact": REGISTER_FACT, "verdict": verdict, "persons": told if verdict == "known" else {}}
        answer = {"case": granted.case, "department": "anybody", "facts": [fact | {"used": {}}]}
        return {"sealed": seal(county.keys.sealing.public, answer)}

    county.bus.answer("anybody", "compare", compare)


def verified(county: County, token: str, persons: list[Any]) -> authorisation.Authorisation:
    key = county.call(OFFICER, "public_key")["authorisation_key"]
    return authorisation.verify(token, key, department="anybody", persons=persons, today=county.clock.today())


def compared(county: County, **by_place: dict[str, Any]) -> str:
    register_says(county, **by_place)
    case: str = steps.apply(county)["case"]
    county.call(OFFICER, "request_comparison", case=case)
    return case


def differences(county: County) -> list[tuple[str, str, Any]]:
    found = county.call(CADRE, "register_differences", household=HOME)["differences"]
    return [(one["ref"], one["kind"], one["decided"] and one["decided"]["decision"]) for one in found]


def decide(county: County, who: Any, decision: str, kind: str, ref: str = SECOND) -> Any:
    given = {"household": HOME, "ref": ref, "kind": kind, "decision": decision, **PAPER}
    return county.call(who, "decide_registration", **given)


@pytest.mark.rule("M-01", "I-05")
def test_a_dead_member_is_told_to_people_and_stays_until_they_record_it(village: County) -> None:
    case = compared(village, m02=DEAD)
    assert differences(village) == [(SECOND, "death", None)]
    assert village.call(CADRE, "household", household=HOME)["size"] == 3
    (line,) = village.call(TOWN, "worklist", region=VILLAGE)
    assert ("register.death", SECOND) in [(one["code"], one["ref"]) for one in line["to_clarify"]]
    warned = village.call(OFFICER, "case", case=case)["warnings"]
    assert any(f"成员 {SECOND} 公安登记死亡（2021-06-20）" in one for one in warned)

    change(village, "death", "2021-06-20", ref=SECOND)
    assert differences(village) == [(SECOND, "death", "death")]
    assert not any("户籍比对" in one for one in village.call(OFFICER, "case", case=case)["warnings"])
    stored = str(village.db.collection("households").find_one({"_id": HOME})["state"].get("register"))
    assert "death" not in stored


@pytest.mark.rule("M-01")
def test_only_the_county_counts_somebody_whom_the_register_does_not_have(village: County) -> None:
    gone = {"status": "none", "since": None}
    case = compared(village, m02=gone, m03=DEAD)
    with pytest.raises(Forbidden):
        decide(village, TOWN, "counts", "none")
    decide(village, OFFICER, "counts", "none")
    assert differences(village) == [(SECOND, "none", "counts"), (THIRD, "death", None)]
    told = village.call(CADRE, "who_counts", household=HOME)["members"][1]
    assert (told["counts"], "县级决定计入" in told["sentence"]) == ("yes", True)
    with pytest.raises(Conflict):
        decide(village, OFFICER, "counts", "death", THIRD)
    village.call(OFFICER, "request_comparison", case=case)  # nobody was silent: the answers stand
    assert differences(village) == [(THIRD, "death", None)]


@pytest.mark.rule("M-01")
def test_the_town_may_say_that_the_register_is_wrong_and_is_not_asked_again(village: County) -> None:
    case = compared(village, m02=DEAD)
    answer = decide(village, TOWN, "register_wrong", "death")
    assert answer["differences"][0]["decided"]["by"] == TOWN.id
    village.call(OFFICER, "request_comparison", case=case)
    assert differences(village) == [(SECOND, "death", "register_wrong")]
    assert [line["to_clarify"] for line in village.call(TOWN, "worklist", region=VILLAGE)] in ([], [[]])


@pytest.mark.rule("M-01")
def test_a_townsman_is_settled_by_what_the_county_finds_of_his_registration(village: County) -> None:
    compared(village, m02=HERE | {"kind": "town"})
    benefits = {"register": "town", "urban_benefits": False}
    change(village, "registration", who=OFFICER, ref=SECOND, registration=benefits)
    assert differences(village) == [(SECOND, "town", "registration")]


@pytest.mark.rule("M-01")
def test_the_countys_exception_for_where_does_not_hide_the_town_registration(village: County) -> None:
    case = compared(village, m02=HERE | {"kind": "town", "village": "430426100002"})
    assert differences(village) == [(SECOND, "elsewhere", None), (SECOND, "town", None)]
    decide(village, OFFICER, "counts", "elsewhere")
    village.call(OFFICER, "request_comparison", case=case)
    assert differences(village) == [(SECOND, "town", None)]


@pytest.mark.rule("I-05")
def test_a_register_that_cannot_answer_says_nothing_about_anybody(village: County) -> None:
    register_says(village, verdict="unknown")
    case = steps.apply(village)["case"]
    village.call(OFFICER, "request_comparison", case=case)
    told = village.call(CADRE, "register_differences", household=HOME)
    assert (told["on"], told["differences"]) == (None, [])
