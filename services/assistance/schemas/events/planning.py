"""What assistance hears of households, and what it tells of plans."""

from __future__ import annotations

from typing import Final

from marshmallow import INCLUDE, Schema, fields, validate
from shouwang.service.case_schemas import REGION
from shouwang.vocabulary import CATEGORIES

from services.assistance.schemas.common import RISK


class HouseholdIncluded(Schema):
    """Event monitoring/household.included."""

    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)
    category = fields.String(required=True, validate=validate.OneOf(CATEGORIES))
    risks = fields.List(fields.String(validate=RISK), required=True)
    able_to_work = fields.Boolean(required=True, allow_none=True)


class HelpedFirst(HouseholdIncluded):
    """Event monitoring/household.helped_first (S-07): help before the papers; the category comes later."""

    category = fields.String(required=True, allow_none=True, validate=validate.OneOf(CATEGORIES))


class ContactNamed(Schema):
    """Event monitoring/contact.named: who follows a household (account id, no name)."""

    household = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)
    person = fields.String(required=True)


class DecisionCorrected(Schema):
    """Event monitoring/decision.corrected: a new decision takes the place of an old one."""

    class Meta:
        unknown = INCLUDE

    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)
    was = fields.String(required=True)
    now = fields.String(required=True)


class CaseEnded(Schema):
    """Event monitoring/case.ended; status: included, removed, refused, withdrawn, aborted."""

    class Meta:
        unknown = INCLUDE

    household = fields.String(required=True)
    case = fields.String(required=True)
    status = fields.String(required=True)


class HouseholdRemoved(Schema):
    """Event monitoring/household.removed."""

    class Meta:
        unknown = INCLUDE

    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)


class HouseholdChanged(Schema):
    """Event monitoring/household.changed; registered: false when the last member died or left.

    moved_to: then the household that took the last ones in, null when none did.
    """

    class Meta:
        unknown = INCLUDE

    household = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)
    registered = fields.Boolean(required=True)
    moved_to = fields.String(load_default=None, allow_none=True)


class PlanMade(Schema):
    """Event plan.made."""

    plan = fields.String(required=True)
    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True)
    kind = fields.String(required=True)
    tasks = fields.Integer(required=True)
    silent = fields.List(fields.String(), required=True)


class PlanCompleted(Schema):
    """Event plan.completed: departments that were silent answered; how many tasks that added."""

    plan = fields.String(required=True)
    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True)
    tasks = fields.Integer(required=True)
    silent = fields.List(fields.String(), required=True)


EVENTS: Final = {"plan.made": PlanMade, "plan.completed": PlanCompleted}
