"""Contact persons and their visits."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

from services.monitoring.domain.care import contacts
from services.monitoring.schemas.care.common import NOTE, PERSON, OfHousehold, one_of
from services.monitoring.schemas.common import RISK, InRegion


class AssignContact(OfHousehold):
    """A contact person. person: account id; sealed: {"name", "phone"}, sealed to `public_key`."""

    person = fields.String(required=True, validate=PERSON)
    org = fields.String(required=True, validate=validate.Length(min=1, max=60))
    level = fields.String(required=True, validate=one_of(contacts.ORIGINS))
    sealed = fields.String(load_default=None, allow_none=True)


class ReplaceContact(AssignContact):
    """Another contact person, with the coded reason."""

    reason = fields.String(required=True, validate=one_of(contacts.REASONS))


class HandOver(Schema):
    """Every household of one contact person within a region to another person."""

    region = fields.String(required=True, validate=REGION)
    person = fields.String(required=True, validate=PERSON)
    to = fields.String(required=True, validate=PERSON)
    org = fields.String(required=True, validate=validate.Length(min=1, max=60))
    level = fields.String(required=True, validate=one_of(contacts.ORIGINS))
    reason = fields.String(required=True, validate=one_of(contacts.REASONS))
    sealed = fields.String(load_default=None, allow_none=True)


class HandOverRefusal(Schema):
    """A household that was left as it is, and why."""

    household = fields.String(required=True)
    code = fields.String(required=True)
    problem = fields.String(required=True)
    remedy = fields.String(required=True)


class HandedOver(Schema):
    """What a hand-over did; more: more households wait than one call takes, call again."""

    handed_over = fields.List(fields.String(), required=True)
    refused = fields.List(fields.Nested(HandOverRefusal), required=True)
    warnings = fields.List(fields.String(), required=True)
    more = fields.Boolean(required=True)


class ContactsOf(InRegion):
    """Contact persons of a region, by status or person; overdue: nobody named, or not visited, in time."""

    status = fields.String(load_default=None, allow_none=True, validate=one_of(contacts.STATUSES))
    person = fields.String(load_default=None, allow_none=True, validate=PERSON)
    overdue = fields.Boolean(load_default=False)


class ContactVisit(OfHousehold):
    """A visit of the contact person; risks: new ones found, [] for none; next_on: the day agreed on."""

    on = fields.Date(required=True)
    looked = fields.List(
        fields.String(validate=one_of(contacts.LOOKED_AT)), required=True, validate=validate.Length(min=1)
    )
    change = fields.String(required=True, validate=one_of(contacts.CHANGES))
    risks = fields.List(fields.String(validate=RISK), load_default=list)
    next_on = fields.Date(load_default=None, allow_none=True)
    note = fields.String(load_default="", validate=NOTE)


class PastContact(Schema):
    """Who had the household before, and why no longer."""

    person = fields.String(required=True)
    org = fields.String(required=True)
    level = fields.String(required=True)
    since = fields.String(required=True)
    until = fields.String(required=True)
    reason = fields.String(required=True)


class ContactVisited(Schema):
    """A visit, without its note."""

    on = fields.String(required=True)
    by = fields.String(required=True)
    looked = fields.List(fields.String(), required=True)
    change = fields.String(required=True)
    next_on = fields.String(required=True, allow_none=True)


class Contact(OfHousehold):
    """The contact person of a household; the name comes masked; due_on: to be named, or to visit, by then."""

    region = fields.String(required=True)
    status = fields.String(required=True)
    status_label = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    org = fields.String(required=True, allow_none=True)
    level = fields.String(required=True, allow_none=True)
    since = fields.String(required=True, allow_none=True)
    due_on = fields.String(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)
    follow_until = fields.String(required=True, allow_none=True)
    last_visit_on = fields.String(required=True, allow_none=True)
    visited = fields.Integer(required=True)
    visits = fields.List(fields.Nested(ContactVisited), required=True)
    history = fields.List(fields.Nested(PastContact), required=True)
    warnings = fields.List(fields.String(), required=True)


class ContactLoad(Schema):
    """How many households a contact person has in a region, how many wait for a visit too long."""

    person = fields.String(required=True)
    households = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    over_limit = fields.Boolean(required=True)
