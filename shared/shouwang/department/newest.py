"""The value of the newest row, always the same one: two rows of one day would otherwise be a toss-up."""

from __future__ import annotations

from typing import Any


def of_newest(value: Any, day: Any, where: Any = None) -> Any:
    """Aggregate to the value of the row with the latest day; of several rows of that day to the greatest.

    value, day: columns, or `_.column`; where: which rows count. Engines keep no order of their own: without
    this a decision would show one value today and another tomorrow, on the same data.
    """
    key = day.cast("string").concat(value.cast("string"))
    return value.argmax(key, where=where)
