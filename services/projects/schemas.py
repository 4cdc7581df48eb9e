"""What comes in and goes out of projects. Amounts are whole fen, dates ISO."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION, NoticeRequested, Paper, Step

from services.projects.domain.content import CATEGORIES


class Source(Schema):
    """One source of a project's funds."""

    name = fields.String(required=True)
    amount_fen = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))


class Funds(Schema):
    """Size and sources of the funds; the sources add up to the total."""

    total_fen = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    sources = fields.List(fields.Nested(Source), required=True)


class Contents(Schema):
    """The eleven contents (P-01); what is missing is judged by the guard, so nothing is required here."""

    name = fields.String()
    category = fields.String()
    nature = fields.String()
    place = fields.String()
    schedule = fields.String()
    responsible_unit = fields.String()
    tasks = fields.String()
    funds = fields.Nested(Funds)
    beneficiaries = fields.String()
    targets = fields.String()
    linkage = fields.String()


class Consultation(Schema):
    """How many households were asked and what they said."""

    ex_poor = fields.Integer(required=True, validate=validate.Range(min=0))
    monitored = fields.Integer(required=True, validate=validate.Range(min=0))
    in_favour = fields.Integer(required=True, validate=validate.Range(min=0))
    against = fields.Integer(required=True, validate=validate.Range(min=0))


class ProposeProject(Schema):
    """A village's proposal: opens the case and takes its first step."""

    region = fields.String(required=True, validate=REGION)
    project = fields.Nested(Contents, required=True)
    consultation = fields.Nested(Consultation, load_default=None, allow_none=True)
    papers = fields.List(fields.Nested(Paper), load_default=list)


class TakeStep(Step):
    """One action of the procedure."""

    project = fields.String(required=True)


class ProjectId(Schema):
    """One project."""

    project = fields.String(required=True)


class AssetFormed(Schema):
    """The asset that acceptance forms (P-07)."""

    title = fields.String(required=True)
    asset_class = fields.String(required=True, validate=validate.OneOf(["operating", "public", "household"]))
    kind = fields.String(required=True)
    owner = fields.String(required=True)


class RecordAcceptance(Schema):
    """Acceptance of a project of the library; value_fen is what was accepted."""

    project = fields.String(required=True)
    value_fen = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    reference = fields.String(required=True)
    asset = fields.Nested(AssetFormed, required=True)


class Project(Schema):
    """A project with the state of its case."""

    project = fields.String(required=True)
    region = fields.String(required=True)
    contents = fields.Dict(required=True)
    status = fields.String(required=True)
    step = fields.String(required=True)
    entered_on = fields.String(required=True, allow_none=True)
    acceptance = fields.Dict(required=True, allow_none=True)


class Figures(Schema):
    """Counts of a region."""

    projects_proposed = fields.Integer(required=True)
    projects_in_library = fields.Integer(required=True)
    projects_refused = fields.Integer(required=True)
    projects_accepted = fields.Integer(required=True)


class ProjectEvent(Schema):
    """Events project.proposed, project.entered, project.refused."""

    project = fields.String(required=True)
    region = fields.String(required=True)
    title = fields.String(required=True)
    category = fields.String(required=True, validate=validate.OneOf(sorted(CATEGORIES)))


class ProjectAccepted(ProjectEvent):
    """Event project.accepted: assets registers what it formed."""

    funds_fen = fields.Integer(required=True, validate=validate.Range(min=1))
    asset = fields.Nested(AssetFormed, required=True)


EVENTS = {
    "notice.requested": NoticeRequested,
    "project.proposed": ProjectEvent,
    "project.entered": ProjectEvent,
    "project.refused": ProjectEvent,
    "project.accepted": ProjectAccepted,
}
