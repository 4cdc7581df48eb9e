"""The 97 tasks: reports of units, and how the list stands (A-10)."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

from services.assistance.domain.task_list.progress import STATES
from services.assistance.schemas.common import WORD

NUMBER = validate.Range(min=1, max=97)


class ReportProgress(Schema):
    """What a unit reports on a task; evidence: where papers are kept."""

    region = fields.String(required=True, validate=REGION)
    number = fields.Integer(required=True, validate=NUMBER)
    unit = fields.String(required=True, validate=WORD)
    state = fields.String(required=True, validate=validate.OneOf(sorted(STATES)))
    evidence = fields.List(fields.String(validate=WORD), load_default=list)
    note = fields.String(load_default="", validate=validate.Length(max=500))


class ListedTasks(Schema):
    """Tasks of the list: of a unit, in a state, overdue only."""

    region = fields.String(required=True, validate=REGION)
    unit = fields.String(load_default=None, allow_none=True)
    state = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(sorted(STATES)))
    overdue = fields.Boolean(load_default=None, allow_none=True)


class ListedTask(Schema):
    """A task of the list and how it stands; units and reports by code, `titles` as printed."""

    number = fields.Integer(required=True)
    section = fields.String(required=True)
    part = fields.String(required=True)
    text = fields.String(required=True)
    source = fields.String(required=True)
    line = fields.Integer(required=True)
    lead = fields.List(fields.String(), required=True)
    responsible = fields.List(fields.String(), required=True)
    data_from = fields.List(fields.String(), required=True)
    titles = fields.Dict(required=True)
    due_on = fields.String(required=True)
    state = fields.String(required=True)
    overdue = fields.Boolean(required=True)
    silent = fields.List(fields.String(), required=True, allow_none=True)
    reports = fields.Dict(required=True)


class UnitView(Schema):
    """A unit: tasks it leads and shares by state, how many are overdue, on how many it owes a report."""

    unit = fields.String(required=True)
    title = fields.String(required=True)
    lead = fields.Dict(required=True)
    responsible = fields.Dict(required=True)
    overdue = fields.Integer(required=True)
    to_report = fields.Integer(required=True)
