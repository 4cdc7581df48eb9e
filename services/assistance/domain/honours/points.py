"""Points of a household in a year: given and withdrawn by the village's rules, spent on rewards (A-12).

An account is {household, year, entries: [{id, action, points, on, by, reason, evidence, withdrawn}], rewards:
[{id, reward, points, on}]}. Nothing here reads or changes what a household is due by law.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shouwang.errors import BadRequest, Conflict, Refused

Account = dict[str, Any]


def opened(household: str, year: int) -> Account:
    """Return the empty account of a household."""
    return {"household": household, "year": year, "entries": [], "rewards": []}


def item_of(rules: Mapping[str, Any], kind: str, code: str) -> dict[str, Any]:
    """Return an item of a rule set ("actions" or "rewards") by its code; BadRequest when there is none."""
    for one in rules[kind]:
        if one["code"] == code:
            return dict(one)
    raise BadRequest(f"村规细则没有“{code}”这一项", code="honours.no_such_code", remedy="请核对细则。")


def give(
    account: Account, rules: Mapping[str, Any], code: str, id: str, by: str, reason: str, on: date
) -> Account:
    """Add the points of an action; no more often in a year than the rules allow (Refused)."""
    action = item_of(rules, "actions", code)
    done = sum(one["action"] == code and not one["withdrawn"] for one in account["entries"])
    if action["a_year"] is not None and done >= action["a_year"]:
        times = f"“{action['title']}”一年至多记 {action['a_year']} 次"
        raise Refused(times, code="honours.too_often", remedy="请核对已记的积分。")
    entry = {"id": id, "action": code, "points": action["points"], "on": on.isoformat(), "by": by}
    return {**account, "entries": [*account["entries"], entry | {"reason": reason, "withdrawn": None}]}


def withdraw(account: Account, id: str, by: str, reason: str, on: date) -> Account:
    """Take an entry back, with the reason; it stays on record."""
    entry = next((one for one in account["entries"] if one["id"] == id), None)
    if entry is None:
        raise BadRequest("没有这笔积分", code="honours.no_such_entry", remedy="请核对编号。")
    if entry["withdrawn"]:
        raise Conflict("这笔积分已经撤销", code="honours.withdrawn", remedy="无须再办。")
    gone = {**entry, "withdrawn": {"on": on.isoformat(), "by": by, "reason": reason}}
    return {**account, "entries": [gone if one["id"] == id else one for one in account["entries"]]}


def reward(account: Account, rules: Mapping[str, Any], code: str, id: str, on: date) -> Account:
    """Spend points on a reward; refused while the balance is below its price."""
    price = item_of(rules, "rewards", code)["points"]
    if balance(account) < price:
        raise Refused(
            f"积分 {balance(account)} 分，不足 {price} 分",
            code="honours.too_few",
            remedy="可继续积分后兑换。",
        )
    given = {"id": id, "reward": code, "points": price, "on": on.isoformat()}
    return {**account, "rewards": [*account["rewards"], given]}


def earned(account: Mapping[str, Any]) -> int:
    """Return the points that stand, rewards not taken off; never below zero."""
    return max(0, sum(int(one["points"]) for one in account["entries"] if not one["withdrawn"]))


def balance(account: Mapping[str, Any]) -> int:
    """Return the points left to spend."""
    return earned(account) - sum(int(one["points"]) for one in account["rewards"])


def honours(accounts: Sequence[Mapping[str, Any]], star_points: int, places: int) -> list[dict[str, Any]]:
    """Return the list that may be published: {household, points, star}, most points first, at most `places`.

    Only those with points stand on it; whoever has none is not named anywhere.
    """
    named = [(earned(one), one["household"]) for one in accounts if earned(one) > 0]
    best = sorted(named, key=lambda one: (-one[0], one[1]))[:places]
    return [{"household": home, "points": points, "star": points >= star_points} for points, home in best]
