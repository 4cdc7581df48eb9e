"""What assistance tells people (N-03). No personal data: the household stands as its number."""

from __future__ import annotations

from typing import Any

from shouwang.access.roles import DEPARTMENT_OFFICER, TOWN_OFFICER
from shouwang.store import Aggregate


def assigned_message(agg: Aggregate, task: dict[str, Any]) -> dict[str, Any]:
    """Tell the department that a measure is assigned to it."""
    text = f"户 {agg.state['household']}：请于 {task['due_on']} 前落实“{task['title']}”。"
    return _message(agg, task, "assigned", DEPARTMENT_OFFICER, "帮扶措施派单", text)


def overdue_message(agg: Aggregate, task: dict[str, Any]) -> dict[str, Any]:
    """Tell the town that a measure is overdue."""
    text = f"户 {agg.state['household']}：“{task['title']}”应于 {task['due_on']} 前落实，已逾期，请督办。"
    return _message(agg, task, "overdue", TOWN_OFFICER, "帮扶措施逾期", text)


def _message(
    agg: Aggregate, task: dict[str, Any], kind: str, role: str, title: str, text: str
) -> dict[str, Any]:
    return {
        "key": f"assistance/{kind}/{task['id']}",
        "role": role,
        "region": agg.region,
        "title": title,
        "text": text,
        "due": task["due_on"],
        "subject": {"service": "assistance", "kind": "plan", "id": agg.id},
    }
