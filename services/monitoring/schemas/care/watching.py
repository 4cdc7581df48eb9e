"""The early list."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.monitoring.domain.care import contacts, watching
from services.monitoring.schemas.care.common import NOTE, OfHousehold, one_of
from services.monitoring.schemas.common import RISK, InRegion


class WatchHousehold(OfHousehold):
    """A household to be followed before it is monitored."""

    reason = fields.String(required=True, validate=one_of(watching.REASONS))


class WatchId(Schema):
    """One entry of the early list."""

    watch = fields.String(required=True)


class WatchLook(WatchId):
    """What somebody saw."""

    on = fields.Date(required=True)
    change = fields.String(required=True, validate=one_of(contacts.CHANGES))
    note = fields.String(load_default="", validate=NOTE)


class EndWatch(WatchId):
    """The end, with its result; `included` comes from the case alone. risks: for result `clue`."""

    result = fields.String(required=True, validate=one_of(set(watching.RESULTS) - {"included"}))
    risks = fields.List(fields.String(validate=RISK), load_default=list)


class Watched(OfHousehold):
    """An entry of the early list."""

    watch = fields.String(required=True)
    region = fields.String(required=True)
    reason = fields.String(required=True)
    reason_label = fields.String(required=True)
    since = fields.String(required=True)
    due_on = fields.String(required=True)
    overdue = fields.Boolean(required=True)
    status = fields.String(required=True)
    looked = fields.Integer(required=True)
    result = fields.String(required=True, allow_none=True)
    ended_on = fields.String(required=True, allow_none=True)


class WatchedIn(InRegion):
    """The early list of a region; overdue: not looked at in time."""

    status = fields.String(
        load_default=watching.WATCHING, validate=validate.OneOf([watching.WATCHING, watching.ENDED])
    )
    overdue = fields.Boolean(load_default=False)
