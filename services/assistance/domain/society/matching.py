"""Needs of monitored households and what society offers: which offer fits which need, nearest first (A-11).

Social help covers what public funds do not reach; money or shares for nothing are not passed on.
Sources: 湘委乡振组发〔2021〕1号 三(四); 农业农村部 2024-10-21 内生动力意见 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Self

from shouwang.decision import (
    NO,
    UNKNOWN,
    YES,
    Decision,
    Ground,
    all_of,
    any_of,
    at_least,
    not_,
    outcome,
    recordable,
    rule,
)

from services.assistance.domain.planning.rules import word_of
from services.assistance.domain.society.things import KINDS, label_of, same_thing

GIVERS: Final = {"enterprise": "企业", "association": "社会组织", "person": "个人"}
RELIEF: Final = ("illness", "disability", "disaster", "accident", "no_labour", "education")
"""Risks that a gift without a condition may relieve: the household did not choose them."""
FREE: Final = ("cash", "shares")
LEVELS: Final = ((12, 3), (9, 2), (6, 1))
"""Digits that need and offer share, and how near that is: village, town, county."""
_FROM: Final = date(2021, 7, 2)
_SOURCE: Final = "湘委乡振组发〔2021〕1号 三(四)"
_EARNED: Final = "农业农村部 2024-10-21 增强内生动力意见 1"


@recordable("assistance.need")
@dataclass(frozen=True)
class Need:
    """A need: which thing and how much, of which risk, where; reached: whether public funds reach it.

    released: offers of which a person said that they are the thing meant, where either is `other`.
    """

    region: str
    kind: str
    item: str
    unit: str
    quantity: int
    risk: str | None
    reached: bool | None
    released: tuple[str, ...] = ()

    @classmethod
    def of(cls, state: Mapping[str, Any], region: str) -> Self:
        """Build it from what is stored."""
        thing = (state["kind"], state["item"], state["unit"], state["quantity"])
        return cls(region, *thing, state["risk"], state["reached"], tuple(state.get("released", ())))


@recordable("assistance.social_offer")
@dataclass(frozen=True)
class SocialOffer:
    """An offer: which thing, how much is left, where, its condition, its last day (None: no end)."""

    id: str
    region: str
    kind: str
    item: str
    unit: str
    left: int
    condition: str
    until: date | None

    @classmethod
    def of(cls, state: Mapping[str, Any], region: str, id: str) -> Self:
        """Build it from what is stored."""
        until = date.fromisoformat(state["until"]) if state["until"] else None
        thing = (state["kind"], state["item"], state["unit"], state["left"])
        return cls(id, region, *thing, state["condition"], until)


@rule("A-11.match", version=2, valid_from=_FROM, title="社会帮扶供需对接", source=_SOURCE)
def fits(need: Need, offer: SocialOffer, on: date) -> Decision:
    """Yes when thing and unit agree, something is left, the offer stands, no public fund reaches the need.

    A need of which nobody said whether public funds reach it is unknown, not matched; so are two things that
    are both `other` until a person released them.
    """
    same, left = same_thing(_thing(need), _thing(offer), offer.id in need.released), at_least(offer.left, 1)
    stands = offer.until is None or on <= offer.until
    uncovered, earned = not_(need.reached), earned_or_relief(need, offer)
    verdict = all_of(same, left, stands, uncovered, earned)
    grounds = [
        Ground("input", "need", "需求", _words(need), phrase="需要{value}"),
        Ground("input", "offer", "供给", _words(offer), phrase="提供{value}"),
        _ground("same", "物品", same, "物品和单位一致｜物品或单位不一致｜是否同一物品须由人核对放行"),
        Ground("input", "left", "余量", offer.left, phrase="尚余 {value}"),
        _ground("stands", "期限", stands, "供给在有效期内｜供给已过期｜期限不详"),
        _ground("reached", "财政资金", need.reached, "财政资金已覆盖｜财政资金未覆盖｜财政资金是否覆盖不详"),
        Ground.of_decision(earned, "不属于无条件发钱分红｜属于无条件发钱分红｜是否无条件给付不详"),
    ]
    return outcome(verdict, grounds, {YES: "可以对接", NO: "不予对接"}.get(verdict, ""))


@rule("A-11.earned", version=1, valid_from=_FROM, title="社会帮扶不无条件发钱分红", source=_EARNED)
def earned_or_relief(need: Need, offer: SocialOffer) -> Decision:
    """Yes unless money or shares come without a condition for a need that is no relief; shares never do."""
    free = all_of(offer.kind in FREE, offer.condition == "")
    relief = all_of(offer.kind == "cash", need.risk in RELIEF)
    verdict = any_of(not_(free), relief)
    label = word_of(need.risk) if need.risk else "未注明"
    grounds = [
        Ground("input", "kind", "种类", KINDS[offer.kind], phrase="提供{value}"),
        Ground("input", "condition", "条件", offer.condition or "无", phrase="条件：{value}"),
        Ground("input", "risk", "需求所属风险", label, phrase="需求所属风险：{value}"),
    ]
    return outcome(verdict, grounds, "可以给付" if verdict is YES else "属于无条件发钱分红，不予对接")


def nearness(one: str, other: str) -> int:
    """Return 3 for the same village, 2 for the same town, 1 for the same county, 0 for farther off."""
    for digits, near in LEVELS:
        if len(one) >= digits and len(other) >= digits and one[:digits] == other[:digits]:
            return near
    return 0


def ranked(
    need: Mapping[str, Any], need_region: str, offers: Sequence[tuple[str, str, Mapping[str, Any]]], on: date
) -> list[dict[str, Any]]:
    """Return the offers (id, region, state) that fit, best first: nearest, then one that gives all, then id.

    [{offer, nearness, enough, to_release, decision}]; what does not fit is left out.
    to_release: it would fit, once a person said that both mean the same thing.
    """
    asked = Need.of(need, need_region)
    found = [_candidate(asked, SocialOffer.of(state, region, id), on) for id, region, state in offers]
    fitting = [one for one in found if one["decision"].is_yes or one["to_release"]]
    return sorted(fitting, key=lambda one: (-one["nearness"], not one["enough"], one["offer"]))


def _candidate(need: Need, offer: SocialOffer, on: date) -> dict[str, Any]:
    decision, released = fits(need, offer, on), replace(need, released=(offer.id,))
    return {
        "offer": offer.id,
        "nearness": nearness(need.region, offer.region),
        "enough": offer.left >= need.quantity,
        "to_release": decision.verdict is UNKNOWN and fits(released, offer, on).is_yes,
        "decision": decision,
    }


def _thing(one: Need | SocialOffer) -> dict[str, str]:
    return {"kind": one.kind, "item": one.item, "unit": one.unit}


def _words(one: Need | SocialOffer) -> str:
    return f"{KINDS[one.kind]}：{label_of(one.kind, one.item)}（{one.unit}）"


def _ground(name: str, label: str, value: bool | None, phrase: str) -> Ground:
    return Ground("input", name, label, value, phrase=phrase)
