"""The 附件2 workbook as a county hands it in: sheet, headings in order, kind of each cell.

One xlsx a village, one sheet `信息采集表`, headings in row 1, one row a person from row 2 on, the rows of a
household one after another. Columns of level "row" stand on every row; columns of level "household" stand
on the row of the head (本人或户主), and on the other rows are empty or the same. A blank cell is "unknown"
and goes on the worklist, except in "codes" columns, where blank means that nothing is ticked (附件6 一
2(3)). Permitted labels of "code" and "codes" columns are the code tables named by `table`, in
policy/roster_codes.yaml. The fields stand in form.py; here they become columns. Source:
湘委乡振组发〔2021〕1号 附件2、附件6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from services.monitoring.domain.registry.form import BY_NAME, FIELDS, Field, Kind

SHEET: Final = "信息采集表"
HEADING_ROW: Final = 1
SEPARATOR: Final = "、"
"""Between several ticked choices in one cell."""

YES: Final = "是"
NO: Final = "否"

Level = Literal["row", "household", "person"]


@dataclass(frozen=True)
class Column:
    """One column: heading in the workbook, field in the registry, item, kind of cell, level, code table.

    required: without it nobody knows whose row it is. optional: workbooks made before it was added lack it;
    then its value is unknown, or what the registry has.
    """

    heading: str
    field: str
    item: str
    kind: Kind
    level: Level
    table: str = ""
    required: bool = False
    optional: bool = False


ADDED: Final = ("address", "resettlement_site", "sex", "other_risk", "collector_phone")
"""Columns that workbooks before November 2026 do not have; they stand behind the others."""
_FIRST: Final = ("group", "phone")


def _column(field: Field) -> Column:
    level: Level = "person" if field.level == "person" else "household"
    optional = field.field in ADDED
    return Column(field.column, field.field, field.item, field.kind, level, field.table, optional=optional)


def _columns() -> tuple[Column, ...]:
    printed = [field.field for field in FIELDS if field.column]
    order = [*_FIRST, *(name for name in printed if name not in ADDED), "collected_on", *ADDED]
    return (
        Column("行政村代码", "village", "", "village", "row", required=True),
        Column("户编号", "number", "", "key", "row", required=True),
        *(_column(BY_NAME[name]) for name in order),
    )


COLUMNS: Final = _columns()
HEADINGS: Final[tuple[str, ...]] = tuple(column.heading for column in COLUMNS)
BY_HEADING: Final[dict[str, Column]] = {column.heading: column for column in COLUMNS}
BY_FIELD: Final[dict[str, Column]] = {column.field: column for column in COLUMNS}
HOUSEHOLD_COLUMNS: Final = tuple(column for column in COLUMNS if column.level == "household")
PERSON_COLUMNS: Final = tuple(column for column in COLUMNS if column.level == "person")
MONEY_FIELDS: Final = tuple(column.field for column in COLUMNS if column.kind == "yuan")
