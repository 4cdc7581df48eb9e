"""monitoring (监测): its parts; the entry points of each stand in `entries/`."""

from __future__ import annotations

from typing import Any, ClassVar

from shouwang.service import Service

from services.monitoring.domain.proceedings.guards import GUARDS
from services.monitoring.domain.proceedings.papers import PAPERS
from services.monitoring.entries.care import Care
from services.monitoring.entries.documents import Documents
from services.monitoring.entries.finding import Finding
from services.monitoring.entries.income import Income
from services.monitoring.entries.portrait import Portrait
from services.monitoring.entries.proceedings import Proceedings
from services.monitoring.entries.regional import Regional
from services.monitoring.entries.registry import Registry
from services.monitoring.entries.reports import Reports
from services.monitoring.store import Store


class Monitoring(
    Registry,
    Income,
    Finding,
    Regional,
    Proceedings,
    Care,
    Portrait,
    Documents,
    Reports,
    Service,
):
    """Finds households at risk, decides who is monitored, and follows them until the risk is gone."""

    name = "monitoring"
    title = "监测"
    store: ClassVar[Any] = Store
    guards: ClassVar[Any] = GUARDS
    papers: ClassVar[Any] = PAPERS
