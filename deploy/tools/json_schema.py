"""marshmallow schemas as JSON Schema: the fields and validators that the suite uses, and no silent others."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from marshmallow import RAISE, Schema, fields, validate
from shouwang.errors import ConfigurationError

JSON = dict[str, Any]
TYPES: dict[type[fields.Field[Any]], JSON] = {
    fields.String: {"type": "string"},
    fields.Integer: {"type": "integer"},
    fields.Boolean: {"type": "boolean"},
    fields.Date: {"type": "string", "format": "date"},
    fields.Dict: {"type": "object"},
    fields.Raw: {},
}


class Schemas:
    """Collects the JSON form of schemas by name; nested ones are references into the same collection."""

    def __init__(self, prefix: str = "#/components/schemas/") -> None:
        self.found: dict[str, JSON] = {}
        self._made_of: dict[str, type[Schema]] = {}
        self._prefix = prefix

    def reference(self, schema: type[Schema] | Schema) -> JSON:
        """Return a reference to the schema and keep what it refers to."""
        loaded = schema() if isinstance(schema, type) else schema
        name = name_of(type(loaded))
        if self._made_of.setdefault(name, type(loaded)) is not type(loaded):
            raise _unknown(f"两个同名的 {name}")
        if name not in self.found:
            self.found[name] = {}
            self.found[name] = self._object(loaded)
        return {"$ref": self._prefix + name}

    def listed(self, schema: type[Schema] | list[type[Schema]]) -> JSON:
        """Return the reference to a schema, or an array of it where it stands in a list."""
        if isinstance(schema, list):
            return {"type": "array", "items": self.reference(schema[0])}
        return self.reference(schema)

    def _object(self, schema: Schema) -> JSON:
        form: JSON = {"type": "object", "description": inspect.getdoc(type(schema)) or ""}
        form["properties"] = {name: self._field(field) for name, field in schema.fields.items()}
        required = [name for name, field in schema.fields.items() if field.required]
        if required:
            form["required"] = required
        return form | {"additionalProperties": schema.unknown != RAISE}

    def _field(self, field: fields.Field[Any]) -> JSON:
        form = self._plain(field)
        for validator in field.validators:
            form |= _limits(validator, form)
        if "label" in field.metadata:
            form["title"] = field.metadata["label"]
        return _or_null(form) if field.allow_none else form

    def _plain(self, field: fields.Field[Any]) -> JSON:
        if isinstance(field, fields.Nested):
            return self.reference(field.schema)
        if isinstance(field, fields.List):
            return {"type": "array", "items": self._field(field.inner)}
        for kind, form in TYPES.items():
            if type(field) is kind:
                return dict(form)
        raise _unknown(f"字段类型 {type(field).__name__}")


def name_of(schema: type[Schema]) -> str:
    """Return the name of a schema: `monitoring.CaseOpened`; what all services share, without a service."""
    parts = schema.__module__.split(".")
    owner = {"services": parts[1], "shouwang": parts[1]}.get(parts[0], parts[0])
    return schema.__name__ if owner == "service" else f"{owner}.{schema.__name__}"


def _or_null(form: JSON) -> JSON:
    if "type" not in form:
        return {"anyOf": [form, {"type": "null"}]} if form else form
    if "enum" in form:
        form["enum"] = [*form["enum"], None]
    return {**form, "type": [form["type"], "null"]}


def _one_of(validator: validate.OneOf) -> JSON:
    return {"enum": [str(choice) for choice in validator.choices]}


def _pattern(validator: validate.Regexp) -> JSON:
    return {"pattern": validator.regex.pattern}


def _range(validator: validate.Range) -> JSON:
    low = "minimum" if validator.min_inclusive else "exclusiveMinimum"
    high = "maximum" if validator.max_inclusive else "exclusiveMaximum"
    return _given({low: validator.min, high: validator.max})


def _length(validator: validate.Length, form: JSON) -> JSON:
    things = "Items" if form.get("type") == "array" else "Length"
    low, high = validator.min, validator.max
    if validator.equal is not None:
        low = high = validator.equal
    return _given({f"min{things}": low, f"max{things}": high})


LIMITS: dict[type[validate.Validator], Callable[[Any], JSON]] = {
    validate.OneOf: _one_of,
    validate.Regexp: _pattern,
    validate.Range: _range,
}


def _limits(validator: Any, form: JSON) -> JSON:
    if isinstance(validator, validate.Length):
        return _length(validator, form)
    if type(validator) not in LIMITS:
        raise _unknown(f"校验 {validator!r}")
    return LIMITS[type(validator)](validator)


def _given(limits: JSON) -> JSON:
    return {name: limit for name, limit in limits.items() if limit is not None}


def _unknown(what: str) -> ConfigurationError:
    return ConfigurationError(
        f"{what} 还不会写成 JSON Schema",
        code="configuration.schema",
        where="deploy/tools/json_schema.py",
        remedy="请在 TYPES 或 LIMITS 里补上。",
    )
