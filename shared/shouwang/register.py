"""What the household register of the public security says of a person, in words that both sides share (M-01).

Whichever department offers the fact `household_register` with these columns is compared with monitoring's
registry. Source: 湘委乡振组发〔2021〕1号 二(一)2 (家庭成员原则上以公安部门户籍人口为准).
"""

from __future__ import annotations

from typing import Final

REGISTER_FACT: Final = "household_register"
REGISTERED, DEAD, MOVED_OUT = "registered", "death", "move_out"
CANCELLED, NOT_REGISTERED = "cancelled", "none"
STATUSES: Final = {
    REGISTERED: "在册",
    DEAD: "死亡注销",
    MOVED_OUT: "已迁出",
    CANCELLED: "已注销",
    NOT_REGISTERED: "本县户籍查无此人",
}
REGISTER_COLUMNS: Final = {
    "status": "户籍状态",
    "since": "自何日起",
    "kind": "户籍类别",
    "village": "户籍所在村居",
    "household": "户号",
}
"""Columns of the fact: status one of STATUSES; kind "rural" or "town"; village a division code."""
