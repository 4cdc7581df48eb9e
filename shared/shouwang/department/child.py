"""The service's side of a department's worker process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shouwang.children.parent import Child as Process


class Child(Process):
    """The worker of one plugin: folder of its code, folder of its data, division code of the county; what its
    DuckDB may take (`settings.worker_limits`)."""

    def __init__(
        self, folder: Path, data: Path, region: str, limits: Mapping[str, Any] | None = None
    ) -> None:
        load = {"folder": str(folder), "data": str(data), "region": region, "limits": limits}
        super().__init__("shouwang.department.worker", load, "department")
