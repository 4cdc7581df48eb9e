"""Regional and large-scale risk: signals, warnings, joint study. Events."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate
from shouwang.department.schemas import SignalsFound
from shouwang.service.case_schemas import REGION
from shouwang.vocabulary import SIGNAL_KINDS

from services.monitoring.domain.regional.kinds import LEVEL_LABELS
from services.monitoring.domain.regional.warnings import OUTCOMES

KIND = validate.OneOf(sorted(SIGNAL_KINDS))


class SignalReported(Schema):
    """Event signal.reported: somebody told by hand; monitoring assesses the county."""

    signal = fields.String(required=True)
    kind = fields.String(required=True, validate=KIND)
    region = fields.String(required=True, validate=REGION)


class WarningRaised(Schema):
    """Event warning.raised: a warning was opened, or these areas came to it."""

    warning = fields.String(required=True)
    kind = fields.String(required=True, validate=KIND)
    level = fields.String(required=True, validate=validate.OneOf(sorted(LEVEL_LABELS)))
    place = fields.String(required=True, validate=REGION)
    areas = fields.List(fields.String(validate=REGION), required=True)
    on = fields.Date(required=True)


class WarningClosed(Schema):
    """Event warning.closed."""

    warning = fields.String(required=True)
    kind = fields.String(required=True, validate=KIND)
    place = fields.String(required=True, validate=REGION)
    outcome = fields.String(required=True, validate=validate.OneOf(sorted(OUTCOMES)))
    on = fields.Date(required=True)


class CluesWanted(Schema):
    """Event warning.clues_wanted: the households of one village each become a clue."""

    warning = fields.String(required=True)
    village = fields.String(required=True, validate=REGION)


EVENTS: Final = {
    "signal.reported": SignalReported,
    "warning.raised": WarningRaised,
    "warning.closed": WarningClosed,
    "warning.clues_wanted": CluesWanted,
}
__all__ = ["EVENTS", "CluesWanted", "SignalReported", "SignalsFound", "WarningClosed", "WarningRaised"]
