"""The point rules of a village: adopted by its assembly, and never touching what is due by law (A-12).

A rule set is {village, title, adopted_on, minutes, year, actions: [{code, title, points, a_year}], rewards:
[{code, title, points}], star_points, blacklist}. Sources: 湘委乡振组发〔2021〕1号 三(二)8; 农业农村部
2024-10-21 内生动力意见 1, 2, 23.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from shouwang.errors import Refused


def check(rules: Mapping[str, Any], entitlement_words: Collection[str], latest: str) -> None:
    """Refuse a rule set that names entitlements, publishes a black list of persons, or was not adopted.

    entitlement_words: of the policy; latest: today, as ISO date. Refused lists every reason.
    """
    reasons = list(_reasons(rules, entitlement_words, latest))
    if reasons:
        raise Refused(
            "村规积分细则不能采用：" + "；".join(one["message"] for one in reasons),
            code=reasons[0]["code"],
            remedy="请由村民会议或村民代表会议修改后重新通过。",
            details={"reasons": reasons},
        )


def _reasons(rules: Mapping[str, Any], words: Collection[str], latest: str) -> Iterator[dict[str, str]]:
    for text in _texts(rules):
        named = [word for word in words if word in text]
        if named:
            yield _reason(
                "honours.entitlement", f"“{text}”涉及应享待遇“{'、'.join(named)}”，积分不得影响待遇"
            )
    if rules["blacklist"]:
        yield _reason("honours.blacklist", "不公布个人黑榜，批评只能教育、不点名公示")
    if not rules["minutes"].strip():
        yield _reason("honours.not_adopted", "没有会议记录，细则须经村民会议或村民代表会议通过")
    if rules["adopted_on"] > latest:
        yield _reason("honours.not_adopted", "通过日期晚于今天")
    codes = [one["code"] for one in [*rules["actions"], *rules["rewards"]]]
    if len(codes) != len(set(codes)):
        yield _reason("honours.code_twice", "细则中有两项代码相同")


def _texts(rules: Mapping[str, Any]) -> list[str]:
    return [rules["title"], *(one["title"] for one in [*rules["actions"], *rules["rewards"]])]


def _reason(code: str, message: str) -> dict[str, str]:
    source = "湘委乡振组发〔2021〕1号 三(二)8；农业农村部 2024-10-21 增强内生动力意见 1、23"
    return {"code": code, "message": message, "source": source}
