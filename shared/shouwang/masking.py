"""Names, ID numbers and phones as they may be shown, and a scrubber for free text (N-02)."""

from __future__ import annotations

import re

# Runs of digits that may be an ID number (15, 18), a disability certificate (20) or a bank card (16–19).
_LONG_NUMBER = re.compile(r"(?<![0-9])[0-9]{15,20}[Xx]?(?![0-9])|(?<![0-9])[0-9]{17}[Xx][0-9]{2}(?![0-9])")
_PHONE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
KEPT_OF_ID = 6
ID_LENGTH = 18
MOBILE_LENGTH = 11


def mask_name(name: str) -> str:
    """Keep the first character of a name: "张三丰" → "张**"; a single character is hidden."""
    name = name.strip()
    return name[0] + "*" * (len(name) - 1) if len(name) > 1 else "*" * len(name)


def mask_id(number: str) -> str:
    """Keep the county and the check character of an ID number: "430426***********X"; hide any other text."""
    number = number.strip()
    if len(number) != ID_LENGTH:
        return "*" * len(number)
    return number[:KEPT_OF_ID] + "*" * (ID_LENGTH - KEPT_OF_ID - 1) + number[-1]


def mask_phone(phone: str) -> str:
    """Keep the first three and last four of a mobile number: "138****5678"; of others only the last two."""
    phone = phone.strip()
    if len(phone) == MOBILE_LENGTH:
        return f"{phone[:3]}****{phone[-4:]}"
    return "*" * max(len(phone) - 2, 0) + phone[-2:] if len(phone) > 4 else "*" * len(phone)


def looks_personal(text: str) -> bool:
    """Say whether the text holds a run of digits that could be an ID, card, bank or mobile number."""
    return bool(_LONG_NUMBER.search(text) or _PHONE.search(text))


def scrub(text: str) -> str:
    """Replace whatever looks personal: the last net under logs and errors, not a way to publish."""
    return _PHONE.sub("[号码]", _LONG_NUMBER.sub("[号码]", text))
