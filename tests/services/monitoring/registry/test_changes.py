"""Change of members on a real store: recorded with its day, told to the others, never lost (D-01, M-01,
M-04).
"""

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Conflict, Forbidden, NotFound
from shouwang.testing import actor

from tests.services.monitoring.registry.village import (
    CADRE,
    HEAD,
    HOME,
    OFFICER,
    SECOND,
    THIRD,
    change,
    child,
    numbers,
    registered,
    sealed,
    state_of,
)
from tests.services.monitoring.sheet import household, id_number


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2) + household(2, 5))
    return county


def changed(county):
    return [data for kind, data in county.events() if kind == "household.changed"]


@pytest.mark.rule("D-01")
def test_a_child_is_born_into_the_household(village):
    person = sealed(village, name="测试婴", id_number=child(), relation="其他", medical_insurance="否")
    answer = change(village, "birth", "2021-06-30", sealed=person)
    assert (answer["joined"], answer["size"]) == ([f"{HOME}-04"], 4)
    newborn = state_of(village)["members"][-1]
    assert (newborn["birth"], newborn["medical_insurance"], newborn["education"]) == (
        "2021-06-30",
        False,
        None,
    )
    assert "members.04.education" in state_of(village)["unknown"]
    stored = str(village.db.collection("households").find_one({"_id": HOME}))
    assert child() not in stored and "测试婴" not in stored
    assert changed(village) == [
        {
            "household": HOME,
            "region": HOME[:12],
            "kinds": ["birth"],
            "on": "2021-06-30",
            "members_left": [],
            "registered": True,
            "moved_to": None,
        }
    ]


@pytest.mark.rule("D-01")
def test_a_newborn_without_a_number_has_the_birthday_of_the_change(village):
    change(village, "birth", "2021-06-20", sealed=sealed(village, name="测试婴", relation="之女"))
    assert state_of(village)["members"][-1]["birth"] == "2021-06-20"
    with pytest.raises(BadRequest) as refusal:
        change(village, "birth", "2021-06-20", sealed=sealed(village, name="测试婴", id_number=child()))
    assert refusal.value.code == "member.birth_day"


@pytest.mark.rule("D-01")
def test_who_dies_stays_on_record_as_dead(village):
    answer = change(village, "death", "2021-06-28", ref=THIRD)
    assert (answer["left"], answer["size"]) == ([THIRD], 2)
    shown = village.call(CADRE, "household", household=HOME)
    assert [(one["ref"], one["kind"], one["on"]) for one in shown["former"]] == [
        (THIRD, "death", "2021-06-28")
    ]
    assert id_number(12) not in str(shown)
    assert village.store.homes_of([id_number(12)]) == {}
    with pytest.raises(Conflict) as refusal:
        change(village, "return", ref=THIRD)
    assert refusal.value.code == "member.dead"


@pytest.mark.rule("D-01")
def test_a_head_is_followed_by_another_and_the_household_stays_the_same(village):
    with pytest.raises(BadRequest) as refusal:
        change(village, "death", ref=HEAD)
    assert refusal.value.code == "member.head_needed"
    change(village, "death", ref=HEAD, head=SECOND, relations={THIRD: "son"})
    state = state_of(village)
    assert {one["ref"]: one["relation"] for one in state["members"]} == {SECOND: "head", THIRD: "son"}
    change(village, "head_change", "2021-07-02", head=THIRD)
    assert {one["ref"]: one["relation"] for one in state_of(village)["members"]} == {
        SECOND: None,
        THIRD: "head",
    }
    assert "members.02.relation" in state_of(village)["unknown"]


@pytest.mark.rule("D-01")
def test_the_last_one_to_leave_ends_the_registration(village):
    change(village, "move_out", ref=THIRD, to="外县")
    change(village, "death", "2021-07-02", ref=SECOND)
    answer = change(village, "death", "2021-07-03", ref=HEAD)
    assert (answer["size"], answer["registered"]) == (0, False)
    assert state_of(village)["ended"] == {"on": "2021-07-03", "kind": "death"}
    assert changed(village)[-1]["registered"] is False
    assert village.store.villages.get(HOME[:12]).state["households"] == 1
    assert HOME not in [one["household"] for one in village.call(CADRE, "worklist", region=HOME[:12])]
    report = village.import_rows(household(1, 2), digest="ee" * 8)
    assert {one["code"] for one in report["rejected"]} == {"roster.household_ended"}


