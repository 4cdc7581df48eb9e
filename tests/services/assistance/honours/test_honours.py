"""Points and honours by village rules; never a word on what is due by law (A-12)."""

import ast
from pathlib import Path

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Conflict, Forbidden, NotFound, Refused
from shouwang.testing import actor

from tests.services.assistance.county import CADRE, CONTACT, COUNTY, HOME, HOUSEHOLD, VILLAGE, County

HERE = Path("services/assistance")
RULES = {
    "village": VILLAGE,
    "year": 2021,
    "title": "某村积分制细则",
    "adopted_on": "2021-08-01",
    "minutes": "村民代表会议记录 2021-08-01",
    "actions": [
        {"code": "clean", "title": "庭院整洁", "points": 10, "a_year": 2},
        {"code": "litter", "title": "乱倒垃圾", "points": -5},
    ],
    "rewards": [{"code": "soap", "title": "洗衣粉一袋", "points": 15}],
    "star_points": 20,
}


@pytest.fixture
def village(county: County) -> County:
    """A village with rules."""
    county.call(CADRE, "adopt_point_rules", **RULES)
    return county


def give(county, action="clean", household=HOME):
    return county.call(CADRE, "give_points", household=household, action=action, reason="月度检查")


@pytest.mark.rule("A-12")
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"actions": [{"code": "x", "title": "不参加会议的取消低保", "points": -10}]}, "honours.entitlement"),
        ({"rewards": [{"code": "x", "title": "优先纳入监测对象", "points": 10}]}, "honours.entitlement"),
        ({"title": "积分与临时救助挂钩办法"}, "honours.entitlement"),
        ({"blacklist": True}, "honours.blacklist"),
        ({"minutes": " "}, "honours.not_adopted"),
        ({"adopted_on": "2021-08-21"}, "honours.not_adopted"),
        ({"actions": [RULES["actions"][0]] * 2}, "honours.code_twice"),
    ],
)
def test_rules_that_touch_entitlements_or_were_not_adopted_are_refused(county, wrong, code):
    with pytest.raises(Refused) as error:
        county.call(CADRE, "adopt_point_rules", **RULES | wrong)
    assert code in [one["code"] for one in error.value.reasons]
    assert all(one["source"] for one in error.value.reasons)
    with pytest.raises(NotFound):
        county.call(CADRE, "point_rules", village=VILLAGE, year=2021)


@pytest.mark.rule("A-12")
def test_points_are_given_as_often_as_the_rules_allow_and_taken_back_with_a_reason(village):
    assert give(village)["earned"] == 10
    assert give(village)["earned"] == 20
    with pytest.raises(Refused):
        give(village)
    entry = village.call(CADRE, "points_of", household=HOME, year=2021)["entries"][0]["id"]
    asked = {"household": HOME, "year": 2021, "entry": entry, "reason": "记错了户"}
    assert village.call(CADRE, "withdraw_points", **asked)["earned"] == 10
    with pytest.raises(Conflict):
        village.call(CADRE, "withdraw_points", **asked)
    assert give(village)["earned"] == 20, "what was withdrawn does not count"
    with pytest.raises(BadRequest):
        give(village, "dance")
    with pytest.raises(BadRequest):
        village.call(CADRE, "withdraw_points", **asked | {"entry": "none"})


@pytest.mark.rule("A-12")
def test_rewards_are_for_those_who_earned_them_and_points_never_fall_below_zero(village):
    assert give(village, "litter")["earned"] == 0
    give(village)
    give(village)
    spent = village.call(CADRE, "give_reward", household=HOME, reward="soap")
    assert (spent["earned"], spent["balance"]) == (15, 0)
    with pytest.raises(Refused):
        village.call(CADRE, "give_reward", household=HOME, reward="soap")


