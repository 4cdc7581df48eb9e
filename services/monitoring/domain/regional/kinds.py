"""The kinds of regional and large-scale risk, who leads the watch over each, and what is counted (S-08).

Source: 湘委乡振组发〔2021〕1号 四(一); 衡办发〔2021〕7号 四(一); 中农组发〔2021〕7号 二(三).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shouwang.vocabulary import SIGNAL_KINDS

HOUSEHOLDS, PERSONS, PERCENT = "households", "persons", "percent"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of risk: who leads (四(一)), by title and code, what is counted, which risk its households have.

    summed: amounts add up, place by place; else the worst that was told of a place counts. lasting: only
    what has lasted counts.
    """

    name: str
    lead: str
    department: str
    unit: str
    risk: str
    summed: bool = True
    lasting: bool = False

    @property
    def label(self) -> str:
        """The Chinese label."""
        return SIGNAL_KINDS[self.name]


_ALL: Final = (
    Kind("disaster", "应急部门", "emergency", HOUSEHOLDS, "disaster"),
    Kind("epidemic", "卫生健康部门", "health", PERSONS, "illness"),
    Kind(
        "price_fall", "农业农村部门", "agriculture", PERCENT, "industry_failure", summed=False, lasting=True
    ),
    Kind("industry_failure", "农业农村部门", "agriculture", HOUSEHOLDS, "industry_failure"),
    Kind("unemployment", "人社部门", "human_resources", PERSONS, "unstable_employment"),
    Kind("relocation_site", "发改部门", "development_reform", HOUSEHOLDS, "unstable_employment"),
    Kind("sector", "行业主管部门", "", HOUSEHOLDS, "other"),
    Kind("town_report", "乡镇人民政府", "", HOUSEHOLDS, "other"),
)
KINDS: Final = {kind.name: kind for kind in _ALL}
LEVELS: Final[dict[int, str]] = {12: "village", 9: "town", 6: "county"}
"""The level of a warning, by the digits of the place whose threshold was reached."""
LEVEL_LABELS: Final[dict[str, str]] = {"village": "村级苗头", "town": "乡镇区域性", "county": "县域规模性"}


def level_of(place: str) -> str:
    """Return village, town or county of a division code."""
    return LEVELS[len(place)]


def above(place: str) -> list[str]:
    """Return the place and those above it up to the county, the widest first."""
    return [place[:digits] for digits in sorted(LEVELS) if digits <= len(place)]
