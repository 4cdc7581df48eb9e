"""Growth of an area, and the line proposed for a year."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

SPAN: Final = validate.Regexp(r"^\d{4}(Q[1-4])?$", error="时段应写成 2023 或 2023Q1。")
YEAR: Final = validate.Range(min=2020, max=2100)


class IncomeGrowthOf(Schema):
    """Growth of a region in a year ("2023") or a quarter ("2023Q1") against the one a year before."""

    region = fields.String(required=True, validate=REGION)
    period = fields.String(required=True, validate=SPAN)


class IncomeKindGrowth(Schema):
    """One kind of income of the compared households, in fen: now, a year before, growth as a ratio."""

    kind = fields.String(required=True)
    label = fields.String(required=True)
    now = fields.Integer(required=True)
    before = fields.Integer(required=True)
    growth = fields.String(required=True, allow_none=True)


class IncomeGrowthPart(Schema):
    """A part of the region (a town of a county, a village of a town) with its own growth."""

    region = fields.String(required=True)
    scope = fields.Integer(required=True)
    known = fields.Integer(required=True)
    compared = fields.Integer(required=True)
    per_head = fields.Integer(required=True, allow_none=True)
    growth = fields.String(required=True, allow_none=True)


class IncomeGrowth(Schema):
    """Growth of a region. per_head in fen; growth as a ratio text; bands: households below −20 %, … .

    target and average: the decisions of D-04, for a whole county only, null elsewhere.
    """

    region = fields.String(required=True)
    period = fields.String(required=True)
    villages = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    scope = fields.Integer(required=True)
    known = fields.Integer(required=True)
    compared = fields.Integer(required=True)
    per_head = fields.Integer(required=True, allow_none=True)
    per_head_before = fields.Integer(required=True, allow_none=True)
    growth = fields.String(required=True, allow_none=True)
    falling = fields.Integer(required=True)
    falling_share = fields.String(required=True, allow_none=True)
    bands = fields.List(fields.Integer(), required=True)
    kinds = fields.List(fields.Nested(IncomeKindGrowth), required=True)
    parts = fields.List(fields.Nested(IncomeGrowthPart), required=True)
    target = fields.Dict(required=True, allow_none=True)
    average = fields.Dict(required=True, allow_none=True)


class ProposedLineOf(Schema):
    """The proposed monitoring line of a year."""

    region = fields.String(required=True, validate=REGION)
    year = fields.Integer(required=True, strict=True, validate=YEAR)


class ProposedLine(Schema):
    """A proposal in fen a head and year; null when an input is unknown, which the sentence names."""

    year = fields.Integer(required=True)
    fen = fields.Integer(required=True, allow_none=True)
    verdict = fields.String(required=True)
    sentence = fields.String(required=True)
    decision = fields.Dict(required=True)
