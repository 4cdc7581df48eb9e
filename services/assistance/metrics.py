"""What assistance counts for Prometheus; never a name, a number or a household."""

from __future__ import annotations

from shouwang.telemetry.metrics import counter
from shouwang.telemetry.states import show


def count_answer(department: str, state: str) -> None:
    """Count one department's answer in planning: answered, silent, failed or nonsense."""
    asked = counter("plan_answers", "Departments asked for measures by answer", ["department", "state"])
    asked.labels(department, state).inc()


def count_refused_announcement(department: str) -> None:
    """Count an announcement that was refused as nonsense."""
    refused = counter("announcements_refused", "Announcements that did not hold together", ["department"])
    refused.labels(department).inc()


def show_overdue(tasks: int, orphaned: int) -> None:
    """Show how many tasks are overdue, and how many have no department any more (A-09)."""
    show("assistance_tasks_overdue", "Tasks past their deadline", tasks)
    show("assistance_tasks_orphaned", "Open tasks whose department is gone", orphaned)
