"""Social help: needs, offers, and what was matched (A-11)."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema
from shouwang.service.case_schemas import REGION

from services.assistance.domain.society.matching import GIVERS
from services.assistance.domain.society.things import KINDS, UNITS, problems
from services.assistance.schemas.common import FEN, HOUSEHOLD, REASON, RISK, SOME, WORD

KIND = validate.OneOf(sorted(KINDS))


class Thing(Schema):
    """A thing by its code, of a kind, in a unit; detail: what the code does not say (never published)."""

    kind = fields.String(required=True, validate=KIND)
    item = fields.String(required=True, validate=WORD)
    unit = fields.String(required=True, validate=validate.OneOf(UNITS))
    detail = fields.String(load_default="", validate=validate.Length(max=200))
    quantity = fields.Integer(required=True, validate=SOME)

    @validates_schema
    def check_thing(self, data: dict[str, Any], **_more: Any) -> None:
        """Refuse a code that the kind does not have, and an `other` that says nothing."""
        if found := problems(*(data[name] for name in ("kind", "item", "unit", "detail"))):
            raise ValidationError(found)


class RegisterNeed(Thing):
    """A need of a household. reached: whether public funds reach it (null: not known); note: for staff.

    With `plan` and `risk` of an uncovered risk it is taken from the plan and is not reached by public funds.
    """

    household = fields.String(required=True, validate=HOUSEHOLD)
    risk = fields.String(load_default=None, allow_none=True, validate=RISK)
    plan = fields.String(load_default=None, allow_none=True)
    reached = fields.Boolean(load_default=None, allow_none=True)
    note = fields.String(load_default="", validate=validate.Length(max=500))


class RegisterOffer(Thing):
    """What an enterprise, association or person offers; condition: what the household does for it."""

    region = fields.String(required=True, validate=REGION)
    giver = fields.String(required=True, validate=WORD)
    giver_kind = fields.String(required=True, validate=validate.OneOf(sorted(GIVERS)))
    amount_fen = fields.Integer(load_default=None, allow_none=True, validate=FEN)
    condition = fields.String(load_default="", validate=validate.Length(max=200))
    until = fields.Date(load_default=None, allow_none=True)
    note = fields.String(load_default="", validate=validate.Length(max=500))


class NeedId(Schema):
    """One need."""

    need = fields.String(required=True)


class OfferId(Schema):
    """One offer."""

    offer = fields.String(required=True)


class Needs(Schema):
    """Needs of a region that are not met, of a kind when given."""

    region = fields.String(required=True, validate=REGION)
    kind = fields.String(load_default=None, allow_none=True, validate=KIND)


class ReleaseMatch(Schema):
    """A need and an offer of which a person who read both descriptions says that they mean the same thing."""

    need = fields.String(required=True)
    offer = fields.String(required=True)


class Close(Schema):
    """A need or an offer taken back, and why."""

    id = fields.String(required=True)
    reason = fields.String(required=True, validate=REASON)


class ProposeMatch(Schema):
    """A need and an offer that are to come together, and how much of it."""

    need = fields.String(required=True)
    offer = fields.String(required=True)
    quantity = fields.Integer(required=True, validate=SOME)


class MatchId(Schema):
    """One match."""

    match = fields.String(required=True)


class DeliverStep(Schema):
    """One delivery of a match, with evidence."""

    match = fields.String(required=True)
    quantity = fields.Integer(required=True, validate=SOME)
    evidence = fields.List(fields.String(validate=WORD), required=True)


class EndMatch(Schema):
    """A match that comes to nothing, and why."""

    match = fields.String(required=True)
    reason = fields.String(required=True, validate=REASON)


class Need(Schema):
    """A need as staff see it."""

    need = fields.String(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    kind = fields.String(required=True)
    item = fields.String(required=True)
    label = fields.String(required=True)
    detail = fields.String(required=True)
    quantity = fields.Integer(required=True)
    unit = fields.String(required=True)
    risk = fields.String(required=True, allow_none=True)
    reached = fields.Boolean(required=True, allow_none=True)
    status = fields.String(required=True)
    source = fields.String(required=True)


class PublicNeed(Schema):
    """A need as it may be published: town, label of the thing, how much; no household, risk or free text."""

    need = fields.String(required=True)
    place = fields.String(required=True)
    kind = fields.String(required=True)
    label = fields.String(required=True)
    quantity = fields.Integer(required=True)
    unit = fields.String(required=True)


class Offer(Schema):
    """An offer with what is left of it."""

    offer = fields.String(required=True)
    region = fields.String(required=True)
    giver_kind = fields.String(required=True)
    kind = fields.String(required=True)
    item = fields.String(required=True)
    label = fields.String(required=True)
    detail = fields.String(required=True)
    quantity = fields.Integer(required=True)
    left = fields.Integer(required=True)
    unit = fields.String(required=True)
    amount_fen = fields.Integer(required=True, allow_none=True)
    condition = fields.String(required=True)
    until = fields.String(required=True, allow_none=True)
    status = fields.String(required=True)


class Candidate(Schema):
    """An offer that fits a need: how near (3 village … 0 elsewhere), whether it is enough, why it fits.

    to_release: a person has to read the `detail` of both first (release_match).
    """

    offer = fields.String(required=True)
    nearness = fields.Integer(required=True)
    enough = fields.Boolean(required=True)
    to_release = fields.Boolean(required=True)
    detail = fields.String(required=True)
    sentence = fields.String(required=True)


class Match(Schema):
    """A match and how far it is."""

    match = fields.String(required=True)
    region = fields.String(required=True)
    need = fields.String(required=True)
    offer = fields.String(required=True)
    household = fields.String(required=True)
    quantity = fields.Integer(required=True)
    delivered = fields.Integer(required=True)
    status = fields.String(required=True)
    proposed_on = fields.String(required=True)
    accepted_on = fields.String(required=True, allow_none=True)
    steps = fields.List(fields.Dict(), required=True)
    confirmed_on = fields.String(required=True, allow_none=True)


class Giver(Schema):
    """A line of the published list of givers: enterprises and associations by name, persons masked."""

    giver = fields.String(required=True)
    giver_kind = fields.String(required=True)
    deliveries = fields.Integer(required=True)
    households = fields.Integer(required=True)
