"""Who is helped first and papered afterwards: the green channel (S-07).

Source: 国乡振发〔2023〕8号 一 (disaster); 农业农村部等 2024 内生动力意见 8 (disaster, farm prices, industry).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from shouwang.decision import NO, YES, Decision, Ground, Input, all_of, any_of, outcome, rule
from shouwang.policy import View

from services.monitoring.domain.proceedings.risk import Danger, risk_label

_FROM: Final = date(2024, 10, 21)
_SOURCE: Final = "国乡振发〔2023〕8号 一；农业农村部等 2024 内生动力意见 8"
_CLUE: Final = "有线索反映该类风险｜没有线索反映该类风险｜是否有线索不详"
_WARNING: Final = (
    "该类区域性风险预警涉及该户｜没有涉及该户的该类区域性风险预警｜该类区域性风险预警是否涉及该户不详"
)


def borne_out(told: list[str] | None, standing: set[str], kinds: list[str] | None) -> bool | None:
    """Whether what was told names a standing risk of the green channel; None (unknown) stays unknown."""
    return None if told is None or kinds is None else bool({*told} & standing & {*kinds})


@rule("S-07", version=1, valid_from=_FROM, title="绿色通道", source=_SOURCE)
def may_be_helped_first(danger: Danger, clue: Input, warning: Input, policy: View) -> Decision:
    """Yes when a risk of a kind that the policy names stands, and a clue or a warning bears it out."""
    kinds = policy.find("green_channel_risks")
    named = {risk_label(one) for one in kinds.value or ()}
    standing = [one for one in danger.found if one.value and one.label in named]
    verdict = all_of(bool(standing) if kinds.known else None, any_of(clue.value, warning.value))
    shown = Input("、".join(one.label for one in standing) or "无", label="适用绿色通道的风险")
    grounds = [
        Ground.of_input("risks", shown, "适用绿色通道的风险：{value}"),
        Ground.of_parameter(kinds),
        Ground.of_input("clue", clue, _CLUE),
        Ground.of_input("warning", warning, _WARNING),
    ]
    words = {YES: "先落实帮扶措施，后补手续", NO: "不适用绿色通道，按一般程序办理"}
    return outcome(verdict, grounds, words.get(verdict, ""))
