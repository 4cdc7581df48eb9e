"""What monitoring tells and hears of the registry; nothing about a person."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate

from services.monitoring.domain.registry.changes import TOLD


class HouseholdChanged(Schema):
    """Event household.changed.

    kinds: what happened (birth, death, split, correction …; a roster adds joined and head). on: the day on
    which it took effect, perhaps long before it was recorded. members_left: refs. registered: false when
    the last member died or left, which ends the registration; moved_to: then the household that took the last
    ones in, null when none did.
    """

    household = fields.String(required=True)
    region = fields.String(required=True)
    kinds = fields.List(fields.String(validate=validate.OneOf(list(TOLD))), required=True)
    on = fields.Date(required=True)
    members_left = fields.List(fields.String(), required=True)
    registered = fields.Boolean(required=True)
    moved_to = fields.String(load_default=None, allow_none=True)


class MembersMoving(Schema):
    """Event members.moving: a move between two households was opened and is to be carried out."""

    move = fields.String(required=True)
    household = fields.String(required=True)
    to = fields.String(required=True)
    kind = fields.String(required=True)


class TaskDone(Schema):
    """Event assistance/task.done: help was given to a household."""

    task = fields.String(required=True)
    household = fields.String(required=True)
    department = fields.String(required=True)
    measure = fields.String(required=True)


EVENTS: Final = {"household.changed": HouseholdChanged, "members.moving": MembersMoving}
