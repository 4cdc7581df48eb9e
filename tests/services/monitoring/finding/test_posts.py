"""Village monitors and named collectors on a real store (S-09)."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from shouwang.errors import BadRequest, Forbidden, Refused

from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import CADRE, COUNTY, HOME, TOWN


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2))
    return county


def appoint(county, person="u-1", role="collector", **more):
    given = {"region": VILLAGE, "role": role, "person": person, "since": "2021-07-01"} | more
    return county.call(TOWN, "appoint_finder", **given)


def posts(county, **more):
    return county.call(COUNTY, "finding_posts", region="430426", **more)


@pytest.mark.rule("S-09")
def test_the_county_sees_who_holds_a_post_and_where_nobody_does(village):
    assert [(one["role"], one["place"]) for one in posts(village)["vacancies"]] == [
        ("collector", "430426100"),
        ("collector", VILLAGE),
        ("monitor", VILLAGE),
    ]
    first = appoint(village, request_id="p1")
    assert appoint(village, request_id="p1") == first
    appoint(village, "u-2", "monitor")
    seen = posts(village)
    assert {(one["person"], one["role"]) for one in seen["posts"]} == {
        ("u-1", "collector"),
        ("u-2", "monitor"),
    }
    assert [one["place"] for one in seen["vacancies"]] == ["430426100"]
    assert posts(village, on="2021-06-30")["posts"] == []


@pytest.mark.rule("S-09")
def test_a_replacement_ends_the_one_before_and_is_told_in_both(village):
    old = appoint(village)
    given = {"person": "u-2", "since": "2021-09-01", "replaces": old["post"], "reason": "调离"}
    new = appoint(village, request_id="p2", **given)
    assert appoint(village, request_id="p2", **given)["post"] == new["post"]
    assert [one["person"] for one in posts(village, on="2021-08-31")["posts"]] == ["u-1"]
    (held,) = posts(village, on="2021-09-01")["posts"]
    assert (held["person"], held["replaces"]) == ("u-2", old["post"])
    village.call(TOWN, "end_post", post=new["post"], last="2021-10-01", reason="退休")
    with pytest.raises(Refused) as refusal:
        village.call(TOWN, "end_post", post=new["post"], last="2021-10-02", reason="退休")
    assert refusal.value.code == "post.ended"


def test_a_post_is_an_account_of_the_towns_own_place(village):
    with pytest.raises(BadRequest):
        appoint(village, "张三")
    with pytest.raises(BadRequest) as refusal:
        appoint(village, role="monitor", region="430426100")
    assert refusal.value.code == "post.level"
    with pytest.raises(Forbidden):
        appoint(village, region="430426101001")
    with pytest.raises(Forbidden):
        village.call(CADRE, "appoint_finder", region=VILLAGE, role="monitor", person="u", since="2021-07-01")


@pytest.mark.rule("S-09", "D-03")
def test_the_collector_is_somebody_else_than_the_contact_person(village, monkeypatch):
    ask = lambda: village.call(COUNTY, "collector_apart", household=HOME)["verdict"]  # noqa: E731
    appoint(village)
    contact: dict[str, str] = {}
    kept = SimpleNamespace(get_or_none=lambda home: SimpleNamespace(state=contact) if contact else None)
    monkeypatch.setattr(village.store, "contacts", kept, raising=False)
    assert ask() == "unknown"
    contact["person"] = "u-1"
    assert ask() == "no"
    appoint(village, "u-3", region="430426100")
    assert ask() == "yes"
    contact["person"] = "u-9"
    assert ask() == "yes"
