"""What the calls of every department take and return, and the events it sends. Amounts fen, dates ISO."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from shouwang.department.report_schemas import FiguresReported, SignalsFound
from shouwang.service.case_schemas import REGION
from shouwang.vocabulary import CATEGORIES, RISKS, STATES

RISK = validate.OneOf([*RISKS, *STATES])
MONTH = validate.Regexp(r"^\d{4}-\d{2}$", error="应写成 2021-06。")


class Described(Schema):
    """What the department has and offers, and the key to seal to."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    owner = fields.String(required=True)
    contract = fields.String(required=True)
    public_key = fields.String(required=True)
    tables = fields.List(fields.Dict(), required=True)
    rules = fields.List(fields.Dict(), required=True)
    measures = fields.List(fields.Dict(), required=True)
    comparisons = fields.List(fields.Dict(), required=True)
    signals = fields.List(fields.Dict(), load_default=list)
    indicators = fields.List(fields.Dict(), load_default=list)
    calls = fields.List(fields.String(), required=True)


class Screen(Schema):
    """The month up to which rules look."""

    period = fields.String(required=True, validate=MONTH)


class Screened(Schema):
    """One rule: verdict known or unknown (with reason), persons found, clues sent now, sent before.

    gone: sent before on the same periods and not found any more, after a correction; their clues stand.
    """

    rule = fields.String(required=True)
    risk = fields.String(required=True)
    verdict = fields.String(required=True)
    reason = fields.String(required=True)
    code = fields.String()
    found = fields.Integer(required=True)
    sent = fields.Integer(required=True)
    already = fields.Integer(required=True)
    gone = fields.Integer(required=True)
    used = fields.Dict(required=True)
    missing = fields.Dict(required=True)


class Screening(Schema):
    """Result of a screening."""

    period = fields.String(required=True)
    rules = fields.List(fields.Nested(Screened), required=True)


class Compare(Schema):
    """A signed authorisation and the persons, sealed to this department."""

    authorisation = fields.String(required=True)
    persons = fields.String(required=True)


class Compared(Schema):
    """The answer, sealed to monitoring; outside only which facts it holds."""

    case = fields.String(required=True)
    department = fields.String(required=True)
    facts = fields.List(fields.String(), required=True)
    sealed = fields.String(required=True)


class ProposeMeasures(Schema):
    """A household at risk; `persons`: [{ref, id_number, …}] sealed to this department.

    measures: the codes asked about, whatever the risks (contract 1.1); None: those that the risks call for.
    """

    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)
    risks = fields.List(fields.String(validate=RISK), required=True)
    category = fields.String(required=True, allow_none=True, validate=validate.OneOf(CATEGORIES))
    able_to_work = fields.Boolean(required=True, allow_none=True)
    persons = fields.String(required=True)
    measures = fields.List(fields.String(), load_default=None, allow_none=True)
    on = fields.Date(required=True)


class PersonAnswer(Schema):
    """The answer for one person (`ref` None: for the household)."""

    ref = fields.String(required=True, allow_none=True)
    eligible = fields.String(required=True)
    amount_fen = fields.Integer(required=True, allow_none=True)
    per = fields.String(required=True)
    receiving = fields.Boolean(allow_none=True)
    reason = fields.String(required=True)
    decision = fields.Dict(required=True)


class Proposal(Schema):
    """One measure for the household: eligible yes, no or unknown; the amounts of its persons summed.

    receiving: somebody is given it already. condition: what the household does for the money (A-08).
    """

    measure = fields.String(required=True)
    title = fields.String(required=True)
    risks = fields.List(fields.String(), required=True)
    eligible = fields.String(required=True)
    amount_fen = fields.Integer(required=True, allow_none=True)
    reason = fields.String(required=True)
    evidence = fields.List(fields.String(), required=True)
    receiving = fields.Boolean(allow_none=True)
    condition = fields.String()
    persons = fields.List(fields.Nested(PersonAnswer), required=True)


class DeliverMeasure(Schema):
    """A task carried out; `evidence`: names of the papers handed in; `persons`: sealed, for whom it was.

    part: 1, 2, 3 …, of what is paid in several sums; amount_fen: of this part alone.
    """

    task = fields.String(required=True)
    part = fields.Integer(load_default=1, validate=validate.Range(min=1))
    measure = fields.String(required=True)
    household = fields.String(required=True)
    amount_fen = fields.Integer(required=True, allow_none=True, validate=validate.Range(min=0))
    persons = fields.String(load_default=None, allow_none=True)
    evidence = fields.List(fields.String(), required=True)


class Delivered(Schema):
    """Event measure.delivered, and the answer of deliver_measure; amount_fen: of this part alone."""

    task = fields.String(required=True)
    part = fields.Integer(load_default=1, validate=validate.Range(min=1))
    household = fields.String(required=True)
    measure = fields.String(required=True)
    amount_fen = fields.Integer(required=True, allow_none=True)
    on = fields.Date(required=True)
    evidence = fields.List(fields.String(), required=True)


class Announced(Described):
    """Event announced."""


class Heartbeat(Schema):
    """Event heartbeat."""

    code = fields.String(required=True)
    on = fields.Date(required=True)


class Clue(Schema):
    """One person found: `sealed` to monitoring {id_number}; `grounds`: the decision, without the person."""

    key = fields.String(required=True)
    rule = fields.String(required=True)
    risk = fields.String(required=True, validate=RISK)
    region = fields.String(load_default=None, allow_none=True)
    sealed = fields.String(required=True)
    grounds = fields.Dict(required=True)


class CluesFound(Schema):
    """Event clues.found: a batch of clues of one rule; period: the newest of the data (2021-06, 2021)."""

    batch = fields.String(required=True)
    department = fields.String(required=True)
    period = fields.String(required=True)
    rule = fields.String(required=True)
    clues = fields.List(fields.Nested(Clue), required=True)


class ClueClosed(Schema):
    """Event monitoring/clue.closed: what came of a clue (S-03: the result is fed back)."""

    outcome = fields.String(required=True)
    department = fields.String(required=True, allow_none=True)
    key = fields.String(required=True, allow_none=True)


EVENTS = {
    "announced": Announced,
    "figures.reported": FiguresReported,
    "heartbeat": Heartbeat,
    "clues.found": CluesFound,
    "signals.found": SignalsFound,
    "measure.delivered": Delivered,
}
