"""Rosters: what is handed in, and what became of it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.monitoring.schemas.common import VILLAGE


class ImportRoster(Schema):
    """One batch of the rows of a 附件2 workbook; a household never lies across two batches.

    sealed: JSON list of {"row": number in the sheet, "cells": {heading: text}}, sealed to `public_key`.
    digest: SHA-256 of the file, lower-case hex. batch: 1…batches. as_of: date of the roster.
    """

    village = fields.String(required=True, validate=VILLAGE)
    file = fields.String(required=True, validate=validate.Length(min=1, max=200))
    digest = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{16,128}$"))
    batch = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    batches = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    as_of = fields.Date(required=True)
    sealed = fields.String(required=True)


class RejectedRow(Schema):
    """A line of the report; never shows what stands in the cell."""

    row = fields.Integer(required=True)
    column = fields.String(required=True)
    problem = fields.String(required=True)
    code = fields.String(required=True)


class HeldHousehold(Schema):
    """A household that waits as a whole: its rows in the sheet."""

    household = fields.String(required=True)
    rows = fields.List(fields.Integer(), required=True)


class ChangedRow(Schema):
    """Names of the fields that a row changed, never their values."""

    row = fields.Integer(required=True)
    changed = fields.List(fields.String(), required=True, data_key="fields", attribute="fields")


class RowToClarify(Schema):
    """Something in an accepted row that somebody should look into."""

    row = fields.Integer(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)


class RosterLine(Schema):
    """What became of a household: new, changed, unchanged or older (than the roster the registry has).

    joined: refs of newcomers. missing: refs of members whom the roster does not name: they stay, to be
    clarified. absent: refs of those whom it names though they left.
    """

    household = fields.String(required=True)
    rows = fields.List(fields.Integer(), required=True)
    outcome = fields.String(required=True)
    changed = fields.List(fields.Nested(ChangedRow), required=True, data_key="fields", attribute="fields")
    joined = fields.List(fields.String(), required=True)
    missing = fields.List(fields.String(), required=True)
    absent = fields.List(fields.String(), required=True)
    head_changed = fields.Boolean(required=True)
    to_clarify = fields.List(fields.Nested(RowToClarify), required=True)


class RosterReport(Schema):
    """What became of a batch: households and persons in the registry, rows in the sheet, what is held.

    new, changed, unchanged, older: households by outcome; lines: each of them but the unchanged ones.
    """

    households = fields.Integer(required=True)
    persons = fields.Integer(required=True)
    rows = fields.Integer(required=True)
    new = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    older = fields.Integer(required=True)
    missing_members = fields.Integer(required=True)
    to_clarify = fields.Integer(required=True)
    held_households = fields.Integer(required=True)
    held = fields.List(fields.Nested(HeldHousehold), required=True)
    rejected = fields.List(fields.Nested(RejectedRow), required=True)
    lines = fields.List(fields.Nested(RosterLine), required=True)


class Problems(Schema):
    """A household that waits to be put right, until its rows are forgotten."""

    household = fields.String(required=True)
    file = fields.String(required=True)
    row_numbers = fields.List(fields.Integer(), required=True)
    persons = fields.Integer(required=True)
    problems = fields.List(fields.Nested(RejectedRow), required=True)
    expires_on = fields.String(required=True)
