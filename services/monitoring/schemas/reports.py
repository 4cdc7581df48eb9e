"""Figures and reports of a region."""

from __future__ import annotations

from marshmallow import Schema, fields


class ClueFigures(Schema):
    """Clues by the channel that saw them first, by status, and how many nobody answered in time."""

    total = fields.Integer(required=True)
    by_channel = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_status = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    overdue = fields.Integer(required=True)


class Figures(Schema):
    """Counts of a region; identification, removal: opened and by end; identified: by category."""

    households = fields.Integer(required=True)
    persons = fields.Integer(required=True)
    monitored = fields.Integer(required=True)
    removed = fields.Integer(required=True)
    left_out = fields.Integer(required=True)
    held_households = fields.Integer(required=True)
    clues = fields.Nested(ClueFigures, required=True)
    identification = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    removal = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    identified = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
