"""Who is of compulsory age, who is provided with school, who is excused (三(二)4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from ibis import _

from ._days import years_before
from .tables import SchoolAge

BELOW = ("kindergarten", "primary")


def of_compulsory_age(school_age: SchoolAge, policy: Any, on: date) -> Any:
    """Return the children between the ages of compulsory schooling."""
    ages = policy.compulsory_school
    return school_age.latest().filter(
        _.born <= years_before(on, ages.least), _.born > years_before(on, ages.most + 1)
    )


def provided(roll: Any) -> Any:
    """Return the pupils who are at school, and those who finished the nine years."""
    studying = (_.status == "studying") & (_.stage != "kindergarten")
    finished = (_.status == "graduated") & ~_.stage.isin(BELOW)
    return roll.filter(studying | finished)


def excused(dropouts: Any) -> Any:
    """Return the children who cannot learn at school for their health, with papers (三(二)4)."""
    away = dropouts.filter(_.returned_on.isnull())
    return away.filter(_.reason == "health", _.health_record.fill_null(False))
