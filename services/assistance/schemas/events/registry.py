"""What assistance hears of departments. Everything is taken as it comes: the handler judges it."""

from __future__ import annotations

from marshmallow import Schema, fields


class Announced(Schema):
    """Event */announced. Nonsense is refused by the rules, loudly, not by this schema into a dead letter."""

    code = fields.Raw(load_default=None, allow_none=True)
    title = fields.Raw(load_default=None, allow_none=True)
    contract = fields.Raw(load_default=None, allow_none=True)
    public_key = fields.Raw(load_default=None, allow_none=True)
    measures = fields.Raw(load_default=None, allow_none=True)
    comparisons = fields.Raw(load_default=None, allow_none=True)


class Heartbeat(Schema):
    """Event */heartbeat: the department is there."""

    code = fields.String(required=True)
