"""What monitoring hears and tells of clues."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate

from services.monitoring.domain.finding.clues import OUTCOMES
from services.monitoring.schemas.common import RISK_OR_STATE


class DepartmentClue(Schema):
    """One household or person that a department found; sealed to monitoring: {"id_number": …}."""

    key = fields.String(required=True)
    rule = fields.String(required=True)
    risk = fields.String(required=True, validate=RISK_OR_STATE)
    region = fields.String(load_default=None, allow_none=True)
    sealed = fields.String(required=True)
    grounds = fields.Dict(load_default=dict)


class CluesFound(Schema):
    """Event */clues.found."""

    batch = fields.String(required=True)
    department = fields.String(required=True)
    period = fields.String(required=True)
    rule = fields.String(required=True)
    clues = fields.List(fields.Nested(DepartmentClue), required=True)


class ClueOpened(Schema):
    """Event clue.opened; due_on null: the county has not set by when."""

    clue = fields.String(required=True)
    household = fields.String(required=True, allow_none=True)
    region = fields.String(required=True)
    channel = fields.String(required=True)
    risks = fields.List(fields.String(validate=RISK_OR_STATE), required=True)
    found_on = fields.Date(required=True)
    due_on = fields.Date(required=True, allow_none=True)


class ClueClosed(Schema):
    """Event clue.closed: one for each department that sent the household (else department and key null)."""

    clue = fields.String(required=True)
    household = fields.String(required=True, allow_none=True)
    region = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(sorted(OUTCOMES)))
    department = fields.String(required=True, allow_none=True)
    key = fields.String(required=True, allow_none=True)


EVENTS: Final = {"clue.opened": ClueOpened, "clue.closed": ClueClosed}
