"""The snapshot beside the documents, standings month by month, and what if: over the real store."""

import stat
from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Forbidden, ShouwangError
from shouwang.testing import actor

from tests.services.monitoring import steps
from tests.services.monitoring.county import VILLAGE, County
from tests.services.monitoring.sheet import household

COUNTY = steps.COUNTY
POOR = {"wages": "1000", "own_payments": "0"}
OVER = {"wages": "10600", "own_payments": "0"}
"""19600.50 yuan for three persons: 6533.50 a head."""
RICH = {"wages": "60000", "risks": "", "own_payments": "0"}


@pytest.fixture
def peopled(county: County) -> County:
    """Three households: one below the line, one just above it, one well off."""
    county.import_rows([*household(1, 2, **POOR), *household(2, 5, **OVER), *household(3, 8, **RICH)])
    county.clock.advance_to(date(2021, 7, 6))
    return county


def refresh(county: County, **more: object) -> dict[str, object]:
    return county.call(COUNTY, "refresh_snapshot", region="430426", **more)


def test_only_what_changed_is_read_and_the_snapshot_equals_the_documents(peopled, real_worker):
    assert refresh(peopled) == {"villages": 1, "households": 3, "full": True}
    peopled.clock.advance_to(date(2021, 7, 7))
    more = [row for number in range(4, 10) for row in household(number, number * 3)]
    peopled.import_rows(more, digest="cd" * 8)
    assert refresh(peopled) == {"villages": 1, "households": 9, "full": False}, "many changes: read whole"
    peopled.clock.advance_to(date(2021, 7, 8))
    peopled.import_rows(household(5, 2, wages="77"), digest="ef" * 8)
    assert refresh(peopled) == {"villages": 1, "households": 1, "full": False}
    told = peopled.call(COUNTY, "verify_snapshot", region="430426", sample=0)
    assert told == {"rows": 9, "checked": 9, "differing": [], "missing": [], "ok": True}


def test_a_snapshot_that_lags_behind_shows_in_verify(peopled):
    refresh(peopled)
    peopled.import_rows([*household(1, 2, wages="2"), *household(7, 5)], digest="cd" * 8)
    told = peopled.call(COUNTY, "verify_snapshot", region="430426", sample=0)
    assert (told["differing"], told["missing"]) == ([f"{VILLAGE}-0001"], [f"{VILLAGE}-0007"])
    assert not told["ok"]


def test_the_files_are_private_encrypted_and_bound_to_their_village(peopled):
    refresh(peopled)
    folder = peopled.keys.path.parent / "var" / "monitoring" / "snapshot"
    (file,) = folder.rglob("*.sealed")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert b"illness" not in file.read_bytes() and b"PAR1" not in file.read_bytes()
    file.rename(file.with_name(f"{VILLAGE[:-1]}9.sealed"))
    with pytest.raises(ShouwangError) as refused:
        peopled.call(COUNTY, "snapshot", region="430426")
    assert refused.value.code == "snapshot.cannot_open"


@pytest.mark.rule("M-11")
def test_standings_are_written_only_where_something_changed(peopled):
    first = peopled.call(COUNTY, "recompute_standings", region="430426")
    assert (first["households"], first["villages"], first["changed"]) == (3, 1, 3)
    version = peopled.store.standing_of(VILLAGE).version
    again = peopled.call(COUNTY, "recompute_standings", region="430426")
    assert (again["villages"], again["changed"]) == (0, 0)
    assert peopled.store.standing_of(VILLAGE).version == version
    told = peopled.call(COUNTY, "standings", region=VILLAGE, **{"class": "key_monitored"})
    assert told["classes"] == {"key_monitored": 2, "high_quality": 1}
    assert [one["household"] for one in told["households"]] == [f"{VILLAGE}-0001", f"{VILLAGE}-0002"]
    with pytest.raises(BadRequest) as refused:
        peopled.call(COUNTY, "standings", region="430426", **{"class": "stable"})
    assert refused.value.code == "standings.one_village"


@pytest.mark.rule("M-11")
def test_a_change_of_class_is_dated_and_keeps_what_it_stands_on(peopled):
    peopled.call(COUNTY, "recompute_standings", region="430426")
    peopled.clock.advance_to(date(2021, 8, 1))
    peopled.import_rows(household(3, 2, **RICH | {"risks": "因学"}), digest="cd" * 8)
    peopled.day()
    peopled.bus.answer("assistance", "plan", [])
    page = peopled.call(COUNTY, "portrait", household=f"{VILLAGE}-0003")
    told = page["standing_history"]
    history = [(one["on"], (one["before"] or {}).get("class"), one["after"]["class"]) for one in told]
    assert history == [("2021-07-06", None, "high_quality"), ("2021-08-01", "high_quality", "key_monitored")]
    stored = peopled.db.collection("standing_changes").find_one({"_id": f"{VILLAGE}-2021-08-01"})
    assert isinstance(stored["state"]["households"], bytes), "encrypted at rest"


