"""The monitoring line of a year, calculated for those who decide it: a proposal, never the line (M-07).

湘委乡振组发〔2021〕1号 二(一)1: floor 1.5 times the national standard of the anti-poverty period; adjusted
every year by the growth of rural disposable income and by the minimum-living guidance standard. The document
gives no formula: the reading is docs/decisions/0126.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from shouwang.decision import UNKNOWN, YES, Decision, Ground, Input, outcome, rule
from shouwang.money import round_half_up, share
from shouwang.policy import View

MONTHS: Final = 12
INPUTS: Final = (
    *("rural_income_growth", "minimum_living_guidance"),
    *("anti_poverty_standard", "line_floor_ratio", "line_step"),
)


@rule(
    "M-07.adjustment",
    version=1,
    valid_from=date(2021, 1, 1),
    title="监测基准线年度调整测算",
    source="湘委乡振组发〔2021〕1号 二(一)1",
)
def proposed_line(last: Input, policy: View) -> Decision:
    """The highest of: last year's line grown with rural income, the guidance standard of a year, the floor.

    last: the line of the year before in fen a head and year. Rounded up to `line_step`. Unknown while any of
    the figures is: a proposal that leaves one out would be too low.
    """
    found = [policy.find(name) for name in INPUTS]
    grounds = [Ground.of_input("last", last, "上年监测基准线 {value}"), *map(Ground.of_parameter, found)]
    values: list[Any] = [last.value, *(one.value for one in found)]
    if None in values:
        return outcome(UNKNOWN, grounds)
    before, growth, guidance, standard, ratio, step = values
    grown, floor = round_half_up(before * (1 + growth)), share(standard, ratio)
    year = guidance * MONTHS
    line = _rounded_up(max(grown, year, floor), step)
    parts = {"grown": (grown, "按收入增幅调整"), "guidance": (year, "低保指导标准全年")}
    parts |= {"floor": (floor, "国家扶贫标准 1.5 倍底线")}
    grounds += [_part(name, fen, label) for name, (fen, label) in parts.items()]
    words = "测算建议为 {value}，由省里发文确定，未发文前不作依据"
    return outcome(YES, grounds, words, value=line, unit="fen_per_person_year")


def _part(name: str, fen: int, label: str) -> Ground:
    return Ground.of_input(name, Input(fen, label=label, unit="fen_per_person_year"), "{label} {value}")


def _rounded_up(fen: int, step: int) -> int:
    return -(-fen // step) * step
