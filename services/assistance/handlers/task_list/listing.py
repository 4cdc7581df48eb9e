"""The 97 tasks as printed, and their units: read once from the data beside the rules (A-10)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from shouwang.yaml_lines import load

Json = dict[str, Any]
FILE: Final = Path(__file__).parents[2] / "domain" / "task_list" / "hengyang_2021_1.yaml"


@lru_cache(maxsize=1)
def printed() -> Json:
    """Return {document, issued, units: {code: printed name}, tasks: {number: task}}."""
    read = load(FILE)
    units = {one["code"]: one["printed"] for one in read["units"]}
    tasks = {one["number"]: dict(one) for one in read["tasks"]}
    return {"document": read["document"], "issued": read["issued"], "units": units, "tasks": tasks}


def listed(number: int, default_due: str) -> Json:
    """Return a task as the rules take it: with its last day, its own or the one of the policy."""
    task = printed()["tasks"][number]
    due = task.get("due_on")
    return {
        **{name: task[name] for name in ("number", "line", "section", "part", "text")},
        **{name: list(task.get(name) or []) for name in ("lead", "responsible", "data_from")},
        "due_on": due.isoformat() if due else default_due,
    }
