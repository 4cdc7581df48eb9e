"""Cases, comparison and explanation."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import Person, Step

from services.monitoring.domain.proceedings.anew import OLD
from services.monitoring.domain.proceedings.meeting import FUNCTIONS
from services.monitoring.domain.registry.roster_form import MONEY_FIELDS
from services.monitoring.schemas.common import FEN, HOUSEHOLD, LABOUR, RISK, RISK_OR_STATE, InRegion

REFERENCE = validate.Length(min=1, max=64)
PERSONS = validate.Range(min=0, max=10_000)


class Record(Schema):
    """The content of 附件2 (or of 附件4, 5) as the checkers collected it; what is left out stays as known.

    figures: fen over the case's twelve months. givers: who gave a figure when it was not the checkers.
    insured, labour: by member ref. risks: None leaves them as they are, [] says there are none.
    """

    collected_on = fields.Date(required=True)
    figures = fields.Dict(
        keys=fields.String(validate=validate.OneOf(MONEY_FIELDS)),
        values=fields.Integer(strict=True, validate=FEN),
        load_default=dict,
    )
    givers = fields.Dict(
        keys=fields.String(validate=validate.OneOf(MONEY_FIELDS)), values=fields.String(), load_default=dict
    )
    risks = fields.List(fields.String(validate=RISK), load_default=None, allow_none=True)
    insured = fields.Dict(keys=fields.String(), values=fields.Boolean(), load_default=dict)
    labour = fields.Dict(keys=fields.String(), values=fields.String(validate=LABOUR), load_default=dict)
    kind = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(["ex_poor", "ordinary"]))
    housing_unsafe = fields.Boolean(load_default=None, allow_none=True)
    school_dropout = fields.Boolean(load_default=None, allow_none=True)
    water_unsafe = fields.Boolean(load_default=None, allow_none=True)
    difficulty = fields.Boolean(load_default=None, allow_none=True)
    measures_delivered = fields.Boolean(load_default=None, allow_none=True)
    fed_and_clothed = fields.Boolean(load_default=None, allow_none=True)
    income_stable = fields.Boolean(load_default=None, allow_none=True)
    spending_controlled = fields.Boolean(load_default=None, allow_none=True)


class Attendant(Schema):
    """Who was at the meeting, in what function of the appraisal group; the reference is no name."""

    person_ref = fields.String(required=True, validate=REFERENCE)
    function = fields.String(required=True, validate=validate.OneOf(sorted(FUNCTIONS)))


class Meeting(Schema):
    """The record of the appraisal meeting: when, where, who, how many, how they voted. invited: 应到人数."""

    held_on = fields.Date(required=True)
    place = fields.String(required=True, validate=validate.Length(min=1, max=100))
    reference = fields.String(required=True, validate=validate.Length(min=1, max=100))
    chair = fields.String(required=True, validate=REFERENCE)
    attended = fields.List(fields.Nested(Attendant), required=True, validate=validate.Length(min=1, max=200))
    invited = fields.Integer(required=True, strict=True, validate=PERSONS)
    in_favour = fields.Integer(required=True, strict=True, validate=PERSONS)
    against = fields.Integer(required=True, strict=True, validate=PERSONS)
    abstained = fields.Integer(required=True, strict=True, validate=PERSONS)


class SignedPaper(Schema):
    """附件1: where it is kept, its date, and which member (ref) signed it."""

    reference = fields.String(required=True)
    on = fields.Date(required=True)
    signed_by = fields.String(required=True)


class Apply(Schema):
    """A household applies, itself or helped by the village: opens identification, takes its first step.

    warning: the regional warning that bears its risk out, for the green channel (S-07).
    risks: what 附件1 names, ⑥–⑭ (illness …) and ②–④ (housing, school, water); ① and ⑤ derive from figures.
    """

    household = fields.String(required=True, validate=HOUSEHOLD)
    risks = fields.List(fields.String(validate=RISK_OR_STATE), required=True, validate=validate.Length(min=1))
    clue = fields.String(load_default=None, allow_none=True)
    paper = fields.Nested(SignedPaper, required=True)
    warning = fields.String(load_default=None, allow_none=True)


class VerifyAnew(Apply):
    """A household monitored under the rules before 2021: identified anew. was: its old category."""

    was = fields.String(required=True, validate=validate.OneOf([one.value for one in OLD]))
    since = fields.Date(load_default=None, allow_none=True)


class ProposeRemoval(Schema):
    """The village proposes that a risk is removed; record: what it judged (stable income, spending …)."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    way = fields.String(required=True, validate=validate.OneOf(["helped", "natural"]))
    record = fields.Nested(Record, required=True)