@pytest.mark.rule("A-12", "N-02")
def test_the_list_names_those_who_earned_points_and_nobody_for_having_none(village):
    other = f"{VILLAGE}-0002"
    give(village)
    give(village)
    give(village, "litter", other)
    listed = village.call(CADRE, "honours", village=VILLAGE, year=2021)
    assert listed == [{"household": HOME, "points": 20, "star": True}]
    village.call(CADRE, "publish_honours", request_id="p", village=VILLAGE, year=2021)
    village.call(CADRE, "publish_honours", request_id="p", village=VILLAGE, year=2021)
    (notice,) = village.events("notice.requested")
    assert notice["content"] == [{"户": HOME, "户代表": "张**", "积分": 20, "称号": "星级文明户"}]
    assert (notice["days"], notice["place"]) == (7, "village")


def test_a_repeated_request_gives_points_once(village):
    asked = {"household": HOME, "action": "clean", "reason": "月度检查"}
    for _ in range(2):
        village.call(CADRE, "give_points", request_id="same", **asked)
    assert village.call(COUNTY, "points_of", household=HOME, year=2021)["earned"] == 10


def test_only_the_village_gives_points_and_only_its_own(village):
    elsewhere = actor(roles.VILLAGE_CADRE, region="430426100002")
    for who in (COUNTY, elsewhere):
        with pytest.raises(Forbidden):
            village.call(who, "give_points", household=HOME, action="clean", reason="月度检查")


def sources(*rooms):
    return [path for room in rooms for path in sorted((HERE / room).rglob("*.py"))]


def words(path):
    """Every name, attribute and text in a file, docstrings aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    said |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    said |= {f"{node.module}" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return said


@pytest.mark.rule("A-12")
def test_no_code_path_leads_from_points_to_measures():
    """What decides, assigns and evaluates reads neither points nor rules of villages, nor they it."""
    points = {
        "point_accounts",
        "rule_sets",
        "accounts_of",
        "keeping",
        "points",
        "rule_set",
        "entitlement_words",
    }
    topics = ("registry", "planning", "tasks", "evaluation", "society", "task_list")
    deciding = sources(*(f"{room}/{topic}" for room in ("domain", "handlers") for topic in topics))
    assert len(deciding) > 25
    assert not [str(path) for path in deciding if words(path) & points or "honours" in str(words(path))]
    measures = {"plans", "plan_of_task", "plans_of", "departments", "needs", "offers", "matches", "put"}
    keeping = sources("domain/honours", "handlers/honours")
    assert not [str(path) for path in keeping if words(path) & measures]
    others = ("planning", "tasks", "evaluation", "registry")
    told = [word for path in keeping for word in words(path) if any(f".{one}" in word for one in others)]
    assert not told


@pytest.mark.rule("A-12")
def test_no_department_reads_points():
    said = [path for path in sources("departments") if "point_accounts" in path.read_text(encoding="utf-8")]
    assert not said


@pytest.mark.rule("A-12", "N-02")
def test_the_account_of_a_household_is_read_by_itself_its_contact_and_staff_only(village):
    give(village)
    asked = {"household": HOME, "year": 2021}
    neighbour = actor(roles.HOUSEHOLD, org=f"{VILLAGE}-0002", region=VILLAGE)
    for who, code in ((neighbour, "access.not_own_household"), (CONTACT, "access.not_own_list")):
        with pytest.raises(Forbidden) as error:
            village.call(who, "points_of", **asked)
        assert error.value.code == code
    named = {"household": HOME, "region": VILLAGE, "person": CONTACT.id}
    village.hear("monitoring", "contact.named", named)
    cadre_too = actor(roles.VILLAGE_CADRE, also=(roles.CONTACT_PERSON,), region=VILLAGE)
    for who in (HOUSEHOLD, CONTACT, CADRE, COUNTY, cadre_too):
        assert village.call(who, "points_of", **asked)["earned"] == 10


@pytest.mark.rule("A-12")
def test_who_follows_a_plan_reads_the_points_of_its_household(village):
    plan = village.include("disaster")["plan"]
    village.call(COUNTY, "name_contact", plan=plan, contact=CONTACT.id)
    assert village.call(CONTACT, "points_of", household=HOME, year=2021)["entries"] == []
