"""What assistance tells of social help."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields


class MatchConfirmed(Schema):
    """Event society.delivered: an offer reached a household, which confirmed it."""

    match = fields.String(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    kind = fields.String(required=True)
    on = fields.Date(required=True)


EVENTS: Final = {"society.delivered": MatchConfirmed}
