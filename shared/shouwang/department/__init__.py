"""The plugin SDK: what a line department writes to take part. See docs/sdk/department.md.

Only declarations are exported here; they import in any process, without Ibis, DuckDB or a broker.
"""

from shouwang.department.columns import code, date, id_number, money, number, place, text, whole, yes_no
from shouwang.department.declarations import Shown, fact, measure, rule, view
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
from shouwang.department.table import Table
from shouwang.vocabulary import Category, Group, Risk, State

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
    "measure",
    "money",
    "monthly",
    "not_entitled",
    "number",
    "place",
    "quarterly",
    "rule",
    "text",
    "unknown",
    "view",
    "whole",
    "yearly",
    "yes_no",
]
