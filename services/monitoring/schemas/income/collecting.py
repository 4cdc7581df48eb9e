"""Collection: what is handed in, and what became of it."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate

from services.monitoring.domain.income.collecting import CROPS, STOCK
from services.monitoring.domain.income.figures import REFERENCE
from services.monitoring.schemas.common import HOUSEHOLD, VILLAGE

PERIOD: Final = validate.Regexp(r"^\d{4}(Q[1-4]|-\d{2})$", error="时段应写成 2021Q3 或 2021-07。")
MONTHS: Final = validate.Regexp(r"^\d(\.[05])?$", error="月数应为 0–3，可带半个月，如 2.5。")
MU: Final = validate.Regexp(r"^\d{1,5}(\.\d{1,2})?$", error="面积应为亩，至多两位小数。")
HEAD: Final = validate.Range(min=0, max=100_000)


class IncomeCollection(Schema):
    """One period ("2021Q3" or "2021-07") of one household. figures in fen; what is left out stays unknown.

    months: months worked by member ref; area: mu by crop; sold: head sold by kind of stock. apart: transfers
    and claims without what departments paid. giver: who told (a function, no name), when not the
    collector. reason: why a figure is corrected or late.
    """

    period = fields.String(required=True, validate=PERIOD)
    on = fields.Date(required=True)
    figures = fields.Dict(
        keys=fields.String(validate=validate.OneOf(REFERENCE)),
        values=fields.Integer(strict=True),
        required=True,
    )
    months = fields.Dict(
        keys=fields.String(), values=fields.String(validate=MONTHS), load_default=None, allow_none=True
    )
    area = fields.Dict(
        keys=fields.String(validate=validate.OneOf(sorted(CROPS))),
        values=fields.String(validate=MU),
        load_default=None,
        allow_none=True,
    )
    sold = fields.Dict(
        keys=fields.String(validate=validate.OneOf(sorted(STOCK))),
        values=fields.Integer(strict=True, validate=HEAD),
        load_default=None,
        allow_none=True,
    )
    subsidies = fields.List(
        fields.String(validate=validate.Length(max=40)), load_default=None, allow_none=True
    )
    apart = fields.Boolean(load_default=False)
    giver = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    reason = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=2, max=200))


class CollectIncome(Schema):
    """Collections of one household; all of them are taken, or none."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    periods = fields.List(
        fields.Nested(IncomeCollection), required=True, validate=validate.Length(min=1, max=40)
    )


class IncomeRow(IncomeCollection):
    """A row of a village's sheet: its number in the sheet, and the household."""

    row = fields.Integer(required=True, strict=True)
    household = fields.String(required=True, validate=HOUSEHOLD)


class CollectVillageIncome(Schema):
    """Many rows of one village (each as IncomeRow): good ones are taken, bad ones reported by number."""

    village = fields.String(required=True, validate=VILLAGE)
    rows = fields.List(fields.Dict(), required=True, validate=validate.Length(min=1, max=2000))


class IncomeTaken(Schema):
    """How many figures were new, the same as before, or corrected."""

    household = fields.String(required=True)
    taken = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    corrected = fields.Integer(required=True)


class RejectedIncome(Schema):
    """A row that was not taken; never shows an amount."""

    row = fields.Integer(required=True, allow_none=True)
    household = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    problem = fields.String(required=True)
    remedy = fields.String(required=True)


class VillageIncomeTaken(Schema):
    """What became of a village's rows."""

    rows = fields.Integer(required=True)
    households = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    corrected = fields.Integer(required=True)
    rejected = fields.List(fields.Nested(RejectedIncome), required=True)