class Signed(Person):
    """Who took part or signed, in what function, on which day (the day of the step unless said)."""

    on = fields.Date(load_default=None, allow_none=True)


class TakeStep(Step):
    """One action on a case; `record` goes with the household check, `meeting` with the appraisal.

    to: where to send back to. reason_code: of the county's list (decision_reasons); none means 99 其他.
    """

    case = fields.String(required=True)
    people = fields.List(fields.Nested(Signed), load_default=list)
    record = fields.Nested(Record, load_default=None, allow_none=True)
    meeting = fields.Nested(Meeting, load_default=None, allow_none=True)
    reason_code = fields.String(load_default=None, allow_none=True)
    to = fields.String(load_default=None, allow_none=True)


class CaseId(Schema):
    """One case."""

    case = fields.String(required=True)


class Cases(InRegion):
    """Cases of a region by status."""

    status = fields.String(load_default=None, allow_none=True)
    procedure = fields.String(load_default=None, allow_none=True)


class Shown(Person):
    """Who took part or signed, in what function, when."""

    on = fields.String(required=True)


class CaseEntry(Schema):
    """One step taken. meeting: its record by refs; told: why the meeting holds; reason_code: of a list."""

    step = fields.String(required=True)
    action = fields.String(required=True)
    on = fields.String(required=True)
    by = fields.String(required=True, allow_none=True)
    papers = fields.List(fields.String(), required=True)
    people = fields.List(fields.Nested(Shown), required=True)
    reason = fields.String(required=True, allow_none=True)
    reason_code = fields.String(required=True, allow_none=True)
    meeting = fields.Dict(required=True, allow_none=True)
    told = fields.List(fields.String(), required=True)


class Case(Schema):
    """A case as callers see it; `category` once included, `way` of a removal.

    decision: the number under which it is decided (…~2 of a correction), corrects: the one it corrects.
    previous_case: of a rebound, the case that removed the risk. anew: {was, since} of a verification anew.
    """

    case = fields.String(required=True)
    procedure = fields.String(required=True)
    version = fields.Integer(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    clue = fields.String(required=True, allow_none=True)
    opened_on = fields.String(required=True)
    window = fields.Dict(required=True)
    step = fields.String(required=True)
    status = fields.String(required=True)
    notice = fields.Dict(required=True, allow_none=True)
    category = fields.String(required=True, allow_none=True)
    risks = fields.List(fields.String(), required=True)
    way = fields.String(required=True, allow_none=True)
    compared_on = fields.String(required=True, allow_none=True)
    warnings = fields.List(fields.String(), required=True)
    previous_case = fields.String(required=True, allow_none=True)
    anew = fields.Dict(required=True, allow_none=True)
    debt_due_on = fields.String(required=True, allow_none=True)
    decision = fields.String(required=True)
    corrects = fields.String(required=True, allow_none=True)
    review = fields.Dict(required=True, allow_none=True)
    entries = fields.List(fields.Nested(CaseEntry), required=True)


class Comparison(Schema):
    """What the departments answered; complete only when nobody was silent."""

    case = fields.String(required=True)
    complete = fields.Boolean(required=True)
    departments = fields.List(fields.Dict(), required=True)


class Explain(Schema):
    """A case, or a household (its newest decision); as_of: only what was decided up to that day.

    about: `case`, or of a household its `class` or suggested `category`, whether it ever had a case or not.
    """

    about = fields.String(load_default="case", validate=validate.OneOf(["case", "class", "category"]))
    case = fields.String(load_default=None, allow_none=True)
    household = fields.String(load_default=None, allow_none=True, validate=HOUSEHOLD)
    as_of = fields.Date(load_default=None, allow_none=True)


class Explanation(Schema):
    """The sentence, the decisions behind it; decided: false where it is what would be decided now."""

    sentence = fields.String(required=True)
    decision = fields.Dict(required=True)
    decisions = fields.List(fields.Dict(), required=True)
    decided = fields.Boolean(required=True)
    case = fields.String(required=True, allow_none=True)
    corrects = fields.String(required=True, allow_none=True)


class Possible(Schema):
    """What may happen next: by whom, what to bring, and when it may not, why."""

    step = fields.String(required=True)
    action = fields.String(required=True)
    title = fields.String(required=True)
    allowed = fields.Boolean(required=True)
    reasons = fields.List(fields.Dict(), required=True)
    level = fields.String(required=True, allow_none=True)
    roles = fields.List(fields.String(), required=True)
    papers = fields.List(fields.String(), required=True)
    owed = fields.List(fields.String(), required=True)
    people = fields.Integer(required=True)
    people_from = fields.List(fields.String(), required=True)
    signatures = fields.List(fields.String(), required=True)
    needs_reason = fields.Boolean(required=True)
