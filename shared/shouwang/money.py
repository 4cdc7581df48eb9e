"""Money as whole fen. One rounding rule, one way to divide; a float never gets in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from shouwang.errors import BadRequest

Fen = int
FEN_A_YUAN = 100
_PRECISION = 60  # wide enough that no product of an amount and a ratio is rounded before the one rounding
_AMOUNT = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?", re.ASCII)


def _no_float(value: object, what: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise BadRequest(
            f"{what}不能是 {type(value).__name__}：浮点数会丢失分。",
            code="money.type",
            remedy="金额用整数分，比例用 Decimal。",
        )


def yuan(text: str | int | Decimal) -> Fen:
    """Return the fen of an amount in yuan: "6500", "6,250.50", 6500, Decimal("6250.5").

    A float, or parts of a fen, are BadRequest (`money.type`, `money.form`): nothing is rounded on its way in.
    """
    if not isinstance(text, str):
        _no_float(text, "金额")
    plain = text.strip() if isinstance(text, str) else _plain(text)
    if not _AMOUNT.fullmatch(plain):
        raise BadRequest(
            "金额格式不对，应为元，至多两位小数，如 6250.50。",
            code="money.form",
            remedy="请写成元，不带单位；不足一分的先按规定取整。",
        )
    whole, _, decimals = plain.replace(",", "").partition(".")
    return int(whole + decimals.ljust(2, "0"))


def _plain(amount: int | Decimal) -> str:
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_yuan(fen: Fen) -> str:
    """Return the amount for people: 650000 → "6,500 元", 625050 → "6,250.50 元"."""
    whole, rest = divmod(abs(fen), FEN_A_YUAN)
    decimals = f".{rest:02d}" if rest else ""
    return f"{'-' if fen < 0 else ''}{whole:,}{decimals} 元"


def round_half_up(amount: Decimal | int) -> int:
    """Round to a whole number, a half away from zero: THE rounding rule, used once, at the end of a sum.

    Away from zero also below zero, so that taking back an amount undoes paying it.
    """
    _no_float(amount, "金额")
    return int(Decimal(amount).to_integral_value(ROUND_HALF_UP))


def share(total_fen: Fen, ratio: Decimal | int) -> Fen:
    """Return `ratio` of `total_fen`, rounded once to the fen."""
    _no_float(total_fen, "金额")
    _no_float(ratio, "比例")
    with localcontext(prec=_PRECISION):
        return round_half_up(Decimal(total_fen) * ratio)


def allocate(total: Fen, weights: Sequence[Decimal | int]) -> list[Fen]:
    """Divide `total` by weight so that the parts sum to it exactly (largest remainder; ties to the earlier).

    Every part lies within one fen of its exact share; weight 0 gets 0. Negative weights, or none above zero,
    are BadRequest `money.weights`.
    """
    _no_float(total, "金额")
    shares = _exact_shares(abs(total), weights)
    parts = [part.numerator // part.denominator for part in shares]
    short = abs(total) - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i], i))
    for index in by_remainder[:short]:
        parts[index] += 1
    return parts if total >= 0 else [-part for part in parts]


def _exact_shares(total: int, weights: Sequence[Decimal | int]) -> list[Fraction]:
    for weight in weights:
        _no_float(weight, "权重")
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact, Fraction(0))
    if whole <= 0 or min(exact) < 0:
        raise BadRequest(
            "分配权重不能为负，且至少一个大于零。",
            code="money.weights",
            remedy="请核对参与分配的各户权数，至少一户大于零。",
        )
    return [total * weight / whole for weight in exact]
