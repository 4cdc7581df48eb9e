"""The Chinese words of what reports count."""

from __future__ import annotations

from typing import Final

from shouwang.vocabulary import Category, Risk

from services.monitoring.domain.finding.clues import CHANNELS, WAYS
from services.monitoring.domain.proceedings.risk import GUARANTEES

CATEGORIES: Final = {one.value: one.label for one in Category}
RISKS: Final = {**{one.value: one.label for one in Risk}, **GUARANTEES}
RISK_WORDS: Final = {
    **{one.value: one.label for one in Risk},
    "housing": "住房安全",
    "school": "失学辍学",
    "water": "饮水安全",
    "insurance": "未参医保",
}
THREE_WAYS: Final = tuple(dict.fromkeys(WAYS.values()))
WAY_OF: Final = WAYS
CHANNEL_WORDS: Final = CHANNELS
REMOVAL_WAYS: Final = {"helped": "帮扶消除", "natural": "自然消除"}
ENDS: Final = {"included": "纳入", "refused": "不予纳入", "withdrawn": "撤回", "aborted": "终止"}
