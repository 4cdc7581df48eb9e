"""The cases that officials can read, run against the rules; each decision also replays."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from shouwang.decision import Decision, Verdict, replay
from shouwang.periods import twelve_months_before
from shouwang.testing.cases import YamlCase, case_params
from shouwang.vocabulary import Category

from services.monitoring.domain.income.figures import per_head_net_income, per_head_reference
from services.monitoring.domain.proceedings import facts
from services.monitoring.domain.registry import labour
from tests.services.monitoring import reading, sheet
from tests.services.monitoring.county import POLICY

CASES = Path("services/monitoring/cases")
REGION = "430426100001"
CATEGORIES = {one.value: one.label for one in Category} | {None: "无"}


def view(case: YamlCase) -> Any:
    assert case.as_of is not None
    return POLICY.at(case.as_of, REGION)


def sound(decision: Decision) -> Decision:
    """A decision computes again to the same answer, and its sentence tells every figure."""
    assert replay(decision.to_dict(), POLICY) == decision
    sentence = decision.sentence()
    assert decision.conclusion_text in sentence
    for ground in decision.grounds:
        plain = ground.known and not isinstance(ground.value, bool) and ground.value is not Verdict.NO
        assert ground.text in sentence if plain else ground.label in sentence or ground.phrase
    return decision


def yuan_text(fen: int | None) -> Any:
    if fen is None:
        return "不详"
    exact = Decimal(fen) / 100
    return int(exact) if exact == int(exact) else str(exact)


@pytest.mark.parametrize("case", case_params(CASES, rule="M-05"))
def test_income(case):
    income = reading.income(case.given_of(*reading.GIVEN), case.as_of)
    own, reference = sound(per_head_net_income(income)), sound(per_head_reference(income))
    case.check({"人均纯收入": yuan_text(own.value), "人均参考值": yuan_text(reference.value)})


@pytest.mark.parametrize("case", case_params(CASES / "income", rule="M-06"))
def test_window(case):
    given, window = case.given_of("采集于"), twelve_months_before(case.as_of)
    collected = sheet.collected_in(given.get("采集于", case.as_of))
    usable = facts.of_case(collected, {}, window)["income"]["figures"]
    case.check({"起": str(window.start), "止": str(window.end), "可用的收入项": len(usable)})


@pytest.mark.parametrize("case", case_params(CASES, rule="M-04"))
def test_labour(case):
    found = sound(labour.household_able(reading.labour(case.given_of(*reading.GIVEN))))
    case.check({"结果": reading.word(found)})
