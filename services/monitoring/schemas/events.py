"""What monitoring hears and tells."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import MessageRequested, NoticeRequested
from shouwang.vocabulary import CATEGORIES

from services.monitoring.domain.clues import OUTCOMES
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
    """Event clue.opened."""

    clue = fields.String(required=True)
    household = fields.String(required=True, allow_none=True)
    region = fields.String(required=True)
    channel = fields.String(required=True)
    risks = fields.List(fields.String(validate=RISK_OR_STATE), required=True)
    found_on = fields.Date(required=True)
    due_on = fields.Date(required=True)


class ClueClosed(Schema):
    """Event clue.closed: one for each department that sent the household (else department and key null)."""

    clue = fields.String(required=True)
    household = fields.String(required=True, allow_none=True)
    region = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(sorted(OUTCOMES)))
    department = fields.String(required=True, allow_none=True)
    key = fields.String(required=True, allow_none=True)


class CaseOpened(Schema):
    """Event case.opened."""

    case = fields.String(required=True)
    procedure = fields.String(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    clue = fields.String(required=True, allow_none=True)
    on = fields.Date(required=True)


class CaseMoved(Schema):
    """Event case.step_taken."""

    case = fields.String(required=True)
    procedure = fields.String(required=True)
    version = fields.Integer(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    step = fields.String(required=True)
    title = fields.String(required=True)
    action = fields.String(required=True)
    on = fields.Date(required=True)


class CaseSentBack(CaseMoved):
    """Event case.sent_back; to: the step where it stands again."""

    to = fields.String(required=True)


class CaseEnded(CaseMoved):
    """Event case.ended; status: included, removed, refused, withdrawn, aborted."""

    status = fields.String(required=True)


class HouseholdIncluded(Schema):
    """Event household.included; able_to_work: null is unknown."""

    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True)
    category = fields.String(required=True, validate=validate.OneOf(CATEGORIES))
    risks = fields.List(fields.String(validate=RISK_OR_STATE), required=True)
    able_to_work = fields.Boolean(required=True, allow_none=True)


class HouseholdRemoved(Schema):
    """Event household.removed; way: helped or natural (A53)."""

    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True)
    way = fields.String(required=True, validate=validate.OneOf(["helped", "natural"]))


EVENTS: Final = {
    "clue.opened": ClueOpened,
    "clue.closed": ClueClosed,
    "case.opened": CaseOpened,
    "case.step_taken": CaseMoved,
    "case.sent_back": CaseSentBack,
    "case.ended": CaseEnded,
    "household.included": HouseholdIncluded,
    "household.removed": HouseholdRemoved,
    "notice.requested": NoticeRequested,
    "message.requested": MessageRequested,
}
"""Schema of the data of every event that monitoring emits."""
