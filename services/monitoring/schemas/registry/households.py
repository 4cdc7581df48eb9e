"""Households and persons."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.monitoring.schemas.common import HOUSEHOLD


class PublicKey(Schema):
    """The key to seal to (base64), and the key that verifies authorisations (hex)."""

    key = fields.String(required=True)
    authorisation_key = fields.String(required=True)


class HouseholdId(Schema):
    """One household."""

    household = fields.String(required=True, validate=HOUSEHOLD)


class HouseholdOn(HouseholdId):
    """One household, as it is now or as it was on a day."""

    as_of = fields.Date(load_default=None, allow_none=True)


class SealedPerson(Schema):
    """A person, sealed to `public_key`: {"id_number": …}. purpose goes into the read log."""

    sealed = fields.String(required=True)
    purpose = fields.String(load_default="查询本人所在户", validate=validate.Length(min=2, max=100))


class PersonsFor(Schema):
    """Persons of a household for a department, sealed to its public key.

    Sealed: [{ref, id_number, birth, sex, labour (A14), student, medical_insurance, disability: {category,
    grade}, groups, groups_told: {group: yes or no; left out: not known}}]; id_number is null of whom none is
    known, who is sent all the same. income: also what is known of income, for who reckons with it: of each
    person `stable_income` (by industry or work), and beside each `household`: {size,
    income_per_head_fen (A34 as newest known), workers (members who worked away in the year)}. What
    nobody knows is null.
    """

    household = fields.String(required=True, validate=HOUSEHOLD)
    department_key = fields.String(required=True)
    purpose = fields.String(required=True, validate=validate.Length(min=2, max=100))
    income = fields.Boolean(load_default=False)


class AtRisk(Schema):
    """A monitored household."""

    household = fields.String(required=True)
    region = fields.String(required=True)
    category = fields.String(required=True)
    risks = fields.List(fields.String(), required=True)


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
    judged_on = fields.String(required=True, allow_none=True)


class Former(Schema):
    """Somebody who left the household: kind (death, move_out …), day, where to (household of the county)."""

    ref = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    relation = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    on = fields.String(required=True)
    to = fields.String(required=True, allow_none=True)


class Figure(Schema):
    """An amount in fen over a window, with who gave it and when."""

    fen = fields.Integer(required=True)
    giver = fields.String(required=True)
    on = fields.String(required=True, allow_none=True)
    start = fields.String(required=True, data_key="from", attribute="from")
    to = fields.String(required=True)


class Household(Schema):
    """A household: status registered, monitored or removed; monitoring: since when, by which case.

    uninsured is A26, from A17 of every member. ended: {on, kind} when the last member left. measures: help
    given.
    """

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
    large_resettlement = fields.Boolean(required=True, allow_none=True)
    resettlement_site = fields.String(required=True, allow_none=True)
    uninsured = fields.Boolean(required=True, allow_none=True)
    measures = fields.List(fields.Dict(), required=True)
    known_from = fields.String(required=True)
    collected_on = fields.String(required=True, allow_none=True)
    ended = fields.Dict(required=True, allow_none=True)
    members = fields.List(fields.Nested(Member), required=True)
    former = fields.List(fields.Nested(Former), required=True)


class Sealed(Schema):
    """Something that only its receiver can open."""

    sealed = fields.String(required=True)
