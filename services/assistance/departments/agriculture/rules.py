"""Whose industry failed or was hit, as far as the agriculture bureau can see (S-05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import Risk, rule

from .tables import Insurance, LinkedHouseholds, Losses, Production, Projects

FAILED = ("failed", "stopped")
BEAR_ON_INCOME = ("order", "custody", "cooperation", "protective_price", "work")


@rule("S-05", risk=Risk.INDUSTRY_FAILURE, version=1, shows={"products": ("绝收或停产的产业", "items")})
def own_industry_failed(production: Production) -> Any:
    """农户自己经营的产业绝收或停产，提示核实收入并落实产业帮扶."""
    failed = production.latest().filter(_.state.isin(FAILED))
    return failed.group_by("person").agg(products=_.count(), region=_.village.max())


@rule("S-05", risk=Risk.INDUSTRY_FAILURE, version=1, shows={"projects": ("停产或失败的项目", "items")})
def linked_project_failed(linked_households: LinkedHouseholds, projects: Projects) -> Any:
    """带动农户的产业项目停产或失败退出，提示核实对该户收入的影响（只领分红的除外）."""
    failed = projects.latest().filter(_.state.isin(FAILED))
    linked = linked_households.latest().filter(_.way.isin(BEAR_ON_INCOME)).semi_join(failed, "project")
    return linked.group_by("person").agg(projects=_.count(), region=_.village.max())


@rule("S-05", risk=Risk.DISASTER, version=1, shows={"loss": ("没有参保的灾害损失", "fen")})
def uninsured_loss(losses: Losses, insurance: Insurance, policy: Any, on: date) -> Any:
    """没有参加农业保险的产业，提示期内受灾损失合计超过标准，提示核实（预警标准由县定）."""
    since = on - timedelta(days=policy.uninsured_loss.days)
    lost = losses.latest().filter(_.happened_on >= since).mutate(year=_.happened_on.year())
    uninsured = lost.anti_join(insurance.latest(), ["person", "product", "year"])
    summed = uninsured.group_by("person").agg(loss=_.loss.sum(), region=_.village.max())
    return summed.filter(_.loss > policy.uninsured_loss.line)


@rule(
    "S-05",
    risk=Risk.DISASTER,
    version=1,
    shows={"loss": ("参保而没有赔付的损失", "fen"), "since": "受灾日期"},
)
def insured_not_paid(losses: Losses, insurance: Insurance, policy: Any, on: date) -> Any:
    """参加了农业保险的产业受灾，超过期限没有赔付，提示核实并督促应赔尽赔."""
    since = on - timedelta(days=policy.uninsured_loss.days)
    until = on - timedelta(days=policy.payout_days)
    lost = losses.latest().filter(_.happened_on >= since, _.happened_on < until)
    unpaid = insurance.latest().filter(_.paid_out == 0)
    waiting = lost.mutate(year=_.happened_on.year()).semi_join(unpaid, ["person", "product", "year"])
    return waiting.group_by("person").agg(
        loss=_.loss.sum(), since=_.happened_on.min(), region=_.village.max()
    )
