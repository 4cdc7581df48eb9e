"""Regional and large-scale risk: signals, warnings, joint studies."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.department.report_schemas import Signal as Told
from shouwang.service.case_schemas import REGION, Step

from services.monitoring.domain.regional.kinds import KINDS
from services.monitoring.domain.regional.study import DONE, OPEN, REPLACED
from services.monitoring.schemas.common import InRegion
from services.monitoring.schemas.finding.clues import REFERENCE

KIND = validate.OneOf(sorted(KINDS))
CODE = validate.Regexp(r"^[a-z_]{2,40}$", error="请写部门代码，如 emergency。")


class ReportSignal(Told):
    """What a town, or a department without a plugin, sees; told again under its key it is a correction."""


class Signals(InRegion):
    """Signals of a kind since a day."""

    kind = fields.String(required=True, validate=KIND)
    since = fields.Date(required=True)


class Signal(Schema):
    """A signal as it was told last."""

    signal = fields.String(required=True)
    department = fields.String(required=True)
    key = fields.String(required=True)
    kind = fields.String(required=True)
    kind_label = fields.String(required=True)
    region = fields.String(required=True)
    amount = fields.Integer(required=True, allow_none=True)
    unit = fields.String(required=True)
    started_on = fields.String(required=True)
    ended_on = fields.String(required=True, allow_none=True)
    reported_on = fields.String(required=True)
    facts = fields.Dict(required=True)


class Picture(Schema):
    """A region, and one kind or all."""

    region = fields.String(required=True, validate=REGION)
    kind = fields.String(load_default=None, allow_none=True, validate=KIND)


class Pictured(Schema):
    """What a place has of a kind; verdict yes, no or unknown, with the sentence that says why."""

    place = fields.String(required=True)
    place_label = fields.String(required=True)
    level = fields.String(required=True)
    level_label = fields.String(required=True)
    kind = fields.String(required=True)
    kind_label = fields.String(required=True)
    amount = fields.Integer(required=True)
    unit = fields.String(required=True)
    complete = fields.Boolean(required=True)
    areas = fields.List(fields.String(), required=True)
    verdict = fields.String(required=True)
    sentence = fields.String(required=True)


class WarningId(Schema):
    """One warning."""

    warning = fields.String(required=True)


class Warnings(InRegion):
    """Warnings of a region."""

    status = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(["open", "closed"]))


class Warning(Schema):
    """A warning: where, what, why, how far; how many households it concerns, and how many are clues."""

    warning = fields.String(required=True)
    kind = fields.String(required=True)
    kind_label = fields.String(required=True)
    level = fields.String(required=True)
    level_label = fields.String(required=True)
    place = fields.String(required=True)
    status = fields.String(required=True)
    areas = fields.List(fields.String(), required=True)
    signals = fields.Integer(required=True)
    opened_on = fields.String(required=True)
    sentence = fields.String(required=True)
    step = fields.String(required=True)
    due_on = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    closed_on = fields.String(required=True, allow_none=True)
    raised_to = fields.String(required=True, allow_none=True)
    clues_from = fields.String(required=True, allow_none=True)
    studies = fields.List(fields.String(), required=True)
    criterion = fields.String(required=True)
    villages = fields.Integer(required=True)
    concerned = fields.Integer(required=True)
    unknown = fields.Integer(required=True)
    clues = fields.Integer(required=True)


class TakeWarningStep(Step):
    """One step of a warning's procedure."""

    warning = fields.String(required=True)


class OpenClues(WarningId):
    """Every household a clue; with_unknown: also those of whom nobody knows whether it concerns them."""

    with_unknown = fields.Boolean(load_default=False)


class Following(Schema):
    """In how many villages the work goes on."""

    warning = fields.String(required=True)
    villages = fields.Integer(required=True)


class Affected(WarningId):
    """The lists of a warning in a region, some villages at a time: `after` is the last list before."""

    region = fields.String(required=True, validate=REGION)
    after = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=20, validate=validate.Range(min=1, max=200))


class AffectedList(Schema):
    """One village: ids of households concerned, of unknown ones, and the clue of each that has one."""

    list = fields.String(required=True)
    village = fields.String(required=True)
    concerned = fields.List(fields.String(), required=True)
    unknown = fields.List(fields.String(), required=True)
    others = fields.Integer(required=True)
    drawn_on = fields.String(required=True)
    clues = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class Measure(Schema):
    """A measure of a study: which department does what until when."""

    department = fields.String(required=True, validate=CODE)
    text = fields.String(required=True, validate=validate.Length(min=2, max=500))
    due_on = fields.Date(required=True)


class HoldStudy(Schema):
    """A joint study: minutes is the reference of its minutes; absent: department → why."""

    region = fields.String(required=True, validate=validate.Regexp(r"^\d{6}$", error="会商由县组织。"))
    held_on = fields.Date(required=True)
    minutes = fields.String(required=True, validate=REFERENCE)
    departments = fields.List(fields.String(validate=CODE), required=True)
    absent = fields.Dict(keys=fields.String(validate=CODE), values=fields.String(), load_default=dict)
    warnings = fields.List(fields.String(), load_default=list)
    conclusions = fields.List(fields.String(validate=validate.Length(max=500)), required=True)
    measures = fields.List(fields.Nested(Measure), load_default=list)


class StudyId(Schema):
    """One study."""

    study = fields.String(required=True)


class Studies(InRegion):
    """The studies of a county."""

    status = fields.String(load_default=None, allow_none=True, validate=validate.OneOf([OPEN, DONE]))


class FollowMeasure(Schema):
    """How far a measure is; evidence: reference of what shows it."""

    study = fields.String(required=True)
    measure = fields.Integer(required=True, strict=True)
    status = fields.String(required=True, validate=validate.OneOf([OPEN, DONE, REPLACED]))
    note = fields.String(required=True, validate=validate.Length(min=2, max=500))
    evidence = fields.String(load_default=None, allow_none=True, validate=REFERENCE)


class MeasureLook(Schema):
    """One look at a measure."""

    on = fields.String(required=True)
    status = fields.String(required=True)
    note = fields.String(required=True)
    evidence = fields.String(required=True, allow_none=True)


class MeasureOf(Schema):
    """A measure and how far it is."""

    number = fields.Integer(required=True)
    department = fields.String(required=True)
    text = fields.String(required=True)
    due_on = fields.String(required=True)
    status = fields.String(required=True)
    overdue = fields.Boolean(required=True)
    follow_ups = fields.List(fields.Nested(MeasureLook), required=True)


class Study(Schema):
    """A joint study; complete: yes, no or unknown, lacking: departments that should have been there."""

    study = fields.String(required=True)
    region = fields.String(required=True)
    held_on = fields.String(required=True)
    minutes = fields.String(required=True)
    departments = fields.List(fields.String(), required=True)
    absent = fields.Dict(required=True)
    warnings = fields.List(fields.String(), required=True)
    conclusions = fields.List(fields.String(), required=True)
    measures = fields.List(fields.Nested(MeasureOf), required=True)
    status = fields.String(required=True)
    complete = fields.String(required=True)
    lacking = fields.List(fields.String(), required=True)
    composition = fields.String(required=True)


class StudiesOf(Schema):
    """The studies of a county, and by when the next regular one is due."""

    studies = fields.List(fields.Nested(Study), required=True)
    next_due = fields.String(required=True)
