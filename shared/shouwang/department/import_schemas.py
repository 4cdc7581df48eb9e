"""What the calls about data coming in take and return: imports, refused rows, mappings, feeds."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

FILE = validate.Regexp(r"^[^/\\\x00]{1,200}$", error="只写收件箱里的文件名，不带路径。")
LONGEST_MAPPING = 100_000


class GivenMapping(Schema):
    """A mapping file: its name and text."""

    file = fields.String(required=True, validate=validate.Length(max=200))
    text = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_MAPPING))


class ImportTable(Schema):
    """A file in the inbox, for one table and period.

    corrections: a sheet of its refused rows; mapping: one to be used, in force for later ones once this one
    has succeeded.
    """

    table = fields.String(required=True)
    period = fields.String(required=True)
    file = fields.String(required=True, validate=FILE)
    corrections = fields.String(load_default=None, allow_none=True, validate=FILE)
    request_id = fields.String(load_default=None, allow_none=True)
    mapping = fields.Nested(GivenMapping, load_default=None, allow_none=True)


class Problem(Schema):
    """Why a row was refused: row (and sheet, where there are several) as in Excel, heading, problem, code."""

    row = fields.Integer(required=True)
    sheet = fields.String()
    column = fields.String(required=True)
    problem = fields.String(required=True)
    code = fields.String(required=True)


class SheetRead(Schema):
    """A sheet of a workbook that was read, and how many rows it has."""

    sheet = fields.String(required=True)
    rows = fields.Integer(required=True)


class Warned(Schema):
    """What is taken in but should be looked at: code and sentence."""

    code = fields.String(required=True)
    text = fields.String(required=True)


class MappingMark(Schema):
    """A mapping file in force: its name, its digest, since when."""

    file = fields.String(required=True)
    digest = fields.String(required=True)
    on = fields.String(required=True)


class Imported(Schema):
    """Report of an import; `rejected` lists the first problems, `rejected_rows` counts all rows refused.

    rejected_kept: how many of them are kept whole. corrected, corrections: rows that a sheet of corrections
    put right, and its digest. sheets: those of a workbook that were read.
    layout: mark of how the plugin declares the table.
    """

    table = fields.String(required=True)
    period = fields.String(required=True)
    rows = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    rejected_rows = fields.Integer(required=True)
    rejected_kept = fields.Integer(load_default=0)
    rejected = fields.List(fields.Nested(Problem), required=True)
    corrected = fields.Integer(load_default=0)
    corrections = fields.String(load_default="")
    ignored = fields.List(fields.String(), required=True)
    sheets = fields.List(fields.Nested(SheetRead), load_default=list)
    warnings = fields.List(fields.Nested(Warned), load_default=list)
    mapping = fields.Nested(MappingMark, load_default=None, allow_none=True)
    layout = fields.String(load_default="")
    digest = fields.String(required=True)
    replaced = fields.Boolean(required=True)


class OfPeriod(Schema):
    """A table and one of its periods."""

    table = fields.String(required=True)
    period = fields.String(required=True)


class Progress(Schema):
    """How far an import is; stage: waiting, reading, checking, keeping, publishing; percent of it."""

    running = fields.Boolean(required=True)
    stage = fields.String()
    percent = fields.Integer()
    rows = fields.Integer()


class AskRejected(OfPeriod):
    """Refused rows from number `start` on, to be sealed to `key` (base64 of a public key)."""

    key = fields.String(required=True)
    start = fields.Integer(load_default=0, validate=validate.Range(min=0))


class RejectedRows(Schema):
    """A page of refused rows: sealed [{number, row, sheet?, problems, cells}]; source: first digits of the
    digest of the file they stand in; expires: last day; headings in the order of the table."""

    sealed = fields.String(required=True)
    next = fields.Integer(required=True, allow_none=True)
    total = fields.Integer(required=True)
    source = fields.String(required=True)
    expires = fields.String(required=True)
    headings = fields.List(fields.String(), required=True)


class SetMapping(Schema):
    """A mapping file and its name; text None: no mapping is in force any more."""

    table = fields.String(required=True)
    file = fields.String(load_default="", validate=validate.Length(max=200))
    text = fields.String(required=True, allow_none=True, validate=validate.Length(max=LONGEST_MAPPING))


class MappingSet(Schema):
    """How much a mapping maps, and its mark."""

    table = fields.String(required=True)
    headings = fields.Integer(required=True)
    values = fields.Integer(required=True)
    units = fields.Integer(required=True)
    mapping = fields.Nested(MappingMark, required=True, allow_none=True)


class OfTable(Schema):
    """A table."""

    table = fields.String(required=True)


class MappingText(Schema):
    """The mapping in force, with its text."""

    table = fields.String(required=True)
    mapping = fields.Nested(MappingMark, required=True, allow_none=True)
    text = fields.String(required=True, allow_none=True)


class FeedAge(Schema):
    """How old a table is: newest period, days since its end, whether it still says anything.

    newest, age_days: None when nothing was ever imported. periods: how many are kept.
    """

    table = fields.String(required=True)
    title = fields.String(required=True)
    every = fields.String(required=True)
    stale_after_days = fields.Integer(required=True)
    newest = fields.String(required=True, allow_none=True)
    age_days = fields.Integer(required=True, allow_none=True)
    stale = fields.Boolean(required=True)
    periods = fields.Integer(required=True)
