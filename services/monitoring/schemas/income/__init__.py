"""Income: collections of each quarter, growth, plausibility."""

from services.monitoring.schemas.income.collecting import (
    CollectIncome,
    CollectVillageIncome,
    IncomeCollection,
    IncomeRow,
    IncomeTaken,
    RejectedIncome,
    VillageIncomeTaken,
)
from services.monitoring.schemas.income.flags import IncomeFlag, IncomeFlags, ResolveIncomeFlag
from services.monitoring.schemas.income.growing import (
    IncomeGrowth,
    IncomeGrowthOf,
    IncomeGrowthPart,
    IncomeKindGrowth,
    ProposedLine,
    ProposedLineOf,
)
from services.monitoring.schemas.income.reading import (
    HouseholdIncome,
    IncomeDue,
    IncomeDueHousehold,
    IncomeDueList,
    IncomeDueVillage,
    IncomeEntry,
    IncomeFigure,
    IncomeOf,
    IncomePayment,
)

__all__ = [
    "CollectIncome",
    "CollectVillageIncome",
    "HouseholdIncome",
    "IncomeCollection",
    "IncomeDue",
    "IncomeDueHousehold",
    "IncomeDueList",
    "IncomeDueVillage",
    "IncomeEntry",
    "IncomeFigure",
    "IncomeFlag",
    "IncomeFlags",
    "IncomeGrowth",
    "IncomeGrowthOf",
    "IncomeGrowthPart",
    "IncomeKindGrowth",
    "IncomeOf",
    "IncomePayment",
    "IncomeRow",
    "IncomeTaken",
    "ProposedLine",
    "ProposedLineOf",
    "RejectedIncome",
    "ResolveIncomeFlag",
    "VillageIncomeTaken",
]