@pytest.mark.rule("D-01")
def test_the_same_request_again_changes_nothing(village):
    first = change(village, "death", ref=THIRD, request_id="r-1")
    assert change(village, "death", ref=THIRD, request_id="r-1") == first
    assert len(state_of(village)["changes"]) == 1
    assert village.store.villages.get(HOME[:12]).state["persons"] == 5


def test_a_soldier_leaves_and_comes_back_under_his_ref(village):
    change(village, "enlisted", "2021-06-15", ref=THIRD)
    with pytest.raises(BadRequest):
        change(village, "return", "2021-06-14", ref=THIRD)
    change(village, "return", "2021-07-04", ref=THIRD)
    assert [one["ref"] for one in state_of(village)["members"]] == [HEAD, SECOND, THIRD]
    assert state_of(village)["former"] == []


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("death", {"ref": THIRD, "on": "2021-07-06"}, "member.future"),
        ("death", {"ref": f"{HOME}-09"}, "member.unknown_ref"),
        ("death", {"ref": THIRD, "on": "1969-12-31"}, "member.before_birth"),
        ("death", {"ref": HEAD, "head": f"{HOME}-08"}, "member.unknown_ref"),
        ("head_change", {"head": SECOND, "relations": {THIRD: "head"}}, "member.one_head"),
        ("head_change", {"head": SECOND, "relations": {THIRD: "cousin"}}, "member.relation"),
        ("return", {"ref": THIRD}, "member.unknown_ref"),
        ("still_here", {"ref": f"{HOME}-09"}, "member.unknown_ref"),
    ],
)
def test_what_cannot_be_true_is_refused_with_what_to_do(village, kind, more, code):
    before = state_of(village)
    with pytest.raises(BadRequest) as refusal:
        change(village, kind, **more)
    assert refusal.value.code == code
    assert refusal.value.remedy
    assert state_of(village) == before


@pytest.mark.parametrize(
    ("kind", "given", "error"),
    [
        ("marriage_in", {"relation": "配偶"}, "member.nameless"),
        ("marriage_in", {"name": "测试乙", "relation": "本人或户主"}, "member.one_head"),
        ("move_in", {"name": "测试乙", "id_number": id_number(10)}, "member.already_here"),
        ("move_in", {"name": "测试乙", "id_number": id_number(20)}, "member.elsewhere"),
        ("move_in", {"name": "测试乙", "id_number": "123"}, "identity.length"),
        ("move_in", {"name": "测试乙", "wages": "100"}, "member.unknown_field"),
        ("move_in", {"name": "测试乙", "id_number": child(98, "20210703")}, "member.before_birth"),
    ],
)
def test_a_newcomer_who_cannot_come_in_is_refused(village, kind, given, error):
    with pytest.raises((BadRequest, Conflict)) as refusal:
        change(village, kind, sealed=sealed(village, **given))
    assert refusal.value.code == error
    assert "测试乙" not in str(refusal.value)


def test_a_change_says_what_its_kind_needs_and_nothing_else(village):
    with pytest.raises(BadRequest) as refusal:
        change(village, "death", sealed=sealed(village, name="甲"))
    assert {"ref", "sealed"} <= {one["field"] for one in refusal.value.details["problems"]}


def test_a_wrong_field_is_corrected_and_the_old_value_stays_on_record(village):
    change(village, "correction", ref=SECOND, sealed=sealed(village, education="初中"))
    change(village, "correction", sealed=sealed(village, phone="0734-1111111"))
    state = state_of(village)
    assert state["members"][1]["education"] == "junior_high"
    assert state["phone"] == "0734-1111111"
    assert state["base"]["members"][1]["education"] == "primary"
    listed = village.call(CADRE, "household_changes", household=HOME)
    assert [(one["kind"], one["fields"], one["refs"]) for one in listed] == [
        ("correction", ["education"], [SECOND]),
        ("correction", ["phone"], []),
    ]
    assert "1111111" not in str(listed)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"ref": SECOND, "given": {"relation": "本人或户主"}}, "member.one_head"),
        ({"ref": HEAD, "given": {"relation": "之父"}}, "member.one_head"),
        ({"ref": SECOND, "given": {"id_number": id_number(10)}}, "member.already_here"),
        ({"given": {"education": "初中"}}, "member.unknown_field"),
        ({"ref": SECOND, "given": {"health": "很好"}}, "roster.unknown_label"),
    ],
)
def test_a_correction_does_not_break_the_household(village, more, code):
    given = more.pop("given")
    with pytest.raises((BadRequest, Conflict)) as refusal:
        change(village, "correction", sealed=sealed(village, **given), **more)
    assert refusal.value.code == code


