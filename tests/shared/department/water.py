"""A small plugin that the tests write into a folder, whole or with one thing wrong; files to import."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from shouwang.identity import check_character

MANIFEST = """\
code: water
title: 水利局
owner: 样县水利局
legal_basis: [湘委乡振组发〔2021〕1号 三(二)7]
contract: "1.0"
feeds: [water_tests]
offers:
  screening: [unsafe_water]
  comparison: [supply]
  measures: [A44]
emits: [clues.found, measure.delivered]
"""
TABLES = """\
from shouwang.department import Table, code, date, id_number, money, monthly, place, text, whole, yes_no


class WaterTests(Table):
    title = "水质检测"
    feed = monthly(stale_after_days=45)
    unique = ("sample",)

    sample = text("样品编号")
    person = id_number("身份证号", aliases=["公民身份号码"])
    village = place("村居代码", optional=True)
    tested_on = date("检测日期")
    turbidity = whole("浑浊度", most=100)
    safe = yes_no("是否合格", optional=True)
    kind = code("水源", {"自来水": "tap", "山泉（自引）": "spring"}, optional=True)
    fee = money("检测费", sum_at_most="due")
    due = money("应收", "附加", blank=0)
"""
RULES = """\
from ibis import _
from shouwang.department import State, rule

from .tables import WaterTests


@rule("S-05", risk=State.WATER, version=1, shows={"turbidity": "浑浊度"})
def unsafe_water(water_tests: WaterTests, policy):
    \"\"\"饮水检测不合格，提示核实.\"\"\"
    worst = water_tests.within(months=2).group_by("person").agg(turbidity=_.turbidity.max())
    return worst.filter(_.turbidity > policy.turbidity_line)
"""
COMPARISON = """\
from ibis import _
from shouwang.department import fact


@fact("供水", shows={"tests": ("检测次数", "times")}, absent=0)
def supply(water_tests):
    \"\"\"Tests on record.\"\"\"
    return water_tests.latest().group_by("person").agg(tests=_.count())
"""
MEASURES = """\
from ibis import _
from shouwang.department import State, entitled, measure, not_entitled, view


@view(shows={"turbidity": "浑浊度"})
def tested(water_tests):
    \"\"\"The worst test of a person.\"\"\"
    return water_tests.latest().group_by("person").agg(turbidity=_.turbidity.max())


@measure(code="A44", title="饮水安全保障", risks=[State.WATER], evidence=["验收单"])
def filter_for(person, tested, policy):
    \"\"\"A filter where the water is unsafe.\"\"\"
    if tested.turbidity > policy.turbidity_line:
        return entitled(policy.filter_price)
    return not_entitled("水质合格")
"""
POLICY = """\
turbidity_line:
  title: 浑浊度限值
  unit: points
  origin: county
  note: 文件未载
  values:
    - region: "430426"
      from: 2021-01-01
      review_by: 2022-12-31
      value: 3
      source: 湘委乡振组发〔2021〕1号 三(二)
filter_price:
  title: 净水器补助
  unit: fen_per_household
  origin: county
  note: 文件未载
  values:
    - region: "430426"
      from: 2021-01-01
      review_by: 2022-12-31
      value: 30000
      source: 湘委乡振组发〔2021〕1号
"""
CASES = {
    "unsafe_water": """\
- name: 超过限值，提示
  rule: S-05
  as_of: 2021-06-30
  given: {water_tests: [{period: 2021-06, turbidity: 9}]}
  expect: {clue: {turbidity: 9}}
""",
    "filter_for": """\
- name: 超过限值，补助
  rule: A-07
  as_of: 2021-06-30
  given: {filter_price: 300, turbidity: 9}
  expect: {entitled: 300}
""",
}
FILES = {
    "department.yaml": MANIFEST,
    "tables.py": TABLES,
    "rules.py": RULES,
    "comparison.py": COMPARISON,
    "measures.py": MEASURES,
    "policy/water.yaml": POLICY,
    **{f"cases/{name}.yaml": text for name, text in CASES.items()},
}
HEADINGS = [
    "样品编号",
    "身份证号",
    "姓名",
    "村居代码",
    "检测日期",
    "浑浊度",
    "是否合格",
    "水源",
    "检测费",
    "应收",
    "附加",
]


def write_plugin(folder: Path, *changes: tuple[str, str, str], without: Sequence[str] = ()) -> Path:
    """Write the plugin; each change replaces a text in a file, which must be there."""
    texts = dict(FILES)
    for file, old, new in changes:
        assert old in texts.get(file, "") or not old, f"{old!r} is not in {file}"
        texts[file] = texts[file].replace(old, new) if old else new
    for name, text in texts.items():
        if name not in without:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


def id_number(number: int) -> str:
    """Return a valid ID number of nobody (division 439999 does not exist)."""
    first = (
        f"439999197{number // 336 % 10}{1 + number // 28 % 12:02d}{1 + number % 28:02d}{number % 1000:03d}"
    )
    return first + check_character(first)


def row(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a good row by heading, with changes."""
    good = {
        "样品编号": f"W{number}",
        "身份证号": id_number(number),
        "姓名": "某人",
        "村居代码": "430426106001",
        "检测日期": "2021-06-10",
        "浑浊度": "9",
        "是否合格": "否",
        "水源": "自来水",
        "检测费": "12.50",
        "应收": "1,000.00",
        "附加": "",
    }
    assert not set(changes) - set(good), "no such heading"
    return {**good, **changes}


def write_csv(path: Path, rows: Sequence[dict[str, Any]], encoding: str = "utf-8", title: str = "") -> Path:
    """Write rows as csv, a title line above the headings if wanted."""
    with path.open("w", encoding=encoding, newline="") as file:
        if title:
            file.write(f"{title}\r\n")
        writer = csv.DictWriter(file, list(rows[0]) if rows else HEADINGS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """Write rows of cells as a workbook; dates as date cells."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(at, column, cell)
    return path
