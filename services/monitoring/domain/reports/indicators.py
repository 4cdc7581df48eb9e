"""The sixteen indicators of 专栏1-2, each with where its figure comes from (K-01, K-05).

Labels and targets are policy (policy/reports.yaml): after 2025 a target is unknown. Four concern households
and are computed
from the registry as far as it reaches; the others are reported by their department with `figures.reported`.
Source: 湘振局发〔2021〕18号 专栏1-2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from services.monitoring.domain.reports.figures import Json, figure, percent


@dataclass(frozen=True)
class Indicator:
    """number and name; unit of its figures; computed: which count of the registry answers it, "" for none."""

    number: int
    name: str
    unit: str
    computed: str = ""


INDICATORS: Final = (
    Indicator(1, "relapsed_persons", "人"),
    Indicator(2, "compulsory_education_rate", "%", "school_dropout"),
    Indicator(3, "medical_insurance_rate", "%", "uninsured"),
    Indicator(4, "safe_housing_rate", "%", "housing_unsafe"),
    Indicator(5, "safe_water_rate", "%", "water_unsafe"),
    Indicator(6, "minimum_living_standard_rise", "%"),
    Indicator(7, "rural_income_growth", "%"),
    Indicator(8, "regional_gdp_growth", "%"),
    Indicator(9, "leading_agricultural_firms", "家"),
    Indicator(10, "doctors_per_thousand", "人"),
    Indicator(11, "towns_on_class_three_roads", "%"),
    Indicator(12, "villages_with_parcel_service", "%"),
    Indicator(13, "sanitary_toilets", "%"),
    Indicator(14, "town_sewage_coverage", "%"),
    Indicator(15, "rural_sewage_treatment", "%"),
    Indicator(16, "village_collective_income", "万元"),
)
BY_NAME: Final = {one.name: one for one in INDICATORS}
NOT_AVAILABLE: Final = "本系统没有此数，也没有部门报送"


def indicator_figure(one: Indicator, label: str, counts: Mapping[str, Any]) -> Json:
    """Return the figure of an indicator: reported by a department, else computed here, else not available.

    A reported figure comes first: it is the responsible department's own, for the whole region.
    """
    given = counts["reported"].get(one.name)
    if given:
        how = f"{given['department']} {given['on']} 报送" + (f"：{given['note']}" if given["note"] else "")
        return figure(one.name, label, given["value"], one.unit, how, given["department"])
    if one.computed:
        return _share(one, label, counts["secured"][one.computed])
    return figure(one.name, label, None, one.unit, NOT_AVAILABLE, "不详")


def _share(one: Indicator, label: str, found: Mapping[str, Any]) -> Json:
    """Return the share of households without the problem; unknown while somebody's answer is missing."""
    known, unknown = found["secured"] + found["unsafe"], found["unknown"]
    parts = f"有保障 {found['secured']}，无保障 {found['unsafe']}，不详 {unknown}"
    how = f"登记簿中脱贫户和监测对象 {known + unknown} 户：{parts}"
    value = percent(found["secured"], known) if known and not unknown else None
    return figure(
        one.name, label, value, one.unit, how if known + unknown else "登记簿中没有脱贫户和监测对象"
    )
