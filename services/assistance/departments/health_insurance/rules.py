"""Who is at risk, as far as the health insurance bureau can see."""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import Risk, State, rule

from .tables import Insured, Settlements


@rule("S-05", risk=Risk.ILLNESS, version=1, shows={"own_share": ("三重保障后政策范围内自付", "fen")})
def heavy_own_share(settlements: Settlements, policy: Any) -> Any:
    """三重保障后自付较大，提示入户核实（预警标准由县定）."""
    # What is there is a lower bound of what was paid: a month that did not come cannot make a hit wrong.
    year = settlements.within(months=12, partial=True).group_by("person")
    own = year.agg(own_share=_.in_scope.sum() - _.paid.sum())
    return own.filter(_.own_share > policy.illness_warning_share * policy.disposable_income)


@rule("S-05", risk=State.INSURANCE, version=1, shows={"status": "参保状态"})
def uninsured(insured: Insured) -> Any:
    """本县人员未参加城乡居民（职工）基本医疗保险，提示动员参保并核实原因."""
    people = insured.latest().filter(_.status != "insured")
    labelled = _.status.cases(("suspended", "暂停参保"), ("uninsured", "未参保"))
    return people.select("person", region=_.village, status=labelled)
