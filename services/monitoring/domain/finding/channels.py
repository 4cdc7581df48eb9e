"""The channels on which a household is found, and which of the ways of S-01…S-04 and S-08 each belongs to.

Source: 湘委乡振组发〔2021〕1号 二(二)1 (three ways, and 网络平台、媒体反映、信访举报 beside them), 四.
"""

from __future__ import annotations

from typing import Final

DEPARTMENT: Final = "department"
REGIONAL: Final = "regional"
SOCIAL: Final[dict[str, str]] = {
    "media": "媒体反映",
    "petition": "信访举报",
    "network": "网络平台",
}
"""S-04: what comes from outside carries the reference of its own file, and its sender is answered."""
CHANNELS: Final[dict[str, str]] = {
    "self_report": "农户自报",
    "reported_by_another": "他人代报",
    "app": "手机 APP",
    "hotline": "12317 热线",
    "inspection": "干部走访排查",
    DEPARTMENT: "部门筛查预警",
    **SOCIAL,
    "income_watch": "收入监测",
    "follow_up": "消除后回访",
    REGIONAL: "区域性风险预警",
}
BY_ITSELF: Final = frozenset({"income_watch", "follow_up", REGIONAL})
"""Channels of what the suite itself finds (D-07, R-04, S-08): nobody reports on them."""
LISTS: Final[dict[str, str]] = {
    **dict.fromkeys(("self_report", "reported_by_another", "app", "hotline"), "household"),
    **dict.fromkeys(("inspection", "income_watch", "follow_up"), "inspection"),
    DEPARTMENT: DEPARTMENT,
    **dict.fromkeys(SOCIAL, "social"),
    REGIONAL: REGIONAL,
}
"""The list of finders of each channel; each department is a list by itself."""
_LABELS: Final[dict[str, str]] = {
    "household": "农户自主申报",
    "inspection": "干部走访排查",
    DEPARTMENT: "部门筛查预警",
    "social": "社会监督发现",
    REGIONAL: "区域性风险预警",
}
WAYS: Final[dict[str, str]] = {channel: _LABELS[LISTS[channel]] for channel in CHANNELS}
"""Which of the ways of S-01…S-04 and S-08 a channel belongs to, as people call it."""


def list_of(channel: str, department: str | None) -> str:
    """Return the list of finders to which a source belongs: its way, each department by itself."""
    way = LISTS[channel]
    return f"{DEPARTMENT}:{department}" if way == DEPARTMENT else way
