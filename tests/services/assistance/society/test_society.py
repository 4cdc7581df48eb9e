"""Help from society: needs and offers matched, followed to delivery, published without a name (A-11)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Conflict, Forbidden, Refused
from shouwang.testing import actor

from services.assistance.store.migrations import thing_by_code
from tests.services.assistance.county import CADRE, COUNTY, HOME, HOUSEHOLD, TOWN, County

RICE = {"kind": "goods", "item": "rice", "unit": "袋"}
SPECIAL = {"item": "other", "unit": "件", "detail": "张三家精神残疾儿子用的护具"}
ANYBODY = actor(roles.HOUSEHOLD, org=f"{HOME[:-1]}9", region=HOME[:12])


@pytest.fixture
def lacking(county: County) -> County:
    """A household whose plan leaves a risk uncovered."""
    county.include("disaster")
    return county


def need(county, quantity=10, **more):
    plan = county.plan()["plan"]
    asked = RICE | {"household": HOME, "quantity": quantity, "plan": plan, "risk": "disaster"}
    return county.call(CADRE, "register_need", **asked | more)


def offer(county, quantity=10, region="430426100001", **more):
    asked = RICE | {
        "region": region,
        "quantity": quantity,
        "giver": "祁东某米业公司",
        "giver_kind": "enterprise",
    }
    return county.call(COUNTY, "register_offer", **asked | more)


def matched(county, quantity=10):
    asked = {"need": need(county)["need"], "offer": offer(county)["offer"], "quantity": quantity}
    return county.call(TOWN, "propose_match", **asked)["match"]


@pytest.mark.rule("A-11")
def test_a_need_of_a_plan_is_one_that_public_funds_do_not_reach(lacking):
    assert need(lacking)["reached"] is False
    with pytest.raises(BadRequest):
        need(lacking, risk="illness")
    by_hand = lacking.call(CADRE, "register_need", household=HOME, quantity=1, **RICE)
    assert (by_hand["reached"], by_hand["source"]) == (None, "hand")


@pytest.mark.rule("A-11", "N-02")
def test_what_is_published_names_no_household_no_risk_and_no_person(lacking):
    need(lacking)
    (shown,) = lacking.call(ANYBODY, "public_needs", region="430426100001")
    assert HOME not in str(shown) and "disaster" not in str(shown)
    assert shown["place"] == "430426100"
    assert (shown["label"], shown["quantity"], shown["unit"]) == ("大米", 10, "袋")
    with pytest.raises(BadRequest) as error:
        need(lacking, detail="大米，联系 13800138000")
    assert error.value.code == "society.personal"
    with pytest.raises(Forbidden):
        lacking.call(ANYBODY, "needs", region="430426100001")


@pytest.mark.rule("A-11")
def test_the_nearest_offer_comes_first_then_the_one_that_gives_all(lacking):
    asked = need(lacking)["need"]
    far = offer(lacking, region="430426")["offer"]
    little = offer(lacking, quantity=3)["offer"]
    all_of_it = offer(lacking)["offer"]
    town = offer(lacking, region="430426100009")["offer"]
    offer(lacking, kind="training", item="trade")
    offer(lacking, unit="吨")
    offer(lacking, item="fertiliser")
    offer(lacking, until="2021-08-19")
    found = lacking.call(TOWN, "offers_for", need=asked)
    assert [one["offer"] for one in found] == [all_of_it, little, town, far]
    assert "可以对接" in found[0]["sentence"]


@pytest.mark.rule("A-11")
def test_an_offer_is_followed_from_acceptance_to_the_households_word(lacking):
    match = matched(lacking)
    lacking.call(TOWN, "accept_match", match=match)
    half = lacking.call(CADRE, "deliver_match", match=match, quantity=4, evidence=["签收单-1"])
    assert (half["status"], half["delivered"]) == ("delivering", 4)
    with pytest.raises(Conflict):
        lacking.call(HOUSEHOLD, "confirm_match", match=match)
    with pytest.raises(Refused):
        lacking.call(CADRE, "deliver_match", match=match, quantity=7, evidence=["签收单-2"])
    with pytest.raises(Refused):
        lacking.call(CADRE, "deliver_match", match=match, quantity=6, evidence=[])
    lacking.call(CADRE, "deliver_match", match=match, quantity=6, evidence=["签收单-2"])
    with pytest.raises(Forbidden):
        lacking.call(ANYBODY, "confirm_match", match=match)
    done = lacking.call(HOUSEHOLD, "confirm_match", match=match)
    assert done["status"] == "confirmed"
    assert [one["match"] for one in lacking.events("society.delivered")] == [match]
    assert lacking.call(TOWN, "match", match=match)["confirmed_on"] == "2021-08-20"
    (honoured,) = lacking.call(ANYBODY, "givers", region="430426100001")
    assert (honoured["giver"], honoured["deliveries"]) == ("祁东某米业公司", 1)


@pytest.mark.rule("A-11")
def test_nothing_is_promised_twice_and_what_does_not_come_goes_back(lacking):
    first = matched(lacking, 6)
    asked = need(lacking, 10)["need"]
    (left,) = lacking.call(TOWN, "offers_for", need=asked)
    with pytest.raises(Refused) as error:
        lacking.call(TOWN, "propose_match", need=asked, offer=left["offer"], quantity=5)
    assert error.value.code == "society.too_much"
    lacking.call(TOWN, "propose_match", need=asked, offer=left["offer"], quantity=4)
    assert lacking.call(TOWN, "offers_for", need=asked) == []
    lacking.call(TOWN, "accept_match", match=first)
    lacking.call(CADRE, "deliver_match", match=first, quantity=1, evidence=["签收单"])
    ended = lacking.call(TOWN, "end_match", match=first, reason="企业停产")
    assert ended["status"] == "failed"
    assert lacking.call(TOWN, "propose_match", need=asked, offer=left["offer"], quantity=5)["quantity"] == 5


@pytest.mark.rule("A-11")
def test_a_repeated_request_makes_one_match(lacking):
    asked = {"need": need(lacking)["need"], "offer": offer(lacking)["offer"], "quantity": 6}
    first = lacking.call(TOWN, "propose_match", request_id="r", **asked)
    assert lacking.call(TOWN, "propose_match", request_id="r", **asked) == first
    assert lacking.store.offers.get(asked["offer"]).state["left"] == 4


@pytest.mark.rule("A-11")
def test_a_need_that_public_funds_reach_or_may_reach_is_not_matched(lacking):
    for reached in (True, None):
        asked = lacking.call(CADRE, "register_need", household=HOME, quantity=1, reached=reached, **RICE)
        with pytest.raises(Refused) as error:
            more = {"offer": offer(lacking)["offer"], "quantity": 1}
            lacking.call(TOWN, "propose_match", need=asked["need"], **more)
        assert error.value.code == "society.not_fitting"


@pytest.mark.rule("A-11")
def test_shares_for_nothing_are_not_taken(lacking):
    with pytest.raises(Refused) as error:
        offer(lacking, kind="shares", item="land")
    assert error.value.code == "society.free"
    assert (
        offer(lacking, kind="shares", item="land", condition="以土地经营权入股并参加劳动")["status"] == "open"
    )


def test_what_was_taken_back_is_not_matched(lacking):
    asked, given = need(lacking)["need"], offer(lacking)["offer"]
    lacking.call(TOWN, "close_offer", id=given, reason="已捐往他处")
    assert lacking.call(TOWN, "offers_for", need=asked) == []
    with pytest.raises(Conflict):
        lacking.call(TOWN, "propose_match", need=asked, offer=given, quantity=1)
    lacking.call(TOWN, "close_need", id=asked, reason="已解决")
    assert lacking.call(COUNTY, "needs", region="430426") == []


def test_a_person_who_gives_is_masked(lacking):
    lacking.today = date(2021, 8, 21)
    giving = offer(lacking, giver="张三丰", giver_kind="person")["offer"]
    asked = {"need": need(lacking)["need"], "offer": giving, "quantity": 10}
    match = lacking.call(TOWN, "propose_match", **asked)["match"]
    lacking.call(TOWN, "accept_match", match=match)
    lacking.call(CADRE, "deliver_match", match=match, quantity=10, evidence=["签收单"])
    lacking.call(HOUSEHOLD, "confirm_match", match=match)
    (honoured,) = lacking.call(ANYBODY, "givers", region="430426100001")
    assert "三" not in honoured["giver"]


@pytest.mark.rule("A-11")
def test_ten_tons_of_fertiliser_are_no_wheelchair(lacking):
    asked = need(lacking, quantity=1, item="wheelchair", unit="辆")["need"]
    given = offer(lacking, item="fertiliser", unit="吨")["offer"]
    assert lacking.call(TOWN, "offers_for", need=asked) == []
    with pytest.raises(Refused) as error:
        lacking.call(TOWN, "propose_match", need=asked, offer=given, quantity=1)
    assert error.value.code == "society.not_fitting"
    assert "物品或单位不一致" in str(error.value)


@pytest.mark.rule("A-11", "N-02")
def test_what_no_code_names_waits_for_a_person_and_is_published_as_other(lacking):
    asked = need(lacking, quantity=1, **SPECIAL)
    given = offer(lacking, quantity=1, **SPECIAL | {"detail": "护具"})["offer"]
    (shown,) = lacking.call(ANYBODY, "public_needs", region="430426100001")
    assert shown["label"] == "其他" and "护具" not in str(shown) and "张三" not in str(shown)
    assert "item" not in shown and asked["detail"] == SPECIAL["detail"]
    both = {"need": asked["need"], "offer": given}
    (found,) = lacking.call(TOWN, "offers_for", need=asked["need"])
    assert (found["to_release"], found["detail"]) == (True, "护具")
    with pytest.raises(Refused):
        lacking.call(TOWN, "propose_match", **both, quantity=1)
    with pytest.raises(Forbidden):
        lacking.call(CADRE, "release_match", **both)
    lacking.call(TOWN, "release_match", **both)
    (found,) = lacking.call(TOWN, "offers_for", need=asked["need"])
    assert not found["to_release"]
    assert lacking.call(TOWN, "propose_match", **both, quantity=1)["status"] == "proposed"


@pytest.mark.rule("A-11")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"item": "大米"}, "item"),
        ({"item": "trade"}, "item"),
        ({"unit": "张三家"}, "unit"),
        ({"item": "other"}, "detail"),
        ({"unit": "其他", "detail": " "}, "detail"),
    ],
)
def test_a_thing_is_registered_by_its_code(lacking, wrong, field):
    for register in (need, offer):
        with pytest.raises(BadRequest) as error:
            register(lacking, **wrong)
        assert field in str(error.value.to_dict())


def test_what_was_registered_before_the_codes_is_other_and_its_words_are_kept_for_staff():
    old = {"kind": "goods", "item": "大米", "unit": "担", "left": 3}
    assert thing_by_code(old) == old | {"item": "other", "unit": "其他", "detail": "大米（担）"}
    assert thing_by_code(old | {"unit": "袋"})["detail"] == "大米"
