"""Which ID numbers of a whole column are sound: `identity.parse_id` for many at once.

Only says yes to what `parse_id` accepts as it stands; of the rest `parse_id` says why.
"""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from shouwang.department.parsing import between, days_in
from shouwang.identity import CHECK_CHARACTERS, WEIGHTS

FORM: Final = r"^[1-9][0-9]{16}[0-9X]$"
CHECKS: Final = pa.array(list(CHECK_CHARACTERS), pa.string())
BIRTH: Final = {"year": (6, 10), "month": (10, 12), "day": (12, 14)}


def sound(texts: pa.Array, on: date) -> pa.BooleanArray:
    """Return for each text whether it is an ID number of somebody born by `on`, without blanks around it."""
    fits = pc.fill_null(pc.match_substring_regex(texts, FORM), False)
    plain = pc.if_else(fits, texts, pa.scalar(None, pa.string()))
    checked = pc.equal(pc.utf8_slice_codeunits(plain, 17, 18), pc.take(CHECKS, _remainder(plain)))
    return pc.fill_null(pc.and_(checked, _born(plain, on)), False)


def _remainder(plain: pa.Array) -> pa.Array:
    total = reduce(pc.add, (pc.multiply(_part(plain, at, at + 1), by) for at, by in enumerate(WEIGHTS)))
    return pc.subtract(total, pc.multiply(pc.divide(total, 11), 11))


def _born(plain: pa.Array, on: date) -> pa.BooleanArray:
    year, month, day = (_part(plain, *places) for places in BIRTH.values())
    exists = pc.and_(
        pc.and_(between(year, 1, 9999), between(month, 1, 12)), between(day, 1, days_in(year, month))
    )
    number = pc.add(pc.add(pc.multiply(year, 10_000), pc.multiply(month, 100)), day)
    return pc.and_(exists, pc.less_equal(number, on.year * 10_000 + on.month * 100 + on.day))


def _part(plain: pa.Array, start: int, stop: int) -> pa.Array:
    return pc.utf8_slice_codeunits(plain, start, stop).cast(pa.int64())
