"""Plans: how they are shown, explained and added to."""

from __future__ import annotations

from marshmallow import Schema, fields, validates_schema
from marshmallow.exceptions import ValidationError

from services.assistance.schemas.common import REASON, WORD


class Plan(Schema):
    """The plan of a household with its tasks, what nobody covers, and which department was silent.

    tasks: those that count; ended_tasks: stopped or replaced. progress: {stage, assigned, delivered,
    confirmed, ended, orphaned, disputed}. answers: by department {state:
    answered|silent|failed|nonsense|gone, on, problems, measures: those that it answered, not those of which
    it does not know}.
    """

    plan = fields.String(required=True)
    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True)
    kind = fields.String(required=True)
    risks = fields.List(fields.String(), required=True)
    status = fields.String(required=True)
    made_on = fields.String(required=True)
    ended_on = fields.String(required=True, allow_none=True)
    tasks = fields.List(fields.Dict(), required=True)
    ended_tasks = fields.List(fields.Dict(), required=True)
    uncovered = fields.List(fields.String(), required=True)
    unknown = fields.List(fields.Dict(), required=True)
    silent = fields.List(fields.String(), required=True)
    answers = fields.Dict(required=True)
    progress = fields.Dict(required=True)
    contact = fields.String(required=True, allow_none=True)


class ExplainPlan(Schema):
    """A plan, or the newest one of a household."""

    plan = fields.String(load_default=None, allow_none=True)
    household = fields.String(load_default=None, allow_none=True)

    @validates_schema
    def one_of_both(self, data: dict[str, object], **_: object) -> None:
        """Refuse a question that names neither."""
        if not data.get("plan") and not data.get("household"):
            raise ValidationError("请给出 plan 或 household。")


class Reason(Schema):
    """One choice or omission: what it is about, whether it is given (null: no measure), why."""

    about = fields.String(required=True)
    given = fields.Boolean(required=True, allow_none=True)
    verdict = fields.String(required=True)
    sentence = fields.String(required=True)
    decision = fields.Dict(required=True)


class Explained(Schema):
    """Why a plan is as it is."""

    plan = fields.String(required=True)
    household = fields.String(required=True)
    answers = fields.Dict(required=True)
    reasons = fields.List(fields.Nested(Reason), required=True)


class NoteWill(Schema):
    """Whether a household lacks will, as somebody who knows it judged."""

    plan = fields.String(required=True)
    lacks_will = fields.Boolean(required=True)
    reason = fields.String(required=True, validate=REASON)


class NameContact(Schema):
    """Who follows the household of a plan; the reference of an officer, no name."""

    plan = fields.String(required=True)
    contact = fields.String(required=True, validate=WORD)
