"""The table of contents: what the decorators record and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest
from marshmallow import Schema, fields
from shouwang.errors import ConfigurationError
from shouwang.service import COUNTY_WIDE, call, daily, entry_points, on

from tests.shared.service.toys import ById, Clue, Counter, Opened, Report, Watcher


class Placed(Schema):
    region = fields.Str(required=True)


def test_the_registry_tells_guards_everything() -> None:
    found = {entry.name: entry for entry in entry_points(Watcher)}
    assert list(found) == sorted(found) == ["ask_counter", "break_down", "look", "refuse", "report"]
    report, look = found["report"], found["look"]
    assert (report.kind, report.schema, report.returns) == ("call", Report, Clue)
    assert report.who == ("village_cadre", "town_officer") and report.where == "region"
    assert callable(look.where) and look.schema is ById
    assert report.metric == "watcher.report" and "toys.py:" in report.defined


def test_events_and_days_are_of_the_suite_itself() -> None:
    found = {entry.name: entry for entry in entry_points(Counter)}
    counted, day = found["count_clue"], found["day_passed"]
    assert (counted.kind, counted.source, counted.type) == ("on", "watcher", "clue.opened")
    assert counted.schema is Opened and counted.who == ("service",)
    assert (day.kind, day.schema) == ("daily", None)


def test_methods_inherited_from_a_base_are_entry_points_too() -> None:
    class Child(Watcher):
        name = "child"

    assert [entry.metric for entry in entry_points(Child)][:1] == ["child.ask_counter"]


def refused(*args: Any, **options: Any) -> str:
    def method(self: Any, request: Any) -> None: ...

    with pytest.raises(ConfigurationError) as caught:
        call(*args, **options)(method)
    assert "test_entries.py:" in caught.value.where
    return caught.value.message


def test_an_entry_without_who_refuses_to_start() -> None:
    assert "who" in refused(Placed, who=[], where="region")
    assert "who" in refused(Placed, who="village_cadre", where="region")


def test_the_role_of_services_is_no_caller_they_are_named() -> None:
    assert "系统服务" in refused(Placed, who=["service"], where="region")
    assert "callers" in refused(Placed, callers="monitoring", where="region")
    look = {entry.name: entry for entry in entry_points(Watcher)}["look"]
    assert look.callers == ("counter",) and look.who == ("village_cadre", "town_officer", "service")
    assert look.allowed() == ["村干部", "乡镇干部", "系统服务（counter）"]


def test_an_unknown_role_or_place_refuses_to_start() -> None:
    assert "emperor" in refused(Placed, who=["emperor"], where="region")
    assert "county" in refused(Placed, who=["platform"], where="county")
    assert "where" in refused(Placed, who=["platform"], where=None)


def test_one_method_is_one_entry() -> None:
    with pytest.raises(ConfigurationError):

        @daily
        @on("x", "y", schema=Placed)
        def method(self: Any, on: Any) -> None: ...


def test_a_decorated_method_stays_a_plain_function() -> None:
    @call(who=["platform"], where=COUNTY_WIDE)
    def double(self: Any, request: Any) -> int:
        return 2

    assert double(None, {}) == 2
