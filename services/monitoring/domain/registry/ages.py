"""Ages in completed years, as the form asks for them (附件6 A14: 16–60 周岁)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any


def age(member: Mapping[str, Any], on: date) -> int | None:
    """Return the age of a member on a day in completed years; None while the birth date is unknown."""
    if member["birth"] is None:
        return None
    born = date.fromisoformat(member["birth"])
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
