"""Rosters, households and persons."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.monitoring.schemas.common import HOUSEHOLD, VILLAGE


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


class RosterReport(Schema):
    """What became of a batch: households and persons in the registry, rows in the sheet, what is held."""

    households = fields.Integer(required=True)
    persons = fields.Integer(required=True)
    rows = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    held_households = fields.Integer(required=True)
    held = fields.List(fields.Nested(HeldHousehold), required=True)
    rejected = fields.List(fields.Nested(RejectedRow), required=True)


class PublicKey(Schema):
    """The key to seal to (base64), and the key that verifies authorisations (hex)."""

    key = fields.String(required=True)
    authorisation_key = fields.String(required=True)


class HouseholdId(Schema):
    """One household."""

    household = fields.String(required=True, validate=HOUSEHOLD)


class SealedPerson(Schema):
    """A person, sealed to `public_key`: {"id_number": …}. purpose goes into the read log."""

    sealed = fields.String(required=True)
    purpose = fields.String(load_default="查询本人所在户", validate=validate.Length(min=2, max=100))


class PersonsFor(Schema):
    """Persons of a household for a department, sealed to its public key."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    department_key = fields.String(required=True)
    purpose = fields.String(required=True, validate=validate.Length(min=2, max=100))


class AtRisk(Schema):
    """A monitored household."""

    household = fields.String(required=True)
    region = fields.String(required=True)
    category = fields.String(required=True)
    risks = fields.List(fields.String(), required=True)
