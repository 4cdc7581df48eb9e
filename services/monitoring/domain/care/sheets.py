"""Sheets for the cadre on site: what stands on each kind, and what a filled row says (K-02, D-02…D-04).

A row is known by its token; what is filled in is text of a cell. Nothing here shows the text of a cell in
a message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from typing import Any, Final, Literal

from shouwang.errors import BadRequest
from shouwang.money import format_yuan, yuan
from shouwang.vocabulary import Risk

from services.monitoring.domain.care.contacts import CHANGES, LOOKED_AT
from services.monitoring.domain.care.evaluation import CONCLUSIONS
from services.monitoring.domain.income.figures import LABELS, REFERENCE

Json = dict[str, Any]
Kind = Literal["date", "choice", "text", "yuan", "known"]

VISIT: Final = "visit"
EVALUATION: Final = "evaluation"
CELLS: Final = "cells"
INCOME: Final = "income"
KINDS: Final[dict[str, str]] = {
    VISIT: "走访",
    EVALUATION: "季度评估",
    CELLS: "登记表补缺",
    INCOME: "季度收入采集",
}
YES, NO, UNKNOWN = "是", "否", "不详"
ANSWERS: Final = {YES: True, NO: False, UNKNOWN: None}
RISKS: Final = {"无": None, **{one.label: one.value for one in Risk}}
CHANGED: Final = {label: code for code, label in CHANGES.items()}
LOOKED: Final = {label: code for code, label in LOOKED_AT.items()} | {"以上全部": "all"}
CONCLUDED: Final = {label: code for code, label in CONCLUSIONS.items()}


@dataclass(frozen=True)
class Column:
    """One column: heading, field, kind of cell, labels to choose from, width in characters."""

    heading: str
    field: str
    kind: Kind
    choices: Mapping[str, Any] = made(default_factory=dict)
    width: int = 12
    required: bool = True

    @property
    def fill(self) -> bool:
        """Whether the cadre fills it in."""
        return self.kind != "known"

    def to_dict(self) -> Json:
        """Return what the writer of the workbook needs."""
        told = {"heading": self.heading, "kind": self.kind, "width": self.width, "fill": self.fill}
        return told | {"required": self.required, "choices": list(self.choices)}


def _known(heading: str, width: int) -> Column:
    return Column(heading, "", "known", {}, width, required=False)


HEAD: Final = (_known("户编号", 20), _known("户主", 9), _known("村民小组", 10), _known("联系电话", 14))
COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    VISIT: (
        *HEAD,
        _known("监测类别", 14),
        _known("风险", 14),
        _known("上次走访", 12),
        _known("应走访日", 12),
        Column("走访日期", "on", "date", {}, 12),
        Column("了解内容", "looked", "choice", LOOKED, 18),
        Column("家庭变化", "change", "choice", CHANGED, 12),
        Column("新发现风险", "risks", "choice", RISKS, 12, required=False),
        Column("备注", "note", "text", {}, 26, required=False),
    ),
    EVALUATION: (
        *HEAD,
        _known("季度", 9),
        _known("风险", 14),
        Column("原风险仍在", "risk_stands", "choice", ANSWERS, 11),
        Column("三保障饮水有保障", "secured", "choice", ANSWERS, 11),
        Column("收入稳定", "income_stable", "choice", ANSWERS, 9),
        Column("措施有效", "measures_work", "choice", ANSWERS, 9),
        Column("新发现风险", "new_risks", "choice", RISKS, 12),
        Column("结论", "conclusion", "choice", CONCLUDED, 26),
        Column("理由", "reason", "text", {}, 26, required=False),
    ),
    CELLS: (
        *HEAD[:3],
        _known("成员", 9),
        _known("项目", 24),
        Column("填写内容", "text", "choice", {}, 26),
    ),
    INCOME: (
        *HEAD,
        _known("季度", 9),
        _known("尚缺", 22),
        *(Column(f"{LABELS[one]}（元）", one, "yuan", {}, 12, required=False) for one in REFERENCE),
        Column("采集日期", "on", "date", {}, 12),
        Column("理由（更正或补采）", "reason", "text", {}, 22, required=False),
    ),
}
HOW: Final[tuple[str, ...]] = (
    "一户一行（补缺表一项一行）。只填黄色格，其余格已锁定，请勿增删行列。",
    "有下拉箭头的请从下拉中选；日期写成 2021-09-10。整行不填表示尚未办理，下次再带。",
    "填好后由村或乡镇用 shouwang worklist import 读回，逐行报告结果。",
    "收入采集只填本季数，单位为元，没有的填 0，问不到的留空；转移性收入、理赔收入含部门发放的。",
    "导出后系统里又有变动的行，读回时列出两边的值，由您决定，不会覆盖。",
    "本表含个人信息：不得转发，用毕删除；过期作废，请重新导出。",
)
NOTE_MOST: Final = 500


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell, and what to do."""

    column: str
    code: str
    message: str
    remedy: str


