"""附件2 as the villages hand it in: one workbook a village, one row a person.

The headings are copied from the form (湘委乡振组发〔2021〕1号 附件2, 附件6); a test compares them with the
suite's own.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from deploy.synth.calendar import OPENING, Calendar
from deploy.synth.deck import Hand
from deploy.synth.dirt import UNCORRECTED_STORY, Dirt
from deploy.synth.dirty_roster import SPOILERS, Rows
from deploy.synth.geography import Village
from deploy.synth.households import Household
from deploy.synth.names import given, surname
from deploy.synth.people import Person
from deploy.synth.sheets import Cell, XlsxSheet
from deploy.synth.streams import stream
from deploy.synth.truth import Truth

SHEET = "信息采集表"
HEADINGS = (
    "行政村代码",
    "户编号",
    "村民小组",
    "联系电话",
    "是否居住在大中型易地扶贫搬迁集中安置区",
    "户类型",
    "姓名",
    "身份证（残疾人证）号码",
    "与户主关系",
    "民族",
    "政治面貌",
    "文化程度",
    "在校生情况",
    "健康状况",
    "劳动技能",
    "务工区域",
    "务工时间（月）",
    "是否参加城乡居民（职工）基本医疗保险",
    "是否参加大病保险",
    "是否参加城乡居民（职工）基本养老保险",
    "是否享受城乡居民最低生活保障",
    "是否特困供养人员",
    "是否易地扶贫搬迁（同步搬迁）人口",
    "是否住房出现安全问题",
    "是否义务教育阶段适龄儿童少年失学辍学",
    "是否饮水出现安全问题",
    "风险类型",
    "自然灾害类型",
    "工资性收入（元）",
    "生产经营性收入（元）",
    "财产性收入（元）",
    "转移性收入（元）",
    "生产经营性支出（元）",
    "理赔收入（元）",
    "合规自付支出（元）",
    "信息采集人",
    "采集日期",
)
ITEMS = ("wages", "business", "property", "transfers", "business_costs", "claims", "own_payments")
BLANKED = ("文化程度", "健康状况", "联系电话", "财产性收入（元）")
CORRECTED = "corrected"
_YES_NO = {True: "是", False: "否"}
_COLLECTORS = 3
Changed = dict[tuple[str, str], str | bool | float]


class Roster:
    """The workbook of one village, and the one in which it hands in again what it has put right."""

    def __init__(self, folder: Path, village: Village, seed: int, calendar: Calendar, truth: Truth) -> None:
        self._folder, self._village, self._calendar, self._truth = folder, village, calendar, truth
        self.name = f"roster/{village.code}.xlsx"
        self._sheet = XlsxSheet(folder / self.name, HEADINGS, SHEET)
        self._rng = stream(seed, "roster", village.code)
        self._collectors = [_name(self._rng) for _ in range(_COLLECTORS)]
        self._last: tuple[str, Rows] | None = None
        self._put_right: dict[str, Rows] = {}
        self.persons = 0

    def add(self, household: Household, hand: Hand) -> None:
        """Write the rows of a household, dirty where its hand says so."""
        rows = self._rows(household)
        self.persons += len(rows)
        dirt = hand.roster_dirt
        if household.story is not None and household.story.missed == "roster_row_rejected":
            dirt = UNCORRECTED_STORY
        written, places = self._written(household, rows, hand, dirt)
        first = 0
        for place, row in enumerate(written):
            first = self._sheet.row(row) if place == 0 else (self._sheet.row(row) and first)
        for offset, heading in places:
            self._tell(household, hand, dirt, first + offset, heading)
        if hand.story is None and not places:
            self._last = (household.key, rows)

    def close(self) -> str | None:
        """Finish the workbook; return the name of the corrections, None when there are none."""
        self._sheet.close()
        if not self._put_right:
            return None
        name = f"roster/{CORRECTED}/{self._village.code}.xlsx"
        sheet = XlsxSheet(self._folder / name, HEADINGS, SHEET)
        for rows in self._put_right.values():
            for row in rows:
                sheet.row(row)
        sheet.close()
        return name

    def _written(
        self, household: Household, rows: Rows, hand: Hand, dirt: Dirt | None
    ) -> tuple[Rows, list[tuple[int, str]]]:
        if hand.blank:
            heading = self._rng.choice(BLANKED)
            return _with(rows, 0, heading, None), [(0, heading)]
        if dirt is None or (dirt.kind == "duplicate_across_households" and self._last is None):
            return rows, []
        before = self._last[1] if self._last else rows
        spoilt, offset, heading = SPOILERS[dirt.kind](rows, before, self._village.code, HEADINGS)
        if dirt.corrected:
            self._correct(household, rows, dirt)
        return spoilt, [(offset, heading)]

    def _correct(self, household: Household, rows: Rows, dirt: Dirt) -> None:
        if dirt.kind == "duplicate_across_households" and self._last:
            self._put_right.setdefault(*self._last)
        self._put_right[household.key] = rows

    def _tell(self, household: Household, hand: Hand, dirt: Dirt | None, row: int, heading: str) -> None:
        if hand.blank or dirt is None:
            self._truth.blank(self.name, row, heading, household.key)
            return
        held = [household.key]
        if dirt.kind == "duplicate_across_households" and self._last:
            held.append(self._last[0])
        self._truth.dirty(self.name, row, heading, dirt.kind, held, corrected=dirt.corrected)

    def _rows(self, household: Household) -> Rows:
        day = self._calendar.opens_on
        members = [person for person in household.persons if person.here(day)]
        changed: Changed = {}
        for change in household.changes:
            if change.on <= day:
                changed[change.ref, change.name] = change.value
        shared = self._shared(household)
        return [
            _row(household, person, changed, shared if place == 0 else _NOTHING)
            for place, person in enumerate(members)
        ]

    def _shared(self, household: Household) -> list[Cell]:
        """The cells of the head's row that speak of the household: state, risk, money, who took it down."""
        money: list[Cell] = [sum(household.flows[item][:OPENING]) for item in ITEMS]
        taken = self._calendar.day(OPENING - 1, 1 + household.index % 28).isoformat()
        return ["否", "否", "否", None, None, *money, self._collectors[household.index % _COLLECTORS], taken]


_NOTHING: list[Cell] = [None] * 14


def _row(household: Household, person: Person, changed: Changed, shared: list[Cell]) -> list[Cell]:
    def now(name: str) -> Any:
        return changed.get((person.ref, name), getattr(person, name)) if changed else getattr(person, name)

    head = shared is not _NOTHING
    return [
        household.village.code,
        household.number,
        household.group if head else None,
        household.phone if head else None,
        "否" if head else None,
        household.kind if head else None,
        person.name,
        now("card") or person.id_number,
        person.relation,
        person.ethnicity,
        person.political,
        person.education,
        now("student"),
        now("health"),
        now("labour"),
        person.work_area,
        now("work_months"),
        _YES_NO[person.medical_insurance],
        _YES_NO[person.serious_illness_insurance],
        _YES_NO[person.pension_insurance],
        _YES_NO[person.minimum_living],
        _YES_NO[person.destitute],
        _YES_NO[person.relocated],
        *shared,
    ]


def _with(rows: Rows, offset: int, heading: str, cell: Cell) -> Rows:
    changed = [list(row) for row in rows]
    changed[offset][HEADINGS.index(heading)] = cell
    return changed


def _name(rng: Random) -> str:
    return surname(rng) + given(rng, True, 1985)
