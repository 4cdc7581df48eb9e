"""Income: collections of each quarter, growth, plausibility."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

from services.monitoring.domain.income.collecting import CROPS, STOCK
from services.monitoring.domain.income.figures import REFERENCE
from services.monitoring.domain.income.flags import CONFIRMED, CORRECTED, STATUSES
from services.monitoring.schemas.common import HOUSEHOLD, VILLAGE, InRegion

PERIOD: Final = validate.Regexp(r"^\d{4}(Q[1-4]|-\d{2})$", error="时段应写成 2021Q3 或 2021-07。")
QUARTER: Final = validate.Regexp(r"^\d{4}Q[1-4]$", error="季度应写成 2021Q3。")
SPAN: Final = validate.Regexp(r"^\d{4}(Q[1-4])?$", error="时段应写成 2023 或 2023Q1。")
MONTHS: Final = validate.Regexp(r"^\d(\.[05])?$", error="月数应为 0–3，可带半个月，如 2.5。")
MU: Final = validate.Regexp(r"^\d{1,5}(\.\d{1,2})?$", error="面积应为亩，至多两位小数。")
YEAR: Final = validate.Range(min=2020, max=2100)
HEAD: Final = validate.Range(min=0, max=100_000)


class IncomeCollection(Schema):
    """One period ("2021Q3" or "2021-07") of one household. figures in fen; what is left out stays unknown.

    months: months worked by member ref; area: mu by crop; sold: head sold by kind of stock. apart: transfers
    and claims without what departments paid. giver: who told, when not the collector. reason: why a figure is
    corrected or late.
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


class IncomeOf(Schema):
    """The income of a household: of a year, or of the twelve months before the month of a day (today's)."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    year = fields.Integer(load_default=None, allow_none=True, strict=True, validate=YEAR)
    before = fields.Date(load_default=None, allow_none=True)


class IncomeFigure(Schema):
    """A figure of the window in fen, everybody who gave a part of it, the newest day."""

    fen = fields.Integer(required=True)
    giver = fields.String(required=True)
    on = fields.String(required=True, allow_none=True)


class IncomeEntry(Schema):
    """What was collected: one kind for one period. replaced_by: the correction that holds instead."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    period = fields.String(required=True)
    fen = fields.Integer(required=True)
    giver = fields.String(required=True)
    role = fields.String(required=True)
    on = fields.String(required=True)
    facts = fields.Dict(required=True)
    apart = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)
    replaced_by = fields.String(required=True, allow_none=True)


class IncomePayment(Schema):
    """What a department paid; counted in a figure only where the collector left it out (apart)."""

    payment = fields.String(required=True)
    kind = fields.String(required=True)
    fen = fields.Integer(required=True)
    on = fields.String(required=True)
    department = fields.String(required=True)
    measure = fields.String(required=True)


class IncomeFlag(Schema):
    """A figure to be checked: which check, why (sentence), what the town found."""

    household = fields.String(required=True)
    quarter = fields.String(required=True)
    check = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.String(required=True)
    status_label = fields.String(required=True)
    opened_on = fields.String(required=True)
    closed_on = fields.String(required=True, allow_none=True)
    sentence = fields.String(required=True)
    evidence = fields.String(required=True, allow_none=True)


class HouseholdIncome(Schema):
    """The figures of a window; `missing` names those that are unknown. per_head: A34 in fen, or null."""

    household = fields.String(required=True)
    start = fields.Date(required=True)
    end = fields.Date(required=True)
    figures = fields.Dict(keys=fields.String(), values=fields.Nested(IncomeFigure), required=True)
    missing = fields.List(fields.String(), required=True)
    per_head = fields.Integer(required=True, allow_none=True)
    entries = fields.List(fields.Nested(IncomeEntry), required=True)
    payments = fields.List(fields.Nested(IncomePayment), required=True)
    flags = fields.List(fields.Nested(IncomeFlag), required=True)


class IncomeDue(InRegion):
    """Who is not collected yet in a quarter: households of a village, or counts by village of a region."""

    quarter = fields.String(required=True, validate=QUARTER)


class IncomeDueHousehold(Schema):
    """A household whose quarter is not whole: the kinds that are missing."""

    household = fields.String(required=True)
    missing = fields.List(fields.String(), required=True)


class IncomeDueVillage(Schema):
    """A village in a quarter: in scope and collected; null before anything was collected there."""

    village = fields.String(required=True)
    scope = fields.Integer(required=True, allow_none=True)
    collected = fields.Integer(required=True, allow_none=True)


class IncomeDueList(Schema):
    """The collection of a quarter; until: the last day without giving a reason."""

    quarter = fields.String(required=True)
    until = fields.Date(required=True)
    overdue = fields.Boolean(required=True)
    households = fields.List(fields.Nested(IncomeDueHousehold), required=True)
    villages = fields.List(fields.Nested(IncomeDueVillage), required=True)


class IncomeFlags(InRegion):
    """Figures to be checked in a region; status: open (default), or "all" of the books with any open."""

    status = fields.String(load_default="open", validate=validate.OneOf([*STATUSES, "all"]))


class ResolveIncomeFlag(Schema):
    """What the town found: confirmed, or corrected (then a correction stands in the book)."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    quarter = fields.String(required=True, validate=QUARTER)
    check = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf([CONFIRMED, CORRECTED]))
    evidence = fields.String(required=True, validate=validate.Length(max=500))


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
