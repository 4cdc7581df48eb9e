"""The plugin SDK: what a line department writes to take part. See docs/sdk/department.md.

Only declarations are exported here; they import in any process, without Ibis, DuckDB or a broker.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from shouwang.department.columns import code, date, id_number, money, number, place, text, whole, yes_no
from shouwang.department.declarations import Shown, fact, indicator, measure, rule, signal, view
from shouwang.department.entitlements import (
    Entitlement,
    Figures,
    Household,
    Person,
    entitled,
    not_entitled,
    unknown,
)
from shouwang.department.feeds import monthly, quarterly, yearly
from shouwang.department.newest import of_newest
from shouwang.department.table import Table
from shouwang.vocabulary import Category, Group, Risk, State

if TYPE_CHECKING:
    from shouwang.service import Service


def service_class(package: ModuleType | Path | str) -> type[Service]:
    """Make the service class of a plugin: its package (from an entry point) or its folder."""
    from shouwang.department.service import make_service  # noqa: PLC0415 (services are not needed to declare)

    return make_service(package)


__all__ = [
    "Category",
    "Entitlement",
    "Figures",
    "Group",
    "Household",
    "Person",
    "Risk",
    "Shown",
    "State",
    "Table",
    "code",
    "date",
    "entitled",
    "fact",
    "id_number",
    "indicator",
    "measure",
    "money",
    "monthly",
    "not_entitled",
    "number",
    "of_newest",
    "place",
    "quarterly",
    "rule",
    "service_class",
    "signal",
    "text",
    "unknown",
    "view",
    "whole",
    "yearly",
    "yes_no",
]
