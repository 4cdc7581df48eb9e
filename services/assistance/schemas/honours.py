"""Points and honours by the rules of a village (A-12)."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.assistance.schemas.common import HOUSEHOLD, REASON, SOME, VILLAGE, WORD

YEAR = validate.Range(min=2020, max=2100)


class Action(Schema):
    """What earns or costs points, and how often a year it counts (null: always)."""

    code = fields.String(required=True, validate=WORD)
    title = fields.String(required=True, validate=WORD)
    points = fields.Integer(required=True, validate=validate.Range(min=-100, max=100))
    a_year = fields.Integer(load_default=None, allow_none=True, validate=SOME)


class Reward(Schema):
    """What points are spent on, and its price in points."""

    code = fields.String(required=True, validate=WORD)
    title = fields.String(required=True, validate=WORD)
    points = fields.Integer(required=True, validate=SOME)


class AdoptRules(Schema):
    """The point rules of a village for a year; `minutes`: where the minutes of the assembly are kept."""

    village = fields.String(required=True, validate=VILLAGE)
    year = fields.Integer(required=True, validate=YEAR)
    title = fields.String(required=True, validate=WORD)
    adopted_on = fields.Date(required=True)
    minutes = fields.String(required=True, validate=validate.Length(max=100))
    actions = fields.List(fields.Nested(Action), required=True, validate=validate.Length(min=1, max=100))
    rewards = fields.List(fields.Nested(Reward), load_default=list, validate=validate.Length(max=100))
    star_points = fields.Integer(required=True, validate=SOME)
    blacklist = fields.Boolean(load_default=False)


class RuleSet(AdoptRules):
    """Rules as they stand."""

    adopted_on = fields.String(required=True)  # type: ignore[assignment]


class VillageYear(Schema):
    """A village in a year."""

    village = fields.String(required=True, validate=VILLAGE)
    year = fields.Integer(required=True, validate=YEAR)


class GivePoints(Schema):
    """Points of an action for a household, and why."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    action = fields.String(required=True, validate=WORD)
    reason = fields.String(required=True, validate=REASON)


class WithdrawPoints(Schema):
    """An entry taken back, and why."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    year = fields.Integer(required=True, validate=YEAR)
    entry = fields.String(required=True)
    reason = fields.String(required=True, validate=REASON)


class GiveReward(Schema):
    """Points spent on a reward."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    reward = fields.String(required=True, validate=WORD)


class PointsOf(Schema):
    """The account of a household in a year."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    year = fields.Integer(required=True, validate=YEAR)


class Account(Schema):
    """Points: earned, left to spend, every entry and reward."""

    household = fields.String(required=True)
    year = fields.Integer(required=True)
    earned = fields.Integer(required=True)
    balance = fields.Integer(required=True)
    entries = fields.List(fields.Dict(), required=True)
    rewards = fields.List(fields.Dict(), required=True)


class Honoured(Schema):
    """A line of the honours list."""

    household = fields.String(required=True)
    points = fields.Integer(required=True)
    star = fields.Boolean(required=True)
