"""What comes in and goes out of notify."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import (
    InRegion,
    MessageRequested,
    NoticeEnded,
    NoticePosted,
    ObjectionClosed,
    ObjectionRaised,
    Person,
    Subject,
)


class NoticeId(Schema):
    """One notice."""

    notice = fields.String(required=True)


class NoticeOf(Schema):
    """The newest notice of a step of an aggregate of another service."""

    service = fields.String(required=True)
    kind = fields.String(required=True)
    id = fields.String(required=True)
    step = fields.String(required=True)


class Listed(InRegion):
    """A page of a region: `after` is the `notice` or `message` that the page before ended with."""

    after = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=1000, strict=True, validate=validate.Range(min=1, max=5000))


class RaiseObjection(Schema):
    """ground: what is objected to; by: whether the objector is kept on record."""

    notice = fields.String(required=True)
    ground = fields.String(required=True, validate=validate.Length(min=1, max=500))
    by = fields.String(required=True, validate=validate.OneOf(["anonymous", "myself"]))


class InvestigateObjection(Schema):
    """Who looked into an objection and when, what they found, whether it is right."""

    notice = fields.String(required=True)
    objection = fields.String(required=True)
    people = fields.List(fields.Nested(Person), required=True, validate=validate.Length(min=1, max=20))
    on = fields.Date(required=True)
    found = fields.String(required=True, validate=validate.Length(min=2, max=500))
    upheld = fields.Boolean(required=True)


class CloseObjection(Schema):
    """upheld: whether the investigation found the objection right; answer: what is told to who raised it."""

    notice = fields.String(required=True)
    objection = fields.String(required=True)
    upheld = fields.Boolean(required=True)
    answer = fields.String(required=True, validate=validate.Length(min=1, max=500))


class Investigation(Schema):
    """What an investigation found: by whom (references, no names), when, whether the objection is right.

    found: null for who does not look into objections.
    """

    by = fields.List(fields.Nested(Person), required=True)
    on = fields.String(required=True)
    found = fields.String(required=True, allow_none=True)
    upheld = fields.Boolean(required=True)


class Objection(Schema):
    """One objection, to be closed by due_on. Dates ISO; upheld and answer null while it is open.

    ground, by: null for who does not look into objections.
    """

    id = fields.String(required=True)
    ground = fields.String(required=True, allow_none=True)
    by = fields.String(required=True, allow_none=True)
    raised_on = fields.String(required=True)
    due_on = fields.String(required=True)
    investigation = fields.Nested(Investigation, required=True, allow_none=True)
    closed_on = fields.String(required=True, allow_none=True)
    upheld = fields.Boolean(required=True, allow_none=True)
    answer = fields.String(required=True, allow_none=True)


class Notice(Schema):
    """One notice. opens_on: the day the gate may open; ended_on: the day it did, or null."""

    notice = fields.String(required=True)
    subject = fields.Nested(Subject, required=True)
    step = fields.String(required=True)
    place = fields.String(required=True)
    region = fields.String(required=True)
    title = fields.String(required=True)
    content = fields.Raw(required=True)
    days = fields.Integer(required=True)
    posted_on = fields.String(required=True)
    opens_on = fields.String(required=True)
    ended_on = fields.String(required=True, allow_none=True)
    objections = fields.List(fields.Nested(Objection), required=True)


class Message(Schema):
    """One message that was handed to the outbox folder."""

    message = fields.String(required=True)
    key = fields.String(required=True)
    role = fields.String(required=True)
    region = fields.String(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    due = fields.String(required=True, allow_none=True)
    subject = fields.Nested(Subject, required=True)
    sent_on = fields.String(required=True)


class Figures(Schema):
    """Counts of a region."""

    notices_published = fields.Integer(required=True)
    notices_open = fields.Integer(required=True)
    objections_raised = fields.Integer(required=True)
    objections_upheld = fields.Integer(required=True)
    messages_sent = fields.Integer(required=True)


EVENTS = {
    "message.requested": MessageRequested,
    "notice.posted": NoticePosted,
    "notice.ended": NoticeEnded,
    "objection.raised": ObjectionRaised,
    "objection.closed": ObjectionClosed,
}
