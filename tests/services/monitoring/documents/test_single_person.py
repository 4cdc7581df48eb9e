"""Single-person 低保 on the forms: printed as 低保, and in public not at all (A-13, N-02)."""

import dataclasses
from typing import Any

import pytest

from services.monitoring.domain.documents.information import PRINTED_AS, _help
from services.monitoring.domain.documents.material import Material
from services.monitoring.domain.documents.measures import HIDDEN, measures_said

TASK = {
    "measure": "A48",
    "title": "低保（参照单人户）",
    "status": "confirmed",
    "delivered": {"on": "2021-11-20", "amount_fen": 42000, "evidence": []},
}


@pytest.fixture(scope="module")
def material() -> Material:
    plan: Any = {"tasks": [TASK], "silent": []}
    known: dict[str, Any] = {one.name: None for one in dataclasses.fields(Material)}
    return Material(**known | {"id": "1", "plan": plan, "asked": True})


@pytest.mark.rule("A-13", "N-02")
def test_in_public_nobody_reads_that_somebody_is_disabled_or_ill(material: Material) -> None:
    assert measures_said(material, public=True) == HIDDEN
    assert measures_said(material).startswith("综合保障：低保（参照单人户）（2021年11月20日落实")


@pytest.mark.rule("A-13")
def test_on_the_information_form_it_is_ticked_as_the_allowance_that_it_is(material: Material) -> None:
    assert _help(material)["A48"] == [PRINTED_AS["A48"]] == ["A48-01"]
