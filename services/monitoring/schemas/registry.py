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


class Problems(Schema):
    """A household that waits to be put right, until its rows are forgotten."""

    household = fields.String(required=True)
    file = fields.String(required=True)
    row_numbers = fields.List(fields.Integer(), required=True)
    persons = fields.Integer(required=True)
    problems = fields.List(fields.Nested(RejectedRow), required=True)
    expires_on = fields.String(required=True)


class Unknowns(Schema):
    """What nobody has filled in of a household: paths such as "wages" and "members.01.health"."""

    household = fields.String(required=True)
    unknown_items = fields.List(fields.String(), required=True, data_key="unknown", attribute="unknown")


class Member(Schema):
    """A member by ref, the name masked; null is unknown."""

    ref = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    sex = fields.String(required=True, allow_none=True)
    relation = fields.String(required=True, allow_none=True)
    ethnicity = fields.String(required=True, allow_none=True)
    political = fields.String(required=True, allow_none=True)
    education = fields.String(required=True, allow_none=True)
    student = fields.String(required=True, allow_none=True)
    labour = fields.String(required=True, allow_none=True)
    work_area = fields.String(required=True, allow_none=True)
    work_months = fields.String(required=True, allow_none=True)
    medical_insurance = fields.Boolean(required=True, allow_none=True)
    serious_illness_insurance = fields.Boolean(required=True, allow_none=True)
    pension_insurance = fields.Boolean(required=True, allow_none=True)
    minimum_living = fields.Boolean(required=True, allow_none=True)
    destitute = fields.Boolean(required=True, allow_none=True)
    relocated = fields.Boolean(required=True, allow_none=True)


class Figure(Schema):
    """An amount in fen over a window, with who gave it and when."""

    fen = fields.Integer(required=True)
    giver = fields.String(required=True)
    on = fields.String(required=True, allow_none=True)
    start = fields.String(required=True, data_key="from", attribute="from")
    to = fields.String(required=True)


class Household(Schema):
    """A household: status registered, monitored or removed; monitoring: since when, by which case."""

    household = fields.String(required=True)
    village = fields.String(required=True)
    group = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True, allow_none=True)
    size = fields.Integer(required=True)
    status = fields.String(required=True)
    category = fields.String(required=True, allow_none=True)
    monitoring = fields.Dict(required=True, allow_none=True)
    housing_unsafe = fields.Boolean(required=True, allow_none=True)
    school_dropout = fields.Boolean(required=True, allow_none=True)
    water_unsafe = fields.Boolean(required=True, allow_none=True)
    risks = fields.List(fields.String(), required=True)
    disasters = fields.List(fields.String(), required=True)
    figures = fields.Dict(keys=fields.String(), values=fields.Nested(Figure), required=True)
    unknown_items = fields.List(fields.String(), required=True, data_key="unknown", attribute="unknown")
    members = fields.List(fields.Nested(Member), required=True)


class Sealed(Schema):
    """Something that only its receiver can open."""

    sealed = fields.String(required=True)
