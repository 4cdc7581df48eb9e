"""The forms and ledgers as documents."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

from services.monitoring.domain.documents.forms import FORMS
from services.monitoring.domain.documents.ledgers import LEDGERS
from services.monitoring.schemas.common import HOUSEHOLD, VILLAGE

MOST = 200
PURPOSE = validate.Length(min=2, max=100)


class FormInfo(Schema):
    """A form: its number and title, where it stands, what it is about, who keeps the paper."""

    form = fields.String(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    source = fields.String(required=True)
    about = fields.String(required=True)
    keeps = fields.String(required=True)


class PrintForms(Schema):
    """Forms of a village: of the households named, or a page of those that the form is about.

    which: for 附件1 and 附件2 the monitored households, or all of the registry. key: the caller's public
    key, to which the answer is sealed. purpose goes into the read log.
    """

    form = fields.String(required=True, validate=validate.OneOf(sorted(FORMS)))
    region = fields.String(required=True, validate=VILLAGE)
    households = fields.List(
        fields.String(validate=HOUSEHOLD), load_default=list, validate=validate.Length(max=MOST)
    )
    which = fields.String(load_default="monitored", validate=validate.OneOf(["monitored", "all"]))
    after = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=MOST))
    key = fields.String(required=True)
    purpose = fields.String(required=True, validate=PURPOSE)


class FormProblem(Schema):
    """A household whose form was not filled, and why."""

    household = fields.String(required=True)
    code = fields.String(required=True)
    problem = fields.String(required=True)


class PrintedForms(Schema):
    """sealed: {description, sheets: [{household, case, values}]}; next: `after` of the next page."""

    sealed = fields.String(required=True)
    printed = fields.Integer(required=True)
    problems = fields.List(fields.Nested(FormProblem), required=True)
    next_page = fields.String(required=True, allow_none=True, data_key="next", attribute="next")


class PublicForm(Schema):
    """附件4 of a village as it may be published."""

    region = fields.String(required=True, validate=VILLAGE)


class PublicSheets(Schema):
    """The description of the form and its one sheet, masked (N-02)."""

    description = fields.Dict(required=True)
    sheets = fields.List(fields.Dict(), required=True)
    problems = fields.List(fields.Nested(FormProblem), required=True)


class Printings(Schema):
    """What was printed in a region, a page at a time."""

    region = fields.String(required=True, validate=REGION)
    after = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=100, validate=validate.Range(min=1, max=1000))


class Printing(Schema):
    """One printing: which form, of whom, by whom, for what."""

    printing = fields.String(required=True)
    region = fields.String(required=True)
    form = fields.String(required=True)
    purpose = fields.String(required=True)
    on = fields.String(required=True)
    households = fields.List(fields.String(), required=True)
    by = fields.Dict(required=True)


class LedgerRows(Schema):
    """A page of a ledger. full: names and ID numbers in clear, for village, town and county only."""

    ledger = fields.String(required=True, validate=validate.OneOf(sorted(LEDGERS)))
    region = fields.String(required=True, validate=REGION)
    full = fields.Boolean(load_default=False)
    after = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=500, validate=validate.Range(min=1, max=2000))
    key = fields.String(required=True)
    purpose = fields.String(required=True, validate=PURPOSE)


class LedgerPage(Schema):
    """sealed: {title, columns: [{name, heading, kind, width}], rows: [{name: value}]}."""

    sealed = fields.String(required=True)
    rows = fields.Integer(required=True)
    next_page = fields.String(required=True, allow_none=True, data_key="next", attribute="next")
