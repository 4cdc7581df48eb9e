"""Clues: reported, answered, checked, closed, handed over, given to another household."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION, Person

from services.monitoring.domain.finding import handover
from services.monitoring.domain.finding.channels import BY_ITSELF, CHANNELS, SOCIAL
from services.monitoring.domain.finding.clues import FINDINGS, OUTCOMES, STATUSES
from services.monitoring.schemas.common import HOUSEHOLD, RISK_OR_STATE, InRegion

REFERENCE = validate.Regexp(
    r"^(?!.*\d{11})[0-9A-Za-z\u4e00-\u9fff〔〕\[\]()（）/_.-]{2,60}$",
    error="编号只写来件的登记号或文号，不写姓名、电话、证件号。",
)
BY_HAND = sorted(CHANNELS.keys() - BY_ITSELF)


class ReportClue(Schema):
    """A clue: of a household, or of a person sealed to `public_key`. note: free text, kept encrypted.

    reference: the file of a medium, petition office or platform (S-04), never a person.
    """

    region = fields.String(required=True, validate=REGION)
    channel = fields.String(required=True, validate=validate.OneOf(BY_HAND))
    household = fields.String(load_default=None, allow_none=True, validate=HOUSEHOLD)
    sealed = fields.String(load_default=None, allow_none=True)
    risks = fields.List(fields.String(validate=RISK_OR_STATE), required=True)
    found_on = fields.Date(required=True)
    note = fields.String(load_default="", validate=validate.Length(max=500))
    reference = fields.String(load_default=None, allow_none=True, validate=REFERENCE)


class ClueId(Schema):
    """One clue."""

    clue = fields.String(required=True)


class Clues(InRegion):
    """Clues of a region; "overdue": not answered in time, "late": not closed in time, "unanswered": whoever
    told it from outside (S-04) waits for an answer.
    """

    status = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf([*STATUSES, "overdue", "late", "unanswered"]),
    )


class RespondClue(Schema):
    """The answer of the village or town: when somebody goes to the household."""

    clue = fields.String(required=True)
    visit_on = fields.Date(required=True)
    note = fields.String(load_default="", validate=validate.Length(max=500))


class CheckClue(Schema):
    """The household check: who went (two at least, each with a role), when, what was found."""

    clue = fields.String(required=True)
    on = fields.Date(required=True)
    people = fields.List(fields.Nested(Person), required=True, validate=validate.Length(min=1, max=10))
    finding = fields.String(required=True, validate=validate.OneOf(sorted(FINDINGS)))
    note = fields.String(load_default="", validate=validate.Length(max=500))


class AnswerReporter(Schema):
    """The answer to a medium, petition office or platform; reference: the file it came with."""

    clue = fields.String(required=True)
    channel = fields.String(required=True, validate=validate.OneOf(sorted(SOCIAL)))
    reference = fields.String(required=True, validate=REFERENCE)
    on = fields.Date(required=True)
    way = fields.String(required=True, validate=validate.OneOf(["letter", "call", "visit", "platform"]))


class ReassignClue(Schema):
    """A clue that was another's: of the household, or of the person sealed to `public_key`."""

    clue = fields.String(required=True)
    household = fields.String(load_default=None, allow_none=True, validate=HOUSEHOLD)
    sealed = fields.String(load_default=None, allow_none=True)
    reason = fields.String(required=True, validate=validate.Length(min=2, max=500))


class CloseClue(Schema):
    """What the household check found; outcomes of a case come from the case, never by hand."""

    clue = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(sorted(OUTCOMES)))
    reason = fields.String(required=True, validate=validate.Length(min=2, max=500))


class ClueSource(Schema):
    """Who said so, when, on which channel."""

    channel = fields.String(required=True)
    on = fields.String(required=True)
    risks = fields.List(fields.String(), required=True)
    department = fields.String(required=True, allow_none=True)
    reference = fields.String(required=True, allow_none=True)


class Check(Schema):
    """Who went to the household and what was found; the note stays inside."""

    on = fields.String(required=True)
    finding = fields.String(required=True)
    people = fields.List(fields.Nested(Person), required=True)


class Waiting(Schema):
    """Who from outside waits for an answer."""

    channel = fields.String(required=True)
    reference = fields.String(required=True)


class Clue(Schema):
    """A clue as callers see it; a term that nobody has set is null, its label says so (期限待定)."""

    clue = fields.String(required=True)
    household = fields.String(required=True, allow_none=True)
    region = fields.String(required=True)
    status = fields.String(required=True)
    status_label = fields.String(required=True)
    risks = fields.List(fields.String(), required=True)
    found_on = fields.String(required=True)
    due_on = fields.String(required=True, allow_none=True)
    due_label = fields.String(required=True)
    close_by = fields.String(required=True, allow_none=True)
    close_label = fields.String(required=True)
    overdue = fields.Boolean(required=True)
    responded_on = fields.String(required=True, allow_none=True)
    closed_on = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    case = fields.String(required=True, allow_none=True)
    sources = fields.List(fields.Nested(ClueSource), required=True)
    check = fields.Nested(Check, required=True, allow_none=True)
    owed_answers = fields.List(fields.Nested(Waiting), required=True)


class Reported(Clue):
    """The clue for who may read it; for everybody else a receipt: region and received, nothing more."""

    received = fields.Boolean(dump_default=True)


class HandoverId(Schema):
    """One list of a department for one town."""

    handover = fields.String(required=True)


class Handovers(InRegion):
    """Lists of a region; status "overdue": nobody has taken it over in time."""

    status = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf([*handover.STATUSES, "overdue"])
    )


class HandoverItem(Schema):
    """One clue of a list; household None: nobody of that number is in the registry."""

    key = fields.String(required=True)
    clue = fields.String(required=True)
    household = fields.String(required=True, allow_none=True)


class Receipt(Schema):
    """Who took a list over, when, how many, how many without a household."""

    by = fields.String(required=True)
    on = fields.String(required=True)
    total = fields.Integer(required=True)
    unmatched = fields.Integer(required=True)


class Handover(Schema):
    """A list of a department for one town, and how far it is."""

    handover = fields.String(required=True)
    region = fields.String(required=True)
    department = fields.String(required=True)
    batch = fields.String(required=True)
    rule = fields.String(required=True)
    period = fields.String(required=True)
    handed_on = fields.String(required=True)
    due_on = fields.String(required=True, allow_none=True)
    due_label = fields.String(required=True)
    status = fields.String(required=True)
    status_label = fields.String(required=True)
    overdue = fields.Boolean(required=True)
    total = fields.Integer(required=True)
    unmatched = fields.Integer(required=True)
    receipts = fields.List(fields.Nested(Receipt), required=True)


class HandoverList(Handover):
    """The same with its clues."""

    items = fields.List(fields.Nested(HandoverItem), required=True)
