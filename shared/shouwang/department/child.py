"""The service's side of a department's worker process."""

from __future__ import annotations

from pathlib import Path

from shouwang.children.parent import Child as Process


class Child(Process):
    """The worker of one plugin: folder of its code, folder of its data, division code of the county."""

    def __init__(self, folder: Path, data: Path, region: str) -> None:
        load = {"folder": str(folder), "data": str(data), "region": region}
        super().__init__("shouwang.department.worker", load, "department")
