"""Village monitors and named collectors."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

from services.monitoring.domain.finding.posts import ROLES
from services.monitoring.schemas.common import HOUSEHOLD

ACCOUNT = validate.Regexp(r"^[A-Za-z0-9:_.-]{1,60}$", error="请写账号，不写姓名。")


class Appoint(Schema):
    """Somebody takes a post from a day on; replaces: the post that ends the day before."""

    region = fields.String(required=True, validate=REGION)
    role = fields.String(required=True, validate=validate.OneOf(sorted(ROLES)))
    person = fields.String(required=True, validate=ACCOUNT)
    since = fields.Date(required=True)
    replaces = fields.String(load_default=None, allow_none=True)
    reason = fields.String(load_default="", validate=validate.Length(max=200))


class EndPost(Schema):
    """A post ends with a day."""

    post = fields.String(required=True)
    last = fields.Date(required=True)
    reason = fields.String(required=True, validate=validate.Length(min=2, max=200))


class Posts(Schema):
    """The posts of a region on a day (today when left out), and those that nobody holds."""

    region = fields.String(required=True, validate=REGION)
    on = fields.Date(load_default=None, allow_none=True)


class Post(Schema):
    """Who holds which post, where, from when to when."""

    post = fields.String(required=True)
    role = fields.String(required=True)
    role_label = fields.String(required=True)
    place = fields.String(required=True)
    person = fields.String(required=True)
    since = fields.String(required=True)
    until = fields.String(required=True, allow_none=True)
    replaces = fields.String(required=True, allow_none=True)
    replaced_by = fields.String(required=True, allow_none=True)


class Vacancy(Schema):
    """A post that nobody holds."""

    role = fields.String(required=True)
    place = fields.String(required=True)


class PostsOf(Schema):
    """The posts of a region."""

    posts = fields.List(fields.Nested(Post), required=True)
    vacancies = fields.List(fields.Nested(Vacancy), required=True)


class CollectorOf(Schema):
    """One household."""

    household = fields.String(required=True, validate=HOUSEHOLD)


class Apart(Schema):
    """Whether somebody collects who is not the household's contact person: yes, no or unknown, and why."""

    household = fields.String(required=True)
    verdict = fields.String(required=True)
    sentence = fields.String(required=True)
