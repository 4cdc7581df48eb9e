"""ID numbers (GB 11643-1999) and disability certificates; rule M-03 [湘委乡振组发〔2021〕1号 附件6 A6、A7].

No error of this module ever shows the number, or any part of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from shouwang.errors import BadRequest

Sex = Literal["male", "female"]
ID_LENGTH = 18
OLD_ID_LENGTH = 15
CARD_LENGTH = 20
_FORM = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
# GB/T 26341-2010: the categories and grades of disability
CATEGORIES = {1: "视力", 2: "听力", 3: "言语", 4: "肢体", 5: "智力", 6: "精神", 7: "多重"}
GRADES = {1: "一级", 2: "二级", 3: "三级", 4: "四级"}


@dataclass(frozen=True)
class IdNumber:
    """A valid ID number and what derives from it; its repr does not show the number."""

    value: str = field(repr=False)
    birth: date = field(repr=False)
    sex: Sex

    def age_on(self, day: date) -> int:
        """Return the age in completed years on `day`."""
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))


@dataclass(frozen=True)
class DisabilityCard:
    """A disability certificate: the ID number, the category (1–7) and the grade (1–4)."""

    id: IdNumber
    category: int
    grade: int

    @property
    def label(self) -> str:
        """The category and grade in Chinese: "肢体残疾二级"."""
        return f"{CATEGORIES[self.category]}残疾{GRADES[self.grade]}"


def check_character(first_17: str) -> str:
    """Return the 18th character that belongs to the first seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def parse_id(text: str, *, on: date | None = None) -> IdNumber:
    """Read an ID number; a lower-case x is taken as X, blanks around it do not matter.

    With `on`, a birth after that day is refused too. Raises BadRequest `identity.length`,
    `identity.old_number`, `identity.form`, `identity.checksum`, `identity.birth`, `identity.birth_future`.
    """
    value = _well_formed(text)
    expected = check_character(value[:17])
    if value[17] != expected:
        raise _refused("checksum", f"身份证号校验位不符（应为 {expected}）", expected=expected)
    birth = _birth(value[6:14])
    if on is not None and birth > on:
        raise _refused("birth_future", f"身份证号中的出生日期晚于 {on}")
    return IdNumber(value, birth, "male" if int(value[16]) % 2 else "female")


def valid_id(text: str) -> bool:
    """Say whether `text` is a valid ID number."""
    try:
        parse_id(text)
    except BadRequest:
        return False
    return True


def parse_disability_card(text: str, *, holder: str | None = None) -> DisabilityCard:
    """Read a certificate of 20 characters; with `holder`, its ID number must be the holder's.

    Raises BadRequest `identity.card_length`, `identity.card_category`, `identity.card_grade`,
    `identity.card_holder`, or the codes of `parse_id`.
    """
    value = text.strip().upper()
    if len(value) != CARD_LENGTH:
        raise _refused("card_length", f"残疾证号应为 {CARD_LENGTH} 位，现为 {len(value)} 位")
    number = parse_id(value[:ID_LENGTH])
    if holder is not None and number.value != holder.strip().upper():
        raise _refused("card_holder", "残疾证号前 18 位与本人身份证号不一致")
    category = _digit(value[18], CATEGORIES, "card_category", "残疾证号第 19 位应为残疾类别 1–7")
    grade = _digit(value[19], GRADES, "card_grade", "残疾证号第 20 位应为残疾等级 1–4")
    return DisabilityCard(number, category, grade)


def _well_formed(text: str) -> str:
    value = text.strip().upper()
    if len(value) == OLD_ID_LENGTH and value.isascii() and value.isdigit():
        raise _refused("old_number", "这是已停用的 15 位旧身份证号，应换成 18 位新号")
    if len(value) != ID_LENGTH:
        raise _refused("length", f"身份证号应为 {ID_LENGTH} 位，现为 {len(value)} 位")
    if not _FORM.fullmatch(value):
        raise _refused("form", "身份证号应为 17 位数字加 1 位数字或 X，首位不为 0")
    return value


def _birth(digits: str) -> date:
    try:
        return date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    except ValueError:
        # The cause would show the digits of the birth date.
        raise _refused("birth", "身份证号中的出生日期不存在") from None


def _digit(character: str, allowed: dict[int, str], code: str, message: str) -> int:
    if not (character.isascii() and character.isdigit() and int(character) in allowed):
        raise _refused(code, message)
    return int(character)


def _refused(code: str, message: str, **details: str) -> BadRequest:
    return BadRequest(
        f"{message}。", code=f"identity.{code}", remedy="请核对户口簿或证件后改正。", details=details
    )
