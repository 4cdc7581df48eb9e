"""The list of households monitored under the rules before: each is identified anew with a fresh 附件1 (I-06).

Source: 湘委乡振组发〔2021〕1号 二(二)2 (系统中原有脱贫不稳定户、边缘易致贫户要重新核定).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from shouwang.vocabulary import Category, Risk, State

from services.monitoring.domain.proceedings import cells

Json = dict[str, Any]
NEEDED: Final = ("户编号", "原监测对象类型", "风险类型", "附件1编号", "附件1签字日期", "签字成员编号")
OPTIONAL: Final = ("原纳入日期",)
"""Headings of the list; others are not read. No name and no ID number stands under them."""
OLD: Final = (Category.UNSTABLE_EX_POOR, Category.MARGINAL)
"""The categories of before: 突发严重困难户 are new with this document."""
_CATEGORIES: Final = {one.label: one.value for one in OLD}
_DERIVED: Final = ("income", "insurance")
_NAMED: Final = {one.label: one.value for one in (*Risk, *State) if one.value not in _DERIVED}
_BETWEEN: Final = re.compile(r"[、,，;；\s]+")


def read(row: Mapping[str, Any], village: str) -> Json:
    """Return what `verify_anew` takes of a row; BadRequest `list.cell` (details.column).

    户编号: in full, or its number in the village. 签字成员编号: in full, or 01, 02, …
    """
    text = cells.texts(row, (*NEEDED, *OPTIONAL))
    home = _number("户编号", text, village, 4)
    was = cells.one_of(_CATEGORIES, "原监测对象类型", text)
    since = cells.day("原纳入日期", text) if text["原纳入日期"] else None
    paper = {
        "reference": cells.given("附件1编号", text),
        "on": cells.day("附件1签字日期", text),
        "signed_by": _number("签字成员编号", text, home, 2),
    }
    return {"household": home, "was": was, "since": since, "risks": _risks(text), "paper": paper}


def _number(name: str, text: Mapping[str, str], within: str, digits: int) -> str:
    """Return a number in full: what is written so, or the digits that follow the village or household."""
    written = cells.given(name, text)
    found = written if written.startswith(f"{within}-") else f"{within}-{written.zfill(digits)}"
    if not re.fullmatch(rf"\d{{{digits},6}}", found.removeprefix(f"{within}-")):
        raise cells.bad(name, f"应为 {within} 的编号，全写或只写横线后的数字")
    return found


def _risks(text: Mapping[str, str]) -> list[str]:
    words = [one for one in _BETWEEN.split(cells.given("风险类型", text)) if one]
    return sorted({cells.one_of(_NAMED, "风险类型", {"风险类型": one}) for one in words})
