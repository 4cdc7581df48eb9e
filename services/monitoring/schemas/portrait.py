"""The portrait of a household, why, why not, and what if. Requests and results."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

from services.monitoring.schemas.common import HOUSEHOLD
from services.monitoring.schemas.registry.households import Member

CLASS = validate.OneOf(["high_quality", "stable", "key_monitored", "protected", "none", "unknown"])
COUNTS = {"keys": fields.String(), "values": fields.Integer(), "required": True}


class AsOf(Schema):
    """A household, as of a day (today when none is given)."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    as_of = fields.Date(load_default=None, allow_none=True)


class Portrait(Schema):
    """Everything that is known of a household on one page; null and `unknown` are not known."""

    household = fields.String(required=True)
    as_of = fields.String(required=True)
    village = fields.String(required=True)
    group = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True, allow_none=True)
    size = fields.Integer(required=True)
    status = fields.String(required=True)
    category = fields.String(required=True, allow_none=True)
    monitoring = fields.Dict(required=True, allow_none=True)
    unknown_items = fields.List(fields.String(), required=True, data_key="unknown", attribute="unknown")
    members = fields.List(fields.Nested(Member), required=True)
    groups = fields.Dict(**COUNTS)
    income = fields.List(fields.Dict(), required=True)
    quarters = fields.List(fields.Dict(), required=True)
    risks = fields.List(fields.Dict(), required=True)
    clues = fields.List(fields.Dict(), required=True)
    cases = fields.List(fields.Dict(), required=True)
    measures = fields.Dict(required=True)
    contact = fields.String(required=True, allow_none=True)
    standing = fields.Dict(required=True, allow_none=True)
    standing_history = fields.List(fields.Dict(), required=True)
    changes = fields.List(fields.Dict(), required=True)


class OneHousehold(Schema):
    """One household."""

    household = fields.String(required=True, validate=HOUSEHOLD)


class WhyNot(Schema):
    """Why a household is not listed; would_change: single changes after which the rule would say yes."""

    household = fields.String(required=True)
    status = fields.String(required=True)
    suggested = fields.String(required=True)
    category = fields.String(required=True, allow_none=True)
    sentence = fields.String(required=True)
    duty = fields.String(required=True)
    decisions = fields.List(fields.Dict(), required=True)
    missing = fields.List(fields.String(), required=True)
    would_change = fields.List(fields.Dict(), required=True)
    note = fields.String(required=True)


class WhatIf(Schema):
    """Parameters by name with another value (money in whole fen), rules by number with a version."""

    region = fields.String(required=True, validate=REGION)
    parameters = fields.Dict(keys=fields.String(), values=fields.Raw(), load_default=dict)
    rules = fields.Dict(keys=fields.String(), values=fields.Integer(strict=True), load_default=dict)
    as_of = fields.Date(load_default=None, allow_none=True)


class Supposed(Schema):
    """Who would enter and leave; counts of households by category, and by village."""

    inquiry = fields.String(required=True)
    region = fields.String(required=True)
    on = fields.String(required=True)
    snapshot = fields.String(required=True)
    adopted = fields.Boolean(required=True)
    note = fields.String(required=True)
    parameters = fields.List(fields.Dict(), required=True)
    rules = fields.Dict(required=True)
    households = fields.Integer(required=True)
    enter = fields.Dict(**COUNTS)
    leave = fields.Dict(**COUNTS)
    moved = fields.Dict(required=True)
    monitored_leaving = fields.Integer(required=True)
    duty = fields.Dict(**COUNTS)
    open = fields.Dict(**COUNTS)
    classes = fields.Dict(required=True)
    villages = fields.List(fields.Dict(), required=True)


class SupposedHouseholds(Schema):
    """A page of the households of an inquiry; `after` is the last number of the page before."""

    inquiry = fields.String(required=True, validate=validate.Regexp(r"^\d{6,12}-W[0-9a-f]{10}$"))
    which = fields.String(required=True, validate=validate.OneOf(["enter", "leave"]))
    after = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=100, validate=validate.Range(min=1, max=1000))


class SupposedHousehold(Schema):
    """A household that would enter or leave: its suggested category now and then."""

    household = fields.String(required=True)
    category = fields.String(required=True)
    category_if = fields.String(required=True)
    status = fields.String(required=True)


class Standings(Schema):
    """A region; class: also list the households of this class, where the region is one village."""

    region = fields.String(required=True, validate=REGION)
    class_ = fields.String(load_default=None, allow_none=True, validate=CLASS, data_key="class")
    after = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=100, validate=validate.Range(min=1, max=1000))


class StandingsOf(Schema):
    """Households by class, suggested category and duty, as the newest recomputation left them."""

    region = fields.String(required=True)
    classes = fields.Dict(**COUNTS)
    categories = fields.Dict(**COUNTS)
    duty = fields.Dict(**COUNTS)
    villages = fields.List(fields.Dict(), required=True)
    households = fields.List(fields.Dict(), required=True)


class RefreshSnapshot(Schema):
    """A region to bring up to date; full: read everything anew."""

    region = fields.String(required=True, validate=REGION)
    full = fields.Boolean(load_default=False)


class Refreshed(Schema):
    """Villages written, households read anew, whether everything was read."""

    villages = fields.Integer(required=True)
    households = fields.Integer(required=True)
    full = fields.Boolean(required=True)


class SnapshotStatus(Schema):
    """What the snapshot holds, up to when; running: {region: {done, of} villages} while it is being built.

    towns: those of the region that have households, so that a caller can go town by town.
    """

    region = fields.String(required=True)
    towns = fields.List(fields.String(), required=True)
    villages = fields.Integer(required=True)
    households = fields.Integer(required=True)
    seen = fields.String(required=True, allow_none=True)
    running = fields.Dict(required=True)


class VerifySnapshot(Schema):
    """A region to compare with its documents; sample: how many households, 0 for all."""

    region = fields.String(required=True, validate=REGION)
    sample = fields.Integer(load_default=200, validate=validate.Range(min=0))


class SnapshotVerified(Schema):
    """Households that differ or are missing, by number."""

    rows = fields.Integer(required=True)
    checked = fields.Integer(required=True)
    differing = fields.List(fields.String(), required=True)
    missing = fields.List(fields.String(), required=True)
    ok = fields.Boolean(required=True)


class Recomputed(Schema):
    """Households computed, villages saved, households whose class, category or duty changed."""

    region = fields.String(required=True)
    on = fields.String(required=True)
    households = fields.Integer(required=True)
    villages = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    refreshed = fields.Integer(required=True)
