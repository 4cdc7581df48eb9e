"""What may be asked about named persons: how they stand on the household register (M-01, I-05).

Behind the same authorisation as everything else: the household vouches for its 户口簿 (附件1 承诺1).
"""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _
from shouwang.department import fact, of_newest
from shouwang.register import DEAD, NOT_REGISTERED, REGISTER_COLUMNS, REGISTERED

from .tables import HouseholdRegister, RegisterChanges

LEFT = ("death", "move_out", "cancelled")
RESTORED = "restored"
YEARS_BACK = 5
MONTHS = 12


@fact("公安户籍", shows=REGISTER_COLUMNS, absent={"status": NOT_REGISTERED})
def household_register(household_register: HouseholdRegister, register_changes: RegisterChanges) -> Any:
    """Where the person is registered since when, or how he left the register."""
    return _standing(household_register, register_changes)


def _standing(household_register: HouseholdRegister, register_changes: RegisterChanges) -> Any:
    """Return one row a person: who died is dead, whoever else is registered is here, the others as they left.

    The register is whole each month: who is not on it and never left it in the last years has no row.
    """
    left = _left(register_changes)
    dead = left.filter(_.status == DEAD)
    here = household_register.latest().anti_join(dead, "person")
    registered = here.select(
        "person", "kind", "village", "household", status=ibis.literal(REGISTERED), since=_.registered_on
    )
    gone = ibis.union(dead, left.filter(_.status != DEAD).anti_join(here, "person"))
    told = gone.select(
        "person",
        "status",
        "since",
        **{name: ibis.null("string") for name in ("kind", "village", "household")},
    )
    return ibis.union(registered, told.select(*registered.columns))


def _left(register_changes: RegisterChanges) -> Any:
    """Return by person how he left the register, unless that was taken back since (恢复户口).

    Who died is dead, whatever was recorded of him afterwards. A month that did not come leaves it at that. A
    restoration of the same day is the later of the two.
    """
    changes = register_changes.within(months=YEARS_BACK * MONTHS, partial=True).group_by("person")
    left = _.kind.isin(LEFT)
    told = changes.agg(
        last=of_newest(_.kind, _.happened_on, where=left),
        left_on=_.happened_on.max(where=left),
        died_on=_.happened_on.max(where=_.kind == DEAD),
        restored=_.happened_on.max(where=_.kind == RESTORED),
    )
    dead = _stands(_.died_on)
    stands = told.filter(_stands(_.left_on))
    return stands.select(
        "person",
        status=dead.ifelse(ibis.literal(DEAD), _.last),
        since=dead.ifelse(_.died_on, _.left_on),
    )


def _stands(day: Any) -> Any:
    return day.notnull() & (_.restored.isnull() | (_.restored < day))
