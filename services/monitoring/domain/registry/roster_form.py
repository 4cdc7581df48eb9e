"""The 附件2 workbook as a county hands it in: sheet, headings in order, kind of each cell.

One xlsx a village, one sheet `信息采集表`, headings in row 1, one row a person from row 2 on, the rows of a
household one after another. Columns of level "row" stand on every row; columns of level "household" stand
on the row of the head (本人或户主), and on the other rows are empty or the same. A blank cell is "unknown"
and goes on the worklist, except in "codes" columns, where blank means that nothing is ticked (附件6 一 2(3)).
Permitted labels of "code" and "codes" columns are the code tables named by `table`, in
policy/roster_codes.yaml. Source: 湘委乡振组发〔2021〕1号 附件2、附件6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

SHEET: Final = "信息采集表"
HEADING_ROW: Final = 1
SEPARATOR: Final = "、"
"""Between several ticked choices in one cell."""

YES: Final = "是"
NO: Final = "否"

Kind = Literal[
    "village", "key", "text", "name", "id", "phone", "code", "codes", "yesno", "months", "yuan", "date"
]
"""village: 12-digit division code · key: 1–6 digits · id: 18, or 20 with disability category and grade ·
phone: digits and "-" · code: one label of the table · codes: labels joined by "、" · yesno: 是/否 ·
months: 0–12 in halves ("3.5") · yuan: up to two decimals, never negative · date: ISO "2021-06-03"."""

Level = Literal["row", "household", "person"]


@dataclass(frozen=True)
class Column:
    """One column: printed heading, field in the registry, item of 附件6, kind of cell, level, code table."""

    heading: str
    field: str
    item: str
    kind: Kind
    level: Level
    table: str = ""
    required: bool = False


def _row(heading: str, field: str, kind: Kind) -> Column:
    return Column(heading, field, "", kind, "row", required=True)


def _house(heading: str, field: str, item: str, kind: Kind, table: str = "") -> Column:
    return Column(heading, field, item, kind, "household", table)


def _person(heading: str, field: str, item: str, kind: Kind, table: str = "") -> Column:
    return Column(heading, field, item, kind, "person", table)


COLUMNS: Final[tuple[Column, ...]] = (
    _row("行政村代码", "village", "village"),
    _row("户编号", "number", "key"),
    _house("村民小组", "group", "", "text"),
    _house("联系电话", "phone", "", "phone"),
    _house("是否居住在大中型易地扶贫搬迁集中安置区", "large_resettlement", "A1", "yesno"),
    _house("户类型", "kind", "A4", "code", "household_kind"),
    _person("姓名", "name", "A5", "name"),
    _person("身份证（残疾人证）号码", "id_number", "A7", "id"),
    _person("与户主关系", "relation", "A8", "code", "relation_to_head"),
    _person("民族", "ethnicity", "A9", "code", "ethnicity"),
    _person("政治面貌", "political", "A10", "code", "political_status"),
    _person("文化程度", "education", "A11", "code", "education_level"),
    _person("在校生情况", "student", "A12", "code", "student_status"),
    _person("健康状况", "health", "A13", "code", "health_status"),
    _person("劳动技能", "labour", "A14", "code", "labour_ability"),
    _person("务工区域", "work_area", "A15", "code", "work_area"),
    _person("务工时间（月）", "work_months", "A16", "months"),
    _person("是否参加城乡居民（职工）基本医疗保险", "medical_insurance", "A17", "yesno"),
    _person("是否参加大病保险", "serious_illness_insurance", "A18", "yesno"),
    _person("是否参加城乡居民（职工）基本养老保险", "pension_insurance", "A19", "yesno"),
    _person("是否享受城乡居民最低生活保障", "minimum_living", "A20", "yesno"),
    _person("是否特困供养人员", "destitute", "A21", "yesno"),
    _person("是否易地扶贫搬迁（同步搬迁）人口", "relocated", "A22", "yesno"),
    _house("是否住房出现安全问题", "housing_unsafe", "A23", "yesno"),
    _house("是否义务教育阶段适龄儿童少年失学辍学", "school_dropout", "A24", "yesno"),
    _house("是否饮水出现安全问题", "water_unsafe", "A25", "yesno"),
    _house("风险类型", "risks", "A27", "codes", "risk_type"),
    _house("自然灾害类型", "disasters", "A27a", "codes", "disaster_type"),
    _house("工资性收入（元）", "wages", "A28", "yuan"),
    _house("生产经营性收入（元）", "business", "A29", "yuan"),
    _house("财产性收入（元）", "property", "A30", "yuan"),
    _house("转移性收入（元）", "transfers", "A31", "yuan"),
    _house("生产经营性支出（元）", "business_costs", "A32", "yuan"),
    _house("理赔收入（元）", "claims", "A35", "yuan"),
    _house("合规自付支出（元）", "own_payments", "A36", "yuan"),
    _house("信息采集人", "collector", "A55", "name"),
    _house("采集日期", "collected_on", "", "date"),
)

HEADINGS: Final[tuple[str, ...]] = tuple(column.heading for column in COLUMNS)
BY_HEADING: Final[dict[str, Column]] = {column.heading: column for column in COLUMNS}
BY_FIELD: Final[dict[str, Column]] = {column.field: column for column in COLUMNS}
HOUSEHOLD_COLUMNS: Final = tuple(column for column in COLUMNS if column.level == "household")
PERSON_COLUMNS: Final = tuple(column for column in COLUMNS if column.level == "person")
MONEY_FIELDS: Final = tuple(column.field for column in COLUMNS if column.kind == "yuan")
