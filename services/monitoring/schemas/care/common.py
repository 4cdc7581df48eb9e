"""What the schemas of care share."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import Schema, fields, validate

from services.monitoring.schemas.common import HOUSEHOLD

QUARTER: Final = validate.Regexp(r"^\d{4}Q[1-4]$", error="季度应写成 2021Q3。")
NOTE: Final = validate.Length(max=500)
REASON: Final = validate.Length(min=2, max=500)
PERSON: Final = validate.Regexp(r"^[A-Za-z0-9:_.@-]{2,64}$", error="人员应填其账号编号，不填姓名。")


def one_of(table: Any) -> Any:
    return validate.OneOf(sorted(table))


class OfHousehold(Schema):
    """One household."""

    household = fields.String(required=True, validate=HOUSEHOLD)
