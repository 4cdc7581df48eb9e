"""A wrong request is named field by field in Chinese, and never repeats what was sent."""

import inspect

import pytest
from marshmallow import Schema, fields, validate
from shouwang.errors import BadRequest
from shouwang.service.chinese import in_chinese
from shouwang.service.requests import dump, load


class Person(Schema):
    name = fields.Str(required=True)


class Report(Schema):
    region = fields.Str(required=True, metadata={"label": "区划"})
    people = fields.List(fields.Nested(Person))
    months = fields.Int(validate=validate.Range(min=0, max=12))


def problems(data: object) -> dict[str, str]:
    with pytest.raises(BadRequest) as caught:
        load(Report, data, where="monitoring.report")
    assert caught.value.code == "request.invalid"
    assert caught.value.where == "monitoring.report"
    return {one["field"]: one["message"] for one in caught.value.details["problems"]}


def test_every_wrong_field_is_named_with_its_label() -> None:
    found = problems({"months": 13, "people": [{"name": "甲"}, {"nam": 1}], "extra": 1})
    assert found == {
        "区划（region）": "必填",
        "months": "应不小于 0，且不大于 12",
        "people.第2项.name": "必填",
        "people.第2项.nam": "没有这个字段",
        "extra": "没有这个字段",
    }


def test_a_request_that_is_no_object_is_refused() -> None:
    assert problems(["x"]) == {"": "应为 JSON 对象"}


def test_the_sent_value_never_stands_in_the_error() -> None:
    with pytest.raises(BadRequest) as caught:
        load(Report, {"region": {"id": "430426199001011234"}, "months": "430426199001011234x"}, where="x")
    assert "430426" not in str(caught.value.to_dict())


def test_a_schema_that_tolerates_unknown_fields_does_not_get_its_way() -> None:
    class Lax(Schema):
        class Meta:
            unknown = "include"

    with pytest.raises(BadRequest):
        load(Lax, {"surprise": 1}, where="x")


def test_an_event_may_say_more_than_its_reader_knows() -> None:
    data = {"region": "430426", "new": 1, "people": [{"name": "甲", "newer": 2}]}
    loaded = load(Report, data, where="x", tolerant=True)
    assert loaded == {"region": "430426", "people": [{"name": "甲"}]}
    with pytest.raises(BadRequest):
        load(Report, {"new": 1}, where="x", tolerant=True)


def test_a_nested_schema_that_tolerates_unknown_fields_does_not_get_its_way_either() -> None:
    class LaxPerson(Person):
        class Meta:
            unknown = "include"

    class Group(Schema):
        head = fields.Nested(LaxPerson)

    with pytest.raises(BadRequest):
        load(Group, {"head": {"name": "a", "x": 1}}, where="x")


def test_results_are_dumped_one_or_many_or_as_they_are() -> None:
    assert dump(Person, {"name": "a", "secret": 1}) == {"name": "a"}
    assert dump([Person], [{"name": "a"}, {"name": "b"}]) == [{"name": "a"}, {"name": "b"}]
    assert dump(None, {"any": 1}) == {"any": 1}


def _messages() -> set[str]:
    kinds = [cls for _, cls in inspect.getmembers(fields, inspect.isclass) if issubclass(cls, fields.Field)]
    found = {text for cls in kinds for text in getattr(cls, "default_error_messages", {}).values()}
    found |= set(Schema._default_error_messages.values())
    for _, cls in inspect.getmembers(validate, inspect.isclass):
        found |= {
            value
            for key, value in vars(cls).items()
            if key in {"default_message", "message_min", "message_max", "message_all", "message_equal"}
        }
    return found


FILL = {
    "{obj_type}": "datetime",
    "{awareness}": "naive",
    "{input}": "430426",
    "{input!r}": "'430426'",
    "{choices}": "a, b",
    "{values}": "a",
    "{other}": "3",
    "{equal}": "3",
    "{min_op}": "greater than",
    "{max_op}": "less than",
    "{{min}}": "1",
    "{{max}}": "2",
    "{min}": "1",
    "{max}": "2",
}


@pytest.mark.parametrize("template", sorted(_messages()))
def test_every_message_of_marshmallow_is_translated(template: str) -> None:
    text = template
    for hole, value in FILL.items():
        text = text.replace(hole, value)
    said = in_chinese(text)
    assert any("一" <= char <= "鿿" for char in said), f"no Chinese for {template!r}"
    assert "430426" not in said


def test_a_message_of_our_own_passes_unchanged() -> None:
    assert in_chinese("月数应以半月计") == "月数应以半月计"
