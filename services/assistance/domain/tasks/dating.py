"""Which days a delivery may bear: the day of the money, not of the telling (A-09).

A sum of a day to come has not been paid. One from before its task was assigned may be of that task while
tables cannot have shown it (`payment_seen_days`, 月比对); an older one was known to the department when it
said that the household does not receive the measure, and is another payment.
Source: 湘委乡振组发〔2021〕1号 五(四), 附件4; docs/decisions/0283.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

FITS, TO_COME, TOO_OLD = "fits", "to_come", "too_old"
WORDS: Final = {
    TO_COME: "登记落实的日期 {on} 在今天之后",
    TOO_OLD: "登记落实的日期 {on} 早于派单日 {assigned_on}，部门答复未享受时应已知道，不是本任务的落实",
}


def day_of(on: date, assigned_on: date, today: date, seen_days: int | None) -> str:
    """Return whether a delivery of a day can be of a task: FITS, TO_COME or TOO_OLD.

    seen_days: days after which a payment stands in the tables; None: not known, none is older than its task.
    """
    if on > today:
        return TO_COME
    return FITS if on >= assigned_on - timedelta(days=seen_days or 0) else TOO_OLD


def is_earlier(on: date, assigned_on: date) -> bool:
    """Whether it was paid before its task was assigned: then another task may have it on record."""
    return on < assigned_on