def is_blank(kind: str, cells: Mapping[str, str]) -> bool:
    """Whether nothing of the row was filled in: it is still to be done."""
    return not any(cells.get(one.heading, "").strip() for one in COLUMNS[kind] if one.fill)


def read_row(kind: str, cells: Mapping[str, str], today: date) -> tuple[Json, list[Problem]]:
    """Return the values of the filled cells by field, and every problem."""
    values: Json = {}
    problems: list[Problem] = []
    for column in COLUMNS[kind]:
        if column.fill:
            value, problem = _read(column, cells.get(column.heading, "").strip(), today)
            values[column.field] = value
            problems += [problem] if problem else []
    return values, problems


def _read(column: Column, text: str, today: date) -> tuple[Any, Problem | None]:
    if not text:
        wanting = Problem(column.heading, "care.cell_empty", "没有填写。", "请补填，或整行留空下次再填。")
        return None, wanting if column.required else None
    if column.kind == "date":
        return _day(column, text, today)
    if column.kind == "yuan":
        return _amount(column, text)
    if column.choices and text not in column.choices:
        message = f"只能填：{'、'.join(column.choices)}。"
        return None, Problem(column.heading, "care.cell_choice", message, "请从下拉中选。")
    if len(text) > NOTE_MOST:
        return None, Problem(column.heading, "care.cell_long", f"超过 {NOTE_MOST} 字。", "请精简。")
    return column.choices.get(text, text), None


def _day(column: Column, text: str, today: date) -> tuple[str | None, Problem | None]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, Problem(column.heading, "care.cell_date", "不是日期。", "请写成 2021-09-10。")
    if day > today:
        return None, Problem(column.heading, "care.cell_future", f"晚于今天 {today}。", "请核对日期。")
    return day.isoformat(), None


def _amount(column: Column, text: str) -> tuple[int | None, Problem | None]:
    """Read an amount in yuan; below zero nothing was earned or paid (a loss is costs above income, M-05)."""
    try:
        fen = yuan(text)
    except BadRequest as error:
        return None, Problem(column.heading, "care.cell_amount", error.message, "请只填数字，没有的填 0。")
    if fen < 0:
        return None, Problem(column.heading, "care.cell_amount", "金额为负数。", "收入与支出请分别填写。")
    return fen, None


def amounts(values: Json) -> dict[str, int]:
    """Return the figures that a row gives in fen; what was left out stays unknown (M-02)."""
    return {kind: values[kind] for kind in REFERENCE if values[kind] is not None}


def income_conflicts(given: Json, seen: Json, known: Json) -> bool:
    """Whether somebody collected one of these figures since the sheet was made, and another amount (D-05)."""
    return any(
        known[kind] != seen[kind] and known[kind] != {given["period"]: fen}
        for kind, fen in given["fen"].items()
    )


def shown(kind: str, values: Json) -> str:
    """Return what a row says as one line, for the cadre who decides a conflict."""
    told = []
    for column in COLUMNS[kind]:
        if column.fill and values.get(column.field) not in (None, ""):
            told.append(f"{column.heading.removesuffix('（元）')}：{_word(column, values[column.field])}")
    return "；".join(told)


def _word(column: Column, value: Any) -> str:
    if column.kind == "yuan":
        return format_yuan(value)
    labels = {code: label for label, code in column.choices.items()}
    return str(labels.get(value, value))