@pytest.mark.rule("M-12")
def test_the_town_is_told_how_many_must_be_included_and_are_not(peopled):
    peopled.clock.advance_to(date(2021, 9, 1))
    peopled.day()
    told = [data for type, data in peopled.events() if type == "message.requested"]
    assert [one["region"] for one in told] == [VILLAGE] and "新增 1 户" in told[0]["text"]
    peopled.day()
    assert len(peopled.events()) == 1, "told once"


def test_the_day_does_nothing_on_other_days_and_in_an_empty_county(county):
    county.day()
    county.clock.advance_to(date(2021, 8, 1))
    county.day()
    assert not (county.keys.path.parent / "var").exists()


@pytest.mark.rule("K-05")
def test_what_if_counts_who_would_enter_and_leave_and_touches_nothing(peopled):
    refresh(peopled)
    before = [dict(one) for one in peopled.db.collection("households").find({})]
    told = peopled.call(COUNTY, "what_if", region="430426", parameters={"monitoring_line": 660000})
    assert (told["enter"], told["leave"]) == ({"unstable_ex_poor": 1}, {})
    assert told["villages"] == [
        {"village": VILLAGE, "enter": {"unstable_ex_poor": 1}, "leave": {}, "moved": {}}
    ]
    assert told["parameters"] == [
        {
            "parameter": "monitoring_line",
            "title": "防止返贫监测基准线",
            "now": "6,500 元/人·年",
            "source": "湘委乡振组发〔2021〕1号 二(一)1",
            "supposed": "6,600 元/人·年",
        }
    ]
    assert not told["adopted"] and "未采用" in told["note"]
    assert [dict(one) for one in peopled.db.collection("households").find({})] == before
    assert peopled.call(COUNTY, "why_not", household=f"{VILLAGE}-0002")["suggested"] == "unknown"
    who = peopled.call(COUNTY, "what_if_households", inquiry=told["inquiry"], which="enter")
    assert [one["household"] for one in who] == [f"{VILLAGE}-0002"]
    assert peopled.store.inquiries.get(told["inquiry"]).state["by"] == COUNTY.id


def test_what_if_of_a_lower_line_and_of_a_later_day(peopled):
    refresh(peopled)
    lower = peopled.call(COUNTY, "what_if", region="430426", parameters={"monitoring_line": 100000})
    assert lower["leave"] == {"unstable_ex_poor": 1} and lower["duty"] == {"now": 1, "then": 0}
    later = {"as_of": "2021-09-01", "parameters": {"class_high_line": 9_000_000}}
    told = peopled.call(COUNTY, "what_if", region="430426", **later)
    assert told["classes"] == {"high_quality": {"stable": 1}} and told["duty"] == {"now": 1, "then": 1}
    other = peopled.call(COUNTY, "what_if", region="430426", rules={"M-12": 1}, as_of="2021-09-01")
    assert (other["enter"], other["leave"], other["rules"]) == ({}, {}, {"M-12": 1})


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "what_if.nothing"),
        ({"parameters": {"held_rows_days": 3}}, "what_if.no_effect"),
        ({"parameters": {"monitoring_line": "viel"}}, "what_if.value"),
        ({"rules": {"R-01": 1}}, "what_if.no_effect"),
        ({"parameters": {"monitoring_line": 1}}, "what_if.no_snapshot"),
        ({"rules": {"M-11": 9}}, "what_if.no_expression"),
    ],
)
def test_what_cannot_be_supposed_is_refused_with_its_reason(county, asked, code):
    with pytest.raises(ShouwangError) as refused:
        county.call(COUNTY, "what_if", region="430426", **asked)
    assert refused.value.code == code


def test_who_may_ask(peopled):
    with pytest.raises(Forbidden):
        peopled.call(actor(roles.VILLAGE_CADRE), "what_if", region=VILLAGE, parameters={"monitoring_line": 1})
    with pytest.raises(Forbidden):
        peopled.call(actor(roles.TOWN_OFFICER), "what_if", region="430426", parameters={"monitoring_line": 1})
    with pytest.raises(BadRequest):
        peopled.call(COUNTY, "what_if_households", inquiry="430426-W1", which="enter")


def test_a_county_is_brought_up_to_date_town_by_town_or_at_once(peopled):
    town = VILLAGE[:9]
    assert peopled.call(COUNTY, "snapshot", region="430426")["towns"] == [town]
    assert peopled.call(COUNTY, "refresh_snapshot", region=town)["full"]
    peopled.clock.advance_to(date(2021, 7, 7))
    assert refresh(peopled) == {"villages": 0, "households": 0, "full": False}, "known town by town"
    told = peopled.call(COUNTY, "snapshot", region="430426")
    assert (told["villages"], told["households"], told["running"]) == (1, 3, {})
    assert refresh(peopled, full=True) == {"villages": 1, "households": 3, "full": True}


def test_a_village_whose_file_is_gone_is_read_again(peopled):
    refresh(peopled)
    peopled.clock.advance_to(date(2021, 7, 8))
    folder = peopled.keys.path.parent / "var" / "monitoring" / "snapshot"
    for file in folder.rglob("*.sealed"):
        file.unlink()
    assert refresh(peopled)["households"] == 3
