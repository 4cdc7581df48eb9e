"""Inspection rounds: ledgers, visits, coverage, sums."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

from services.monitoring.domain.finding.rounds import CHECKLIST, RESULTS, SEEN
from services.monitoring.schemas.common import HOUSEHOLD, RISK_OR_STATE


class InspectionRound(Schema):
    """A round over every village of a region, in the first (1) or second (2) half of a year."""

    region = fields.String(required=True, validate=REGION)
    year = fields.Integer(required=True, strict=True, validate=validate.Range(min=2021, max=2100))
    half = fields.Integer(required=True, strict=True, validate=validate.OneOf([1, 2]))
    opens_on = fields.Date(required=True)
    closes_on = fields.Date(required=True)


class Visit(Schema):
    """One household visited; checked: what was looked at; risks: what the visitor found, [] for none."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    on = fields.Date(required=True)
    result = fields.String(load_default=SEEN, validate=validate.OneOf(sorted(RESULTS)))
    checked = fields.List(fields.String(validate=validate.OneOf(CHECKLIST)), load_default=list)
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


class Half(Rounds):
    """One round of a region."""

    half = fields.Integer(required=True, strict=True, validate=validate.OneOf([1, 2]))


class SecondVisit(Schema):
    """Who was absent or refused, and by when somebody goes again."""

    household = fields.String(required=True)
    result = fields.String(required=True)
    again_by = fields.String(required=True)
    overdue = fields.Boolean(required=True)


class Group(Schema):
    """One group (组) of the village; "" for households whose group nobody knows."""

    group = fields.String(required=True)
    households = fields.Integer(required=True)
    visited = fields.Integer(required=True)


class Ledger(Schema):
    """A village in a round: who was visited, who was not."""

    ledger = fields.String(required=True)
    round = fields.String(required=True)
    village = fields.String(required=True)
    households = fields.Integer(required=True)
    visited = fields.Integer(required=True)
    at_risk = fields.Integer(required=True)
    incomplete = fields.Integer(required=True)
    not_visited = fields.List(fields.String(), required=True)
    second_visits = fields.List(fields.Nested(SecondVisit), required=True)
    added_later = fields.List(fields.String(), required=True)
    groups = fields.List(fields.Nested(Group), required=True)


class Counts(Schema):
    """Counts of visits by result."""

    seen = fields.Integer(required=True)
    absent = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    at_risk = fields.Integer(required=True)
    incomplete = fields.Integer(required=True)


class LedgerCounts(Counts):
    """A ledger by its counts alone."""

    ledger = fields.String(required=True)
    round = fields.String(required=True)
    village = fields.String(required=True)


class Sum(Counts):
    """A place in a round: its villages, those without a ledger, its households, those not visited."""

    place = fields.String(required=True)
    villages = fields.Integer(required=True)
    without_ledger = fields.Integer(required=True)
    households = fields.Integer(required=True)
    not_visited = fields.Integer(required=True)


class Findings(Schema):
    """What a batch of visits led to: visits recorded, clues opened or joined."""

    ledger = fields.String(required=True)
    recorded = fields.Integer(required=True)
    clues = fields.List(fields.String(), required=True)


class MissingHalf(Schema):
    """A village without a ledger in a half year."""

    village = fields.String(required=True)
    half = fields.Integer(required=True)


class Inspections(Schema):
    """The ledgers of a region in a year, how many rounds the year lacks, and which village lacks which."""

    ledgers = fields.List(fields.Nested(LedgerCounts), required=True)
    rounds_missing = fields.Integer(required=True, allow_none=True)
    missing = fields.List(fields.Nested(MissingHalf), required=True)
