"""季度收入采集 goes out as xlsx and comes back as collections; nothing overwrites (D-02, D-04)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.cli.worklist_book import write_book
from shouwang.cli.worklist_file import read_book
from shouwang.errors import BadRequest
from shouwang.sealing import KeyPair, open_sealed, seal

from services.monitoring.domain.income.figures import LABELS, REFERENCE
from tests.services.monitoring.care import pencil
from tests.services.monitoring.care.conftest import OTHER
from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.income.books import collect, figures, one
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import CADRE, HOME

PAIR = KeyPair.generate()
PAGE = "季度收入采集"
THIRD = f"{VILLAGE}-0003"
FOURTH = f"{VILLAGE}-0004"
DAY = date(2021, 7, 5)
LATE = "理由（更正或补采）"


@pytest.fixture
def village(village):
    village.import_rows(household(3, 8) + household(4, 11), digest="cd" * 8)
    return village


def tables(county, **more):
    sheet = county.call(CADRE, "make_sheet", village=VILLAGE, key=PAIR.public_text, kinds=["income"], **more)
    return pencil.opened(write_book(open_sealed(PAIR.private, sheet["sealed"])))


def cells(day=DAY, **fen):
    """What a cadre writes: every kind in yuan, zero where nothing is given."""
    given = {f"{LABELS[kind]}（元）": fen.get(kind, 0) for kind in REFERENCE}
    return given | {"采集日期": day}


def read_back(county, book, tmp_path, *decided):
    sheet, rows = read_book(pencil.saved(book, tmp_path / "填好.xlsx"))
    given = {"sheet": sheet, "sealed": seal(county.keys.sealing.public, rows), "key": PAIR.public_text}
    report = county.call(CADRE, "read_sheet", **given, decided=list(decided))
    return report, open_sealed(PAIR.private, report["sealed"])


def due(county):
    return [one["household"] for one in county.call(CADRE, "income_due", **PLACE)["households"]]


PLACE = {"region": VILLAGE, "quarter": "2021Q2"}


@pytest.mark.rule("D-02", "D-04")
def test_the_households_of_a_quarter_go_out_and_what_is_filled_in_is_collected(village, tmp_path):
    collect(village, one("2021Q2", figures={"wages": 500_000}), home=OTHER)
    book = tables(village)
    assert [(line[1], line[5], line[6][:5]) for line in pencil.lines(book, PAGE)] == [
        (HOME, "2021Q2", "全部"),
        (OTHER, "2021Q2", "生产经营性"),
        (THIRD, "2021Q2", "全部"),
        (FOURTH, "2021Q2", "全部"),
    ]
    pencil.fill(book, PAGE, 0, **cells(wages=5200.5, own_payments="1,200.30"))
    pencil.fill(book, PAGE, 1, **(cells() | {"工资性收入（元）": ""}))
    report, conflicts = read_back(village, book, tmp_path)
    assert (report["taken"], report["blank"], report["refused"], conflicts) == (2, 2, 0, [])
    assert due(village) == [THIRD, FOURTH]
    entries = village.call(CADRE, "income", household=HOME, year=2021)["entries"]
    assert {one["kind"]: one["fen"] for one in entries} == figures(wages=520_050, own_payments=120_030)
    assert {one["giver"] for one in entries} == {roles.TITLES[roles.VILLAGE_CADRE]}
    again, _ = read_back(village, book, tmp_path)
    assert (again["taken"], again["unchanged"], again["blank"]) == (0, 2, 2)


@pytest.mark.rule("D-05", "M-02")
def test_a_bad_row_is_told_with_number_and_column_and_the_good_one_goes_in(village, tmp_path):
    book = tables(village)
    pencil.fill(book, PAGE, 0, **(cells() | {"财产性收入（元）": "三百"}))
    pencil.fill(book, PAGE, 1, **(cells() | {"转移性收入（元）": -1}))
    pencil.fill(book, PAGE, 2, **cells(day=date(2021, 6, 30)))
    pencil.fill(book, PAGE, 3, **{"工资性收入（元）": 8000, "采集日期": DAY})
    report, _ = read_back(village, book, tmp_path)
    assert [(one["row"], one["column"], one["code"]) for one in report["rows"]] == [
        (5, "财产性收入（元）", "care.cell_amount"),
        (6, "转移性收入（元）", "care.cell_amount"),
        (7, "采集日期", "income.day"),
    ]
    assert (report["taken"], all(one["remedy"] for one in report["rows"])) == (1, True)
    assert "三百" not in str(report)
    left = {
        one["household"]: one["missing"] for one in village.call(CADRE, "income_due", **PLACE)["households"]
    }
    assert left[FOURTH] == [kind for kind in REFERENCE if kind != "wages"]


@pytest.mark.rule("D-05")
def test_what_was_collected_meanwhile_stands_until_the_cadre_decides(village, tmp_path):
    book = tables(village)
    collect(village, one("2021Q2", figures=figures(wages=100_000)), home=HOME)
    collect(village, one("2021Q2", figures={"wages": 200_000}), home=OTHER)
    pencil.fill(book, PAGE, 0, **cells(wages=3000))
    pencil.fill(book, PAGE, 1, **cells(wages=2000))
    report, (told,) = read_back(village, book, tmp_path)
    assert (report["taken"], report["conflicts"], told["row"]) == (1, 1, 5)
    assert "工资性收入：3,000 元" in told["in_sheet"]
    assert "工资性收入（2021Q2）：1,000 元" in told["in_system"]
    assert known(village, "wages") == [100_000]
    report, _ = read_back(village, book, tmp_path, {"kind": "income", "row": 5})
    assert (report["taken"], report["conflicts"]) == (1, 0)
    assert known(village, "wages") == [100_000, 300_000]
    entries = village.call(CADRE, "income", household=HOME, year=2021)["entries"]
    assert "工作清单" in entries[-1]["reason"]


def known(county, kind):
    entries = county.call(CADRE, "income", household=HOME, year=2021)["entries"]
    return [one["fen"] for one in entries if one["kind"] == kind]


@pytest.mark.rule("D-02")
def test_after_the_days_of_collection_a_reason_is_asked(village, tmp_path):
    village.clock.advance_to(date(2021, 8, 20))
    book = tables(village)
    pencil.fill(book, PAGE, 0, **cells())
    pencil.fill(book, PAGE, 1, **cells(), **{LATE: "外出务工，返乡后补采"})
    report, _ = read_back(village, book, tmp_path)
    assert [(one["row"], one["column"], one["code"]) for one in report["rows"]] == [(5, LATE, "income.late")]
    assert report["taken"] == 1


@pytest.mark.rule("D-02")
def test_an_earlier_quarter_may_be_asked_and_a_running_one_not(village):
    assert {line[5] for line in pencil.lines(tables(village, quarter="2021Q1"), PAGE)} == {"2021Q1"}
    with pytest.raises(BadRequest) as refusal:
        tables(village, quarter="2021Q3")
    assert refusal.value.code == "income.future"
