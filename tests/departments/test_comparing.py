"""Departments of which monitoring knows nothing answer for a case, each from its register (I-05, M-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from shouwang.access import roles
from shouwang.department import service_class
from shouwang.sealing import seal
from shouwang.service import Service
from shouwang.testing import actor
from shouwang.testing.suite import EmbeddedSuite

from services.assistance.departments import public_security, vehicles
from services.assistance.service import Assistance
from services.monitoring.service import Monitoring
from services.notify.service import Notify
from tests.departments.office import VILLAGE
from tests.services.monitoring import sheet
from tests.shared.department.water import write_csv

COUNTY, CADRE = actor(roles.COUNTY_OFFICER), actor(roles.VILLAGE_CADRE, region=VILLAGE)
HOME = f"{VILLAGE}-0001"
FIRST_ROW = 2
SERIALS = (10, 11, 12)
VILLAGE_HEADING = sheet.BY_FIELD["village"].heading


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSuite]:
    services: list[type[Service]] = [Monitoring, Assistance, Notify]
    services += [service_class(public_security), service_class(vehicles)]
    with EmbeddedSuite(tmp_path_factory.mktemp("compared"), services, day=date(2021, 7, 5)) as running:
        register(running)
        yield running


def register(suite: EmbeddedSuite) -> None:
    key = suite.call(CADRE, "monitoring", "public_key")["key"]
    rows = sheet.household(1, FIRST_ROW)
    for row in rows:
        row["cells"][VILLAGE_HEADING] = VILLAGE
    given = {"village": VILLAGE, "file": "名册.xlsx", "digest": "ab" * 8, "batch": 1, "batches": 1}
    told = suite.call(
        CADRE, "monitoring", "import_roster", as_of="2021-07-05", sealed=seal(key, rows), **given
    )
    assert (told["households"], told["held_households"]) == (1, 0)


def bring_in(suite: EmbeddedSuite, code: str, table: str, *rows: dict[str, Any]) -> None:
    inbox = suite.settings.var_dir / "departments" / code / "inbox"
    write_csv(inbox / f"{table}.csv", list(rows), "gbk", title="祁东县导出")
    given = {"table": table, "period": "2021-06", "file": f"{table}.csv"}
    told = suite.call(actor(roles.DEPARTMENT_OFFICER, org=code), code, "import_table", **given)
    assert told["rejected"] == []


@pytest.mark.rule("I-05", "I-07", "M-01")
def test_each_answers_from_its_own_register_and_the_dead_are_brought_to_people(suite: EmbeddedSuite) -> None:
    head, second, third = (sheet.id_number(serial) for serial in SERIALS)
    here = {"户号": "H7", "村居代码": VILLAGE, "户籍类别": "农村", "登记日期": "2001-05-01"}
    kept = [{"公民身份号码": number} | here for number in (head, third)]
    died = {"公民身份号码": second, "村居代码": VILLAGE, "变动类别": "死亡", "变动日期": "2021-06-20"}
    bring_in(suite, "public_security", "household_register", *kept)
    bring_in(suite, "public_security", "register_changes", died | {"出生日期": "1970-01-01"})
    paper = {"reference": "附件1/0001", "on": "2021-07-05", "signed_by": f"{HOME}-01"}
    opened = {"household": HOME, "risks": ["illness"], "paper": paper}
    case = suite.call(CADRE, "monitoring", "apply", **opened)["case"]
    answer = suite.call(COUNTY, "monitoring", "request_comparison", case=case)

    assert answer["complete"]
    told = {one["department"]: {fact["fact"]: fact for fact in one["facts"]} for one in answer["departments"]}
    assert set(told) == {"public_security", "vehicles"}
    assert told["vehicles"]["motor_vehicles"]["verdict"] == "unknown"  # no file came
    standing = told["public_security"]["household_register"]["persons"]
    assert {ref[-2:]: one["status"] for ref, one in standing.items()} == {
        "01": "registered",
        "02": "death",
        "03": "registered",
    }
    found = suite.call(CADRE, "monitoring", "register_differences", household=HOME)
    assert [(one["ref"], one["kind"]) for one in found["differences"]] == [(f"{HOME}-02", "death")]
    assert (found["by"], found["case"]) == ("公安局（户政）", case)
    assert suite.call(CADRE, "monitoring", "household", household=HOME)["size"] == 3


@pytest.mark.rule("S-05", "S-03")
def test_the_death_of_somebody_of_working_age_is_also_a_clue(suite: EmbeddedSuite) -> None:
    officer = actor(roles.DEPARTMENT_OFFICER, org="public_security")
    told = suite.call(officer, "public_security", "screen", period="2021-06")
    suite.settle()
    assert [(one["rule"], one["found"]) for one in told["rules"]] == [("S-05.labour_died", 1)]
    (clue,) = suite.call(COUNTY, "monitoring", "clues", region=VILLAGE, status=None)
    assert (clue["household"], clue["risks"]) == (HOME, ["no_labour"])
