"""The kinds of regional and large-scale risk, who leads the watch over each, and what is counted (S-08).

Source: 湘委乡振组发〔2021〕1号 四(一); 衡办发〔2021〕7号 四(一); 中农组发〔2021〕7号 二(三).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

HOUSEHOLDS, PERSONS, PERCENT = "households", "persons", "percent"
UNITS: Final[dict[str, str]] = {HOUSEHOLDS: "户", PERSONS: "人", PERCENT: "%"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of risk: its label, who leads (四(一)), what a signal counts, which risk its households have.

    summed: amounts of places add up; else the worst place counts. lasting: counts only what has lasted.
    """

    label: str
    lead: str
    unit: str
    risk: str
    summed: bool = True
    lasting: bool = False


KINDS: Final[dict[str, Kind]] = {
    "disaster": Kind("自然灾害和火灾", "应急部门", HOUSEHOLDS, "disaster"),
    "epidemic": Kind("疫情等突发公共卫生事件", "卫生健康部门", PERSONS, "illness"),
    "price_fall": Kind(
        "大宗农副产品价格持续大幅下跌",
        "农业农村部门",
        PERCENT,
        "industry_failure",
        summed=False,
        lasting=True,
    ),
    "industry_failure": Kind("乡村产业项目失败", "农业农村部门", HOUSEHOLDS, "industry_failure"),
    "unemployment": Kind("农村劳动力失业明显增多", "人社部门", PERSONS, "unstable_employment"),
    "relocation_site": Kind(
        "易地扶贫搬迁集中安置区就业和社区融入", "发改部门", HOUSEHOLDS, "unstable_employment"
    ),
    "sector": Kind("“两不愁三保障”等行业领域风险", "行业主管部门", HOUSEHOLDS, "other"),
    "town_report": Kind("乡镇上报的其他风险", "乡镇人民政府", HOUSEHOLDS, "other"),
}
LEVELS: Final[dict[int, str]] = {12: "village", 9: "town", 6: "county"}
"""The level of a warning, by the digits of the place whose threshold was reached."""
LEVEL_LABELS: Final[dict[str, str]] = {"village": "村级苗头", "town": "乡镇区域性", "county": "县域规模性"}


def level_of(place: str) -> str:
    """Return village, town or county of a division code."""
    return LEVELS[len(place)]


def above(place: str) -> list[str]:
    """Return the place and those above it up to the county, the widest first."""
    return [place[:digits] for digits in sorted(LEVELS) if digits <= len(place)]
