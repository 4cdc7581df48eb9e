"""What monitoring tells of the registry."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import Schema, fields


class HouseholdChanged(Schema):
    """Event household.changed: members came or left. registered: false when nobody is left of the household.

    members_left: refs of those who died or moved away with this change; kinds: what happened (died, moved …).
    """

    household = fields.String(required=True)
    region = fields.String(required=True)
    kinds = fields.List(fields.String(), required=True)
    on = fields.Date(required=True)
    members_left = fields.List(fields.String(), required=True)
    registered = fields.Boolean(required=True)


EVENTS: Final[dict[str, Any]] = {"household.changed": HouseholdChanged}
