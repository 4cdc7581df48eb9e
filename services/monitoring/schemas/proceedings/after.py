"""What surrounds and follows a decision: special review, correction, debts, national system, follow-up."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import Paper, Person

from services.monitoring.domain.proceedings.follow_up import LOOKED_AT, STATUSES
from services.monitoring.domain.proceedings.reconciling import RESOLUTIONS
from services.monitoring.domain.proceedings.review import CONCLUSIONS, GROUNDS
from services.monitoring.schemas.common import HOUSEHOLD, RISK_OR_STATE, VILLAGE, InRegion

TEXT = validate.Length(min=2, max=500)
SHORT = validate.Length(min=1, max=100)
TOWN_OR_VILLAGE = validate.Regexp(r"^\d{9}(\d{3})?$", error="请给出乡镇（9 位）或村（12 位）代码。")
NUMBER = validate.Regexp(r"^[0-9A-Za-z-]{1,40}$", error="编号只含数字、字母和横线。")
EXPORTED = validate.Range(min=1, max=500)


class SpecialReview(Schema):
    """The special review of a removal: who, when, on which grounds, what was found, the conclusion."""

    case = fields.String(required=True)
    on = fields.Date(required=True)
    people = fields.List(fields.Nested(Person), required=True, validate=validate.Length(min=1, max=20))
    grounds = fields.List(fields.String(validate=validate.OneOf(sorted(GROUNDS))), required=True)
    findings = fields.String(required=True, validate=TEXT)
    conclusion = fields.String(required=True, validate=validate.OneOf(sorted(CONCLUSIONS)))
    reference = fields.String(required=True, validate=SHORT)


class CorrectDecision(Schema):
    """A decision found wrong; step: from where it is taken anew (default: the step that ended the case)."""

    case = fields.String(required=True)
    reason = fields.String(required=True, validate=TEXT)
    step = fields.String(load_default=None, allow_none=True)


class SettleDebt(Schema):
    """A paper that the green channel let come later."""

    case = fields.String(required=True)
    paper = fields.Nested(Paper, required=True)


class OwedByCase(Schema):
    """What a case owes: a paper or a step, until when."""

    case = fields.String(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    kind = fields.String(required=True)
    owed = fields.String(required=True)
    title = fields.String(required=True)
    due_on = fields.String(required=True)
    overdue = fields.Boolean(required=True)


class NationalExport(Schema):
    """What a town is to type in: decisions since..until, sealed to reader_key; all: confirmed too."""

    region = fields.String(required=True, validate=TOWN_OR_VILLAGE)
    since = fields.Date(required=True)
    until = fields.Date(required=True)
    reader_key = fields.String(required=True)
    all = fields.Boolean(load_default=False)
    after = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=200, strict=True, validate=EXPORTED)


class Exported(Schema):
    """Sealed {title, headings, rows}; more: ask again with `after` the last case."""

    cases = fields.List(fields.String(), required=True)
    rows = fields.Integer(required=True)
    more = fields.Boolean(required=True)
    sealed = fields.String(required=True)


class ConfirmNationalEntry(Schema):
    """Entered in the national system on a day, under this number."""

    case = fields.String(required=True)
    number = fields.String(
        required=True, validate=validate.Regexp(r"^[0-9A-Za-z-]{1,40}$", error="编号只含数字、字母和横线。")
    )
    on = fields.Date(required=True)


class NationalEntry(Schema):
    """The entry that a decision calls for; age in days since the decision."""

    case = fields.String(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    kind = fields.String(required=True)
    kind_label = fields.String(required=True)
    status = fields.String(required=True)
    since = fields.String(required=True)
    due_on = fields.String(required=True, allow_none=True)
    age = fields.Integer(required=True)
    overdue = fields.Boolean(required=True)
    number = fields.String(required=True, allow_none=True)
    entered_on = fields.String(required=True, allow_none=True)
    confirmed_by = fields.String(required=True, allow_none=True)
    confirmed_on = fields.String(required=True, allow_none=True)


class ReconcileNational(Schema):
    """A list of the national system, sealed to `public_key`: {name, content: base64 of xlsx or csv}."""

    region = fields.String(required=True, validate=TOWN_OR_VILLAGE)
    sealed = fields.String(required=True)


class VerifyList(Schema):
    """A village's list of households monitored before, sealed to `public_key`: {name, content: base64}."""

    village = fields.String(required=True, validate=VILLAGE)
    sealed = fields.String(required=True)


