"""The insurance year on files as the bureau exports them: readmissions, late claims, gaps, January (A-03)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.policy import Policy

from services import assistance
from services.assistance.departments import health_insurance
from services.assistance.departments.health_insurance._layers import NOTHING, Terms, protect
from tests.departments.health_insurance.test_screening import claim
from tests.departments.office import VILLAGE, Office, person
from tests.shared.department.water import id_number

PREMIUM, SERIOUS, AID = "A45-01", "A45-02", "A45-03"
PATIENT, OTHER = 1, 2
PLANS = Path(str(assistance.__file__)).parent / "policy"
Answers = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(health_insurance, tmp_path_factory.mktemp("bureau"))
    for month in ("2021-09", "2021-11"):
        made.bring_in("settlements", month, claim(OTHER, month, 10, 9))
    made.bring_in("settlements", "2021-12", claim(PATIENT, "2021-12", 90_000, 60_000))
    yield made
    made.close()


def asked(bureau: Office, on: str, number: int = PATIENT) -> Answers:
    """Return what is proposed to a household of one monitored person because of illness."""
    member = {"ref": "m1", "pseudonym": person(number), "groups": ["monitored"]}
    question = {"risks": ["illness"], "category": None, "able_to_work": None, "persons": [member]}
    told = bureau.worker.propose(lambda part: None, question, on, "430426")
    return {one["measure"]: one for one in told}


@pytest.mark.rule("A-03")
def test_a_gap_in_the_year_makes_every_benefit_unknown(bureau: Office) -> None:
    told = asked(bureau, "2021-12-31")
    assert {told[code]["eligible"] for code in (SERIOUS, AID)} == {"unknown"}
    assert "2021-10" in told[SERIOUS]["reason"]


@pytest.mark.rule("A-03")
def test_before_the_first_file_of_a_year_nothing_is_due_in_it(bureau: Office) -> None:
    told = asked(bureau, "2022-01-10")
    assert [told[code]["eligible"] for code in (SERIOUS, AID)] == ["no", "no"]


@pytest.mark.rule("A-03")
def test_a_claim_brought_late_belongs_to_the_year_in_which_it_was_settled(bureau: Office) -> None:
    late = claim(PATIENT, "2021-12", 50_000, 30_000) | {"结算单号": "late"}
    first = claim(PATIENT, "2022-01", 60_000, 42_000)
    again = claim(PATIENT, "2022-01", 10_000, 7_000) | {"结算单号": "again"}
    bureau.bring_in("settlements", "2022-01", late, first, again)
    told = asked(bureau, "2022-01-31")
    # 21,000 after basic insurance; 21,500 × 50 % = 10,750 is the threshold of 2022.
    assert told[SERIOUS]["amount_fen"] == 615_000 and type(told[SERIOUS]["amount_fen"]) is int
    # 14,850 left; (14,850 − 2,150) × 70 % = 8,890; 5,960 left; (5,960 − 5,375) × 50 % = 292.50.
    assert told[AID]["amount_fen"] == 889_000 + 29_250


@pytest.mark.rule("A-03")
def test_the_decision_shows_what_was_read(bureau: Office) -> None:
    (answer,) = asked(bureau, "2022-01-31")[SERIOUS]["persons"]
    shown = {ground["name"]: ground["value"] for ground in answer["decision"]["grounds"]}
    assert shown["year.in_scope_after_basic"] == 2_100_000
    assert answer["decision"]["rule"] == "A-03.serious_illness_insurance"


def of_premium(bureau: Office, on: str) -> tuple[Any, ...]:
    told = asked(bureau, on)[PREMIUM]
    return told["eligible"], told["amount_fen"], told["receiving"]


@pytest.mark.rule("A-03")
def test_a_premium_of_the_next_insurance_year_is_subsidised_once(bureau: Office) -> None:
    registered = {"身份证号": id_number(PATIENT), "村居代码": VILLAGE, "个人缴费金额": "280.00"}
    registered |= {"险种": "城乡居民", "参保状态": "正常参保", "参保日期": ""}
    for year in ("2021", "2022"):
        bureau.bring_in("insured", year, registered | {"参保年度": year})
    one = {"身份证号": id_number(PATIENT), "参保年度": "2021", "资助金额": "140.00"}
    bureau.bring_in("premium_aid", "2021-10", one)
    assert of_premium(bureau, "2021-11-08") == ("yes", 160_00, False)
    assert "2022 参保年度 160 元" in asked(bureau, "2021-11-08")[PREMIUM]["reason"]
    bureau.bring_in("premium_aid", "2021-12", one, one | {"参保年度": "2022", "资助金额": "160.00"})
    assert of_premium(bureau, "2021-12-31") == ("no", None, True)
    assert of_premium(bureau, "2022-01-08") == ("no", None, True)
    # The ledger of December says nothing in February: who asks has to look at what it gave itself.
    assert of_premium(bureau, "2022-02-08") == ("yes", 160_00, None)


@pytest.mark.rule("A-03")
def test_the_bureau_and_the_plans_begin_the_insurance_year_on_one_day(bureau: Office) -> None:
    day = date(2021, 6, 30)
    plans = Policy.load([PLANS]).at(day, "430426").insurance_year
    own = bureau.worker.plugin.policy.at(day, "430426").enrolment
    assert (plans.begins, list(plans.measures)) == (own.begins, [PREMIUM])


amounts = st.integers(min_value=0, max_value=10**9)
ratios = st.decimals(min_value=0, max_value=1, places=2)
terms = st.builds(Terms, amounts, ratios, st.none() | amounts)


@pytest.mark.rule("A-03")
@given(amounts, terms, amounts, terms, terms)
def test_the_layers_never_pay_more_than_there_was(
    after_basic: int, serious: Terms, paid: int, aid: Terms, tilted: Terms
) -> None:
    found = protect(after_basic, serious, min(paid, after_basic), aid, tilted)
    gone = max(found.serious, min(paid, after_basic))
    assert min(found.serious, found.aid, found.tilted) >= 0
    assert gone + found.aid + found.tilted <= after_basic


@pytest.mark.rule("A-03")
@given(amounts, amounts, terms, terms)
def test_more_cost_never_brings_less_of_the_first_layer(
    low: int, more: int, serious: Terms, aid: Terms
) -> None:
    one, other = (protect(cost, serious, 0, aid, NOTHING) for cost in (low, low + more))
    assert one.serious <= other.serious and one.aid + one.serious <= other.aid + other.serious + 1
