"""Figures and reports of a region. Entry points only."""

from __future__ import annotations

from typing import Any

from shouwang.access import roles
from shouwang.service import call
from shouwang.service.context import Context

from services.monitoring.entries.who import WATCHERS
from services.monitoring.handlers.reports import counting
from services.monitoring.schemas import reports as schemas
from services.monitoring.schemas.common import Region

Json = dict[str, Any]


class Reports:
    """Figures and reports of a region."""

    ctx: Context

    @call(Region, returns=schemas.Figures, who=[*WATCHERS, roles.SERVICE], where="region")
    def figures(self, request: Json) -> Json:
        return counting.figures(self.ctx, request)
