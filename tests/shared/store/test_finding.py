"""Lists: on an index, by region prefix, in pages by id."""

import pytest
from pymongo import MongoClient
from shouwang.errors import ConfigurationError, Conflict
from shouwang.store import Index

from tests.shared.store.kit import id_number, stored

TOWN = "430426100"


@pytest.fixture
def town(repo):
    """Nine households in three villages of one town, and one in another town."""
    for number in range(9):
        category = "marginal" if number % 3 else "sudden"
        stored(repo, number, f"{TOWN}00{number // 3}", category=category)
    stored(repo, 9, "430426101000")
    return repo


def numbers(found):
    return [agg.state["number"] for agg in found]


@pytest.mark.parametrize(
    ("region", "expected"),
    [("430426", range(10)), ("43", range(10)), (TOWN, range(9)), (f"{TOWN}001", [3, 4, 5]), ("430427", [])],
)
def test_a_region_is_a_prefix(town, region, expected):
    assert numbers(town.find(region=region)) == list(expected)
    assert town.count(region=region) == len(list(expected))


def test_pages_follow_each_other_without_gap_or_repeat(town):
    seen, after = [], None
    while page := town.find(region=TOWN, after=after, limit=4):
        seen += numbers(page)
        after = page[-1].id
    assert seen == list(range(9))


def test_conditions_combine(town):
    where = {"state.category": "marginal"}
    assert numbers(town.find(where, region=TOWN)) == [1, 2, 4, 5, 7, 8]
    assert numbers(town.find({"category": "marginal"}, region=f"{TOWN}001", after="H0004")) == [5]
    assert town.count(where, region="430426") == 7
    assert town.count() == 10
    assert numbers(town.find({"category": {"$in": ["sudden"]}}, region=TOWN)) == [0, 3, 6]


def test_a_condition_without_an_index_is_refused(town):
    with pytest.raises(ConfigurationError) as caught:
        town.find({"income_fen": 650000})
    assert caught.value.code == "store.no_index"
    assert "Index(" in caught.value.remedy and "state.income_fen" in caught.value.message
    assert len(town.find({"income_fen": 650000}, region=f"{TOWN}001")) == 3


def test_the_only_match_or_none(town):
    assert town.find_one(where={"number": 4}).id == "H0004"
    assert town.find_one(where={"number": 44}) is None
    with pytest.raises(Conflict) as caught:
        town.find_one(where={"category": "sudden"})
    assert caught.value.code == "store.not_unique"
    assert caught.value.details == {"ids": ["H0000", "H0003"]}


def test_everything_can_be_walked(town):
    assert numbers(town.scan(batch=3)) == list(range(10))
    assert numbers(town.scan(region="430426101")) == [9]


def test_a_long_list_of_values_is_asked_in_parts(town):
    ids = [f"H{number:04d}" for number in range(100, 0, -1)]
    assert numbers(town.find({"_id": {"$in": ids}})) == list(range(1, 10))
    assert numbers(town.find({"_id": {"$in": ids}}, limit=3, after="H0002")) == [3, 4, 5]
    assert numbers(town.find({"number": {"$in": list(range(50))}}, region=TOWN)) == list(range(9))


def test_figures_come_without_loading_everything(town):
    assert town.tally("state.category", region="430426") == {"sudden": 3, "marginal": 7}
    assert town.tally("category", {"category": "sudden"}) == {"sudden": 3}
    rows = list(town.rows(["category", "members"], {"number": 4}))
    assert rows[0]["category"] == "marginal"
    assert rows[0]["members"][0]["id_number"] == id_number(40)


def test_who_holds_these_numbers(town):
    wanted = [id_number(10), id_number(11), id_number(40), id_number(777)]
    expected = {id_number(10): ["H0001"], id_number(11): ["H0001"], id_number(40): ["H0004"]}
    assert town.holders("id_number", wanted) == expected
    many = [*wanted, *(id_number(500 + number) for number in range(200))]
    assert town.holders("id_number", many) == expected
    assert town.holders("id_number", []) == {}


def test_a_person_in_two_households_is_seen(town):
    stored(town, 20, members=[{"ref": "P1", "id_number": id_number(40)}])
    assert town.holders("id_number", [id_number(40)]) == {id_number(40): ["H0004", "H0020"]}
    with pytest.raises(Conflict):
        town.find_one(blind=("id_number", id_number(40)))
    assert [agg.id for agg in town.find(blind=("id_number", id_number(40)))] == ["H0004", "H0020"]


def test_declared_indexes_stand_in_the_store(town, mongo_uri, database):
    with MongoClient(mongo_uri) as client:
        made = client[database]["households"].index_information()
    keys = {tuple(field for field, _direction in index["key"]) for index in made.values()}
    assert keys == {
        ("_id",),
        ("region", "_id"),
        ("state.category", "region", "_id"),
        ("state.number",),
        ("blind.id_number", "_id"),
        ("outbox_n",),
    }
    assert [name for name, index in made.items() if index.get("unique")] == ["state.number_1"]


def test_an_index_puts_the_range_behind_the_equalities():
    assert Index("region", "category").keys == ("state.category", "region", "_id")
    assert Index("region").keys == ("region", "_id")
    assert Index("number", unique=True).keys == ("state.number",)
