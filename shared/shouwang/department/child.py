"""The service's side of a department's worker process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from shouwang.children.parent import Child as Process
from shouwang.children.parent import Part
from shouwang.department.hits import unpacked
from shouwang.policy import CountyFigures

WORKER: Final = "shouwang.department.worker"


class Child(Process):
    """The worker of one plugin: folder of its code, folder of its data, division code of the county; what its
    DuckDB may take (`settings.worker_limits`); the county's own figures."""

    def __init__(
        self,
        folder: Path,
        data: Path,
        region: str,
        limits: Mapping[str, Any] | None = None,
        figures: CountyFigures | None = None,
    ) -> None:
        load: dict[str, Any] = {"folder": str(folder), "data": str(data), "region": region, "limits": limits}
        load["figures"] = figures.to_dict() if figures else None
        super().__init__(WORKER, load, "department")

    def screen(self, period: str, on_part: Part) -> list[dict[str, Any]]:
        """Have every rule run for a month; whole hits go to `on_part`, the answers are returned."""
        answers: list[dict[str, Any]] = self.ask(
            "screen_packed", on_part=lambda part: on_part(unpacked(part)), period=period
        )
        return answers
