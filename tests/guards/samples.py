"""Data that a schema would let pass, made from the schema itself: what its service would send."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

WORDS = ("430426100001", "2021-06", "2021-06-01", "x", "x.csv")
PLAIN: dict[type[fields.Field[Any]], Any] = {
    fields.Boolean: True,
    fields.Date: "2021-06-01",
    fields.Dict: {"a": 1},
    fields.Raw: {"a": 1},
}


def sample(schema: Schema) -> dict[str, Any]:
    """Return JSON data with every field of the schema."""
    return {name: _value(field) for name, field in schema.fields.items()}


def _value(field: fields.Field[Any]) -> Any:
    if isinstance(field, fields.Nested):
        return sample(field.schema)
    if isinstance(field, fields.List):
        return [_value(field.inner)]
    choices = [validator.choices for validator in field.validators if isinstance(validator, validate.OneOf)]
    if choices:
        return next(iter(choices[0]))
    if type(field) in PLAIN:
        return PLAIN[type(field)]
    return _passing(field, range(1000) if isinstance(field, fields.Integer) else WORDS)


def _passing(field: fields.Field[Any], values: Any) -> Any:
    for value in values:
        try:
            field.deserialize(value)
        except ValidationError:
            continue
        return value
    raise AssertionError(f"no sample for {field!r}: add one to WORDS")
