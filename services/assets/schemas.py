"""What comes in and goes out of assets. Amounts are whole fen, dates ISO."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION, MessageRequested, NoticeRequested, Paper, Step

from services.assets.domain.asset import CLASSES
from services.assets.domain.contract import MODES

FEN = validate.Range(min=1)
YEAR = validate.Range(min=2012, max=2100)


class AssetFormed(Schema):
    """The asset that acceptance of a project formed."""

    title = fields.String(required=True)
    asset_class = fields.String(required=True, validate=validate.OneOf(sorted(CLASSES)))
    kind = fields.String(required=True)
    owner = fields.String(required=True)


class ProjectAccepted(Schema):
    """Event projects/project.accepted."""

    project = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)
    title = fields.String(required=True)
    category = fields.String(required=True)
    funds_fen = fields.Integer(required=True, strict=True, validate=FEN)
    asset = fields.Nested(AssetFormed, required=True)


class AssetId(Schema):
    """One asset."""

    asset = fields.String(required=True)


class SignContract(Schema):
    """A contract on an operating asset; rent_fen is due for each year."""

    asset = fields.String(required=True)
    operator = fields.String(required=True)
    mode = fields.String(required=True, validate=validate.OneOf(sorted(MODES)))
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    rent_fen = fields.Integer(required=True, strict=True, validate=FEN)


class SettleIncome(Schema):
    """The yearly settlement of an asset: what came in."""

    asset = fields.String(required=True)
    year = fields.Integer(required=True, strict=True, validate=YEAR)
    received_fen = fields.Integer(required=True, strict=True, validate=FEN)


class Use(Schema):
    """One use of a distribution; household only for relief."""

    use = fields.String(required=True)
    amount_fen = fields.Integer(required=True, strict=True)
    text = fields.String(load_default="")
    household = fields.String(load_default=None, allow_none=True)


class ProposeDistribution(Schema):
    """A village's plan for a year's income: opens the case and takes its first step."""

    region = fields.String(required=True, validate=validate.Regexp(r"^\d{12}$"))
    year = fields.Integer(required=True, strict=True, validate=YEAR)
    uses = fields.List(fields.Nested(Use), required=True, validate=validate.Length(min=1))
    papers = fields.List(fields.Nested(Paper), load_default=list)


class TakeStep(Step):
    """One action of the procedure; `uses` may be given anew when the plan was sent back to the village."""

    distribution = fields.String(required=True)
    uses = fields.List(fields.Nested(Use), load_default=None, allow_none=True)


class DistributionId(Schema):
    """One distribution."""

    distribution = fields.String(required=True)


class BookOf(Schema):
    """The book of a village and year."""

    region = fields.String(required=True, validate=validate.Regexp(r"^\d{12}$"))
    year = fields.Integer(required=True, strict=True, validate=YEAR)


class Asset(Schema):
    """An asset with its five rights, contract and settlements."""

    asset = fields.String(required=True)
    region = fields.String(required=True)
    title = fields.String(required=True)
    asset_class = fields.String(required=True)
    kind = fields.String(required=True)
    value_fen = fields.Integer(required=True)
    project = fields.String(required=True)
    rights = fields.Dict(required=True)
    contract = fields.Dict(required=True, allow_none=True)
    settlements = fields.List(fields.Dict(), required=True)


class Distribution(Schema):
    """A distribution: plan, state of its case, whether it was paid out."""

    distribution = fields.String(required=True)
    region = fields.String(required=True)
    year = fields.Integer(required=True)
    uses = fields.List(fields.Dict(), required=True)
    status = fields.String(required=True)
    step = fields.String(required=True)
    paid_on = fields.String(required=True, allow_none=True)


class Book(Schema):
    """A village's book of a year: entries and the balance of each account in fen."""

    region = fields.String(required=True)
    year = fields.Integer(required=True)
    entries = fields.List(fields.Dict(), required=True)
    balances = fields.Dict(required=True)


class Figures(Schema):
    """Counts and sums of a region, in fen."""

    assets_registered = fields.Integer(required=True)
    income_fen = fields.Integer(required=True)
    distributed_fen = fields.Integer(required=True)
    kept_funds_fen = fields.Integer(required=True)


class AssetRegistered(Schema):
    """Event asset.registered."""

    asset = fields.String(required=True)
    project = fields.String(required=True)
    region = fields.String(required=True)
    asset_class = fields.String(required=True)
    value_fen = fields.Integer(required=True)


class IncomeSettled(Schema):
    """Event income.settled."""

    asset = fields.String(required=True)
    region = fields.String(required=True)
    year = fields.Integer(required=True)
    due_fen = fields.Integer(required=True)
    received_fen = fields.Integer(required=True)
    short_fen = fields.Integer(required=True)


class DistributionApproved(Schema):
    """Event distribution.approved."""

    distribution = fields.String(required=True)
    region = fields.String(required=True)
    year = fields.Integer(required=True)


class IncomeDistributed(DistributionApproved):
    """Event income.distributed: relief by household in fen."""

    total_fen = fields.Integer(required=True)
    relief = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


EVENTS = {
    "asset.registered": AssetRegistered,
    "income.settled": IncomeSettled,
    "distribution.approved": DistributionApproved,
    "income.distributed": IncomeDistributed,
    "notice.requested": NoticeRequested,
    "message.requested": MessageRequested,
}
