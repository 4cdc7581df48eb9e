"""How well the channels find: quality by department, speed of answers, who saw first and who missed."""

from __future__ import annotations

from marshmallow import Schema, ValidationError, fields, validate, validates_schema
from shouwang.service.case_schemas import REGION


class Period(Schema):
    """A region and the days on which clues were found, both ends counted."""

    region = fields.String(required=True, validate=REGION)
    since = fields.Date(required=True)
    until = fields.Date(required=True)

    @validates_schema
    def check_order(self, data: dict, **_more: object) -> None:
        """Refuse a period that ends before it begins."""
        if data["until"] < data["since"]:
            raise ValidationError("止期应不早于起期。", "until")


class PeriodPage(Period):
    """The same, a page at a time: `after` is the last household of the page before."""

    after = fields.String(load_default="")
    limit = fields.Integer(load_default=500, validate=validate.Range(min=1, max=5000))


class Quality(Schema):
    """What became of a department's clues by rule; precision: share that proved true, None while unknown.

    missed: identified households with a risk that the department looks for, which it did not send.
    """

    department = fields.String(required=True)
    rule = fields.String(required=True)
    sent = fields.Integer(required=True)
    true = fields.Integer(required=True)
    known = fields.Integer(required=True)
    no_risk = fields.Integer(required=True)
    wrong = fields.Integer(required=True)
    elsewhere = fields.Integer(required=True)
    open = fields.Integer(required=True)
    precision = fields.String(required=True, allow_none=True)
    missed = fields.Integer(required=True)


class Speed(Schema):
    """Clues answered in time and late, overdue, still in time, without a term (nobody has set it); share: in
    time of those whose time came."""

    clues = fields.Integer(required=True)
    in_time = fields.Integer(required=True)
    late = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    unset = fields.Integer(required=True)
    share = fields.String(required=True, allow_none=True)


class Days(Schema):
    """On how many days clues were found, and on how many of them all were answered in time."""

    with_clues = fields.Integer(required=True)
    all_in_time = fields.Integer(required=True)


class Responses(Schema):
    """Same-day response of a region (S-06)."""

    total = fields.Nested(Speed, required=True)
    by_channel = fields.Dict(keys=fields.String(), values=fields.Nested(Speed), required=True)
    by_village = fields.Dict(keys=fields.String(), values=fields.Nested(Speed), required=True)
    days = fields.Nested(Days, required=True)


class Estimate(Schema):
    """All households at risk, estimated, with the interval; None with the reason while it is unknown."""

    method = fields.String(required=True)
    seen = fields.Integer(required=True)
    overlap = fields.Integer(required=True)
    total = fields.Integer(required=True, allow_none=True)
    low = fields.Integer(required=True, allow_none=True)
    high = fields.Integer(required=True, allow_none=True)
    missed = fields.Integer(required=True, allow_none=True)
    reason = fields.String(required=True)
    level = fields.String(required=True)


class Finder(Schema):
    """A list of finders: how many it found, first, alone, and how many it could have found and missed."""

    list = fields.String(required=True)
    found = fields.Integer(required=True)
    first = fields.Integer(required=True)
    alone = fields.Integer(required=True)
    missed = fields.Integer(required=True)


class ChannelPair(Schema):
    """Two lists of finders and what their overlap says."""

    first = fields.String(required=True)
    second = fields.String(required=True)
    both = fields.Integer(required=True)
    only_first = fields.Integer(required=True)
    only_second = fields.Integer(required=True)
    estimate = fields.Nested(Estimate, required=True)


class Channels(Schema):
    """Who saw the included households first, who missed them, how many all missed, and what that assumes."""

    households = fields.Integer(required=True)
    lists = fields.List(fields.Nested(Finder), required=True)
    pairs = fields.List(fields.Nested(ChannelPair), required=True)
    combined = fields.Nested(Estimate, required=True)
    assumptions = fields.List(fields.String(), required=True)


class Sighting(Schema):
    """One included household: who saw it, who first, who could have and missed it."""

    household = fields.String(required=True)
    seen = fields.List(fields.String(), required=True)
    first = fields.List(fields.String(), required=True)
    missed = fields.List(fields.String(), required=True)
