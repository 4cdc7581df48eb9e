"""The only room that knows the database of monitoring: one part a topic."""

from __future__ import annotations

from shouwang.store import Database

from services.monitoring.store.care import CareStore
from services.monitoring.store.documents import DocumentsStore
from services.monitoring.store.finding import FindingStore
from services.monitoring.store.income import IncomeStore
from services.monitoring.store.portrait import PortraitStore
from services.monitoring.store.proceedings import ProceedingsStore
from services.monitoring.store.regional import RegionalStore
from services.monitoring.store.registry import RegistryStore
from services.monitoring.store.reports import ReportsStore


class Store(
    RegistryStore,
    IncomeStore,
    FindingStore,
    RegionalStore,
    ProceedingsStore,
    CareStore,
    PortraitStore,
    DocumentsStore,
    ReportsStore,
):
    """Everything that monitoring keeps."""

    def __init__(self, db: Database) -> None:
        self.open_registry(db)
        self.open_income(db)
        self.open_finding(db)
        self.open_regional(db)
        self.open_proceedings(db)
        self.open_care(db)
        self.open_portrait(db)
        self.open_documents(db)
        self.open_reports(db)
