"""Schemas that every service with procedures shares: papers, people, one step, notices and messages."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate

REGION: Final = validate.Regexp(r"^\d{6}(\d{3}(\d{3})?)?$", error="区划代码应为 6、9 或 12 位数字。")


class Paper(Schema):
    """A paper handed in: registered name, where it is kept, its date."""

    name = fields.String(required=True)
    reference = fields.String(load_default="")
    on = fields.Date(load_default=None, allow_none=True)


class Person(Schema):
    """Who took part or signed, in what function; the reference is no name."""

    person_ref = fields.String(required=True)
    role = fields.String(required=True)


class Step(Schema):
    """One action of a procedure; services add the field that names their aggregate."""

    step = fields.String(required=True)
    action = fields.String(required=True)
    papers = fields.List(fields.Nested(Paper), load_default=list)
    people = fields.List(fields.Nested(Person), load_default=list)
    reason = fields.String(load_default=None, allow_none=True)


class InRegion(Schema):
    """A region and everything below it."""

    region = fields.String(required=True, validate=REGION)


class Possibility(Schema):
    """What may happen next, and when not, why."""

    step = fields.String(required=True)
    action = fields.String(required=True)
    title = fields.String(required=True)
    allowed = fields.Boolean(required=True)
    reasons = fields.List(fields.Dict(), required=True)


class Subject(Schema):
    """What a notice or message is about: the aggregate of the service that asked."""

    service = fields.String(required=True)
    kind = fields.String(required=True)
    id = fields.String(required=True)


class NoticeRequested(Schema):
    """Event notice.requested. days: full calendar days; content: masked (N-02)."""

    subject = fields.Nested(Subject, required=True)
    step = fields.String(required=True)
    place = fields.String(required=True, validate=validate.OneOf(["village", "town", "county"]))
    region = fields.String(required=True, validate=REGION)
    title = fields.String(required=True)
    content = fields.Raw(required=True)
    days = fields.Integer(required=True, validate=validate.Range(min=1, max=365))


class MessageRequested(Schema):
    """Event message.requested. key: the same key is delivered once; due: ISO date or null."""

    key = fields.String(required=True)
    role = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)
    title = fields.String(required=True)
    text = fields.String(required=True)
    due = fields.Date(load_default=None, allow_none=True)
    subject = fields.Nested(Subject, required=True)


class NoticePosted(Schema):
    """Event notify/notice.posted."""

    subject = fields.Nested(Subject, required=True)
    step = fields.String(required=True)
    notice = fields.String(required=True)
    on = fields.Date(required=True)
    opens_on = fields.Date(required=True)


class NoticeEnded(NoticePosted):
    """Event notify/notice.ended."""

    outcome = fields.String(required=True, validate=validate.OneOf(["stands", "upheld"]))


class ObjectionRaised(Schema):
    """Event notify/objection.raised."""

    subject = fields.Nested(Subject, required=True)
    step = fields.String(required=True)
    notice = fields.String(required=True)
    objection = fields.String(required=True)
    on = fields.Date(required=True)


class ObjectionClosed(ObjectionRaised):
    """Event notify/objection.closed."""

    upheld = fields.Boolean(required=True)
