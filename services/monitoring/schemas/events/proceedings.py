"""What monitoring tells of cases, and of households that come in and go out."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION, NoticeRequested
from shouwang.vocabulary import CATEGORIES

from services.monitoring.schemas.common import RISK_OR_STATE


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


class HelpedFirst(HouseholdIncluded):
    """Event household.helped_first: the green channel is open (S-07); the category is not decided yet."""

    category = fields.String(required=True, allow_none=True, validate=validate.OneOf(CATEGORIES))


class DebtOwed(CaseMoved):
    """Event case.debt_owed: owed_kind paper or step, by when."""

    owed = fields.String(required=True)
    owed_kind = fields.String(required=True)
    due_on = fields.Date(required=True)


class CaseCorrected(Schema):
    """Event case.corrected: a decision is looked at again; it stands until the new one is taken."""

    case = fields.String(required=True)
    corrects = fields.String(required=True)
    procedure = fields.String(required=True)
    version = fields.Integer(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    step = fields.String(required=True)
    on = fields.Date(required=True)


class DecisionCorrected(Schema):
    """Event decision.corrected: a new decision takes the place of an old one. was, now: how each ended."""

    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)
    decision = fields.String(required=True)
    corrects = fields.String(required=True)
    procedure = fields.String(required=True)
    was = fields.String(required=True)
    now = fields.String(required=True)
    on = fields.Date(required=True)


EVENTS: Final = {
    "case.opened": CaseOpened,
    "case.step_taken": CaseMoved,
    "case.sent_back": CaseSentBack,
    "case.ended": CaseEnded,
    "case.debt_owed": DebtOwed,
    "case.corrected": CaseCorrected,
    "decision.corrected": DecisionCorrected,
    "household.helped_first": HelpedFirst,
    "household.included": HouseholdIncluded,
    "household.removed": HouseholdRemoved,
    "notice.requested": NoticeRequested,
}
