"""Clues and inspection rounds."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

from services.monitoring.domain.finding.clues import BY_ITSELF, CHANNELS, OUTCOMES, STATUSES
from services.monitoring.schemas.common import HOUSEHOLD, RISK_OR_STATE, InRegion


class ReportClue(Schema):
    """A clue: of a household, or of a person sealed to `public_key`. note: free text, kept encrypted."""

    region = fields.String(required=True, validate=REGION)
    channel = fields.String(required=True, validate=validate.OneOf(sorted(CHANNELS.keys() - BY_ITSELF)))
    household = fields.String(load_default=None, allow_none=True, validate=HOUSEHOLD)
    sealed = fields.String(load_default=None, allow_none=True)
    risks = fields.List(fields.String(validate=RISK_OR_STATE), required=True)
    found_on = fields.Date(required=True)
    note = fields.String(load_default="", validate=validate.Length(max=500))


class ClueId(Schema):
    """One clue."""

    clue = fields.String(required=True)


class Clues(InRegion):
    """Clues of a region; status "overdue": nobody has answered in time, "late": not closed in time."""

    status = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf([*STATUSES, "overdue", "late"])
    )


class RespondClue(Schema):
    """The answer of the village or town: when somebody goes to the household."""

    clue = fields.String(required=True)
    visit_on = fields.Date(required=True)
    note = fields.String(load_default="", validate=validate.Length(max=500))


class CloseClue(Schema):
    """What the household check found; outcomes of a case come from the case, never by hand."""

    clue = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(sorted(OUTCOMES)))
    reason = fields.String(required=True, validate=validate.Length(min=2, max=500))


class ClueSource(Schema):
    """Who said so, when, on which channel."""

    channel = fields.String(required=True)
    on = fields.String(required=True)
    risks = fields.List(fields.String(), required=True)
    department = fields.String(required=True, allow_none=True)


class Clue(Schema):
    """A clue as callers see it."""

    clue = fields.String(required=True)
    household = fields.String(required=True, allow_none=True)
    region = fields.String(required=True)
    status = fields.String(required=True)
    status_label = fields.String(required=True)
    risks = fields.List(fields.String(), required=True)
    found_on = fields.String(required=True)
    due_on = fields.String(required=True)
    close_by = fields.String(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)
    responded_on = fields.String(required=True, allow_none=True)
    closed_on = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    case = fields.String(required=True, allow_none=True)
    sources = fields.List(fields.Nested(ClueSource), required=True)


class Reported(Clue):
    """The clue for who may read it; for everybody else a receipt: region and received, nothing more."""

    received = fields.Boolean(dump_default=True)


class InspectionRound(Schema):
    """A round over every village of a region, in the first (1) or second (2) half of a year."""

    region = fields.String(required=True, validate=REGION)
    year = fields.Integer(required=True, strict=True, validate=validate.Range(min=2021, max=2100))
    half = fields.Integer(required=True, strict=True, validate=validate.OneOf([1, 2]))
    opens_on = fields.Date(required=True)
    closes_on = fields.Date(required=True)


class Visit(Schema):
    """One household visited; risks: what the visitor found, [] for none."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    on = fields.Date(required=True)
    risks = fields.List(fields.String(validate=RISK_OR_STATE), load_default=list)
    note = fields.String(load_default="", validate=validate.Length(max=500))


class RecordFinding(Schema):
    """Visits of one village's ledger."""

    ledger = fields.String(required=True)
    visits = fields.List(fields.Nested(Visit), required=True, validate=validate.Length(min=1, max=1000))


class LedgerId(Schema):
    """One ledger."""

    ledger = fields.String(required=True)


class Rounds(Schema):
    """The rounds of a region in a year."""

    region = fields.String(required=True, validate=REGION)
    year = fields.Integer(required=True, strict=True)


class Ledger(Schema):
    """A village in a round: who was visited, who was not."""

    ledger = fields.String(required=True)
    round = fields.String(required=True)
    village = fields.String(required=True)
    households = fields.Integer(required=True)
    visited = fields.Integer(required=True)
    at_risk = fields.Integer(required=True)
    not_visited = fields.List(fields.String(), required=True)


class Findings(Schema):
    """What a batch of visits led to: visits recorded, clues opened or joined."""

    ledger = fields.String(required=True)
    recorded = fields.Integer(required=True)
    clues = fields.List(fields.String(), required=True)


class Inspections(Schema):
    """The ledgers of a region in a year, and how many rounds the year still lacks."""

    ledgers = fields.List(fields.Nested(Ledger), required=True)
    rounds_missing = fields.Integer(required=True)
