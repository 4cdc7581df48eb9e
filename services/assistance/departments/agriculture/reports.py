"""What the agriculture bureau tells of places: signs of regional risk (S-08), county figures (K-01)."""

from __future__ import annotations

from datetime import date
from typing import Any

from ibis import _
from shouwang.department import indicator, signal
from shouwang.periods import Month

from .tables import LeadingFirms, Losses, MarketPrices, Projects, Toilets, VillageAccounts

COUNTY_DIGITS = 6
PERCENT = 100
FEN_PER_TEN_THOUSAND_YUAN = 1_000_000
PROVINCE_OR_ABOVE = ("national", "province")


@signal("price_fall", unit="percent", version=1, shows={"products": ("下跌的品种", "items")})
def price_fall(market_prices: MarketPrices, policy: Any) -> Any:
    """大宗农副产品收购价比上年同期下跌达到标准的地方：最近一次监测的最大跌幅，自连续下跌之日起."""
    line = int(policy.price_fall_line * 100)
    rows = market_prices.within(months=6, partial=True).filter(_.last_year > 0)
    rows = rows.mutate(fall=(_.last_year - _.price) * 100 // _.last_year)
    sound_on = _.surveyed_on.max(where=_.fall < line).over(group_by=["region", "product"])
    falling = rows.mutate(sound_on=sound_on).filter(_.sound_on.isnull() | (_.surveyed_on > _.sound_on))
    series = falling.semi_join(market_prices.latest(), ["region", "product"]).group_by("region", "product")
    now = series.agg(amount=_.fall.argmax(_.surveyed_on), started_on=_.surveyed_on.min())
    return now.group_by("region").agg(
        amount=_.amount.max(), started_on=_.started_on.min(), products=_.count()
    )


@signal("industry_failure", unit="households", version=1, shows={"projects": ("失败的项目", "items")})
def project_failure(projects: Projects, on: date) -> Any:
    """当月失败退出的乡村产业项目所带动的农户；有一个项目没有登记带动户数或退出日期，该村就不详."""
    recent = _.failed_on.isnull() | (_.failed_on >= Month.of(on).first)
    failed = projects.latest().filter(_.state == "failed", recent)
    known = (_.households.count() == _.count()) & (_.failed_on.count() == _.count())
    return failed.group_by("region").agg(
        amount=known.ifelse(_.households.sum(), None), started_on=_.failed_on.min(), projects=_.count()
    )


@signal("disaster", unit="households", version=1, shows={"loss": ("经济损失", "fen")})
def farm_loss(losses: Losses, on: date) -> Any:
    """当月农业受灾受损的农户，按村；与应急管理部门报告的同一地方不相加，取多的一个."""
    hit = losses.latest().filter(_.happened_on >= Month.of(on).first)
    return hit.group_by(region=_.village).agg(
        amount=_.person.nunique(), started_on=_.happened_on.min(), loss=_.loss.sum()
    )


@indicator("leading_agricultural_firms", unit="家")
def leading_firms_counted(leading_firms: LeadingFirms) -> Any:
    """省级以上农业产业化龙头企业，资格有效的."""
    firms = leading_firms.latest().filter(_.level.isin(PROVINCE_OR_ABOVE), _.state == "valid")
    return firms.group_by(region=_.region.substr(0, COUNTY_DIGITS)).agg(value=_.count())


@indicator("village_collective_income", unit="万元")
def collective_income(village_accounts: VillageAccounts) -> Any:
    """村集体经济年收入，全县各村合计."""
    county = village_accounts.latest().group_by(region=_.region.substr(0, COUNTY_DIGITS))
    total = _.income.sum().cast("decimal(18, 6)") / FEN_PER_TEN_THOUSAND_YUAN
    return county.agg(value=total.round(2).cast("decimal(18, 2)"))


@indicator("sanitary_toilets", unit="%")
def sanitary_toilets(toilets: Toilets) -> Any:
    """农村卫生厕所普及率，全县各村合计."""
    county = toilets.latest().group_by(region=_.region.substr(0, COUNTY_DIGITS))
    share = _.sanitary.sum().cast("decimal(18, 6)") * PERCENT / _.households.sum()
    return county.agg(value=share.round(2).cast("decimal(18, 2)"))
