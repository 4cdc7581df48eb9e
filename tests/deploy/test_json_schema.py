"""marshmallow schemas as JSON Schema."""

from __future__ import annotations

from typing import Any

import pytest
from marshmallow import INCLUDE, Schema, fields, validate
from shouwang.errors import ConfigurationError

from deploy.tools.json_schema import Schemas


class Inner(Schema):
    """One of several."""

    region = fields.String(required=True, validate=validate.Regexp(r"^\d{6}$"))


class Outer(Schema):
    """What is told."""

    class Meta:
        unknown = INCLUDE

    title = fields.String(required=True, metadata={"label": "名称"}, validate=validate.Length(min=1, max=9))
    count = fields.Integer(validate=validate.Range(min=0, max=5, max_inclusive=False))
    kind = fields.String(allow_none=True, validate=validate.OneOf(["a", "b"]))
    able = fields.Boolean(required=True, allow_none=True)
    on = fields.Date()
    parts = fields.List(fields.Nested(Inner), validate=validate.Length(min=1))
    one = fields.Nested(Inner, allow_none=True)
    free = fields.Raw()


@pytest.fixture
def outer() -> dict[str, Any]:
    schemas = Schemas()
    assert schemas.reference(Outer) == {"$ref": "#/components/schemas/tests.Outer"}
    return schemas.found["tests.Outer"]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("title", {"type": "string", "minLength": 1, "maxLength": 9, "title": "名称"}),
        ("count", {"type": "integer", "minimum": 0, "exclusiveMaximum": 5}),
        ("kind", {"type": ["string", "null"], "enum": ["a", "b", None]}),
        ("able", {"type": ["boolean", "null"]}),
        ("on", {"type": "string", "format": "date"}),
        ("parts", {"type": "array", "items": {"$ref": "#/components/schemas/tests.Inner"}, "minItems": 1}),
        ("one", {"anyOf": [{"$ref": "#/components/schemas/tests.Inner"}, {"type": "null"}]}),
        ("free", {}),
    ],
)
def test_a_field(outer: dict[str, Any], name: str, form: dict[str, Any]) -> None:
    assert outer["properties"][name] == form


def test_an_object_says_what_it_is_what_it_needs_and_whether_more_is_taken(outer: dict[str, Any]) -> None:
    assert (outer["description"], outer["required"]) == ("What is told.", ["title", "able"])
    assert outer["additionalProperties"] is True


def test_a_nested_schema_is_kept_once() -> None:
    schemas = Schemas()
    schemas.reference(Outer)
    assert schemas.found["tests.Inner"]["properties"]["region"]["pattern"] == r"^\d{6}$"
    assert schemas.found["tests.Inner"]["additionalProperties"] is False


def test_a_list_of_results() -> None:
    assert Schemas().listed([Inner])["type"] == "array"


def test_a_field_that_nobody_can_write_down_is_refused() -> None:
    class Strange(Schema):
        when = fields.TimeDelta()

    with pytest.raises(ConfigurationError, match="TimeDelta"):
        Schemas().reference(Strange)


def test_a_check_that_nobody_can_write_down_is_refused() -> None:
    class Strange(Schema):
        mail = fields.String(validate=validate.Email())

    with pytest.raises(ConfigurationError, match="Email"):
        Schemas().reference(Strange)


def test_two_schemas_of_one_name_are_refused() -> None:
    schemas = Schemas()
    schemas.reference(Inner)
    with pytest.raises(ConfigurationError, match="同名"):
        schemas.reference(type("Inner", (Schema,), {"__module__": Inner.__module__}))
