"""Care of monitored households: contact persons, evaluation, problems, worklists. Events."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import Schema, fields, validate

from services.monitoring.domain.care import contacts, evaluation, problems, watching


class ContactNamed(Schema):
    """Event contact.named: a household has another contact person (account id, no name)."""

    household = fields.String(required=True)
    region = fields.String(required=True)
    person = fields.String(required=True)
    level = fields.String(required=True, validate=validate.OneOf(sorted(contacts.ORIGINS)))


class HouseholdEvaluated(Schema):
    """Event household.evaluated: the conclusion of a quarter; a correction comes as another event."""

    household = fields.String(required=True)
    region = fields.String(required=True)
    quarter = fields.String(required=True)
    conclusion = fields.String(required=True, validate=validate.OneOf(sorted(evaluation.CONCLUSIONS)))
    measures_work = fields.Boolean(required=True, allow_none=True)
    clue = fields.String(required=True, allow_none=True)


class ProblemMoved(Schema):
    """Events problem.opened, problem.done, problem.accepted, problem.reopened."""

    problem = fields.String(required=True)
    region = fields.String(required=True)
    household = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True, validate=validate.OneOf(sorted(problems.KINDS)))
    level = fields.String(required=True, validate=validate.OneOf(sorted(problems.LEVELS)))
    org = fields.String(required=True)
    due_on = fields.String(required=True)


class HouseholdWatched(Schema):
    """Event household.watched: put on the early list."""

    watch = fields.String(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    reason = fields.String(required=True, validate=validate.OneOf(sorted(watching.REASONS)))


EVENTS: Final[dict[str, Any]] = {
    "contact.named": ContactNamed,
    "household.evaluated": HouseholdEvaluated,
    "problem.opened": ProblemMoved,
    "problem.done": ProblemMoved,
    "problem.accepted": ProblemMoved,
    "problem.reopened": ProblemMoved,
    "household.watched": HouseholdWatched,
}
