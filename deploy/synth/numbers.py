"""Numbers that look like a person's and belong to nobody.

An ID number begins with the county where it was first issued. 430499 was never a county (衡阳市 has issued
under 430401–430412, 430421–430427, 430481, 430482), so no person carries a number made here, whatever
follows. Its form is right nevertheless: birth date, order code, check character of GB 11643-1999. Mobile
numbers begin with 154, which no operator was ever given: numbering plans leave just it out of 15x. See
docs/decisions/0080.
"""

from __future__ import annotations

from datetime import date, timedelta

from deploy.synth.errors import SynthError

PREFIX = "430499"
PHONE_PREFIX = "154"
VILLAGES_AT_MOST = 500
HOUSEHOLDS_AT_MOST = 9_999
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def check_character(first_17: str) -> str:
    """Return the 18th character (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True)) % 11]


def id_number(birth: str, order: int) -> str:
    """Return the number of a birth date (eight digits) and an order code 0–999, odd for a man."""
    first = f"{PREFIX}{birth}{order:03d}"
    return first + check_character(first)


def spoilt_check(number: str) -> str:
    """Return the number with a wrong check character."""
    return number[:17] + ("3" if number[17] != "3" else "7")


class Registry:
    """The ID numbers of one village: no two persons of the county ever share one.

    The order code names the village and the sex; who would share it with a neighbour is born a day later.
    """

    def __init__(self, ordinal: int) -> None:
        if not 0 <= ordinal < VILLAGES_AT_MOST:
            raise SynthError(f"一个县至多 {VILLAGES_AT_MOST} 个村（社区），编号 {ordinal} 超出。")
        self._order = ordinal * 2
        self._taken: set[tuple[date, bool]] = set()

    def issue(self, birth: date, male: bool, not_after: date) -> tuple[str, date]:
        """Return a free number and the birth date that goes with it, near `birth`, not after `not_after`."""
        step = timedelta(days=1 if birth < not_after else -1)
        while (birth, male) in self._taken or birth > not_after:
            birth += step
            step = -timedelta(days=1) if birth > not_after else step
        self._taken.add((birth, male))
        return id_number(birth.strftime("%Y%m%d"), self._order + male), birth


def phone(ordinal: int, household: int) -> str:
    """Return the mobile number of the n-th household (from 0) of a village."""
    return f"{PHONE_PREFIX}{ordinal:03d}{household:05d}"
