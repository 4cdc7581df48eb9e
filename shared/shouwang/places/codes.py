"""Division codes as such: GB/T 2260 (2, 4, 6 digits), towns (9) and villages (12); a region is a prefix."""

from __future__ import annotations

from typing import Literal

from shouwang.errors import BadRequest
from shouwang.masking import scrub
from shouwang.suggestions import did_you_mean

Level = Literal["province", "city", "county", "town", "village"]
LEVELS: dict[int, Level] = {2: "province", 4: "city", 6: "county", 9: "town", 12: "village"}
WHOLE_COUNTRY = ""


def level_of(code: str) -> Level:
    """Return the level that a code has by its length; BadRequest `places.form` for another form."""
    if not (code.isascii() and code.isdigit() and len(code) in LEVELS):
        raise BadRequest(
            f"“{scrub(code)}”不是区划代码：应为 2、4、6、9 或 12 位数字。",
            code="places.form",
            remedy="县 6 位，乡镇 9 位，村 12 位，文字保存，不去前导零。",
        )
    return LEVELS[len(code)]


def parent_of(code: str) -> str | None:
    """Return the code one level up; None above a province."""
    level_of(code)
    shorter = [length for length in LEVELS if length < len(code)]
    return code[: shorter[-1]] if shorter else None


def is_within(code: str, prefix: str) -> bool:
    """Say whether a division lies in a region (or is it); the prefix "" is the whole country.

    Both must be codes: "43042" is a typing error and no region, so BadRequest `places.form`.
    """
    level_of(code)
    if prefix != WHOLE_COUNTRY:
        level_of(prefix)
    return code.startswith(prefix)


def not_found_hint(code: str, known: list[str]) -> str:
    """Return what a wrong code probably meant, among its neighbours."""
    near = [other for other in known if len(other) == len(code) and other[:6] == code[:6]]
    return did_you_mean(code, near) if near else "请核对区划代码及其所属的县。"
