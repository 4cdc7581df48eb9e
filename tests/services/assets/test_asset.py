"""Assets, contracts and settlements (X-01, X-05, X-06)."""

from datetime import date

import pytest
from shouwang.errors import BadRequest, Conflict, Refused

from services.assets.domain import asset, contract

SPEC = {
    "title": "白地市镇某村冷库",
    "asset_class": "operating",
    "kind": "冷链设施",
    "value_fen": 30_000_000,
    "owner": "某村股份经济合作社",
    "project": "p1",
    "region": "430426100200",
}
TERMS = {
    "operator": "某合作社",
    "mode": "lease",
    "starts_on": date(2021, 9, 1),
    "ends_on": date(2024, 8, 31),
    "rent_fen": 1_800_000,
}


@pytest.mark.rule("X-01")
def test_an_asset_has_its_five_rights():
    assert set(asset.register(SPEC)["rights"]) == set(asset.RIGHTS)


@pytest.mark.rule("X-01")
@pytest.mark.parametrize("change", [{"asset_class": "private"}, {"value_fen": 0}])
def test_an_asset_that_cannot_be_is_refused(change):
    with pytest.raises(BadRequest):
        asset.register(SPEC | change)


@pytest.mark.rule("X-06")
def test_what_is_short_of_the_contract_is_shown():
    signed = contract.sign(asset.register(SPEC), TERMS)
    settled = contract.settle(signed, 2021, 1_500_000, date(2021, 12, 20))
    assert (settled["due_fen"], settled["short_fen"]) == (1_800_000, 300_000)


@pytest.mark.rule("X-06")
def test_a_year_is_settled_once():
    signed = contract.sign(asset.register(SPEC), TERMS)
    signed["settlements"].append(contract.settle(signed, 2021, 1_800_000, date(2021, 12, 20)))
    with pytest.raises(Conflict):
        contract.settle(signed, 2021, 1_800_000, date(2021, 12, 21))


@pytest.mark.rule("X-06")
def test_without_a_contract_nothing_is_settled():
    with pytest.raises(Refused):
        contract.settle(asset.register(SPEC), 2021, 1, date(2021, 12, 20))


def test_a_public_asset_takes_no_operating_contract():
    with pytest.raises(Refused):
        contract.sign(asset.register(SPEC | {"asset_class": "public"}), TERMS)


@pytest.mark.parametrize("change", [{"mode": "gift"}, {"ends_on": date(2021, 9, 1)}, {"rent_fen": 0}])
def test_terms_that_cannot_be_are_refused(change):
    with pytest.raises(BadRequest):
        contract.sign(asset.register(SPEC), TERMS | change)
