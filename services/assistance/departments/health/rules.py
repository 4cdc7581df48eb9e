"""Who is at risk, as far as the health bureau can see. Which illness it is never leaves the bureau."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import Risk, rule

from ._contracts import in_force
from .tables import ChronicPatients, Contracts, MajorIllness

SHOWN = {"diagnosed_on": "最近确诊日期", "untreated": ("其中尚未救治", "items")}


@rule("S-05", risk=Risk.ILLNESS, version=1, shows=SHOWN)
def newly_diagnosed(major_illness: MajorIllness, policy: Any, on: date) -> Any:
    """近期新登记的大病患者，提示入户核实家庭支出和救治情况."""
    return _by_person(major_illness.latest().filter(_.diagnosed_on > _recently(policy, on)))


@rule("S-05", risk=Risk.ILLNESS, version=1, shows=SHOWN)
def untreated_major_illness(major_illness: MajorIllness, policy: Any, on: date) -> Any:
    """登记已久而仍未救治的大病患者，提示核实是否因费用放弃救治."""
    left = major_illness.latest().filter(_.treatment == "untreated", _.diagnosed_on <= _recently(policy, on))
    return _by_person(left)


@rule("S-05", risk=Risk.ILLNESS, version=1, shows={"illnesses": ("四种主要慢性病", "items")})
def chronic_without_contract(chronic_patients: ChronicPatients, contracts: Contracts, on: date) -> Any:
    """四种主要慢性病患者没有有效的家庭医生签约，提示核实健康管理和用药负担."""
    people = chronic_patients.latest().group_by("person")
    patients = people.agg(region=_.village.max(), illnesses=_.count())
    return patients.anti_join(in_force(contracts, on), "person")


def _recently(policy: Any, on: date) -> date:
    return on - timedelta(days=policy.newly_diagnosed_days)


def _by_person(registered: Any) -> Any:
    untreated = (_.treatment == "untreated").sum()
    people = registered.group_by("person")
    return people.agg(region=_.village.max(), diagnosed_on=_.diagnosed_on.max(), untreated=untreated)
