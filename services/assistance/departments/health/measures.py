"""What the health bureau can do (A45-04): treat major illness, sign with and follow the chronically ill.

Sources: 湘振局发〔2021〕18号 第二章第二节二 (L1335): four main chronic illnesses, 家庭医生签约服务, 分类救治;
衡委振组发〔2021〕1号 任务44. Services, no money: who pays for treatment is the health insurance bureau.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import Entitlement, Person, Risk, entitled, measure, not_entitled, view

from ._contracts import in_force
from .tables import ChronicPatients, Contracts, MajorIllness


@view(
    shows={"untreated": ("尚未救治的大病登记", "items"), "registered": ("大病登记", "items")},
    absent=0,
)
def major(major_illness: MajorIllness) -> Any:
    """Registrations of major illness, those that nobody treats yet apart; who is not registered has none."""
    of_person = major_illness.latest().group_by("person")
    return of_person.agg(untreated=(_.treatment == "untreated").sum(), registered=_.count())


@view(
    shows={"illnesses": ("四种主要慢性病", "items"), "overdue": ("逾期未随访", "items")},
    absent=0,
)
def chronic(chronic_patients: ChronicPatients, policy: Any, on: date) -> Any:
    """The four chronic illnesses of a person, and how many of them nobody followed in time."""
    since = on - timedelta(days=policy.chronic_follow_up_days)
    overdue = (_.last_visit.isnull() | (_.last_visit < since)).sum()
    return chronic_patients.latest().group_by("person").agg(illnesses=_.count(), overdue=overdue)


@view(shows={"signed": ("有效的家庭医生协议", "items")}, absent=0)
def contract(contracts: Contracts, on: date) -> Any:
    """Contracts in force; who is not in the register has none."""
    return in_force(contracts, on).group_by("person").agg(signed=_.count())


@measure(
    code="A45-04",
    title="大病专项救治、家庭医生签约服务",
    risks=[Risk.ILLNESS],
    evidence=["救治记录或签约服务记录"],
    rule="A-03",
)
def health_service(person: Person, major: Any, chronic: Any, contract: Any) -> Entitlement:
    """大病未救治的安排专项救治；四种主要慢性病患者未签约的签约，随访逾期的补随访."""
    del person
    due = [*_treatment(major), *_doctor(chronic, contract)]
    if due:
        return entitled(reason="、".join(due), receiving=False)
    if major.registered + chronic.illnesses > 0:
        return not_entitled("已在救治或已签约并按时随访，没有待安排的", receiving=True)
    return not_entitled("没有待安排的救治、签约和随访")


def _treatment(major: Any) -> Iterator[str]:
    if major.untreated > 0:
        yield "安排专项救治"


def _doctor(chronic: Any, contract: Any) -> Iterator[str]:
    if chronic.illnesses > 0 and contract.signed == 0:
        yield "家庭医生签约"
    elif chronic.overdue > 0:
        yield "补做随访"
