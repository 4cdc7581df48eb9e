"""Worklists that go out and come back, and single cells."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.monitoring.domain.care import sheets
from services.monitoring.schemas.care.common import QUARTER, OfHousehold, one_of
from services.monitoring.schemas.common import VILLAGE


class MakeSheet(Schema):
    """A worklist of a village to fill in on site, sealed to `key` (base64).

    quarter: whose income is collected, the last that is over when left out.
    """

    village = fields.String(required=True, validate=VILLAGE)
    kinds = fields.List(
        fields.String(validate=one_of(sheets.KINDS)), load_default=lambda: sorted(sheets.KINDS)
    )
    key = fields.String(required=True)
    quarter = fields.String(load_default=None, allow_none=True, validate=QUARTER)


class WorkSheet(Schema):
    """A sheet that was made; sealed: what stands in it, for the holder of the key alone."""

    sheet = fields.String(required=True)
    village = fields.String(required=True)
    expires_on = fields.String(required=True)
    rows = fields.Integer(required=True)
    sealed = fields.String(required=True)


class SheetDecision(Schema):
    """A row whose conflict the cadre has seen and decided for the sheet."""

    kind = fields.String(required=True, validate=one_of(sheets.KINDS))
    row = fields.Integer(required=True, strict=True)


class ReadSheet(Schema):
    """A filled sheet: [{kind, row, token, cells}] sealed to `public_key`; key: conflicts are sealed to it."""

    sheet = fields.String(
        required=True, validate=validate.Regexp(r"^\d{12}-S\d+$", error="不是工作清单编号。")
    )
    sealed = fields.String(required=True)
    key = fields.String(required=True)
    decided = fields.List(fields.Nested(SheetDecision), load_default=list)


class RowReport(Schema):
    """What became of a row; never shows what stands in the cell."""

    kind = fields.String(required=True)
    row = fields.Integer(required=True)
    status = fields.String(required=True)
    column = fields.String(required=True)
    problem = fields.String(required=True)
    remedy = fields.String(required=True)
    code = fields.String(required=True)


class SheetReport(Schema):
    """Rows by what became of them; sealed: [{kind, row, column, in_sheet, in_system}] of every conflict."""

    sheet = fields.String(required=True)
    taken = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    blank = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    conflicts = fields.Integer(required=True)
    rows = fields.List(fields.Nested(RowReport), required=True)
    sealed = fields.String(required=True)


class FillCell(OfHousehold):
    """One cell of 附件2 that nobody has filled in: path as in `unknown`; the text sealed: {"text": …}.

    instead: the cell is known and is to be replaced.
    """

    path = fields.String(required=True, validate=validate.Length(max=60))
    sealed = fields.String(required=True)
    instead = fields.Boolean(load_default=False)


class CellFilled(OfHousehold):
    """What is still unknown of the household."""

    unknown_items = fields.List(fields.String(), required=True, data_key="unknown", attribute="unknown")
