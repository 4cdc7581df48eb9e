"""A year's distribution of a village's asset income: the uses that are allowed and those that are not (X-07).

A use is {use, amount_fen, text, household?}: `household` only for relief.
Source: 湘振局联〔2021〕5号 二(六); 湘扶办联〔2021〕2号 五; 国办函〔2021〕51号 三(五).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shouwang.errors import BadRequest
from shouwang.money import allocate

USES = {
    "collective_development": "村集体经济发展",
    "public_posts": "开发公益性岗位",
    "public_works": "发展公共事业",
    "welfare": "公共福利支出",
    "relief": "帮困救助",
    "reserve_fund": "公积公益金",
}
FORBIDDEN = {
    "cash_handout": "简单发钱发物、一分了之",
    "share_and_leave": "一股了之",
    "equal_split": "平均分配",
    "management_fee": "村级组织管理费",
    "bonus": "村级组织福利、奖金",
}

Use = Mapping[str, Any]


def check_known(uses: Iterable[Use]) -> None:
    """Raise BadRequest for a use that is in neither list, or an amount that is not above zero."""
    for number, one in enumerate(uses, 1):
        if one["use"] not in USES | FORBIDDEN:
            raise BadRequest(
                f"没有“{one['use']}”这一用途",
                code="distribution.use",
                where=f"第 {number} 项",
                remedy="请使用方案规定的用途。",
            )
        if one["amount_fen"] <= 0:
            raise BadRequest(
                "金额应大于零",
                code="distribution.amount",
                where=f"第 {number} 项",
                remedy="请填大于零的金额，或去掉这一项。",
            )
        if (one["use"] == "relief") != bool(one.get("household")):
            raise BadRequest(
                "帮困救助须写明户，其他用途不写户",
                code="distribution.relief",
                where=f"第 {number} 项",
                remedy="帮困救助写明户编号；其他用途去掉户编号。",
            )


def forbidden(uses: Iterable[Use]) -> list[str]:
    """Return the labels of forbidden uses in the plan."""
    return [FORBIDDEN[one["use"]] for one in uses if one["use"] in FORBIDDEN]


def total(uses: Iterable[Use]) -> int:
    """Return the sum of the plan in fen."""
    return sum(one["amount_fen"] for one in uses)


def relief(uses: Iterable[Use]) -> dict[str, int]:
    """Return fen of relief by household."""
    amounts: dict[str, int] = {}
    for one in uses:
        if one["use"] == "relief":
            amounts[one["household"]] = amounts.get(one["household"], 0) + one["amount_fen"]
    return amounts


def left_out(uses: Iterable[Use], at_risk: Iterable[str]) -> list[str]:
    """Return households at risk whom the plan leaves out although it must see to them first."""
    helped = relief(uses)
    return sorted(household for household in at_risk if household not in helped)


def is_equal_split(uses: Iterable[Use], households: int) -> bool:
    """Whether relief is only a split among everybody: the same amount to every household."""
    amounts = list(relief(uses).values())
    return households > 1 and len(amounts) >= households and len(set(amounts)) == 1


def kept(uses: Iterable[Use]) -> int:
    """Return fen that stay as reserve and welfare fund."""
    return sum(one["amount_fen"] for one in uses if one["use"] == "reserve_fund")


def by_need(total_fen: int, needs: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Share `total_fen` among households by their need (fen short of the line); sums exactly."""
    shares = allocate(total_fen, [need for _, need in needs])
    return dict(zip((household for household, _ in needs), shares, strict=True))