class VerifiedRow(Schema):
    """What became of a row: opened, unchanged (the same row came before), refused with column and remedy."""

    row = fields.Integer(required=True)
    status = fields.String(required=True)
    household = fields.String(required=True, allow_none=True)
    case = fields.String(required=True, allow_none=True)
    column = fields.String(required=True)
    problem = fields.String(required=True)
    remedy = fields.String(required=True)
    code = fields.String(required=True)


class VerifiedList(Schema):
    """How many rows opened a case, had done so before, were refused; every row."""

    village = fields.String(required=True)
    rows = fields.Integer(required=True)
    opened = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    report = fields.List(fields.Nested(VerifiedRow), required=True)


class ResolveMatter(Schema):
    """How one matter of a reconciliation was settled."""

    reconciliation = fields.String(required=True)
    matter = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    how = fields.String(required=True, validate=validate.OneOf(sorted(RESOLUTIONS)))
    note = fields.String(load_default="", validate=validate.Length(max=500))


class Reconciliations(InRegion):
    """Reconciliations of a region; all: also those that are settled."""

    all = fields.Boolean(load_default=False)


class RowProblem(Schema):
    """A row of the list that could not be read."""

    row = fields.Integer(required=True)
    column = fields.String(required=True)
    problem = fields.String(required=True)


class Matter(Schema):
    """Something in which the two lists do not agree. kind: only_here, only_there, differs, twice."""

    matter = fields.Integer(required=True)
    kind = fields.String(required=True)
    household = fields.String(required=True, allow_none=True)
    number = fields.String(required=True, allow_none=True)
    ours = fields.Dict(required=True, allow_none=True)
    theirs = fields.Dict(required=True, allow_none=True)
    status = fields.String(required=True)
    resolution = fields.Dict(required=True, allow_none=True)


class Reconciliation(Schema):
    """What agrees (same), what does not, which rows could not be read; open: matters still to be settled."""

    reconciliation = fields.String(required=True)
    region = fields.String(required=True)
    on = fields.String(required=True)
    rows = fields.Integer(required=True)
    same = fields.Integer(required=True)
    open = fields.Integer(required=True)
    problems = fields.List(fields.Nested(RowProblem), required=True)
    matters = fields.List(fields.Nested(Matter), required=True)


class FollowUpVisit(Schema):
    """A visit after a removal: who, what they looked at, what they found; risks: [] for none."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    on = fields.Date(required=True)
    people = fields.List(fields.Nested(Person), required=True, validate=validate.Length(min=1, max=20))
    looked_at = fields.List(fields.String(validate=validate.OneOf(sorted(LOOKED_AT))), required=True)
    risks = fields.List(fields.String(validate=RISK_OR_STATE), required=True)
    findings = fields.String(required=True, validate=TEXT)


class FollowUps(InRegion):
    """Follow-ups of a region by status; "due" and "overdue" are lists of duties."""

    status = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf([*STATUSES, "due", "overdue"])
    )


class VisitMade(Schema):
    """A visit as callers see it."""

    on = fields.String(required=True)
    looked_at = fields.List(fields.String(), required=True)
    risks = fields.List(fields.String(), required=True)
    people = fields.List(fields.Nested(Person), required=True)


class FollowUp(Schema):
    """The follow-up of a removal; next_on: by when somebody visits; clue: what a found risk led to."""

    follow_up = fields.String(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    case = fields.String(required=True)
    way = fields.String(required=True)
    removed_on = fields.String(required=True)
    until = fields.String(required=True)
    next_on = fields.String(required=True, allow_none=True)
    status = fields.String(required=True)
    status_label = fields.String(required=True)
    overdue = fields.Boolean(required=True)
    clue = fields.String(required=True, allow_none=True)
    visits = fields.List(fields.Nested(VisitMade), required=True)