@pytest.mark.rule("M-01")
def test_who_counts_against_the_register_is_for_the_county_to_decide(village):
    given = {"name": "测试丙", "id_number": id_number(55), "relation": "其他"}
    with pytest.raises(Forbidden) as refusal:
        change(village, "county_counts", sealed=sealed(village, **given))
    assert refusal.value.code == "member.county_only"
    change(village, "county_counts", who=OFFICER, sealed=sealed(village, **given))
    change(village, "county_excludes", who=OFFICER, ref=THIRD)
    told = village.call(CADRE, "who_counts", household=HOME)["members"]
    assert [(one["ref"][-2:], one["counts"]) for one in told] == [("01", "yes"), ("02", "yes"), ("04", "yes")]
    assert "县级决定计入" in told[-1]["sentence"]
    assert state_of(village)["former"][0]["left"]["kind"] == "county_excludes"


@pytest.mark.rule("M-01")
def test_a_townsman_without_town_benefits_is_watched_too(village):
    benefits = {"register": "town", "urban_benefits": False}
    change(village, "registration", who=OFFICER, ref=SECOND, registration=benefits)
    change(village, "correction", ref=SECOND, sealed=sealed(village, relocated="是"))
    told = village.call(CADRE, "who_counts", household=HOME)["members"][1]
    assert (told["counts"], "尚未享受城镇保障待遇" in told["sentence"]) == ("yes", True)


@pytest.mark.rule("M-04")
def test_the_village_judges_ability_and_its_word_is_kept(village):
    judgement = {"labour": "lost", "assembly_on": "2021-06-20", "committee_on": "2021-06-22"}
    change(village, "labour_judged", ref=SECOND, judgement=judgement)
    member = state_of(village)["members"][1]
    assert member["labour"] == "lost"
    assert member["judgement"] | judgement == member["judgement"]
    assert (member["judgement"]["by"], member["judgement"]["paper"]) == (CADRE.id, "户籍变动单/1")
    assert village.call(CADRE, "household", household=HOME)["members"][1]["judged_on"] == "2021-07-01"


@pytest.mark.rule("D-01")
def test_a_household_is_shown_as_it_was_on_any_day(village):
    change(village, "death", "2021-06-28", ref=THIRD)
    ago = village.call(CADRE, "household", household=HOME, as_of="2021-06-27")
    assert (ago["size"], ago["former"]) == (3, [])
    assert village.call(CADRE, "household", household=HOME, as_of="2021-06-28")["size"] == 2
    with pytest.raises(NotFound) as refusal:
        village.call(CADRE, "household", household=HOME, as_of="2021-06-09")
    assert refusal.value.code == "registry.before_records"


def test_who_moved_to_another_household_does_not_come_back_by_return(village):
    from tests.services.monitoring.registry.village import OTHER, move

    move(village, "move", refs=[THIRD], to=OTHER)
    with pytest.raises(Conflict) as refusal:
        change(village, "return", "2021-07-02", ref=THIRD)
    assert refusal.value.code == "member.elsewhere"


def test_only_collectors_of_the_place_change_a_household(village):
    with pytest.raises(Forbidden):
        change(village, "death", ref=THIRD, who=actor(roles.VILLAGE_CADRE, region="430426100002"))
    with pytest.raises(Forbidden):
        change(village, "death", ref=THIRD, who=actor(roles.HOUSEHOLD))


def test_help_given_stands_on_the_household_once(village):
    told = {"task": "t-1", "household": HOME, "department": "civil_affairs", "measure": "temporary_relief"}
    village.hear("assistance", "task.done", "help_given", told)
    village.hear("assistance", "task.done", "help_given", told)
    (one,) = village.call(CADRE, "household", household=HOME)["measures"]
    assert (one["measure"], one["on"]) == ("temporary_relief", "2021-07-05")


def test_the_sample_of_the_tests_is_what_the_registry_stores(village):
    assert set(registered()) == set(state_of(village)) - {"last_record"}
    assert numbers(registered()) == numbers(state_of(village))
