"""The registry: rosters, households, changes of members, duplicates. Requests and results."""

from services.monitoring.schemas.registry.changes import (
    Change,
    Changed,
    ChangeMembers,
    Move,
    MoveMembers,
    Moves,
)
from services.monitoring.schemas.registry.duplicates import (
    Compared,
    DecideDuplicate,
    DuplicateMatter,
    Duplicates,
)
from services.monitoring.schemas.registry.households import (
    AtRisk,
    Household,
    HouseholdId,
    HouseholdOn,
    PersonsFor,
    PublicKey,
    Sealed,
    SealedPerson,
)
from services.monitoring.schemas.registry.questions import (
    Completeness,
    Focus,
    FocusHousehold,
    FocusHouseholds,
    InTown,
    RecordSite,
    Site,
    ToDo,
    WhoCounts,
)
from services.monitoring.schemas.registry.register import DecideRegistration, RegisterDifferences
from services.monitoring.schemas.registry.rosters import ImportRoster, Problems, RosterReport

__all__ = [
    "AtRisk",
    "Change",
    "ChangeMembers",
    "Changed",
    "Compared",
    "Completeness",
    "DecideDuplicate",
    "DecideRegistration",
    "DuplicateMatter",
    "Duplicates",
    "Focus",
    "FocusHousehold",
    "FocusHouseholds",
    "Household",
    "HouseholdId",
    "HouseholdOn",
    "ImportRoster",
    "InTown",
    "Move",
    "MoveMembers",
    "Moves",
    "PersonsFor",
    "Problems",
    "PublicKey",
    "RecordSite",
    "RegisterDifferences",
    "RosterReport",
    "Sealed",
    "SealedPerson",
    "Site",
    "ToDo",
    "WhoCounts",
]
