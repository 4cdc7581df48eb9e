"""What the villages propose to build, what comes of it, and how the income is to be used.

One line per project: the eleven contents, who was asked, when each thing happens (null when it falls after
the end), and what should become of it. Amounts are whole fen, `parts` are shares of a hundred.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from deploy.synth.calendar import OPENING, Calendar
from deploy.synth.geography import Village
from deploy.synth.streams import stream

YUAN = 100
PROPOSED, ACCEPTED, CONTRACT, SETTLED, DISTRIBUTED = 1, 5, 6, 9, 10
"""Months after the opening."""
YEARS_OF_CONTRACT = 5
EVERY_THIRD = 3


@dataclass(frozen=True)
class Model:
    """A kind of project; `rent` is the yearly rent per thousand of the funds, 0 for public works."""

    name: str
    category: str
    kind: str
    asset_class: str
    tasks: str
    yuan: tuple[int, int]
    rent: int = 0
    mode: str = "lease"


OPERATING = (
    Model(
        "油茶低产林改造基地",
        "industry",
        "油茶林",
        "operating",
        "改造油茶林二百亩，修作业道三公里",
        (38, 56),
        60,
        "trust",
    ),
    Model("黄花菜加工厂房", "industry", "厂房", "operating", "建厂房八百平方米，购烘干线一条", (60, 90), 70),
    Model(
        "屋顶光伏电站",
        "industry",
        "光伏电站",
        "operating",
        "建一百千瓦光伏电站并网",
        (45, 52),
        90,
        "cooperation",
    ),
    Model("冷链仓储库", "industry", "冷库", "operating", "建冷库三百立方米及配套用房", (50, 80), 65),
    Model("帮扶车间", "employment", "厂房", "operating", "建车间六百平方米，优先招用监测户", (40, 60), 60),
)
PUBLIC = (
    Model("人畜饮水巩固提升工程", "guarantees", "供水设施", "public", "打井一口，铺管网四公里", (25, 40)),
    Model("村组道路硬化", "village_building", "道路", "public", "硬化村组道路二公里", (30, 60)),
)
IMAGE = Model("村口景观牌坊", "other", "牌坊", "public", "建牌坊一座，铺大理石广场", (80, 120))
PARTS = {"relief": 40, "public_posts": 30, "public_works": 15, "reserve_fund": 15}
TEXTS = {
    "relief": "帮助监测对象，按缺口分",
    "public_posts": "保洁、护林等公益性岗位",
    "public_works": "路灯和水渠维修",
    "reserve_fund": "公积公益金",
}


def projects(seed: int, village: Village, households: int, calendar: Calendar) -> list[dict[str, Any]]:
    """Return the projects of a village; which one it has depends on its place in the town."""
    rng = stream(seed, village.code, "projects")
    place, found = village.place_in_town, []
    if place % EVERY_THIRD == 0:
        model = OPERATING[place // EVERY_THIRD % len(OPERATING)]
        found.append(_project(village, model, "entered", households, calendar, rng))
    elif place % EVERY_THIRD == 1 and place % 2:
        model = PUBLIC[place // (2 * EVERY_THIRD) % len(PUBLIC)]
        found.append(_project(village, model, "entered", households, calendar, rng))
    if place == 0:
        found.append(_project(village, IMAGE, "refused", households, calendar, rng))
    if place == 1:
        incomplete = _project(village, OPERATING[1], "not_accepted", households, calendar, rng)
        incomplete["contents"]["linkage"] = ""
        found.append(incomplete)
    return [{"id": f"P-{village.code}-{number}", **one} for number, one in enumerate(found, 1)]


def _project(
    village: Village, model: Model, expected: str, households: int, calendar: Calendar, rng: Random
) -> dict[str, Any]:
    total = rng.randint(*model.yuan) * 10_000 * YUAN
    entered = expected == "entered"
    why = {"refused": "形象工程，不得入库", "not_accepted": "缺群众参与和利益联结机制，内容不全"}.get(
        expected
    )
    return {
        "village": village.code,
        "town": village.town,
        "expected": expected,
        "why": why,
        "contents": _contents(village, model, total, calendar),
        "consultation": _consultation(households, rng, entered),
        "proposed_on": _on(calendar, PROPOSED, 15 + village.place_in_town % 10),
        "acceptance": _acceptance(village, model, total, calendar) if entered else None,
        "contract": _contract(village, model, total, calendar) if entered and model.rent else None,
        "income": _income(model, total, calendar) if entered and model.rent else None,
        "distribution": _distribution(village, calendar) if entered and model.rent else None,
    }


def _contents(village: Village, model: Model, total: int, calendar: Calendar) -> dict[str, Any]:
    own = total // 10
    year = calendar.opens_on.year
    return {
        "name": f"{village.name}{model.name}",
        "category": model.category,
        "nature": "新建",
        "place": f"{village.town_name}{village.name}",
        "schedule": f"{year}年8月开工，{year}年11月完工",
        "responsible_unit": f"{village.town_name}人民政府",
        "tasks": model.tasks,
        "funds": {
            "total_fen": total,
            "sources": [
                {"name": "财政衔接推进乡村振兴补助资金", "amount_fen": total - own},
                {"name": "村集体自筹", "amount_fen": own},
            ],
        },
        "beneficiaries": "全村农户，脱贫户和监测对象优先",
        "targets": "当年建成并投入使用，群众满意度九成以上",
        "linkage": "土地流转、就近务工和收益分配带动脱贫户、监测对象增收",
    }


def _consultation(households: int, rng: Random, entered: bool) -> dict[str, int]:
    ex_poor, monitored = max(households // 12, 1), max(households // 60, 1)
    against = rng.randint(0, 2) if entered else ex_poor // 2
    return {
        "ex_poor": ex_poor,
        "monitored": monitored,
        "in_favour": ex_poor + monitored - against,
        "against": against,
    }


def _acceptance(village: Village, model: Model, total: int, calendar: Calendar) -> dict[str, Any] | None:
    on = _on(calendar, ACCEPTED, 18 + village.place_in_town % 8)
    if on is None:
        return None
    asset = {
        "name": f"{village.name}{model.name}",
        "asset_class": model.asset_class,
        "kind": model.kind,
        "owner": f"{village.name}集体经济组织",
    }
    return {
        "on": on,
        "value_fen": total,
        "reference": f"验收〔{on[:4]}〕{village.code[6:]}号",
        "asset": asset,
    }


def _contract(village: Village, model: Model, total: int, calendar: Calendar) -> dict[str, Any] | None:
    starts = _on(calendar, CONTRACT, 5)
    if starts is None:
        return None
    first = date.fromisoformat(starts)
    return {
        "on": starts,
        "operator": f"{village.town_name}{model.kind}专业合作社",
        "mode": model.mode,
        "starts_on": starts,
        "ends_on": first.replace(year=first.year + YEARS_OF_CONTRACT).isoformat(),
        "rent_fen": _rent(model, total),
    }


def _income(model: Model, total: int, calendar: Calendar) -> dict[str, Any] | None:
    on = _on(calendar, SETTLED, 25)
    return None if on is None else {"on": on, "year": int(on[:4]), "received_fen": _rent(model, total)}


def _rent(model: Model, total: int) -> int:
    return total * model.rent // 1000


def _distribution(village: Village, calendar: Calendar) -> dict[str, Any] | None:
    """How the income is used; one village first tries to split it evenly, which must be refused."""
    on = _on(calendar, DISTRIBUTED, 6)
    if on is None:
        return None
    uses = [{"use": use, "parts": parts, "text": TEXTS[use]} for use, parts in PARTS.items()]
    first = [{"use": "equal_split", "parts": 100, "text": "按户平均分"}]
    tried = first if village.place_in_town == 0 else None
    return {"on": on, "year": int(on[:4]), "first_try": tried, "uses": uses}


def _on(calendar: Calendar, month: int, day: int) -> str | None:
    index = OPENING + month
    return calendar.day(index, day).isoformat() if index < calendar.end else None
