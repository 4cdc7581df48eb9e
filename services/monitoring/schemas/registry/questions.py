"""What is missing, unclear or special of a household; resettlement sites."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

from services.monitoring.schemas.common import InRegion


class Missing(Schema):
    """A field that is missing: printed number, name in the registry, place of the member ("03") or null."""

    item = fields.String(required=True)
    field = fields.String(required=True)
    ref = fields.String(required=True, allow_none=True)


class Phase(Schema):
    """One of the three phases of 附件2; complete is null while it is not due."""

    phase = fields.Integer(required=True)
    title = fields.String(required=True)
    due = fields.Boolean(required=True)
    complete = fields.Boolean(required=True, allow_none=True)
    missing = fields.List(fields.Nested(Missing), required=True)


class ToClarify(Schema):
    """What a cross-check found: rule, field, whose (ref, null for the household), what is to be clarified."""

    code = fields.String(required=True)
    severity = fields.String(required=True)
    rule = fields.String(required=True)
    item = fields.String(required=True)
    message = fields.String(required=True)
    source = fields.String(required=True)
    ref = fields.String(required=True, allow_none=True)


class Completeness(Schema):
    """What of 附件2 is missing by phase, and what is to be clarified."""

    household = fields.String(required=True)
    phases = fields.List(fields.Nested(Phase), required=True)
    to_clarify = fields.List(fields.Nested(ToClarify), required=True)


class Later(Schema):
    """A field of phase 2 or 3 that is due and missing."""

    phase = fields.Integer(required=True)
    item = fields.String(required=True)
    field = fields.String(required=True)


class ToDo(Schema):
    """A household on the worklist: unknown cells of phase 1 ("wages", "members.01.health"), what is due
    later in
    the form, and what is to be clarified."""

    household = fields.String(required=True)
    unknown_items = fields.List(fields.String(), required=True, data_key="unknown", attribute="unknown")
    later = fields.List(fields.Nested(Later), required=True)
    to_clarify = fields.List(fields.Nested(ToClarify), required=True)


class Focus(Schema):
    """The focus groups of a household: illness, disability, child, elder; unknown: where something is
    missing.
    """

    household = fields.String(required=True)
    groups = fields.List(fields.String(), required=True)
    unknown_groups = fields.List(fields.String(), required=True, data_key="unknown", attribute="unknown")
    sentences = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class InTown(InRegion):
    """A town or village, a page of lines at a time: a page shorter than `limit` is the last."""

    limit = fields.Integer(load_default=100, validate=validate.Range(min=1, max=1000))


class FocusHouseholds(InTown):
    """Households of a town or village in a focus group; with unknown, also those of which it is not known."""

    with_unknown = fields.Boolean(load_default=False, data_key="unknown", attribute="unknown")


class FocusHousehold(Schema):
    """A household and its focus groups."""

    household = fields.String(required=True)
    groups = fields.List(fields.String(), required=True)
    unknown_groups = fields.List(fields.String(), required=True, data_key="unknown", attribute="unknown")


class MemberCounts(Schema):
    """Whether a member counts (yes, no, unknown), with the grounds."""

    ref = fields.String(required=True)
    counts = fields.String(required=True)
    sentence = fields.String(required=True)


class WhoCounts(Schema):
    """Which members count, and why (M-01)."""

    household = fields.String(required=True)
    members = fields.List(fields.Nested(MemberCounts), required=True)


class RecordSite(Schema):
    """A resettlement site (as A2 names it) and how many relocated people it settled."""

    region = fields.String(required=True, validate=REGION)
    site = fields.String(required=True, validate=validate.Length(min=2, max=60))
    persons = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    on = fields.Date(required=True)


class Site(Schema):
    """A resettlement site; large: yes, no or unknown (M-15)."""

    region = fields.String(required=True)
    site = fields.String(required=True)
    persons = fields.Integer(required=True)
    on = fields.String(required=True)
    large = fields.String(required=True)
    sentence = fields.String(required=True)
